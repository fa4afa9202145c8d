"""Planned or actual: cues of a plan, each with its direction and reach, and other grounds, asked in their order.

Each ground is a test of its own; `GROUNDS` lists them, and the first that holds decides. A figure is asked only those
that its kind and the words of its paragraph leave open.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from helpers.figure import Figure, Reading
from helpers.lexicon import Cue
from helpers.observation import Bound, Kind, Status
from helpers.rules.growth_rate import COMPARED_TIME, FORECAST, LIST_GLUE
from helpers.segment import Stretches, clause_start, is_heading, split_paragraphs

_DONE = re.compile(
    r"项目中，|已(?!明确)|目前|截至|实现(?:了|(?=投产|开工|竣工|签约|落地))|完成了|同比(?=增长|下降)|累计|实际完成|，实际(?:新?开工|竣工|投产|签约|到位)|；"
)
_ADJACENT_REACH = 4
_REACH_AFTER = 14  # of a cue that follows its figure
_OPENING_REACH = 20  # of the words that open a list of targets
_NAME_REACH = 16
_NEAR_RATE = 12  # how far a rate may stand from the planned figure that it goes on from
# 计划总投资亿元及以上项目: how large a class is planned to be makes no plan of its number.
_NAMES_CLASS = re.compile(r"(?:总投资|投资)?[\d.]*[百千]?[万亿]元?(?:\(含\))?[及或(]?以[上下]")
COUNTED_LENGTH = 12
_COUNTED = re.compile(r"\d[项个份宗][\u4e00-\u9fff]{0,8}$|(?:收到|完成|落实|获批|跟进|通过|提交)的$")
_RATE_OF_RESULTS = re.compile(r"(?:开工|开复工|复工|到位|履约|竣工|投产|建成|落地)率$")
_AGAINST_TARGET = re.compile(
    r"(?:高于|低于|超过?|快于|慢于|比|较)[^，。；]{0,12}(?:目标|计划|预期|任务|进度)"
)
# 比规划目标3000亿元超出1070亿元: the second sum has come about.
_EXCEEDS = re.compile(r"的?(?:超出|超过|超额|多完成|多出|超额完成)了?$")
# 今年的目标任务是到位资金660亿元,…: so much is to be reached.
_TARGET_IS = re.compile(
    r"(?<!完成)(?:目标任务|任务目标|工作目标|奋斗目标|总体目标|预期目标)(?:是|为)[^。；]*$"
)
_DONE_SINCE = re.compile(r"已|累计|完成了|实现了|目前|截至")
# 全年目标增长8%
_TARGET_RATE = re.compile(r"(?<!完成)(?:目标|任务|计划)(?:是|为|定为)?(?:增长|增幅|增速)(?:为|达到?)?$")
# 预计到年末,生产总值完成115亿元;固定资产投资完成38亿元: until something has been done, over every semicolon.
_EXPECTED_AT_END = re.compile(
    r"(?:预计|有望)(?:全年|[到至]?(?:今年|全年|年末|年底)，)(?:(?!已|目前|截至|累计|今年以来)[^。])*$"
)
# 主要预期目标是:生产总值增长8%;投资增长20%。…: what follows in the paragraph, until something has been done.
_TARGETS_FOLLOW = re.compile(
    r"(?<!完成)(?:预期|发展|奋斗|总体|主要|年度|增长|工作)目标(?:任务)?(?:分别|初步)?(?:安排|确定)?[是为]?[：\n]$"
    r"|(?:提出|定出|定下|确定|设定|制定|明确)了?[^，。；：]{0,10}目标(?:任务)?，$"
)
_OPENS = re.compile(r"：|目标(?:任务)?，")
_CAME_ABOUT = re.compile(r"同比|[比较][上去]年|已|累计|实现了|完成了|去年|上年|今年以来|\d月")
# 可实现年销售收入50亿元,利税10亿元: what a project will yield, one after the other.
_YIELD = re.compile(
    r"，(?:年|综合|上缴|实现|可|新增|带动|提供|吸纳|创|缴)*(?:利税|税收|利润|产值|销售收入|就业|纳税|创税|税金|外汇)[^，。；\d]{0,4}"
)
_YIELD_KINDS = frozenset({Kind.AMOUNT, Kind.COUNT, Kind.QUANTITY})
_CHANGE_KINDS = frozenset({Kind.GROWTH_RATE, Kind.RATE_DIFFERENCE})
_PROJECT_KINDS = frozenset({Kind.PROJECT_COUNT, Kind.INVESTMENT})
_EVERY_YEAR = re.compile(r"每年[^，。；]{0,14}(?:不低于|不少于|至少)$")
_TARGET_BOUND = re.compile(r"左右|以上|以内")
_RESULT = re.compile(r"同比|比上年|较上年|比去年|已|完成|实现了|达到?了?|累计|截至|均在|被控制|继续保持")


def find_status(reading: Reading, figure: Figure, last: Figure | None) -> None:
    """Planned where a cue of a plan reaches the figure or another ground says so, else actual.

    `last` is the last figure of the sentences before in the paragraph, for parts of what it tells.
    """
    for ground in _GROUNDS_OPEN[figure.kind, _is_intent_told(reading, figure), _follows_plan(figure)]:
        found = ground.holds(reading, figure)
        if found:
            figure.status = ground.status
            figure.because("status", ground.why, found if isinstance(found, Cue) else None)
            if ground.holds is exceeds_target:
                figure.quantity = figure.quantity._replace(bound=Bound.EXACT)  # 超过 is its verb
            return
    if last is not None and last.status is Status.PLANNED and divides_plan(reading, figure, last):
        figure.status = Status.PLANNED
        figure.because("status", "part of the plan told before")
    else:
        figure.because("status", "no cue of a plan")


# What the grounds with `intent` look for, each in the paragraph of the figure or right before it.
_INTENT = re.compile("目标|计划|预[期计]|任务|进度|有望|每年")


@lru_cache(maxsize=2)
def _words_of_intent(text: str) -> list[int]:
    """Where a text has a word without which many a ground cannot hold."""
    return [word.start() for word in _INTENT.finditer(text)]


def _is_intent_told(reading: Reading, figure: Figure) -> bool:
    """Whether such a word stands before a figure, in its paragraph or in the words that open a list in it."""
    words = _words_of_intent(reading.text)
    told = bisect_left(words, figure.quantity.start)
    return told > 0 and words[told - 1] >= reading.paragraphs[figure.paragraph].start - _OPENING_REACH


def is_target(_: Reading, figure: Figure) -> bool:
    """完成全年任务12个的150%: what a figure before it is measured by."""
    return figure.is_target


# 州里要求，年底前开工率达到50%: but not 按照省里要求，.
_DONE_THOUGH_ASKED = re.compile(f"{_DONE_SINCE.pattern}|实际|[去上]年")
_ASKS = re.compile(r"[^，。；\d按依据照对符为]{1,10}要求，")


def is_asked_for(reading: Reading, figure: Figure) -> bool:
    """州里要求，会后履约率不低于70%，年底前开工率达到50%: in a sentence that tells what somebody asks for."""
    start, end = figure.segment.start, figure.quantity.start
    if reading.text.find("要求，", start, end) < 0:
        return False
    asks = _ASKS.match(reading.text, start, end)
    return asks is not None and not _DONE_THOUGH_ASKED.search(reading.text, asks.end(), end)


# 确保全年投资完成率达到108%, 开工率要达到40%
_TO_BE_REACHED = re.compile(
    r"(?:力争|争取|确保(?!目标|任务))[^，。；]{0,16}$|(?:[要须应]|务必)(?:达到?|完成|保持在|提高到|不低于)$"
)


def has_come_about(reading: Reading, figure: Figure) -> bool:
    """高于目标0.5个百分点, 计划新开工项目开工率90%: a result, whatever plan it names."""
    if figure.kind is Kind.GROWTH_RATE:
        return figure.rule == COMPARED_TIME
    if figure.kind is not Kind.RATE_DIFFERENCE and (
        _TO_BE_REACHED.search(reading.text, figure.clause.start, figure.quantity.start)
        or is_in_section_of_goals(reading, figure)
    ):
        return False
    if figure.kind is Kind.SHARE:
        return _RATE_OF_RESULTS.search(figure.indicator or "") is not None
    if figure.kind is Kind.RATE_DIFFERENCE:
        return _differs_from_target(reading, figure) or _follows_forecast(figure)
    return figure.kind is Kind.COMPLETION_RATE


def _differs_from_target(reading: Reading, figure: Figure) -> bool:
    return _AGAINST_TARGET.search(reading.text, figure.clause.start, figure.quantity.start) is not None


def _follows_forecast(figure: Figure) -> bool:
    """Whether a difference is from a forecast just told: 较5月预测1.82%,减少0.37个百分点."""
    before = figure.previous
    return before is not None and before.rule == FORECAST


def exceeds_target(reading: Reading, figure: Figure) -> bool:
    """比规划目标3000亿元超出1070亿元: by how much more than planned has come about."""
    before = figure.previous
    if before is None or before.clause != figure.clause or before.quantity.unit != figure.quantity.unit:
        return False
    between = reading.text[before.quantity.end : figure.quantity.start]
    than = _AGAINST_TARGET.search(reading.text, figure.clause.start, before.quantity.start)
    return bool(than and _EXCEEDS.fullmatch(between))


def is_told_as_target(reading: Reading, figure: Figure) -> bool:
    """今年的目标任务是到位资金660亿元: so much is to be reached, and nothing said since has been."""
    start = figure.quantity.start
    target = _TARGET_IS.search(reading.text, figure.segment.start, start)
    return target is not None and not _DONE_SINCE.search(reading.text, target.start(), start)


def is_rate_of_target(reading: Reading, figure: Figure) -> bool:
    """全年目标增长8%."""
    return _TARGET_RATE.search(reading.text, figure.clause.start, figure.quantity.start) is not None


def cue_of_plan(reading: Reading, figure: Figure) -> Cue | None:
    """The last cue of a plan that reaches the figure: 计划 in 计划总投资50亿元."""
    end = min(figure.right.end, figure.right.start + _REACH_AFTER)
    for cue in reversed(reading.cues("status", figure.segment.start, end)):
        if _reaches(reading, figure, cue) and not _in_name(reading.text, cue):
            return cue
    return None


def _reaches(reading: Reading, figure: Figure, cue: Cue) -> bool:
    """Whether a cue reaches the figure: by its direction and scope, over nothing that has been done."""
    start = figure.quantity.start
    if _tells_of_plans(reading.text, cue):
        return False
    if _NAMES_CLASS.match(reading.text, cue.end, start) or _names_others(figure, cue):
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


def _tells_of_plans(text: str, cue: Cue) -> bool:
    """收到88项投资计划,增加9%; 跟进的计划中,52项…: whether plans are what is counted, as projects are elsewhere."""
    if cue.cue != "计划" or not text.startswith(("，", "。", "；", "中，", "里，", "当中，"), cue.end):
        return False
    return _COUNTED.search(text, max(0, cue.start - COUNTED_LENGTH), cue.start) is not None


def _clause_over_colon(text: str, figure: Figure) -> int:
    """Where the figure's clause begins, together with what introduces it: 今年目标:增长4%."""
    start = figure.clause.start
    if start > figure.sentence.start and text[start - 1] in "：:":
        return clause_start(text, start - 1, figure.sentence.start)
    return start


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
        start = text.rfind(opening, max(0, cue.start - _NAME_REACH), cue.start)
        if (
            start >= 0
            and text.find(closing, start, cue.start) < 0
            and text.find(closing, cue.end, cue.end + _NAME_REACH) >= 0
        ):
            return opening != "“" or not any(c in "，。；" for c in text[start : text.find(closing, cue.end)])
    return False


