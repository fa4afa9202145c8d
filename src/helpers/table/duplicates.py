"""Extractions → which article is a copy of which: one article on several sites, found without comparing every pair.

Locality-sensitive hashing proposes pairs that share much of their wording; each is then confirmed exactly, by its
words and by its figures. Monthly bulletins of one bureau share nearly all their words and are told apart by their
numbers; a notice quoted within a long article is told apart by their sizes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
from rensa import RMinHash, RMinHashLSH

if TYPE_CHECKING:
    from helpers.extract import Extraction
    from helpers.observation import Observation

SHINGLE = 4  # characters of 16 bits: a shingle is one number of 64, and sets of them are exact
SAMPLED = 16  # of the shingles, one in so many is sketched
WEIGHT = 8  # and each number as so many, so that bulletins of one template hardly ever meet
SKETCH, BANDS, SEED = 192, 64, 1  # two sketches that share 0.4 of what they are made of meet 98 times in 100

SHORTEST = 30  # characters: shorter texts are alike by chance
SAME_WORDS = 0.8  # of the shorter text's shingles, that the other has too
SAME_FIGURES = 0.9  # of the values that the article with fewer of them states
SAME_NUMBERS = 0.75  # of the numbers as written, dates too
# With fewer values, which may agree by chance, their sentences must agree as well, and almost every word.
FEW_FIGURES = 5
SAME_WORDS_ALONE = 0.9
SAME_SIZE = 0.6  # the shorter text against the longer
HARDLY_DIFFERENT = 0.95  # of all shingles of both: one of them stands for both

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_NUMBER_IN_PLACE = re.compile(r"[^\W\d]{0,2}\d+(?:\.\d+)?")
_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """What of an article is compared with others."""

    article: str
    text: str  # without punctuation and white space
    numbers: frozenset[str]
    numbers_in_place: frozenset[str]  # each with the two characters before it
    figures: dict[Decimal, set[str]]  # each value with the sentences that state it


class _Groups:
    """Which of so many candidates are the same article: each leads to the first of its group."""

    def __init__(self, size: int) -> None:
        self._towards_first = list(range(size))

    def first(self, number: int) -> int:
        """Return the first of the group that a candidate is in."""
        towards = self._towards_first
        while towards[number] != number:
            number = towards[number] = towards[towards[number]]
        return number

    def join(self, one: int, other: int) -> None:
        """Make one group of two."""
        low, high = sorted((self.first(one), self.first(other)))
        self._towards_first[high] = low


def find_copies(extractions: Iterable[Extraction]) -> dict[str, str]:
    """Return the articles that are copies, each with its original: the same whatever the order given.

    Of articles that are the same, also by way of a third, the original is the one published first, then the longest,
    then the first by id.
    """
    candidates = [_candidate(extraction) for extraction in sorted(extractions, key=_precedence)]
    candidates = [candidate for candidate in candidates if len(candidate.text) >= SHORTEST]
    groups = _Groups(len(candidates))
    for one, other in _copies(candidates, groups):
        groups.join(one, other)
    firsts = [groups.first(number) for number in range(len(candidates))]
    return {
        candidates[number].article: candidates[first].article
        for number, first in enumerate(firsts)
        if number != first
    }


def _copies(candidates: list[_Candidate], groups: _Groups) -> Iterator[tuple[int, int]]:
    """Yield pairs of candidates that are the same article and not in one group yet."""
    index = RMinHashLSH(0.0, SKETCH, BANDS)  # 0.0: whatever meets is confirmed here
    for number, sketch in enumerate(_sketches(candidates)):
        is_covered = False
        for earlier in sorted(index.query(sketch)):
            if groups.first(earlier) == groups.first(number):
                continue
            if is_copy(candidates[number], candidates[earlier]):
                yield number, earlier
                is_covered |= _hardly_differ(candidates[number], candidates[earlier])
        if not is_covered:  # else whatever is like it is like the earlier one
            index.insert(number, sketch)


def _precedence(extraction: Extraction) -> tuple[str, int, str]:
    published = extraction.dateline.published or "unknown"
    return published, -len(extraction.clean.text), extraction.article.id


def _candidate(extraction: Extraction) -> _Candidate:
    text = extraction.clean.text
    return _Candidate(
        extraction.article.id,
        _NO_WORD.sub("", text),
        frozenset(_NUMBER.findall(text)),
        frozenset(_NUMBER_IN_PLACE.findall(text)),
        _figures(extraction.observations),
    )


def _figures(observations: Iterable[Observation]) -> dict[Decimal, set[str]]:
    figures: dict[Decimal, set[str]] = {}
    for seen in observations:
        figures.setdefault(seen.value, set()).add(_NO_WORD.sub("", seen.sentence))
    return figures


# Candidates: articles whose sketches meet.


def shingles_of(text: str) -> np.ndarray:
    """Return the stretches of four characters that occur in a text, sorted, each packed into one number.

    >>> len(shingles_of("完成投资完成投资")), len(shingles_of("投资"))
    (4, 0)
    """
    return np.unique(_packed(_code_units(text)))


def _code_units(text: str) -> np.ndarray:
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2").astype(np.uint64)


def _packed(units: np.ndarray) -> np.ndarray:
    count = max(0, len(units) - SHINGLE + 1)
    packed = np.zeros(count, dtype=np.uint64)
    for place in range(SHINGLE):
        packed = packed << np.uint64(16) | units[place : place + count]
    return packed


def _sketches(candidates: list[_Candidate]) -> list[RMinHash]:
    return RMinHash.from_token_sets(map(_tokens, candidates), SKETCH, SEED)


def _tokens(candidate: _Candidate) -> list[bytes]:
    """Return what a sketch is made of: each number several times over, and a sample of the shingles."""
    numbers = [number.encode() for number in candidate.numbers_in_place]
    weighed = [b"%d %b" % (copy, number) for number in numbers for copy in range(WEIGHT)]
    return weighed + _sample(shingles_of(candidate.text))


def _sample(shingles: np.ndarray) -> list[bytes]:
    """Return one shingle in `SAMPLED`, in every article the same ones."""
    chosen = shingles[(shingles * _SPREAD >> np.uint64(40)) % np.uint64(SAMPLED) == 0].tobytes()
    return [chosen[start : start + 8] for start in range(0, len(chosen), 8)]


_SPREAD = np.uint64(0x9E3779B97F4A7C15)  # 2**64 over the golden ratio: neighbours land far apart


# Confirmed: by size, by figures, by words; the cheapest first.


def is_copy(one: _Candidate, other: _Candidate) -> bool:
    """Return whether two articles are the same one but for headline, furniture, a cut or a slip."""
    if min(len(one.text), len(other.text)) < SAME_SIZE * max(len(one.text), len(other.text)):
        return False
    if _shared(one.numbers, other.numbers) < SAME_NUMBERS:
        return False
    if _shared(one.figures.keys(), other.figures.keys()) < SAME_FIGURES:
        return False
    if min(len(one.figures), len(other.figures)) >= FEW_FIGURES:
        return _common_words(one, other) >= SAME_WORDS
    return _same_sentences(one.figures, other.figures) and _common_words(one, other) >= SAME_WORDS_ALONE


def _shared(one: Set, other: Set) -> float:
    """Return how much of the smaller set the other one has, too; 1 where it is empty."""
    return len(one & other) / min(len(one), len(other)) if one and other else 1.0


def _same_sentences(one: dict[Decimal, set[str]], other: dict[Decimal, set[str]]) -> bool:
    """Return whether each value that both state is said of the same: 3 projects here are not 3 projects there."""
    return all(one[value] & other[value] for value in one.keys() & other.keys())


def _common_words(one: _Candidate, other: _Candidate) -> float:
    """Return how much of the wording of the shorter text the other one has, too."""
    common, *sizes = _overlap(one, other)
    return common / min(sizes)


def _hardly_differ(one: _Candidate, other: _Candidate) -> bool:
    common, *sizes = _overlap(one, other)
    return common >= HARDLY_DIFFERENT * max(sizes)


def _overlap(one: _Candidate, other: _Candidate) -> tuple[int, int, int]:
    """Return how many shingles two texts share, and how many each has."""
    ours, theirs = shingles_of(one.text), shingles_of(other.text)
    return len(np.intersect1d(ours, theirs, assume_unique=True)), len(ours), len(theirs)
