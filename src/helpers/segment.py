"""Clean text → paragraphs, sentences and clauses, each as a span of the text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

_PARAGRAPH = re.compile(r"\S(?:[^\n]*\S)?")  # without the blanks around it
# A sentence runs to its stop and the closing marks after it; a decimal point or an abbreviation is no stop.
_SENTENCE = re.compile(r"\s*([^。！？!?…]*(?:[。！？!?…]+[”’」』）)》]*|$))")
HEADING_LENGTH = 40
LONGEST_SENTENCE = 1000  # four times as long as any in the articles that the rules were made on
_CLAUSE_STOP = re.compile(r"[，,；;：:。！？!?…\n]")


class Span(NamedTuple):
    """A stretch of text, `text[start:end]`."""

    start: int
    end: int


class Stretches:
    """Stretches of a text, of which it is asked whether one of them overlaps another.

    >>> damaged = Stretches([(8, 9), (2, 5)])
    >>> damaged.overlap(0, 2), damaged.overlap(4, 8), damaged.overlap(5, 8)
    (False, True, False)
    """

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._reach = list(accumulate((end for _, end in ordered), max))  # of all that begin up to there

    def overlap(self, start: int, end: int) -> bool:
        """Whether one of them has a character between two offsets."""
        begun = bisect_left(self._starts, end)
        return begun > 0 and self._reach[begun - 1] > start


class Paragraph(NamedTuple):
    """A line of text and its sentences."""

    start: int
    end: int
    sentences: tuple[Span, ...]


def is_heading(text: str, paragraph: Paragraph) -> bool:
    """Whether a line reads like a heading: short, with no sentence that ends.

    >>> is_heading("一、综合", Paragraph(0, 4, ())), is_heading("增长8%。", Paragraph(0, 5, ()))
    (True, False)
    """
    if paragraph.end - paragraph.start > HEADING_LENGTH:
        return False
    line = text[paragraph.start : paragraph.end]
    return "。" not in line and "；" not in line


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def split_sentences(text: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
    """The sentences between two offsets, with their closing marks and without surrounding blanks.

    >>> [s for s in ("一季度增长5%。二季度呢？".__getitem__(slice(*x)) for x in split_sentences("一季度增长5%。二季度呢？"))]
    ['一季度增长5%。', '二季度呢？']
    """
    stop = _trimmed(text, start, len(text) if end is None else end).end
    sentences: list[Span] = []
    for match in _SENTENCE.finditer(text, start, stop):
        sentence = Span(*match.span(1))
        if sentence.end - sentence.start > LONGEST_SENTENCE:
            sentences += _bearable(text, sentence)
        elif sentence.start < sentence.end:
            sentences.append(sentence)
    return tuple(sentences)


def _bearable(text: str, sentence: Span) -> Iterator[Span]:
    """Yield a sentence in parts that are no longer than a sentence can be, cut behind a mark where there is one.

    All that is looked for within a sentence stays bounded by this, whatever a text is made of.
    """
    start = sentence.start
    while sentence.end - start > LONGEST_SENTENCE:
        latest = start + LONGEST_SENTENCE
        behind = max(text.rfind(mark, start, latest) for mark in "；;，") + 1
        end = behind if behind > start else latest
        yield Span(start, end)
        start = end
    yield Span(start, sentence.end)


@lru_cache(maxsize=2)  # the dateline and the rows are read from the same text
def split_paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a text (its lines) with their sentences.

    >>> [len(p.sentences) for p in split_paragraphs("标题\\n第一句。第二句。")]
    [1, 2]
    """
    lines = [Span(*line.span()) for line in _PARAGRAPH.finditer(text)]
    return tuple([Paragraph(*line, _sentences_of_line(text, line)) for line in lines])


def _sentences_of_line(text: str, line: Span) -> tuple[Span, ...]:
    """A heading is one sentence whatever marks it has: 总投资2万亿！今年开工500个."""
    if line.end - line.start <= HEADING_LENGTH and "。" not in text[line.start : line.end]:
        return (line,)
    return split_sentences(text, line.start, line.end)


@lru_cache(maxsize=2)
def _clause_stops(text: str) -> list[int]:
    """Where clauses stop in a text; a comma between two digits belongs to a number."""
    stops = [stop.start() for stop in _CLAUSE_STOP.finditer(text)]
    if "," in text or ":" in text:
        return [at for at in stops if not (text[at] in ",:" and _is_between_digits(text, at))]
    return stops


def _is_between_digits(text: str, at: int) -> bool:
    return 0 < at < len(text) - 1 and text[at - 1].isdigit() and text[at + 1].isdigit()


def clause_start(text: str, offset: int, least: int = 0) -> int:
    """Where the clause that holds `offset` begins, not before `least`.

    >>> clause_start("总投资5亿元，增长8%", 9)
    7
    """
    stops = _clause_stops(text)
    before = bisect_left(stops, offset)
    return max(stops[before - 1] + 1 if before else 0, min(least, offset))


def clause_end(text: str, offset: int, most: int | None = None) -> int:
    """Where the clause that holds `offset` ends (before its stop), not after `most`.

    >>> clause_end("总投资5亿元，增长8%", 0)
    6
    """
    stops = _clause_stops(text)
    after = bisect_left(stops, offset)
    stop = stops[after] if after < len(stops) else len(text)
    return stop if most is None else min(stop, max(most, offset))


def clause_around(text: str, start: int, end: int, within: Span) -> Span:
    """The clause that a stretch of text stands in, as far as it lies in a sentence.

    >>> clause_around("总投资5亿元，增长8%。", 9, 11, Span(0, 12))
    Span(start=7, end=11)
    """
    stops = _clause_stops(text)
    before = bisect_left(stops, start)
    first = stops[before - 1] + 1 if before else 0
    after = bisect_left(stops, end, before)
    last = stops[after] if after < len(stops) else len(text)
    return Span(max(first, min(within.start, start)), min(last, max(within.end, end)))
