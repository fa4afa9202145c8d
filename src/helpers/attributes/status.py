"""Planned or actual: cues of a plan, each with its direction and reach."""

from __future__ import annotations

import re

from helpers.figure import Figure, Reading
from helpers.lexicon import Cue
from helpers.observation import Bound, Kind, Status
from helpers.rules.growth_rate import COMPARED_TIME, FORECAST, LIST_GLUE
from helpers.segment import clause_start

_DONE = re.compile(
    r"项目中，|已(?!明确)|目前|截至|实现(?:了|(?=投产|开工|竣工|签约|落地))|完成了|同比(?=增长|下降)|累计|实际完成|；"
)
_ADJACENT_REACH = 4
OPENING_REACH = 20  # of the words that open a list of targets
NAME_REACH = 16


def _clause_over_colon(text: str, figure: Figure) -> int:
    """Where the figure's clause begins, together with what introduces it: 今年目标:增长4%."""
    start = figure.clause.start
    if start > figure.sentence.start and text[start - 1] in "：:":
        return clause_start(text, start - 1, figure.sentence.start)
    return start


# 计划总投资亿元及以上项目: how large a class is planned to be makes no plan of its number.
_NAMES_CLASS = re.compile(r"(?:总投资|投资)?[\d.]*[百千]?[万亿]元?(?:\(含\))?[及或(]?以[上下]")


def _plans(reading: Reading, figure: Figure, cue: Cue) -> bool:
    """Whether a status cue reaches the figure."""
    start = figure.quantity.start
    if _NAMES_CLASS.match(reading.text, cue.end, start):
        return False
    if _names_others(figure, cue):
        return False
    if cue.start >= figure.quantity.end:
        return cue.direction != "right" and cue.end <= figure.clause.end
    if cue.direction == "left":
        return False
    if cue.scope == "adjacent":
        return start - cue.end <= _ADJACENT_REACH
    if (
        cue.scope == "clause" or reading.text.startswith("截至", figure.sentence.start)
    ) and cue.start < _clause_over_colon(reading.text, figure):
        return False
    return not _DONE.search(reading.text, cue.end, start)


_RATE_OF_RESULTS = re.compile(r"(?:开工|开复工|复工|到位|履约|竣工|投产|建成|落地)率$")


def _names_result(figure: Figure) -> bool:
    """Whether a rate tells what has come of plans by its name: 计划新开工项目开工率."""
    return figure.kind is Kind.SHARE and _RATE_OF_RESULTS.search(figure.indicator or "") is not None


def _names_others(figure: Figure, cue: Cue) -> bool:
    """Whether a cue belongs to what was counted before: 80个计划新开工项目开工51个."""
    earlier = figure.previous
    while earlier is not None and earlier.after.end > cue.start:
        if earlier.after.start <= cue.start:
            return True
        earlier = earlier.previous
    return False


def _in_name(text: str, cue: Cue) -> bool:
    """Whether a cue stands within a short name in quotation or title marks: 「生活补贴计划」."""
    for opening, closing in ("「」", "《》", "“”"):
        start = text.rfind(opening, max(0, cue.start - NAME_REACH), cue.start)
        if (
            start >= 0
            and text.find(closing, start, cue.start) < 0
            and text.find(closing, cue.end, cue.end + NAME_REACH) >= 0
        ):
            return opening != "“" or not any(c in "，。；" for c in text[start : text.find(closing, cue.end)])
    return False


