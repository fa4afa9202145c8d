"""Article → observations, each with its reasons: figures first, their kind second, their context third.

The engine knows no words. It finds figures, sets aside those that are names, thresholds or damaged,
asks the rules of each kind in their order, and lets rules.attributes fill in the rest.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from decimal import Decimal

from helpers.article import Article, Problem
from helpers.clean import CleanText, clean
from helpers.dateline import PUBLISHER, Dateline, find_dateline
from helpers.gazetteer import domestic_regions
from helpers.observation import Basis, Bound, Confidence, Kind, Observation, Status
from helpers.period import TimeMention, find_times, parse_anchor, resolve, resolve_year
from helpers.place import PlaceMention, contains, find_places, region_of, resolve_relative
from helpers.quantity import COUNT, LOCAL_CURRENCY, MONEY, PERCENT, PHYSICAL, POINT, Quantity, find_quantities
from helpers.rules import RULES, attributes
from helpers.rules.dealing import deal_out
from helpers.rules.figure import Figure, Reading
from helpers.rules.growth_rate import COMPARED_TIME, MULTIPLE_OF_FORMER
from helpers.rules.phrase import left_phrase, right_phrase
from helpers.segment import HEADING_LENGTH, Paragraph, Span, clause_end, clause_start, split_paragraphs

# A text with more figures a character is a bulletin: the time at its head holds for all of it.
BULLETIN_DENSITY = 1 / 33
# 一是…二是… goes on about one time, as a bulletin does.
_ENUMERATION = re.compile(r"一是.*二是.*三是", re.S)
ANAPHOR_REACH = 30
DETAIL_LENGTH = 80
CURRENCY = {"CN": "CNY", "HK": "HKD", "MO": "MOP", "TW": "TWD"}


@dataclass(frozen=True)
class Extraction:
    """All that was made of one article."""

    article: Article
    clean: CleanText
    dateline: Dateline
    observations: tuple[Observation, ...]
    problems: tuple[Problem, ...] = ()


# --- figures that are none ----------------------------------------------------------------------------------------

_QUOTED_NAME = 12
_CLASS_NOUN = r"(?:项目|企业|工程|单位|公司|产业|园区|集群|大户|小区|产品|客户|村|镇|县|市|合同|订单|主体|店|商家|税源|大项目|品牌)"
_THRESHOLD = re.compile(
    rf"(?:\(含\)|\(不含\)|含)?(?:及)?(?:以上|以下|以内|级|规模以上|元级)(?:\(含\)|、[^，。；]{{0,8}}以下)?(?:的)?(?:[^，。；、\d]{{0,14}}?){_CLASS_NOUN}"
)
_CLASS_BESIDE = re.compile(r"(?:项目|企业)(?=\d|[，。、；]|有|共|达|数)|(?:以上|以下)的?(?:有|共|达)?(?=\d+[个项家宗])")
_PREFIX_THRESHOLD = re.compile(r"(?:超|过|上|超过|逾|突破|达)$")
_GENERIC_CLASS = re.compile(rf"(?:级)?的?(?:单体|重大|重点|大|新|工业|产业|招商|招商引资|制造业|外资|内资|服务业|旅游|农业|签约|开工|在建|科技|园区|市场|优质|引进)*{_CLASS_NOUN}(?!投资)")
_CAPACITY_NAME = re.compile(r"[^，。；、\d]{1,22}?(?:项目|工程|生产线|基地)(?!.{0,4}年产)")
_RANK_MOVED = re.compile(r"(?:排名|位次|名次|前移|后移|位居|上升|提升|跃升|下降)[^，。；]{0,6}$")
_NAMED_IN_LIST = re.compile(r"[^，。；\d]{2,40}等\d+[个项](?:[^，。；]{0,16})项目")


def _in_title(text: str, quantity: Quantity, sentence: Span) -> bool:
    opening = text.rfind("《", sentence.start, quantity.start)
    return opening >= 0 and text.find("》", opening, quantity.start) < 0 and "》" in text[quantity.end : sentence.end]


def _in_quoted_name(text: str, quantity: Quantity, sentence: Span) -> bool:
    """Inside short quotation marks a number is part of a name or slogan; in quoted speech it is a figure."""
    opening = max(text.rfind("“", sentence.start, quantity.start), text.rfind("「", sentence.start, quantity.start))
    if opening < 0 or any(c in "”」" for c in text[opening : quantity.start]):
        return False
    closing = min((i for i in (text.find("”", quantity.end), text.find("」", quantity.end)) if i >= 0), default=-1)
    quoted = text[opening + 1 : closing]
    return 0 <= closing <= sentence.end + 1 and len(quoted) <= _QUOTED_NAME and not any(c in "，。；" for c in quoted)


def is_threshold(text: str, quantity: Quantity) -> bool:
    """Whether a figure names a class instead of stating a value: 2亿元以上项目, 投资过百亿的单体项目, 百亿级产业."""
    if quantity.measure not in (MONEY, COUNT, PHYSICAL):
        return False
    after = text[quantity.end : quantity.end + 30]
    if _THRESHOLD.match(after) or (quantity.measure == MONEY and _CLASS_BESIDE.match(after)):
        return True
    numeral = text[quantity.start : quantity.end]
    bounded = quantity.reach_start < quantity.start or numeral[0] in "百千万亿十"
    class_follows = _GENERIC_CLASS.match(text, quantity.end)
    if not class_follows or quantity.measure != MONEY:
        return False
    if bounded or quantity.bound in ("at_least", "at_most"):
        return not re.search(r"总投资额?$", text[max(0, quantity.reach_start - 4) : quantity.reach_start]) or bool(re.match(r"[\d共有达为]", text[class_follows.end() : class_follows.end() + 1]))
    return False


def _set_aside(text: str, quantity: Quantity, sentence: Span) -> str | None:
    """Why a quantity is no figure of its own, None where it is one."""
    if _in_title(text, quantity, sentence):
        return "in the title of a document"
    if _in_quoted_name(text, quantity, sentence):
        return "in a name"
    if quantity.unit == "位" and _RANK_MOVED.search(text, sentence.start, quantity.start):
        return "a ranking"
    if is_threshold(text, quantity):
        return "a threshold that names a class"
    if quantity.measure == PHYSICAL and _NAMED_IN_LIST.match(text, quantity.end):
        return "a capacity in a project's name"
    if quantity.measure == PHYSICAL and _CAPACITY_NAME.match(text, quantity.end) and re.search(r"年产|日产|年处理|总装机|年加工", text[max(0, quantity.start - 4) : quantity.start]):
        return "a capacity in a project's name"
    return None


# --- surroundings -------------------------------------------------------------------------------------------------


def _segment_of(text: str, sentence: Span, offset: int) -> Span:
    start = max(text.rfind("；", sentence.start, offset) + 1, sentence.start)
    stop = text.find("；", offset, sentence.end)
    return Span(start, stop if stop >= 0 else sentence.end)


def _masks(reading: Reading, sentence: Span) -> tuple[tuple[int, int], ...]:
    """The spans of times (with 比 or 较 before them) and places in a sentence: nouns stand between them."""
    text = reading.text
    first = bisect_left(reading.times, (sentence.start,))
    spans = []
    for t in reading.times[first:]:
        if t.start >= sentence.end:
            break
        start = t.start - 1 if t.comparison and text[t.start - 1] in "比较与同" else t.start
        spans.append((start, t.end))
    spans += [(m.start, m.end) for m in reading.named if sentence.start <= m.start < sentence.end]
    return tuple(spans)


def _figures_of(reading: Reading, number: int, paragraph: Paragraph, quantities: list[Quantity]) -> list[list[Figure]]:
    """The figures of a paragraph, a list a sentence."""
    text = reading.text
    result = []
    for sentence in paragraph.sentences:
        first = bisect_left(quantities, (sentence.start,))
        inside = []
        for q in quantities[first:]:
            if q.start >= sentence.end:
                break
            if _set_aside(text, q, sentence) is None:
                inside.append(q)
            elif inside and q.bound == Bound.AT_MOST and inside[-1].bound == Bound.AT_LEAST and q.start - inside[-1].end == 1:
                inside.pop()  # the lower end of a range that names a class
        if not inside:
            continue
        masks = _masks(reading, sentence)
        figures: list[Figure] = []
        for i, q in enumerate(inside):
            follower = inside[i + 1].reach_start if i + 1 < len(inside) else sentence.end
            figures.append(_figure(text, number, sentence, q, figures[-1] if figures else None, follower, masks))
        deal_out(reading, figures, masks)
        result.append(figures)
    return result


def _figure(
    text: str, number: int, sentence: Span, q: Quantity, previous: Figure | None, follower: int, masks: tuple[tuple[int, int], ...]
) -> Figure:
    clause = Span(clause_start(text, q.reach_start, sentence.start), clause_end(text, q.reach_end, sentence.end))
    taken = max(previous.quantity.reach_end, previous.after.end) if previous else sentence.start
    left = Span(min(max(clause.start, taken), q.reach_start), q.reach_start)
    right = Span(q.reach_end, max(q.reach_end, min(clause.end, follower)))
    before, verb = left_phrase(text, left.start, left.end, masks, with_verb=q.measure == COUNT)
    if previous and before.end - before.start < 2 and taken > previous.quantity.reach_end and q.measure == MONEY:
        left = Span(max(clause.start, previous.quantity.reach_end), q.reach_start)
        before, verb = left_phrase(text, left.start, left.end, masks)
    after = right_phrase(text, right.start, right.end) if q.measure not in (PERCENT, POINT) else Span(right.start, right.start)
    if q.measure == PERCENT and before.end - before.start < 2:
        after = right_phrase(text, right.start, right.end)
    return Figure(q, number, sentence, _segment_of(text, sentence, q.start), clause, left, right, before, verb, after, previous)


# --- time ---------------------------------------------------------------------------------------------------------

_ALREADY = re.compile(r"已(?!建|于)")
_TARGET_OF_YEAR = re.compile(r"目标|任务|预期|计划")


@dataclass
class _Clock:
    """The times of a text as they are said one after another."""

    reading: Reading
    said: int | None = None
    current: TimeMention | None = None
    current_said: int | None = None
    position: int = 0
    before: tuple[int | None, TimeMention | None, int | None] = (None, None, None)
    main: tuple[int | None, TimeMention | None, int | None] = (None, None, None)

    def enter_paragraph(self, start: int, carries: bool) -> None:
        """Nothing said in an earlier paragraph holds in a new one, save the time of a bulletin as a whole."""
        self.advance(start)
        if not carries:
            self.said = self.current = self.current_said = None
        elif self.current is not None and not _is_target_year(self.reading, self.current):
            self.said, self.current, self.current_said = self.main

    def advance(self, offset: int) -> None:
        """Hear the times said before `offset`."""
        times = self.reading.times
        while self.position < len(times) and times[self.position].start < offset:
            mention = times[self.position]
            self.position += 1
            if mention.comparison:
                continue
            if mention.form != "now" and mention.last_year is None and (mention.year is not None or mention.relative is not None):
                self.said = resolve_year(mention, self.reading.anchor, self.said)
            self.current, self.current_said = mention, self.said


    def enter_sentence(self, start: int) -> None:
        """Hear what stands before a sentence, and remember it."""
        self.advance(start)
        self.before = (self.said, self.current, self.current_said)

    def leave_sentence(self, figures: list[Figure]) -> None:
        """The time of a plan holds no longer than its sentence, unless it is all that was ever said."""
        self.advance(figures[0].sentence.end)
        told = [f for f in figures if f.kind is not None]
        if told and all(f.status is Status.PLANNED for f in told) and self.before[1] is not None and not _is_target_year(self.reading, self.current):
            self.said, self.current, self.current_said = self.before


def _find_period(clock: _Clock, figure: Figure) -> None:
    reading = clock.reading
    clock.advance(figure.quantity.start)
    if figure.rule == COMPARED_TIME:
        compared = next((t for t in reading.times if t.end == figure.left.end - 1), None)
        if compared is not None:
            figure.period = resolve(compared, reading.anchor, clock.said)
            figure.because("period", "the compared time", span=Span(compared.start, compared.end), text=reading.text)
            return
    if figure.kind is Kind.COMPLETION_RATE and figure.previous is not None and figure.previous.rule.startswith("target after"):
        level = figure.previous.previous
        if level is not None:
            figure.period = level.period
            figure.because("period", "of the figure that the target is for")
            return
    mention, said = clock.current, clock.current_said
    rule = "said before in the paragraph"
    if mention is None:
        later = next((t for t in reading.times if figure.quantity.end <= t.start < figure.right.end and not t.comparison), None)
        if later is not None and figure.status is Status.PLANNED:
            mention, said, rule = later, clock.said, "said just after"
    if mention is None:
        _period_without_time(reading, figure)
        return
    if mention.start >= figure.sentence.start:
        rule = "said in the sentence"
    span = Span(mention.start, mention.end)
    if clock.main[1] is None:
        clock.main = (clock.said, mention, said)
    figure.period = resolve(mention, reading.anchor, said)
    if figure.status is Status.ACTUAL and figure.kind is not Kind.COMPLETION_RATE and _is_target_year(reading, mention):
        figure.status = Status.PLANNED
        figure.because("status", "a year still to come", span=span, text=reading.text)
    if figure.status is Status.PLANNED and _is_estimate_of_past(reading, figure):
        figure.status = Status.ACTUAL
        figure.because("status", "an estimate of a year already over", span=span, text=reading.text)
    if figure.rule.startswith("target after"):
        year = resolve_year(mention, reading.anchor, said)
        figure.period = str(year) if year else None
    elif figure.status is Status.PLANNED:
        figure.period = _planned_period(reading, figure, mention, said)
    figure.because("period", rule, span=span, text=reading.text)


def _is_target_year(reading: Reading, mention: TimeMention) -> bool:
    """到2025年 at the head of a clause, for a year that the article has not seen."""
    text = reading.text
    if mention.year is None or mention.form == "since":
        return False
    if reading.anchor.year is not None:
        return (mention.last_year or mention.year) > reading.anchor.year
    return text[mention.start] in "到至" and (mention.start == 0 or text[mention.start - 1] in "，。；：\n—“ ")


_ESTIMATES = ("预计", "预估", "估计", "预测")


def _is_estimate_of_past(reading: Reading, figure: Figure) -> bool:
    """预计 said of a year before the article's own is a first estimate of what has been."""
    cue = next((r.cue for r in figure.reasons if r.attribute == "status"), "")
    year = int(figure.period[:4]) if figure.period and figure.period[:4].isdigit() and ".." not in figure.period else None
    return cue in _ESTIMATES and year is not None and reading.anchor.year is not None and year < reading.anchor.year


