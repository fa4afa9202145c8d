"""Other extractors, measured in the same run where they are installed: what they read of a text, and its sums.

None is needed: `pip install '.[peers]'`, best in an environment of its own. None says what a sum is for, of which
area or time, so what they find is compared by value and currency alone.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from importlib import import_module
from importlib.util import find_spec
from typing import NamedTuple

Sum = tuple[float, str]  # value in whole units, ISO 4217 code
CURRENCIES = {
    "元": "CNY",
    "美元": "USD",
    "港元": "HKD",
    "澳门元": "MOP",
    "新台币": "TWD",
    "欧元": "EUR",
    "日元": "JPY",
}


class Peer(NamedTuple):
    """What comes nearest to a row here: `read` finds all parts of it in a text, `sums` those of money alone."""

    read: Callable[[str], object]
    sums: Callable[[str], Iterator[Sum]]


def jionlp() -> Peer:
    """Return JioNLP's money, time and place."""
    jio = import_module("jionlp")

    def read(text: str) -> object:
        with _silence():
            return jio.ner.extract_money(text), jio.ner.extract_time(text), jio.recognize_location(text)

    def sums(text: str) -> Iterator[Sum]:
        with _silence():
            found = [money["detail"] for money in jio.ner.extract_money(text)]
        for money in found:
            ends = money["num"] if isinstance(money["num"], list) else [money["num"]]
            yield from ((float(end), CURRENCIES.get(money["case"], money["case"])) for end in ends)

    return Peer(read, sums)


def recognizers_text() -> Peer:
    """Return Recognizers-Text's sums, percentages and times for Chinese; it knows no places."""
    suite = import_module("recognizers_suite")
    chinese = suite.Culture.Chinese
    finders = (suite.recognize_currency, suite.recognize_percentage, suite.recognize_datetime)

    def read(text: str) -> object:
        return [find(text, chinese) for find in finders]

    def sums(text: str) -> Iterator[Sum]:
        for found in suite.recognize_currency(text, chinese):
            if found.resolution and found.resolution["value"]:
                yield float(found.resolution["value"]), found.resolution.get("isoCurrency", "")

    return Peer(read, sums)


@contextmanager
def _silence() -> Iterator[None]:
    """Keep to itself what JioNLP tells of each failure at length."""
    logging.disable()
    try:
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            yield
    finally:
        logging.disable(logging.NOTSET)


# Name, the module that shows that it is installed, and what loads it.
PEERS = (("jionlp", "jionlp", jionlp), ("recognizers-text", "recognizers_suite", recognizers_text))


def installed_peers() -> dict[str, Peer | None]:
    """Return each peer ready to read a text, or None where it is not installed."""
    return {name: load() if find_spec(module) else None for name, module, load in PEERS}
