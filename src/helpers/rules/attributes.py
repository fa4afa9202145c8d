"""Kind known → the other attributes, each from cues with direction and scope, each with its reason.

One function an attribute; it fills the figure's field and notes why. The order in which extract.py
calls them matters: the period needs the status, the status of a past year needs the period.
"""

from __future__ import annotations

import re
from dataclasses import replace

from helpers.lexicon import Cue
from helpers.observation import Basis, Bound, Kind, Reason, Stage, Status
from helpers.period import TimeMention
from helpers.place import PlaceMention, contains
from helpers.quantity import DOUBLING, MONEY, PHYSICAL
from helpers.rules.figure import Figure, Reading
from helpers.rules.growth_rate import _LIST_GLUE, COMPARED_TIME
from helpers.rules.investment import INVESTMENT_SPOKEN_OF, TARGET_OF_INVESTMENT, money_cue
from helpers.rules.phrase import left_phrase
from helpers.rules.project_count import is_difference
from helpers.segment import Span, clause_start

RATES = (Kind.GROWTH_RATE, Kind.RATE_DIFFERENCE, Kind.COMPLETION_RATE)
_RATE_KINDS = (*RATES, Kind.SHARE)

# --- status -------------------------------------------------------------------------------------------------------

_DONE = re.compile(r"已(?!明确)|目前|截至|实现了|完成了|同比(?=增长|下降)|累计|实际完成|；")
_ADJACENT_REACH = 4
NAME_REACH = 16


def _clause_over_colon(text: str, figure: Figure) -> int:
    """Where the figure's clause begins, together with what introduces it: 今年目标:增长4%."""
    start = figure.clause.start
    if start > figure.sentence.start and text[start - 1] in "：:":
        return clause_start(text, start - 1, figure.sentence.start)
    return start


def _plans(reading: Reading, figure: Figure, cue: Cue) -> bool:
    """Whether a status cue reaches the figure."""
    start = figure.quantity.start
    if cue.start >= figure.quantity.end:
        return cue.direction != "right" and cue.end <= figure.clause.end
    if cue.direction == "left":
        return False
    if cue.scope == "adjacent":
        return start - cue.end <= _ADJACENT_REACH
    if (cue.scope == "clause" or reading.text.startswith("截至", figure.sentence.start)) and cue.start < _clause_over_colon(reading.text, figure):
        return False
    return not _DONE.search(reading.text, cue.end, start)


_LOOSE_ABOUT = re.compile(r"约(?=占[^，。；\d]{0,10}的?$)")
_LOOSE_BOUND = re.compile(r"(?P<least>至少|最少|不少于|不低于)|(?P<most>至多|最多|不超过)")


def find_bound(reading: Reading, figure: Figure) -> None:
    """The bound beside the figure, else one that its verb parts from it: 至少贡献外资1千万美元."""
    q = figure.quantity
    if q.bound is not Bound.EXACT:
        span = Span(q.reach_start, q.start) if q.reach_start < q.start else Span(q.end, q.reach_end)
        figure.because("bound", "word beside the figure", span=span if span.start < span.end else Span(q.start, q.end), text=reading.text)
        return
    about = _LOOSE_ABOUT.search(reading.text, figure.left.start, figure.left.end)
    if about and q.measure == "percent":
        figure.quantity = q._replace(bound=Bound.ABOUT)
        figure.because("bound", "word before the figure's noun", span=Span(*about.span()), text=reading.text)
        return
    match = _LOOSE_BOUND.search(reading.text, figure.left.start, figure.left.end)
    if match and figure.quantity.measure in (MONEY, PHYSICAL, "count"):
        figure.quantity = q._replace(bound=Bound.AT_LEAST if match["least"] else Bound.AT_MOST)
        figure.because("bound", "word before the figure's verb", span=Span(*match.span()), text=reading.text)


def _in_name(text: str, cue: Cue) -> bool:
    """Whether a cue stands within a short name in quotation or title marks: 「生活补贴计划」."""
    for opening, closing in ("「」", "《》", "“”"):
        start = text.rfind(opening, max(0, cue.start - NAME_REACH), cue.start)
        if start >= 0 and text.find(closing, start, cue.start) < 0 and 0 <= text.find(closing, cue.end, cue.end + NAME_REACH):
            return opening != "“" or not any(c in "，。；" for c in text[start : text.find(closing, cue.end)])
    return False


