"""How much of anything is read, and how long a page may take to make: what lies beyond is refused with its reason.

So no file can stop a run. The limits are far above what articles need. `ZHANBAO_LIMITS="characters=5000000,seconds=300"` changes them for a run
and all its processes; so does `zhanbao … --limits`.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields, replace
from pathlib import Path
from types import FrameType

from helpers.reading.document import UnreadableError

VARIABLE = "ZHANBAO_LIMITS"
MEMORY_IN_USE = Path("/proc/self/statm")


class LimitsError(Exception):
    """Limits that cannot be understood; the message is one line."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is read of a file, an article, a table or an archive."""

    file_bytes: int = 100_000_000  # one article's file, pictures in it included
    zip_bytes: int = 500_000_000  # all that is in a zip, unpacked
    characters: int = 500_000  # an article's text; a whole newspaper issue has 100,000
    # the source of a web page, the XML of a Word file, a line of an archive
    markup_characters: int = 20_000_000
    pdf_pages: int = 500
    table_cells: int = 20_000
    zip_entries: int = 100_000
    zip_ratio: int = 200  # how many times as large as it is packed; text packs 3 to 10 times
    seconds: int = 60  # for one file, and again for one article
    page_seconds: int = 300  # for making one page of the reports; most take one or two
    memory_bytes: int = 4_000_000_000  # beyond what the process holds when it opens a file


def limits() -> Limits:
    """Return the limits of this run: the defaults, with what the environment changes.

    >>> limits().characters
    500000
    """
    return read_limits(os.environ.get(VARIABLE, ""))


def read_limits(wanted: str) -> Limits:
    """Return the defaults with the changes of a text like `characters=1000,seconds=5`.

    >>> read_limits("characters=1000, seconds=5").seconds
    5
    """
    known = {field.name for field in fields(Limits)}
    changes: dict[str, int] = {}
    for one in filter(None, (part.strip() for part in wanted.split(","))):
        name, _, value = (piece.strip() for piece in one.partition("="))
        if name not in known or not value.isdecimal() or int(value) < 1:
            raise LimitsError(f"limit {one!r} is none of {', '.join(f'{name}=N' for name in sorted(known))}")
        changes[name] = int(value)
    return replace(Limits(), **changes)


def refuse_beyond(amount: int, most: int, cause: str, what: str) -> None:
    """Raise UnreadableError if an amount is beyond its limit.

    >>> refuse_beyond(3, 5, "too_long", "页")
    """
    if amount > most:
        raise UnreadableError(cause, f"超出上限:{amount:,} {what}(上限 {most:,})")


@contextmanager
def bounded(allowed: Limits) -> Iterator[None]:
    """Give what runs inside so many seconds and so much memory; UnreadableError where it takes more.

    Seconds are counted where Python lets them be: in the main thread. Memory is bounded on Linux.
    """
    with _bounded_memory(allowed.memory_bytes):
        try:
            with _bounded_time(allowed.seconds):
                yield
        except MemoryError as error:
            raise UnreadableError("too_large", f"占用内存超过上限 {allowed.memory_bytes:,} 字节") from error


@contextmanager
def _bounded_time(seconds: int) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise UnreadableError("too_slow", f"超过 {seconds} 秒仍未处理完")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _bounded_memory(more: int) -> Iterator[None]:
    if not MEMORY_IN_USE.exists():
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = int(MEMORY_IN_USE.read_text().split()[0]) * resource.getpagesize() + more
    if soft != resource.RLIM_INFINITY and soft < most:
        yield
        return
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
