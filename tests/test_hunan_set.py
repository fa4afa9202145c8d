"""The shipped set agrees with itself: pages, clean texts and gold annotations tell of the same figures."""

from __future__ import annotations

import csv
import json
import re
from functools import cache
from pathlib import Path

import pytest

from helpers.article import read_article_set
from helpers.clean import clean
from helpers.observation import CORE_KINDS, Basis, Bound, Kind, Stage, Status

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "data" / "raw" / "hunan"
GOLD = ROOT / "tests" / "gold"
CLEAN = GOLD / "hunan-clean"
IDS = [f"hunan-{number:03}" for number in range(5)]

Span = tuple[int, int]
DAY = r"(?:\d{4}|X{4})(?:-\d{2}(?:-\d{2})?)?~?"
PERIOD = re.compile(rf"{DAY}|{DAY}/{DAY}|\.\./{DAY}|{DAY}/\.\.")
DIGITS = re.compile(r"\d+(?:\.\d+)?")
KINDS_WITH_BASIS = {Kind.GROWTH_RATE, Kind.RATE_DIFFERENCE, Kind.COMPLETION_RATE, Kind.COUNT, Kind.QUANTITY}
KINDS_WITH_STAGE = {Kind.INVESTMENT, Kind.PROJECT_COUNT}
UNIT_OF_KIND = {
    Kind.GROWTH_RATE: "percent",
    Kind.COMPLETION_RATE: "percent",
    Kind.SHARE: "percent",
    Kind.RATE_DIFFERENCE: "percentage_point",
    Kind.PROJECT_COUNT: "project",
}
FIELDS = {
    "quote", "context", "kind", "value", "unit", "bound", "indicator", "subject", "place", "period", "basis",
    "status", "stage",
}  # fmt: skip
MAY_HAVE_ALTERNATIVES = FIELDS - {"quote", "context", "value"}


@cache
def gold(article: str) -> dict:
    return json.loads((GOLD / f"{article}.json").read_text("utf-8"))


@cache
def clean_text(article: str) -> str:
    return (CLEAN / f"{article}.txt").read_text("utf-8").rstrip("\n")


def observations() -> list[tuple[str, dict]]:
    """Return every gold row of the set under a name to find it by."""
    return [
        (f"{article}-{place:03}-{row['kind']}-{row['quote']}", row)
        for article in IDS
        for place, row in enumerate(gold(article)["observations"])
    ]


every_row = pytest.mark.parametrize("row", [pytest.param(row, id=name) for name, row in observations()])
every_article = pytest.mark.parametrize("article", IDS)


def values(row: dict, field: str) -> list:
    return [row[field], *row.get(f"{field}_alt", [])]


def quote_spans(article: str) -> list[Span]:
    """Return where each row's quote stands, read in the order of the text."""
    text, spans, behind = clean_text(article), [], 0
    for row in gold(article)["observations"]:
        start = text.find(row["quote"], behind)
        while not stands_in_context(text, start, row):
            assert start >= 0, f"{row['quote']} does not follow in: {row['context']}"
            start = text.find(row["quote"], start + 1)
        spans.append((start, start + len(row["quote"])))
        behind = spans[-1][1]
    return spans


def stands_in_context(text: str, start: int, row: dict) -> bool:
    context, quote = row["context"], row["quote"]
    starts = (match.start() for match in re.finditer(re.escape(quote), context))
    return start >= 0 and any(
        text.startswith(context, start - within) for within in starts if within <= start
    )


def excluded_spans(article: str) -> list[Span]:
    """Return where the figures stand that are not observations: everywhere, or where their context says."""
    text, spans = clean_text(article), []
    for excluded in gold(article)["excluded"]:
        context = excluded.get("context", excluded["quote"])
        within = context.index(excluded["quote"])
        for match in re.finditer(re.escape(context), text):
            start = match.start() + within
            spans.append((start, start + len(excluded["quote"])))
    return spans