def find_status(reading: Reading, figure: Figure) -> None:
    """Planned where a cue of a plan reaches the figure, else actual."""
    if figure.rule.startswith("target after"):
        figure.status = Status.PLANNED
        figure.because("status", "a target")
        return
    if figure.kind is Kind.COMPLETION_RATE or figure.rule == COMPARED_TIME:  # a result, whatever plan it names
        figure.because("status", "completed so far")
        return
    end = figure.right.end if figure.right.end - figure.right.start < 14 else figure.right.start + 14
    for cue in reversed(reading.cues("status", figure.segment.start, end)):
        if _plans(reading, figure, cue) and not _in_name(reading.text, cue):
            figure.status = Status(cue.meaning)
            figure.because("status", "cue of a plan in reach", cue)
            return
    previous = figure.previous
    if previous is not None and previous.status is Status.PLANNED and previous.segment == figure.segment:
        between = reading.text[previous.quantity.reach_end : figure.quantity.start]
        if (figure.kind in (Kind.GROWTH_RATE, Kind.RATE_DIFFERENCE) and len(between) < 12) or _LIST_GLUE.fullmatch(between):
            figure.status = Status.PLANNED
            figure.because("status", "as the figure before in the list")
            return
    figure.because("status", "no cue of a plan")


# --- stage --------------------------------------------------------------------------------------------------------

_STATISTIC = re.compile(
    r"固定资产投资|工业投资|民间投资|房地产开发投资|房地产投资|基础设施投资|制造业投资|技改投资|产业投资|(?:实际)?(?:使用|利用)(?:境|国)?外资|到位|到资|到账|第.产业投资|技术改造投资|外商直接投资|直接投资|固投|服务业投资|民生投资|社会投资|研发|实际使用|农业投资|全社会投资|建设改造投资|设备工器具"
)
_CONTRACTED = re.compile(r"合同|协议|签约")
_LIFE = {stage: i for i, stage in enumerate(Stage)}


def _latest(cues: list[Cue]) -> Cue:
    """Of cues that stand together the one of the later stage."""
    return max(cues, key=lambda c: (_LIFE[Stage(c.meaning)], c.start))


def _adjacent_group(cues: list[Cue]) -> list[Cue]:
    """The last cue and those that run into it: 签约落户, 开工在建."""
    group = [cues[-1]]
    for cue in reversed(cues[:-1]):
        if group[-1].start - cue.end > 1:
            break
        group.append(cue)
    return group


def find_stage(reading: Reading, figure: Figure, last: Figure | None) -> None:
    """Where the projects of a count or a sum stand; None for an area's statistical total.

    `last` is the last count or sum of projects in the sentences before, for a sentence that goes on about them.
    """
    if figure.kind not in (Kind.INVESTMENT, Kind.PROJECT_COUNT):
        return
    indicator = figure.indicator or ""
    if figure.kind is Kind.INVESTMENT and _STATISTIC.search(indicator) and not _CONTRACTED.search(indicator):
        figure.because("stage", "an area's total has none")
        return
    cue = _stage_cue(reading, figure)
    if cue is not None and not _is_goal(figure, cue):
        figure.stage = Stage(cue.meaning)
        figure.because("stage", "nearest word of a stage", cue)
        return
    previous = figure.previous
    while previous is not None and previous.kind not in (Kind.INVESTMENT, Kind.PROJECT_COUNT):
        previous = previous.previous
    if previous is not None and _goes_on(reading, figure, previous):
        figure.stage = previous.stage
        figure.because("stage", "as the figure before in the list")
    elif last is not None and last.stage is not None and _opens_with_part(reading, figure):
        figure.stage = last.stage
        figure.because("stage", "as the figures of the sentence before")


def _is_goal(figure: Figure, cue: Cue) -> bool:
    """Whether a word of completion only tells what is planned: 3年建成60公里路网,投资90亿元."""
    inside = figure.indicator_span is not None and figure.indicator_span.start <= cue.start < figure.indicator_span.end
    return figure.status is Status.PLANNED and cue.meaning == Stage.COMPLETED and not inside


def _goes_on(reading: Reading, figure: Figure, previous: Figure) -> bool:
    if previous.stage is None:
        return False
    return previous.segment == figure.segment or reading.text.startswith("其中", figure.segment.start)


_PART_OPENING = re.compile(r"其中|该项目|该产业园|项目总投资|这些项目|上述项目|总投资|从[^，]{2,12}看|按[^，]{1,8}分|分[^，]{1,8}看")


def _opens_with_part(reading: Reading, figure: Figure) -> bool:
    breakdown = figure.rule in ("class before a number of projects", "number in a list of projects")
    return breakdown or bool(_PART_OPENING.match(reading.text, figure.sentence.start))


_ALL_OF_THEM = re.compile(r"(?:均|都|全部|皆|已全部|陆续|相继)(?:已经?|顺利|正式)*$")


def _stage_cue(reading: Reading, figure: Figure) -> Cue | None:
    start, end = figure.quantity.start, figure.quantity.reach_end
    later = reading.cues("stage", end, figure.segment.end)
    for cue in later:
        if _ALL_OF_THEM.search(reading.text, max(end, cue.start - 6), cue.start) and "项目" not in reading.text[figure.clause.end : cue.start]:
            return _latest(_group_from(later, cue))
    if figure.indicator_span is not None:
        inside = reading.cues("stage", figure.indicator_span.start, figure.indicator_span.end)
        if inside:
            return _latest(_adjacent_group(inside))
    near = reading.cues("stage", figure.left.start, start)
    if near:
        return _latest(_adjacent_group(near))
    after = [c for c in later if c.end <= figure.right.end]
    if after:
        return _latest(_group_from(after, after[0]))
    previous = figure.previous
    if previous is not None and previous.stage is not None and previous.segment == figure.segment and previous.kind in (Kind.PROJECT_COUNT, Kind.INVESTMENT):
        return None
    in_clause = [c for c in later if c.end <= figure.clause.end]
    if in_clause:
        return _latest(_group_from(in_clause, in_clause[0]))
    before = [c for c in reading.cues("stage", figure.segment.start, start) if c.scope == "sentence"]
    return _latest(_adjacent_group(before)) if before else None


