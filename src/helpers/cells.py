"""A text with tables that were left as their cells, `| 合计 | 219.7 | 3.1 |` → the rows of which a number is unread.

A number in a cell has no unit beside it, so that nothing else would miss it: apart from the quantities, it is told here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from helpers.segment import Span

_ROW = re.compile(r"^\| .*\|$", re.M)
_BAR = " | "
# Digits, and no word but of a note or a bound; a year is the heading of a column.
_FIGURE = re.compile(r"(?=\D*\d)(?:[^㐀-鿿A-Za-z]|[注约超近逾])+")
_YEAR = re.compile(r"(?:19|20)\d\d")


def find_unread_rows(text: str, read: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """Yield the rows of cells that hold a number outside the spans that were read, which are in order.

    >>> text = "| 地区 | 2022 |\\n| 合计 | 219.7 |"
    >>> [text[row.start : row.end] for row in find_unread_rows(text, [])]
    ['| 合计 | 219.7 |']
    """
    starts = [start for start, _ in read]
    for row in _ROW.finditer(text):
        figures = [span for span in _cells(row) if _FIGURE.fullmatch(text[slice(*span)])]
        if all(_YEAR.fullmatch(text[slice(*span)]) for span in figures):
            continue
        last_before = (bisect_left(starts, end) - 1 for _, end in figures)
        if any(n < 0 or read[n][1] <= start for n, (start, _) in zip(last_before, figures, strict=True)):
            yield Span(*row.span())


def _cells(row: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Yield the spans of the cells of a row but its first."""
    start = row.start() + len("| ")
    for number, cell in enumerate(row[0][2:-2].split(_BAR)):
        if number:
            yield start, start + len(cell)
        start += len(cell) + len(_BAR)