def is_expected_at_end(reading: Reading, figure: Figure) -> bool:
    """预计到年末,生产总值完成115亿元: in a sentence that opens with what the year is expected to bring."""
    return _EXPECTED_AT_END.match(reading.text, figure.sentence.start, figure.quantity.start) is not None


def is_in_list_of_targets(reading: Reading, figure: Figure) -> bool:
    """主要预期目标是:…: whether the paragraph has opened a list of targets in which nothing has yet come about."""
    text = reading.text
    start = reading.paragraphs[figure.paragraph].start
    if text.find("目标", max(start - _OPENING_REACH, 0), figure.quantity.start) < 0:
        return False
    openings = [start, *(mark.end() for mark in _OPENS.finditer(text, start, figure.quantity.start))]
    for offset in reversed(openings):
        if _TARGETS_FOLLOW.search(text, max(offset - _OPENING_REACH, 0), offset):
            return not _CAME_ABOUT.search(text, offset, figure.quantity.end)
    return False


# 二、2019年主要目标; 三、下一步工作打算
_GOALS = re.compile(
    r"(?:目标(?:任务)?|任务目标|(?:工作|计划|目标)安排|(?:工作|下步|下一步|下阶段)(?:打算|计划|思路)|(?:下一?步|下阶段)(?:重点)?工作)$"
)
_NUMBERINGS = tuple(
    re.compile(numbering)
    for numbering in (
        r"第[一二三四五六]部分|[一二三四五六七八九十]{1,2}、",
        r"\([一二三四五六七八九十]{1,2}\)|——|\d{1,2}[.、]",
    )
)


