"""Other extractors that are measured in the same run where they are installed; none is needed."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from importlib import import_module
from importlib.util import find_spec

Peer = Callable[[str], object]


def jionlp() -> Peer:
    """Return JioNLP's money, time and place together: what comes nearest to a row here."""
    jio = import_module("jionlp")

    def read(text: str) -> object:
        with (
            redirect_stdout(io.StringIO()),
            redirect_stderr(io.StringIO()),
        ):  # it tells of each failure at length
            return _read(text)

    def _read(text: str) -> object:
        return jio.ner.extract_money(text), jio.ner.extract_time(text), jio.recognize_location(text)

    return read


PEERS: dict[str, Callable[[], Peer]] = {"jionlp": jionlp}


def installed_peers() -> dict[str, Peer | None]:
    """Return each peer ready to read a text, or None where it is not installed."""
    return {name: load() if find_spec(name) else None for name, load in PEERS.items()}
