"""What a rule is: a name that reads like the phrase, a test of the figure, and the kind it gives."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from helpers.figure import Figure, Reading
from helpers.lexicon import Cue
from helpers.observation import Kind

# A test answers None (the rule does not apply) or the sign and the cue that decided, if one did.
Verdict = tuple[int, Cue | None] | None


@dataclass(frozen=True, slots=True)
class Rule:
    """One construction: where `test` has a verdict, the figure is of `kind`."""

    name: str
    kind: Kind
    test: Callable[[Reading, Figure], Verdict]


def text_before(reading: Reading, figure: Figure) -> str:
    """The text between the clause's start or the figure before and the figure."""
    return reading.text[figure.left.start : figure.left.end]


def text_of(reading: Reading, figure: Figure) -> str:
    """The figure as written."""
    return reading.text[figure.quantity.start : figure.quantity.end]


def text_after(reading: Reading, figure: Figure) -> str:
    """The text between the figure and the clause's end or the next figure."""
    return reading.text[figure.right.start : figure.right.end]


def text_between(reading: Reading, previous: Figure, figure: Figure) -> str:
    """The text between two figures and the words of their bounds."""
    return reading.text[previous.quantity.reach_end : figure.quantity.reach_start]


def glue_between(reading: Reading, previous: Figure, figure: Figure) -> str:
    """The text between two figures without the times and places in it: 、 in 长沙增长8%、株洲7%."""
    start, end = previous.quantity.reach_end, figure.quantity.reach_start
    inside = [mask for mask in reading.masks if start <= mask[0] and mask[1] <= end]
    pieces = [start, *(offset for mask in inside for offset in mask), end]
    return "".join(reading.text[a:b] for a, b in zip(pieces[::2], pieces[1::2], strict=True))


# 完成投资前3名的行业是:交通物流197亿元、能源180亿元: what the list is of, and whose each figure is.
_RANKED_LIST = re.compile(
    r"(?:^|[，；])(?P<noun>[^，。；：\d]{2,24}?)(?:排名|位?居)?前[\d一二三四五六七八九十]+[名位]的?(?:行业|领域|产业|项目|企业|地区|市州|县区|县市|城市|国家)?(?:分别|依次)?(?:是|为|有)："
    r"(?:[^：；]*[、，])?(?P<name>[^，。；：、\d]{2,16})$"
)


def ranked_list(reading: Reading, figure: Figure) -> re.Match[str] | None:
    """What a list in order of rank is of and the name that a figure of it belongs to, None where it stands in none."""
    start = figure.sentence.start
    if reading.text.find("：", start, figure.left.end) < 0:
        return None
    return _RANKED_LIST.search(reading.text[start : figure.quantity.reach_start])


_TARGET = re.compile(r"(?:任务|目标|计划)(?:数|为|的|是)?[(（]?$")
_DONE_OF = re.compile(
    r"(?:完成|达到|占)(?:了)?(?:全年|年度|年初|今年|本年|当年|市定|省定|既定|[省市]下达)*的?(?:[^，。；、\d]{0,6}(?:资金|投资|外资|内资))?$"
)
_TARGET_OF_RATE = re.compile(
    r"元?的?(?:年度|全年)?[^，。；、\d]{0,10}?(?:目标任务|任务目标|预期目标|目标|任务|计划)(?:数|值)?的?\d"
)


def names_target(reading: Reading, figure: Figure) -> bool:
    """Whether a word of a target stands beside the figure: 任务数15家, 目标(20亿元, 完成全年80亿元目标的125%."""
    if _TARGET.search(text_before(reading, figure)):
        return True
    follows = _TARGET_OF_RATE.match(reading.text, figure.quantity.reach_end, figure.sentence.end)
    return bool(follows and _DONE_OF.search(text_before(reading, figure)))