def _planned_period(reading: Reading, figure: Figure, mention: TimeMention, said: int | None) -> str | None:
    """The time a figure is planned for; a past day on which it was told is not that time."""
    cue = next((r for r in figure.reasons if r.attribute == "status" and r.cue.endswith("后")), None)
    if cue is not None and mention.start < cue.start:
        return None
    year = resolve_year(mention, reading.anchor, said, planned=True)
    if mention.form == "now" or mention.form == "since":
        return None
    if mention.form == "as_of" and (mention.at_end or mention.months is None):
        return None if year is None else str(year)
    if mention.days and figure.kind not in (Kind.INVESTMENT, Kind.PROJECT_COUNT):
        return None
    if mention.start < figure.sentence.start and mention.months and figure.kind not in (Kind.GROWTH_RATE, Kind.INVESTMENT, Kind.PROJECT_COUNT):
        return None
    return resolve(mention, reading.anchor, said, planned=True)


def _period_without_time(reading: Reading, figure: Figure) -> None:
    text = reading.text
    before = text[figure.clause.start : figure.quantity.start]
    if figure.status is Status.ACTUAL and _ALREADY.search(before) and reading.anchor.edtf:
        figure.period = f"../{reading.anchor.edtf}"
        figure.because("period", "已 with no time: as of the article's date")
    elif figure.status is Status.PLANNED and figure.kind is Kind.GROWTH_RATE and reading.anchor.year and "年均" not in before:
        figure.period = str(reading.anchor.year)
        figure.because("period", "a target of the year")
    else:
        figure.because("period", "no time said")


