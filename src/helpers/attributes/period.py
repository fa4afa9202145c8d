"""Which of the times said is the figure's: the nearest before it, in its paragraph or, in a bulletin, at its head."""

from __future__ import annotations

import re

from helpers.attributes.asides import FORMER_RATE
from helpers.attributes.clock import Clock, is_target_year
from helpers.attributes.stage import state_told_after
from helpers.figure import Figure, Reading
from helpers.mentions.period import TimeMention, resolve, resolve_year
from helpers.observation import Kind, Status
from helpers.rules.growth_rate import COMPARED_TIME
from helpers.rules.rule import text_before, text_between

_ALREADY = re.compile(r"已(?!建|于)")


def find_period(clock: Clock, figure: Figure) -> None:
    """The time nearest before the figure; for a plan the time it is planned for; None where nothing is said."""
    clock.advance(figure.quantity.start)
    if not _take_one_of_its_own(clock, figure):
        _take_time_told(clock, figure)


def _take_one_of_its_own(clock: Clock, figure: Figure) -> bool:
    """Give a figure a time that is not the one that the text has told, each where there is a sign of it."""
    before = figure.previous
    return (
        ((figure.dealt_time is not None or figure.level is not None) and _take_dealt(clock, figure))
        or (figure.rule == COMPARED_TIME and _take_compared(clock, figure))
        or (clock.compared >= figure.sentence.start and _take_former(clock, figure))
        or (clock.ends is not None and _take_end_of_range(clock, figure, clock.ends))
        or (before is not None and before.is_compared_with and _take_that_of_level(clock, figure, before))
        or (figure.kind is Kind.COMPLETION_RATE and _take_that_of_target(figure))
    )


def _take(reading: Reading, figure: Figure, period: str | None, rule: str, said: TimeMention) -> None:
    """Give a figure its period and the words that say it as the reason."""
    figure.period = period
    figure.because("period", rule, span=said, text=reading.text)


def _take_dealt(clock: Clock, figure: Figure) -> bool:
    """2022年和2023年分别增长5%和6%: the time that a 分别 deals to the figure."""
    dealt = figure.dealt_time or (figure.level and figure.level.dealt_time)
    if dealt is None:
        return False
    period = resolve(dealt, clock.reading.anchor, clock.now.said)
    _take(clock.reading, figure, period, "dealt out by 分别", dealt)
    return True


def _take_compared(clock: Clock, figure: Figure) -> bool:
    """比上半年(5.8%)回落: the time that a rate in brackets is of."""
    reading, end = clock.reading, figure.left.end
    beside = (t for t in reading.times_within(figure.sentence.start, end) if t.end == end - 1)
    compared = next(beside, None) or next(reversed(reading.times_within(figure.clause.start, end)), None)
    if compared is None:
        return False
    period = resolve(_same_months(clock, compared), reading.anchor, clock.now.said)
    _take(reading, figure, period, "the compared time", compared)
    return True


def _take_former(clock: Clock, figure: Figure) -> bool:
    """较上年同期的2亿元减少33%: the time of a level that is only compared with."""
    former = _former_level(clock, figure)
    if former is None:
        return False
    figure.is_compared_with = True
    period = resolve(former, clock.reading.anchor, clock.now.said)
    _take(clock.reading, figure, period, "the time compared with", former)
    _settle_estimate(clock.reading, figure)
    return True


def _take_end_of_range(clock: Clock, figure: Figure, ends: tuple[str, str]) -> bool:
    """从3万元增加到5万元, 年均增长8%: of the years that were compared before."""
    period = _between_ends(clock.reading, figure, ends)
    if period is None:
        return False
    figure.period, figure.is_compared_with = period, figure.kind in _LEVELS
    figure.because("period", "of the years that the paragraph compares")
    _settle_estimate(clock.reading, figure)
    return True


def _take_that_of_level(clock: Clock, figure: Figure, before: Figure) -> bool:
    """去年同期为8个和5亿元: the second of two levels of an earlier time."""
    if not _AND.fullmatch(text_between(clock.reading, before, figure)):
        return False
    figure.period, figure.is_compared_with = before.period, True
    figure.because("period", "of the level listed before")
    return True


def _take_that_of_target(figure: Figure) -> bool:
    """引进18个,完成任务12个的150%: a completion rate is of the time of the figure that the target is for."""
    target = figure.previous
    if target is None or not target.is_target or target.previous is None:
        return False
    figure.period = target.previous.period
    figure.because("period", "of the figure that the target is for")
    return True


