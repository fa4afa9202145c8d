"""An article and its clean text → its dateline: title, date, home place and region.

What the article set says comes first, then what the furniture said, then what the text lets one infer.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from helpers.article import Article
from helpers.clean import CleanText
from helpers.clean.furniture import headline
from helpers.clean.script import simplify
from helpers.mentions.period import TimeMention, find_times, parse_anchor
from helpers.mentions.place import PlaceMention, contains, find_places, region_of, resolve_relative
from helpers.segment import split_paragraphs

TITLE_LENGTH = 45
_BYLINE = re.compile(r"记者|通讯员|(?:报道|报导|讯|摄)$|^(?:来源|作者|编辑|转自)|当前的?位置|^跳到|^广告")
LAST_MONTH_OF_SUMS = 3
# The address of a page often carries its day: /2016/0927/.
_DATE_IN_ADDRESS = re.compile(r"/(?P<y>20[0-3]\d)[-/]?(?P<m>[01]\d)[-/]?(?P<d>[0-3]\d)(?:[/_.]|\d{0,10}\b)")
LEAD_LENGTH = 40
FIRST_WORDS = 12
HEAD_LENGTH = 150
LEAD_WEIGHT_LENGTH = 200
_SELF_REFERENCE = re.compile(r"[我全本][市县区省州旗]|该[市县区省]")
FEW_VOTES = 12
NATION_VOTES = 4
_NATION = re.compile(
    r"国家统计局|国务院总理|全国人民代表大会|国家发展改革委|国家发改委|中国人民银行|商务部(?!门)"
)
LEAST_VOTES = 3
HOME_KINDS = frozenset({"prefecture", "county", "province", "park"})
WHOLE_AREAS = frozenset({"全国", "台湾", "香港", "澳门"})
_PLANNING = re.compile(r"力争|争取|目标|规划|计划|预计|预期|努力|确保|将|建成后|达产")
# A line that dates the page: 2011-02-28 09:02, 2025年02月19日 10时41分; not 2024年1-6月.
_DATE_LINE = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?:-|/|\.|年)(?P<m>\d{1,2})(?:-|/|\.|月)(?P<d>\d{1,2})(?!\d|\s?月)日?"
)
DATE_LINE_LENGTH = 80
# A correspondent's place says nothing of the area where it is a capital.
_CORRESPONDENT = re.compile(r"\s?(?:报道|报导|讯|电|20\d\d[-/年])")
# 乌鲁木齐2月23日电: where the correspondent sits, in any region.
_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_WIRED_FROM = rf"\s?(?:{_NUMBER}月)?{_NUMBER}日(?:专?电|讯)"
CAPITALS = frozenset({"北京市", "台北市", "台湾"})
# Institutions and currencies that only one region's press speaks of as its own.
REGION_MARKS = {
    "台湾": re.compile(
        r"新台币|经济部|主计总?处|行政院|国发会|竹科|中科|南科|投审会|金管会|工业局|东协"
        r"|国科会|财政部统计处|统计处长|兆元|台北报导|新竹报导|台中报导|台南报导|高雄报导"
    ),
    "香港": re.compile(r"港府|政府统计处|投资推广署|投资署|香港特区|本港|港元|发展局|施政报告|立法会"),
    "澳门": re.compile(r"统计暨普查局|博彩监察协调局|澳门元|澳门币|本澳"),
}


class DatedBy(StrEnum):
    """What tells when an article was published."""

    STATED = "stated"  # by the set, the page or its address
    INFERRED = "inferred"  # from the times in the text


@dataclass(frozen=True, slots=True)
class Dateline:
    """What is known of an article as a whole.

    `published` is EDTF at the precision known (2023-07-04, 2023-07, 2023), `place` the area the article
    is about, `region` CN, HK, MO or TW, which decides what a bare 元 is. `dated_by` tells a date that is stated from
    one that is not.
    """

    title: str | None = None
    published: str | None = None
    place: str | None = None
    region: str = "CN"
    dated_by: DatedBy | None = field(default=None, repr=False)


def is_planned(text: str, mention: TimeMention) -> bool:
    """Whether a time is one that something is planned for: 力争到2025年, 到2025年."""
    if (
        text[mention.start] in "到至"
        and mention.months is None
        and (mention.start == 0 or text[mention.start - 1] in "，。；：\n— ")
    ):
        return True
    start = max(
        text.rfind("。", 0, mention.start),
        text.rfind("；", 0, mention.start),
        text.rfind("\n", 0, mention.start),
    )
    return bool(_PLANNING.search(text, max(start + 1, mention.start - 20), mention.start))


# 下半年将赴六个城市招商, 四季度,要确保新开工10个: such months are still to come when they are told.
_INTENDED = re.compile(
    r"，?[^，。；：\d\n]{0,6}?(?:将(?![近军])|拟|计划(?![的数外内任])|预计|力争|争取|确保)"
)


def lies_ahead_of_telling(text: str, mention: TimeMention) -> bool:
    """Whether a time is followed by what somebody is going to do in it: 下半年将赴…, 四季度,将新开工…."""
    return _INTENDED.match(text, mention.end) is not None


# 今年是“十五五”开局之年 dates a text to the year.
_YEAR_OF_PLAN = re.compile(
    r"(?:今年|本年)[^，。；\d]{0,4}是[^，。；\d]{0,10}(?:开局|收官|起步|头|第一|最后一)之?年"
)


def _year_within_plan(text: str, times: tuple[TimeMention, ...]) -> int | None:
    """The year that a text is of, told by where it stands in a five-year plan."""
    told = _YEAR_OF_PLAN.search(text)
    plan = next((t for t in times if told and told.start() < t.start < told.end() and t.last_year), None)
    if told is None or plan is None:
        return None
    return plan.last_year if "收官" in told[0] or told[0].endswith("最后一年") else plan.year


CAPTION_LENGTH = 40


def _years_of_captions(text: str, times: tuple[TimeMention, ...]) -> list[int]:
    """The years in which the spans of captions end: 图1:2011-2015年生产总值及增速, in a bulletin of 2015."""
    found = []
    for t in times:
        start, end = text.rfind("\n", 0, t.start) + 1, text.find("\n", t.end)
        line = text[start : end if end >= 0 else len(text)]
        is_caption = len(line) <= CAPTION_LENGTH and not any(c in line for c in "。，；")
        if is_caption and t.last_year and text[t.start].isdigit():
            found.append(t.last_year)
    return found


def _latest_year(text: str, times: tuple[TimeMention, ...]) -> int | None:
    told = [
        t
        for t in times
        if t.year and not t.comparison and not t.last_year and t.year < 2100 and not is_planned(text, t)
    ]
    if told:
        return max(t.year for t in told)
    if years := _years_of_captions(text, times):
        return max(years)
    compared = [t.year for t in times if t.year and t.comparison and not t.last_year]
    return max(compared) + 1 if compared and any(t.relative == 0 for t in times) else None


def _month_reached(mention: TimeMention) -> tuple[int, int]:
    """Years past the mention's own and the month in which it could be told: the next after a closed span."""
    month = mention.months[1]
    if mention.days:
        return 0, month
    closed = mention.months[0] < month or mention.form == "as_of"
    return (1, 1) if closed and month == 12 else (0, month + 1 if closed else month)