@lru_cache(maxsize=2)
def _sections_of_goals(text: str) -> Stretches:
    """Where a text tells what its headings call goals, each up to the next heading of its level."""
    sections: list[tuple[int, int]] = []
    opened = None
    for paragraph in split_paragraphs(text) if _GOAL_WORDS.search(text) else ():
        level = next((i for i, n in enumerate(_NUMBERINGS) if n.match(text, paragraph.start)), None)
        if level is None or not is_heading(text, paragraph):
            continue
        if opened is not None and level <= opened[1]:
            sections.append((opened[0], paragraph.start))
            opened = None
        if opened is None and _GOALS.search(text, paragraph.start, paragraph.end):
            opened = paragraph.end, level
    if opened is not None:
        sections.append((opened[0], len(text)))
    return Stretches(sections)


_GOAL_WORDS = re.compile(r"(?:目标|任务|安排|打算|计划|思路|工作)\s*\n")
_SINCE_DONE = re.compile(r"已|目前|截至|实现了|完成了|[去上]年|今年以来|\d月(?![底末初]|份?[之以]?前)")


def is_in_section_of_goals(reading: Reading, figure: Figure) -> bool:
    """二、2019年主要目标: what stands under such a heading is planned, unless its sentence tells that it has been done."""
    start, end = figure.segment.start, figure.quantity.start
    if not _sections_of_goals(reading.text).overlap(start, end + 1):
        return False
    return not _SINCE_DONE.search(reading.text, start, end)


