"""The heading of a row or column → what it says of its figures: period, place, indicator, unit, and what they are.

工业投资(亿元) is a level in 亿元, 同比±% a rate, 占年计划(%) a completion rate, 2023年1-6月 a period, 位次 a rank. What
says nothing of its own (总量, 绝对值, 指标) leaves the rest to the other heading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from helpers.mentions.gazetteer import full_names, short_names
from helpers.mentions.quantity import units

LEVEL, RATE, PLAN, SHARE, RANK, OTHER = "level", "rate", "plan", "share", "rank", "other"

_BRACKETED = re.compile(r"[(（\[【]([^()（）\[\]【】]{1,20})[)）\]】]")
_UNIT_LABEL = re.compile(r"(?:计量)?单位[:：]?")
_AFTER_LABEL = re.compile(r"(?:计量)?单位[:：]\s*([^\s,，。;；)）]+(?:[、/,，][^\s,，。;；)）]+)*)")
_SIZE = "[十百千万亿]*"
_DASH = "[-—–―~～－至到]"
PERIOD = re.compile(
    rf"(?:(?:19|20)\d\d年?(?:的|度|底|末)?)?(?:1?\d{_DASH}1?\d月份?|1?\d月份?|(?:上|下)半年|(?:前[二三]|第?[一二三四1-4])个?季度|前[二三]季度)"
    rf"(?:累计|止累计)?|(?:19|20)\d\d年(?:度|底|末)?|截至1?\d月(?:底|末)"
)
BARE_YEAR = re.compile(r"(?:19|20)\d\d")
FORMER = re.compile(r"(?:上年|去年)(?:同期|同月|全年)?(?:数|值|完成)?|同期(?:数|值)")
_BASIS = r"同比|环比|比上年同期|比上年|比去年同期|比去年|较上年同期|较上年|较去年同期|比上月|较上月"
_CHANGE = r"增长率|增长速度|增长幅度|增减幅度|增减率|增幅|增速|增长|增减|涨跌幅?|涨幅|升降幅?|变动幅?|(?=±)"
_RATE = re.compile(
    rf"(?P<basis>{_BASIS})?(?:名义|实际|可比)?(?P<change>{_CHANGE})?[±+\-－/﹢]*(?P<percent>[%％])?$"
)
_SURELY_PERCENT = ("增速", "增幅", "增长率", "增长速度", "增长幅度", "增减率", "增减幅度", "涨幅")
_PLAN = re.compile(
    r"(?P<verb>累计完成|完成|占|为)?(?P<plan>(?:全?年度?|年初|目标)?(?:投资)?(?:计划|任务|目标|预算)(?:数|投资|任务)?)"
    r"(?:的|完成)?(?:率|比例|比重|进度|百分比)?[%％]?$|(?P<bare>完成(?:率|进度|比例))$"
)
_TARGET = re.compile(r"(?:年度?|全年|年初|目标)*(?:任务|目标|计划)(?:任务|目标)?[数额值]?")
_SHARE = re.compile(r"(?:比重|占比|比例|份额)[%％]?$")
_RANK = re.compile(r".{0,8}(?:位次|排名|排位|名次|排序).{0,4}|序号|编号|No\.?|№|.{0,6}(?:代码|编码)")
_EMPTY_WORDS = re.compile(
    r"(?:指标(?:名称|值)?|项目|名称|总量|绝对[量额值数]|数值|数据|数[量额]|金额|实绩|实际完成|完成(?:额|数|值|情况)?|累计(?:完成)?(?:额|数|值)?"
    r"|本[月期年季](?:止)?(?:累计)?(?:完成)?(?:数|额|值)?|总计|合计|类别|分类|内容|其中|单位名称|计量单位|单位)?$"
)
_NUMBERING = re.compile(
    r"^(?:[一二三四五六七八九十]+、|[(（][一二三四五六七八九十\d]+[)）]|\d+[、.．](?!\d)|[#*●◆■·]+|其中[:：]?|[①-⑳])\s*"
)
_PLACE_END = re.compile(r"[㐀-鿿]{2,12}(?:省|市|县|区|州|盟|旗|镇|乡|街道|新区|园区|开发区|高新区|经开区)")
_WHOLE = re.compile(r"全[省市县区州国]|[市省县区]本级")
TOTAL = re.compile(r"(?:合计|总计|小计|共计|总数|累计|平均|全部|汇总)[:：]?")


@dataclass(frozen=True, slots=True)
class Heading:
    """What one heading, or several above each other, say of the figures under them."""

    role: str = LEVEL
    period: str = ""
    former: bool = False  # 去年同期: a figure only to compare with
    place: str = ""
    indicator: str = ""
    unit: str = ""
    words: str = ""  # before a rate or a completion rate, as written: 同比, 占年计划


@cache
def is_unit(text: str) -> bool:
    """True for what is written after a number: 亿元, 万平方米, %.

    >>> is_unit("亿元"), is_unit("万吨"), is_unit("郴州")
    (True, True, False)
    """
    return re.sub(f"^{_SIZE}(?=.)", "", text) in units() or text in units()


def units_named(text: str) -> tuple[str, ...]:
    """Return the units that a caption names: 单位：亿元、%.

    >>> units_named("单位：亿元、%")
    ('亿元', '%')
    """
    match = _AFTER_LABEL.search(text)
    named = re.split(r"[、/,，]", match[1]) if match else ()
    return tuple(unit for unit in named if is_unit(unit))


def is_place(label: str) -> bool:
    """True for the name of an area as tables write it: 郴州, 渌口区, 全市.

    >>> [is_place(label) for label in ("郴州", "渌口区", "全市", "工业投资", "民间投资")]
    [True, True, True, False, False]
    """
    return bool(
        label in full_names()
        or label in short_names()
        or _WHOLE.fullmatch(label)
        or _PLACE_END.fullmatch(label)
    )


def periods_in(text: str) -> tuple[str, ...]:
    """Return the times that a text names, as written.

    >>> periods_in("郴州市2023年1—6月主要经济指标")
    ('2023年1—6月',)
    """
    return tuple(dict.fromkeys(match[0] for match in PERIOD.finditer(text)))


def read_heading(parts: Sequence[str]) -> Heading:
    """Return what headings above each other, widest first, say together.

    >>> heading = read_heading(["工业投资", "总量（亿元）"])
    >>> heading.indicator, heading.unit, heading.role
    ('工业投资', '亿元', 'level')
    >>> read_heading(["同比±%"]).role, read_heading(["占年计划比重(%)"]).role, read_heading(["2022"]).period
    ('rate', 'plan', '2022年')
    """
    whole = Heading()
    for part in dict.fromkeys(part for part in parts if part):
        whole = _joined(whole, _read_part(part))
    return whole


def _joined(above: Heading, below: Heading) -> Heading:
    dated = BARE_YEAR.match(below.period) or not below.period
    return Heading(
        role=above.role if below.role == LEVEL else below.role,
        period=(below.period or above.period) if dated else above.period + below.period,
        former=above.former or below.former,
        place=below.place or above.place,
        indicator=above.indicator + below.indicator,
        unit=below.unit or above.unit,
        words=below.words or above.words,
    )


def _read_part(part: str) -> Heading:
    """Return what one heading says."""
    text, unit, rest = part, "", ""
    for match in _BRACKETED.finditer(part):
        inner = _UNIT_LABEL.sub("", match[1]).strip()
        if is_unit(inner):
            unit = inner
        elif "%" in inner or "％" in inner:
            unit, rest = "%", "±" if "±" in inner or "+" in inner else ""
        elif not PERIOD.fullmatch(inner):
            continue
        else:
            rest = inner
        text = text.replace(match[0], rest)
    text = _NUMBERING.sub("", text.strip())
    if is_unit(text):
        return Heading(unit=text)
    if BARE_YEAR.fullmatch(text):
        return Heading(period=f"{text}年")
    if _RANK.fullmatch(text):
        return Heading(RANK, words=text)
    former = FORMER.search(text)
    if former and not _RATE.search(text)["basis"]:
        text = text.replace(former[0], "")
    else:
        former = None
    periods = periods_in(text)
    for period in periods:
        text = text.replace(period, "")
    return replace(_read_measure(text.strip(" ，,、的"), unit), period="".join(periods), former=bool(former))


def _read_measure(text: str, unit: str) -> Heading:
    """Return what a heading says without its unit and its time."""
    match = _PLAN.search(text)
    percent = unit == "%" or text.endswith(("%", "％"))
    if match and unit in ("", "%") and (match["verb"] or match["bare"] or percent):
        return Heading(PLAN, indicator=_noun(text[: match.start()]), unit="%", words=_plan_words(match))
    if _TARGET.fullmatch(text):
        return Heading(OTHER, unit=unit)
    if _SHARE.search(text):
        return Heading(SHARE, indicator=text.rstrip("%％"), unit="%")
    rate = _RATE.search(text)
    if rate["basis"] or rate["change"] or (rate["percent"] and "±" in rate[0]):
        percent = unit == "%" or rate["percent"] or rate["change"] in _SURELY_PERCENT or "±" in rate[0]
        role = RATE if percent or not unit else OTHER
        return Heading(
            role,
            indicator=_noun(text[: rate.start()]),
            unit="%" if percent else unit,
            words=rate["basis"] or "",
        )
    if is_place(text):
        return Heading(place=text, unit=unit)
    return Heading(indicator=_noun(text), unit=unit)


def _plan_words(match: re.Match[str]) -> str:
    """Return the words of a completion rate as a sentence has them: 占年计划, 完成年度计划的."""
    if match["bare"]:
        return match["bare"]
    return f"占{match['plan']}" if match["verb"] == "占" else f"完成{match['plan']}的"


def _noun(text: str) -> str:
    """Return a heading's noun, nothing where it is a word that any table has."""
    noun = text.strip(" ，,、：:的")
    return "" if _EMPTY_WORDS.match(noun) else noun
