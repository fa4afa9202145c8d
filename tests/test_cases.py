"""Sentences and the rows they must give, a test a case: tests/cases/*.json.

A case names only the columns that it is about; its rows are all that the text states. Indicators and
subjects are compared as the scorer compares them: other words around the same noun are no error.
A case with `fails` is a known failure and says why.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.article import Article
from helpers.clean import clean
from helpers.dateline import find_dateline
from helpers.evaluation import agrees
from helpers.extract import find_observations
from helpers.observation import Observation

FILES = ("figures", "statistics", "investment_news", "rules")
CASES = [
    case
    for name in FILES
    for case in json.loads((Path(__file__).parent / "cases" / f"{name}.json").read_text("utf-8"))
]


def observed(case: dict) -> list[Observation]:
    text = clean(case["text"])
    article = Article(case["id"], case["text"], published=case.get("published"), place=case.get("place"))
    return find_observations(article.id, text, find_dateline(article, text))[0]


def differences(wanted: dict, row: Observation) -> list[str]:
    found = []
    for column, value in wanted.items():
        got = getattr(row, column)
        if column == "value":
            same = abs(float(got) - value) <= 1e-6 * max(1.0, abs(value))
        elif column in ("indicator", "subject", "place"):
            same = agrees(column, {column: value}, {column: got})
        else:
            same = got == value
        if not same:
            found.append(f"{column} is {got}, not {value}")
    return found


def params() -> list:
    return [
        pytest.param(
            case,
            id=case["id"],
            marks=[pytest.mark.xfail(reason=case["fails"], strict=True)] if case.get("fails") else [],
        )
        for case in CASES
    ]


@pytest.mark.parametrize("case", params())
def test_text_gives_its_rows(case: dict) -> None:
    rows = observed(case)
    assert (
        [(r.text, str(r.kind)) for r in rows] and len(rows) == len(case["rows"])
        if case["rows"]
        else rows == []
    ), [(r.text, str(r.kind)) for r in rows]
    for wanted, row in zip(case["rows"], rows, strict=True):
        assert not differences(wanted, row), (row.text, differences(wanted, row))


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_spans_slice_back(case: dict) -> None:
    text = clean(case["text"]).text
    for row in observed(case):
        assert text[row.start : row.end] == row.text
        assert row.text in row.sentence
        for reason in row.reasons:
            assert reason.start < 0 or text[reason.start : reason.end] == reason.cue


def test_ids_are_unique() -> None:
    ids = [case["id"] for case in CASES]
    assert len(ids) == len(set(ids))
