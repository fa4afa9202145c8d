"""A table as a format gives it, with merged cells → a grid in which every place knows its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from helpers.reading.document import UnreadableError
from helpers.reading.limits import limits

WIDEST_SPAN = 500


class Cell(NamedTuple):
    """One cell and how many rows and columns it covers."""

    text: str
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of equal length; a merged cell's text stands in each place that it covers."""

    rows: tuple[tuple[str, ...], ...]
    caption: str = ""

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.rows[0]) if self.rows else 0


def spread(rows: Iterable[Sequence[Cell]], caption: str = "") -> Grid:
    """Return the grid of a table; cells that overlap or reach beyond it are cut.

    >>> spread([[Cell("地区", rows=2), Cell("投资", columns=2)], [Cell("总量"), Cell("增速")]]).rows
    (('地区', '投资', '投资'), ('地区', '总量', '增速'))
    """
    rows = [list(row) for row in rows]
    placed: dict[tuple[int, int], str] = {}
    most = limits().table_cells
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while (number, column) in placed:
                column += 1
            for down in range(min(cell.rows, len(rows) - number, WIDEST_SPAN)):
                for right in range(min(cell.columns, WIDEST_SPAN)):
                    placed.setdefault((number + down, column + right), one_line(cell.text))
            column += min(cell.columns, WIDEST_SPAN)
            if len(placed) > most:
                raise UnreadableError("too_large", f"超出上限:表格超过 {most:,} 格")
    width = max((column + 1 for _, column in placed), default=0)
    if width * len(rows) > most:
        raise UnreadableError("too_large", f"超出上限:表格超过 {most:,} 格")
    filled = (
        tuple(placed.get((number, column), "") for column in range(width)) for number in range(len(rows))
    )
    return Grid(tuple(row for row in filled if any(row)), " ".join(caption.split()))


def one_line(text: str) -> str:
    """Return a text without line breaks, and without spaces between Chinese characters.

    Two numbers one below the other stay two: 120 150 could as well be a hundred and twenty thousand.

    >>> one_line("株 洲\\n市"), one_line("GDP total"), one_line("120\\n150")
    ('株洲市', 'GDP total', '120 / 150')
    """
    apart = re.sub(r"(?<=\d) *\n\s*(?=\d)", " / ", text)
    plain = re.sub(r"\s+", " ", apart).strip()
    return re.sub(r"(?<=[㐀-鿿（）]) (?=[㐀-鿿（）])", "", plain)
