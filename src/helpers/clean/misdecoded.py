"""éƒ´å·žå¸‚ → 郴州市: lines of UTF-8 or GBK that were read in another encoding are read again, as a whole or not at all.

A line is taken for such only if all its bytes make text in the encoding that they were written in; what lost a byte on
the way cannot be restored, and is damage.
"""

from __future__ import annotations

import re
from functools import cache

from helpers.reading.encoding import PLAUSIBLE, plausibility

from .edit import Edit

KIND = "mangled"
WHY = "{written} that was read as {read}"
CP1252 = {
    bytes([code]).decode("cp1252"): code
    for code in range(0x80, 0xA0)
    if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
WESTERN = re.compile(f"[\x80-\xff{''.join(CP1252)}]")
HAN = re.compile("[㐀-鿿]")
FEWEST = 4  # such signs, before a line is taken for broken
HEAD = 20
UNREADABLE = 0.4  # so much of a line that stays western is no Chinese text


def find_misdecoded(text: str) -> tuple[list[Edit], list[tuple[int, int]]]:
    """Return the edits that read lines again, and the lines that stay broken.

    >>> find_misdecoded("éƒ´å·žå¸‚å·¥ä¸š")[0][0].text
    '郴州市工业'
    """
    edits, damaged, start = [], [], 0
    for line in text.split("\n"):
        end = start + len(line)
        if _may_be_misread(line):
            if found := _read_again(line):
                edits.append(Edit(start, end, *found[:1], KIND, found[1]))
            elif _is_unreadable(line):
                damaged.append((start, end))
        start = end + 1
    return edits, damaged


def _may_be_misread(line: str) -> bool:
    """Return whether a line has the signs of one of the two damages; nearly every line has Chinese and has not."""
    if _odd_line().match(line) is None:
        return False
    return HAN.search(line) is not None or len(WESTERN.findall(line)) >= FEWEST


@cache
def _odd_line() -> re.Pattern[str]:
    """Return a pattern for lines without Chinese, and for those that begin with what UTF-8 looks like in GBK.

    These have in their first Chinese character bytes that begin one in UTF-8.
    """
    pairs = (bytes([lead, second]) for lead in range(0xE3, 0xF0) for second in range(0x80, 0xC0))
    shown = "".join(filter(None, (_decoded(pair, "gb18030") for pair in pairs)))
    return re.compile(f"[\x00-\x7f]{{0,20}}[{shown}]|[^㐀-鿿]*\\Z")


def _read_again(line: str) -> tuple[str, str] | None:
    """Return what a line said before it was read wrongly, and what happened to it."""
    if len(WESTERN.findall(line)) >= FEWEST and not HAN.search(line) and (data := _western_bytes(line)):
        for written in ("utf-8", "gb18030"):
            text = _decoded(data, written)
            if text and HAN.search(text) and plausibility(text) >= PLAUSIBLE:
                return text, WHY.format(written=written, read="cp1252")
    if _begins_as_utf8(line):
        text = _decoded(line.encode("gb18030", "replace"), "utf-8")
        if text and plausibility(text) >= PLAUSIBLE:
            return text, WHY.format(written="utf-8", read="gbk")
    return None


def _begins_as_utf8(line: str) -> bool:
    """True where the bytes of GBK that a line begins with are Chinese in UTF-8: of other text they hardly ever are."""
    head = line[:HEAD].encode("gb18030", "replace")
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError as error:
        text = head[: error.start].decode("utf-8") if error.start > len(head) - 3 else ""
    return len(HAN.findall(text)) >= FEWEST


def _western_bytes(line: str) -> bytes | None:
    """Return the bytes that a line was read from as cp1252 or latin-1; None where one of them is lost."""
    codes = [CP1252.get(character, ord(character)) for character in line]
    return bytes(codes) if max(codes) < 0x100 else None


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_unreadable(line: str) -> bool:
    """True for a line of signs that no text has: western ones where Chinese should be, or what UTF-8 looks like in GBK."""
    if _begins_as_utf8(line):
        return True
    signs = len(WESTERN.findall(line))
    return signs >= 2 * FEWEST and signs > UNREADABLE * len(line) and not HAN.search(line)
