"""Extractions → which article is a copy of which: one article on several sites, found without comparing every pair.

Locality-sensitive hashing proposes pairs that share much of their wording; each is then confirmed exactly, by its
words and by its figures. Monthly bulletins of one bureau share nearly all their words and are told apart by their
numbers; a notice quoted within a long article is told apart by their sizes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
from rensa import RMinHash

if TYPE_CHECKING:
    from helpers.extract import Extraction

SHINGLE = 4  # characters of 16 bits: a shingle is one number of 64, and sets of them are exact
SAMPLED, FEWEST = 16, 16  # of the shingles, one in so many is sketched, and no fewer than so many
WEIGHT = 8  # and each number as so many, so that bulletins of one template hardly ever meet
SKETCH, BANDS, SEED = 192, 64, 1
MEETINGS = 3  # bands: two sketches that share half of what they are made of meet in so many 99 times in 100
NEAR = 2  # places: where many meet in a band, each is paired with so many that it is most like
AT_ONCE = 1 << 16  # pairs looked at together

SHORTEST = 30  # characters: shorter texts are alike by chance
SAME_WORDS = 0.8  # of the shorter text's shingles, that the other has too
SAME_FIGURES = 0.9  # of the values that the article with fewer of them states
SAME_NUMBERS = 0.75  # of the numbers as written, dates too
# With fewer values, which may agree by chance, their sentences must agree as well, and almost every word.
FEW_FIGURES = 5
SAME_WORDS_ALONE = 0.9
SAME_SIZE = 0.6  # the shorter text against the longer

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
# Half of all that is written in a month tells of that month, so dates propose nothing.
_DATE = re.compile(r"\d+(?:[-—–~至到]\d+)?个?[年月日号时]")
_NUMBER_IN_PLACE = re.compile(r"[^\W\d]{0,2}\d+(?:\.\d+)?")
_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """What of an article is compared with others."""

    article: str
    text: str  # without punctuation and white space
    numbers: frozenset[str]
    numbers_in_place: frozenset[str]  # each with the two characters before it, dates aside
    figures: Figures  # each value with the sentences that state it

    @property
    def is_long_enough(self) -> bool:
        """False for a text so short that it is like others by chance."""
        return len(self.text) >= SHORTEST


Figures = dict[Decimal, set[str]]
Precedence = tuple[str, int, str]


def candidate(article: str, text: str, figures: Iterable[tuple[Decimal, str]]) -> Candidate:
    """Return what is compared of an article, given its clean text and its values, each with its sentence."""
    by_value: Figures = {}
    for value, sentence in figures:
        by_value.setdefault(value, set()).add(_NO_WORD.sub("", sentence))
    numbers = frozenset(_NUMBER.findall(text))
    in_place = frozenset(_NUMBER_IN_PLACE.findall(_DATE.sub("", text)))
    return Candidate(article, _NO_WORD.sub("", text), numbers, in_place, by_value)


def precedence(published: str | None, characters: int, article: str) -> Precedence:
    """Return what orders articles that are the same: the one published first, then the longest, then the first by id."""
    return published or "unknown", -characters, article


def find_copies(extractions: Iterable[Extraction]) -> dict[str, str]:
    """Return the articles that are copies, each with its original: the same whatever the order given."""
    candidates = [_candidate(extraction) for extraction in sorted(extractions, key=_precedence)]
    candidates = [one for one in candidates if one.is_long_enough]
    keys = band_keys(candidates)
    pairs = pairs_that_meet(keys.__getitem__, marks(keys))
    firsts = firsts_of_groups(len(candidates), pairs.tolist(), candidates.__getitem__)
    return {
        one.article: candidates[first].article
        for number, (one, first) in enumerate(zip(candidates, firsts, strict=True))
        if number != first
    }


def _precedence(extraction: Extraction) -> Precedence:
    return precedence(extraction.dateline.published, len(extraction.clean.text), extraction.article.id)


def _candidate(extraction: Extraction) -> Candidate:
    figures = ((seen.value, seen.sentence) for seen in extraction.observations)
    return candidate(extraction.article.id, extraction.clean.text, figures)


def firsts_of_groups(
    size: int, pairs: Iterable[Sequence[int]], read: Callable[[int], Candidate]
) -> list[int]:
    """Return for each of so many candidates the first one that is the same article, also by way of a third.

    Only pairs that are not in one group already are compared.
    """
    towards_first = list(range(size))

    def first(number: int) -> int:
        while towards_first[number] != number:
            number = towards_first[number] = towards_first[towards_first[number]]
        return number

    for one, other in pairs:
        low, high = sorted((first(one), first(other)))
        if low != high and is_copy(read(one), read(other)):
            towards_first[high] = low
    return [first(number) for number in range(size)]


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


def band_keys(candidates: Sequence[Candidate]) -> np.ndarray:
    """Return a row for each band, with a number for each candidate: where two have the same, their sketches meet."""
    sketches = RMinHash.digests_from_token_sets(map(_tokens, candidates), SKETCH, SEED)
    bands = np.array(sketches, np.uint64).reshape(len(candidates), BANDS, SKETCH // BANDS)
    keys = np.zeros((BANDS, len(candidates)), np.uint64)
    for column in range(SKETCH // BANDS):
        keys = (keys ^ bands[:, :, column].T) * _SPREAD
    return keys ^ keys >> np.uint64(32)


def marks(keys: np.ndarray) -> np.ndarray:
    """Return a byte of each key, a row for each candidate: enough to count in how many bands two of them meet."""
    return np.ascontiguousarray(keys.T.astype(np.uint8))


def pairs_that_meet(keys_of: Callable[[int], np.ndarray], marks: np.ndarray) -> np.ndarray:
    """Return pairs of candidates that are alike, each as two numbers.

    Sorted by their keys in a band, and in the next one, those that are alike stand side by side, and each is paired
    with the few that follow it: however many share a template, the work grows with their number and not its square.
    """
    pairs = np.empty(0, "<u8")
    for band in range(BANDS):
        more = _neighbours(keys_of(band), keys_of((band + 1) % BANDS), marks)
        pairs = distinct(np.concatenate([pairs, more]))
    return pairs.view("<u4").reshape(-1, 2)


def distinct(numbers: np.ndarray) -> np.ndarray:
    """Return the numbers in order, each once; np.unique needs several times their room for it."""
    numbers = np.sort(numbers, axis=None)
    is_first = np.ones(len(numbers), bool)
    is_first[1:] = numbers[1:] != numbers[:-1]
    return numbers[is_first]


def _neighbours(keys: np.ndarray, further: np.ndarray, marks: np.ndarray) -> np.ndarray:
    order = np.lexsort((further, keys))
    in_order = keys[order]
    found = [np.empty(0, "<u8")]
    for step in range(1, NEAR + 1):
        places = np.flatnonzero(in_order[step:] == in_order[:-step])
        for start in range(0, len(places), AT_ONCE):
            some = places[start : start + AT_ONCE]
            ones, others = order[some], order[some + step]
            alike = np.count_nonzero(marks[ones] == marks[others], axis=1) >= MEETINGS
            low, high = np.minimum(ones, others)[alike], np.maximum(ones, others)[alike]
            found.append(low.astype("<u8") * _PAIR + high.astype("<u8"))
    return np.concatenate(found)


_PAIR = np.uint64(1 << 32)


def _tokens(candidate: Candidate) -> list[bytes]:
    """Return what a sketch is made of: each number several times over, and a sample of the shingles."""
    numbers = [number.encode() for number in candidate.numbers_in_place]
    weighed = [b"%d %b" % (copy, number) for number in numbers for copy in range(WEIGHT)]
    return weighed + _sample(shingles_of(candidate.text))


def _sample(shingles: np.ndarray) -> list[bytes]:
    """Return one shingle in `SAMPLED`, of a short text the first few in an order by chance: in every article the same ones."""
    places = shingles * _SPREAD
    last = np.sort(places)[:FEWEST][-1:]
    is_chosen = (places <= last) | (places < _SAMPLE) if len(last) else np.zeros(0, bool)
    chosen = shingles[is_chosen].tobytes()
    return [chosen[start : start + 8] for start in range(0, len(chosen), 8)]


_SPREAD = np.uint64(0x9E3779B97F4A7C15)  # 2**64 over the golden ratio: neighbours land far apart
_SAMPLE = np.uint64((1 << 64) // SAMPLED)


# Confirmed: by size, by figures, by words; the cheapest first.


def is_copy(one: Candidate, other: Candidate) -> bool:
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


def _common_words(one: Candidate, other: Candidate) -> float:
    """Return how much of the wording of the shorter text the other one has, too."""
    common, *sizes = _overlap(one, other)
    return common / min(sizes)


def _overlap(one: Candidate, other: Candidate) -> tuple[int, int, int]:
    """Return how many shingles two texts share, and how many each has."""
    ours, theirs = shingles_of(one.text), shingles_of(other.text)
    return len(np.intersect1d(ours, theirs, assume_unique=True)), len(ours), len(theirs)
