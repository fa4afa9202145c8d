"""１２％，ＡＢ → 12%，AB: one width for each sign, so that a rule has to know only one.

Digits, letters and signs become ASCII, brackets and per cent too; clause marks in Chinese become full-width
，；：！？ unless they stand inside a number, a time or an address; 、“” stay, and 。 outside of numbers. A dash or
tilde between two digits becomes -. Each sign stays one character, so offsets do not move.
"""

from __future__ import annotations

import re
from functools import cache

CLAUSE_MARKS = str.maketrans(",;:!?", "，；：！？")
WIDE = r"\u2014\u2018-\u201d\u2026\u3001-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01\uff0c\uff1a\uff1b\uff1f"
MARKS = re.compile("[,;:!?][,;:!?]*")
WIDE_BEFORE, WIDE_AFTER = re.compile(f"[{WIDE}]"), re.compile(f" ?[{WIDE}]")
DASHES = r"\u2010-\u2015\u2212~～"
RANGE = re.compile(rf"[{DASHES}](?<=[0-9].)(?=[0-9])")
# 1，218.56亿元 and 10：30 typed or folded wide; a wide comma between other figures parts them.
WIDE_MARK_BETWEEN_FIGURES = re.compile(r"[，：](?<=\d.)(?=\d\d)")  # the same in short, to look for first
WIDE_MARK_IN_NUMBER = re.compile(
    r"(?<![\d.,，])\d{1,3}(?:，\d{3})+(?=\.\d|[亿万元吨%])|(?<![\d:：])\d{1,2}：[0-5]\d(?![\d:：])"
)
# 132。9亿元: a decimal point typed as a full stop; 居全省第3。5亿元以上项目… is the end of a sentence.
STOP_IN_NUMBER = re.compile(
    r"(?<=[\u4e00-\u9fff、])(?<![第前年])(\d{1,5})。"
    r"(?=\d{1,2}(?:[%‰亿億]|[万萬千百][亿億元美港吨噸亩畝人户戶平千]|元|[个個](?:百分|、\d)|倍|公里|平方))"
)
STOP_BETWEEN_FIGURES = re.compile(r"。(?<=\d。)(?=\d)")  # the same in short
ASCII_MARKS = str.maketrans("，：", ",:")
KEPT_WIDE = "，；：！？～＂＇｀＜＞"


def fold_width(text: str) -> str:
    """Return the text with one width for each sign, of the same length.

    >>> fold_width("完成１，２１８．５６亿元,增长８．４％！")
    '完成1,218.56亿元，增长8.4%！'
    """
    has_signs = _signs().search(text) is not None
    if has_signs:
        text = _wide().sub(_as_ascii, text)
    if WIDE_MARK_BETWEEN_FIGURES.search(text):
        text = WIDE_MARK_IN_NUMBER.sub(lambda match: match[0].translate(ASCII_MARKS), text)
    if has_signs:
        text = RANGE.sub("-", text)
    if STOP_BETWEEN_FIGURES.search(text):
        text = STOP_IN_NUMBER.sub(r"\1.", text)
    return MARKS.sub(_as_chinese, text) if has_signs else text


def _as_chinese(marks: re.Match[str]) -> str:
    """Return marks as Chinese has them where they touch something Chinese, or one that ends a figure: 增长8%,GDP.

    They are looked at together: one by one, each would look at all behind it.
    """
    text, start, end = marks.string, *marks.span()
    if WIDE_AFTER.match(text, end):
        return marks[0].translate(CLAUSE_MARKS)
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    if before == " ":
        before = text[start - 2 : start - 1]  # 占52.4% ;136个
    ends_figure = before == "%" and marks[0] in ",;" and after and not after.isspace()
    if ends_figure or WIDE_BEFORE.match(before):
        return marks[0][0].translate(CLAUSE_MARKS) + marks[0][1:]
    return marks[0]


@cache
def _to_ascii() -> dict[str, str]:
    """Return wide and small forms → ASCII, without those that are Chinese marks."""
    wide = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    small = {0xFE50: "，", 0xFE51: "、", 0xFE52: "。", 0xFE54: "；", 0xFE55: "：", 0xFE56: "？", 0xFE57: "！"}
    small |= {0xFE59: "(", 0xFE5A: ")", 0xFE5F: "#", 0xFE60: "&", 0xFE62: "+", 0xFE63: "-", 0xFE6A: "%"}
    quotes = {0x301D: "“", 0x301E: "”", 0x301F: "”"}
    spaces = dict.fromkeys([0x3000, 0xA0, *range(0x2002, 0x200B), 0x202F, 0x205F], " ")
    folded = {chr(code): text for code, text in (wide | small | quotes | spaces).items()}
    return {wide: text for wide, text in folded.items() if wide not in KEPT_WIDE}


def _as_ascii(wide: re.Match[str]) -> str:
    return _to_ascii()[wide[0]]


@cache
def _wide() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(''.join(_to_ascii()))}]")


@cache
def _signs() -> re.Pattern[str]:
    """Return a pattern for all signs that may be written otherwise, but for marks between figures."""
    return re.compile(f"[{re.escape(''.join(_to_ascii()))}{DASHES},;:!?]")
