"""Times that a text says in passing, none of which is the time of what it tells: of a target, a record, a price, a name.

Each is a test of its own, listed by where it looks (`ASIDES` and the like), and asked only where that leaves it open; a
time that one of them knows leaves the clock as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from helpers.dateline import EVENT_OF_TIME
from helpers.mentions.period import TimeMention, resolve_year

if TYPE_CHECKING:
    from helpers.attributes.clock import Clock

_RECORD = re.compile(r"的?(?:最[高大低快好]|新高|新低|首次|次[高低]|单月|同期)")
_FIRST_TIME = re.compile(r"(?:以来)?的?(?:首次|首度|首个|新高|新低|最[高低])")  # 本年首次出现负增长
FORMER_RATE = re.compile(r"为(?:增长|下降|增|降|净?盈利|净?亏损)")
_OF_TARGET = re.compile(
    r"[^，。；\d]{0,6}(?:[\d.]+[百千]?[万亿]?美?元?)?的?[^，。；\d]{0,8}?(?:任务|目标|计划(?!投|完成|实施|总|引|新|开|安排|竣|签|建))"
)
_FORESEEN = (
    "预计",
    "计划",
    "力争",
    "将于",
    "有望",
    "拟于",
    "预计在",
    "预计到",
    "计划于",
    "预计于",
    "冲刺",
    "瞄准",
)
_COMPLETED_THEN = re.compile(
    r"[年底前]{0,3}(?:全面|全部|正式|整体|可以|即可|即将|可|将|有望|就能)*(?:建成|竣工|投产|完工|投用|通车|交付|达产)(?:投产|投用|使用|并网|达产|运营)*[，。；、)\n](?!届时|预计|可|将)"
)
_CAN = re.compile(r"[年底前]{0,3}(?:可以|即可|即将|可|将|有望|就能)")
_YEAR_OF_PLAN = re.compile(
    r"[”\"」]?(?:规划)?的?(?:良好|精彩|圆满|顺利|稳健)*(?:开局|收官|起步|第一|最后一)(?:之?年)?"
)
_IS_YEAR_OF = re.compile(r"是[^，。；\d]{2,14}之年")
# 3月8日,记者从市统计局获悉: the day of telling is no time of what is told.
_ANNOUNCED = re.compile(
    r"[电讯]|，?[^，。；\d]{0,16}(?:获悉|了解到|看到|公布|发布|消息|通报|透露)(?![^，。；\d]{0,16}，再?(?:通过|核准)\d)|是：?\s?(?:星期|周[一二三四五六日])"
)
_PART_OF_PLAN = re.compile(r"(?:计划投资|投资计划|计划)额?的?[\d.]+%")  # 占全年计划投资的35.8%
# What tells at once that a time before it is said in passing.
_OF_SOMETHING_ELSE = re.compile(
    r"[^，。；\d]{0,6}的?基础上|(?:开幕|召开|举行|举办)的(?![^，。；\d]{2,24}[会动式][上中]，)"  # 在2003年较高的基础上
    r"|(?:正式|注册|挂牌|发起)?(?:成立|设立|创立|创办|创建|组建)的(?!项目|企业)"  # 2022年12月成立的办公室
    r"|的?(?:平均|中间|综合)?(?:汇率|不变价|可比价|价格计算|现价)"  # 按年末汇率折合
)
_TURN = re.compile(r"[^，。；\d]{0,16}(?:后|以来)(?:[^，。；]{0,6}(?:首次|首度|再次|再度|重新))")
_CHANGE_IN_POINTS = re.compile(r"份?(?:提高|提升|加快|回升|回落|放缓|收窄|扩大|下降)了?[\d.]+个?百分点")
_CAUSE = re.compile(r"(?:随着|由于|因(?![素此]))[^，。；]*$")
_STATE_OF_PROJECT = re.compile(r"，?(?:项目)?(?:已|正)[^，；。\n\d]{2,14}；")
_NO_FIGURE = re.compile(r"[^。\n\d亿万成倍]*(?:[。\n]|$)")


def is_said_of_every_year(clock: Clock, mention: TimeMention) -> bool:
    """每年年底: no year in particular."""
    return clock.reading.text.endswith("每年", 0, mention.start)


def is_of_something_else(clock: Clock, mention: TimeMention) -> bool:
    """在2020年基础上翻一番, 2022年12月成立的办公室, 按年末汇率折合: where a thing began, or by whose prices it is reckoned."""
    return _OF_SOMETHING_ELSE.match(clock.reading.text, mention.end) is not None


def tells_when_announced(clock: Clock, mention: TimeMention) -> bool:
    """3月8日,记者从市统计局获悉: the day of telling is no time of what is told."""
    return _ANNOUNCED.match(clock.reading.text, mention.end) is not None


def repeats_year(clock: Clock, mention: TimeMention) -> bool:
    """A bare year after a date of that year in one sentence: 4月7日,黑龙江省2023年重点项目开工现场会."""
    current = clock.now.mention
    if mention.year is None or mention.months or mention.last_year:
        return False
    if current is None or current.days is None:
        return False
    if current.form == "as_of" and clock.reading.text.endswith("其中", 0, mention.start):
        return False  # 截至12月20日累计完成39亿元,其中2019年完成17亿元
    if mention.form != "span" or clock.reading.text[mention.end : mention.end + 1] in "，,。；":
        return False
    year = resolve_year(mention, clock.reading.anchor, clock.now.said)
    same = year == resolve_year(current, clock.reading.anchor, clock.now.year)
    return same and "。" not in clock.reading.text[current.end : mention.start]


def names_event(clock: Clock, mention: TimeMention) -> bool:
    """11月25日,举行2022年四季度项目集中签约活动: part of a name, on a day that was told."""
    current = clock.now.mention
    if not mention.months or mention.days or current is None or not current.days:
        return False
    text = clock.reading.text
    return "。" not in text[current.end : mention.start] and bool(EVENT_OF_TIME.match(text, mention.end))


_BUDGET = ("预算", "计划", "目标", "任务", "人大")


def names_budget(clock: Clock, mention: TimeMention) -> bool:
    """完成年初预算的55.7%: what was set when the year began, not the time of what was done."""
    return clock.reading.text[mention.end - 1] == "初" and clock.reading.text.startswith(_BUDGET, mention.end)


_SCENE = re.compile(
    r"(?:上午|下午|清晨|一早)?，?(?:在|走进|来到|记者)?[^，。；\n]{2,36}?(?:工地|车间|(?:建设|施工|作业|项目)现场|厂房|生产线)[上内里中]?，(?!.{0,12}(?:举行|签约|仪式))"
)


def sets_scene(clock: Clock, mention: TimeMention) -> bool:
    """10月3日,甲项目工地上,塔吊林立: a paragraph that begins with the day on which a reporter saw a site."""
    if mention.start != clock.paragraph or mention.days[0] != mention.days[1]:
        return False
    return _SCENE.match(clock.reading.text, mention.end) is not None


_WHOLE_YEAR = "全年"


def belongs_to_target(clock: Clock, mention: TimeMention) -> bool:
    """全年 in 完成全年目标任务的45% is the target's time, not the time of what is told."""
    text = clock.reading.text
    if mention.end - mention.start != len(_WHOLE_YEAR) or not text.startswith(_WHOLE_YEAR, mention.start):
        return False
    return bool(_OF_TARGET.match(text, mention.end) or _PART_OF_PLAN.match(text, mention.end))


