"""Scraped Chinese text made whole: one damage a module, the steps in their order here, every change explained.

What clean text looks like: simplified characters; one paragraph a line, no blank lines, no indent; digits, Latin
letters, %, () and signs in ASCII; ，；：！？ full-width in Chinese, ASCII inside numbers, times and addresses; 。、“”
as written; a dash or tilde between two digits is -; thousands separators and numerals as written, in one piece.
Cleaning clean text changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple

from . import furniture, mangled, markup, masked, misdecoded, readings, script, whitespace, width
from .edit import Alignment, Edit, apply_edits
from .furniture import Byline

__all__ = ["Byline", "CleanText", "Repair", "clean"]

ROUNDS = 8  # taking one thing out can lay another bare; far more than any text has needed


class Repair(NamedTuple):
    """One change to the raw text: raw[start:end] became `clean`, in the script and width of clean text.

    Characters that only changed script or width are not listed.
    """

    start: int
    end: int
    raw: str
    clean: str
    kind: str
    why: str


@dataclass(frozen=True)
class CleanText:
    """A text before and after cleaning, with what was done and how offsets correspond."""

    raw: str
    text: str
    repairs: tuple[Repair, ...] = ()
    damaged: tuple[tuple[int, int], ...] = ()
    byline: Byline = field(default_factory=Byline)
    alignments: tuple[Alignment, ...] = field(default=(), repr=False, compare=False)

    def to_raw(self, offset: int) -> int:
        """Return the raw offset that an offset of the clean text stands for."""
        for alignment in reversed(self.alignments):
            offset = alignment.to_before(offset)
        return offset

    def to_clean(self, offset: int) -> int:
        """Return the clean offset that an offset of the raw text has become."""
        for alignment in self.alignments:
            offset = alignment.to_after(offset)
        return offset


@dataclass
class Draft:
    """A text on its way through the steps; each step changes it through these methods only."""

    raw: str
    text: str
    alignments: list[Alignment] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    damaged: list[tuple[int, int]] = field(default_factory=list)
    byline: Byline = field(default_factory=Byline)

    def edit(self, edits: Iterable[Edit]) -> None:
        """Make the edits, and keep where they stood in the raw text."""
        edits = list(edits)
        if not edits:
            return
        self.repairs += self._repairs(edits)
        self.text = apply_edits(self.text, edits)
        alignment = Alignment(edits)
        self.alignments.append(alignment)
        self.damaged = [(alignment.to_after(start), alignment.to_after(end)) for start, end in self.damaged]

    def _repairs(self, edits: list[Edit]) -> Iterator[Repair]:
        offsets = [offset for edit in edits for offset in edit[:2]]
        for alignment in reversed(self.alignments):
            offsets = alignment.all_to_before(offsets)
        for start, end, (_, _, text, kind, why) in zip(offsets[::2], offsets[1::2], edits, strict=True):
            clean = script.simplify(width.fold_width(text)) if text else ""
            yield Repair(start, end, self.raw[start:end], clean, kind, why)


Step = Callable[[Draft], None]


def edited(find: Callable[[str], list[Edit]]) -> Step:
    """Return the step that makes the edits a finder finds."""

    def step(draft: Draft) -> None:
        draft.edit(find(draft.text))

    return step


def tidied(tidyings: Sequence[whitespace.Tidying], is_tidy: Callable[[str], bool] | None = None) -> Step:
    """Return the step that makes the tidyings in their order, unless a look shows that there is nothing to tidy."""

    def step(draft: Draft) -> None:
        if is_tidy is not None and is_tidy(draft.text):
            return
        for tidying in tidyings:
            draft.edit(whitespace.find_untidy(draft.text, tidying))

    return step


def translated(convert: Callable[[str], str]) -> Step:
    """Return the step that puts one character for another; offsets do not move."""

    def step(draft: Draft) -> None:
        draft.text = convert(draft.text)

    return step


def read_again(draft: Draft) -> None:
    """Read lines again that were read in the wrong encoding, and note those that stay broken."""
    edits, damaged = misdecoded.find_misdecoded(draft.text)
    draft.damaged = merge_spans(draft.damaged + damaged)
    draft.edit(edits)


def repair_mangled(draft: Draft) -> None:
    """Read mangled runs again, and note what stays broken."""
    edits, damaged = mangled.find_mangled(draft.text)
    restored = [(edit.start, edit.end) for edit in edits]
    still = [
        span
        for span in draft.damaged
        if not any(start < span[1] and span[0] < end for start, end in restored)
    ]
    draft.damaged = merge_spans(still + damaged)
    draft.edit(edits)


def merge_spans(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans in order, those that overlap or touch as one.

    >>> merge_spans([(5, 9), (0, 2), (2, 4), (6, 7)])
    [(0, 4), (5, 9)]
    """
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def cut_furniture(draft: Draft) -> None:
    """Cut what surrounds the article and keep what it says of it."""
    edits, byline = furniture.find_furniture(draft.text)
    draft.edit(edits)
    draft.byline = draft.byline.or_else(byline)


# Broken bytes first, in the script they broke in; furniture last, on lines as they will stand.
STEPS: tuple[Step, ...] = (
    read_again,
    repair_mangled,
    edited(markup.find_markup),
    edited(readings.find_readings),
    translated(width.fold_width),
    translated(script.simplify),
    tidied(whitespace.SPACES, whitespace.has_tidy_spaces),
    tidied(whitespace.DOUBLED_MARKS, whitespace.has_tidy_marks),
    edited(whitespace.find_wraps),
    edited(whitespace.find_column_wraps),
    edited(whitespace.find_broken_paragraphs),
    tidied(whitespace.BREAKS_IN_FIGURES),
    cut_furniture,
    edited(whitespace.find_broken_at_commas),  # what stood between may have been furniture
)


def clean(raw: str) -> CleanText:
    """Return the text made whole, with every repair; the steps run until nothing changes.

    >>> clean("全市工業經(jīng)濟(jì)增長８.４％,創新高。").text
    '全市工业经济增长8.4%，创新高。'
    """
    draft = Draft(raw, raw)
    idle = 0
    for step in STEPS * ROUNDS:
        before = draft.text
        step(draft)
        idle = idle + 1 if draft.text == before else 0
        if idle == len(STEPS):
            break
    broken = merge_spans([*draft.damaged, *masked.find_masked(draft.text)])
    damaged = tuple((start, end) for start, end in broken if start < end)
    repairs = tuple(sorted(draft.repairs, key=itemgetter(0, 1)))
    return CleanText(raw, draft.text, repairs, damaged, draft.byline, tuple(draft.alignments))
