"""Time words → EDTF periods: 今年1至11月, 前三季度, 截至6月底, 十四五期间, 民国113年.

Mentions are found without knowing the date; `resolve` then reads one against the article's date and
the year said last. Levels: https://www.loc.gov/standards/datetime/ (EDTF, ISO 8601-2).
"""

from __future__ import annotations

import re
import string
from calendar import monthrange
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

from helpers.mentions.numeral import parse_hanzi


class TimeMention(NamedTuple):
    """One time said in a text, not yet resolved.

    `year` is absolute; else `relative` counts from the article's year (今年 0, 去年 -1); both None where
    only months or days are said. `months` and `days` are (first, last). `form` is `span`, `as_of`
    (截至…), `since` (…以来) or `now` (目前). `comparison` marks a time that the text only compares with.
    """

    start: int
    end: int
    form: str
    year: int | None = None
    relative: int | None = None
    last_year: int | None = None
    months: tuple[int, int] | None = None
    days: tuple[int, int] | None = None
    comparison: bool = False
    at_end: bool = False  # 年底, 月末: the last day of the span is meant
    vague: bool = False  # 初, 上旬, 年内: not a whole span, read as the span that holds it


class Anchor(NamedTuple):
    """What relative words are resolved against: the article's date as far as it is known."""

    year: int | None
    month: int | None = None
    day: int | None = None

    @property
    def edtf(self) -> str | None:
        """The date as EDTF, None where not even the year is known."""
        if self.year is None:
            return None
        return "-".join([f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)])


def parse_anchor(published: str | None) -> Anchor:
    """The date in an EDTF text such as 2023-07 or 2023-03-17 (an approximation mark is passed over).

    >>> parse_anchor("2023-07~"), parse_anchor(None).edtf
    (Anchor(year=2023, month=7, day=None), None)
    """
    match = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", published or "")
    return Anchor(*(int(g) if g else None for g in match.groups())) if match else Anchor(None)