def goes_on_with_yields(reading: Reading, figure: Figure) -> bool:
    """可实现年销售收入50亿元,利税10亿元: another yield of a project that is to run."""
    previous = figure.previous
    if previous.kind not in _YIELD_KINDS:
        return False
    return _YIELD.fullmatch(reading.text, previous.quantity.reach_end, figure.quantity.start) is not None


def goes_on_with_plan(reading: Reading, figure: Figure) -> bool:
    """计划投资50亿元、30亿元: in one list with a planned figure; but projects after their sum are counted anew."""
    previous = figure.previous
    between = reading.text[previous.quantity.reach_end : figure.quantity.start]
    if figure.kind in _CHANGE_KINDS and len(between) < _NEAR_RATE:
        return True
    counts_anew = figure.kind is Kind.PROJECT_COUNT and previous.kind is Kind.INVESTMENT
    return not counts_anew and LIST_GLUE.fullmatch(between) is not None


def _follows_plan(figure: Figure) -> bool:
    """Whether the figure before in the same part of the sentence is planned."""
    previous = figure.previous
    return previous is not None and previous.status is Status.PLANNED and previous.segment == figure.segment


def is_promised_every_year(reading: Reading, figure: Figure) -> bool:
    """每年投入不低于2亿元."""
    if figure.quantity.bound is not Bound.AT_LEAST:
        return False
    return _EVERY_YEAR.search(reading.text, figure.clause.start, figure.quantity.start) is not None


def is_bounded_rate(reading: Reading, figure: Figure) -> bool:
    """增长11%左右, 控制在3%以内, where nothing says that it has come about."""
    q = figure.quantity
    if q.reach_end == q.end or not _TARGET_BOUND.search(reading.text, q.end, q.reach_end):
        return False
    if reading.text.find("初步统计", figure.sentence.start, q.start) >= 0:
        return False
    if figure.kind is Kind.SHARE and reading.text.find("占", figure.clause.start, q.start) >= 0:
        return False  # 占全市的两成以上
    return not _RESULT.search(reading.text, figure.segment.start, q.start)


# 分两期建设,一期上4条生产线,产能3GW: what the phases of a project are to have, until something of it is there.
_IN_PHASES = re.compile(
    r"分[两二三四五六\d]期[^，。；：\d]{0,6}[，：](?:(?!已|目前|累计|[建投]成|建成|投产|完成)[^。])*$"
)


def is_of_phases(reading: Reading, figure: Figure) -> bool:
    """分两期建设:一期上马10条生产线: a number or a capacity of one phase of a project that is to be built."""
    return _IN_PHASES.search(reading.text, figure.sentence.start, figure.quantity.start) is not None


# 日处理能力2万吨的污水厂预计8月通水
_RUNS_LATER = re.compile(
    r"的[^，。；\d]{2,14}?(?:预计|计划|将|拟|有望)[^，。；]{0,10}(?:通水|通车|投产|投用|投运|建成|竣工|完工|试车)"
)


def runs_later(reading: Reading, figure: Figure) -> bool:
    """日处理能力2万吨的污水厂预计8月通水: a capacity of what is yet to run."""
    return _RUNS_LATER.match(reading.text, figure.quantity.reach_end, figure.clause.end) is not None


_PART_OF_SUM = re.compile(r"，其中：?(?:固定资产|设备|建设|工程|土建|一期)(?:(?!已|完成)[^，。；\d]){0,8}")


