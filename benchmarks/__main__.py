"""`make bench`: every benchmark in one run, so that their figures can be compared."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version

from benchmarks import cleaning, duplicates, extraction, growth, profiling, publishing
from helpers.workers import collect_seldom


def main() -> None:
    """Print the machine, then what each benchmark measured."""
    collect_seldom()  # as the command does
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, ", end="")
    print(", ".join(f"{name} {version(name)}" for name in ("pandas", "papermill", "nbconvert")))
    for benchmark in (extraction, profiling, cleaning, growth, duplicates, publishing):
        print()
        for line in benchmark.report_lines():
            print(line, flush=True)


if __name__ == "__main__":
    main()
