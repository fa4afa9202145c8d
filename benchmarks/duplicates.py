"""Copies found among generated articles, a fifth of them copies, and what that costs beside extracting them.

`python -m benchmarks.duplicates 10000` measures one size; `make bench` a row of sizes, so that growth shows.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping
from itertools import combinations

from benchmarks.press import press
from helpers.duplicates import find_copies
from helpers.extract import extract

SIZES = (250, 500, 1000, 2000)


def report_lines(sizes: tuple[int, ...] = SIZES) -> Iterator[str]:
    """Yield what was measured, a line for each size as it is known."""
    yield "generated articles, 20% copies      pairs  missed  false  extraction s  marking s  ratio  ms/article"
    find_copies(map(extract, press(100).articles))  # reads the lexicons
    for size in sizes:
        yield _line(size)


def _line(size: int) -> str:
    made = press(size)
    begin = time.process_time()
    extractions = [extract(article) for article in made.articles]
    extracted = time.process_time()
    copies = find_copies(extractions)
    marking = time.process_time() - extracted
    extraction = extracted - begin
    true, found = pairs(made.original), pairs(copies)
    return (
        f"  {size:30}{len(true):11}{len(true - found):8}{len(found - true):7}"
        f"{extraction:14.1f}{marking:11.2f}{marking / extraction:7.3f}{1e3 * marking / size:12.2f}"
    )


def pairs(originals: Mapping[str, str]) -> set[tuple[str, ...]]:
    """Return the pairs of articles that are the same one, by way of their original."""
    groups: dict[str, set[str]] = {}
    for copy, original in originals.items():
        groups.setdefault(original, {original}).add(copy)
    return {pair for group in groups.values() for pair in combinations(sorted(group), 2)}


if __name__ == "__main__":
    for line in report_lines(tuple(map(int, sys.argv[1:])) or SIZES):
        print(line, flush=True)
