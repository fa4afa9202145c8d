"""Edits on a text, and the way back: which offset of the text before stands for which of the text after.

Every step of cleaning says what it does as edits, so that any offset of the clean text leads back to the raw one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from sys import maxsize
from typing import NamedTuple

BEYOND = (maxsize, maxsize)  # behind all edits


class Edit(NamedTuple):
    """One replacement: text[start:end] becomes `text`; kind and why are for people."""

    start: int
    end: int
    text: str
    kind: str
    why: str


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with the edits made; they are sorted and do not overlap.

    >>> apply_edits("經(jīng)濟", [Edit(1, 7, "", "reading", "經 is read jīng")])
    '經濟'
    """
    parts: list[str] = []
    done = 0
    for edit in edits:
        parts += (text[done : edit.start], edit.text)
        done = edit.end
    parts.append(text[done:])
    return "".join(parts)


class Alignment:
    """Maps offsets over a list of edits, in both directions, never backwards.

    An offset where something was cut out leads behind the cut: a span that ends there takes the cut along, as a
    reading belongs to the character before it.
    """

    __slots__ = ("after", "before")

    def __init__(self, edits: Sequence[Edit]) -> None:
        self.before: list[tuple[int, int]] = []
        self.after: list[tuple[int, int]] = []
        shift = 0
        for start, end, text, _, _ in edits:
            self.before.append((start, end))
            self.after.append((start + shift, start + shift + len(text)))
            shift += len(text) - (end - start)

    def to_before(self, offset: int) -> int:
        """Return the offset in the text before the edits."""
        return _carry(offset, self.after, self.before)

    def all_to_before(self, offsets: Iterable[int]) -> list[int]:
        """Return the same for offsets in their order, with one sweep over the edits.

        >>> Alignment([Edit(1, 7, "", "reading", "經 is read jīng")]).all_to_before([0, 1, 2])
        [0, 7, 8]
        """
        carried, passed, here = [], 0, [*self.after, BEYOND]
        for offset in offsets:
            while here[passed] <= (offset, offset):
                passed += 1
            carried.append(_beside(offset, here[passed - 1], self.before[passed - 1]) if passed else offset)
        return carried

    def to_after(self, offset: int) -> int:
        """Return the offset in the text after the edits."""
        return _carry(offset, self.before, self.after)


def _carry(offset: int, here: list[tuple[int, int]], there: list[tuple[int, int]]) -> int:
    """Map an offset from one side of the edits to the other; inside an edit, as far in as there is room."""
    last = bisect_right(here, (offset, offset)) - 1
    return _beside(offset, here[last], there[last]) if last >= 0 else offset


def _beside(offset: int, here: tuple[int, int], there: tuple[int, int]) -> int:
    """Map an offset inside or behind one edit."""
    (start, end), (other_start, other_end) = here, there
    return other_end + offset - end if offset >= end else min(other_start + offset - start, other_end)
