"""Copies found among generated articles, a fifth of them copies, and what that costs beside extracting them.

`python -m benchmarks.duplicates 10000` measures a size of your own; `make bench` a row of sizes, so that growth shows.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

from benchmarks.press import press
from benchmarks.results import Measure, record
from helpers.extract import extract
from helpers.table.duplicates import find_copies

SIZES = (250, 500, 1000, 2000)


class Marking(NamedTuple):
    """How copies were found among so many articles, and the CPU time of that and of extraction."""

    articles: int
    pairs: int
    missed: int
    false: int
    extraction: float
    marking: float


def report_lines(sizes: tuple[int, ...] = SIZES) -> Iterator[str]:
    """Yield what was measured, a line for each size as it is known."""
    yield "generated articles, 20% copies      pairs  missed  false  extraction s  marking s  ratio  ms/article"
    find_copies(map(extract, press(100).articles))  # reads the lexicons
    for size in sizes:
        done = mark(size)
        record(_measures(done))
        yield _line(done)


def mark(size: int) -> Marking:
    """Return how copies were found among so many generated articles."""
    made = press(size)
    begin = time.process_time()
    extractions = [extract(article) for article in made.articles]
    extracted = time.process_time()
    copies = find_copies(extractions)
    marked = time.process_time()
    true, found = pairs(made.original), pairs(copies)
    times = extracted - begin, marked - extracted
    return Marking(size, len(true), len(true - found), len(found - true), *times)


def pairs(originals: Mapping[str, str]) -> set[tuple[str, ...]]:
    """Return the pairs of articles that are the same one, by way of their original."""
    groups: dict[str, set[str]] = {}
    for copy, original in originals.items():
        groups.setdefault(original, {original}).add(copy)
    return {pair for group in groups.values() for pair in combinations(sorted(group), 2)}


def _measures(done: Marking) -> Iterator[Measure]:
    case = f"{done.articles} articles"
    yield Measure("duplicates", case, "pairs missed", done.missed / done.pairs, "")
    yield Measure("duplicates", case, "pairs that are none", done.false, "")
    yield Measure("duplicates", case, "times the CPU time of extraction", done.marking / done.extraction, "")


def _line(done: Marking) -> str:
    return (
        f"  {done.articles:30}{done.pairs:11}{done.missed:8}{done.false:7}{done.extraction:14.1f}{done.marking:11.2f}"
        f"{done.marking / done.extraction:7.3f}{1e3 * done.marking / done.articles:12.2f}"
    )


if __name__ == "__main__":
    for line in report_lines(tuple(map(int, sys.argv[1:])) or SIZES):
        print(line, flush=True)
