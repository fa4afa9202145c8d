"""A notebook and its parameters → the notebook as it ran: papermill's API with an engine of its own.

Papermill starts a kernel process for each notebook, which takes longer than most of our notebooks run. Its
engine here runs the cells in the kernel of IPython within the worker process; that each worker runs one
notebook and ends keeps their states apart as well as a kernel each would.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import papermill
from ipykernel.inprocess.manager import InProcessKernelManager
from nbformat import NotebookNode
from papermill.engines import Engine, papermill_engines

ENGINE = "in_process"
BACKEND = "module://matplotlib_inline.backend_inline"
# What pandas sets where it is imported by a kernel; imported before one runs, it would ask the terminal.
COLUMNS = 20


class NotebookError(Exception):
    """A notebook that cannot run or stopped; the message is one line naming the notebook and the cause."""


class InProcessEngine(Engine):
    """Runs the cells of a notebook in this very process."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> None:
        """Run each code cell, gather its outputs, and stop at the first error."""
        os.environ.setdefault("MPLBACKEND", BACKEND)
        pd.set_option("display.max_columns", COLUMNS)
        client = _kernel_client()
        for index, cell in enumerate(nb_man.nb.cells):
            nb_man.cell_start(cell, index)
            if cell.cell_type == "code" and cell.source.strip():
                _run(client, cell)
            nb_man.cell_complete(cell, index)
            if _failed(cell):
                break


def _kernel_client() -> Any:
    manager = InProcessKernelManager()
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    return client


def _run(client: Any, cell: NotebookNode) -> None:
    client.execute(cell.source, store_history=True)
    client.shell_channel.get_msgs()
    cell.outputs = []
    for message in client.iopub_channel.get_msgs():
        if message["msg_type"] == "execute_input":
            cell.execution_count = message["content"]["execution_count"]
        if message["msg_type"] in {"stream", "display_data", "execute_result", "error"}:
            _add_output(cell.outputs, nbformat.v4.output_from_msg(message))


def _add_output(outputs: list[NotebookNode], output: NotebookNode) -> None:
    """Add an output, text of the same stream to the text before it."""
    last = outputs[-1] if outputs else None
    if output.output_type == "stream" and last and last.output_type == "stream" and last.name == output.name:
        last.text += output.text
    else:
        outputs.append(output)


def _failed(cell: NotebookNode) -> bool:
    return any(output.output_type == "error" for output in cell.get("outputs", ()))


@cache
def _register_engine() -> None:
    papermill_engines.register(ENGINE, InProcessEngine)


def run_notebook(path: Path, parameters: dict[str, Any]) -> NotebookNode:
    """Return the notebook as it ran with the parameters, free of times and chance: the same each time."""
    _register_engine()
    _refuse_unknown(path, parameters)
    try:
        ran = papermill.execute_notebook(
            path, None, parameters=parameters, engine_name=ENGINE, progress_bar=False, log_output=False
        )
    except papermill.PapermillExecutionError as error:
        raise NotebookError(f"{path.name}: {error.ename}: {error.evalue}") from error
    return without_chance(ran)


def _refuse_unknown(path: Path, parameters: dict[str, Any]) -> None:
    """Stop at a parameter that the notebook does not have; papermill would only warn, and go on without it."""
    known = papermill.inspect_notebook(path)
    for name in parameters:
        if name not in known:
            raise NotebookError(f"{path.name}: parameter {name!r} is unknown (it has {', '.join(known)})")


def without_chance(notebook: NotebookNode) -> NotebookNode:
    """Return a notebook without the times and random ids that differ from run to run."""
    notebook.metadata.pop("papermill", None)
    for number, cell in enumerate(notebook.cells):
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", ()):
            cell.id = f"injected-{number}"
    return notebook
