"""Conditions on what a large set says → those of its articles that say it, as a set of its own, to be reported on.

The parts tell which articles these are, the archive is read once for their words; neither is ever held.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import pandas as pd

from helpers.article import Article, iter_articles
from helpers.article.article import METADATA_COLUMNS
from helpers.article.names import refuse_repeated
from helpers.corpus.dataset import BATCH, batches, parts_of_whole
from helpers.corpus.parts import columns_of_part, part_file, read_part, written_parts
from helpers.export import write_pieces

if TYPE_CHECKING:
    from helpers.correction import Correction
    from helpers.storage import Location

ASKED_OF = ("articles", "observations")
# A spreadsheet would take a text that begins with = for a formula, so CSV would have to change it.
FAITHFUL = (".jsonl", ".parquet")


COLUMNS = ("article", "text", *METADATA_COLUMNS)


class SelectionError(ValueError):
    """A selection that cannot be made; the message is one line naming condition or folder, and cause."""


@dataclass(frozen=True, slots=True)
class Selected:
    """What was written: the ids of the articles, and what people have corrected in them."""

    articles: list[str]
    corrections: list[Correction]


@dataclass(frozen=True, slots=True)
class Condition:
    """What a column of the articles or of their observations is to be; nothing in it meets none."""

    column: str
    comparison: str
    value: str

    def holds(self, cells: pd.Series) -> pd.Series:
        """Return for each cell whether it meets the condition: numbers as numbers, all else as texts."""
        wanted = self._number() if pd.api.types.is_numeric_dtype(cells) else self.value
        return cells.notna() & COMPARISONS[self.comparison](cells, wanted)

    def _number(self) -> float:
        try:
            return float(self.value)
        except ValueError:
            raise SelectionError(f"{self.column} holds numbers, {self.value!r} is none") from None


def _contains(cells: pd.Series, words: str) -> pd.Series:
    return cells.astype("str").str.contains(words, regex=False, na=False)


COMPARISONS: dict[str, Callable] = {
    ">=": operator.ge, "<=": operator.le, "!=": operator.ne,
    "=": operator.eq, ">": operator.gt, "<": operator.lt, "~": _contains,
}  # fmt: skip
_CONDITION = re.compile(rf"(\w+)\s*({'|'.join(COMPARISONS)})\s*(.*)", re.S)


def parse_condition(text: str) -> Condition:
    """Return a condition as it is written on a command line.

    >>> parse_condition("province=湖南省"), parse_condition("value >= 1e8").comparison
    (Condition(column='province', comparison='=', value='湖南省'), '>=')
    """
    match = _CONDITION.fullmatch(text.strip())
    if not match:
        raise SelectionError(
            f"{text!r} is no condition: a column, one of {' '.join(COMPARISONS)}, a value (province=湖南省)"
        )
    return Condition(*match.groups())


def articles_that_say(parts: Location, conditions: Sequence[Condition]) -> set[str]:
    """Return the ids of the articles that meet all conditions on articles, and with one of their rows all those on rows."""
    numbers = written_parts(parts)
    if not numbers:
        raise SelectionError(f"{parts}: holds no parts (zhanbao extract ARCHIVE -o DIR/ writes them)")
    if len(numbers) < parts_of_whole(parts):
        raise SelectionError(f"{parts}: not all parts are written; call the same extract again")
    asked = _by_table(parts, numbers[0], conditions)
    return {article for number in numbers for article in _meeting(parts, number, asked)}


def _by_table(parts: Location, number: int, conditions: Iterable[Condition]) -> dict[str, list[Condition]]:
    """Return the conditions on each table, of a column that both have those on rows."""
    columns = {table: set(columns_of_part(part_file(parts, table, number))) for table in ASKED_OF}
    asked: dict[str, list[Condition]] = {table: [] for table in ASKED_OF}
    for condition in conditions:
        table = next((name for name in reversed(ASKED_OF) if condition.column in columns[name]), None)
        if table is None:
            known = ", ".join(sorted(set.union(*columns.values())))
            raise SelectionError(f"no column {condition.column!r}; there are {known}")
        asked[table].append(condition)
    return asked


def _meeting(parts: Location, number: int, asked: dict[str, list[Condition]]) -> set[str]:
    found = []
    for table, conditions in asked.items():
        if conditions:
            columns = list(dict.fromkeys(["article", *(one.column for one in conditions)]))
            rows = read_part(part_file(parts, table, number), columns)
            for condition in conditions:
                rows = rows[condition.holds(rows[condition.column])]
            found.append(set(rows["article"]))
    return (
        set.intersection(*found) if found else set(read_part(part_file(parts, "articles", number))["article"])
    )


def write_articles(paths: Iterable[Location], chosen: Set[str], output: Location) -> Selected:
    """Write the articles of these ids as a set of its own, .jsonl or .parquet, as they came."""
    if output.suffix.lower() not in FAITHFUL:
        raise SelectionError(f"{output}: articles are written as {' or '.join(FAITHFUL)}")
    selected = Selected([], [])

    def tables() -> Iterator[pd.DataFrame]:
        for batch in batches(_of(paths, chosen), BATCH):
            selected.articles.extend(article.id for article in batch)
            selected.corrections.extend(chain.from_iterable(article.corrections for article in batch))
            yield pd.DataFrame([_row(article) for article in batch], columns=COLUMNS, dtype="str")
        refuse_repeated(selected.articles, "two articles are called")
        if not selected.articles:
            raise SelectionError("none of the articles that meet the conditions is in the sets named")

    write_pieces(tables(), output)
    return selected


def _of(paths: Iterable[Location], chosen: Set[str]) -> Iterator[Article]:
    found = chain.from_iterable(map(iter_articles, paths))
    return (one for one in found if isinstance(one, Article) and one.id in chosen)


def _row(article: Article) -> dict[str, str | None]:
    known = {column: getattr(article, column) for column in METADATA_COLUMNS}
    return {"article": article.id, "text": article.raw} | known
