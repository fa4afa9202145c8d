"""A noun phrase becomes a figure's indicator, or another figure's indicator is taken over.

What all kinds share: which phrases say nothing, which name an owner, what is measured of an industry.
"""

from __future__ import annotations

import re

from helpers.figure import Figure, Reading
from helpers.lexicon import read_lexicon
from helpers.observation import Kind, Reason
from helpers.phrase import left_phrase
from helpers.segment import Span

_NO_NOUN_BEGINS = re.compile(
    r"按|逊于|优于|好于|不及|符合|创(?!新|意|业|投)|较|比|位居|为历|连续|高于|低于|快于|增至|减至|升至|降至|达"
    r"|[\d一二三四五六七八九十]+年[间来内]?$|(?:经|扣除)(?:调整)?季节(?:变动|性)?(?:因素)?(?:调整)?后?$|[增减多少][收支投]$"
)
_NO_NOUN_ENDS = ("新高", "新低", "汇率", "汇率折算", "汇率折合", "汇率计算")
# Whom an economy trades with: whose a figure is, never what it measures.
_PARTNERS = frozenset(
    [
        "东盟",
        "东协",
        "欧盟",
        "欧洲",
        "北美",
        "北美洲",
        "非洲",
        "中东",
        "拉美",
        "拉丁美洲",
        "东南亚",
        "大洋洲",
        "中国",
        "大陆",
        "陆港",
    ]
)
_EDGES = "、 ：:"


_COUNTED = frozenset({Kind.PROJECT_COUNT, Kind.COUNT})
# A named project or company before the noun is the subject: 先导科技集团|签约投资.
_OWNER = re.compile(
    r"(?P<owner>[^，。；]{2,}?(?:项目|有限公司|(?:公司|集团|股份)(?:[^，。；、]{2,16}?项目)?|产业园|基地))(?:约定|预计|将|可|共)*(?P<noun>[^项额].+)$"
)


_CLASS_OF_OWNERS = re.compile(
    r"以上|以下|类项目|重点|各类|省外|市外|新引进|服务项目|(?:产业|工业|投资|建设)项目$|^(?:农业|水利|城建|交通|城乡|内资|外资|民间|新建|续建|在建|前期|建成|民生|社会事业|其[他它])+项目$|^(?:.|这些|全部|上述|所有)?项目$"
)


_SUM_OF_CLASS = re.compile(r"(?:年度)?(?:计划|累计|日均)*(?:完成|总)投资额?|(?:年度)?计划总?投资|投资额")


_OWNS = re.compile("项目|公司|集团|股份|产业园|基地")  # one of them stands in _OWNER


def _without_owner(reading: Reading, figure: Figure, span: Span) -> Span:
    if figure.kind in _COUNTED or not _OWNS.search(reading.text, span.start, span.end):
        return span
    match = _OWNER.match(reading.text[span.start : span.end])
    if not match or len(match["noun"]) < 2:
        return span
    if _CLASS_OF_OWNERS.search(match["owner"]) and not _SUM_OF_CLASS.fullmatch(match["noun"]):
        return span
    figure.subject = match["owner"]
    return Span(span.start + match.start("noun"), span.end)


def is_pointless(word: str) -> bool:
    """Whether a word alone says nothing of what is measured: 总额, 其中."""
    return word in read_lexicon("pointless").meanings


def take(reading: Reading, figure: Figure, span: Span, rule: str) -> bool:
    """Make the phrase in a span the indicator, unless it is no noun."""
    span = _without_owner(reading, figure, span)
    phrase = reading.text[span.start : span.end].strip(_EDGES)
    bare = phrase.strip("“”‘’").removesuffix("中")
    if bare in _PARTNERS:
        figure.subject = bare
        return False
    if len(bare) < 2 or is_pointless(bare) or bare.isdigit():
        return False
    if bare.endswith(_NO_NOUN_ENDS) or _NO_NOUN_BEGINS.match(bare):
        return False
    if _GOES_BEYOND_NOUN.search(phrase):
        phrase, span = _noun_alone(reading, figure, phrase, span)
    figure.doer = _doer_of(reading, figure, span)
    figure.indicator, figure.indicator_span = figure.doer + phrase, span
    figure.because("indicator", rule, span=span, text=reading.text)
    figure.indicator_cue = figure.reasons[-1]
    return True


def _noun_alone(reading: Reading, figure: Figure, phrase: str, span: Span) -> tuple[str, Span]:
    """A phrase without what it says of its noun: its verb, the points of an index, its pace, a plan."""
    if phrase.endswith("完成投资"):
        phrase = _DONE_WITHIN.sub(r"\1投资", phrase)
    phrase = _POINTS_OF_INDEX.sub("", phrase)
    if figure.kind is Kind.GROWTH_RATE and (speed := _SPEED.search(phrase)):
        phrase, span = phrase[: speed.start()], Span(span.start, span.start + speed.start())
    if (first := _FIRST_OF_ALL.fullmatch(phrase)) and _IS_FIRST.match(reading.text, figure.right.start):
        figure.subject = first["name"]
        phrase, span = first["noun"], Span(span.start, span.start + len(first["noun"]))
    if against := _AGAINST_PLAN.search(phrase):
        phrase, span = phrase[: against.start()], Span(span.start, span.start + against.start())
    return phrase, span