def overlaps(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def test_the_set_is_read_whole_and_in_order():
    found = read_article_set(PAGES)
    assert [article.id for article in found.articles] == IDS
    assert found.problems == ()


def test_metadata_leaves_to_the_text_what_the_text_says():
    with (PAGES / "articles.csv").open(encoding="utf-8", newline="") as file:
        known = list(csv.DictReader(file))
    assert list(known[0]) == ["file", "title", "source", "url", "published", "place"]
    for column in ("title", "source", "published", "place"):
        filled = [bool(row[column]) for row in known]
        assert any(filled), column
        assert not all(filled), column


@every_article
def test_the_page_cleans_to_its_clean_text(article):
    page = (PAGES / f"{article}.txt").read_text("utf-8")
    assert clean(page).text.splitlines() == clean_text(article).splitlines()


@every_article
def test_clean_text_stays_as_it_is(article):
    assert clean(clean_text(article)).text == clean_text(article)


def test_the_link_list_alone_dates_its_article():
    page = (PAGES / "hunan-002.txt").read_text("utf-8")
    assert clean(page).byline.published == gold("hunan-002")["published"]
    assert "2023-03-17" not in clean_text("hunan-002")


@every_article
def test_gold_names_its_article(article):
    document = gold(article)
    assert document["article"] == article
    assert PERIOD.fullmatch(document["published"])
    assert document["place_default"] in {row["place"] for row in document["observations"]}


@every_row
def test_row_keeps_the_contract(row):
    kinds = {Kind(kind) for kind in values(row, "kind")}
    assert set(row) >= FIELDS
    assert {name.removesuffix("_alt") for name in row if name.endswith("_alt")} <= MAY_HAVE_ALTERNATIVES
    for field, enum in (("bound", Bound), ("status", Status)):
        assert set(values(row, field)) <= set(enum)
    for field, enum in (("basis", Basis), ("stage", Stage)):
        assert set(values(row, field)) <= {None, *enum}
    assert row["basis"] is None or kinds & KINDS_WITH_BASIS
    assert row["stage"] is None or kinds & KINDS_WITH_STAGE
    assert row["basis"] is not None or Kind(row["kind"]) not in {Kind.GROWTH_RATE, Kind.RATE_DIFFERENCE}
    assert all(period is None or PERIOD.fullmatch(period) for period in values(row, "period"))


@every_row
def test_row_is_in_the_base_unit(row):
    kind = Kind(row["kind"])
    assert row["unit"]
    assert row["unit"] == UNIT_OF_KIND.get(kind, row["unit"])
    if kind in {Kind.INVESTMENT, Kind.AMOUNT}:
        assert re.fullmatch("[A-Z]{3}", row["unit"])
    assert row["value"] == pytest.approx(stated_value(row["quote"]))


def stated_value(quote: str) -> float:
    """Return the value of a figure as these texts write it: digits or one numeral, then 千, 万 and 亿."""
    number = DIGITS.search(quote)
    value = float(number[0]) if number else 100.0  # 百余家, 百亿
    for word, factor in (("千", 1e3), ("万", 1e4), ("亿", 1e8)):
        value *= factor if word in quote else 1
    return value


@every_row
def test_no_alternative_repeats_the_main_reading(row):
    for field in (name.removesuffix("_alt") for name in row if name.endswith("_alt")):
        readings = values(row, field)
        assert len(readings) == len(set(readings)), field


@every_article
def test_quotes_follow_each_other_in_the_text(article):
    spans = quote_spans(article)
    assert len(spans) == len(gold(article)["observations"])


@every_article
def test_every_number_is_a_row_or_is_excluded(article):
    text = clean_text(article)
    known = quote_spans(article) + excluded_spans(article)
    numbers = ((match.start(), match.end()) for match in DIGITS.finditer(text))
    unknown = [span for span in numbers if not any(a <= span[0] and span[1] <= b for a, b in known)]
    assert [text[max(0, start - 10) : end + 6] for start, end in unknown] == []


@every_article
def test_nothing_is_both_a_row_and_excluded(article):
    excluded = excluded_spans(article)
    both = [row for row in quote_spans(article) if any(overlaps(row, span) for span in excluded)]
    assert [clean_text(article)[start:end] for start, end in both] == []


@every_article
def test_what_is_excluded_stands_in_the_page(article):
    page, text = (PAGES / f"{article}.txt").read_text("utf-8"), clean_text(article)
    for excluded in gold(article)["excluded"]:
        if excluded["why"].startswith("page furniture"):
            assert DIGITS.search(excluded["quote"])[0] in page
            assert excluded["quote"] not in text
        else:
            assert excluded.get("context", excluded["quote"]) in text


def test_every_kind_basis_status_stage_and_bound_occurs():
    every = [row for _, row in observations()]
    assert {row["kind"] for row in every} == set(Kind)
    assert {row["status"] for row in every} == set(Status)
    assert {row["stage"] for row in every} == {None, *Stage}
    assert {row["bound"] for row in every} == set(Bound) - {Bound.AT_MOST}
    assert sum(row["kind"] in CORE_KINDS for row in every) > len(every) / 3
