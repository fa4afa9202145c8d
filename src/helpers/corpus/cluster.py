"""Work handed to a Dask cluster as to a pool of processes: the same calls, on as many machines as it has.

Apart from pool.py, since it needs `distributed`, which only those install who have a cluster.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any

RETRIES = 2  # of a part whose workers were lost while they had it in hand


class ClusterError(Exception):
    """A cluster that cannot be worked with; the message is one line naming its address and the cause."""


class Cluster:
    """The workers of a cluster."""

    def __init__(self, client: Any) -> None:
        self._client = client

    @property
    def workers(self) -> int:
        """How many parts can be worked on at a time; those that join or leave change it."""
        return max(1, sum(self._client.nthreads().values()))

    def submit(self, work: Callable[..., Any], *arguments: object) -> Future:
        """Hand over a call; if its worker is lost, another one takes it up."""
        return self._client.submit(work, *arguments, pure=False, retries=RETRIES)

    @staticmethod
    def wait(pending: set[Future]) -> tuple[set[Future], set[Future]]:
        """Return what is done, as soon as anything is, and what is not."""
        from distributed import wait

        done, not_done = wait(list(pending), return_when="FIRST_COMPLETED")
        return set(done), set(not_done)


@contextmanager
def connected(scheduler: str) -> Iterator[Cluster]:
    """Give the cluster whose scheduler has this address, tcp://host:8786."""
    try:
        from distributed import Client, KilledWorker
    except ImportError as error:
        raise ClusterError(
            f"{scheduler}: needs the package distributed (pip install 'zhanbao[cluster]')"
        ) from error
    try:
        client = Client(scheduler, timeout="10s")
    except (OSError, ValueError) as error:
        raise ClusterError(f"{scheduler}: no scheduler answers there ({error})") from error
    with client:
        try:
            yield Cluster(client)
        except KilledWorker as error:
            raise ClusterError(
                f"{scheduler}: one part after another lost its worker ({error}); the same command goes on from here"
            ) from error
