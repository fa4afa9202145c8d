"""What figures say of each other, from text to check: tests/cases/checks.json, and the arithmetic of rounding.

A case lists all checks that its texts, each an article of one set, allow: name, verdict, computed value.
"""

from __future__ import annotations

import json
import math
from itertools import chain
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_extract_properties import PIECES

from helpers import page
from helpers.article import Article
from helpers.checks import CHECKS, FIELDS, Verdict, check_figures, check_table
from helpers.checks.stated import Interval, exactly, true_values
from helpers.checks.total import partitions
from helpers.extract import extract
from helpers.paths import LEXICONS
from helpers.table import observation_table
from helpers.table.contract import check_fields

CASES = json.loads((Path(__file__).parent / "cases" / "checks.json").read_text("utf-8"))
NEARLY = 0.005
NUMBERS = st.floats(min_value=1, max_value=1e6)


def rows_of(case: dict) -> pd.DataFrame:
    articles = [
        Article(f"{case['id']}-{number}", text, published=case["published"], place=case["place"])
        for number, text in enumerate(case["texts"])
    ]
    return observation_table(chain.from_iterable(extract(article).observations for article in articles))


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_texts_give_their_checks(case: dict) -> None:
    found = [(check.check, str(check.verdict), check.value) for check in check_figures(rows_of(case))]
    wanted = [(name, verdict, pytest.approx(value, rel=NEARLY)) for name, verdict, value in case["checks"]]
    assert found == wanted


def test_each_check_has_been_seen_to_confirm_contradict_and_imply() -> None:
    """But for those of which nothing can follow: one thing told twice, a list with its total, what cannot be."""
    seen = {(name, verdict) for case in CASES for name, verdict, _ in case["checks"]}
    names = {name for name, _ in seen}
    only = {
        "list_and_total": {"confirmed", "contradicted"},
        "same_digits_other_size": {"confirmed", "contradicted"},
        "told_by_two_articles": {"confirmed", "contradicted"},
        "possible_range": {"contradicted"},
        "area_and_whole": {"contradicted", "implied"},
    }
    for name in names:
        assert {verdict for known, verdict in seen if known == name} == only.get(name, set(Verdict)), name
    assert len(names) >= len(CHECKS)


def test_each_partition_is_told_in_its_example() -> None:
    lines = (LEXICONS / "partitions.tsv").read_text("utf-8").splitlines()
    table = [line.split("\t") for line in lines if not line.startswith("#")][1:]
    assert table
    for whole, parts, example in table:
        assert any(name in example for name in whole.split(" ")), example
        assert tuple(parts.split(" ")) in partitions()[whole.split(" ")[0]]
        assert len(set(parts.split(" "))) >= 2


@pytest.mark.parametrize(
    ("text", "value", "bound", "counts", "low", "high"),
    [
        pytest.param("150%", 150.0, "exact", False, 149.5, 151.0, id="whole percent"),
        pytest.param("-0.6%", -0.6, "exact", False, -0.7, -0.55, id="a fall is cut off towards nothing"),
        pytest.param("1,218.56亿元", 121_856e6, "exact", False, 121_855.5e6, 121_857e6, id="hundredth of a 亿"),
        pytest.param("18个", 18.0, "exact", True, 18.0, 18.0, id="things counted are exact"),
        pytest.param("8.7万个", 87_000.0, "exact", True, 86_500.0, 88_000.0, id="万 rounds what is counted"),
        pytest.param("约400名", 400.0, "about", True, 380.0, 420.0, id="about"),
        pytest.param("三十九亿元", 3.9e9, "exact", False, 3.85e9, 4.0e9, id="numeral in characters"),
        pytest.param("2.2倍", 220.0, "exact", False, 215.0, 230.0, id="multiple"),
    ],
)  # fmt: skip
def test_what_digits_leave_open(text, value, bound, counts, low, high) -> None:
    assert true_values(text, value, bound, counts) == pytest.approx(Interval(low, value, high))


def around(a: float, b: float) -> Interval:
    return Interval(min(a, b), a, max(a, b))


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS)
def test_intervals_hold_what_their_values_give(a: float, b: float, c: float, d: float) -> None:
    one, other = around(a, b), around(c, d)
    for computed, value in (
        (one + other, a + c), (one - other, a - c), (one * other, a * c), (one / other, a / c),
    ):  # fmt: skip
        assert computed.meets(exactly(value))


def test_a_divisor_that_may_be_nothing_leaves_all_open() -> None:
    assert (Interval(1.0, 1.5, 2.0) / Interval(-1.0, 0.5, 1.0)).width == math.inf


def test_the_table_names_rows_that_exist() -> None:
    rows = rows_of(next(case for case in CASES if case["id"] == "difference-wrong"))
    table = check_table(check_figures(rows))
    check_fields(table, FIELDS)
    assert set(table["operands"].str.split(" ").explode()) <= set(rows["row"])
    assert table["row"].dropna().isin(rows["row"]).all()
    assert (table["low"] <= table["high"]).all()
    assert "50家 ÷ (1250家 − 50家) = 4.167%" in table["arithmetic"].tolist()


def test_what_is_less_than_nothing_stands_in_brackets() -> None:
    text = "2023年，衡阳市完成工业投资90.2亿元，同比下降24.9%。"
    case = {"id": "fall", "texts": [text], "published": "2024-01", "place": "衡阳市"}
    table = check_table(check_figures(rows_of(case)))
    assert table["arithmetic"].tolist() == ["90.2亿元 ÷ (1 + (-24.9%)) = 120.1亿元"]


def test_no_rows_no_checks(observe) -> None:
    rows = observation_table([observe()]).head(0)
    assert check_figures(rows) == []
    check_fields(check_table([]), FIELDS)


def test_what_is_told_again_is_not_checked_again() -> None:
    text = "2023年，全市引进亿元项目36个，完成全年目标30个的120%。"
    case = {"id": "x", "texts": [f"{text}\n{text}"], "published": "2024-01", "place": "衡阳市"}
    assert len(check_figures(rows_of(case))) == 1


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_no_text_makes_checks_fail_or_say_nothing_with_many_digits(text: str) -> None:
    rows = observation_table(extract(Article("x", text, published="2024-01-20", place="衡阳市")).observations)
    for check in check_figures(rows):
        assert math.isfinite(check.value)
        assert check.computed.low <= check.computed.high


def test_a_sum_of_many_parts_is_shown_whole() -> None:
    names = [
        "郴州市",
        "衡阳市",
        "株洲市",
        "湘潭市",
        "岳阳市",
        "常德市",
        "益阳市",
        "娄底市",
        "邵阳市",
        "永州市",
        "怀化市",
    ]
    listed = "、".join(f"{name}签约项目{number}个" for number, name in enumerate(names, 2))
    text = f"2023年，{listed}，合计签约项目{sum(range(2, 2 + len(names)))}个。"
    rows = rows_of({"id": "x", "texts": [text], "published": "2024-01", "place": "湖南省"}).assign(link="#x")
    checks = check_figures(rows)
    assert [check.check for check in checks] == ["list_and_total"]
    assert "{" not in str(page.checks_made(rows, checks).html)
