"""Rates of change: 同比增长8.4%, 下降3.5%, 保持72%的平均增速, 增长2.2倍, 翻一番."""

from __future__ import annotations

import re

from helpers.figure import Figure, Reading
from helpers.observation import Kind
from helpers.rules.rule import Rule, Verdict, glue_between, text_after, text_before, text_of

LIST_GLUE = re.compile(r"[、和与及以至到\-—~～，,；/ (（:：]*但?(?:分别)?(?:为|达|达到)?[、 ]*")
_RATE_NOUN = re.compile(
    r"(?:左右|以上|以内|上下)?的?(?:年度?)?[^，。；、\d]{0,12}?(?P<noun>增长率|增长|增速|增幅|涨幅|升幅|成长|年增率|跌幅|降幅|下滑|衰退|减幅)(?!点|极|引擎|动能)"
)
_OTHERS_OF_LIST = re.compile(r"(?:[、和及与]\d+(?:\.\d+)?(?:%|倍))*")
_FALLING = ("跌幅", "降幅", "下滑", "衰退", "减幅")
_OTHER_MEASURE = re.compile(
    r"(?:占|比重|占比|贡献率|完成率|覆盖率|比例|份额|利率|增长面|盈利面|亏损面)[^，。；]{0,14}$"
)
# The words before a level that is reached end so: 降至, 回落到了, 下修为约.
_REACHES = tuple("到至为了约近")
_LEVEL_REACHED = re.compile(r"(?:提高|提升|上升|增加|增长|扩大|下降|降低|回落|降)(?:到|至)了?(?:约|近)?$")


def _reaches_level(reading: Reading, figure: Figure) -> bool:
    """Whether the word before the figure can be that of a level reached, which most rates are not."""
    return reading.text.endswith(_REACHES, 0, figure.left.end)


def _sign(meaning: str) -> int:
    return -1 if meaning == "fall" else 1


_RATE_LEVEL = re.compile(
    r"(?:增速|增幅|涨幅|升幅|增长率|成长率|年增率|降幅|跌幅|减幅)[^，。；]{0,10}(?:提高|提升|上升|扩大|回升|加快|下降|降低|回落|收窄|放缓|缩小|[上下]修|[上下]调|调[高低升降]|修正|调整)(?:到|至|为)了?(?:约|近)?$"
)


def rate_reaching_level(reading: Reading, figure: Figure) -> Verdict:
    """增速回落至5.1%, 升幅扩大至781.4%: the level that a rate of change has reached."""
    if not _reaches_level(reading, figure):
        return None
    match = _RATE_LEVEL.search(reading.text[figure.clause.start : figure.left.end])
    if not match:
        return None
    return (-1 if match[0][:2] in _FALLING else 1), None


# 较6月的升幅(1.9%)略低
_RATE_COMPARED = re.compile(r"[比较][^，。；、()]{2,14}的(?:相应)?(?:升幅|跌幅|增幅|变动率)\($")


def rate_of_compared_time(reading: Reading, figure: Figure) -> Verdict:
    """增长4.1%,比上半年(5.8%)回落: the rate of the earlier time, in brackets."""
    before = text_before(reading, figure)
    if not before.endswith("(") or not text_after(reading, figure).startswith(")"):
        return None
    end = figure.left.end - 1
    if _RATE_COMPARED.search(before):
        return 1, None
    beside_time = any(t.end == end for t in reading.times) or before.endswith(
        ("全省(", "全国(", "全市(", "平均(", "水平(")
    )
    earlier = figure.previous
    while earlier is not None and earlier.kind is Kind.RATE_DIFFERENCE:
        earlier = earlier.previous
    spoken = "增速" in reading.text[figure.sentence.start : figure.left.end]
    return (
        (1, None)
        if beside_time and (spoken or (earlier is not None and earlier.kind is Kind.GROWTH_RATE))
        else None
    )


_VERB_LEFT_OUT = re.compile(r"(?:^|，)(?:同比|环比)$")  # 主营业务收入50.7亿元,同比47.5%
_ASIDE = re.compile(r"(?P<word>[升跌增降减涨]幅)\([^()]{2,10}\)(?=为$)")  # 按年升幅(即基本通胀率)为1.6%


