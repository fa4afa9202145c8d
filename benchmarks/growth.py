"""Time, memory and accuracy of `zhanbao extract` as the set grows: generated bulletins, written as parts.

`python -m benchmarks.growth 100000` measures one size; `make bench` the smaller ones, so that growth shows.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from benchmarks.bulletins import BULLETIN, bulletins
from benchmarks.results import Measure, record
from helpers.evaluation import evaluate

SIZES = (100, 1000, 5000)
SEVERAL = max(2, os.cpu_count() or 1)
WATCHED_EVERY = 0.2  # seconds


class Run(NamedTuple):
    """What a run took: seconds by the clock and of the processors, megabytes of all its processes together."""

    seconds: float
    cpu: float
    megabytes: float


def report_lines(sizes: tuple[int, ...] = SIZES) -> Iterator[str]:
    """Yield what was measured, a line for each size as it is known; the table of results keeps it."""
    yield "generated bulletins, in parts   jobs   seconds   articles/s   articles/CPU s        MB   core row F1"
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            archive = Path(folder) / "bulletins.jsonl"
            write_archive(size, archive)
            for jobs in (1, SEVERAL):
                run = extract(archive, Path(folder) / f"rows-{jobs}", jobs)
                f1 = accuracy(Path(folder) / f"rows-{jobs}", size)
                record(_measures(size, jobs, run, f1))
                yield (
                    f"  {size:28}{jobs:7}{run.seconds:10.1f}{size / run.seconds:13.1f}{size / run.cpu:17.1f}"
                    f"{run.megabytes:10.0f}{f1:14.3f}"
                )


def write_archive(size: int, path: Path) -> None:
    """Write so many bulletins as JSON lines."""
    with path.open("w", encoding="utf-8") as file:
        for made in bulletins(size):
            row = {"article": made.article.id, "text": made.article.raw, "published": made.article.published}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def extract(archive: Path, output: Path, jobs: int) -> Run:
    """Return what the command took."""
    command = [
        sys.executable,
        "-m",
        "helpers",
        "extract",
        str(archive),
        "-o",
        f"{output}/",
        "--jobs",
        str(jobs),
    ]
    begin, before = time.perf_counter(), _cpu_of_children()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    most = 0.0
    while process.poll() is None:
        most = max(most, sum(map(_megabytes, _tree(process.pid))))
        time.sleep(WATCHED_EVERY)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Run(time.perf_counter() - begin, _cpu_of_children() - before, most)


def accuracy(output: Path, size: int) -> float:
    """Return the F1 of whole core rows, over the bulletins that differ."""
    gold = {made.article.id: list(made.rows) for made in bulletins(min(size, BULLETIN.distinct))}
    rows = pd.read_parquet(output / "observations")
    evaluation = evaluate(rows[rows["article"].isin(gold)], gold)
    return evaluation.score("row", ("growth_rate", "investment", "project_count")).f1


def _measures(size: int, jobs: int, run: Run, f1: float) -> Iterator[Measure]:
    case = f"{size} articles, {jobs} jobs"
    yield Measure("growth", case, "time", run.seconds, "s")
    yield Measure("growth", case, "CPU time an article", 1e3 * run.cpu / size, "ms")
    yield Measure("growth", case, "peak memory of all processes", run.megabytes, "MB")
    yield Measure("growth", case, "core row F1", f1, "")


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _tree(pid: int) -> Iterator[int]:
    """Yield a process and those that it has started, where the system tells (/proc)."""
    yield pid
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in _read(tasks).split():
            yield from _tree(int(child))


def _megabytes(pid: int) -> float:
    pages = _read(Path(f"/proc/{pid}/statm")).split()
    return int(pages[1]) * resource.getpagesize() / 1e6 if pages else 0.0


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # the process has ended meanwhile
        return ""


if __name__ == "__main__":
    for line in report_lines(tuple(map(int, sys.argv[1:])) or SIZES):
        print(line, flush=True)
