"""Calls → each made in a fresh process of its own, so many at a time; one that takes too long is ended.

Not a pool, which can neither end the one task that hangs nor say which one was killed.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import connection, get_all_start_methods, get_context
from typing import Any

from helpers.corpus import KILLED


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the call of a number ended: well where nothing is said."""

    number: int
    error: str = ""
    is_too_slow: bool = False


@dataclass(frozen=True, slots=True)
class _Running:
    number: int
    process: Any
    said: connection.Connection
    until: float


def each_apart(
    work: Callable[..., None], calls: Sequence[tuple], workers: int, seconds: int
) -> Iterator[Outcome]:
    """Yield how each call ended, as they end; those still running when nobody asks any more are ended, too."""
    context = _process_context()
    waiting, running = deque(enumerate(calls)), []
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                running.append(_begin(context, work, *waiting.popleft(), seconds))
            for ended in _ended(running):
                running.remove(ended)
                yield _outcome(ended)
    finally:
        for left in running:
            left.process.kill()


def _process_context() -> Any:
    """Return how processes start: forked from a server that has imported what pages need, if the system can."""
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")  # ipykernel's debugger warns otherwise
    context = get_context("forkserver")
    context.set_forkserver_preload(["helpers.report.preload"])
    first = context.Process(target=int)  # waits until the server has imported all, which is no page's time
    first.start()
    first.join()
    return context


def _begin(context: Any, work: Callable[..., None], number: int, call: tuple, seconds: int) -> _Running:
    said, sender = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(work, call, sender), daemon=True)
    process.start()
    sender.close()
    return _Running(number, process, said, time.monotonic() + seconds)


def _work(work: Callable[..., None], call: tuple, sender: connection.Connection) -> None:
    """Make a call in its process, and say what went wrong in it."""
    try:
        work(*call)
    except Exception as error:
        sender.send(str(error) or type(error).__name__)
        raise SystemExit(1) from error


def _ended(running: Sequence[_Running]) -> list[_Running]:
    """Wait until a call has ended or taken too long, and return all that have."""
    longest = max(0.0, min(one.until for one in running) - time.monotonic())
    done = set(connection.wait([one.process.sentinel for one in running], longest))
    now = time.monotonic()
    return [one for one in running if one.process.sentinel in done or one.until <= now]


def _outcome(ended: _Running) -> Outcome:
    is_too_slow = ended.process.is_alive()
    if is_too_slow:
        ended.process.kill()
    ended.process.join()
    with ended.said, suppress(EOFError):  # it ended without a word, well or not
        return Outcome(ended.number, ended.said.recv())
    killed = KILLED if ended.process.exitcode and not is_too_slow else ""
    return Outcome(ended.number, killed, is_too_slow)