# --- the whole ----------------------------------------------------------------------------------------------------


def _decide_kind(reading: Reading, figure: Figure) -> None:
    for rule in RULES[figure.quantity.measure]:
        verdict = rule.test(reading, figure)
        if verdict is not None:
            figure.kind, figure.rule = rule.kind, rule.name
            figure.value_sign, cue = verdict
            figure.because("kind", rule.name, cue)
            return


def _value(figure: Figure) -> Decimal:
    value = figure.quantity.value
    if figure.kind in (Kind.COUNT, Kind.QUANTITY) and figure.basis is not None and figure.lessens:
        return -value
    if figure.rule == MULTIPLE_OF_FORMER:
        return value - 100
    if figure.value_sign < 0 and value > 0:
        return -value
    return value


def _unit(figure: Figure, region: str) -> str:
    if figure.kind is Kind.PROJECT_COUNT:
        return "project"
    unit = figure.quantity.unit
    return CURRENCY.get(region, "CNY") if unit == LOCAL_CURRENCY else unit


def _confidence(figure: Figure) -> Confidence:
    """High where kind, indicator, place and period are all said in the sentence itself."""
    rules = {r.attribute: r.rule for r in figure.reasons}
    weak = sum(
        (
            rules.get("indicator", "").startswith(("as ", "a sum", "noun of the clause")),
            rules.get("period", "no time said") != "said in the sentence",
            rules.get("place") == "the article's own area",
        )
    )
    return (Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW, Confidence.LOW)[weak]


