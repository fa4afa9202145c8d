"""How surprising a character is after another, in bits: tells text from bytes read one late.

Words follow each other as their frequencies have it, and characters inside a word as the words do; both come from the
compiled word list. A page's own recurring words count too.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from math import log2
from operator import add
from typing import NamedTuple

from .script import is_traditional, simplified, simplified_of
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
INFINITE = float("inf")
RARELY = -1.0  # log2 of a count that the word list does not have
LONGEST_WORD = 6
HAN = re.compile("[㐀-鿿][㐀-鿿]*")
LONGEST_PAGE = 20_000  # characters that are asked for what recurs; more is no one page


class Counts(NamedTuple):
    """log2 of how often characters stand in words, begin them, end them, and follow a character in them."""

    inside: dict[str, float]
    first: dict[str, float]
    last: dict[str, float]
    after: dict[str, dict[str, float]]
    words: float


@cache
def counts() -> Counts:
    """Return the counts of characters that follow from those of words."""
    inside, first, last = (defaultdict(int) for _ in range(3))
    after: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for word, bits in word_bits().items():
        count = 1 << bits
        first[word[0]] += count
        last[word[-1]] += count
        for character in word:
            inside[character] += count
        for before, character in pairwise(word):
            after[before][character] += count
    pairs = {before: _logs(row) for before, row in after.items()}
    return Counts(_logs(inside), _logs(first), _logs(last), pairs, log2(sum(first.values())))


def _logs(tally: dict[str, int]) -> dict[str, float]:
    return {key: log2(count) for key, count in tally.items()}


def surprise(before: str, character: str) -> float:
    """Return the bits of a simplified character or mark after another.

    >>> surprise("项", "目") < surprise("目", "项") < surprise("目", "勛")
    True
    """
    bits = in_word(before).get(character)
    return ends_word(before) + first_of_word(character) if bits is None else bits


@cache
def in_word(before: str) -> dict[str, float]:
    """Return the bits of the characters that follow a character in words, or begin the next word by chance."""
    inside, first, last, after, words = counts()
    by_chance = last.get(before, RARELY) - words
    return {
        character: inside[before] - log2(2.0 ** (by_chance + first.get(character, RARELY)) + 2.0**together)
        for character, together in after.get(before, {}).items()
    }


@lru_cache(maxsize=1 << 13)
def ends_word(before: str) -> float:
    """Return the bits of a word's end after a character; none after a mark."""
    return counts().inside[before] - counts().last.get(before, RARELY) if before in counts().inside else 0.0


@lru_cache(maxsize=1 << 13)
def first_of_word(character: str) -> float:
    """Return the bits of a character at the beginning of a word, or of a mark, sign or digit."""
    if character in counts().inside:
        return counts().words - counts().first.get(character, RARELY)
    return _bits_alone(character)


@lru_cache(maxsize=1 << 13)
def _bits_alone(character: str) -> float:
    if character in MARK_BITS:
        return MARK_BITS[character]
    if character.isascii():
        return DIGIT_BITS if character.isdigit() else LETTER_BITS if character.isalnum() else 12.0
    if not "㐀" <= character <= "鿿":
        return SIGN_BITS
    return RARE_BITS if _in(character, "gb2312") else STRANGE_BITS


class FirstBits(dict[str, float]):
    """Character as a page of one script writes it → its bits where no word leads to it."""

    def __init__(self, traditional: bool) -> None:
        super().__init__()
        self._traditional = traditional

    def __missing__(self, character: str) -> float:
        bits = first_of_word(simplified(character)) + script_bits(character, self._traditional)
        self[character] = bits
        return bits


@cache
def first_bits_of_script(traditional: bool) -> FirstBits:
    """Return the table of one script, to be shared by its pages."""
    return FirstBits(traditional)


@cache
def written_in_word(before: str, traditional: bool) -> dict[str, float]:
    """Return in_word() for characters as a page of this script may write them."""
    return as_written(in_word(before), traditional)


def as_written(bits: dict[str, float], traditional: bool) -> dict[str, float]:
    """Return bits of simplified characters as those of all that become them, the other script's at its cost."""
    return {
        written: value + script_bits(written, traditional)
        for character, value in bits.items()
        for written in written_as().get(character, character)
    }


@cache
def written_as() -> dict[str, str]:
    """Return simplified character → itself and the traditional ones that become it."""
    forms: dict[str, str] = {}
    for traditional, simple in simplified_of().items():
        forms[simple] = forms.get(simple, simple) + traditional
    return forms


@cache
def unlisted() -> re.Pattern[str]:
    """Return a pattern for any character that the word list has not, not as a traditional one either."""
    listed, simple = counts().inside, simplified_of()
    han = map(chr, range(ord("㐀"), ord("鿿") + 1))
    return re.compile(f"[{''.join(c for c in han if simple.get(c, c) not in listed)}]")


