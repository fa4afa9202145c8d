"""Scores against gold: what counts as found, as right, and as neither."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from helpers.evaluation import EvaluationError, agrees, errors, evaluate, read_gold, summary
from helpers.observation import Kind, Reason

SHARED = Path(__file__).resolve().parents[2] / "shared"

GOLD = {
    "kind": "growth_rate",
    "value": 8.4,
    "unit": "percent",
    "bound": "exact",
    "indicator": "规模工业增加值",
    "subject": None,
    "place": "郴州市",
    "place_alt": ["苏仙区"],
    "period": "2022-01/2022-11",
    "basis": "yoy",
    "status": "actual",
    "stage": None,
    "quote": "8.4%",
}
FOUND = {"article": "a", "text": "8.4%", "sentence": "增长8.4%。"} | {
    name: GOLD[name] for name in GOLD if name not in ("place_alt", "quote")
}


def scores(gold: list[dict], found: list[dict]) -> dict[str, tuple[int, int, int]]:
    evaluation = evaluate(pd.DataFrame(found, columns=list(FOUND)), {"a": gold})
    levels = {level: evaluation.score(level) for level in ("value", "kind", "row", "strict")}
    return {level: (score.hits, score.gold, score.found) for level, score in levels.items()}


CASES = [
    pytest.param([GOLD], [FOUND], (1, 1, 1, 1), 1, 1, id="right"),
    pytest.param([GOLD], [], (0, 0, 0, 0), 1, 0, id="missed"),
    pytest.param([], [FOUND], (0, 0, 0, 0), 0, 1, id="invented"),
    pytest.param([GOLD], [FOUND | {"value": 8.5}], (0, 0, 0, 0), 1, 1, id="another value"),
    pytest.param([GOLD], [FOUND | {"unit": "percentage_point"}], (0, 0, 0, 0), 1, 1, id="another unit"),
    pytest.param([GOLD], [FOUND | {"kind": "share"}], (1, 0, 0, 0), 1, 1, id="another kind"),
    pytest.param([GOLD], [FOUND | {"bound": "about"}], (1, 1, 0, 0), 1, 1, id="another bound"),
    pytest.param([GOLD], [FOUND | {"place": None}], (1, 1, 0, 0), 1, 1, id="no place"),
    pytest.param([GOLD], [FOUND | {"place": "苏仙区"}], (1, 1, 1, 0), 1, 1, id="a place that gold accepts"),
    pytest.param([GOLD], [FOUND | {"stage": "signed"}], (1, 1, 1, 1), 1, 1, id="what the kind does not need"),
    pytest.param([GOLD], [FOUND, FOUND], (1, 1, 1, 1), 1, 2, id="found twice"),
    pytest.param([GOLD | {"optional": True}], [FOUND], (0, 0, 0, 0), 0, 0, id="optional and found"),
    pytest.param([GOLD | {"optional": True}], [], (0, 0, 0, 0), 0, 0, id="optional and missed"),
    pytest.param(
        [GOLD | {"kind_alt": ["share"]}],
        [FOUND | {"kind": "share"}],
        (1, 1, 1, 1),
        1,
        1,
        id="a kind gold accepts",
    ),
    pytest.param(
        [GOLD | {"kind": "count", "unit": "家"}],
        [FOUND | {"kind": "count", "unit": "户"}],
        (1, 1, 1, 1),
        1,
        1,
        id="another measure word",
    ),
]


@pytest.mark.parametrize(("gold", "found", "hits", "wanted", "given"), CASES)
def test_levels(gold, found, hits, wanted, given):
    expected = zip(("value", "kind", "row", "strict"), hits, strict=True)
    assert scores(gold, found) == {level: (hit, wanted, given) for level, hit in expected}


def test_better_row_is_matched_first():
    rows = [FOUND | {"kind": "share"}, FOUND]
    assert scores([GOLD], rows)["row"] == (1, 1, 2)


def test_precision_recall_and_f1():
    score = evaluate(
        pd.DataFrame([FOUND, FOUND]), {"a": [GOLD, GOLD | {"value": 1}, GOLD | {"value": 2}]}
    ).score("row")
    assert (score.precision, score.recall, score.f1) == (1 / 2, 1 / 3, 2 / 5)


@pytest.mark.parametrize(
    ("name", "gold", "found", "right"),
    [
        ("indicator", "规模工业增加值增速", "规模工业增加值", True),
        ("indicator", "总投资", "签约项目", False),
        ("indicator", "“三类500强”项目", "三类500强项目", True),
        ("place", "湖南省郴州市", "郴州", True),
        ("place", "郴州市", "衡阳市", False),
        ("period", "2022", "2022-01/2022-12", False),
        ("subject", None, float("nan"), True),
        ("subject", None, "先导稀材项目", False),
    ],
)
def test_agreement_of_an_attribute(name, gold, found, right):
    assert agrees(name, {name: gold}, {name: found}) is right


def test_only_articles_with_gold_count():
    evaluation = evaluate(pd.DataFrame([FOUND, FOUND | {"article": "b"}]), {"a": [GOLD]})
    assert evaluation.score("row").found == 1


def test_errors_name_what_is_wrong():
    found = [FOUND | {"place": None}, FOUND | {"value": 1.0, "text": "1%"}]
    evaluation = evaluate(pd.DataFrame(found), {"a": [GOLD, GOLD | {"value": 2, "quote": "2%"}]})
    blocks = list(errors(evaluation))
    assert [block.split()[0] for block in blocks] == ["attribute", "missed", "invented"]
    assert "place: gold '郴州市', found None" in blocks[0]


def test_errors_tell_why(observe):
    reason = Reason("place", "named in the sentence", "衡阳市", 0, 3)
    row = FOUND | {"place": "衡阳市", "row": "a-001"}
    aside = pd.DataFrame([{"article": "a", "cause": "set_aside", "detail": "不是统计数字（名称）：2%"}])
    evaluation = evaluate(pd.DataFrame([row]), {"a": [GOLD, GOLD | {"value": 2, "quote": "2%"}]})
    wrong, missed = errors(evaluation, {"a-001": observe(reasons=(reason,))}, aside)
    assert wrong.endswith("place: gold '郴州市', found '衡阳市'  ← named in the sentence: 衡阳市 [0:3]")
    assert missed.endswith("set_aside: 不是统计数字（名称）：2%")


def test_summary_has_a_line_a_kind():
    lines = summary(evaluate(pd.DataFrame([FOUND]), {"a": [GOLD]})).splitlines()
    assert {str(kind) for kind in Kind} <= {line.split()[0] for line in lines}


def test_gold_that_is_none_is_named(tmp_path):
    with pytest.raises(EvaluationError, match="holds no gold annotations"):
        read_gold(tmp_path)
    (tmp_path / "a.json").write_text("{}", "utf-8")
    with pytest.raises(EvaluationError, match=r"a\.json: not a file of gold annotations"):
        read_gold(tmp_path)


def test_gold_of_other_articles_is_refused():
    with pytest.raises(EvaluationError, match="no article has gold annotations"):
        evaluate(pd.DataFrame([FOUND]), {"b": [GOLD]})


@pytest.mark.skipif(not (SHARED / "score.py").exists(), reason="../shared/score.py is absent")
def test_figures_are_those_of_the_scorer_beside_the_project(tmp_path):
    gold = [
        GOLD,
        GOLD | {"value": 2},
        GOLD | {"kind": "investment", "unit": "CNY", "stage": "signed", "value": 5e8},
    ]
    found = [
        FOUND,
        FOUND | {"value": 2, "kind": "share"},
        FOUND | {"value": 5e8, "unit": "CNY", "kind": "investment"},
    ]
    (tmp_path / "a.json").write_text(json.dumps({"article": "a", "observations": gold}), "utf-8")
    with (tmp_path / "rows.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(FOUND))
        writer.writeheader()
        writer.writerows(found)
    command = [
        sys.executable,
        SHARED / "score.py",
        tmp_path,
        tmp_path / "rows.csv",
        "--json",
        tmp_path / "out.txt",
    ]
    subprocess.run(command, check=True, capture_output=True)
    theirs = json.loads((tmp_path / "out.txt").read_text("utf-8"))["groups"]["all"]
    ours = evaluate(pd.DataFrame(found), read_gold(tmp_path))
    for level in ("value", "kind", "row", "strict"):
        score = ours.score(level)
        assert theirs[level] == {"precision": score.precision, "recall": score.recall, "f1": score.f1}