def _observation(article: str, reading: Reading, figure: Figure) -> Observation:
    q = figure.quantity
    return Observation(
        article=article,
        kind=figure.kind,
        value=_value(figure),
        unit=_unit(figure, reading.region),
        bound=q.bound,
        indicator=figure.indicator,
        subject=figure.subject,
        place=figure.place,
        period=figure.period,
        basis=figure.basis,
        status=figure.status,
        stage=figure.stage,
        start=q.start,
        end=q.end,
        text=reading.text[q.start : q.end],
        sentence=reading.text[figure.sentence.start : figure.sentence.end],
        rule=figure.rule,
        confidence=_confidence(figure),
        reasons=tuple(figure.reasons),
    )


_COMPARED_WITH = re.compile(r"(?:\([^)]*\))?(?:[、和][^，。；、]{2,8}(?:\([^)]*\))?)*相比")
_SITE = re.compile(r"[^，。；]{0,8}?(?:开工|动工|奠基|竣工|投产|落户|落地|建成|建设)")
_VENUE = re.compile(r"[^，。；]{0,12}?(?:举行|召开|举办|开幕|启幕|闭幕|揭幕|启动)")
# Told of in mainland news as partners of trade and investment, not as areas reported on.
OVERSEAS = frozenset({"香港", "澳门", "台湾"})
_CLAUSE_HEAD = "，。；：！？\n"