@cache
def lengths_by_end() -> dict[str, tuple[int, ...]]:
    """Return last character → how long the words of the list are that end in it, those of one character left out."""
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for word in word_bits():
        if 1 < len(word) <= LONGEST_WORD:
            lengths[word[-1]].add(len(word))
    return {character: tuple(found) for character, found in lengths.items()}


class Page:
    """What a page tells of its own text: its script, and what recurs in it."""

    def __init__(self, text: str) -> None:
        self.text = text[:LONGEST_PAGE]
        self.after = AfterBits(self)

    @cached_property
    def traditional(self) -> bool:
        """True for a page in traditional script."""
        return is_traditional(self.text)

    @cached_property
    def _pairs(self) -> str:
        """Pairs that the page has more than once, as written; worked out when something is first looked at."""
        return recurring_pairs("".join(HAN.findall(self.text)))

    @cached_property
    def _simplified_pairs(self) -> str:
        return simplified(self._pairs)

    @cached_property
    def recurring(self) -> set[str]:
        """The same pairs, simplified."""
        return set(map(add, self._simplified_pairs[::2], self._simplified_pairs[1::2]))

    @cached_property
    def recurring_after(self) -> dict[str, list[str]]:
        """Simplified character → those that follow it more than once, as written."""
        following: defaultdict[str, list[str]] = defaultdict(list)
        for before, character in zip(self._simplified_pairs[::2], self._pairs[1::2], strict=True):
            following[before].append(character)
        return following

    @cached_property
    def rare(self) -> set[str]:
        """Characters that the page has more than once and the word list does not have, simplified."""
        rare = simplified("".join(set(unlisted().findall(self.text))))
        return {c for c in rare if sum(map(self.text.count, written_as().get(c, c))) > 1}

    @cached_property
    def first_bits(self) -> dict[str, float]:
        """Character → its bits where no word leads to it; less for a rare one of this page."""
        shared = first_bits_of_script(self.traditional)
        if not self.rare:
            return shared
        own = FirstBits(self.traditional)
        own.update(shared)
        own.update(as_written(dict.fromkeys(self.rare, RARE_RECURS_BITS), self.traditional))
        return own

    def bits(self, before: str, character: str) -> float:
        """Return the bits of a character after another, both as the page writes them."""
        end, led_to = self.after[before]
        return led_to[character] if character in led_to else end + self.first_bits[character]

    def words_bits(self, text: str) -> float:
        """Return the bits of simplified text as the likeliest chain of words."""
        listed, recurring, total, best = word_bits(), self.recurring, counts().words, [0.0]
        lengths, alone, rare = lengths_by_end(), bits_as_word(), self.rare
        for end, character in enumerate(text, start=1):
            bits = best[-1] + (RARE_RECURS_BITS if character in rare else alone[character])
            if text[end - 2 : end] in recurring:
                bits = min(bits, best[-2] + RECURRING_WORD_BITS)
            for length in lengths.get(character, ()):
                if length <= end and (word := text[end - length : end]) in listed:
                    bits = min(bits, best[end - length] + total - listed[word])
            best.append(bits)
        return best[-1]


class AfterBits(dict[str, tuple[float, dict[str, float]]]):
    """Character as a page writes it → what it does to those behind it.

    That is the bits of a word's end, which those of first_bits come on top of, and the bits of the characters that
    words, or the page's own use, lead to.
    """

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page

    def __missing__(self, written: str) -> tuple[float, dict[str, float]]:
        before = simplified_of().get(written, written)
        self[written] = found = ends_word(before), self._led_to(before)
        return found

    def _led_to(self, before: str) -> dict[str, float]:
        bits = written_in_word(before, self._page.traditional)
        recurring = self._page.recurring_after.get(before, ())
        likelier = {c: RECURS_BITS for c in recurring if bits.get(c, INFINITE) > RECURS_BITS}
        return bits | likelier if likelier else bits


def recurring_pairs(text: str) -> str:
    """Return the pairs of characters that come more than once, one behind the other.

    They are counted as numbers of four bytes, which takes half the time of counting strings.

    >>> recurring_pairs("投资项目投资")
    '投资'
    """
    counted: Counter[int] = Counter()
    for encoded in (text.encode("utf-16-le"), text[1:].encode("utf-16-le")):
        counted.update(memoryview(encoded)[: len(encoded) // 4 * 4].cast("I"))
    recurring = array("I", (pair for pair, count in counted.items() if count > 1))
    return recurring.tobytes().decode("utf-16-le")


class WordBits(dict[str, float]):
    """Character → its bits as a word."""

    def __missing__(self, character: str) -> float:
        listed = word_bits().get(character)
        bits = _bits_alone(character) if listed is None else counts().words - listed
        self[character] = bits
        return bits


@cache
def bits_as_word() -> WordBits:
    """Return the one table of them."""
    return WordBits()


@lru_cache(maxsize=1 << 15)
def script_bits(character: str, traditional: bool) -> float:
    """Return what it costs to write a character that a page of this script does not use."""
    return OTHER_SCRIPT_BITS if is_other_script(character, traditional) else 0.0


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
