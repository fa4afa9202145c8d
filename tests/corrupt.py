"""Clean text → text broken as scraped pages are, with the answer known: for tests of cleaning.

Everything is done on GBK bytes, as it happened: readings are inserted, bytes lost, marks folded, and what comes out
is decoded again. Places are given or drawn from a seeded generator.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from opencc import OpenCC
from pypinyin import Style, pinyin

from helpers.clean.tables import readings_of

FOLDED = str.maketrans("，！？；：", ",!?;:")
# Second bytes of the five marks: a character ending in A3 before one of these hides a mark across the border.
HIDDEN_MARK = {0xA1: "!", 0xBF: "?", 0xBB: ";", 0xAC: ",", 0xBA: ":"}
SWALLOWED = b"(<"


@dataclass(frozen=True)
class Broken:
    """Text as a page shows it, and what it should be read as (readings dropped, script kept)."""

    text: str
    clean: str


@cache
def _converter(conversion: str) -> OpenCC:
    return OpenCC(conversion)


def traditional(text: str) -> str:
    """Return simplified text in traditional characters, 着 as 著 as converted pages have it."""
    return _converter("s2t").convert(text).replace("着", "著")


def replaced_by_conversion(text: str) -> list[int]:
    """Return the places whose character is traditional only: those that pages give readings."""
    return [
        place
        for place, (old, new) in enumerate(zip(text, _converter("t2s").convert(text), strict=True))
        if old != new
    ]


def reading_places(text: str, rate: float, seed: int = 0) -> list[int]:
    """Return so large a part of the places that can carry a reading, drawn at random."""
    draw = random.Random(seed)
    return [place for place in replaced_by_conversion(text) if _reading(text[place]) and draw.random() < rate]


def with_readings(text: str, rate: float = 1.0, seed: int = 0) -> str:
    """Return traditional text with readings after so large a part of its replaced characters: 經(jīng)濟(jì)."""
    places = set(reading_places(text, rate, seed))
    return "".join(c + (f"({_reading(c)})" if place in places else "") for place, c in enumerate(text))


def dropped_byte_places(text: str) -> list[int]:
    """Return the places whose first byte pages lose: 。 before “, 常 before 可, where a mark seems to stand across."""
    pairs = [(_gbk(a), _gbk(b)) for a, b in pairwise(text)]
    return [
        i for i, (a, b) in enumerate(pairs) if len(a) == len(b) == 2 and a[1] == 0xA3 and b[0] in HIDDEN_MARK
    ]


def misinsertion_places(text: str) -> list[int]:
    """Return the places where a replaced character seems to stand across this one and the next: 項目內容."""
    return [i for i, pair in enumerate(pairwise(text)) if _across(*pair)]


def mangle(
    text: str,
    dropped: Iterable[int] = (),
    misinserted: Iterable[int] = (),
    readings: Iterable[int] = (),
    *,
    mark_lost: bool = True,
    fold: bool = True,
    keep_private: bool = False,
) -> Broken:
    """Return the text broken at these places.

    dropped: the first byte of the character is lost, shown as ? if mark_lost; misinserted: the reading of a character
    found across this one and the next is put between the next one's bytes; readings: places that carry a reading
    (none where bytes were read one late: the tool that put readings in did not know the characters there).
    fold: full-width clause marks become ASCII. keep_private: pairs of the private-use area stay instead of vanishing.
    """
    data = _broken_bytes(text, set(dropped), set(misinserted), set(readings), mark_lost, fold)
    shown = _decoded(data, keep_private)
    return Broken(shown.translate(FOLDED) if fold else shown, text)


def link_list(titles: Iterable[str], date: str) -> str:
    """Return a foot of related links as pages have it."""
    return "\n".join(["相关文章", "你可能会喜欢", "最近更新", *(f"- {title}{date}" for title in titles)])


def _broken_bytes(
    text: str,
    dropped: Collection[int],
    misinserted: Collection[int],
    readings: Collection[int],
    mark: bool,
    fold: bool,
) -> bytes:
    data, shifted = bytearray(), False
    for place, character in enumerate(text):
        coded = _gbk(character.translate(FOLDED) if fold and place not in dropped else character)
        if place in dropped:
            coded = b"?" * mark + coded[1:]
        elif place - 1 in misinserted:
            coded = coded[:1] + _bracketed(_reading(_across(text[place - 1], character))) + coded[1:]
        data += coded
        shifted = place in dropped or (shifted and len(coded) == 2 and coded[1] >= 0x80)
        if place in readings and _reading(character) and not shifted:
            data += _bracketed(_reading(character))
    return bytes(data)


def _decoded(data: bytes, keep_private: bool) -> str:
    """Decode GBK the way such pages were: no character, no sign; half a character, a question mark."""
    shown, place = [], 0
    while place < len(data):
        first, second = data[place], data[place + 1] if place + 1 < len(data) else 0
        if first <= 0x80:
            shown.append(chr(first) if first < 0x80 else "")
            place += 1
        elif second >= 0x40 and second not in (0x7F, 0xFF) and first != 0xFF:
            shown.append(_character(first, second, keep_private))
            place += 2
        else:
            shown.append("?")
            place += 2 if second in SWALLOWED else 1
    return "".join(shown)


def _character(first: int, second: int, keep_private: bool) -> str:
    """Return what a pair shows: nothing where it stands for no character."""
    shown = bytes((first, second)).decode("gb18030" if keep_private else "gbk", errors="replace")
    return shown if len(shown) == 1 and shown != "\ufffd" else ""


def _across(character: str, following: str) -> str | None:
    """Return the replaced character whose bytes are the last of one and the first of the next, if there is one."""
    pair = _gbk(character)[1:] + _gbk(following)[:1]
    if len(pair) < 2 or len(_gbk(following)) < 2:
        return None
    found = pair.decode("gbk", errors="ignore")
    return found if len(found) == 1 and replaced_by_conversion(found) and _reading(found) else None


def _gbk(character: str) -> bytes:
    try:
        return character.encode("gbk")
    except UnicodeEncodeError:
        return b"?"


def _bracketed(reading: str) -> bytes:
    return f"({reading})".encode("gbk", errors="ignore")


@cache
def _reading(character: str) -> str | None:
    """Return the reading a page would give: the character's commonest."""
    return pinyin(character, style=Style.TONE)[0][0] if character in readings_of() else None