def divides_planned_sum(reading: Reading, figure: Figure) -> bool:
    """计划总投资56亿元,其中固定资产投资42亿元: a part of a sum that is planned."""
    if figure.previous.kind is not Kind.INVESTMENT:
        return False
    whole = figure.previous.quantity.reach_end
    return _PART_OF_SUM.fullmatch(reading.text, whole, figure.quantity.start) is not None


def divides_plan(reading: Reading, figure: Figure, last: Figure) -> bool:
    """其中，新建项目75个: whether a sentence only divides the projects that the one before has planned."""
    if _is_of_year(last) or last.kind not in _PROJECT_KINDS or figure.kind not in _PROJECT_KINDS:
        return False
    said = next((reason.cue for reason in last.reasons if reason.attribute == "status"), "")
    if "计划" not in said:
        return False
    start = figure.sentence.start
    opens = reading.text.startswith("其中", start)
    return opens and not _RESULT.search(reading.text, start, figure.quantity.start)


def _is_of_year(figure: Figure) -> bool:
    """Whether a plan is only what is to be spent in the year: 年度计划投资 of projects that have begun."""
    return figure.kind is Kind.INVESTMENT and "年度" in (figure.indicator or "")


_ALL_KINDS = frozenset(Kind)
# A target stands beside what was done, both sums or both numbers.
_TARGET_KINDS = frozenset({Kind.INVESTMENT, Kind.PROJECT_COUNT, Kind.AMOUNT, Kind.COUNT})
_PERCENTAGES = frozenset({Kind.GROWTH_RATE, Kind.SHARE, Kind.RATE_DIFFERENCE, Kind.COMPLETION_RATE})


class Ground(NamedTuple):
    """What decides a status: a test, which may return the cue that it found, and the reason to give.

    It holds for no other `kinds`; one of `intent` holds only where a word of intent is told before the figure, one
    that goes on from a plan only where the figure before is planned.
    """

    holds: Callable[[Reading, Figure], Cue | bool | None]
    status: Status
    why: str
    kinds: frozenset[Kind] = _ALL_KINDS
    intent: bool = False
    goes_on: bool = False


_EXPECTED = "in a sentence of what the year is expected to bring"
_PROMISED = "so much at least every year: a promise"
_BOUNDED = "a bounded rate with nothing done: a target"
GROUNDS = (
    Ground(is_target, Status.PLANNED, "a target", _TARGET_KINDS),
    Ground(is_asked_for, Status.PLANNED, "what somebody asks for"),
    Ground(has_come_about, Status.ACTUAL, "completed so far", _PERCENTAGES),
    Ground(exceeds_target, Status.ACTUAL, "by how much a target was exceeded", intent=True),
    Ground(is_told_as_target, Status.PLANNED, "a target", intent=True),
    Ground(is_rate_of_target, Status.PLANNED, "a target", frozenset({Kind.GROWTH_RATE}), intent=True),
    Ground(cue_of_plan, Status.PLANNED, "cue of a plan in reach"),
    Ground(is_expected_at_end, Status.PLANNED, _EXPECTED, intent=True),
    Ground(is_in_list_of_targets, Status.PLANNED, "in a list of targets", intent=True),
    Ground(is_in_section_of_goals, Status.PLANNED, "in a section of goals"),
    Ground(
        goes_on_with_yields, Status.PLANNED, "as the yield before in the list", _YIELD_KINDS, goes_on=True
    ),
    Ground(goes_on_with_plan, Status.PLANNED, "as the figure before in the list", goes_on=True),
    Ground(
        divides_planned_sum,
        Status.PLANNED,
        "part of a planned sum",
        frozenset({Kind.INVESTMENT}),
        goes_on=True,
    ),
    Ground(runs_later, Status.PLANNED, "a capacity of what is yet to run", frozenset({Kind.QUANTITY})),
    Ground(
        is_of_phases,
        Status.PLANNED,
        "of one phase of a project to be built",
        frozenset({Kind.COUNT, Kind.QUANTITY}),
    ),
    Ground(is_promised_every_year, Status.PLANNED, _PROMISED, intent=True),
    Ground(is_bounded_rate, Status.PLANNED, _BOUNDED, frozenset({Kind.GROWTH_RATE, Kind.SHARE})),
)
# The grounds that may hold for a figure of a kind, with a word of intent and a plan before it or without.
_GROUNDS_OPEN = {
    (kind, intent, plan): tuple(
        ground
        for ground in GROUNDS
        if kind in ground.kinds and ground.intent <= intent and ground.goes_on <= plan
    )
    for kind in Kind
    for intent in (True, False)
    for plan in (True, False)
}