def lies_within_year_said(clock: Clock, mention: TimeMention) -> bool:
    """年内 and 年初, where a year was said, are of that year and tell no new time."""
    return mention.relative == 0 and clock.now.said is not None


def places_year(clock: Clock, mention: TimeMention) -> bool:
    """今年是十五五开局之年: said of the year and the plan, not the time of what was being told."""
    text = clock.reading.text
    opens = mention.last_year is not None and _YEAR_OF_PLAN.match(text, mention.end)
    return bool(opens) or (clock.now.mention is not None and bool(_IS_YEAR_OF.match(text, mention.end)))


def foresees_completion(clock: Clock, mention: TimeMention) -> bool:
    """预计2025年底建成。: when a project will be there, not the time of the sums told after it."""
    text = clock.reading.text
    if _COMPLETED_THEN.match(text, mention.end) is None:
        return False
    return text.endswith(_FORESEEN, 0, mention.start) or _CAN.match(text, mention.end) is not None


def records(clock: Clock, mention: TimeMention) -> bool:
    """2020年6月以来最大, 1-8月份为下降0.3%: how a figure compares, told in passing."""
    text = clock.reading.text
    if mention.form == "since" and _RECORD.match(text, mention.end):
        return True
    if clock.now.mention is None:
        return False
    of_year = mention.relative == 0 and not mention.months and _FIRST_TIME.match(text, mention.end)
    return bool(of_year) or bool(FORMER_RATE.match(text, mention.end))