def _take_time_told(clock: Clock, figure: Figure) -> None:
    """Give a figure the time that the text has told, and take that for what the text is about."""
    reading = clock.reading
    mention, said, where = _time_told(clock, figure)
    if mention is None or (mention is clock.scene and _is_of_site(reading, figure, mention)):
        _period_without_time(reading, figure)
        return
    if mention.start < reading.paragraphs[figure.paragraph].start and _tells_of_now(reading, figure):
        figure.period = f"../{reading.anchor.edtf}"
        figure.because("period", "how a project stands, told with no time: as of the article's date")
        return
    if figure.status is Status.ACTUAL:
        clock.settle(mention, said)
        if mention.year is not None:
            _settle_what_lies_ahead(reading, figure, mention)
    period = figure.period = resolve(mention, reading.anchor, said)
    if figure.status is Status.PLANNED:
        _settle_estimate(reading, figure)
        period = _period_by_status(reading, figure, mention, said)
    _take(reading, figure, period, where, mention)
    before = figure.previous
    if before is not None and before.is_compared_with and before.clause == figure.clause:
        clock.ends = _years_of(before, figure) or clock.ends


def _time_told(clock: Clock, figure: Figure) -> tuple[TimeMention | None, int | None, str]:
    """The time that holds for a figure, the year it counts by, and where it was said."""
    mention, said = clock.now.mention, clock.now.year
    where = "said before in the paragraph"
    if mention is not None and mention.at_end and _is_of_that_year(clock.reading, figure):
        mention = mention._replace(form="span", months=None, days=None, at_end=False)
    if (
        mention is not None
        and clock.span.mention is not None
        and _is_of_stocks_before(clock, figure, mention)
    ):
        (_, mention, said), where = clock.span, "what flows are summed over in the paragraph"
    if mention is None and figure.status is Status.PLANNED:
        times = clock.reading.times_within(figure.quantity.end, figure.right.end)
        mention, said = next((t for t in times if not t.comparison), None), clock.now.said
    if mention is None and _goes_on_about_main(clock, figure):
        (_, mention, said), where = clock.main, "the time of the text"
    if mention is not None and mention.start >= figure.sentence.start:
        where = "said in the sentence"
    return mention, said, where


def _is_of_that_year(reading: Reading, figure: Figure) -> bool:
    """2016年末达665户,当年产值2150亿元: whether a figure is of the year at whose end another was told."""
    return reading.text.startswith("当年", figure.left.start)


_SPENT_SO_FAR = re.compile(f"{_ALREADY.pattern}|累计|完成")


def _is_of_site(reading: Reading, figure: Figure, scene: TimeMention) -> bool:
    """10月3日,甲项目工地上,…。项目总投资5亿元,占地200亩: whether a sum or size is of what the reporter went to see."""
    if figure.kind not in (Kind.INVESTMENT, Kind.QUANTITY) or scene.start >= figure.sentence.start:
        return False
    return not _SPENT_SO_FAR.search(reading.text, figure.clause.start, figure.quantity.start)


_FLOW = re.compile(r"产量|产值|增加值|(?:零售|销售|交易|进出口)额|收入|支出|利润|[发用]电量|[客货]运量|出栏")


def _is_of_stocks_before(clock: Clock, figure: Figure, mention: TimeMention) -> bool:
    """6月末存栏20万头。肉类产量3万吨: whether the end of a month is only that of what there was in the sentence before."""
    if not mention.at_end or mention.form != "as_of" or mention.start >= figure.sentence.start:
        return False
    if clock.reading.text[mention.start] in "截到至":
        return False
    return _FLOW.search(figure.indicator or "") is not None


def _settle_what_lies_ahead(reading: Reading, figure: Figure, mention: TimeMention) -> None:
    """Make a plan of what is said of a year still to come: 到2025年,产值达100亿元; a rate of completion is none."""
    if not is_target_year(reading, mention) or figure.kind is Kind.COMPLETION_RATE:
        return
    if not (mention.last_year and _SO_FAR.search(reading.text, mention.end, figure.quantity.start)):
        figure.status = Status.PLANNED
        figure.because("status", "a year still to come", span=mention, text=reading.text)


def _period_by_status(reading: Reading, figure: Figure, mention: TimeMention, said: int | None) -> str | None:
    """The period of a result as it was told; that of a target is a year, that of a plan the time it is planned for."""
    if figure.is_target:
        return str(resolve_year(mention, reading.anchor, said) or "XXXX")
    if figure.status is not Status.PLANNED:
        return figure.period
    if _PLAN_OF_YEAR.search(reading.text, figure.left.start, figure.quantity.start):
        return _year_of_plan(reading, mention, said)
    return _planned_period(reading, figure, mention, said)