def _group_from(cues: list[Cue], first: Cue) -> list[Cue]:
    """A cue and those that run on from it: 签约落地, 竣工投产."""
    group = [first]
    for cue in cues:
        if cue.start > first.start and cue.start - group[-1].end <= 1 and cue.start >= group[-1].end:
            group.append(cue)
    return group


# --- basis --------------------------------------------------------------------------------------------------------


def find_basis(reading: Reading, figure: Figure, last: Figure | None, section: Basis | None) -> None:
    """What a rate, a difference or a plan's completion is measured against.

    `last` is the last rate of the sentences before, which a sentence that opens with 其中 goes on from;
    `section` is what the heading above says of all rates under it.
    """
    if figure.kind is Kind.COMPLETION_RATE:
        figure.basis = Basis.PLAN
        figure.because("basis", "completion is of a plan")
        return
    if figure.kind in (Kind.COUNT, Kind.QUANTITY):
        if is_difference(reading, figure):
            figure.basis = Basis.YOY
            figure.lessens = bool(re.search(r"(?:减少|少|减|下降)了?$", reading.text[figure.left.start : figure.left.end]))
            figure.because("basis", "a difference of counts", reading.last_cue("basis", figure.clause.start, figure.left.end))
        return
    if figure.kind not in (Kind.GROWTH_RATE, Kind.RATE_DIFFERENCE):
        return
    if figure.rule == COMPARED_TIME:
        earlier = _earlier(figure, Kind.GROWTH_RATE)
        figure.basis = earlier.basis if earlier is not None else Basis.UNSPECIFIED
        figure.because("basis", "as the rate that it is compared with")
        return
    cue = reading.last_cue("basis", figure.left.start, figure.quantity.start)
    if cue is None and figure.kind is Kind.GROWTH_RATE:
        after = reading.cues("basis", figure.right.start, min(figure.right.end, figure.right.start + 8))
        cue = after[0] if after and after[0].meaning in (Basis.ANNUAL_AVERAGE, Basis.YOY) else None
    if cue is None and figure.left.start > figure.clause.start:
        cue = reading.last_cue("basis", figure.clause.start, figure.quantity.start)
    if figure.kind is Kind.GROWTH_RATE and cue is not None and (cue.meaning == Basis.AREA or cue.cue in ("拉动", "贡献", "贡献率")):
        cue = None
    if cue is None and (introduced := _COMPARISON_BEFORE.search(reading.text, figure.sentence.start, figure.clause.start)):
        before = reading.cues("basis", introduced.start(), figure.clause.start)
        cue = before[-1] if before else None
    if cue is not None:
        figure.basis = Basis(cue.meaning)
        figure.because("basis", "word of comparison", cue)
        return
    since = figure.clause.start
    if figure.previous is not None and figure.is_bare and _MORE_OR_LESS.search(reading.text[figure.previous.left.start : figure.previous.left.end]):
        since = figure.previous.clause.start
    compared = next((t for t in reading.times if t.comparison and since <= t.start < figure.quantity.start), None)
    if compared is not None:
        figure.basis = _basis_of_time(reading, figure, compared)
        figure.because("basis", "compared with a time", span=Span(compared.start, compared.end), text=reading.text)
        return
    if figure.kind is Kind.RATE_DIFFERENCE:
        _difference_basis(reading, figure)
        return
    earlier = figure.previous
    while earlier is not None and earlier.sentence == figure.sentence:
        if earlier.basis is not None and earlier.kind in (Kind.GROWTH_RATE, Kind.COUNT, Kind.QUANTITY):
            if earlier.basis is not Basis.UNSPECIFIED and earlier.status is figure.status:
                figure.basis = earlier.basis
                figure.because("basis", "as the rate before in the list")
                return
            break
        earlier = earlier.previous
    if section is not None:
        figure.basis = section
        figure.because("basis", "the heading of the section")
    elif last is not None and last.basis is not None and _opens_with_part(reading, figure):
        figure.basis = last.basis
        figure.because("basis", "as the rate of which it is a part")
    elif figure.quantity.measure == DOUBLING:
        figure.basis = Basis.OTHER
        figure.because("basis", "doubled since an earlier time")
    else:
        figure.basis = Basis.UNSPECIFIED
        figure.because("basis", "no word of comparison")


