"""The command `zhanbao`: words on a command line → one call, its result printed or written.

Errors are one line on standard error that names file and cause. Exit codes: 0 if every article was
tabulated or listed as a problem, 1 if an article asked for cannot be shown, 2 for a wrong call or a
broken contract.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence

from helpers.cli.options import parser
from helpers.cli.telling import advice, say
from helpers.reading.limits import VARIABLE as LIMITS
from helpers.workers import collect_seldom

BROKEN_PIPE = 141  # what a shell reports of a program whose reader went away
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command line and return its exit code."""
    _speak_utf8()
    collect_seldom()
    options = parser().parse_args(arguments)
    if getattr(options, "limits", None):
        os.environ[LIMITS] = options.limits
    try:
        code = options.command(options)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        if not _is_for_people(error):
            raise
        say(error, advice(error))
        return 2
    return code


def _speak_utf8() -> None:
    """Write Chinese whatever the locale says, and an odd file name in an error as best as can be."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(
                encoding="utf-8", errors="backslashreplace" if stream is sys.stderr else "strict"
            )


def _is_for_people(error: Exception) -> bool:
    """Return whether an error is a contract broken by the input, not a fault of the program."""
    return isinstance(error, OSError) or type(error).__module__.startswith("helpers.")
