"""Bytes of a file → the text they stand for, in the encodings that Chinese pages use.

Each encoding is applied strictly: not a character is lost or made up, and private-use ones stay.
"""

from __future__ import annotations

import codecs
import io
from typing import TYPE_CHECKING, TextIO

from helpers.storage import open_location

if TYPE_CHECKING:
    from helpers.storage import Location

PIECE = 1 << 20  # bytes
LEGACY_ENCODINGS = ("gb18030", "big5hkscs")
UNMARKED_UTF16 = ("utf-16-le", "utf-16-be")

# The most frequent characters of running text. Nearly all bytes of GB18030 are valid Big5 and the other
# way round, but read in the wrong one they hardly ever give these.
FREQUENT = frozenset(
    "，。、“”的一是在不了有和人这這中大为為上个個国國我以要他时時来來用们們生到作地于於出就分对對成会會可主发發年动動同工也能下过過"
    "子说說产產种種面而方后後多定行学學法所民得经經三进進等部度家电電力里裡如水化高自二理起现現实實加量都两兩体體制机機"
    "当當使点點从從业業本去把性好应應开開它合还還因由其些然前外天政四日那社义義事平形相全表间間样樣与與关關各重新线線内內"
    "数數正心反你明看原又么麼利比或但质質气氣第向道命此变變条條只没沒结結解问問意建月公无無系军軍情者最立代想已通并並提"
)
# Running text has a fifth of them and more, bytes read in the wrong encoding next to none.
PLAUSIBLE = 0.05
# A headline may hold none; so few characters are taken as they are.
TELLING_CHARACTERS = 10


class UndecodableError(ValueError):
    """Bytes that are no text in any of the encodings; the message says so in one line of Chinese."""


def decode(data: bytes) -> str:
    r"""Return the text of UTF-8, UTF-16, GB18030 or Big5-HKSCS; UndecodableError for what is none.

    >>> decode("同比增长8.4%".encode("gb18030")), decode(b"\xef\xbb\xbf\xe4\xba\xbf")
    ('同比增长8.4%', '亿')
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decode_marked_utf16(data)
    if b"\0" in data:
        return _decode_unmarked_utf16(data)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _decode_legacy(data, error.start)


def open_text(path: Location, newline: str) -> TextIO:
    """Return the text of a file to be read piece by piece, the same as `decode` gives of its bytes.

    A file in UTF-8, which is told by reading it through once, is never in memory as a whole; others are.
    """
    if _is_utf8(path):
        return open_location(path, "r", encoding="utf-8-sig", newline=newline)
    return io.StringIO(decode(path.read_bytes()), newline=newline)


def _is_utf8(path: Location) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with open_location(path) as file:
            while piece := file.read(PIECE):
                if b"\0" in piece:
                    return False
                decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _decode_marked_utf16(data: bytes) -> str:
    try:
        return data.decode("utf-16")
    except UnicodeDecodeError as error:
        raise UndecodableError(f"UTF-16 编码在第{error.start}字节处损坏") from error


def _decode_unmarked_utf16(data: bytes) -> str:
    """Return the text of UTF-16 that lacks its mark; other bytes with zeros among them are no text."""
    readings = [_decode_or_none(data, encoding) or "" for encoding in UNMARKED_UTF16]
    best = max(readings, key=plausibility)
    if plausibility(best) < PLAUSIBLE or "\0" in best:
        raise UndecodableError("不是文本文件(含有空字节)")
    return best


def _decode_legacy(data: bytes, broken: int) -> str:
    """Return the reading that looks most like Chinese; a UTF-8 file with a broken byte looks like none."""
    readings = [
        text for encoding in LEGACY_ENCODINGS if (text := _decode_or_none(data, encoding)) is not None
    ]
    best = max(readings, key=plausibility, default="")
    if plausibility(best) < PLAUSIBLE and (not best or _beyond_ascii(best) >= TELLING_CHARACTERS):
        raise UndecodableError(f"无法识别文字编码(第{broken}字节处不合 UTF-8,也不是 GB18030 或 Big5)")
    return best


def _decode_or_none(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def plausibility(text: str) -> float:
    """Return the share of the characters beyond ASCII that are among the most frequent in Chinese.

    >>> text = "全市完成工业投资"
    >>> plausibility(text) > plausibility(text.encode("big5hkscs", "ignore").decode("gb18030", "ignore"))
    True
    """
    return sum(character in FREQUENT for character in text) / max(1, _beyond_ascii(text))


def _beyond_ascii(text: str) -> int:
    return sum(character > "\x7f" for character in text)