def _basis_of_time(reading: Reading, figure: Figure, compared: TimeMention) -> Basis:
    """Year on year where the compared year is the one before the figure's own."""
    own = figure.period or ""
    own_year = int(own[:4]) if own[:4].isdigit() else None
    own_year = int(own[3:7]) if own.startswith("../") and own[3:7].isdigit() else own_year
    if own_year is None and reading.anchor.year is not None:
        own_year = reading.anchor.year
    if compared.relative == -1 or (compared.year is not None and own_year is not None and compared.year == own_year - 1):
        return Basis.YOY
    return Basis.OTHER


_MORE_OR_LESS = re.compile(r"(?:增加|减少|多|少|增长|上升|下降)了?$")
_COMPARISON_BEFORE = re.compile(r"(?:与|同|跟|和|比)[^，。；]{2,12}(?:相比)?，$")
_AREA = re.compile(r"全国|全省|全市|全区|全州|平均|省均|市均|高于.{2,10}[省市县区州]|低于.{2,10}[省市县区州]|比.{2,10}[省市县区州]")
_TIME_RATE_WORD = re.compile(r"增速|增幅|涨幅")
_COMPARED = re.compile(r"去年|上年|同期|同比|上月|月|季度|年")
_CHANGED = re.compile(r"提高|提升|上升|加快|回落|下降|收窄|扩大|放缓|减缓|降低|回升|加速|增长|减少|增加|上涨|上调|下调")


def _difference_basis(reading: Reading, figure: Figure) -> None:
    before = reading.text[figure.clause.start : figure.quantity.start]
    if re.search(r"拉动|贡献|拉高|推高|影响|拖累|预测|预期|预估|目标|计划|进度", before):
        figure.basis = Basis.OTHER
    elif _AREA.search(before):
        figure.basis = Basis.AREA
    elif re.search(r"环比|上月|上季|比1|较1|一季度|上半年", before):
        figure.basis = Basis.MOM
    elif _CHANGED.search(before):
        figure.basis = Basis.YOY
    else:
        figure.basis = Basis.OTHER
    figure.because("basis", "how the difference is worded")


# --- place --------------------------------------------------------------------------------------------------------

_LATER_PLACE_VERB = re.compile(r"落户|落地|签约|布局|入驻|投资|建设|开工|举行|落子")


def find_place(reading: Reading, figure: Figure, paragraph_place: str | None) -> None:
    """The area a figure is stated for: named before it in the sentence, else just after, else inherited."""
    mention = None
    for m in reading.places:
        if m.start >= figure.sentence.end:
            break
        if m.start < figure.sentence.start:
            continue
        if m.start < figure.quantity.start:
            mention = m
        elif mention is None and m.end <= figure.clause.end and (reading.text[m.start - 1] == "在" or _LATER_PLACE_VERB.search(reading.text, figure.quantity.end, m.start + 1)):
            mention = m
            break
    if mention is not None and paragraph_place is not None and is_passing(reading, mention, paragraph_place):
        mention = None
    if mention is not None:
        figure.place = mention.name
        figure.because("place", "named in the sentence", span=Span(mention.start, mention.end), text=reading.text)
    elif paragraph_place is not None:
        figure.place = paragraph_place
        figure.because("place", "named earlier in the paragraph")
    else:
        figure.place = reading.home
        figure.because("place", "the article's own area")


def is_passing(reading: Reading, mention: PlaceMention, spoken_of: str) -> bool:
    """A wider area named in passing (衡阳区域总部) while a narrower one is spoken of."""
    if mention.kind == "relative" or mention.start == 0 or reading.text[mention.start - 1] in "，。；：！？\n":
        return False
    return mention.name != spoken_of and contains(mention.name, spoken_of) is True


# --- indicator ----------------------------------------------------------------------------------------------------

_POINTLESS = frozenset(
    ["其中", "全市", "全省", "全国", "全区", "全县", "同比", "分别", "增速", "增幅", "涨幅", "降幅", "增长", "下降", "同期", "年均", "平均", "数量", "总量", "总额", "规模", "排名", "比重", "占比", "金额", "微幅", "单月", "同步", "另外", "此外", "目前", "预计", "期末", "折合", "任务", "目标", "目标任务", "平均水平", "水平"]
)
_NO_NOUN = re.compile(r"^(?:创|较|比|位居|为历|连续|高于|低于|快于|增至|减至|升至|降至|达)|(?:新高|新低)$")
_EDGES = "、 ：:"


# A named project or company before the noun is the subject: 先导科技集团|签约投资.
_OWNER = re.compile(r"(?P<owner>[^，。；]{2,}?(?:项目|有限公司|公司|集团|股份|产业园|基地))(?:约定|预计|将|可|共)*(?P<noun>[^项额].+)$")


_CLASS_OF_OWNERS = re.compile(r"以上|以下|类项目|重点|各类|省外|市外|新引进|(?:产业|工业|投资|建设)项目$|^.{0,3}项目$")


_SUM_OF_CLASS = re.compile(r"(?:年度)?(?:计划|累计|日均)*(?:完成|总)投资额?|(?:年度)?计划总?投资|投资额")


