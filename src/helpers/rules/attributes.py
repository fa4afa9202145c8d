"""Kind known → the other attributes, each from cues with direction and scope, each with its reason.

One function an attribute; it fills the figure's field and notes why. The order in which extract.py
calls them matters: the period needs the status, the status of a past year needs the period.
"""

from __future__ import annotations

import re

from helpers.lexicon import Cue
from helpers.observation import Basis, Kind, Stage, Status
from helpers.quantity import COUNT, MONEY, PHYSICAL
from helpers.rules.figure import Figure, Reading
from helpers.rules.growth_rate import _LIST_GLUE
from helpers.rules.phrase import left_phrase, right_phrase
from helpers.rules.project_count import is_difference
from helpers.segment import Span

RATES = (Kind.GROWTH_RATE, Kind.RATE_DIFFERENCE, Kind.COMPLETION_RATE)
_RATE_KINDS = (*RATES, Kind.SHARE)

# --- status -------------------------------------------------------------------------------------------------------

_DONE = re.compile(r"已(?!明确)|目前|截至|实现了|完成了|同比(?=增长|下降)|累计|实际完成|；")
_ADJACENT_REACH = 4


def _plans(reading: Reading, figure: Figure, cue: Cue) -> bool:
    """Whether a status cue reaches the figure."""
    start = figure.quantity.start
    if cue.start >= figure.quantity.end:
        return cue.direction != "right" and cue.end <= figure.clause.end
    if cue.direction == "left":
        return False
    if cue.scope == "adjacent":
        return start - cue.end <= _ADJACENT_REACH
    if cue.scope == "clause" and cue.start < figure.clause.start:
        return False
    return not _DONE.search(reading.text, cue.end, start)


def find_status(reading: Reading, figure: Figure) -> None:
    """Planned where a cue of a plan reaches the figure, else actual."""
    end = figure.right.end if figure.right.end - figure.right.start < 14 else figure.right.start + 14
    for cue in reversed(reading.cues("status", figure.segment.start, end)):
        if _plans(reading, figure, cue):
            figure.status = Status(cue.meaning)
            figure.because("status", "cue of a plan in reach", cue)
            return
    previous = figure.previous
    if previous is not None and previous.status is Status.PLANNED and previous.segment == figure.segment:
        between = reading.text[previous.quantity.reach_end : figure.quantity.start]
        if (figure.kind in (Kind.GROWTH_RATE, Kind.RATE_DIFFERENCE) and len(between) < 12 and "去年" not in between) or _LIST_GLUE.fullmatch(between):
            figure.status = Status.PLANNED
            figure.because("status", "as the figure before in the list")
            return
    figure.because("status", "no cue of a plan")


# --- stage --------------------------------------------------------------------------------------------------------

