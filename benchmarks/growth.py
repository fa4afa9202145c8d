"""Time, memory and accuracy of `zhanbao extract` as the set grows: generated bulletins or notices, written as parts.

`python -m benchmarks.growth 100000` measures one size, `python -m benchmarks.growth notices 1000000` short texts;
`make bench` the smaller ones, so that growth shows.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from benchmarks.bulletins import BULLETIN, NOTICE, Form, bulletins
from benchmarks.results import Measure, record
from helpers.evaluation import evaluate

SIZES = (100, 1000, 5000)
SEVERAL = max(2, os.cpu_count() or 1)
SLOW = 10_000  # articles: larger sets are not run with one process as well
JUDGED = 1000  # articles whose rows are compared with the true ones
WATCHED_EVERY = 0.25  # seconds
FORMS = {"bulletins": BULLETIN, "notices": NOTICE}


class Run(NamedTuple):
    """What a run took: seconds by the clock and of the processors, megabytes of all its processes, and of what it wrote."""

    seconds: float
    cpu: float
    at_first: (
        float  # the most megabytes in the first quarter of the time: had they grown, the most were higher
    )
    most: float
    written: float


def report_lines(sizes: tuple[int, ...] = SIZES, kind: str = "bulletins") -> Iterator[str]:
    """Yield what was measured, a line for each size as it is known; the table of results keeps it."""
    yield f"generated {kind + ', in parts':22}jobs   seconds   articles/s   articles/CPU s   MB at first   MB   core row F1"
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            archive = Path(folder) / f"{kind}.jsonl"
            write_archive(size, archive, FORMS[kind])
            for jobs in (1, SEVERAL) if size < SLOW else (SEVERAL,):
                run = extract(archive, Path(folder) / f"rows-{jobs}", jobs)
                f1 = accuracy(Path(folder) / f"rows-{jobs}", size, FORMS[kind])
                record(measures(f"{size} {kind}, {jobs} jobs", size, run, f1))
                yield (
                    f"  {size:28}{jobs:6}{run.seconds:10.1f}{size / run.seconds:13.1f}{size / run.cpu:17.1f}"
                    f"{run.at_first:14.0f}{run.most:5.0f}{f1:14.3f}"
                )


def write_archive(size: int, path: Path, form: Form = BULLETIN) -> None:
    """Write so many bulletins or notices as JSON lines."""
    with path.open("w", encoding="utf-8") as file:
        for made in bulletins(size, form):
            row = {"article": made.article.id, "text": made.article.raw, "published": made.article.published}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def extract(archive: Path, output: Path, jobs: int) -> Run:
    """Return what the command took."""
    command = [
        sys.executable, "-m", "helpers", "extract", str(archive), "-o", f"{output}/", "--jobs", str(jobs),
    ]  # fmt: skip
    begin, process = (
        time.perf_counter(),
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL),
    )
    memory, cpu = [0.0], {}
    while process.poll() is None:
        tree = list(_tree(process.pid))
        memory.append(sum(map(_megabytes, tree)))
        cpu |= {pid: seconds for pid in tree if (seconds := _cpu_seconds(pid))}
        time.sleep(WATCHED_EVERY)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    at_first = max(memory[: 1 + len(memory) // 4])
    seconds = time.perf_counter() - begin
    return Run(seconds, sum(cpu.values()), at_first, max(memory), written_megabytes(output))


def written_megabytes(output: Path) -> float:
    """Return the size of all files of a folder."""
    return sum(path.stat().st_size for path in output.rglob("*.*")) / 1e6


def accuracy(output: Path, size: int, form: Form = BULLETIN) -> float:
    """Return the F1 of whole core rows, over the first articles."""
    gold = {made.article.id: list(made.rows) for made in bulletins(min(size, JUDGED), form)}
    rows = pd.read_parquet(output / "observations", filters=[("article", "in", list(gold))])
    return evaluate(rows, gold).score("row", ("growth_rate", "investment", "project_count")).f1


def measures(case: str, size: int, run: Run, f1: float) -> Iterator[Measure]:
    """Yield what is kept of a run."""
    yield Measure("growth", case, "time", run.seconds, "s")
    yield Measure("growth", case, "CPU time an article", 1e3 * run.cpu / size, "ms")
    yield Measure("growth", case, "memory of all processes, at most", run.most, "MB")
    yield Measure("growth", case, "memory of all processes, first quarter", run.at_first, "MB")
    yield Measure("growth", case, "written, an article", 1e3 * run.written / size, "kB")
    yield Measure("growth", case, "core row F1", f1, "")


def _tree(pid: int) -> Iterator[int]:
    """Yield a process and those that it has started, where the system tells (/proc)."""
    yield pid
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in _read(tasks).split():
            yield from _tree(int(child))


def _megabytes(pid: int) -> float:
    """Return the memory of a process, of what it shares with others its part: what they take together, once."""
    lines = _read(Path(f"/proc/{pid}/smaps_rollup")).splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024 / 1e6


def _cpu_seconds(pid: int) -> float:
    after_name = _read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    return sum(map(int, after_name[11:13])) / os.sysconf("SC_CLK_TCK") if after_name else 0.0


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # the process has ended meanwhile
        return ""


if __name__ == "__main__":
    kinds = [word for word in sys.argv[1:] if word in FORMS] or ["bulletins"]
    numbers = tuple(int(word) for word in sys.argv[1:] if word not in FORMS)
    for line in report_lines(numbers or SIZES, kinds[0]):
        print(line, flush=True)