MINGUO = 1911  # the year before the first of the Minguo calendar
LONGEST_MONTH = 31
EARLY_MONTHS = 3  # until then a text may sum up the year before
_N = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})"
_DASH = r"\s?(?:月份?)?\s?[-—–~～至到]+\s?"
_RELATIVE = {
    "今年": 0, "本年度": 0, "本年": 0, "今": 0, "年内": 0, "当年": 0, "同年": 0, "本季": 0, "该年": 0,
    "去年": -1, "上年度": -1, "上年": -1, "前年": -2, "上一年": -1, "昨年": -1,
    "明年": 1, "来年": 1,
}  # fmt: skip
_YEAR = rf"""
    (?P<ad>(?:19|20)\d\d)(?:\.(?=\d{{1,2}}(?:[-—–~～至到]\d{{1,2}})?月)|\s?年?度?(?:\s?[-—–~～至到]\s?(?P<ad_last>(?:19|20)?\d\d))?\s?年度?)
  | (?P<hanzi_year>[一二][九〇零○][〇零○一二三四五六七八九]{{2}})年度?
  | 民国(?P<minguo>\d{{2,3}})年度?
  | (?<!\d)(?P<roc>10[1-9]|11\d)年度?(?!来|历|的|前|间|后|以|工|老)
  | (?P<event>(?:19|20)\d\d)(?=[\u4e00-\u9fff]{{2,10}}(?:大会|论坛|博览会|洽谈会|展会|年会))
  | (?<!\d)(?P<short>\d\d)年(?=全年|上半年|下半年|前|[一二三四1-4第]|末|底|度)
  | (?<![\d.,])(?P<roc_short>[4-9]\d)年度?(?!来|历|的|前|间|后|以|工|老|代)
  | (?P<relative>{"|".join(sorted((w for w in _RELATIVE if w != "今"), key=len, reverse=True))})
"""
_SINCE_LATER = r"[^，。；]{0,24}以来，"  # 从去年3月首批项目开工以来，
# 审议会19日通过7件: the day on which something was done; 为期5日举行 and 6日至8日签约 tell none alone.
_DONE_THAT_DAY = (
    r"(?<![月日\d.,、第每近约满前后个共超至到期时续了用经天—–~～-])"
    r"(?=\d\d?日(?:[上下]午|晚间?)?(?:正式|集中|已|再|共)?(?:通过|核准|核定|签约|签署|开工|动工|动土|破土|举行|举办|召开))"
)
# 由上半年的下降2.3%转为增长1.8%: of the former time is only what it was until then.
_CHANGES = (
    r"(?:上半年|第?[一二三四]季度|前[一二三]季度|\d{1,2}(?:-\d{1,2})?月份?)[底末]?的[^，。；]{2,14}?"
    r"(?:转|[升降增减]至|[升降增减]到|[提上下回扩收加放][高升降落大窄快缓][至到为])"
)
_QUARTERS = {"一": 1, "首": 1, "次": 2, "末": 4, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
# 7、8月份; 2、3月 at the head of a line may be a number and a month.
_TWO_MONTHS = rf"(?<=[^、\n（(\d一二三四五六七八九十—–~～至到-])(?P<one>{_N})、(?P<next>{_N})\s?月份?(?!\s?\d{{1,2}}[日号])"
_PART = rf"""
    (?P<first>{_N}){_DASH}(?P<last>{_N})\s?月份?
  | {_TWO_MONTHS}
  | (?P<month>{_N})\s?月份?(?:\s?(?P<day>{_N})\s?[日号](?:\s?[-—–~～至到]\s?(?:(?P<to_month>{_N})月)?(?P<to_day>{_N})\s?[日号])?)?(?P<third>[上中下]旬)?
  | (?<![提先之以])[前头首](?P<months>{_N})个?月(?!内)
  | (?P<half>[上下]半年)
  | (?P<quarters>[前首头][二两三23]个?季度?|[一1]\s?[-—至到]\s?[三3]季度?)
  | (?:第(?=.季)|(?=.季度|首季|(?<![首一])[次末]季))(?P<quarter>[一二三四首次末1-4])季度?
  | (?P<whole>全年度?)
"""
_TIME = rf"""
    (?P<comparison>(?:比|较|[高低快慢好优大小多少]于|高出|低于|超过|与|同|跟|和|相比|相较|对比|相当于|延续|承接|[由从](?=[上去前]年(?!{_SINCE_LATER})|(?:19|20)\d\d年的)|[恢回]复[到至](?=[上去前]年|(?:19|20)\d\d年)|[由从](?={_CHANGES})|是(?=“?(?:十[一二三四]?|[八九])五”?(?:期末|末|时期|期间))|是(?=[上去前]年|(?:19|20)\d\d年(?:同期)?的)|为(?=[上去前]年))(?:于|起)?\s?)?
    (?P<as_of>截至目前为止|截至|截止到?|截止至|直到|到了?|至|迄)?\s?
    (?P<time>
        (?P<plan>(?:“|")?[“"「]?(?P<plan_number>(?<![一二三四五六七八九十百千点之])(?:十[一二三四五]|[八九十])|“十[一二三四五]”)五["”」]?(?=时期|期间|期末|规划|末|以来|开局|收官|前|目标|计划|五年|头|初|中|[“”"」]|，|,|，|的|、|，))(?P<plan_end>时期末|期末|末)?(?:时期|期间)?
      | (?P<ahead>(?:今后|未来|接下来)(?P<ahead_years>{_N})(?:至(?P<ahead_last>{_N}))?年)
      | (?P<this_and_next>今明[两二]年)
      | (?P<past>(?:过去|近|最近|前)(?P<past_years>[一二三四五六七八九十]{{1,2}}|\d)年(?!度|级|前))
      | (?P<now>截至目前|截至今日|(?<!项)目前|迄今|至今|现已|如今|现有|截至发稿)
      | (?P<month_word>本月|当月|上月|上个月)
      | (?P<day_word>昨日|昨天|今日|今天)
      | (?:(?<![^，。；：\n(（ ])(?=\d\d?日[，上下晚举召在从])|{_DONE_THAT_DAY})(?P<day_alone>\d{{1,2}})日
      | (?P<year_end>年底|年末|岁末|年终)(?P<year_end_mark>)
      | (?P<year_begin>年初|年中|开年)
      | (?P<calendar>(?:(?P<year>{_YEAR})\s?的?)?(?P<part>{_PART})?
        (?P<end>年?[底末]|年终|岁末|月底|月末|季末)?(?P<begin>年?初|年中)?(?P<same>同期|同月|同季)?)
    )
    (?P<since>以来|来(?=[，,、])|起(?=[，,])|至今|迄今)?(?P<stop>止)?(?P<rolling>为?止?的(?:三|3)个月)?
"""
# Where 五 could be anything, the plans are named: 九五 (1996) to 十五五 (2026).
_PLANS = {
    "八": 1991,
    "九": 1996,
    "十": 2001,
    "十一": 2006,
    "十二": 2011,
    "十三": 2016,
    "十四": 2021,
    "十五": 2026,
}


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(_TIME, re.X)


# Cheap test for places where a time can begin at all; the pattern itself is tried only there. What its branches begin
# with stands in front of them: one class is looked at far sooner than twenty branches, and nearly all text is none.
_HEADS = re.compile(
    r"(?=[\d一二三四五六七八九十今去前本当同明后全次上来昨该下季头首年民岁开五未接过近目迄至现如])"
    r"(?:\d{1,2}日[，上下晚举召在从通核签开动破正集已再共]|\d{4}\s?年|(?:19|20)\d\d[-—–~～至到]|\d{1,2}\s?(?:月|、\d{1,2}\s?月|[-—–~～至到]{1,2}\s?\d{1,2}\s?月)|[一二三四五六七八九十]{1,2}(?:月|[、至到-][一二三四五六七八九十]{1,2}月)"
    r"|[今去前本当同明后全次上来昨该]一?年|今明|上半年|下半年|季|[前头首].{1,2}个?月|年[底末初内中终]|民国|岁末|开年|[一二][九〇零○][〇零○一二三四五六七八九]{2}年"
    r"|五[”\"」时期规末以开收前目计，,的]|今后|未来|接下来|过去|近[一二三四五六七八九十]|目前|迄今|至今|现已|如今|现有|[本当上]个?月|\d\d年|(?:19|20)\d\d(?=[\u4e00-\u9fff]{2,10}(?:大会|论坛|博览会|洽谈会|展会|年会))|[昨今]日|[昨今]天)"
)


# What the pattern can begin with; trying it at any other character would be in vain.
_FIRST = frozenset(
    "0123456789一二三四五六七八九十今去前本当同明后全次上下来昨该近最未接过截到至直迄比较与跟和相对由从恢回是为年月季底末初岁开"
    "民头首第现如目项提延承高低快慢好优大小多少超“「" + string.whitespace + '"'
)


_ALSO = re.compile(r"[、和与及]|以及")


def _number(text: str | None) -> int | None:
    if not text:
        return None
    if text.isdigit():
        return int(text)
    value = parse_hanzi(text)
    return None if value is None else int(value)


_OLD_CENTURY = 50  # 98年底 is of 1998


def _year_of_two_digits(digits: str, *, minguo: bool) -> int:
    """The year that two digits stand for: of the Minguo calendar in Taiwan's press, else of this or the last century."""
    if minguo and digits[0] in "456789":
        return int(digits) + MINGUO
    return int(digits) + (1900 if int(digits) >= _OLD_CENTURY else 2000)


def _years(match: re.Match[str], *, minguo: bool) -> tuple[int | None, int | None, int | None]:
    """Absolute year, year counted from the article's, and last year of a range of years."""
    if not match["year"]:
        return None, None, None
    if match["ad"]:
        year = int(match["ad"])
        last = match["ad_last"]
        last_year = (
            int(last) if last and len(last) == 4 else (year // 100 * 100 + int(last) if last else None)
        )
        return year, None, last_year if last_year and last_year > year else None
    if match["relative"]:
        return None, _RELATIVE[match["relative"]], None
    if match["hanzi_year"]:
        return int(parse_hanzi(match["hanzi_year"].replace("○", "〇"))), None, None
    if years_of_minguo := match["minguo"] or match["roc"]:
        return int(years_of_minguo) + MINGUO, None, None
    if match["event"]:
        return int(match["event"]), None, None
    return _year_of_two_digits(match["short"] or match["roc_short"], minguo=minguo), None, None


def _parts(match: re.Match[str]) -> tuple[tuple[int, int] | None, tuple[int, int] | None, bool]:
    """Months, days, and whether what was read is a possible date at all."""
    if not match["part"] or match["whole"]:
        return None, None, True
    if match["first"]:
        months = (_number(match["first"]), _number(match["last"]))
        return months, None, 1 <= months[0] <= months[1] <= 12
    if match["one"]:
        months = (_number(match["one"]), _number(match["next"]))
        return months, None, 1 <= months[0] == months[1] - 1 < 12
    if match["month"]:
        month = _number(match["month"])
        last_month = _number(match["to_month"]) or month
        day = _number(match["day"])
        last_day = _number(match["to_day"]) or day
        fits = (
            1 <= month <= 12
            and 1 <= last_month <= 12
            and (day is None or (1 <= day <= 31 and 1 <= last_day <= 31))
        )
        return (month, last_month), (day, last_day) if day else None, fits
    if match["months"]:
        last = _number(match["months"])
        return (1, last), None, 1 < last <= 12
    if match["half"]:
        return ((1, 6) if match["half"][0] == "上" else (7, 12)), None, True
    if match["quarters"]:
        return ((1, 9) if "三" in match["quarters"] or "3" in match["quarters"] else (1, 6)), None, True
    quarter = _QUARTERS[match["quarter"]]
    return (3 * quarter - 2, 3 * quarter), None, True


def _mention(match: re.Match[str], *, minguo: bool) -> TimeMention | None:
    """The time that was matched, None where it is no possible date or tells nothing by itself."""
    if match["calendar"]:
        return _calendar_time(match, minguo=minguo)
    return _worded_time(match)


def _beginning(match: re.Match[str]) -> tuple[int, str]:
    """Where a time begins, and its form as far as the words around it tell."""
    if not match["as_of"]:
        return match.start("time"), "as_of" if match["stop"] else "since" if match["since"] else "span"
    names_whole = match["as_of"][0] in "到至直" and not match["end"] and not match["month"]
    return match.start(
        "as_of"
    ), "span" if names_whole else "as_of"  # 到2025年 names the year, 到2025年底 its last day


_YEAR_REVIEWED = re.compile(r"(?:19|20)\d\d年[^\n]{0,12}\n[^\n。]*$")
_HEADING_REACH = 40


def _is_under_year(text: str, start: int) -> bool:
    """Whether a heading right above names the year that 过去一年 is: 一、2018年工作回顾."""
    return _YEAR_REVIEWED.search(text, max(0, start - _HEADING_REACH), start) is not None


def _worded_time(match: re.Match[str]) -> TimeMention | None:
    """A time that is said without a year, a month or a quarter of the calendar: 目前, 十四五期间, 今后三年, 昨日."""
    (start, _), end = _beginning(match), match.end()
    comparison = bool(match["comparison"])
    if match["now"]:
        return TimeMention(start, end, "now")
    if match["plan"]:
        first = _PLANS.get(match["plan_number"].strip("“”"))
        if first is None:
            return None
        if match["plan_end"]:
            return TimeMention(start, end, "span", year=first + 4, comparison=comparison)
        return TimeMention(start, end, "span", year=first, last_year=first + 4, comparison=comparison)
    if match["ahead"]:
        years = _number(match["ahead_years"])
        return (
            TimeMention(start, end, "span", relative=0, last_year=years - 1) if years and years > 1 else None
        )
    if match["this_and_next"]:
        return TimeMention(start, end, "span", relative=0, last_year=1)
    if match["past"]:
        years = _number(match["past_years"])
        if years == 1 and match["past"].startswith("过去") and not _is_under_year(match.string, start):
            return TimeMention(start, end, "span", relative=-1)  # what a report looks back on
        return TimeMention(start, end, "span", relative=-years, last_year=-1) if years and years > 1 else None
    if match["month_word"]:
        if match["month_word"] == "当月":
            return None  # the month said before it
        offset = -1 if match["month_word"].startswith("上") else 0
        return TimeMention(start, end, "span", months=(offset, offset), comparison=comparison, vague=True)
    if match["day_word"]:
        offset = -1 if match["day_word"].startswith("昨") else 0
        return TimeMention(start, end, "span", days=(offset, offset), comparison=comparison, vague=True)
    if match["day_alone"]:
        day = int(match["day_alone"])
        return TimeMention(start, end, "span", days=(day, day)) if 1 <= day <= LONGEST_MONTH else None
    if match["year_end"]:
        return TimeMention(start, end, "as_of", at_end=True, comparison=comparison)
    return TimeMention(start, end, "span", relative=0, vague=True, comparison=comparison)  # 年初


def _calendar_time(match: re.Match[str], *, minguo: bool) -> TimeMention | None:
    """A year, months or days of the calendar: 2023年1-6月, 去年同期, 11月底."""
    if match["roc_short"] and not minguo:
        return None
    year, relative, last_year = _years(match, minguo=minguo)
    months, days, fits = _parts(match)
    if not fits:
        return None
    start, form = _beginning(match)
    at_end = bool(match["end"])
    if at_end and form == "span":
        form = "as_of"
    if match["relative"] in _SAID_BEFORE:
        relative = None
        if months is None:
            return None
    if match["rolling"] and months:
        months, form, at_end = (max(1, months[1] - 2), months[1]), "span", False
    comparison = bool(match["comparison"] or match["same"])
    vague = bool(match["begin"] or match["third"]) or match["relative"] == "年内"
    return TimeMention(
        start, match.end(), form, year, relative, last_year, months, days, comparison, at_end, vague
    )


_SAID_BEFORE = frozenset({"当年", "同年"})  # the year said before it


LONGEST_LEAD_IN = 6
_NEVER_WITHIN = frozenset("，。；：、！？（）,;:!?()")  # no time runs over one of these


def _lead_in(text: str, least: int, head: int) -> int:
    """Where what belongs to a time can begin before its head: 比 of 比去年, 截至 of 截至6月底; not before `least`."""
    start, least = head, max(least, head - LONGEST_LEAD_IN)
    while start > least and text[start - 1] not in _NEVER_WITHIN:
        start -= 1
    return start


@lru_cache(maxsize=2)  # the dateline and the rows are read from the same text
def find_times(text: str, *, minguo: bool = False) -> tuple[TimeMention, ...]:
    """The times said in a text, in order and without overlap; what is no possible date is left out.

    With `minguo` a year of two digits is of the calendar that Taiwan's press counts by: 93年底 is that of 2004.

    >>> text = "今年1至11月,全市增长8.4%;截至11月底,比去年同期多107家"
    >>> [(text[t.start:t.end], t.form, t.comparison) for t in find_times(text)]
    [('今年1至11月', 'span', False), ('截至11月底', 'as_of', False), ('去年同期', 'span', True)]
    """
    found: list[TimeMention] = []
    match_at, position = _pattern().match, 0
    for head in _HEADS.finditer(text):
        if head.start() < position:
            continue
        for offset in range(_lead_in(text, position, head.start()), head.end()):
            if text[offset] not in _FIRST:
                continue
            match = match_at(text, offset)
            if match and match.end() > head.start() and match["time"]:
                mention = _mention(match, minguo=minguo)
                if (
                    mention
                    and found
                    and found[-1].comparison
                    and _ALSO.fullmatch(text, found[-1].end, offset)
                ):
                    mention = mention._replace(comparison=True)  # 比上年同期、上年全年
                if mention and _begins_what_goes_on(text, mention):
                    mention = mention._replace(form="since")
                if mention and not (offset and text[offset].isdigit() and text[offset - 1] in "0123456789."):
                    found.append(mention)
                    position = match.end()
                    break
    return tuple(found)


_UNTIL_NOW = re.compile(r"[^，。；\d]{2,22}以来，")


def _begins_what_goes_on(text: str, mention: TimeMention) -> bool:
    """Whether a time is the one since when something is told: 从2月首批项目开工以来,."""
    starts = mention.start > 0 and text[mention.start - 1] in "从自"
    return starts and mention.form == "span" and _UNTIL_NOW.match(text, mention.end) is not None


def _last_day(year: int, month: int) -> int:
    return monthrange(year, month)[1]


def _date(year: int | None, month: int, day: int | None = None) -> str:
    head = "XXXX" if year is None else f"{year:04}"
    return f"{head}-{month:02}" + (f"-{day:02}" if day else "")


@lru_cache(maxsize=1 << 10)  # of the calendar there are few
def _end_of(year: int | None, months: tuple[int, int] | None, days: tuple[int, int] | None) -> str:
    month = months[1] if months else 12
    day = days[1] if days else _last_day(year or 2001, month)
    return _date(year, month, day)


def resolve_year(
    mention: TimeMention, anchor: Anchor, said: int | None, *, planned: bool = False
) -> int | None:
    """The year of a mention: its own, else counted from the article's, else the one said before it.

    A year still to come, said of a goal, is not that of the months told after it. With no year said, months
    later than the article's own month are last year's; so are 年末, and 全年 early in a year. What is `planned`
    lies ahead: its months are this year's.
    """
    if mention.year is not None:
        return mention.year
    if mention.relative is not None:
        return None if anchor.year is None else anchor.year + mention.relative
    if said is not None and not (mention.months and anchor.year is not None and said > anchor.year):
        return said
    if anchor.year is None or anchor.month is None or planned:
        return anchor.year
    last_month = mention.months[1] if mention.months else 12
    begun = mention.months is not None and mention.months[0] <= anchor.month and anchor.month > EARLY_MONTHS
    over = (
        last_month <= anchor.month
        or begun
        or (mention.months is None and not mention.at_end and anchor.month > EARLY_MONTHS)
    )
    return anchor.year if over else anchor.year - 1


@lru_cache(maxsize=64)  # one time is that of many figures
def resolve(
    mention: TimeMention, anchor: Anchor, said: int | None = None, *, planned: bool = False
) -> str | None:
    """The EDTF period of a mention; None where nothing of it is known.

    `said` is the year that the text named last, for months and days without a year.

    >>> anchor = parse_anchor("2022-12")
    >>> [resolve(t, anchor) for t in find_times("今年1至11月;截至11月底;去年;今后三年;目前;2018年以来;6月30日;前三季度")]
    ... # doctest: +NORMALIZE_WHITESPACE
    ['2022-01/2022-11', '../2022-11-30', '2021', '2022/2024', '../2022-12', '2018/..', '2022-06-30', '2022-01/2022-09']
    """
    if mention.form == "now":
        return f"../{anchor.edtf}" if anchor.edtf else None
    months = mention.months
    if mention.vague and months and months[0] <= 0:
        return _month_near(anchor, months[0])
    if months is None and mention.days:
        return (_day_near if mention.vague else _day_before)(anchor, mention.days[0])
    year = resolve_year(mention, anchor, said, planned=planned)
    if mention.last_year is not None:
        last = mention.last_year if mention.relative is None else (anchor.year or 0) + mention.last_year
        return None if year is None else (f"{year}/{last}" if last != year else f"{year}")
    if mention.form == "as_of":
        return f"../{_end_of(year, months, mention.days)}"
    if mention.form == "since" and not (mention.relative == 0 and months is None):
        return f"{_span(year, months, mention.days).partition('/')[0]}/.."
    return _span(year, months, mention.days)


@lru_cache(maxsize=1 << 10)
def _span(year: int | None, months: tuple[int, int] | None, days: tuple[int, int] | None) -> str:
    if months is None:
        return "XXXX" if year is None else f"{year:04}"
    first, last = months
    if days:
        start, end = _date(year, first, days[0]), _date(year, last, days[1])
    else:
        start, end = _date(year, first), _date(year, last)
    return start if start == end else f"{start}/{end}"


def _month_near(anchor: Anchor, offset: int) -> str | None:
    if anchor.year is None or anchor.month is None:
        return None
    months = anchor.year * 12 + anchor.month - 1 + offset
    return _date(months // 12, months % 12 + 1)


def _day_near(anchor: Anchor, offset: int) -> str | None:
    if not (anchor.year and anchor.month and anchor.day):
        return None
    return (date(anchor.year, anchor.month, anchor.day) + timedelta(days=offset)).isoformat()


def _day_before(anchor: Anchor, day: int) -> str | None:
    """The day of the article's month, or of the month before where that day was still to come."""
    later = anchor.day is not None and day > anchor.day
    month = _month_near(anchor, -1 if later else 0)
    return None if month is None else f"{month}-{day:02}"