_STATISTIC = re.compile(
    r"固定资产投资|工业投资|民间投资|房地产开发投资|房地产投资|基础设施投资|制造业投资|技改投资|产业投资|(?:实际)?(?:使用|利用)(?:境|国)?外资|到位|到账|第.产业投资|技术改造投资|外商直接投资|直接投资|固投|服务业投资|民生投资|社会投资|研发|实际使用|农业投资|全社会投资|建设改造投资|设备工器具"
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


def find_stage(reading: Reading, figure: Figure) -> None:
    """Where the projects of a count or a sum stand; None for an area's statistical total."""
    if figure.kind not in (Kind.INVESTMENT, Kind.PROJECT_COUNT):
        return
    indicator = figure.indicator or ""
    if figure.kind is Kind.INVESTMENT and _STATISTIC.search(indicator) and not _CONTRACTED.search(indicator):
        figure.because("stage", "an area's total has none")
        return
    cue = _stage_cue(reading, figure)
    if cue is not None:
        figure.stage = Stage(cue.meaning)
        figure.because("stage", "nearest word of a stage", cue)
        return
    previous = figure.previous
    if previous is not None and previous.stage is not None and previous.segment == figure.segment:
        figure.stage = previous.stage
        figure.because("stage", "as the figure before in the list")


def _stage_cue(reading: Reading, figure: Figure) -> Cue | None:
    start, end = figure.quantity.start, figure.quantity.reach_end
    if figure.indicator_span is not None:
        inside = reading.cues("stage", figure.indicator_span.start, figure.indicator_span.end)
        if inside:
            return _latest(_adjacent_group(inside))
    near = reading.cues("stage", figure.left.start, start)
    after = reading.cues("stage", end, figure.right.end)
    if near:
        return _latest(_adjacent_group(near))
    if after:
        return _latest(after[:2] if len(after) > 1 and after[1].start - after[0].end <= 1 else after[:1])
    previous = figure.previous
    if previous is not None and previous.stage is not None and previous.segment == figure.segment and previous.kind in (Kind.PROJECT_COUNT, Kind.INVESTMENT):
        return None
    before = reading.cues("stage", figure.segment.start, start)
    if before:
        return _latest(_adjacent_group(before))
    if previous is None:
        following = reading.cues("stage", end, figure.segment.end)
        nearest = following[0] if following else None
        if nearest is not None and not any(c.isdigit() for c in reading.text[end : nearest.start]):
            return nearest
    return None


# --- basis --------------------------------------------------------------------------------------------------------


def find_basis(reading: Reading, figure: Figure) -> None:
    """What a rate, a difference or a plan's completion is measured against."""
    if figure.kind is Kind.COMPLETION_RATE:
        figure.basis = Basis.PLAN
        figure.because("basis", "completion is of a plan")
        return
    if figure.kind in (Kind.COUNT, Kind.QUANTITY):
        if is_difference(reading, figure):
            figure.basis = Basis.YOY
            figure.because("basis", "a difference of counts", reading.last_cue("basis", figure.clause.start, figure.left.end))
        return
    if figure.kind not in (Kind.GROWTH_RATE, Kind.RATE_DIFFERENCE):
        return
    cue = reading.last_cue("basis", figure.left.start, figure.quantity.start)
    if cue is None and figure.kind is Kind.GROWTH_RATE:
        after = reading.cues("basis", figure.right.start, min(figure.right.end, figure.right.start + 8))
        cue = after[0] if after and after[0].meaning in (Basis.ANNUAL_AVERAGE, Basis.YOY) else None
    if cue is None and figure.left.start > figure.clause.start:
        cue = reading.last_cue("basis", figure.clause.start, figure.quantity.start)
    if figure.kind is Kind.GROWTH_RATE and cue is not None and cue.meaning in (Basis.AREA, Basis.OTHER):
        cue = None
    if cue is not None:
        figure.basis = Basis(cue.meaning)
        figure.because("basis", "word of comparison", cue)
        return
    compared = next(
        (t for t in reading.times if t.comparison and figure.clause.start <= t.start < figure.quantity.start), None
    )
    if compared is not None:
        figure.basis = _basis_of_time(reading, compared)
        figure.because("basis", "compared with a time", span=Span(compared.start, compared.end), text=reading.text)
        return
    if figure.kind is Kind.RATE_DIFFERENCE:
        _difference_basis(reading, figure)
        return
    earlier = figure.previous
    while earlier is not None and earlier.sentence == figure.sentence:
        if earlier.kind is Kind.GROWTH_RATE and earlier.basis is not None:
            if earlier.basis is not Basis.UNSPECIFIED and earlier.status is figure.status:
                figure.basis = earlier.basis
                figure.because("basis", "as the rate before in the list")
                return
            break
        earlier = earlier.previous
    figure.basis = Basis.UNSPECIFIED
    figure.because("basis", "no word of comparison")


def _basis_of_time(reading: Reading, compared: object) -> Basis:
    year = compared.year
    if compared.relative == -1 or (year is not None and reading.anchor.year is not None and year >= reading.anchor.year - 2):
        return Basis.YOY
    return Basis.OTHER


_AREA = re.compile(r"全国|全省|全市|全区|全州|平均|省均|市均|高于.{2,10}[省市县区州]|低于.{2,10}[省市县区州]|比.{2,10}[省市县区州]")
_TIME_COMPARED = re.compile(r"去年|上年|同期|同比|上月|月|季度|年")
_CHANGED = re.compile(r"提高|提升|上升|加快|回落|下降|收窄|扩大|放缓|减缓|降低|回升|加速|增长|减少|增加|上涨|上调|下调")


def _difference_basis(reading: Reading, figure: Figure) -> None:
    before = reading.text[figure.clause.start : figure.quantity.start]
    if re.search(r"拉动|贡献|拉高|推高|影响", before):
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
        if m.start < figure.sentence.start or m.in_name or m.aside:
            continue
        if m.start < figure.quantity.start:
            mention = m
        elif mention is None and m.end <= figure.clause.end and _LATER_PLACE_VERB.search(reading.text, figure.quantity.end, m.start + 1):
            mention = m
            break
    if mention is not None:
        figure.place = mention.name
        figure.because("place", "named in the sentence", span=Span(mention.start, mention.end), text=reading.text)
    elif paragraph_place is not None:
        figure.place = paragraph_place
        figure.because("place", "named earlier in the paragraph")
    else:
        figure.place = reading.home
        figure.because("place", "the article's own area")


# --- indicator ----------------------------------------------------------------------------------------------------

_POINTLESS = frozenset("其中 全市 全省 全国 全区 全县 同比 分别 比 较 达 为 增速 增幅 涨幅 降幅 增长 下降 同期 年均 平均 数量 总量 总额 规模 排名 比重 占比 金额".split())
_PRODUCE = re.compile(r"(?:年产|年处理|年加工|日产|日处理|年生产|年可生产|可年产)$")
_DANGLING = re.compile(r"^(?:的|了|和|与|及|、|等)+|(?:增速|增幅|涨幅|降幅)$")


def _take(reading: Reading, figure: Figure, span: Span, rule: str) -> bool:
    phrase = reading.text[span.start : span.end].strip("“”‘’、 ：:") if span.end > span.start else ""
    if len(phrase) < 2 or phrase in _POINTLESS or phrase.isdigit():
        return False
    figure.indicator = reading.text[span.start : span.end].strip("、 ：:")
    figure.indicator_span = span
    figure.because("indicator", rule, span=span, text=reading.text)
    return True


def _before(reading: Reading, figure: Figure, start: int | None = None) -> tuple[Span, str]:
    first = figure.left.start if start is None else start
    breaks = tuple(t.end for t in reading.times if first <= t.start < figure.left.end) + tuple(
        p.end for p in reading.places if first <= p.start < figure.left.end and not p.in_name
    )
    return left_phrase(reading.text, first, figure.left.end, breaks)


def _inherit(figure: Figure, rule: str, *kinds: Kind) -> bool:
    earlier = figure.previous
    while earlier is not None:
        if (not kinds or earlier.kind in kinds) and earlier.indicator:
            figure.indicator, figure.subject = earlier.indicator, figure.subject or earlier.subject
            figure.because("indicator", rule, span=None)
            return True
        earlier = earlier.previous
    return False


def _last_level(figure: Figure) -> Figure | None:
    earlier = figure.previous
    while earlier is not None and earlier.kind in _RATE_KINDS and not earlier.indicator:
        earlier = earlier.previous
    return earlier


def find_indicator(reading: Reading, figure: Figure) -> None:
    """What is measured: the noun phrase before the figure, after it, or that of the level it belongs to."""
    if figure.kind in _RATE_KINDS:
        _rate_indicator(reading, figure)
    elif figure.quantity.measure == MONEY:
        _money_indicator(reading, figure)
    else:
        _count_indicator(reading, figure)


def _rate_indicator(reading: Reading, figure: Figure) -> None:
    span, _ = _before(reading, figure)
    if figure.kind is Kind.COMPLETION_RATE or figure.kind is Kind.RATE_DIFFERENCE:
        level = _last_level(figure)
        if level is not None and level.indicator:
            suffix = "增速" if figure.kind is Kind.RATE_DIFFERENCE and level.kind is Kind.GROWTH_RATE and not level.indicator.endswith("增速") else ""
            figure.indicator = level.indicator + suffix
            figure.subject = level.subject
            figure.because("indicator", "of the level told before")
            return
        if _take(reading, figure, span, "noun before the rate"):
            return
    elif _take(reading, figure, span, "noun before the rate"):
        return
    if figure.kind is Kind.SHARE:
        after = right_phrase(reading.text, figure.right.start, figure.right.end)
        if _take(reading, figure, after, "noun after the percentage"):
            return
    level = _last_level(figure)
    if level is not None and level.indicator:
        figure.indicator, figure.subject = level.indicator, level.subject
        figure.because("indicator", "of the level told before")
        return
    if figure.clause.start > figure.sentence.start:
        span, _ = left_phrase(reading.text, figure.sentence.start, figure.clause.start - 1)
        _take(reading, figure, span, "noun of the clause before")


def _money_indicator(reading: Reading, figure: Figure) -> None:
    span, verb = _before(reading, figure)
    phrase = reading.text[span.start : span.end]
    if _take(reading, figure, span, "noun before the sum"):
        if phrase == "投资" and span.start - 2 >= figure.left.start:
            _with_verb(reading, figure, span)
        return
    after = right_phrase(reading.text, figure.right.start, figure.right.end)
    if reading.cues("money", after.start, after.end) and _take(reading, figure, after, "noun after the sum"):
        figure.indicator = re.sub(r"的?项目$", "", figure.indicator)
        return
    if figure.previous is not None and figure.previous.kind is figure.kind and _inherit(figure, "as the sum before in the list", figure.kind):
        return
    if figure.kind is Kind.INVESTMENT:
        figure.indicator = "投资"
        figure.because("indicator", "a sum of a project")
        return
    if not _take(reading, figure, after, "noun after the sum"):
        _inherit(figure, "as the sum before", Kind.AMOUNT, Kind.INVESTMENT)


_INVEST_VERBS = ("累计完成", "完成", "计划", "签约", "追加", "再", "总", "意向", "协议", "合同", "预计", "新增")


def _with_verb(reading: Reading, figure: Figure, span: Span) -> None:
    for verb in _INVEST_VERBS:
        if reading.text.startswith(verb, max(0, span.start - len(verb)), span.start):
            figure.indicator = verb + figure.indicator
            figure.indicator_span = Span(span.start - len(verb), span.end)
            return


_GENERIC_PROJECT = re.compile(r"^(?:个|大|优质|重大|重点)?(?:项目|工程)$")
_STAGE_VERB = re.compile(
    r"(现场签约|集中签约|新签约|签约|新引进|引进|“揭榜”招引|招引|新开工|集中开工|开工|竣工|投产|储备|在谈|洽谈|续建|在建|落地|落户|实施|推介|招商|新建|完工|开复工|建成)(?:了)?$"
)
_STAGE_VERB_AFTER = re.compile(r"^(?:已|均|全部|顺利|正式|相继|实现|陆续|同时)*(集中签约|集中开工|现场签约|开工|竣工|投产|签约|落地|落户|完工|在建|复工|奠基|投用|建成)")


def _count_indicator(reading: Reading, figure: Figure) -> None:
    after = right_phrase(reading.text, figure.right.start, figure.right.end)
    before, verb = _before(reading, figure)
    if figure.rule == "target after a number of projects":
        _inherit(figure, "of the number that the target is for", Kind.PROJECT_COUNT)
        return
    if is_difference(reading, figure) and _inherit(figure, "of the number told before"):
        return
    if figure.rule == "stage word before a number of projects":
        match = _STAGE_VERB.search(reading.text[figure.left.start : figure.left.end].rstrip("有为达已共"))
        figure.indicator = (match[1] if match else "") + "项目"
        figure.because("indicator", "stage word and the projects told before")
        return
    if after.end - after.start >= 2:
        after = _with_produce(reading, figure, after)
        if _take(reading, figure, after, "noun after the number"):
            _complete_bare(reading, figure)
            return
    if _take(reading, figure, before, "noun before the number"):
        return
    if not _inherit(figure, "as the number before in the list", figure.kind, Kind.COUNT, Kind.PROJECT_COUNT):
        _take(reading, figure, after, "noun after the number")


def _with_produce(reading: Reading, figure: Figure, after: Span) -> Span:
    return after


def _complete_bare(reading: Reading, figure: Figure) -> None:
    """项目 alone takes its stage word along: 签约8个项目, 19个项目实现开工."""
    if not _GENERIC_PROJECT.match(figure.indicator):
        return
    before = _STAGE_VERB.search(reading.text[figure.left.start : figure.left.end].rstrip("有为达已共的"))
    after = _STAGE_VERB_AFTER.match(reading.text[figure.indicator_span.end : figure.right.end])
    verb = (before or after)
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