def infer_published(text: str) -> str | None:
    """The earliest month in which a text can have been written, from the dates that it tells as past.

    >>> infer_published("2022年出台方案。今年1至11月,全市增长8.4%;截至11月底,新增57家")
    '2022-12'
    """
    times = find_times(text, minguo=_area_of_press(text) == "台湾")
    year = _year_within_plan(text, times) or _latest_year(text, times)
    if year is None:
        return None
    reached: list[tuple[int, int]] = []
    names = names_of_events(text, times)
    lead = _day_of_lead(text, times)
    said: int | None = None
    for t in times:
        if t.comparison or t.form == "now" or t.last_year or is_planned(text, t):
            continue
        if t.year is not None:
            said = t.year
        elif t.relative is not None:
            said = year + t.relative
        still_on = lead is not None and not t.days and t.months and t.months[1] >= lead[0]
        if (
            t not in names
            and not still_on
            and t.months
            and t.months[0] > 0
            and (said is None or said == year)
            and not lies_ahead_of_telling(text, t)
        ):
            reached.append(_month_reached(t))
    if not reached:
        return str(year)
    more, month = max(reached)
    if (
        _sums_up_year(times, year)
        and not any(t.year == year for t in names)
        and month <= LAST_MONTH_OF_SUMS
        and said == year
    ):
        more = 1  # a year told as a whole, and an early month: the year after
    day = lead if not more or _sums_up_year(times, year) else None
    return f"{year + more}-{month:02}" + (f"-{day[1]:02}" if day and day[0] == month else "")


