"""What a command says beside its result, on standard error: a line for each thing that went otherwise than wanted.

Of the run it speaks English, of an article or a file of the set Chinese, as problems.csv does: no line is in both.
"""

from __future__ import annotations

import errno
import sys
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from helpers.corpus.dataset import Written

FULL = "the disk is full: make room and run again; what was published before is as it was"
NOT_OURS = "choose another place with -o, or ask for the right to write there"
ADVICE = {
    errno.ENOSPC: FULL, errno.EDQUOT: FULL, errno.EFBIG: FULL, errno.EACCES: NOT_OURS, errno.EPERM: NOT_OURS, errno.EROFS: NOT_OURS,
}  # fmt: skip


def say(message: object, advice: str = "") -> None:
    """Print one line on standard error: a message or an error, with what to do about it."""
    if isinstance(message, OSError) and message.filename:
        message = f"{message.filename}: {message.strerror}"
    print("zhanbao:", " ".join(f"{message}{advice}".split()), file=sys.stderr)


def advice(error: BaseException | None) -> str:
    """Return what to do about an error of the disk, wherever it arose; nothing for others."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in ADVICE:
            return f"; {ADVICE[error.errno]}"
        error = error.__cause__
    return ""


def say_problems(problems: Iterable, where: str = "zhanbao explain PATH ARTICLE shows them") -> None:
    """Name each article or file that could not be read, and count the figures that became no row, by cause."""
    from helpers.extract import CAUSES

    figures: Counter[str] = Counter()
    for problem in problems:
        if problem.cause in (*CAUSES, "dropped_by_correction"):
            figures[problem.cause] += 1
        else:
            say(f"{problem.article}：{problem.detail}（{problem.cause}）")
    if figures:
        counts = ", ".join(f"{number} {cause}" for cause, number in sorted(figures.items()))
        say(f"figures read that became no row: {counts} ({where})")


def say_written(written: Written) -> None:
    """Count what of a large set became no row, by cause, and its copies; its articles are too many to be named."""
    if written.copies is None:
        say("articles were not compared with each other, so copies are not marked; parts are: -o DIR/")
    else:
        say(f"{written.copies} articles are copies of others (copies.parquet)")
    if written.causes:
        counts = ", ".join(f"{number} {cause}" for cause, number in sorted(written.causes.items()))
        say(f"read but no row: {counts}")