def _without_owner(reading: Reading, figure: Figure, span: Span) -> Span:
    if figure.kind in (Kind.PROJECT_COUNT, Kind.COUNT):
        return span
    match = _OWNER.match(reading.text[span.start : span.end])
    if not match or len(match["noun"]) < 2:
        return span
    if _CLASS_OF_OWNERS.search(match["owner"]) and not _SUM_OF_CLASS.fullmatch(match["noun"]):
        return span
    figure.subject = match["owner"]
    return Span(span.start + match.start("noun"), span.end)


def _take(reading: Reading, figure: Figure, span: Span, rule: str) -> bool:
    """Make the phrase in a span the indicator, unless it is no noun."""
    span = _without_owner(reading, figure, span)
    phrase = reading.text[span.start : span.end].strip(_EDGES)
    bare = phrase.strip("“”‘’")
    if len(bare) < 2 or bare in _POINTLESS or bare.isdigit() or _NO_NOUN.search(bare):
        return False
    figure.indicator, figure.indicator_span = phrase, span
    figure.because("indicator", rule, span=span, text=reading.text)
    figure.indicator_cue = figure.reasons[-1]
    return True


def _adopt(figure: Figure, other: Figure | None, rule: str, suffix: str = "") -> bool:
    """Take over the indicator and subject of another figure."""
    if other is None or not other.indicator:
        return False
    figure.indicator = other.indicator + ("" if other.indicator.endswith(suffix) else suffix)
    figure.subject = figure.subject or other.subject
    figure.indicator_cue = other.indicator_cue
    if other.indicator_cue is not None:
        figure.reasons.append(replace(other.indicator_cue, rule=rule))
    else:
        figure.because("indicator", rule)
    return True


def _earlier(figure: Figure, *kinds: Kind) -> Figure | None:
    earlier = figure.previous
    while earlier is not None and (not earlier.indicator or (kinds and earlier.kind not in kinds)):
        earlier = earlier.previous
    return earlier


def find_indicator(reading: Reading, figure: Figure, last: Figure | None) -> None:
    """What is measured: the noun phrase before the figure, after it, or that of the level it belongs to.

    `last` is the last figure of the sentences before in the paragraph, for a figure that names nothing.
    """
    if figure.dealt and figure.quantity.measure == MONEY and (word := _word_after_names(reading, figure)):
        figure.subject, figure.indicator = figure.dealt, word.cue
        figure.because("indicator", "word for the sums dealt out by 分别", word)
        return
    if figure.dealt:
        figure.indicator = figure.dealt
        figure.because("indicator", "dealt out by 分别", span=figure.before, text=reading.text)
        return
    if figure.level is not None and _adopt(figure, figure.level, "dealt out to the figures before"):
        return
    if figure.kind in _RATE_KINDS:
        found = _rate_indicator(reading, figure, last)
    elif figure.quantity.measure == MONEY:
        found = _money_indicator(reading, figure, last)
    else:
        found = _count_indicator(reading, figure) or _adopt(figure, _earlier(figure), "of the figure told before")
    if not found and figure.kind in (*RATES, Kind.INVESTMENT, Kind.AMOUNT):
        _adopt(figure, last, "of the sentence before")


_NAMES = re.compile(r"(?:项目|公司|集团|股份|园|基地|企业|矿业|科技)$")


def _word_after_names(reading: Reading, figure: Figure) -> Cue | None:
    """The word for sums that are dealt out to owners: 投资 in 甲项目和乙项目分别投资6亿元、9亿元."""
    at = reading.text.rfind("分别", figure.clause.start, figure.quantity.start)
    cues = reading.cues("money", max(at, 0), figure.quantity.start) if at >= 0 else []
    return cues[0] if cues else None


def adopt_from_follower(figure: Figure, follower: Figure | None) -> None:
    """Give a figure that names nothing the noun of the next of its kind: 38、27、24间企业."""
    if figure.indicator is None and follower is not None and follower.kind is figure.kind:
        _adopt(figure, follower, "of the figure told after")


# An industry, a kind of owner or an area: what is measured of it was said before.
_PART = re.compile(r"(?:业|企业|行业|产业|工业|地区|城市|城镇|农村|乡村|经济|类)$")
_WHOLE = re.compile(r"^(?:规模以上|规上|规模|全社会|限额以上|全部)|^(?:全国|全市|全省)")


_MEASURE = re.compile(
    r"(?:投资|增加值|产值|价格|销售额|零售额|销售面积|总额|产量|销量|收入|支出|出口|进口|利润|税收|余额|接单|订单|排放量|金额|外资|资金|用电量|营业额)$"
)


def _complete_part(figure: Figure, whole: Figure | None) -> None:
    """制造业增长6%, after 规模工业增加值增长5%, is 制造业工业增加值."""
    phrase = figure.indicator or ""
    if whole is None or not whole.indicator or not _PART.search(phrase):
        return
    measured = whole.measured or _WHOLE.sub("", whole.indicator)
    if not _MEASURE.search(measured) or whole.kind is Kind.SHARE:
        return
    figure.subject, figure.measured = phrase, measured
    figure.indicator = phrase + measured.removeprefix(phrase)


