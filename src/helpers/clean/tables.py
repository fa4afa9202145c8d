"""The compiled tables beside this package, read once at first use: readings, frequencies, GBK's byte pairs.

data/compile_tables.py makes them and says from what.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

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
def bigram_bits() -> dict[str, int]:
    """Return log2 of how often one character follows another inside a word."""
    lines = gzip.decompress((DATA / "bigrams.txt.gz").read_bytes()).decode("utf-8").splitlines()
    return {
        line[0] + line[place]: ord(line[place + 1]) - 0x21
        for line in lines
        for place in range(1, len(line), 2)
    }


@cache
def character_bits() -> dict[str, tuple[float, float, float]]:
    """Return character → log2 of how often it stands in a word, begins one, ends one."""
    rows = (line.split("\t") for line in (DATA / "characters.tsv").read_text("utf-8").splitlines())
    return {character: (float(all_), float(first), float(last)) for character, all_, first, last in rows}