# One of them stands in whatever is taken off a phrase, and few phrases hold any.
_GOES_BEYOND_NOUN = re.compile("完成投资|指数|增速|增幅|增势|[以比较]")
_SPEED = re.compile(
    r"(?<=..)(?:的)?(?:增速|增幅|增势)(?:明显|继续|持续|有所|大幅|显著|加快|加大|提升|回升)*$"
)
# 侨外投资|以金融业14亿美元最多: whose the greatest part is.
_FIRST_OF_ALL = re.compile(r"(?P<noun>[^以]{2,})以(?P<name>[^以]{2,})")
_IS_FIRST = re.compile(r"(?:\([^()]*\))?(?:最[多高大]|居[冠首]|为[最首])")
# 固定资产投资比规划|目标920亿元: what a plan was made for stands before the comparison.
_AGAINST_PLAN = re.compile(r"(?<=..)[比较][^，。；]{0,8}(?:规划|计划|预期|目标|任务)(?:目标|的)?$")
# 城镇累计完成投资: a total is named without its verbs.
_DONE_WITHIN = re.compile(r"^(.*(?:城镇|农村|农户|控股|国有|民间|单位|开发|(?<!企)业))(?:累计|共)?完成投资$")
_POINTS_OF_INDEX = re.compile(
    r"(?<=指数)(?:[(（][A-Za-z]+[)）])?(?:为|达|是)?\d[\d.]*(?:[(（][^()（）]*=\s?100[)）])?$"
)
# 规模以上工业|完成|增加值: whose it is stands before the verb.
_DONE_BY = re.compile(r"(?:累计|共|预计|全年)*(?:完成|实现)$")
_OF_DOER = re.compile(
    r"(?:(?:工业|农业)?总?产值|增加值|销售产值|利润(?:总额)?|利税(?:总额)?|(?:主营业务|营业)?收入|出口交货值|税金|零售额)$"
)
_DOER = re.compile(
    r"(?!.{0,2}[该这各]|其(?!他..)|其他企业|其他单位)(?:[^，。；]{2,}(?:工业|业|企业|单位)|[国地]税)$"
)


def _doer_of(reading: Reading, figure: Figure, span: Span) -> str:
    """The industry that stands before the verb of what it has made; empty where there is none."""
    text = reading.text
    if text.endswith(_HALF_ENDS, span.start, span.end) and (whole := _whole_of(reading, figure, span)):
        return whole
    if not _OF_DOER.fullmatch(text, span.start, span.end):
        return ""
    if figure.previous is not None and text.startswith("、", figure.previous.quantity.reach_end):
        return figure.previous.doer
    done = _DONE_BY.search(text[figure.left.start : span.start])
    if done is None:
        return ""
    doer, _ = left_phrase(text, figure.left.start, figure.left.start + done.start(), reading.masks)
    return text[doer.start : doer.end] if _DOER.fullmatch(text, doer.start, doer.end) else ""


# 粮食|全年|总产量, 交通和通信|的|价格: the noun is cut in two by a time or a 的.
_CUT_BY_TIME = re.compile(r"(?<!年)(?<!月)(?<!\d)(?:全年|年末)$")
_REST_AFTER_TIME = re.compile(r"总?产量|产值|用户数?")
_PRICE = re.compile(r"(?:平均|消费|零售)?价格")
_HALF_ENDS = ("产量", "产值", "用户", "用户数", "价格")  # so both of these end


def _whole_of(reading: Reading, figure: Figure, span: Span) -> str:
    """The first half of a noun in two halves; empty where there is none."""
    text = reading.text
    if _REST_AFTER_TIME.fullmatch(text, span.start, span.end):
        cut = _CUT_BY_TIME.search(text[figure.left.start : span.start])
        end = figure.left.start + cut.start() if cut else None
    elif _PRICE.fullmatch(text, span.start, span.end) and text[span.start - 1 : span.start] == "的":
        end = span.start - 1
    else:
        end = None
    if end is None or end <= figure.left.start:
        return ""
    half, _ = left_phrase(text, figure.left.start, end, reading.masks)
    return text[half.start : half.end] if half.end == end and half.end - half.start >= 2 else ""


def adopt(figure: Figure, other: Figure | None, rule: str, suffix: str = "") -> bool:
    """Take over the indicator and subject of another figure."""
    if other is None or not other.indicator:
        return False
    figure.indicator = other.indicator + ("" if other.indicator.endswith(suffix) else suffix)
    figure.subject = figure.subject or other.subject
    figure.indicator_cue = other.indicator_cue
    if other.indicator_cue is not None:
        attribute, _, word, start, end = other.indicator_cue
        figure.reasons.append(Reason(attribute, rule, word, start, end))
    else:
        figure.because("indicator", rule)
    return True


