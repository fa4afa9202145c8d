"""Word list and pinyin table of two packages → the small tables beside this file.

Run by hand when the sources change (`pip install jieba pypinyin`, then `python compile_tables.py`); nothing
here is needed to clean a text.

* readings.tsv       reading, characters that have it   from pypinyin (MIT), its table of single characters
* words.txt.gz       log2 of a count, then the words of about that count, front to back sorted
                                                        from jieba's dict.txt (MIT), words and counts
"""

from __future__ import annotations

import gzip
import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
SEEN_AT_LEAST = 10
LONGEST = 6


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


def write_readings() -> None:
    """Write readings.tsv."""
    rows = (f"{reading}\t{''.join(sorted(chars))}\n" for reading, chars in sorted(read_readings().items()))
    (HERE / "readings.tsv").write_text("".join(rows), "utf-8", newline="\n")


def write_words() -> None:
    """Write words.txt.gz."""
    counts: Counter[str] = Counter()
    for word, count in read_words():
        counts[word] += count
    by_bits = defaultdict(list)
    for word, count in sorted(counts.items()):
        if count >= SEEN_AT_LEAST and len(word) <= LONGEST:
            by_bits[f"{math.log2(count):.0f}"].append(word)
    lines = "".join(f"{bits}\t{' '.join(words)}\n" for bits, words in sorted(by_bits.items()))
    (HERE / "words.txt.gz").write_bytes(gzip.compress(lines.encode("utf-8"), 9, mtime=0))


if __name__ == "__main__":
    write_readings()
    write_words()
