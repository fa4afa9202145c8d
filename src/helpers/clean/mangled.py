"""喜人?!坝唵纬掷m → 喜人。“訂單持續: runs of GBK that were read one byte late are read again, in step.

Two things put bytes out of step (docs/cleaning.md has them byte by byte): a byte was lost, or a reading was put between
the two bytes of a character. Such a run can start at few places; everything else is never looked at. A repair is taken
only if it is far less surprising than what stands there; otherwise the text stays, and is marked as damaged where the
page shows that something is missing.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from typing import NamedTuple

from . import gbk
from .edit import Edit
from .likelihood import Page, simplified, surprise
from .readings import carries_readings
from .rereading import MARKS, SYLLABLE, Search, common_by_lead

KIND = "mangled"
# A page that could be broken at so many places is not read again: each takes up to 20 ms. The worst real one has 50.
MOST_STARTS = 500
ORDINARY_BITS = 12.5  # a character on average, where what stands needs no second look

HAN = r"㐀-鿿\ue000-\uf8ff"
FOREIGN = "Α-ωА-яёぁ-ヶㄅ-ㄩⅰ-ⅹ⑴-⒛︰-﹏"  # letters that only broken text puts behind a mark in Chinese
WELL_READ = re.compile(rf"[{MARKS}]?([{HAN}]{{1,4}})")
# ?; and ?, hardly occur in text; ?! does, but not before a letter, a sign or another ?.
NEVER_WELL = re.compile(
    rf"\?(?:[;；,，:：]|[!！]\?|[!！?？](?!{SYLLABLE}[)）])(?:[^\s{HAN}\d!！?？\"'”’)）]))"
)
LETTER_BEHIND = re.compile(rf"[@-~](?=[{HAN}(（])")
NOT_CHINESE = re.compile(rf"[{FOREIGN}@-~]")
BROKEN_READING = re.compile(rf"{SYLLABLE}[)）]")
WORD_BREAKS = re.compile(r"[\s，。；：！？、,;:!?()（）“”《》]")
LOST_FIGURE = re.compile(r"\?(?<=[㐀-鿿(（].)\d[\d.,]*[%％㐀-鿿]?")
ASKS = re.compile(r"[吗嗎呢么麼什怎如何哪谁誰几幾多是否]")
UNDECODED = re.compile("[^\\s，。；！？、]{0,12}\ufffd[^\\s，。；！？、]{0,12}")


class Mangled(NamedTuple):
    """The edits that read mangled runs again, and the spans that stay broken."""

    edits: list[Edit]
    damaged: list[tuple[int, int]]


def find_mangled(text: str) -> Mangled:
    """Return the repairs of runs read one byte late, and where something is missing that no repair restores.

    >>> text = "來勢喜人?!坝唵纬掷m(xù)增多"
    >>> [(text[edit.start : edit.end], edit.text) for edit in find_mangled(text).edits]
    [('?!坝唵纬掷m(xù)', '。“訂單持續')]
    """
    edits: list[Edit] = []
    unrepaired: list[re.Match[str]] = []
    page, done = Page(text), 0
    doubtful = [match for match in starts().finditer(text) if not _reads_well(text, match)]
    is_hopeless = len(doubtful) > MOST_STARTS + len(text) // 1000
    for match in doubtful:
        if match.start() < done:
            continue
        found = None if is_hopeless else Search(text, page, match.start()).best()
        if found:
            done = found[0]
            edits.append(Edit(match.start(), done, found[1], KIND, WHY[match.lastgroup or ""]))
        elif match["mark"] is None:
            done = match.end() + 1
            unrepaired.append(match)
    is_broken = is_hopeless or bool(edits) or carries_readings(text)
    return Mangled(edits, _damaged(text, unrepaired, page_is_broken=is_broken))


def _damaged(text: str, unrepaired: list[re.Match[str]], page_is_broken: bool) -> list[tuple[int, int]]:
    """Return where something is missing. On a page that shows no other damage a ? is taken for a question mark."""
    spans = [match.span() for match in UNDECODED.finditer(text)] if "\ufffd" in text else []
    spans += [
        _broken_span(text, match) for match in unrepaired if page_is_broken or match["misread"] is not None
    ]
    return sorted(spans + (_lost_figures(text) if page_is_broken else []))


WHY = {
    "misread": "a reading was put between the two bytes of a character",
    "lost": "a byte was lost and the rest read one byte late",
    "mark": "a byte was lost and the rest read one byte late",
}


@cache
def starts() -> re.Pattern[str]:
    """Return the pattern of places where a run can start.

    A mark alone starts one only before a character that continues the byte which the mark hides.
    """
    sides = (
        rf"(?<=[{mark}{chr(ord(mark) + 0xFEE0)}])(?={_followers(second)})"
        for mark, second in gbk.MARK_SECONDS.items()
    )
    # One class of signs in front lets the engine skip all else; which start it is an empty group tells.
    return re.compile(
        rf"[{MARKS}](?:(?<=\?)(?:(?={SYLLABLE}[)）])(?P<misread>)|(?=[{MARKS}][^\s“”‘’…\d]|[{HAN}])(?P<lost>))"
        rf"|(?:{'|'.join(sides)})(?P<mark>))"
    )


def _followers(second: int) -> str:
    """Return a pattern of what makes a common character with the byte that a mark hides: 坝 after !, h級 after ?."""
    common = set(common_by_lead()[second].bytes)
    rows = (gbk.by_lead()[lead].values() for lead in sorted(common))
    shown = re.sub(rf"[^{HAN}{FOREIGN}]", "", "".join(chain.from_iterable(rows)))
    letters = "".join(rf"\x{byte:02x}" for byte in sorted(common) if byte < 0x7F)
    return rf"(?:[{shown}]|[{letters}](?=[{HAN}(]))" if letters else f"[{shown}]"


def _reads_well(text: str, match: re.Match[str]) -> bool:
    """True where what follows a possible start is ordinary text."""
    if match["misread"] is not None or NEVER_WELL.match(text, match.start()):
        return False
    following = WELL_READ.match(text, match.end())
    if following and LETTER_BEHIND.match(text, following.end()):
        return False
    if not following:
        return not NOT_CHINESE.match(text, match.end())
    shown = simplified(following[1])
    return sum(map(surprise, "，" + shown, shown)) <= ORDINARY_BITS * len(shown)


def _broken_span(text: str, match: re.Match[str]) -> tuple[int, int]:
    """Return the stretch around a start that could not be repaired: to the next mark on either side."""
    earliest = max(match.start() - 8, 0)
    breaks = [found.end() for found in WORD_BREAKS.finditer(text, earliest, match.start())]
    reading = BROKEN_READING.match(text, match.end())
    end = reading.end() if reading else min(match.end() + 1, len(text))
    latest = min(end + 16, len(text))
    tail = WORD_BREAKS.search(text, end, latest)
    return max(breaks, default=earliest), tail.start() if tail else latest


def _lost_figures(text: str) -> list[tuple[int, int]]:
    """Return figures behind a lost byte, which may have been a digit: ?24公里 was 924公里. A question asks something."""
    found = LOST_FIGURE.finditer(text)
    return [
        match.span() for match in found if not ASKS.search(text, max(match.start() - 15, 0), match.start())
    ]