def find_status(reading: Reading, figure: Figure, last: Figure | None) -> None:
    """Planned where a cue of a plan reaches the figure, else actual.

    `last` is the last figure of the sentences before in the paragraph, for parts of what it tells.
    """
    if figure.is_target:
        figure.status = Status.PLANNED
        figure.because("status", "a target")
        return
    against_target = figure.kind is Kind.RATE_DIFFERENCE and _AGAINST_TARGET.search(
        reading.text, figure.clause.start, figure.quantity.start
    )
    if (
        figure.kind is Kind.COMPLETION_RATE
        or _names_result(figure)
        or figure.rule == COMPARED_TIME
        or against_target
        or _follows_forecast(figure)
    ):  # a result, whatever plan it names
        figure.because("status", "completed so far")
        return
    if _exceeds_target(reading, figure):
        figure.quantity = figure.quantity._replace(bound=Bound.EXACT)
        figure.because("status", "by how much a target was exceeded")
        return
    told_as_target = _TARGET_IS.search(reading.text, figure.segment.start, figure.quantity.start)
    if told_as_target and not _DONE_SINCE.search(reading.text, told_as_target.start(), figure.quantity.start):
        figure.status = Status.PLANNED
        figure.because("status", "a target")
        return
    if figure.kind is Kind.GROWTH_RATE and _TARGET_RATE.search(
        reading.text, figure.clause.start, figure.quantity.start
    ):
        figure.status = Status.PLANNED
        figure.because("status", "a target")
        return
    end = figure.right.end if figure.right.end - figure.right.start < 14 else figure.right.start + 14
    for cue in reversed(reading.cues("status", figure.segment.start, end)):
        if _plans(reading, figure, cue) and not _in_name(reading.text, cue):
            figure.status = Status(cue.meaning)
            figure.because("status", "cue of a plan in reach", cue)
            return
    if _EXPECTED_AT_END.match(reading.text, figure.sentence.start, figure.quantity.start):
        figure.status = Status.PLANNED
        figure.because("status", "in a sentence of what the year is expected to bring")
        return
    if _in_list_of_targets(reading, figure):
        figure.status = Status.PLANNED
        figure.because("status", "in a list of targets")
        return
    previous = figure.previous
    if previous is not None and previous.status is Status.PLANNED and previous.segment == figure.segment:
        between = reading.text[previous.quantity.reach_end : figure.quantity.start]
        if _goes_on_with_yields(figure, previous, between):
            figure.status = Status.PLANNED
            figure.because("status", "as the yield before in the list")
            return
        counts_anew = figure.kind is Kind.PROJECT_COUNT and previous.kind is Kind.INVESTMENT
        if (figure.kind in (Kind.GROWTH_RATE, Kind.RATE_DIFFERENCE) and len(between) < 12) or (
            LIST_GLUE.fullmatch(between) and not counts_anew
        ):
            figure.status = Status.PLANNED
            figure.because("status", "as the figure before in the list")
            return
    if figure.quantity.bound is Bound.AT_LEAST and _EVERY_YEAR.search(
        reading.text, figure.clause.start, figure.quantity.start
    ):
        figure.status = Status.PLANNED
        figure.because("status", "so much at least every year: a promise")
        return
    if _is_target(reading, figure):
        figure.status = Status.PLANNED
        figure.because("status", "a bounded rate with nothing done: a target")
        return
    if last is not None and not _is_of_year(last) and _is_part_of_plan(reading, figure, last):
        figure.status = Status.PLANNED
        figure.because("status", "part of the plan told before")
        return
    figure.because("status", "no cue of a plan")


def _is_of_year(figure: Figure) -> bool:
    """Whether a plan is only what is to be spent in the year: 年度计划投资 of projects that have begun."""
    return figure.kind is Kind.INVESTMENT and "年度" in (figure.indicator or "")


def _is_part_of_plan(reading: Reading, figure: Figure, last: Figure) -> bool:
    """其中，新建项目75个: whether a sentence only divides the projects that the one before has planned."""
    projects = (Kind.PROJECT_COUNT, Kind.INVESTMENT)
    why = next((r for r in last.reasons if r.attribute == "status"), None)
    if last.status is not Status.PLANNED or "计划" not in why.cue:
        return False
    opens = (
        last.kind in projects
        and figure.kind in projects
        and reading.text.startswith("其中", figure.sentence.start)
    )
    return opens and not _RESULT.search(reading.text, figure.sentence.start, figure.quantity.start)


def _follows_forecast(figure: Figure) -> bool:
    """Whether a difference is from a forecast just told: 较5月预测1.82%,减少0.37个百分点."""
    before = figure.previous
    return figure.kind is Kind.RATE_DIFFERENCE and before is not None and before.rule == FORECAST


# 比规划目标3000亿元超出1070亿元: the second sum has come about.
_EXCEEDS = re.compile(r"的?(?:超出|超过|超额|多完成|多出|超额完成)了?$")


