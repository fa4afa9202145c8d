"""Numbers of projects: 签约项目64个, 103个项目集中开工, 完成全年任务12个."""

from __future__ import annotations

import re

from helpers.observation import Kind
from helpers.rules.figure import Figure, Reading
from helpers.rules.phrase import left_phrase, right_phrase
from helpers.rules.rule import Rule, Verdict, text_after, text_before

PROJECT_UNITS = frozenset({"个", "项", "宗", "件"})
_PROJECT_HEAD = re.compile(r"(?:项目|工程)(?:\([^)]*\))?(?:数量?|总数|个数)?$")
_CHANGE_BEFORE = re.compile(r"(?:增加|减少|多|少|增|减)了?$")


def _is_countable(figure: Figure) -> bool:
    return figure.quantity.unit in PROJECT_UNITS


def is_difference(reading: Reading, figure: Figure) -> bool:
    """比去年同期多107家, 增加11个: how many more, not how many."""
    before = text_before(reading, figure).rstrip("约近超过了 ")
    if not before.endswith(("增加", "减少", "多", "少", "增", "减", "净增加", "上升", "下降")) or before.endswith(("新增", "净增", "至少", "不少", "最多", "至多", "最少")):
        return False
    compared = reading.cues("basis", figure.clause.start, figure.left.end)
    previous = figure.previous
    bare = before.strip("，、；同比环比增加减少多少 ") == ""
    return bool(compared) or (bare and previous is not None and previous.quantity.measure == "count")


def projects_after(reading: Reading, figure: Figure) -> Verdict:
    """103个项目集中开工, 174个市级重点调度工业项目."""
    if not _is_countable(figure) or is_difference(reading, figure):
        return None
    span = right_phrase(reading.text, figure.right.start, figure.right.end)
    phrase = reading.text[span.start : span.end]
    return (1, None) if _PROJECT_HEAD.search(phrase) else None


def projects_before(reading: Reading, figure: Figure) -> Verdict:
    """签约项目64个, 新引进三类500强项目18个."""
    if not _is_countable(figure) or is_difference(reading, figure):
        return None
    after = right_phrase(reading.text, figure.right.start, figure.right.end)
    if after.end - after.start >= 2 and not text_after(reading, figure).startswith(("的", "，")) and _noun_follows(reading, figure):
        return None
    span, _ = left_phrase(reading.text, figure.left.start, figure.left.end)
    return (1, None) if _PROJECT_HEAD.search(reading.text[span.start : span.end]) else None


def _noun_follows(reading: Reading, figure: Figure) -> bool:
    return text_after(reading, figure)[:1] not in ("", "，", "。", "；", "、", "：", "(", "）", ")", "”")


_TARGET = re.compile(r"(?:任务|目标|计划)(?:数|为|的|是)?$")


def target_of_projects(reading: Reading, figure: Figure) -> Verdict:
    """完成全年任务12个的150%, after a number of projects."""
    previous = figure.previous
    if _is_countable(figure) and previous is not None and previous.kind is Kind.PROJECT_COUNT and _TARGET.search(text_before(reading, figure)):
        return 1, None
    return None


_PART = re.compile(r"^[，、；： ]*(?:其中|现|目前|已经?|今年|新|，)*(?:签约|开工|竣工|投产|落地|完工|在建|续建|新建|储备|在谈|引进|建成|复工|动工|未开工|拟开工|开复工|履约|新开工|已投产|完成|实施|落户|洽谈|推进|试生产)[^，。；、\d]{0,6}$")


def part_of_projects(reading: Reading, figure: Figure) -> Verdict:
    """项目142个,已开工85个: a stage word alone before a number, after a number of projects."""
    if not _is_countable(figure) or is_difference(reading, figure):
        return None
    before = text_before(reading, figure)
    if not _PART.search(before) or _noun_follows(reading, figure):
        return None
    earlier = figure.previous
    while earlier is not None and earlier.kind not in (Kind.PROJECT_COUNT, Kind.COUNT):
        earlier = earlier.previous
    told = earlier is not None and earlier.kind is Kind.PROJECT_COUNT
    heading = "项目" in reading.text[figure.sentence.start : figure.left.start] and earlier is None
    return (1, None) if told or heading else None


RULES = (
    Rule("target after a number of projects", Kind.PROJECT_COUNT, target_of_projects),
    Rule("number before projects", Kind.PROJECT_COUNT, projects_after),
    Rule("projects before their number", Kind.PROJECT_COUNT, projects_before),
    Rule("stage word before a number of projects", Kind.PROJECT_COUNT, part_of_projects),
)