def change_before(reading: Reading, figure: Figure) -> Verdict:
    """同比增长8.4%, 比上年下降3.5%: a word of change between the noun and the rate."""
    if _reaches_level(reading, figure):
        before = text_before(reading, figure)
        if _LEVEL_REACHED.search(before):
            return None
        if aside := _ASIDE.search(before):
            return (-1 if aside["word"] in _FALLING else 1), None
    cue = reading.last_cue("change", figure.left.start, figure.left.end)
    if cue is None:
        return (1, None) if _VERB_LEFT_OUT.search(text_before(reading, figure)) else None
    if cue.end < figure.left.end and _is_of_another(reading.text[cue.end : figure.left.end]):
        return None
    return _sign(cue.meaning), cue


def _is_of_another(between: str) -> bool:
    """Whether what stands between a word of change and a rate tells that the rate is a share or a level."""
    if _OTHER_MEASURE.search(between) or "占" in between:
        return True
    return "率" in between.replace("增长率", "").replace("年增率", "")


# 超五成行业利润增长: so many of them
_MEMBERS = re.compile(r"的?(?:行业|企业|产业|产品|地区|受访|家庭|项目)")


def rate_noun_after(reading: Reading, figure: Figure) -> Verdict:
    """保持72%的平均增速, 实现5%的增长, 分别有3倍及2.4倍的升幅."""
    rest = reading.text[figure.right.start : figure.clause.end]
    others = _OTHERS_OF_LIST.match(rest)
    after = rest[others.end() :] if others[0] else text_after(reading, figure)
    match = _RATE_NOUN.match(after)
    if not match or (text_of(reading, figure).endswith("成") and _MEMBERS.match(after)):
        return None
    return (-1 if match["noun"] in _FALLING else 1), None


# 货量均录得跌幅:甲国(-25.3%)、乙国(-19.4%); 其中增长较快的有铁路运输业(105%)、道路运输业(9.3%)
LEAD_OF_NAMES = re.compile(
    r"(?P<noun>[^，。；：()]{0,24}?)(?:均|都|皆|则|亦)*(?:录得|出现|呈现?)?(?:按年|同比|环比)?"
    r"(?P<change>升幅|增幅|涨幅|跌幅|降幅|上升|上涨|增长|下跌|下降|回落)(?:较[快大高多]|最[快大高多]|居前|明显)?(?:：|的(?:主要)?(?:有|是|为|包括)：?)"
    r"(?:[^，。；：()\d]{1,20}\([^()，。；]{1,12}\))*(?:[、及和与]|以及)?(?P<name>[^，。；：()\d]{1,18})\($"
)


def rate_of_name_in_brackets(reading: Reading, figure: Figure) -> Verdict:
    """货量均录得跌幅:甲国(-25.3%)、乙国(-19.4%): what the list opens with has changed so much for each name."""
    if not text_before(reading, figure).endswith("(") or not text_after(reading, figure).startswith(")"):
        return None
    lead = LEAD_OF_NAMES.search(reading.text[figure.segment.start : figure.left.end])
    if lead is None:
        return None
    return (-1 if lead["change"] in (*_FALLING, "下跌", "下降", "回落") else 1), None


def in_list_of_rates(reading: Reading, figure: Figure) -> Verdict:
    """分别增长5%、6%和7%: a bare rate that follows a rate of change."""
    previous = figure.previous
    if previous is None or previous.kind is not Kind.GROWTH_RATE:
        return None
    return (
        (previous.value_sign, None) if LIST_GLUE.fullmatch(glue_between(reading, previous, figure)) else None
    )


# 年增3.8亿美元或35.3%: by how much, told as a sum or number and as a rate.
_OR_AS_RATE = re.compile(r"(?:，?[或即]|\([+＋]?|，合)$")
_GREW_BY = re.compile(
    r"(?P<fall>减少|下降|年减|月减|季减|下跌)?(?:增加|增长|年增|月增|季增|上升|多)?(?:了|约|近)?$"
)


