"""GBK's byte pairs: which characters a lead byte or a second byte can belong to, and which pairs show nothing."""

from __future__ import annotations

from functools import cache, lru_cache

LEADS = range(0x81, 0xFF)
SECONDS = (*range(0x40, 0x7F), *range(0x80, 0xFF))
VANISHING_LEADS = frozenset((*range(0xA1, 0xB0), *range(0xF8, 0xFF)))  # nearly all pairs that show nothing
MARK_SECONDS = {",": 0xAC, ":": 0xBA, ";": 0xBB, "?": 0xBF, "!": 0xA1}  # ，：；？！ are A3 and this byte


@cache
def characters() -> dict[tuple[int, int], str]:
    """Return byte pair → character, for all pairs that have one in GBK."""
    decoded = {pair: bytes(pair).decode("gbk", "replace") for pair in _pairs()}
    return {pair: text for pair, text in decoded.items() if len(text) == 1 and text != "\ufffd"}


@cache
def vanishing() -> frozenset[tuple[int, int]]:
    """Return the pairs that stand for no character: a page shows nothing for them."""
    return frozenset(_pairs()).difference(characters())


@cache
def by_lead() -> dict[int, dict[int, str]]:
    """Return lead byte → second byte → character; empty for second bytes that are no leads."""
    rows: dict[int, dict[int, str]] = {byte: {} for byte in SECONDS}
    for (lead, second), character in characters().items():
        rows[lead][second] = character
    return rows


@cache
def by_second() -> dict[int, dict[int, str]]:
    """Return second byte → lead byte → character."""
    rows: dict[int, dict[int, str]] = {second: {} for second in SECONDS}
    for (lead, second), character in characters().items():
        rows[second][lead] = character
    return rows


@lru_cache(maxsize=1 << 13)
def byte_pair(character: str) -> tuple[int, int] | None:
    """Return the two bytes of a character, or of an ASCII mark that was full-width; None where it has not two.

    >>> byte_pair("!") == byte_pair("！") == (0xA3, 0xA1)
    True
    """
    if character in MARK_SECONDS:
        return 0xA3, MARK_SECONDS[character]
    try:
        data = character.encode("gb18030")  # has the private-use characters, which GBK drops
    except UnicodeEncodeError:
        return None
    return (data[0], data[1]) if len(data) == 2 else None


def _pairs() -> list[tuple[int, int]]:
    return [(lead, second) for lead in LEADS for second in SECONDS]
