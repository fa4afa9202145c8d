"""經(jīng)濟(jì) → 經濟: takes out readings that a page carries in brackets after its characters.

A genuine bracket stays: (PPP), (GDP), (含), 台(套), and (de) or (a) after anything it is no reading of.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from .edit import Edit
from .tables import characters_read, readings_of

KIND = "reading"
TONED = frozenset("āáǎăàēéěĕèīíǐĭìōóǒŏòūúǔŭùǖǘǚǜńňǹḿ")
LETTERS = "a-zɑɡü" + "".join(sorted(TONED))
SOME = 3  # fitting readings that do not come about by chance
MANY = 8  # fitting readings that make a page one that is full of them
# It begins with the bracket: brackets are far rarer than characters.
READING = re.compile(rf"[(（](?<=([㐀-鿿]).)([{LETTERS}]{{1,7}})[)）]")
CUT_OFF = re.compile(rf"([㐀-鿿])[(（]([{LETTERS}]{{0,6}})\s*\Z")
AS_IN_THE_TABLE = str.maketrans("ɑɡăĕĭŏŭ", "agǎěǐǒǔ")


@lru_cache(maxsize=4096)
def plain_syllable(reading: str) -> str:
    """Return a reading as the table spells it.

    >>> plain_syllable("shɑ̀")
    'shà'
    """
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", reading).translate(AS_IN_THE_TABLE))


@lru_cache(maxsize=4096)
def characters_read_as(reading: str) -> frozenset[str]:
    """Return the characters that can be read so."""
    return frozenset(characters_read().get(plain_syllable(reading), ""))


def is_reading(character: str, reading: str) -> bool:
    """True where the character can be read so."""
    return character in characters_read_as(reading)


def carries_readings(text: str) -> bool:
    """True for a page whose characters have readings in brackets: such pages are broken in other ways too."""
    return sum(map(_fits, islice(READING.finditer(text), MANY))) >= SOME


def find_readings(text: str) -> list[Edit]:
    """Return the edits that take readings out.

    A reading that the character does not have is taken only with a tone mark and on a page full of fitting ones.

    >>> [text.start for text in find_readings("經(jīng)濟(jì)和(GDP)、臺(套)")]
    [1, 8]
    """
    if "(" not in text and "（" not in text:
        return []
    found = list(READING.finditer(text))
    page_is_full = next(islice(filter(_fits, found), MANY - 1, None), None) is not None
    edits = [
        _drop(match) for match in found if (page_is_full and not TONED.isdisjoint(match[2])) or _fits(match)
    ]
    return edits + list(_cut_off(text, bool(edits)))


def _fits(match: re.Match[str]) -> bool:
    return is_reading(match[1], match[2])


def _drop(match: re.Match[str]) -> Edit:
    return Edit(*match.span(), "", KIND, f"reading of {match[1]} inserted in brackets")


def _cut_off(text: str, page_has_readings: bool) -> Iterator[Edit]:
    """Yield the edit that takes out a reading broken off by the end of the text: 產(chǎ."""
    match = CUT_OFF.search(text[-12:]) if page_has_readings else None
    if match and any(
        reading.startswith(plain_syllable(match[2])) for reading in readings_of().get(match[1], ())
    ):
        start = max(len(text) - 12, 0) + match.start() + 1
        yield Edit(start, len(text), "", KIND, f"reading of {match[1]} broken off by the end of the text")
