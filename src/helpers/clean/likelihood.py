"""How surprising a character is after another, in bits: tells text from bytes read one late.

Words follow each other as their frequencies have it, and characters inside a word as the words do; both come from the
compiled word list. A page's own recurring words count too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from math import log2
from typing import NamedTuple

from .script import is_traditional, simplified_of
from .tables import word_bits

# Marks per hundred characters of news prose, as bits; digits and letters stand in runs.
MARK_BITS = (
    dict.fromkeys("，", 4.0)
    | dict.fromkeys("。、", 5.0)
    | dict.fromkeys("“”", 6.5)
    | dict.fromkeys("：；《》()—,", 8.0)
    | dict.fromkeys("『』「」〈〉【】〔〕", 10.0)
    | dict.fromkeys("！？…·‘’!?;:～", 10.0)
)
DIGIT_BITS = 5.0
LETTER_BITS = 9.0
SIGN_BITS = 22.0
RARE_BITS = 22.0  # a character of GB2312 that the word list does not have
STRANGE_BITS = 34.0  # one that GB2312 lacks
OTHER_SCRIPT_BITS = 10.0  # a simplified character on a traditional page, or the reverse
RECURS_BITS = 7.0  # a pair, or a rare character, that the page has elsewhere too
RARE_RECURS_BITS = 13.0
RECURRING_WORD_BITS = 15.0
UNKNOWN_WORD = float("inf")
LONGEST_WORD = 6
LONGEST_PAGE = 20_000  # characters that are asked for what recurs; more is no one page


class Counts(NamedTuple):
    """log2 of how often characters stand in words, begin them, end them and follow each other in them."""

    inside: dict[str, float]
    first: dict[str, float]
    last: dict[str, float]
    pairs: dict[str, float]
    words: float


@cache
def counts() -> Counts:
    """Return the counts of characters that follow from those of words."""
    tallies: tuple[defaultdict[str, int], ...] = tuple(defaultdict(int) for _ in range(4))
    inside, first, last, pairs = tallies
    for word, bits in word_bits().items():
        count = 1 << bits
        first[word[0]] += count
        last[word[-1]] += count
        for character in word:
            inside[character] += count
        for place in range(1, len(word)):
            pairs[word[place - 1 : place + 1]] += count
    logs = ({key: log2(count) for key, count in tally.items()} for tally in tallies)
    return Counts(*logs, log2(sum(first.values())))


@lru_cache(maxsize=1 << 17)
def surprise(before: str, character: str) -> float:
    """Return the bits of a simplified character or mark after another.

    >>> surprise("项", "目") < surprise("目", "项") < surprise("目", "勛")
    True
    """
    inside, first, last, pairs, words = counts()
    if character not in inside:
        ends_word = inside[before] - last.get(before, 0.0) if before in inside else 0.0
        return ends_word + _bits_alone(character)
    begins = first.get(character, -1.0)
    if before not in inside:
        return words - begins
    by_chance = last.get(before, -1.0) + begins - words
    in_word = pairs.get(before + character)
    return inside[before] - (by_chance if in_word is None else log2(2.0**by_chance + 2.0**in_word))


def _bits_alone(character: str) -> float:
    if character in MARK_BITS:
        return MARK_BITS[character]
    if character.isascii():
        return DIGIT_BITS if character.isdigit() else LETTER_BITS if character.isalnum() else 12.0
    if not "㐀" <= character <= "鿿":
        return SIGN_BITS
    return RARE_BITS if _in(character, "gb2312") else STRANGE_BITS


class Page:
    """What a page tells of its own text: its script, and what recurs in it."""

    def __init__(self, text: str) -> None:
        self.text = text[:LONGEST_PAGE]
        self._known: dict[str, float] = {}

    @cached_property
    def traditional(self) -> bool:
        """True for a page in traditional script."""
        return is_traditional(self.text)

    @cached_property
    def _plain(self) -> str:
        return "".join(
            simplified_of().get(character, character) for character in self.text if _is_han(character)
        )

    @cached_property
    def recurring(self) -> set[str]:
        """Pairs of characters that the page has more than once; worked out when something is first looked at."""
        return {pair for pair, count in Counter(map("".join, pairwise(self._plain))).items() if count > 1}

    @cached_property
    def rare(self) -> set[str]:
        """Characters that the page has more than once."""
        return {character for character, count in Counter(self._plain).items() if count > 1}

    def bits(self, before: str, character: str) -> float:
        """Return the bits of a character as the page writes it after a simplified one."""
        key = before + character
        bits = self._known.get(key)
        if bits is None:
            bits = self._known[key] = self._bits(before, character)
        return bits

    def _bits(self, before: str, character: str) -> float:
        simple = simplified_of().get(character, character)
        bits = surprise(before, simple)
        if bits > RECURS_BITS and before + simple in self.recurring and _is_han(before) and _is_han(simple):
            bits = RECURS_BITS
        elif bits > RARE_RECURS_BITS and simple in self.rare and simple not in counts().inside:
            bits = RARE_RECURS_BITS
        return bits + (OTHER_SCRIPT_BITS if is_other_script(character, self.traditional) else 0.0)

    def words_bits(self, text: str) -> float:
        """Return the bits of simplified text as the likeliest chain of words."""
        best = [0.0]
        for end in range(1, len(text) + 1):
            best.append(
                min(
                    best[start] + self._word(text[start:end])
                    for start in range(max(end - LONGEST_WORD, 0), end)
                )
            )
        return best[-1]

    def _word(self, word: str) -> float:
        bits = word_bits().get(word)
        if bits is not None:
            return counts().words - bits
        if len(word) == 1:
            return RARE_RECURS_BITS if word in self.rare and _is_han(word) else _bits_alone(word)
        return RECURRING_WORD_BITS if word in self.recurring and all(map(_is_han, word)) else UNKNOWN_WORD

    def text_bits(self, before: str, text: str) -> float:
        """Return the bits of a stretch of text after a character."""
        total = 0.0
        for character in text:
            total += self.bits(before, character)
            before = simplified_of().get(character, character)
        return total


@lru_cache(maxsize=1 << 16)
def is_other_script(character: str, traditional: bool) -> bool:
    """True for a character that a page of this script does not use.

    >>> is_other_script("发", True), is_other_script("發", False), is_other_script("展", True)
    (True, True, False)
    """
    if not _is_han(character):
        return False
    return not _in(character, "big5") if traditional else character in simplified_of()


def _is_han(character: str) -> bool:
    return "㐀" <= character <= "鿿"


def _in(character: str, encoding: str) -> bool:
    try:
        return bool(character.encode(encoding))
    except UnicodeEncodeError:
        return False