_LED_TO = re.compile(r"，?(?:并|而)?(?:为|(?:增长|成长|增加|上升)?[至到]|达到?|升至|降至|增至|减至)了?")


def adopt_from_rate(reading: Reading, figure: Figure) -> bool:
    """Take over the noun of the rate by which a level came about: 总消费上升3倍至191.9亿元, 旅客减少7%至4.5万人次."""
    before = figure.previous
    if before is None or before.kind is not Kind.GROWTH_RATE or not figure.is_bare:
        return False
    if not _LED_TO.fullmatch(reading.text, figure.left.start, figure.left.end):
        return False
    return adopt(figure, before, "of the rate that led to the level")


# An industry, a kind of owner or an area: what is measured of it was said before.
_PART = re.compile(
    r"(?:业|企业|行业|产业|工业|地区|城市|城镇|农村|乡村|经济|类|片区|保税区|开发区|园区|成员国|国家)$"
)


_MEASURE = re.compile(
    r"(?:(?<!加)工业|固定资产|房地产开发|居民消费|社会消费品|合同利用|实际利用|实际使用|实际到位|到位|出口交货|主营业务|营业|商品房)*"
    r"(?:(?:直接)?(?:利用|使用)?(?:外资|内资)?合同(?:外资)?额|投资|增加值|产值|价格|销售额|零售总?额|销售面积|利润总额|利税总额|总额|产量|销量|收入|支出|进出口|出口|进口|利润|税收|余额|接单|订单"
    r"|排放量|金额|外资|资金|用电量|营业额)$"
)


_RATE_OF = re.compile(r"(?:增速|增幅|涨幅)$")


def complete_part(figure: Figure, whole: Figure | None) -> None:
    """制造业增长6%, after 规模工业增加值增长5%, is 制造业工业增加值."""
    phrase = figure.indicator or ""
    if whole is None or not whole.indicator:
        return
    if not _PART.search(phrase):
        figure.measured = figure.measured or (None if _MEASURE.search(phrase) else whole.measured)
        return
    match = _MEASURE.search(_RATE_OF.sub("", whole.indicator))
    measured = whole.measured or (match[0] if match else "")
    if not measured or whole.kind is Kind.SHARE:
        return
    figure.subject, figure.measured = phrase, measured
    figure.indicator = phrase + measured.removeprefix(phrase)


_MEASURE_HERE = re.compile(_MEASURE.pattern.removesuffix("$"))


def note_what_is_measured(reading: Reading, figure: Figure) -> None:
    """Keep what is measured of the things counted, for the rates after it: 34个行业|工业增加值增长."""
    match = _MEASURE_HERE.match(reading.text, figure.after.end, figure.right.end)
    figure.measured = match[0] if match else None


# 工业增加值延续平稳向好趋势,同比增长9.6%: the noun stands before the verb.
_STATES = re.compile(
    r"(?:成长|衰退|增幅|跌幅)(?:率|幅度)?(?:最|次之|居|为)[^，。；]{0,4}$|(?:总体|整体|持续)*(?:延续|保持|继续|呈现?|维持|实现|出现)[^，。；]*$|(?:续|再|改|齐|双|同)?(?:创|写|刷新|登|缔造)(?!新[产动型]|意|业|投)[^，。；]{0,6}(?:高|纪录|低)$"
)


_COMPARED_WITH = re.compile(r"[与同和跟][^，。；]{2,14}(?:比较|相比)$")  # 消费物价与一年前同月比较,上升2%
_DOES = re.compile(
    r"(?:有所|增势|增速|态势|表现|走势|形势)(?:放缓|趋缓|回升|回暖|回落|下滑|强劲|平稳|较快|活跃|良好|向好|加快|低迷|疲软|亮眼|突出|稳定)$"
)


def noun_of_clause_before(reading: Reading, figure: Figure) -> bool:
    """Take the noun of the clause before, for a figure whose own clause has none."""
    if figure.clause.start <= figure.sentence.start:
        return False
    start = figure.previous.quantity.reach_end if figure.previous else figure.sentence.start
    if start >= figure.clause.start - 1:
        return False
    end = figure.clause.start - 1
    if reading.text.endswith("方面", start, end):
        end -= len("方面")
    if points := _POINTS_OF_INDEX.search(reading.text, start, end):
        end = points.start()
    if compared := _COMPARED_WITH.search(reading.text, start, end):
        end = compared.start()
    states = _STATES.search(reading.text, start, end) or _DOES.search(reading.text, start, end)
    span, _ = left_phrase(reading.text, start, states.start() if states else end, reading.masks)
    return take(reading, figure, span, "noun of the clause before")