def _rate_indicator(reading: Reading, figure: Figure, last: Figure | None) -> bool:
    if figure.kind is Kind.RATE_DIFFERENCE:
        return _difference_indicator(reading, figure)
    if figure.kind is Kind.COMPLETION_RATE:
        phrase = reading.text[figure.before.start : figure.before.end]
        if phrase.endswith("率") and len(phrase) > MIN_RATE_NAME and _take(reading, figure, figure.before, "noun before the rate"):
            return True
        level = _earlier(figure, Kind.INVESTMENT, Kind.PROJECT_COUNT, Kind.AMOUNT, Kind.COUNT, Kind.QUANTITY)
        return _adopt(figure, level, "of the level told before") or _take(reading, figure, figure.before, "noun before the rate")
    if figure.kind is Kind.SHARE:
        return _share_indicator(reading, figure)
    if figure.rule == COMPARED_TIME:
        return _adopt(figure, _earlier(figure, Kind.GROWTH_RATE), "of the rate told before")
    word = reading.text[figure.before.start : figure.before.end]
    if word in ("个数", "项目数", "数量") and _adopt(figure, _earlier(figure, Kind.PROJECT_COUNT, Kind.COUNT), "of the number told before"):
        return True
    if word in ("金额", "总额", "投资额") and _adopt(figure, _earlier(figure, Kind.INVESTMENT, Kind.AMOUNT), "of the sum told before"):
        return True
    if _take(reading, figure, figure.before, "noun before the rate"):
        if reading.text.startswith("增长率", figure.indicator_span.end) and figure.indicator.endswith("自然"):
            figure.indicator += "增长率"
        _complete_part(figure, _earlier(figure) or last)
        return True
    if _adopt(figure, _level_of_rate(reading, figure), "of the level told before"):
        return True
    return _clause_before(reading, figure)


def _level_of_rate(reading: Reading, figure: Figure) -> Figure | None:
    """The level that a rate without a noun belongs to; a share told between is passed over."""
    earlier = figure.previous
    while earlier is not None and (not earlier.indicator or earlier.kind in (Kind.SHARE, Kind.RATE_DIFFERENCE)):
        earlier = earlier.previous
    return earlier


def _clause_before(reading: Reading, figure: Figure) -> bool:
    if figure.clause.start <= figure.sentence.start:
        return False
    start = figure.previous.quantity.reach_end if figure.previous else figure.sentence.start
    if start >= figure.clause.start - 1:
        return False
    span, _ = left_phrase(reading.text, start, figure.clause.start - 1)
    return _take(reading, figure, span, "noun of the clause before")


_DRIVEN = re.compile(r"(?:拉动|带动|推动|影响|拉高|推高|下拉|拉低|助推|拖累)(?P<what>[^，。；\d]{1,16}?)(?:增长|上涨|上升|下降|增速|回落|提高|下跌|增加|下行|上行)")


def _difference_indicator(reading: Reading, figure: Figure) -> bool:
    driven = _DRIVEN.search(reading.text, figure.clause.start, figure.left.end)
    if driven and driven["what"] not in ("全市", "全省", "全国", "约"):
        end = driven.end() if driven["what"] == "经济" else driven.end("what")
        return _take(reading, figure, Span(driven.start("what"), end), "what is driven up or down")
    phrase = reading.text[figure.before.start : figure.before.end]
    if len(phrase) > 2 and not _COMPARED.search(phrase) and _take(reading, figure, figure.before, "noun before the difference"):
        rate = _RATE_WORD.match(reading.text, figure.indicator_span.end)
        figure.indicator += "增速" if rate and rate.end() <= figure.left.end else ""
        return True
    rate = figure.previous
    while rate is not None and (not rate.indicator or rate.rule == COMPARED_TIME):
        rate = rate.previous
    if rate is None:
        return _take(reading, figure, figure.before, "noun before the difference")
    suffix = "增速" if rate.kind is Kind.GROWTH_RATE or "增速" in phrase or "增幅" in phrase else ""
    return _adopt(figure, rate, "of the rate told before", suffix)


_RATE_WORD = re.compile(r"增速|增幅|涨幅")
_COMPARED = re.compile(r"平均|^(?:比|较|高于|低于|快于|全省|全国|全市|目标|预期|计划|增速|增幅|时序)|(?:水平|增幅|增速|目标|进度)$")


_SHARE_WORD = re.compile(r"占比|比重")


