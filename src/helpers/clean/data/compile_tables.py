"""Word list and pinyin table of two packages → the small tables beside this file.

Run by hand when the sources change (`pip install jieba pypinyin`, then `python compile_tables.py`); nothing
here is needed to clean a text.

* readings.tsv       reading, characters that have it     from pypinyin (MIT), its table of single characters
* characters.tsv     character, log2 of how often it stands in a word, begins one, ends one
* bigrams.txt.gz     character, then each follower inside a word with log2 of its count as a letter
                                                          both from jieba's dict.txt (MIT), words and counts
"""

from __future__ import annotations

import gzip
import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

HERE = Path(__file__).resolve().parent
SEEN_AT_LEAST = 40
TIMES_CHANCE = 1.0  # a pair no commoner than chance brings the characters together says nothing
STEPS_PER_OCTAVE = 1
FIRST_LETTER = 0x21


def is_han(text: str) -> bool:
    """True where every character is a CJK ideograph of the basic block."""
    return all("一" <= character <= "鿿" for character in text)


def in_gbk(character: str) -> bool:
    """True where the character has two bytes in GBK."""
    try:
        return len(character.encode("gbk")) == 2
    except UnicodeEncodeError:
        return False


def in_gb2312(word: str) -> bool:
    """True where GB2312 holds every character; leaves out what the list itself has of broken text."""
    try:
        return bool(word.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def read_readings() -> dict[str, set[str]]:
    """Return reading → characters, for all Han characters of GBK."""
    from pypinyin.constants import PINYIN_DICT

    characters = defaultdict(set)
    for code, readings in PINYIN_DICT.items():
        if is_han(chr(code)) and in_gbk(chr(code)):
            for reading in readings.split(","):
                characters[reading].add(chr(code))
    return characters


def read_words() -> Iterator[tuple[str, int]]:
    """Yield each Han word of the list, in simplified characters, with its count."""
    import jieba
    from opencc import OpenCC

    simplify = OpenCC("t2s").convert
    for line in (Path(jieba.__file__).parent / "dict.txt").read_text("utf-8").splitlines():
        word, count, _ = line.split(" ")
        if is_han(word) and in_gb2312(simplified := simplify(word)):
            yield simplified, int(count)


def count_characters(words: list[tuple[str, int]]) -> tuple[Counter, Counter, Counter, Counter]:
    """Return how often characters stand in words, begin them, end them, and follow each other in them."""
    inside, first, last, pairs = Counter(), Counter(), Counter(), Counter()
    for word, count in words:
        first[word[0]] += count
        last[word[-1]] += count
        for character in word:
            inside[character] += count
        for pair in pairwise(word):
            pairs["".join(pair)] += count
    return inside, first, last, pairs


def bits(count: int) -> str:
    """Return log2 of a count to one place; 0 counts as a half."""
    return f"{math.log2(count or 0.5):.1f}"


def write_readings() -> None:
    """Write readings.tsv."""
    rows = (f"{reading}\t{''.join(sorted(chars))}\n" for reading, chars in sorted(read_readings().items()))
    (HERE / "readings.tsv").write_text("".join(rows), "utf-8", newline="\n")


def write_frequencies() -> None:
    """Write characters.tsv and bigrams.txt.gz."""
    inside, first, last, pairs = count_characters(list(read_words()))
    rows = (
        f"{c}\t{bits(n)}\t{bits(first[c])}\t{bits(last[c])}\n" for c, n in sorted(inside.items()) if n >= 8
    )
    (HERE / "characters.tsv").write_text("".join(rows), "utf-8", newline="\n")
    followers = defaultdict(str)
    words = sum(first.values())
    for pair, count in sorted(pairs.items()):
        chance = last[pair[0]] * first[pair[1]] / words
        if count >= max(SEEN_AT_LEAST, TIMES_CHANCE * chance):
            followers[pair[0]] += pair[1] + chr(FIRST_LETTER + round(STEPS_PER_OCTAVE * math.log2(count)))
    lines = "".join(f"{character}{rest}\n" for character, rest in followers.items())
    (HERE / "bigrams.txt.gz").write_bytes(gzip.compress(lines.encode("utf-8"), 9, mtime=0))


if __name__ == "__main__":
    write_readings()
    write_frequencies()
