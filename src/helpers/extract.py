"""Article → observations, each with its reasons: figures first, their kind second, their context third.

The engine knows no words. It takes the figures of each sentence in turn, sets aside those that are damaged,
asks the rules of each kind in their order, and lets each attribute's module fill in its field.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from helpers.article import Article, Problem
from helpers.attributes.basis import find_basis
from helpers.attributes.bound import find_bound
from helpers.attributes.clock import Clock
from helpers.attributes.indicator import adopt_from_follower, find_indicator
from helpers.attributes.period import find_period
from helpers.attributes.place import Scene, find_place
from helpers.attributes.stage import (
    carry_stage,
    divides,
    find_stage,
    is_statistic,
    opens_breakdown,
    sums_up,
)
from helpers.attributes.status import find_status
from helpers.attributes.subject import find_subject
from helpers.cells import find_unread_rows
from helpers.clean import CleanText, clean
from helpers.clean.masked import find_masked
from helpers.correct import correct
from helpers.dateline import Dateline, find_dateline
from helpers.figure import Figure, Reading
from helpers.lexicon import read_lexicon
from helpers.mentions.quantity import LOCAL_CURRENCY, Quantity, find_quantities
from helpers.observation import BASES, STAGED_KINDS, Basis, Confidence, Kind, Observation
from helpers.rules import RULES
from helpers.rules.growth_rate import MULTIPLE_OF_FORMER
from helpers.rules.investment import DIFFERENCE
from helpers.segment import HEADING_LENGTH, Paragraph, Span, Stretches
from helpers.surroundings import (
    FiguresOfSentence,
    figures_of,
    outside_names,
    outside_times,
    read_surroundings,
)

# A text with more figures a character is a bulletin: the time at its head holds for all of it.
BULLETIN_DENSITY = 1 / 33
# 一是…二是…三是… goes on about one time, as a bulletin does.
_ENUMERATION = ("一是", "二是", "三是")
# 从主要行业看: what was measured before is now told of its parts.
_BREAKDOWN = re.compile(
    r"(?:[(（][一二三四五六七八九十]{1,2}[)）])?[从分按][^，。；\d]{0,6}"
    r"(?:行业|门类|产业|类型|经济|规模|领域|主体)[^，。；\d]{0,4}看"
)
DETAIL_LENGTH = 80
# Fewer projects than this may be others of the same number.
LEAST_TELLING = 10
CURRENCY = {"CN": "CNY", "HK": "HKD", "MO": "MOP", "TW": "TWD"}
# Why a figure that was read is no row, for problems.csv.
CAUSES = {
    "damaged_figure": "数字紧邻损坏的文字",
    "no_kind": "未能判断数字的类型",
    "no_indicator": "未能判断数字所指的指标",
    "set_aside": "不是统计数字",
}
IN_CELLS = "表格中行列含义不明的数字"
_OF_WHICH = ("其中", "具体来看", "具体看")
_LIST_GOES_ON = ("：", "；")
_HEADING_BASIS = {"同比": Basis.YOY, "环比": Basis.MOM}
_STAGED_KINDS = frozenset(STAGED_KINDS)
_COUNTED_KINDS = frozenset({Kind.COUNT, Kind.QUANTITY})
# What the rates of later sentences may go on from.
_CARRIED_BASES = frozenset({Basis.YOY, Basis.MOM, Basis.UNSPECIFIED})


@dataclass(frozen=True)
class Extraction:
    """All that was made of one article."""

    article: Article
    clean: CleanText
    dateline: Dateline
    observations: tuple[Observation, ...]
    problems: tuple[Problem, ...] = ()
    dropped: tuple[Observation, ...] = ()  # rows that a correction has taken out


@dataclass
class _Memory:
    """What the sentences before have left: the last figure, the last projects, the last rate.

    It lasts for a paragraph, the basis that a heading names for its section, and what was told of projects
    (the last `counted`; all `told`, by kind and value) for the text; the `total` is the greatest number of a paragraph.
    """

    last: Figure | None = None
    projects: Figure | None = None
    rate: Figure | None = None
    section: Basis | None = None
    told: dict[tuple[Kind, Decimal], Figure] = field(default_factory=dict)
    counted: Figure | None = None
    total: Figure | None = None

    def enter_paragraph(self, text: str, paragraph: Paragraph) -> None:
        """Forget the figures; take up the basis that a heading names."""
        goes_on = _BREAKDOWN.match(text, paragraph.start) is not None
        self.last = self.last if goes_on else None
        goes_on = text.endswith(_LIST_GOES_ON, 0, max(paragraph.start - 1, 0))
        if not goes_on and not text.startswith(_OF_WHICH, paragraph.start):
            self.projects = self.total = None  # 具体如下：, and the lines under it
        self.rate = None
        if paragraph.end - paragraph.start <= HEADING_LENGTH:
            self._enter_heading(text[paragraph.start : paragraph.end])

    def _enter_heading(self, line: str) -> None:
        """Take up the basis that a short line names, unless it is a sentence."""
        if "。" not in line:
            named = (basis for word, basis in _HEADING_BASIS.items() if word in line)
            self.section = next(named, None) if "%" not in line else None

    def same(self, text: str, figure: Figure) -> Figure | None:
        """The figure told before that has the kind and value of this one, and tells of the same things."""
        told = self.told.get((figure.kind, figure.quantity.value)) if self.told else None
        if told is None or figure.indicator is None or told.indicator is None:
            return None
        if figure.quantity.value < LEAST_TELLING and not text.endswith(
            ("该", "这", "上述"), 0, figure.quantity.start
        ):
            return None
        return told if figure.indicator in told.indicator or told.indicator in figure.indicator else None

    def whole(self, reading: Reading, figure: Figure) -> Figure | None:
        """The projects told before of which a figure is part, in this paragraph, or before a breakdown of them."""
        if divides(reading, figure, self.total) or sums_up(reading, figure, self.total):
            return self.total
        counts = figure.kind is Kind.PROJECT_COUNT
        if self.projects is not None or not (counts and opens_breakdown(reading, figure)):
            return self.projects
        return self.counted

    def _remember_projects(self, figure: Figure) -> None:
        """Keep the last projects, what was told of them, their last number, and the greatest of the paragraph."""
        if is_statistic(figure):
            return
        self.projects = figure
        if figure.stage is not None:
            self.told[figure.kind, figure.quantity.value] = figure
        if figure.kind is Kind.PROJECT_COUNT:
            self.counted = figure
            if self.total is None or figure.quantity.value > self.total.quantity.value:
                self.total = figure

    def leave_sentence(self, figures: list[Figure]) -> None:
        """Remember the last figures of a sentence."""
        for figure in figures:
            if figure.indicator:
                self.last = figure
            if figure.kind in _STAGED_KINDS:
                self._remember_projects(figure)
            elif figure.basis in _CARRIED_BASES and figure.kind is Kind.GROWTH_RATE:
                self.rate = figure


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
    if figure.lessens and figure.basis is not None and figure.kind in _COUNTED_KINDS:
        return -value
    if figure.rule == MULTIPLE_OF_FORMER:
        return value - 100
    if figure.value_sign < 0 and value > 0:
        return -value
    return value


def _unit(figure: Figure, reading: Reading) -> str:
    if figure.kind is Kind.PROJECT_COUNT:
        return "project"
    unit = figure.quantity.unit
    if unit == "AUD" and reading.region == "MO":
        return "MOP"  # 澳元 is short for 澳门元 there
    if unit == LOCAL_CURRENCY:
        return reading.currency or CURRENCY.get(reading.region, "CNY")
    return unit


_DIRECT_NOUN = (
    "noun before the",
    "of the level",
    "of the rate",
    "of the number t",
    "of the sum",
    "dealt out by",
    "what is",
)
_DIRECT_TIME = (
    "said in the sentence",
    "the compared time",
    "dealt out by 分别",
    "of the figure that the target is for",
)
_LOOSE_KINDS = frozenset({Kind.COUNT, Kind.SHARE, Kind.QUANTITY})
CARRIED_PLACE, OWN_AREA = "named earlier in the paragraph", "the article's own area"


def _confidence(figure: Figure) -> Confidence:
    """How sure the whole row is, after what went wrong in rows that were checked against gold annotations.

    Four things make a row doubtful: a year or a place that is not known, a noun that does not stand before the
    figure, a kind whose nouns are loose. High: none of them, and what is not said in the sentence is the article's
    own; low: two or more.
    """
    noun = time = place = ""
    for attribute, rule, _, _, _ in figure.reasons:
        if attribute == "indicator":
            noun = rule
        elif attribute == "period":
            time = rule
        elif attribute == "place":
            place = rule
    doubts = (
        (figure.period is None or "X" in figure.period)
        + (figure.place is None)
        + (not noun.startswith(_DIRECT_NOUN))
        + (figure.kind in _LOOSE_KINDS)
    )
    if doubts:
        return Confidence.LOW if doubts > 1 else Confidence.MEDIUM
    settled = place != CARRIED_PLACE if time.startswith(_DIRECT_TIME) else place == OWN_AREA
    return Confidence.HIGH if settled else Confidence.MEDIUM


def _observation(article: str, reading: Reading, figure: Figure, sentence: str) -> Observation:
    q = figure.quantity
    return Observation(
        article=article,
        kind=figure.kind,
        value=_value(figure),
        unit=_unit(figure, reading),
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
        sentence=sentence,
        rule=figure.rule,
        confidence=_confidence(figure),
        reasons=tuple(figure.reasons),
    )


def _problem(article: str, cause: str, text: str, span: Span, why: str = "") -> Problem:
    quoted = text[span.start : span.end][:DETAIL_LENGTH].replace("\n", " ")
    return Problem(article, cause, f"{CAUSES[cause]}{f'（{why}）' if why else ''}：{quoted}")


def _fill_in(clock: Clock, scene: Scene, figure: Figure, memory: _Memory) -> None:
    """All attributes of a figure whose kind is known, in the order in which they lean on one another."""
    reading = clock.reading
    find_bound(reading, figure)
    find_indicator(reading, figure, memory.last)
    if figure.indicator_span is None:
        _reconsider(figure)
    find_status(reading, figure, memory.last)
    find_period(clock, figure)
    if figure.kind in BASES:
        find_basis(reading, figure, memory.rate, memory.section)
    if figure.kind in _STAGED_KINDS and not find_stage(reading, figure):
        carry_stage(reading, figure, memory.whole(reading, figure), memory.same(reading.text, figure))
    find_place(scene, figure)
    find_subject(reading, figure)


def _reconsider(figure: Figure) -> None:
    """A sum that takes over the name of an investment is one: 投资翻一番,由628亿元增至1665亿元."""
    if figure.kind is Kind.AMOUNT and figure.indicator and figure.rule != DIFFERENCE:
        cues = read_lexicon("money").find(figure.indicator)
        if cues and cues[-1].meaning == Kind.INVESTMENT:
            figure.kind = Kind.INVESTMENT


@dataclass
class _Extractor:
    """The way through one text, sentence by sentence."""

    article: str
    reading: Reading
    damaged: Stretches
    clock: Clock
    scene: Scene
    memory: _Memory
    observations: list[Observation]
    problems: list[Problem]

    def read_paragraph(self, number: int, paragraph: Paragraph, sentences: list[FiguresOfSentence]) -> None:
        """The rows of a paragraph, sentence by sentence."""
        self.memory.enter_paragraph(self.reading.text, paragraph)
        if sentences:
            self.scene.enter_paragraph(number)
        for figures, masks in sentences:
            sentence = figures[0].sentence
            self.reading.masks = masks
            self.clock.enter_sentence(sentence.start)
            self.scene.enter_sentence(paragraph, sentence)
            understood = [figure for figure in figures if self._understand(figure)]
            for figure, follower in reversed(list(pairwise(understood))):
                adopt_from_follower(figure, follower)
            told = self.reading.text[sentence.start : sentence.end] if understood else ""
            for figure in understood:
                self._put_down(figure, told)
            self.memory.leave_sentence(figures)
            self.clock.leave_sentence(figures)

    def _understand(self, figure: Figure) -> bool:
        if self.damaged.overlap(figure.quantity.start, figure.quantity.end):
            self.problems.append(_problem(self.article, "damaged_figure", self.reading.text, figure.sentence))
            return False
        _decide_kind(self.reading, figure)
        if figure.kind is None:
            self.problems.append(_problem(self.article, "no_kind", self.reading.text, figure.clause))
            return False
        _fill_in(self.clock, self.scene, figure, self.memory)
        return True

    def _put_down(self, figure: Figure, sentence: str) -> None:
        noun = figure.indicator_span
        if noun is not None and self.damaged.overlap(*noun):
            self.problems.append(_problem(self.article, "damaged_figure", self.reading.text, figure.sentence))
        elif figure.indicator is None:
            self.problems.append(_problem(self.article, "no_indicator", self.reading.text, figure.clause))
        else:
            self.observations.append(_observation(self.article, self.reading, figure, sentence))


def find_observations(
    article: str, clean_text: CleanText, dateline: Dateline
) -> tuple[list[Observation], list[Problem]]:
    """The observations of a clean text in its order, and the figures that were read but are no rows."""
    text = clean_text.text
    reading = read_surroundings(text, dateline)
    quantities = outside_names(outside_times(find_quantities(text), reading.times), reading.named)
    carries = len(quantities) > BULLETIN_DENSITY * len(text) or _enumerates(text)
    extractor = _Extractor(
        article, reading, Stretches(clean_text.damaged), Clock(reading), Scene(reading), _Memory(), [], []
    )
    for number, paragraph in enumerate(reading.paragraphs):
        extractor.clock.enter_paragraph(paragraph, carries)
        sentences, aside = figures_of(reading, number, paragraph, quantities)
        extractor.problems += [
            _problem(article, "set_aside", text, Span(q.start, q.end), why) for q, why in aside
        ]
        extractor.read_paragraph(number, paragraph, sentences)
    return extractor.observations, extractor.problems + _unread(article, text, quantities)


def _enumerates(text: str) -> bool:
    """Whether the numbers of an enumeration stand in a text, one after the other."""
    position = 0
    for number in _ENUMERATION:
        position = text.find(number, position) + len(number)
        if position < len(number):
            return False
    return True


def _unread(article: str, text: str, quantities: list[Quantity]) -> list[Problem]:
    """The figures of which nothing was read: without digits, 总投资.5亿元, 签约**个, or without a unit, in a cell."""
    read = [(q.start, q.end) for q in quantities]
    masked = (Span(*span) for span in find_masked(text))
    is_read = Stretches(read).overlap
    unread = [span for span in masked if not is_read(*span)]
    return [
        *(_problem(article, "damaged_figure", text, _sentence_around(text, span)) for span in unread),
        *(_problem(article, "set_aside", text, row, IN_CELLS) for row in find_unread_rows(text, read)),
    ]


def _sentence_around(text: str, span: Span) -> Span:
    start = max(text.rfind(mark, 0, span.start) for mark in "。；\n") + 1
    ends = [end for mark in "。；\n" if (end := text.find(mark, span.end)) >= 0]
    return Span(start, min(ends, default=len(text)))


def extract(article: Article) -> Extraction:
    """An article cleaned, dated and read: its observations in the order of the text, and its problems."""
    clean_text = clean(article.raw)
    dateline = find_dateline(article, clean_text)
    observations, problems = find_observations(article.id, clean_text, dateline)
    local_currency = CURRENCY.get(dateline.region, "CNY")
    corrected = correct(article, observations, clean_text.text, local_currency)
    return Extraction(
        article,
        clean_text,
        dateline,
        corrected.observations,
        (*problems, *corrected.problems),
        corrected.dropped,
    )