def _share_indicator(reading: Reading, figure: Figure) -> bool:
    of = reading.text.rfind("占", figure.left.start, figure.left.end)
    if of >= 0 and not reading.text.startswith("占比", of):
        span, _ = left_phrase(reading.text, figure.left.start, of)
        if _take(reading, figure, span, "noun before 占"):
            return True
        return _adopt(figure, _earlier(figure), "of the level told before") or _clause_before(reading, figure)
    if _take(reading, figure, figure.before, "noun before the percentage"):
        word = _SHARE_WORD.match(reading.text, figure.indicator_span.end)
        figure.indicator += word[0] if word and word.end() <= figure.left.end else ""
        return True
    if _take(reading, figure, figure.after, "noun after the percentage"):
        return True
    return _adopt(figure, _earlier(figure), "of the level told before") or _clause_before(reading, figure)


def _money_indicator(reading: Reading, figure: Figure, last: Figure | None) -> bool:
    if figure.rule == TARGET_OF_INVESTMENT:
        return _adopt(figure, _earlier(figure, Kind.INVESTMENT), "of the sum that the target is for")
    if figure.rule == INVESTMENT_SPOKEN_OF and _adopt(figure, _earlier(figure, Kind.INVESTMENT) or last, "of the investment spoken of"):
        return True
    cue = money_cue(reading, figure)
    if cue is not None and cue.start >= figure.quantity.end:
        after = _without_project(reading, figure.after)
        if _take(reading, figure, after, "noun after the sum"):
            return True
    if cue is None and figure.is_bare and _adopt(figure, _earlier(figure, figure.kind), "of the sum before in the list"):
        return True
    if cue is not None and cue.end <= figure.left.end and not figure.before.start <= cue.start < figure.before.end:
        figure.before = Span(cue.start, max(cue.end, figure.before.end)) if figure.before.start > cue.start and figure.before.start - cue.end <= 2 else figure.before
    if _take(reading, figure, figure.before, "noun before the sum"):
        _shorten_to_cue(reading, figure, cue)
        return True
    if cue is not None:
        return _take(reading, figure, Span(cue.start, cue.end), "word for the sum")
    if figure.kind is Kind.INVESTMENT:
        if _adopt(figure, _earlier(figure, Kind.INVESTMENT), "of the sum before in the list"):
            return True
        figure.indicator = "投资"
        figure.because("indicator", "a sum of a project")
        return True
    return _take(reading, figure, figure.after, "noun after the sum") or _adopt(figure, _earlier(figure, Kind.AMOUNT, Kind.INVESTMENT), "of the sum before")


_INTENT = re.compile(r"[将拟欲则](?:再|又|大手笔|约)*投资$|(?:规划|企业|公司|厂商)投资$")
_INVEST_VERBS = ("累计完成", "计划完成", "完成", "年度计划", "计划", "签约", "追加", "再", "总", "意向", "协议", "合同", "新增")
MIN_RATE_NAME = 3


def _without_project(reading: Reading, span: Span) -> Span:
    match = re.search(r"的?(?:\d+个)?项目$", reading.text[span.start : span.end])
    return Span(span.start, span.start + match.start()) if match and match.start() > 1 else span


def _shorten_to_cue(reading: Reading, figure: Figure, cue: Cue | None) -> None:
    """投资 alone takes its verb along; a long phrase that ends in an investment word begins with that word."""
    span = figure.indicator_span
    phrase = figure.indicator
    if phrase.endswith("投资") and (intent := _INTENT.search(phrase)):
        figure.subject = phrase[: intent.start()] or figure.subject
        figure.indicator, figure.indicator_span = "投资", Span(span.end - 2, span.end)
        return
    if phrase == "投资":
        for verb in _INVEST_VERBS:
            if reading.text.startswith(verb, max(0, span.start - len(verb)), span.start):
                figure.indicator = verb + phrase
                figure.indicator_span = Span(span.start - len(verb), span.end)
                return
    elif figure.kind is Kind.INVESTMENT and cue is not None and (match := _EVENT_SUM.search(phrase)) and not _STATISTIC.search(phrase):
        figure.indicator = match[0]
        figure.indicator_span = Span(span.start + match.start(), span.start + match.end())


_EVENT_SUM = re.compile(r"(?<=.)(?:年度)?(?:计划|协议|合同|意向|签约|累计完成|完成|项目)?(?:总投资额?|投资总额|总投资规模|签约金额|签约额|合同金额|协议金额|投资额|总金额)$")
_PROJECTS = re.compile(r"(?:项目|工程)$")
_GENERIC_PROJECT = re.compile(r"^(?:个|大)?(?:项目|工程)$")
_STAGE_VERB = re.compile(
    r"(现场签约|集中签约|新签约|签约|新引进|引进|“揭榜”招引|招引|新开工|集中开工|开工|竣工|投产|储备|在谈|洽谈|续建|在建|落地|落户|实施|推介|招商|新建|完工|开复工|建成|复工|未开工)(?:了)?$"
)
_STAGE_VERB_AFTER = re.compile(r"^(?:已|均|全部|顺利|正式|相继|实现|陆续|同时|在|将|正)*(集中签约|集中开工|现场签约|开工|竣工|投产|签约|落地|落户|完工|在建|复工|奠基|投用|建成)")


