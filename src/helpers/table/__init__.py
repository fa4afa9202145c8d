"""Observations → the tidy table: one row a figure, one column a variable; and the tables beside it.

What the columns may hold is schema.py's, whether they do contract.py's, which rows tell a figure again repeats.py's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from helpers.correction import ADD
from helpers.mentions.place import place_code
from helpers.observation import Change, Observation
from helpers.table.repeats import NO_COPIES, repeats
from helpers.table.schema import (
    ARTICLE_FIELDS,
    CORRECTION_FIELDS,
    OBSERVATION_FIELDS,
    PROBLEM_FIELDS,
    typed,
)

if TYPE_CHECKING:
    from helpers.extract import Extraction


def observation_table(
    observations: Iterable[Observation], copies: Mapping[str, str] = NO_COPIES
) -> pd.DataFrame:
    """Return one row an observation, by article and place in its text, with row ids and repeats marked.

    `copies` says of each article that is a copy which one is its original.
    """
    ordered = in_order(observations)
    columns = {
        field.name: [getattr(seen, field.name, None) for seen in ordered] for field in OBSERVATION_FIELDS
    }
    columns["row"] = row_ids(columns["article"])
    columns["repeat_of"] = repeats(ordered, columns["row"], copies)
    columns["place_code"] = [place_code(seen.place) for seen in ordered]
    columns["corrected"] = [changes_in_words(seen) for seen in ordered]
    return typed(columns, OBSERVATION_FIELDS)


def in_order(observations: Iterable[Observation]) -> list[Observation]:
    """Return the observations in the order of the table's rows: by article, then by place in its text."""
    return sorted(observations, key=lambda seen: (seen.article, seen.start, seen.end))


def article_table(extractions: Iterable[Extraction], copies: Mapping[str, str] = NO_COPIES) -> pd.DataFrame:
    """Return one row an article: what is known of it, how much was found in it, its cleaned text."""
    rows = [_article_row(extraction, copies) for extraction in extractions]
    return typed({field.name: [row[field.name] for row in rows] for field in ARTICLE_FIELDS}, ARTICLE_FIELDS)


def _article_row(extraction: Extraction, copies: Mapping[str, str]) -> dict[str, object]:
    article, clean, dateline = extraction.article, extraction.clean, extraction.dateline
    return {
        "article": article.id,
        "title": article.title or dateline.title or clean.byline.title,
        "source": article.source or clean.byline.source,
        "url": article.url,
        "author": clean.byline.author,
        "editor": clean.byline.editor,
        "published": dateline.published,
        "dated_by": dateline.dated_by,
        "place": dateline.place,
        "region": dateline.region,
        "duplicate_of": copies.get(article.id),
        "characters": len(clean.text),
        "observations": len(extraction.observations),
        "repairs": len(clean.repairs),
        "text": clean.text,
    }


def problem_table(problems: Iterable) -> pd.DataFrame:
    """Return one row a problem, in the order given."""
    problems = list(problems)
    return typed({f.name: [getattr(p, f.name) for p in problems] for f in PROBLEM_FIELDS}, PROBLEM_FIELDS)


def changes_in_words(seen: Observation) -> str | None:
    """Return what people have corrected of a row, None where they have corrected nothing."""
    return "; ".join(map(_change_in_words, seen.changes)) or None


def _change_in_words(change: Change) -> str:
    return "added" if change.column == ADD else f"{change.column}: {change.old or '–'} → {change.new or '–'}"


def correction_table(extractions: Iterable[Extraction]) -> pd.DataFrame:
    """Return one row a correction made, in the order of the texts: what was, what is, why, by whom and when."""
    rows = [row for extraction in extractions for row in _correction_rows(extraction)]
    return typed({f.name: [row[f.name] for row in rows] for f in CORRECTION_FIELDS}, CORRECTION_FIELDS)


def _correction_rows(extraction: Extraction) -> Iterator[dict[str, object]]:
    if not extraction.article.corrections:
        return
    rows = in_order(extraction.observations)
    ids = dict(zip(rows, row_ids(seen.article for seen in rows), strict=True))
    for seen in in_order([*rows, *extraction.dropped]):
        for change in seen.changes:
            yield {
                **{f.name: getattr(change, f.name, None) or None for f in CORRECTION_FIELDS},
                "article": seen.article,
                "row": ids.get(seen),
                "figure": seen.text,
            }


def row_ids(articles: Iterable[str]) -> list[str]:
    """Return an id a row: its article and its running number there.

    >>> row_ids(["a", "a", "b"])
    ['a-001', 'a-002', 'b-001']
    """
    numbers: dict[str, int] = {}
    ids = []
    for article in articles:
        numbers[article] = numbers.get(article, 0) + 1
        ids.append(f"{article}-{numbers[article]:03}")
    return ids
