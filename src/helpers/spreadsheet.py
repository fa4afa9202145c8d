"""A text ↔ the cell of a CSV file that no spreadsheet takes for a formula.

Excel and its likes run what begins with = + - @ or a tab; an apostrophe before it keeps them from it.
"""

from __future__ import annotations

import re

FORMULA = r"[=+\-@\t\r]"
PLAIN_NUMBER = r"[+-]\d[\d,]*(?:\.\d+)?%?"  # harmless, and better left a number


def disarmed(text: str) -> str:
    """Return a text as it may stand in a cell.

    >>> [disarmed(text) for text in ("=1+1", "-0.6%", "18个")]
    ["'=1+1", '-0.6%', '18个']
    """
    armed = re.match(FORMULA, text) and not re.fullmatch(PLAIN_NUMBER, text)
    return f"'{text}" if armed else text


def as_meant(cell: str) -> str:
    """Return what a cell says, without the apostrophe that kept it from being run.

    >>> as_meant("'=1+1"), as_meant("'90后")
    ('=1+1', "'90后")
    """
    return re.sub(rf"\A'(?={FORMULA})", "", cell)