def _count_indicator(reading: Reading, figure: Figure) -> bool:
    if figure.rule.startswith("target after"):
        return _adopt(figure, _earlier(figure, figure.kind), "of the number that the target is for")
    if figure.rule == "number before a stage word":
        match = _STAGE_VERB_AFTER.match(reading.text[figure.right.start : figure.right.end])
        figure.indicator = (match[1] if match else "") + "项目"
        figure.because("indicator", "stage word and the projects told before")
        return True
    if is_difference(reading, figure) and _adopt(figure, _earlier(figure), "of the number told before"):
        return True
    if figure.rule == "stage word before a number of projects":
        match = _STAGE_VERB.search(reading.text[figure.left.start : figure.left.end].rstrip("有为达已共的"))
        if match:
            named, _ = left_phrase(reading.text, figure.left.start, figure.left.start + match.start())
            if _PROJECTS.search(reading.text[named.start : named.end]) and named.end == figure.left.start + match.start():
                return _take(reading, figure, named, "projects before their stage word")
        figure.indicator = (match[1] if match else "") + "项目"
        figure.because("indicator", "stage word and the projects told before", span=figure.before, text=reading.text)
        return True
    if figure.rule in ("class before a number of projects", "number in a list of projects", "the number of the projects spoken of"):
        return _class_indicator(reading, figure)
    if figure.after.end - figure.after.start >= 2 and _take(reading, figure, figure.after, "noun after the number"):
        _complete_bare(reading, figure)
        return True
    if figure.quantity.unit in ("次", "场次") and figure.after.end <= figure.after.start:
        end = figure.right.end
        if end - figure.right.start >= 3 and reading.text[figure.right.start] in "到赴深入来":
            return _take(reading, figure, Span(figure.right.start, end), "what was done so often")
    if _take(reading, figure, figure.before, "noun before the number"):
        if figure.kind is Kind.PROJECT_COUNT and _GENERIC_PROJECT.match(figure.indicator):
            _complete_bare(reading, figure)
        return True
    if _adopt(figure, _earlier(figure, figure.kind, Kind.COUNT, Kind.PROJECT_COUNT), "of the number before in the list"):
        return True
    return _clause_before(reading, figure)


def _class_indicator(reading: Reading, figure: Figure) -> bool:
    text = reading.text
    phrase = text[figure.before.start : figure.before.end]
    if re.search(r"(?:以上|以下|产业|工业|制造业|服务业|农业|类|领域)$", phrase):
        figure.indicator, figure.indicator_span = phrase + "项目", figure.before
        figure.because("indicator", "class of the projects told before", span=figure.before, text=text)
        return True
    earlier = figure.previous
    while earlier is not None and earlier.kind is not Kind.PROJECT_COUNT:
        earlier = earlier.previous
    if _adopt(figure, earlier, "of the projects told before"):
        return True
    span = re.search(r"[^，。；、：从]{0,10}项目", text[figure.sentence.start : figure.left.end])
    return bool(span) and _take(reading, figure, Span(figure.sentence.start + span.start(), figure.sentence.start + span.end()), "projects spoken of")


def _complete_bare(reading: Reading, figure: Figure) -> None:
    """项目 alone takes its stage word along: 签约8个项目, 19个项目实现开工."""
    if not _GENERIC_PROJECT.match(figure.indicator):
        return
    before = _STAGE_VERB.search(reading.text[figure.left.start : min(figure.left.end, figure.indicator_span.start)].rstrip("有为达已共的"))
    after = _STAGE_VERB_AFTER.match(reading.text[max(figure.indicator_span.end, figure.quantity.end) : figure.right.end])
    verb = before or after
    if verb:
        figure.indicator = verb[1] + figure.indicator


# --- subject ------------------------------------------------------------------------------------------------------

_NAMED = re.compile(r"(?P<name>[^，。；：、（）()“”\s的\d]{2,20}(?:项目|产业园|基地|工程))")
_COMPANY = re.compile(r"[^，。；：、（）“”\s]{2,18}?(?:有限公司|公司|集团|股份)")
_INDUSTRY = re.compile(r"[\u4e00-\u9fff]{2,8}?产业(?!园|链|项目|化|集|投|开|转|结|带|基)")


def find_subject(reading: Reading, figure: Figure) -> None:
    """The named thing a figure is about, where it is not simply the place."""
    text = reading.text
    if figure.subject:
        return
    after = text[figure.right.start : figure.right.end]
    if figure.quantity.measure in (MONEY, PHYSICAL):
        named = _NAMED.match(after.lstrip("的"))
        if named:
            figure.subject = named["name"]
            figure.because("subject", "named after the figure")
            return
    head = text[figure.sentence.start : figure.left.end]
    for pattern, rule in ((_COMPANY, "a company named before"), (_INDUSTRY, "an industry named before")):
        matches = list(pattern.finditer(head))
        if matches and figure.indicator and matches[-1][0] not in figure.indicator:
            figure.subject = re.sub(r"^(?:目前|全市|全省|全区|该|在|由|其中|今年|将|与)+", "", matches[-1][0])
            figure.because("subject", rule)
            return
