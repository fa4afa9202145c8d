"""总投资.5亿元, 增长*%, 12�.5亿元: figures of which digits were masked, eaten or cut off are found, and never read.

What is missing cannot be known, so nothing is changed here: the spans are damage, whatever else the page shows.
"""

from __future__ import annotations

import re
from functools import lru_cache

HAN = "㐀-鿿"
UNIT = "(?:[%‰亿万千百元吨家户台套倍]|个|项(?!目)|公里|平方|人(?!民))"
MASKS = "*×xX○●□■█\ufffd"
# A figure that a text ends in, or breaks off in before an ellipsis, has lost its unit at least.
LEADS = "增长|下降|投资额?|完成|达到?|突破|超过?|项目|收入|产值|增加值"

BEHEADED = re.compile(rf"\.(?<=[{HAN}]\.)\d{{1,4}}(?={UNIT})")  # 总投资.5亿元
MASK = re.compile(f"[{MASKS}?]")
# Each begins with a plain class, or the engine would try it at every character.
MASKED = (
    re.compile(rf"[\d.][{MASKS}?]{{1,8}}[\d.]{{0,8}}(?=[%‰亿]|[百千万]?元)"),  # 12*.5亿元, 5*亿元, 8.?%
    re.compile(
        rf"\d[○●□■█\ufffd*]{{1,8}}\.?\d{{0,8}}(?={UNIT})(?<!\d[*]\d)(?<!\d[*]\d\d)(?<!\d[*]\d\d\d)"
    ),  # 1○个
    re.compile(rf"[{MASKS}](?<=[{HAN}].)[{MASKS}]{{0,7}}\d?[\d.]{{0,8}}(?={UNIT})"),  # *5亿元, XX亿元, ×个
)
WITHIN_FIGURE = re.compile(r"[\d.,]")
CUT_OFF = re.compile(rf"(?:{LEADS})\d[\d.,]{{0,12}}\Z")  # the text is cut off in a figure
# These would be tried at every character or digit: only where their line ends or ellipses are.
OVER_LINES = re.compile(rf"[{HAN}]\d{{1,4}}\.?\n\d[\d.,]{{0,12}}(?={UNIT})")  # 签约1, a line end, 8个
LINE_END_IN_FIGURE = re.compile(r"\n(?<=[\d.]\n)(?=\d)")
BROKEN_OFF = re.compile(r"\d[\d.,]{0,12}[万亿]{0,2}(?:…+|\.{3,6})(?=\n|\Z)")
# A mark that opens items of a list is a bullet also where a figure comes first.
AFTER_BULLET = re.compile(r"[●■□]\d[\d.]*")
AWAITS_FIGURE = re.compile(rf"(?:{LEADS}|[约近超达为至计额])$")
OPENS_ITEM = (
    rf"(?:^|[\n。；;：:！])\s*{{0}}\s?[{HAN}\d]|(?<![{MASKS}\d]){{0}}\s?(?=[{HAN}]{{{{2}}}})(?!{UNIT})"
)
# 线路长?24公里: a ? that asks nothing is a digit that was eaten.
EATEN = re.compile(rf"？(?<=[{HAN}].)\d[\d.]{{0,8}}(?={UNIT})")
ASKS = re.compile(r"[吗呢么什怎如何哪谁几多是否咋啥能会要吧啊]")
ASKED_WITHIN = 15


@lru_cache(maxsize=2)  # asked once for what is damaged, once for what was not read
def find_masked(text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of figures that lack digits, in their order.

    >>> text = "总投资.5亿元，增长*%，扩建2×1000兆瓦机组"
    >>> [text[start:end] for start, end in find_masked(text)]
    ['.5', '*']
    """
    found = {
        match.span()
        for pattern in (BEHEADED, *_patterns_for(text))
        for match in pattern.finditer(text)
        if not (_closes_bold(text, match) or _numbers_a_line(match) or _is_after_bullet(text, match))
    }
    eaten = {match.span() for match in EATEN.finditer(text) if not _asks(text, match.start())}
    return tuple(sorted(found | eaten))


def _patterns_for(text: str) -> list[re.Pattern[str]]:
    masked = MASKED if MASK.search(text) else ()
    cut_off = [CUT_OFF] if WITHIN_FIGURE.match(text[-1:]) else []
    over_lines = [OVER_LINES] if LINE_END_IN_FIGURE.search(text) else []
    broken_off = [BROKEN_OFF] if "…" in text or "..." in text else []
    return [*masked, *cut_off, *over_lines, *broken_off]


def _numbers_a_line(match: re.Match[str]) -> bool:
    """True for 附件1, 图2, 郴州招商2023 at the end of a line: the next line begins with a figure of its own."""
    first, _, rest = match[0].partition("\n")
    return bool(rest) and (
        first[0] in "件图表之第章节条卷期" or re.search(r"\D(?:19|20)\d\d$", first) is not None
    )


def _closes_bold(text: str, match: re.Match[str]) -> bool:
    """True for **重点项目**18个: the stars are marks of Markdown."""
    line = text.rfind("\n", 0, match.start()) + 1
    return match[0].startswith("**") and text.count("**", line, match.start()) % 2 == 1


def _is_after_bullet(text: str, match: re.Match[str]) -> bool:
    """True for 签约项目64个●18个项目开工 where ● opens items elsewhere, unless a noun asks for the figure: 总投资●5亿元."""
    mark = re.escape(match[0][0])
    return (
        AFTER_BULLET.fullmatch(match[0]) is not None
        and AWAITS_FIGURE.search(text, max(0, match.start() - 4), match.start()) is None
        and re.search(OPENS_ITEM.format(mark), text) is not None
    )


def _asks(text: str, mark: int) -> bool:
    return ASKS.search(text, max(0, mark - ASKED_WITHIN), mark) is not None