def _exceeds_target(reading: Reading, figure: Figure) -> bool:
    before = figure.previous
    if before is None or before.clause != figure.clause or before.quantity.unit != figure.quantity.unit:
        return False
    between = reading.text[before.quantity.end : figure.quantity.start]
    than = _AGAINST_TARGET.search(reading.text, figure.clause.start, before.quantity.start)
    return bool(than and _EXCEEDS.fullmatch(between))


# 今年的目标任务是到位资金660亿元,…: so much is to be reached.
_TARGET_IS = re.compile(
    r"(?<!完成)(?:目标任务|任务目标|工作目标|奋斗目标|总体目标|预期目标)(?:是|为)[^。；]*$"
)
# 可实现年销售收入50亿元,利税10亿元: what a project will yield, one after the other.
_YIELD = re.compile(
    r"，(?:年|综合|上缴|实现|可|新增|带动|提供|吸纳|创|缴)*(?:利税|税收|利润|产值|销售收入|就业|纳税|创税|税金|外汇)[^，。；\d]{0,4}"
)
_YIELD_KINDS = (Kind.AMOUNT, Kind.COUNT, Kind.QUANTITY)


def _goes_on_with_yields(figure: Figure, previous: Figure, between: str) -> bool:
    both = figure.kind in _YIELD_KINDS and previous.kind in _YIELD_KINDS
    return both and _YIELD.fullmatch(between) is not None


_DONE_SINCE = re.compile(r"已|累计|完成了|实现了|目前|截至")
_TARGET_RATE = re.compile(
    r"(?<!完成)(?:目标|任务|计划)(?:是|为|定为)?(?:增长|增幅|增速)(?:为|达到?)?$"
)  # 全年目标增长8%
_AGAINST_TARGET = re.compile(
    r"(?:高于|低于|超过?|快于|慢于|比|较)[^，。；]{0,12}(?:目标|计划|预期|任务|进度)"
)
# 主要预期目标是:生产总值增长8%;投资增长20%。…: what follows in the paragraph, until something has been done.
_TARGETS_FOLLOW = re.compile(
    r"(?<!完成)(?:预期|发展|奋斗|总体|主要|年度|增长|工作)目标(?:任务)?(?:分别|初步)?(?:安排|确定)?[是为]?[：\n]$"
    r"|(?:提出|定出|定下|确定|设定|制定|明确)了?[^，。；：]{0,10}目标(?:任务)?，$"
)
_OPENS = re.compile(r"：|目标(?:任务)?，")
_CAME_ABOUT = re.compile(r"同比|[比较][上去]年|已|累计|实现了|完成了|去年|上年|今年以来|\d月")


def _in_list_of_targets(reading: Reading, figure: Figure) -> bool:
    """Whether the figure's paragraph has opened a list of targets in which nothing has yet come about."""
    text = reading.text
    start = reading.paragraphs[figure.paragraph].start
    if text.find("目标", max(start - OPENING_REACH, 0), figure.quantity.start) < 0:
        return False
    openings = [start, *(mark.end() for mark in _OPENS.finditer(text, start, figure.quantity.start))]
    for offset in reversed(openings):
        if _TARGETS_FOLLOW.search(text, max(offset - OPENING_REACH, 0), offset):
            return not _CAME_ABOUT.search(text, offset, figure.quantity.end)
    return False


# 预计到年末,生产总值完成115亿元;固定资产投资完成38亿元: until something has been done, over every semicolon.
_EXPECTED_AT_END = re.compile(
    r"(?:预计|有望)(?:全年|[到至]?(?:今年|全年|年末|年底)，)(?:(?!已|目前|截至|累计|今年以来)[^。])*$"
)
_EVERY_YEAR = re.compile(r"每年[^，。；]{0,14}(?:不低于|不少于|至少)$")
_TARGET_BOUND = re.compile(r"左右|以上|以内")
_RESULT = re.compile(r"同比|比上年|较上年|比去年|已|完成|实现了|达到?了?|累计|截至|均在|被控制|继续保持")


def _is_target(reading: Reading, figure: Figure) -> bool:
    """增长11%左右, 控制在3%以内, where nothing says that it has come about."""
    q = figure.quantity
    if figure.kind not in (Kind.GROWTH_RATE, Kind.SHARE) or q.reach_end == q.end:
        return False
    if not _TARGET_BOUND.search(reading.text, q.end, q.reach_end):
        return False
    return not _RESULT.search(reading.text, figure.segment.start, q.start)
