"""What was measured → benchmarks/results.tsv: a line a measure, with the machine and the versions it was taken on."""

from __future__ import annotations

import csv
import os
import platform
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

RESULTS = Path(__file__).with_name("results.tsv")
VERSIONS = ("ahocorasick-rs", "pandas", "pyarrow")


class Measure(NamedTuple):
    """One figure: of which benchmark and case, what, how much, in which unit."""

    benchmark: str
    case: str
    what: str
    value: float
    unit: str


COLUMNS = (*Measure._fields, "machine", "versions")


def machine() -> str:
    """Return what the figures were taken on."""
    return f"{platform.machine()}, {os.cpu_count()} cores"


def versions() -> str:
    """Return what they were taken with."""
    packages = ", ".join(f"{name} {version(name)}" for name in VERSIONS)
    return f"Python {platform.python_version()}, {packages}"


def record(measures: Iterable[Measure]) -> None:
    """Put the measures into the table, in place of the earlier ones of the same benchmark and case."""
    table = _read()
    for measure in measures:
        row = [*measure[:3], f"{measure.value:.4g}", measure.unit, machine(), versions()]
        table[measure[:3]] = dict(zip(COLUMNS, row, strict=True))
    with RESULTS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, delimiter="\t", lineterminator="\n")
        writer.writeheader()
        writer.writerows(table.values())


def _read() -> dict[tuple[str, ...], dict[str, str]]:
    if not RESULTS.exists():
        return {}
    with RESULTS.open(encoding="utf-8", newline="") as file:
        return {tuple(row[name] for name in COLUMNS[:3]): row for row in csv.DictReader(file, delimiter="\t")}
