"""How long a warm report takes beside as many empty notebooks: what the reports add to what papermill costs."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import nbformat

from helpers.paths import SHIPPED_SET


def report_lines() -> Iterator[str]:
    """Yield what was measured: seconds of a report, of empty notebooks, and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "report"
        publish = [sys.executable, "-m", "helpers", "report", str(SHIPPED_SET), "-o", str(output)]
        _seconds(publish)  # compiles, caches fonts
        report = _seconds(publish)
        notebooks = len(list(output.rglob("*.ipynb")))
        empty = _seconds([sys.executable, "-m", "benchmarks.publishing", folder, str(notebooks)])
    yield f"publishing the shipped set ({notebooks} notebooks)           seconds   times empty notebooks"
    yield f"  as many empty notebooks                {empty:11.1f}{1:24.1f}"
    yield f"  zhanbao report, warm                   {report:11.1f}{report / empty:24.1f}"


def _seconds(command: list[str]) -> float:
    begin = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - begin


def run_empty_notebooks(folder: Path, number: int) -> None:
    """Execute and convert so many notebooks that do nothing, one after the other."""
    import papermill
    from nbconvert import HTMLExporter

    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("pass")])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, folder / "empty.ipynb")
    for index in range(number):
        executed = folder / f"empty-{index}.ipynb"
        papermill.execute_notebook(folder / "empty.ipynb", executed, progress_bar=False)
        HTMLExporter().from_filename(str(executed))


if __name__ == "__main__":
    run_empty_notebooks(Path(sys.argv[1]), int(sys.argv[2]))
