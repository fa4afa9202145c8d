"""The words of the genre, read from the TSV files in lexicons/ and found in text.

One file is one family of cues (status, stage, basis …). Of two cues of a family that overlap the
leftmost and then the longest counts, so a pseudo-cue is simply a longer cue whose meaning is `none`:
规划引领 hides 规划, and 招商引资 hides 引资.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

COLUMNS = ("cue", "meaning", "direction", "scope", "example")
DIRECTIONS = frozenset({"left", "right", "both"})
SCOPES = frozenset({"adjacent", "clause", "sentence"})
NOT_A_CUE = "none"


class LexiconError(ValueError):
    """A lexicon file that breaks its own contract; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One word of a lexicon: what it means, which way and how far it works, and where it was seen."""

    cue: str
    meaning: str
    direction: str
    scope: str
    example: str


class Cue(NamedTuple):
    """One occurrence of an entry: `text[start:end] == cue`."""

    start: int
    end: int
    cue: str
    meaning: str
    direction: str
    scope: str


@dataclass(frozen=True)
class Lexicon:
    """A family of cues."""

    name: str
    entries: tuple[Entry, ...]

    @cached_property
    def _automaton(self) -> AhoCorasick:
        return AhoCorasick(
            [entry.cue for entry in self.entries],
            matchkind=MatchKind.LeftmostLongest,
            implementation=Implementation.DFA,  # the fastest; so few words take little memory
        )

    @cached_property
    def _told(self) -> list[tuple[str, str, str, str] | None]:
        """What a cue tells besides where it stands, by the number of its entry; None for a pseudo-cue."""
        return [
            None if e.meaning == NOT_A_CUE else (e.cue, e.meaning, e.direction, e.scope) for e in self.entries
        ]

    @cached_property
    def meanings(self) -> dict[str, str]:
        """What each cue of the family means."""
        return {entry.cue: entry.meaning for entry in self.entries}

    def find(self, text: str) -> list[Cue]:
        """The cues in `text`, in order and without overlap; pseudo-cues hide others and are left out.

        >>> [(c.cue, c.meaning) for c in read_lexicon("status").find("力争引进20亿元,规划引领发展")]
        [('力争', 'planned')]
        """
        matches = self._automaton.find_matches_as_indexes(text)
        if not matches:
            return []
        told = self._told
        return [Cue(start, end, *cue) for number, start, end in matches if (cue := told[number])]

    @cached_property
    def _hides(self) -> tuple[bool, ...]:
        return tuple(entry.meaning == NOT_A_CUE for entry in self.entries)

    def find_spans(self, text: str) -> list[tuple[int, int]]:
        """Where the cues of `find` stand, for a reader that asks no more of them.

        >>> read_lexicon("status").find_spans("力争引进20亿元,规划引领发展")
        [(0, 2)]
        """
        matches = self._automaton.find_matches_as_indexes(text)
        if not matches:
            return []
        hides = self._hides
        return [(start, end) for number, start, end in matches if not hides[number]]


def _parse_line(name: str, number: int, line: str) -> Entry:
    cells = line.split("\t")
    if len(cells) != len(COLUMNS):
        raise LexiconError(f"{name}.tsv line {number}: {len(cells)} columns, not {len(COLUMNS)}")
    entry = Entry(*cells)
    if entry.direction not in DIRECTIONS:
        raise LexiconError(f"{name}.tsv line {number}: direction {entry.direction!r}")
    if entry.scope not in SCOPES:
        raise LexiconError(f"{name}.tsv line {number}: scope {entry.scope!r}")
    if entry.cue not in entry.example:
        raise LexiconError(f"{name}.tsv line {number}: {entry.cue!r} is not in its example")
    return entry


@cache
def read_lexicon(name: str) -> Lexicon:
    """The family of cues in lexicons/`name`.tsv; raises LexiconError where a line breaks the format."""
    content = files("helpers").joinpath("lexicons", f"{name}.tsv").read_text("utf-8")
    lines = [(n, line) for n, line in enumerate(content.splitlines(), 1) if line and not line.startswith("#")]
    if not lines or tuple(lines[0][1].split("\t")) != COLUMNS:
        raise LexiconError(f"{name}.tsv: the first line that is no comment must name {', '.join(COLUMNS)}")
    entries = tuple(_parse_line(name, number, line) for number, line in lines[1:])
    seen: set[str] = set()
    for entry in entries:
        if entry.cue in seen:
            raise LexiconError(f"{name}.tsv: {entry.cue!r} stands twice")
        seen.add(entry.cue)
    return Lexicon(name, entries)