EVENT_OF_TIME = re.compile(r"[^，。；\n]{0,36}?(?:仪式|活动|大会|现场会|推进会|会议|签约|开工)")


def names_of_events(text: str, times: tuple[TimeMention, ...]) -> list[TimeMention]:
    """The times that only name the event of the day told before: 3月11日,举行2022年一季度项目签约仪式."""
    return [
        named
        for day, named in pairwise(times)
        if day.days
        and day.months
        and not named.days
        and "。" not in text[day.end : named.start]
        and EVENT_OF_TIME.match(text, named.end)
    ]


def _sums_up_year(times: tuple[TimeMention, ...], year: int) -> bool:
    """Whether the latest year is told only as a whole, never a month of it."""
    return all(t.months is None for t in times if t.year == year)


SURE_LAST_DAY = 28


def _day_of_lead(text: str, times: tuple[TimeMention, ...]) -> tuple[int, int] | None:
    """Month and day with which a news item opens (4月7日,…): news is told the day it happens."""
    for paragraph in split_paragraphs(text)[:2]:
        for t in times:
            if (
                paragraph.start <= t.start < min(paragraph.end, paragraph.start + LEAD_LENGTH)
                and t.months
                and t.days
                and t.days[0] == t.days[1]
            ):
                told_after = text[t.start - 3 : t.start] in ("昨天(", "昨日(") and t.days[0] < SURE_LAST_DAY
                return t.months[0], t.days[0] + told_after
    return None


def find_date_line(text: str) -> str | None:
    """The date of a line that carries one beside few other words, at the head or the foot of a page.

    >>> find_date_line("十一五成就\\n发布时间:2011-02-28 09:02 来源:本网")
    '2011-02-28'
    """
    lines = [line for line in text.split("\n") if line.strip()]
    for line in [*lines[:4], *lines[-2:]]:
        match = _DATE_LINE.search(line, 0, DATE_LINE_LENGTH)
        if (
            match
            and (len(line) <= DATE_LINE_LENGTH or match.start() <= 6)
            and 1 <= int(match["m"]) <= 12
            and 1 <= int(match["d"]) <= 31
        ) and (
            "，" not in line[: match.start()]
            and "。" not in line[: match.start()]
            and (match[0].count("-") or len(line) <= 50)
        ):
            return f"{match['y']}-{int(match['m']):02}-{int(match['d']):02}"
    return None


def date_in_address(text: str) -> str | None:
    """The day that a page's own address carries.

    >>> date_in_address("文章来源:http://news.example.cn/2016/0927/278246.shtml")
    '2016-09-27'
    """
    found = {
        m.groups()
        for m in _DATE_IN_ADDRESS.finditer(text)
        if 1 <= int(m["m"]) <= 12 and 1 <= int(m["d"]) <= 31
    }
    return "-".join(found.pop()) if len(found) == 1 else None


def find_title(text: str) -> str | None:
    """The first line where it reads like a title: short, no sentence of its own, and no byline."""
    first = headline(text.split("\n", 1)[0]) or ""
    is_title = 0 < len(first) <= TITLE_LENGTH and not first.endswith(("。", "；", "，", "："))
    return first if is_title and not _BYLINE.search(first) else None


def _home_of_paper(clean: CleanText) -> str | None:
    """The area that a page's publisher is named after, for a text that speaks of 我市 and never names it."""
    spoken_of = _SELF_REFERENCE.search(clean.text)
    if not spoken_of:
        return None
    head = f"{clean.byline.source or ''} {clean.raw[:HEAD_LENGTH]}"
    named = next((m for m in find_places(head) if m.kind in HOME_KINDS), None)
    level = spoken_of[0][-1]
    if named is None or level not in _LEVELS:
        return None
    if level == "省":
        return resolve_relative("全省", named.name)
    return named.name if named.kind in _LEVELS[level] else None


# Which kinds of place 全市, 我县 and their like can stand for.
_LEVELS = {
    "省": ("province",),
    "市": ("prefecture", "county"),
    "县": ("county",),
    "区": ("county", "park"),
    "州": ("prefecture",),
}


def _weight(position: int, title_end: int, lead_end: int) -> int:
    return 4 if position < max(title_end, FIRST_WORDS) else 3 if position < lead_end else 1