def _tells_of_now(reading: Reading, figure: Figure) -> bool:
    """Whether a sum is of a project of which only how it stands is told: 投资4亿元的甲项目,已开工建设."""
    if figure.status is not Status.ACTUAL or not reading.anchor.edtf:
        return False
    return state_told_after(reading, figure) is not None


def _years_of(former: Figure, figure: Figure) -> tuple[str, str] | None:
    """The years of two levels of which one grew into the other, None where they are no years."""
    first, last = former.period or "", figure.period or ""
    return (first, last) if first.isdigit() and last.isdigit() and first < last else None


_ON_AVERAGE = re.compile(r"年均|年平均|平均每年|年递增")


def _between_ends(reading: Reading, figure: Figure, ends: tuple[str, str]) -> str | None:
    """The time of 从3万元增加到5万元, 年均增长8%, where years were compared before; None where another is said."""
    if reading.times_within(figure.clause.start, figure.left.end):
        return None
    before = text_before(reading, figure)
    if figure.kind in _LEVELS:
        return ends[0] if before.endswith(("从", "由")) else None
    if figure.kind is Kind.GROWTH_RATE and _ON_AVERAGE.search(before):
        return "/".join(ends)
    return None


def _goes_on_about_main(clock: Clock, figure: Figure) -> bool:
    """Whether a rate without a time is of the month or quarter that the press of Taiwan or Hong Kong tells of."""
    if clock.reading.region == "CN" or figure.status is Status.PLANNED:
        return False
    months = clock.main.mention is not None and clock.main.mention.months is not None
    return months and figure.kind in (Kind.GROWTH_RATE, Kind.RATE_DIFFERENCE)


_AND = re.compile(r"[和及、]|以及")
_RATES = frozenset([Kind.GROWTH_RATE, Kind.SHARE, Kind.COMPLETION_RATE])
_TO_ITS_RATE = re.compile(
    r"的?[^，。；：、\d]{0,6}(?:是|为)(?:同比)?(?:增长|下降)?|(?:(?<=[由从][上去前]年)|(?<=[由从][上去前]年的)|(?<=[由从][上去前]年同期)|(?<=[由从]\d{4}年)|(?<=[由从]\d{4}年的))的?[^，。；：、\d]{0,6}"
    r"|(?:(?<=[较比][上去前]年)|(?<=[较比][上去前]年同期)|(?<=[较比]第[一二三四]季)|(?<=[较比]上半年))的"
)
_RATE_WORD = re.compile(r"的(?:跌幅|升幅|增幅|降幅|减幅|增速)")
_LEVELS = frozenset([Kind.INVESTMENT, Kind.PROJECT_COUNT, Kind.AMOUNT, Kind.COUNT, Kind.QUANTITY])
_TO_ITS_LEVEL = re.compile(
    r"的?(?:[^，。；：、\d多少增减升降高低快慢超]{0,8}(?:是|为|有|仅|约))?|为净?(?:盈利|亏损)"
)
_FROM_ITS_RATE = re.compile(r"的[^，。；：、\d]{0,6}")


def _former_level(clock: Clock, figure: Figure) -> TimeMention | None:
    """The time of a level that is only compared with: 较上年同期的2亿元减少33%, 去年同期为8个."""
    glue = _TO_ITS_LEVEL if figure.kind in _LEVELS else _TO_ITS_RATE if figure.kind in _RATES else None
    if glue is None:
        return None
    reading = clock.reading
    compared = _last_compared(reading, figure)
    if compared is not None:
        if glue.fullmatch(reading.text, compared.end, figure.quantity.reach_start) or (
            figure.kind in _LEVELS and _opens_clause_with_level(reading, figure, compared)
        ):
            return _same_months(clock, compared)
        if (
            figure.kind in _RATES
            and reading.text.endswith(("由", "从"), 0, compared.start)
            and _FROM_ITS_RATE.fullmatch(reading.text, compared.end, figure.quantity.reach_start)
        ):
            return compared  # 由去年底的81%提高到87%
        if compared.end == figure.quantity.reach_start and _RATE_WORD.match(
            reading.text, figure.quantity.reach_end
        ):
            return compared  # 比第1季-24.5%的跌幅为大
    opening = _opening_year_before(reading, figure) if figure.kind in _LEVELS else None
    return None if opening is None else _same_months(clock, opening)


