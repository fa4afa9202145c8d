"""How processes of this program are set up; workers are forked from one that has read what extraction needs.

That process can be at it while this one still imports and reads its set; so it is light to import, and stands apart.
Not a fork of this process: a notebook's kernel has threads, whose locks a forked worker would wait for.
"""

from __future__ import annotations

import gc
import os
from multiprocessing import get_all_start_methods, get_context, parent_process
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

FORKED = "forkserver"
SELDOM = 50_000  # objects made and not yet freed


def collect_seldom() -> None:
    """Look seldom for objects that hold one another: an article leaves hardly any, and looking takes its time."""
    gc.set_threshold(SELDOM)


def end_with_caller() -> None:
    """Let this worker end when the process that it works for does, however that ended; a pool would let it wait for ever."""
    Thread(target=_outlive_nobody, daemon=True).start()


def _outlive_nobody() -> None:
    caller = parent_process()
    if caller is not None:
        caller.join()
        os._exit(1)


def worker_context() -> BaseContext:
    """Return how to start workers for articles: warm where the system can fork, anew where it cannot."""
    if FORKED not in get_all_start_methods():
        return get_context("spawn")
    context = get_context(FORKED)
    context.set_forkserver_preload(["helpers.corpus.warm"])
    return context


def warm_up() -> None:
    """Let the process that workers will be forked from begin to import; nobody waits for it here."""
    if worker_context().get_start_method() == FORKED:
        from multiprocessing.forkserver import ensure_running

        ensure_running()