def _nation_of(text: str) -> str | None:
    """The whole country where only its offices speak and no area of one's own: 国家统计局发布,8月份…."""
    return "全国" if _NATION.search(text) and not _SELF_REFERENCE.search(text) else None


@lru_cache(maxsize=2)
def _area_of_press(text: str) -> str | None:
    counts = {area: len(marks.findall(text)) for area, marks in REGION_MARKS.items()}
    area = max(counts, key=counts.get)
    return area if counts[area] else None


_HELD_THERE = ("举行", "召开", "举办")
_HELD = re.compile(r"[^，。；]{0,12}?(?:举行|召开|举办|开幕|闭幕|启幕)")
# Who tells the news: 陕西省政府网站消息, 兰州日报讯.
_PUBLISHER = r"[^，。；\s]{0,6}?(?:网站|网讯|日报|晚报|新闻网|网消息|电视台|广播|通讯社|新闻办)"
_OF_THE_PRESS = re.compile(rf"{_PUBLISHER}|{_WIRED_FROM}")
_RANKED = re.compile(r"第[\d一二三四五六七八九十]+(?![届次\d一二三四五六七八九十])|首位|前[\d列茅三]")


def is_of_the_press(text: str, mention: PlaceMention) -> bool:
    """Whether a place only says who tells the news or from where: 陕西省政府网站消息, 乌鲁木齐2月23日电."""
    return _OF_THE_PRESS.match(text, mention.end) is not None


@lru_cache(maxsize=4)
def _speaks_of_itself(text: str) -> bool:
    return _SELF_REFERENCE.search(text) is not None


_IN_LISTED_NAME = re.compile(r"\)(?:、[^，。；]{2,60})?等(?:总计|共计|共)?\d+[个项家]")
_LISTED_NAME = re.compile(
    r"[^，。；、][^，。；、]{2,28}(?:、[^，。；]{2,90})?等(?:(?:总计|共计|共)?\d+[个项家]|[^，。；、\d]{0,12}项目\d+[个项])"
)


def opens_listed_name(text: str, mention: PlaceMention) -> bool:
    """Whether a place only begins a name in a list that is counted: 湖南能源光伏发电等3个重点项目."""
    if text[mention.start - 1 : mention.start] == "(" and _IN_LISTED_NAME.match(text, mention.end):
        return True
    in_full = text.endswith(mention.name, mention.start, mention.end)
    return not in_full and bool(_LISTED_NAME.match(text, mention.end))


def _is_in_list(text: str, mention: PlaceMention) -> bool:
    return text.startswith(("、", "等"), mention.end) or text[mention.start - 1 : mention.start] == "、"


# Where they are only one of a list, they are partners: 以及香港、台湾等地区.
_PARTNERS = frozenset({"香港", "澳门", "台湾"})


def _tells_home(text: str, mention: PlaceMention) -> bool:
    if mention.kind not in HOME_KINDS and mention.name not in WHOLE_AREAS:
        return False
    if mention.in_name or mention.aside or is_of_the_press(text, mention) or opens_listed_name(text, mention):
        return False
    if _RANKED.match(text, mention.end) or (mention.name in _PARTNERS and _is_in_list(text, mention)):
        return False
    if text[mention.start - 1 : mention.start] == "在" and _HELD.match(text, mention.end):
        return False
    if text.startswith(_HELD_THERE, mention.end):
        return False  # 家乡行活动杭州举行
    from_there = mention.name in CAPITALS or text.startswith("/", mention.start - 1)  # 记者某某/新竹报导
    if from_there and _CORRESPONDENT.match(text, mention.end):
        return False
    return mention.name != "全国" or not _speaks_of_itself(text)