def _is_reference_area(text: str, mention: PlaceMention, home: str | None) -> bool:
    """Whether figures can be stated for a place that is mentioned.

    A venue, a country traded with and a place of another province do not count, unless the clause
    begins with it as its topic.
    """
    if mention.in_name or mention.aside or PUBLISHER.match(text, mention.end):
        return False
    if _COMPARED_WITH.match(text, mention.end):
        return False
    if text[mention.start - 1 : mention.start] in ("较", "比") or text[mention.end : mention.end + 2] == "平均":
        return False
    if text[mention.start - 1 : mention.start] == "在" and _SITE.match(text, mention.end):
        return True
    if text[mention.start - 1 : mention.start] == "在" and _VENUE.match(text, mention.end):
        return False
    if home == mention.name or mention.kind == "relative" or mention.name == "全国":
        return True
    if mention.kind == "country" or (mention.name in OVERSEAS and region_of(home) == "CN"):
        return False
    if mention.kind == "region" and mention.name not in domestic_regions():
        return False
    if home is None:
        return True
    if contains(home, mention.name) is not True and mention.kind != "park":
        return mention.start == 0 or text[mention.start - 1] in _CLAUSE_HEAD
    return True


def _reading(text: str, dateline: Dateline) -> Reading:
    places, named = [], []
    home = dateline.place
    here = home
    for mention in find_places(text, home):
        if mention.kind == "relative":
            name = resolve_relative(mention.name, here) or resolve_relative(mention.name, home)
            if name is None:
                continue
            mention = PlaceMention(mention.start, mention.end, name, mention.kind, mention.code, mention.in_name, mention.aside)
        if not mention.in_name:
            named.append(mention)
        if _is_reference_area(text, mention, home):
            places.append(mention)
    return Reading(text, parse_anchor(dateline.published), home, dateline.region, split_paragraphs(text), find_times(text), places, named)


def _outside_times(quantities: list[Quantity], times: list[TimeMention]) -> list[Quantity]:
    """The quantities that are no part of a date."""
    kept, i = [], 0
    for q in quantities:
        while i < len(times) and times[i].end <= q.start:
            i += 1
        if i == len(times) or q.end <= times[i].start or (q.measure == MONEY and q.end > times[i].end):
            kept.append(q)
    return kept


_HEADING_BASIS = {"同比": Basis.YOY, "环比": Basis.MOM}


@dataclass
class _Memory:
    """What the sentences before have left: the last figure, the last projects, the last rate.

    It lasts for a paragraph, the basis that a heading names for its section.
    """

    last: Figure | None = None
    projects: Figure | None = None
    rate: Figure | None = None
    section: Basis | None = None

    def enter_paragraph(self, text: str, paragraph: Paragraph) -> None:
        """Forget the figures; take up the basis that a heading names."""
        self.last = self.projects = self.rate = None
        line = text[paragraph.start : paragraph.end]
        if len(line) <= HEADING_LENGTH and "。" not in line:
            self.section = next((b for word, b in _HEADING_BASIS.items() if word in line and "%" not in line), None)

    def leave_sentence(self, figures: list[Figure]) -> None:
        """Remember the last figures of a sentence."""
        for figure in figures:
            if figure.indicator:
                self.last = figure
            if figure.kind in (Kind.INVESTMENT, Kind.PROJECT_COUNT):
                self.projects = figure
            if figure.kind is Kind.GROWTH_RATE and figure.basis in (Basis.YOY, Basis.MOM, Basis.UNSPECIFIED):
                self.rate = figure


