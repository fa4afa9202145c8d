"""Edits on a text, and the way back: which offset of the text before stands for which of the text after.

Every step of cleaning says what it does as edits, so that any offset of the clean text leads back to the raw one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from sys import maxsize
from typing import NamedTuple


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

    def all_to_before(self, offsets: Sequence[int]) -> list[int]:
        """Return the same for offsets in their order: those between two edits are moved together.

        >>> Alignment([Edit(1, 7, "", "reading", "經 is read jīng")]).all_to_before([0, 1, 2])
        [0, 7, 8]
        """
        carried: list[int] = []
        while (done := len(carried)) < len(offsets):
            first = offsets[done]
            passed = bisect_right(self.after, (first, first))
            following = self.after[passed][0] if passed < len(self.after) else maxsize
            inside = passed > 0 and first < self.after[passed - 1][1]
            behind = bisect_left(offsets, first if inside else following, done + 1)
            shift = self.to_before(first) - first
            carried += [offset + shift for offset in offsets[done:behind]]
        return carried

    def to_after(self, offset: int) -> int:
        """Return the offset in the text after the edits."""
        return _carry(offset, self.before, self.after)


def _carry(offset: int, here: list[tuple[int, int]], there: list[tuple[int, int]]) -> int:
    """Map an offset from one side of the edits to the other; inside an edit, as far in as there is room."""
    last = bisect_right(here, (offset, offset)) - 1
    if last < 0:
        return offset
    (start, end), (other_start, other_end) = here[last], there[last]
    if offset >= end:
        return other_end + offset - end
    return min(other_start + offset - start, other_end)