def _last_compared(reading: Reading, figure: Figure) -> TimeMention | None:
    """The last time in the clause before a figure that something is compared with."""
    for t in reversed(reading.times_within(figure.clause.start, figure.left.end)):
        if t.comparison or (figure.previous is not None and FORMER_RATE.match(reading.text, t.end)):
            return t
    return None


_LEVEL_ALONE = re.compile(r"[^，。；：、\d多少增减升降高低快慢超比]{2,10}")


def _opens_clause_with_level(reading: Reading, figure: Figure, mention: TimeMention) -> bool:
    """去年同期到位资金38亿元, a clause of its own: the level of the former time."""
    opens = mention.start == figure.clause.start and reading.text[mention.start : mention.end].endswith(
        "同期"
    )
    return (
        opens and _LEVEL_ALONE.fullmatch(reading.text, mention.end, figure.quantity.reach_start) is not None
    )


def _opening_year_before(reading: Reading, figure: Figure) -> TimeMention | None:
    """去年同期，全市完成投资250亿元: the time that opens a sentence by itself holds for its levels."""
    times = reading.times_within(figure.sentence.start, figure.left.end)
    if len(times) != 1 or times[0].start != figure.sentence.start:
        return None
    opens = reading.text[times[0].start : times[0].end + 1]
    return times[0] if opens.endswith(("同期，", "同期,")) else None


def _same_months(clock: Clock, mention: TimeMention) -> TimeMention:
    """去年同期 as the months that are spoken of, a year before; 上年 as the year before the one that is spoken of."""
    current = clock.now.mention
    if current is None or not clock.reading.text[mention.start : mention.end].endswith("同期"):
        last_year = mention.relative == -1 and clock.reading.text.startswith("上年", mention.start)
        if last_year and clock.now.said is not None:
            return mention._replace(year=clock.now.said - 1, relative=None)
        return mention
    year = resolve_year(current, clock.reading.anchor, clock.now.year)
    if mention.relative != -1 or mention.months is not None:
        return mention
    return current._replace(year=None if year is None else year - 1, relative=None)


_SO_FAR = re.compile(f"累计|{_ALREADY.pattern}")  # 十四五期间累计引进, told before the five years are over
# it is given early in the year after the one that it looks back on
_REPORT = re.compile("工作报告|报告指出|报告回顾")
_ESTIMATES = ("预计", "预估", "估计", "预测")


def _is_estimate_of_past(reading: Reading, figure: Figure) -> bool:
    """预计 said of a year before the article's own is a first estimate of what has been."""
    cue = next((r.cue for r in figure.reasons if r.attribute == "status"), "")
    year = (
        int(figure.period.split("/")[-1][:4])
        if figure.period and figure.period[:4].isdigit() and ".." not in figure.period
        else None
    )
    if cue not in _ESTIMATES or year is None or reading.anchor.year is None:
        return False
    month = _LAST_MONTH.search(figure.period)
    over = month is not None and reading.anchor.month is not None and int(month[0]) < reading.anchor.month
    expected = cue == "预计"  # 5月预测2.74% stays a forecast
    reports_it = reading.anchor.month is None and _REPORT.search(reading.text) is not None
    if year == reading.anchor.year:
        return reports_it or (over and expected)
    return year < reading.anchor.year


_LAST_MONTH = re.compile(r"(?<=\d{4}-)\d\d$")


_TO_COME = re.compile(
    r"(?:建成|投产|达产|竣工|达效|满产|运营|投用|完工|达纲)后|预计(?:每年|年可|可|能|年均可|年实现|年产|年新增)"
)


def _settle_estimate(reading: Reading, figure: Figure) -> None:
    """Make an estimate of a year already over a result; what a project will bring, once it runs, is none."""
    if figure.status is not Status.PLANNED:
        return
    is_to_come = _TO_COME.search(reading.text, figure.sentence.start, figure.quantity.start)
    if not is_to_come and _is_estimate_of_past(reading, figure):
        figure.status = Status.ACTUAL
        figure.because("status", "an estimate of a year already over")


_PLAN_OF_YEAR = re.compile(
    r"(?:年度|当年|全年)(?:投资)?计划|年度(?:计划)?投资|(?:全年|年度|年初)(?:预期)?目标增"
)


def _year_of_plan(reading: Reading, mention: TimeMention, said: int | None) -> str:
    """1至2月…年度计划投资57亿元: a plan of the year, whatever part of it was told of."""
    year = resolve_year(mention, reading.anchor, said, planned=True)
    return "XXXX" if year is None else str(year)


