"""Calls shared out among whoever is there: this process, several of this machine, or a cluster of many.

No more calls are taken than keep all busy, so that what they are made from is never held; results come as they are done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import starmap
from typing import Any

from helpers.corpus.cluster import Cluster, connected
from helpers.workers import end_with_caller, worker_context

IN_HAND = 2  # calls a worker, so that none waits for the reader


# Yields what a function returns for the arguments of each call, in the order in which calls are done.
ShareOut = Callable[[Callable[..., Any], Iterable[tuple]], Iterator[Any]]


@contextmanager
def at_work(jobs: int, scheduler: str | None = None) -> Iterator[ShareOut]:
    """Give what shares calls out among so many processes of this machine, or the workers of a cluster."""
    if scheduler:
        with connected(scheduler) as cluster:
            yield partial(_share_out, cluster)
    elif jobs < 2:
        yield starmap
    else:
        with ProcessPoolExecutor(jobs, worker_context(), end_with_caller) as pool:
            yield partial(_share_out, _Pool(pool, jobs))


@dataclass(frozen=True, slots=True)
class _Pool:
    """Processes of this machine, asked as a cluster is; those that get no call are never started."""

    pool: ProcessPoolExecutor
    workers: int

    def submit(self, work: Callable[..., Any], *arguments: object) -> Future:
        return self.pool.submit(work, *arguments)

    @staticmethod
    def wait(pending: set[Future]) -> tuple[set[Future], set[Future]]:
        return wait(pending, return_when=FIRST_COMPLETED)


def _share_out(workers: _Pool | Cluster, work: Callable[..., Any], calls: Iterable[tuple]) -> Iterator[Any]:
    pending: set[Future] = set()
    for arguments in calls:
        pending.add(workers.submit(work, *arguments))
        while len(pending) >= IN_HAND * workers.workers:
            done, pending = workers.wait(pending)
            yield from (future.result() for future in done)
    while pending:
        done, pending = workers.wait(pending)
        yield from (future.result() for future in done)
