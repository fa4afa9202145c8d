"""Every rule of a kind is used: some case or some article of the shipped set is decided by it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.article import Article, read_article_set
from helpers.extract import extract
from helpers.rules import RULES

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def fired() -> set[str]:
    articles = list(read_article_set(HERE.parent / "data" / "raw" / "hunan").articles)
    for path in sorted((HERE / "cases").glob("*.json")):
        for case in json.loads(path.read_text("utf-8")):
            if "rows" in case and "text" in case:
                articles.append(
                    Article(
                        case["id"], case["text"], published=case.get("published"), place=case.get("place")
                    )
                )
    return {row.rule for article in articles for row in extract(article).observations}


@pytest.mark.parametrize("rule", sorted({rule.name for family in RULES.values() for rule in family}))
def test_some_text_is_decided_by(rule: str, fired: set[str]) -> None:
    assert rule in fired


def test_names_tell_rules_apart() -> None:
    for family in RULES.values():
        names = [rule.name for rule in family]
        assert len(names) == len(set(names))