def infer_home(text: str, title: str | None) -> str | None:
    """The area that a text is about: the one it names most, title and lead counting more."""
    mentions = [m for m in find_places(text) if _tells_home(text, m)]
    if _MAINLAND.search(text):
        mentions = [m for m in mentions if region_of(m.name) == "CN"]
    if not mentions:
        return _area_of_press(text) or _nation_of(text)
    paragraphs = split_paragraphs(text)
    title_end = paragraphs[0].end if title and paragraphs else 0
    lead_end = min(paragraphs[min(2, len(paragraphs) - 1)].end, title_end + LEAD_WEIGHT_LENGTH)
    votes: Counter[str] = Counter()
    for m in mentions:
        weight = _weight(m.start, title_end, lead_end)
        votes[m.name] += 1 if m.name == "全国" else weight * (1 if m.kind == "park" else 2)
    names = list(votes)
    for name in names:
        for other in names:
            if other != name and votes[other] and contains(name, other):
                votes[name] += votes[other] // 3
    area = _area_of_press(text.replace("港元", ""))  # the mainland's press has sums in 港元, too
    votes["全国"] += NATION_VOTES * len(_NATION.findall(text))
    best = max(votes.values())
    home = next((m.name for m in mentions if votes[m.name] == best), "全国")
    if (
        len(mentions) == 1
        and mentions[0].start > title_end
        and (text[mentions[0].start - 1] in "、和与及" or text.startswith("、", mentions[0].end))
    ):
        return _area_of_press(text)  # one name in a list of others
    if area and region_of(home) != region_of(area) and best < FEW_VOTES:
        return area
    if _speaks_of_less(text, home, mentions):
        return None
    if "我市" in text and (city := _city_of_counties(home, mentions)):
        return city
    if (_OUR_PROVINCE.search(text) or _tells_of_prefectures(text, home, mentions)) and not _OF_COUNTY.search(
        text
    ):
        return resolve_relative("全省", home) or home
    return home if best >= LEAST_VOTES or home in WHOLE_AREAS else area


def _tells_of_prefectures(text: str, home: str, mentions: list[PlaceMention]) -> bool:
    """Whether a text speaks of 全省 and names several of its prefectures, one of them oftener than the rest."""
    province = resolve_relative("全省", home) if "全省" in text else None
    named = {m.name for m in mentions if m.kind == "prefecture"}
    return (
        province is not None and sum(contains(province, name) is True for name in named) >= LEAST_PREFECTURES
    )


LEAST_PREFECTURES = 4


def _city_of_counties(home: str, mentions: list[PlaceMention]) -> str | None:
    """The city that speaks of itself as 我市 where a text names several of its counties and never it."""
    counties = {m.name for m in mentions if m.kind == "county"}
    if home not in counties:
        return None
    around = [resolve_relative("全市", county) for county in counties if county.endswith(("县", "区"))]
    city = max(set(around), key=around.count, default=None)
    inside = [county for county in counties if city and contains(city, county)]
    least = LEAST_COUNTIES if home.endswith(("县", "区")) else LEAST_WITH_CITIES
    return city if home in inside and len(inside) >= least else None


LEAST_COUNTIES = 2
LEAST_WITH_CITIES = 4  # 福鼎市 speaks of itself as 我市, too


def _speaks_of_less(text: str, home: str, mentions: list[PlaceMention]) -> bool:
    """Whether a text that names only its province speaks of 全区 or 全县: then its area is not named at all."""
    kind = next((m.kind for m in mentions if m.name == home), "country")
    return (
        kind == "province"
        and home.endswith("省")
        and not _OF_PROVINCE.search(text)
        and bool(_OF_COUNTY.search(text))
    )


_OF_PROVINCE = re.compile(r"[全我本]省|全自治区|我区各地|全区各市")
_MAINLAND = re.compile(r"我[市县省]|党工委|县委|市委")  # a mainland city speaks of itself
_OUR_PROVINCE = re.compile(r"我省|省发改委|省商务厅|省统计局|省工信厅")
_OF_COUNTY = re.compile(r"[全我][区县]|[全我]市")


def find_dateline(article: Article, clean: CleanText) -> Dateline:
    """The dateline of an article; each part is None where neither set, furniture nor text tells it."""
    title = article.title or clean.byline.title or find_title(clean.text)
    stated = article.place and simplify(article.place)  # a set may state it in the script of its articles
    place = stated or infer_home(clean.text, title) or _home_of_paper(clean)
    published, dated_by = _published(article, clean)
    return Dateline(title, published, place, region_of(place), dated_by)


def _published(article: Article, clean: CleanText) -> tuple[str | None, DatedBy | None]:
    stated = (
        article.published
        or clean.byline.published
        or find_date_line(clean.text)
        or date_in_address(article.url or clean.raw)
    )
    published = parse_anchor(stated or infer_published(clean.text)).edtf
    if published is None:
        return None, None
    return published, DatedBy.STATED if stated else DatedBy.INFERRED
