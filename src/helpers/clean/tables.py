"""The compiled tables beside this package, read once at first use: readings, frequencies, GBK's byte pairs.

data/compile_tables.py makes them and says from what.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

NEWS_WORD_BITS = 11  # about as often as 规模 or 工程 is counted
DATA: Traversable = files(__package__) / "data"


@cache
def characters_read() -> dict[str, str]:
    """Return reading → the characters that have it."""
    lines = (DATA / "readings.tsv").read_text("utf-8").splitlines()
    return dict(line.split("\t") for line in lines)


@cache
def readings_of() -> dict[str, set[str]]:
    """Return character → its readings."""
    readings: defaultdict[str, set[str]] = defaultdict(set)
    for reading, characters in characters_read().items():
        for character in characters:
            readings[character].add(reading)
    return dict(readings)


@cache
def word_bits() -> dict[str, int]:
    """Return word → log2 of how often the word list counts it."""
    lines = gzip.decompress((DATA / "words.txt.gz").read_bytes()).decode("utf-8").splitlines()
    rows = (line.split("\t") for line in lines)
    listed = {word: int(bits) for bits, words in rows for word in words.split(" ")}
    return listed | {word: max(listed.get(word, 0), NEWS_WORD_BITS) for word in _news_words()}


def _news_words() -> list[str]:
    lines = (DATA / "news_words.txt").read_text("utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]