def _detail(text: str, span: Span) -> str:
    return text[span.start : span.end][:DETAIL_LENGTH]


def _fill_in(clock: _Clock, figure: Figure, memory: _Memory, place: str | None) -> None:
    """All attributes of a figure whose kind is known, in the order in which they lean on one another."""
    reading = clock.reading
    attributes.find_bound(reading, figure)
    attributes.find_indicator(reading, figure, memory.last)
    attributes.find_status(reading, figure)
    _find_period(clock, figure)
    attributes.find_basis(reading, figure, memory.rate, memory.section)
    attributes.find_stage(reading, figure, memory.projects)
    attributes.find_place(reading, figure, place)
    attributes.find_subject(reading, figure)


def find_observations(article: str, clean_text: CleanText, dateline: Dateline) -> tuple[list[Observation], list[Problem]]:
    """The observations of a clean text in its order, and the figures that were read but not understood."""
    text = clean_text.text
    reading = _reading(text, dateline)
    quantities = _outside_times(find_quantities(text), reading.times)
    clock = _Clock(reading)
    carries = len(quantities) > BULLETIN_DENSITY * len(text) or bool(_ENUMERATION.search(text))
    observations: list[Observation] = []
    problems: list[Problem] = []
    memory = _Memory()
    for number, paragraph in enumerate(reading.paragraphs):
        memory.enter_paragraph(text, paragraph)
        place_before = _last_place(reading, reading.paragraphs[number - 1]) if number else None
        clock.enter_paragraph(paragraph.start, carries)
        for figures in _figures_of(reading, number, paragraph, quantities):
            clock.enter_sentence(figures[0].sentence.start)
            read = []
            for figure in figures:
                if any(s < figure.quantity.end and figure.quantity.start < e for s, e in clean_text.damaged):
                    problems.append(Problem(article, "damaged_figure", _detail(text, figure.sentence)))
                    continue
                _decide_kind(reading, figure)
                if figure.kind is None:
                    problems.append(Problem(article, "no_kind", _detail(text, figure.clause)))
                    continue
                _fill_in(clock, figure, memory, _paragraph_place(reading, paragraph, figure, place_before))
                read.append(figure)
            for figure, follower in zip(reversed(read[:-1]), reversed(read), strict=False):
                attributes.adopt_from_follower(figure, follower)
            for figure in read:
                if figure.indicator is None:
                    problems.append(Problem(article, "no_indicator", _detail(text, figure.clause)))
                else:
                    observations.append(_observation(article, reading, figure))
            memory.leave_sentence(figures)
            clock.leave_sentence(figures)
    return observations, problems


# A paragraph that opens with what was spoken of before goes on about the same place.
_ANAPHOR = re.compile(r"(?:该|这|上述|此)(?:项目|公司|企业|园区|产业园|基地|区|县|市)|(?:项目|园区|公司)(?!攻坚)|其|为此|同时，|此外，|另外，")


def _paragraph_place(reading: Reading, paragraph: Paragraph, figure: Figure, before: str | None) -> str | None:
    found = before if _ANAPHOR.search(reading.text, paragraph.start, min(paragraph.end, paragraph.start + ANAPHOR_REACH)) else None
    for m in reading.places:
        if m.start >= figure.sentence.start:
            break
        if m.start >= paragraph.start and m.name != "全国" and not (found and attributes.is_passing(reading, m, found)):
            found = m.name
    return found


def _last_place(reading: Reading, paragraph: Paragraph) -> str | None:
    inside = [m.name for m in reading.places if paragraph.start <= m.start < paragraph.end and m.name != "全国"]
    return inside[-1] if inside else None


def extract(article: Article) -> Extraction:
    """An article cleaned, dated and read: its observations in the order of the text, and its problems."""
    clean_text = clean(article.raw)
    dateline = find_dateline(article, clean_text)
    observations, problems = find_observations(article.id, clean_text, dateline)
    return Extraction(article, clean_text, dateline, tuple(observations), tuple(problems))