def rate_of_the_difference(reading: Reading, figure: Figure) -> Verdict:
    """年增3.8亿美元或35.3%, 较去年增加29件(+3.8%): the same change as a rate."""
    before = figure.previous
    if before is None or before.clause.start != figure.clause.start:
        return None
    if not _OR_AS_RATE.fullmatch(reading.text, before.quantity.reach_end, figure.quantity.reach_start):
        return None
    grew = _GREW_BY.search(text_before(reading, before))
    return None if not grew[0] else (-1 if grew["fall"] else 1, None)


_RANKED_RATES = re.compile(r"(?:增幅|增速|涨幅|降幅)[^，。；\d]{0,8}，(?:分别)?(?:为|达)*$")


def rates_ranked_before(reading: Reading, figure: Figure) -> Verdict:
    """增幅最大,分别为22.5%和21.6%: the clause before says that rates of change follow."""
    if not figure.is_bare:
        return None
    match = _RANKED_RATES.search(reading.text, figure.sentence.start, figure.left.end)
    return (-1 if match[0].startswith("降") else 1, None) if match else None


_FORECAST = re.compile(r"(?:预测|预估|估测|原估|预计)(?:数|值|的)*$")


def forecast_of_rate(reading: Reading, figure: Figure) -> Verdict:
    """成长百分之九点四,高于预测的百分之七点八: what had been forecast of a rate just told."""
    if figure.nearest(Kind.GROWTH_RATE) is None or not _FORECAST.search(text_before(reading, figure)):
        return None
    return 1, None


_COMPARED_MULTIPLE = re.compile(
    r"(?:是|为|达到?|相当于|系|增长到|增加到|增至|扩大到|提高到|提升到|升至|上升到|超过?)[^，。；]{0,12}?的?(?:约|近|了)?$"
)


def multiple_of_former(reading: Reading, figure: Figure) -> Verdict:
    """是去年的2.2倍, 增长到2.2倍: the growth is one less than the multiple."""
    before = text_before(reading, figure)
    listed = figure.previous
    if listed is not None and listed.rule == MULTIPLE_OF_FORMER:
        return (1, None) if LIST_GLUE.fullmatch(glue_between(reading, listed, figure)) else None
    if not _COMPARED_MULTIPLE.search(before):
        return None
    former = re.search(
        r"(?:去年|上年|前年|同期|期末|期间|时期|\d{4}年|\d月|上月|五年前|年前|之前|以往|过去)[^，。；]{0,10}$",
        before,
    )
    reached = re.search(r"(?:增长|增加|扩大|提高|提升|上升|增|升)(?:到|至)", before)
    return (1, None) if former or reached else None


def doubled(reading: Reading, figure: Figure) -> Verdict:
    """翻一番, 翻两番."""
    return 1, None


RATE_BEFORE_NOUN = "rate before a noun of change"
FORECAST = "forecast of a rate"
RATE_OF_NAME = "rate of a name in brackets"
COMPARED_TIME = "rate of the compared time in brackets"
RULES = (
    Rule(COMPARED_TIME, Kind.GROWTH_RATE, rate_of_compared_time),
    Rule(RATE_OF_NAME, Kind.GROWTH_RATE, rate_of_name_in_brackets),
    Rule("level that a rate of change reached", Kind.GROWTH_RATE, rate_reaching_level),
    Rule("change word before the rate", Kind.GROWTH_RATE, change_before),
    Rule(RATE_BEFORE_NOUN, Kind.GROWTH_RATE, rate_noun_after),
    Rule("rates ranked in the clause before", Kind.GROWTH_RATE, rates_ranked_before),
    Rule(FORECAST, Kind.GROWTH_RATE, forecast_of_rate),
    Rule("rate in a list of rates", Kind.GROWTH_RATE, in_list_of_rates),
    Rule("rate of the difference just told", Kind.GROWTH_RATE, rate_of_the_difference),
)
MULTIPLE_OF_FORMER = "multiple of the former value"
MULTIPLE_RULES = (
    Rule(MULTIPLE_OF_FORMER, Kind.GROWTH_RATE, multiple_of_former),
    Rule("grown by a multiple", Kind.GROWTH_RATE, change_before),
    Rule("multiple before a noun of change", Kind.GROWTH_RATE, rate_noun_after),
    Rule("multiple in a list of rates", Kind.GROWTH_RATE, in_list_of_rates),
)
DOUBLING_RULES = (Rule("doubled", Kind.GROWTH_RATE, doubled),)