def begins_turn(clock: Clock, mention: TimeMention) -> bool:
    """自去年上半年转负后首次增长: since when it has been so is not the time of what is told."""
    text = clock.reading.text
    return text[mention.start - 1 : mention.start] in ("自", "继") and bool(_TURN.match(text, mention.end))


def is_compared_though_unsaid(clock: Clock, mention: TimeMention) -> bool:
    """1-5月…增长22.6%,1-4月提高5个百分点: shorter months right before points, with the 比 dropped."""
    current = clock.now.mention
    return (
        current is not None
        and current.months is not None
        and mention.months is not None
        and mention.months[0] == current.months[0]
        and mention.months[1] < current.months[1]
        and _CHANGE_IN_POINTS.match(clock.reading.text, mention.end) is not None
    )


def gives_cause(clock: Clock, mention: TimeMention) -> bool:
    """随着利润在11月份由负转正,: when the cause came about is not the time of what it led to."""
    return (
        clock.now.mention is not None
        and _CAUSE.search(clock.reading.text, clock.paragraph, mention.start) is not None
    )


def looks_back(clock: Clock, mention: TimeMention) -> bool:
    """今年以来,运行平稳。: a look back without a figure leaves the months that are told of."""
    current = clock.now.mention
    if mention.form != "since" or mention.relative != 0 or mention.months:
        return False
    if current is None or not current.months or current.days:
        return False
    return _NO_FIGURE.match(clock.reading.text, mention.end) is not None


def tells_state(clock: Clock, mention: TimeMention) -> bool:
    """总投资5亿元,目前正在建设;: how the project told before stands, with no figure of its own."""
    if clock.reading.text[mention.start - 1 : mention.start] != "，":
        return False
    return _STATE_OF_PROJECT.match(clock.reading.text, mention.end) is not None


Aside = Callable[["Clock", TimeMention], bool]
ASIDES: tuple[Aside, ...] = (is_said_of_every_year,)
# Known by what goes on right after a time; none of these is asked where a mark stands there.
ASIDES_BY_WHAT_FOLLOWS: tuple[Aside, ...] = (
    is_of_something_else,
    places_year,
    foresees_completion,
    records,
    begins_turn,
)
# These set a time beside another that was told before it, and are asked only where one was.
ASIDES_BESIDE_ANOTHER: tuple[Aside, ...] = (gives_cause, looks_back)
ASIDES_BESIDE_ANOTHER_BY_WHAT_FOLLOWS: tuple[Aside, ...] = (
    repeats_year,
    names_event,
    is_compared_though_unsaid,
)
# Those that a time may be, by whether another was told and whether the text goes on without a mark.
_ASIDES_OPEN = {
    (False, False): ASIDES,
    (False, True): ASIDES + ASIDES_BY_WHAT_FOLLOWS,
    (True, False): ASIDES + ASIDES_BESIDE_ANOTHER,
    (True, True): (
        ASIDES + ASIDES_BY_WHAT_FOLLOWS + ASIDES_BESIDE_ANOTHER + ASIDES_BESIDE_ANOTHER_BY_WHAT_FOLLOWS
    ),
}
_MARKS = frozenset("，。；")


def is_said_in_passing(clock: Clock, mention: TimeMention) -> bool:
    """Whether a time is only compared with, or one of the tests knows it for one that is not of what is told."""
    if mention.comparison or _is_aside_of_its_form(clock, mention):
        return True
    goes_on = clock.reading.text[mention.end : mention.end + 1] not in _MARKS
    # An any() would cost as much as most of the tests.
    for is_aside in _ASIDES_OPEN[clock.now.mention is not None, goes_on]:  # noqa: SIM110
        if is_aside(clock, mention):
            return True
    return False


def _is_aside_of_its_form(clock: Clock, mention: TimeMention) -> bool:
    """Whether one of the tests that only one form of time can pass knows it: a day, 目前, 年内, 全年."""
    if mention.days:
        return tells_when_announced(clock, mention)
    if mention.form == "now":
        return tells_state(clock, mention)
    if mention.months:
        return False
    if mention.vague:
        return lies_within_year_said(clock, mention) or names_budget(clock, mention)
    return mention.year is None and mention.relative is None and belongs_to_target(clock, mention)