_TARGETS_OF_YEAR = (Kind.GROWTH_RATE, Kind.SHARE)  # told on a day, they are of its year
_SPAN_OF_YEARS = re.compile(r"[\d一二三四五六七八九十]年(?:时间|之?间|之?内)")
# 项目规划占地30亩,总投资2亿元: told of a design, in another paragraph than the year.
_DESIGNED = re.compile(r"规划|拟建|拟新建|计划总投资|设计")
_AFTER_COMPLETION = re.compile(
    r"(?:建成|投产|达产|竣工|达效|满产|运营|投用|完工|落地|达纲)(?:后|，(?:届时|预计(?!将?于)|可|将)[^，。；]{0,12}年)"
)


def _planned_period(reading: Reading, figure: Figure, mention: TimeMention, said: int | None) -> str | None:
    """The time a figure is planned for; a past day on which it was told is not that time."""
    told_before = mention.start < figure.sentence.start
    if told_before and _SPAN_OF_YEARS.search(reading.text, figure.sentence.start, figure.sentence.end):
        return None  # 用3年时间投资90亿元
    completed = _AFTER_COMPLETION.search(reading.text, figure.sentence.start, figure.quantity.start)
    if completed and mention.start < completed.start():
        return None
    year = resolve_year(mention, reading.anchor, said, planned=True)
    if mention.form == "now" or mention.form == "since":
        return _period_of_counted(figure)
    unsaid = (told_before or mention.year is None) and not _YEAR_OF_TARGETS.match(reading.text, mention.end)
    if unsaid and year and reading.anchor.year and year < reading.anchor.year and _sets_target(figure):
        return str(reading.anchor.year)  # 2022年增长2.7%。州里定出预期目标，增长3%
    past_year = mention.months is None and not mention.days and mention.last_year is None
    if (
        past_year
        and mention.start < reading.paragraphs[figure.paragraph].start
        and _DESIGNED.search(reading.text, figure.sentence.start, figure.quantity.start)
    ):
        return None
    if told_before and mention.months and figure.kind is Kind.QUANTITY:
        return None
    by_then = mention.months and reading.text.startswith("前", mention.end) and not told_before
    if mention.form == "as_of" and (mention.at_end or mention.months is None) and not by_then:
        return None if year is None else str(year)
    if mention.days and figure.kind not in (Kind.INVESTMENT, Kind.PROJECT_COUNT):
        of_year = figure.kind in _TARGETS_OF_YEAR and mention.start < figure.sentence.start
        return None if year is None or not of_year else str(year)
    if (
        mention.start < figure.sentence.start
        and mention.months
        and figure.kind not in (Kind.GROWTH_RATE, Kind.INVESTMENT, Kind.PROJECT_COUNT)
    ):
        return None
    return resolve(mention, reading.anchor, said, planned=True)


_YEAR_OF_TARGETS = re.compile(r"(?:度)?的?[^，。；\n]{0,12}(?:目标|任务|安排)")  # 二、2025年主要目标任务


def _period_of_counted(figure: Figure) -> str | None:
    """签约项目15个,计划投资超230亿元: what the projects just counted are planned to cost is told of their time."""
    counted = figure.previous
    if counted is None or counted.kind is not Kind.PROJECT_COUNT or counted.status is not Status.ACTUAL:
        return None
    is_sum = figure.kind is Kind.INVESTMENT and counted.segment == figure.segment
    return counted.period if is_sum else None


def _sets_target(figure: Figure) -> bool:
    """Whether a rate is a target that is set in so many words."""
    why = next((r for r in figure.reasons if r.attribute == "status"), None)
    if why is None or figure.kind not in (Kind.GROWTH_RATE, Kind.SHARE):
        return False
    return why.rule == "in a list of targets" or "目标" in why.cue


def _period_without_time(reading: Reading, figure: Figure) -> None:
    text = reading.text
    before = text[figure.clause.start : figure.quantity.start]
    if figure.is_target and reading.anchor.year:
        figure.period = str(reading.anchor.year)
        figure.because("period", "a target of the year")
    elif figure.status is Status.ACTUAL and _ALREADY.search(before) and reading.anchor.edtf:
        figure.period = f"../{reading.anchor.edtf}"
        figure.because("period", "已 with no time: as of the article's date")
    elif (
        figure.status is Status.PLANNED
        and figure.kind is Kind.GROWTH_RATE
        and reading.anchor.year
        and "年均" not in before
    ):
        figure.period = str(reading.anchor.year)
        figure.because("period", "a target of the year")
    else:
        figure.because("period", "no time said")
