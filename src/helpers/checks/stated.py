"""Rows of the table → figures as stated: what each measures, and which true values its digits leave open.

1218.56亿元 may stand for anything that rounds, or was cut off, to it; 18个 is eighteen; 约400名 is some four
hundred. All that checks do with numbers they do with such intervals, so what rounding allows is said once, here.
"""

from __future__ import annotations

import math
import re
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from helpers.wording import is_missing

ROUGH = 0.05  # how far the true value may be from one that is only 约
LEVELS = ("investment", "amount", "project_count", "count", "quantity")
COUNTS = ("project_count", "count")

_NUMBER = re.compile(r"\d[\d,]*(?:\s*\.\s*\d+)?")
_MARKS = re.compile(r"[\s“”\"'《》()（）的]")
_VERBS = re.compile(r"^(?:累计|共|已|实现|完成)+(?=.{2})")
_WHOLE_AREA = re.compile(r"^(?:全国|全省|全市|全县|全区|全州|我国|我省|我市|我县|我区)(?=.{2})")
_RATE_WORDS = re.compile(r"(?:同比|平均)?(?:增长率|增长速度|增速|增幅|降幅|涨幅)$")


class Interval(NamedTuple):
    """A value and the bounds that the true one lies between, both included.

    >>> Interval(10.0, 10.5, 11.0) / exactly(2.0)
    Interval(low=5.0, value=5.25, high=5.5)
    """

    low: float
    value: float
    high: float

    def __add__(self, other: Interval) -> Interval:  # type: ignore[override]
        return Interval(self.low + other.low, self.value + other.value, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.value - other.value, self.high - other.low)

    def __mul__(self, other: Interval) -> Interval:  # type: ignore[override]
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(ends), self.value * other.value, max(ends))

    def __truediv__(self, other: Interval) -> Interval:
        """Return the quotient; all values where the divisor may be zero."""
        if other.low <= 0 <= other.high:
            return Interval(-math.inf, math.nan, math.inf)
        return self * Interval(1 / other.high, 1 / other.value, 1 / other.low)

    @property
    def width(self) -> float:
        """How far the bounds lie apart."""
        return self.high - self.low

    @property
    def spread(self) -> float:
        """How far the bounds lie apart beside the value: 0.1 is ten percent."""
        return self.width / abs(self.value) if self.value else math.inf if self.width else 0.0

    def meets(self, other: Interval) -> bool:
        """Return whether some value lies between the bounds of both."""
        slack = 1e-9 * max(abs(bound) for bound in (*self, *other))
        return self.low <= other.high + slack and other.low <= self.high + slack


def exactly(value: float) -> Interval:
    """Return the interval that holds one value only."""
    return Interval(value, value, value)


@dataclass(frozen=True)
class Stated:
    """A figure as an article states it; None where the article leaves an attribute open."""

    row: str
    article: str
    kind: str
    value: float
    unit: str
    bound: str
    indicator: str
    subject: str | None
    place: str | None
    period: str | None
    basis: str | None
    status: str
    stage: str | None
    start: int
    text: str
    sentence: str
    place_code: str | None
    repeat_of: str | None

    @cached_property
    def measure(self) -> str:
        """What is measured, in the words that two sentences about it share."""
        return measure(self.indicator, self.place)

    @cached_property
    def interval(self) -> Interval:
        """The true values that the figure as written may stand for."""
        return true_values(self.text, self.value, self.bound, self.kind in COUNTS)

    @cached_property
    def words_before(self) -> str:
        """Its sentence up to the figure; nothing where the figure stands in it twice, and nobody can tell which is meant."""
        once = self.sentence.count(self.text) == 1
        return self.sentence[: self.sentence.index(self.text)] if once else ""

    @property
    def is_level(self) -> bool:
        """Whether it is a sum or a number of things, not a rate and not a difference."""
        return self.kind in LEVELS and self.basis is None

    @property
    def is_firm(self) -> bool:
        """Whether the figure can be reckoned with: 超 and 不超过 leave one side open."""
        return self.bound in ("exact", "about")

    @property
    def thing(self) -> tuple[Hashable, ...]:
        """What a level and its growth rate have in common."""
        return self.measure, self.subject, self.place, self.period, self.status

    @property
    def is_dated(self) -> bool:
        """Whether both its place and its time are known, the year included."""
        return self.place is not None and self.period is not None and "X" not in self.period

    @property
    def figure(self) -> tuple[Hashable, ...]:
        """What the figure is of: figures that agree in this are figures of one thing."""
        return (
            self.kind,
            self.unit,
            self.measure,
            self.subject,
            self.place,
            self.period,
            self.basis,
            self.status,
        )


def measure(indicator: str, place: str | None = None) -> str:
    """Return an indicator without what one sentence says of it and another leaves out.

    >>> measure("全市规模工业增加值增速"), measure("完成工业投资"), measure("“三类500强”项目")
    ('规模工业增加值', '工业投资', '三类500强项目')
    """
    words = _MARKS.sub("", indicator)
    if place and len(words) > len(place) + 1:
        words = words.removeprefix(place)
    words = _VERBS.sub("", _WHOLE_AREA.sub("", words))
    return _RATE_WORDS.sub("", words) or words


def true_values(text: str, value: float, bound: str = "exact", counts_things: bool = False) -> Interval:
    """Return the values that a figure as written may stand for.

    The last digit may have been rounded, or cut off after, as Chinese statistics often do; a whole
    number of things is exact; one with 约 may be a twentieth off.

    >>> true_values("8.4%", 8.4)
    Interval(low=8.35, value=8.4, high=8.5)
    >>> true_values("18个", 18.0, counts_things=True)
    Interval(low=18.0, value=18.0, high=18.0)
    """
    if bound == "about":
        return Interval(value - ROUGH * abs(value), value, value + ROUGH * abs(value))
    step = last_digit(text, value)
    if counts_things and step == 1 and value == int(value):
        return exactly(value)
    sign = -1 if value < 0 else 1
    ends = (_tidy(value - sign * step / 2), _tidy(value + sign * step))
    return Interval(min(ends), value, max(ends))


def last_digit(text: str, value: float) -> float:
    """Return how much one step of the last digit is, in the unit of the value.

    >>> last_digit("119.69%", 119.69), last_digit("1218.56亿元", 121_856_000_000), last_digit("2.2倍", 220)
    (0.01, 1000000.0, 10.0)
    >>> last_digit("三十九亿元", 3_900_000_000), last_digit("翻一番", 100)
    (100000000.0, 100.0)
    """
    numbers = _NUMBER.findall(text)
    number = float(re.sub(r"[\s,]", "", numbers[0])) if len(numbers) == 1 else 0.0
    if not number:
        return 10.0 ** int(Decimal(repr(value)).normalize().as_tuple().exponent)
    decimals = len(numbers[0].partition(".")[2].strip())
    return _tidy(abs(value) / number * 10.0**-decimals)


def _tidy(value: float) -> float:
    """Return a value without the noise of binary fractions: 8.350000000000001 is 8.35."""
    return float(f"{value:.12g}")


def stated_figures(rows: pd.DataFrame) -> list[Stated]:
    """Return the rows of an observation table as figures, in the table's order."""
    names = [name for name in Stated.__dataclass_fields__ if name in rows.columns]
    return [_stated(record) for record in rows[names].to_dict("records")]


def _stated(record: Mapping[Hashable, object]) -> Stated:
    known = {str(name): None if is_missing(cell) else cell for name, cell in record.items()}
    return Stated(**({"repeat_of": None, "place_code": None} | known))  # type: ignore[arg-type]


class Ledger:
    """The figures of a set, each told once, to be looked up by sentence, by article and by what they are of."""

    def __init__(self, figures: Iterable[Stated]) -> None:
        self.all = list(figures)
        self.figures = [stated for stated in self.all if stated.repeat_of is None]
        self.by_row = {stated.row: stated for stated in self.all}
        self._sentences: dict[tuple[str, str], list[Stated]] = {}
        self._articles: dict[str, list[Stated]] = {}
        self._same: dict[tuple[Hashable, ...], list[Stated]] = {}
        for stated in self.figures:
            self._sentences.setdefault((stated.article, stated.sentence), []).append(stated)
            self._articles.setdefault(stated.article, []).append(stated)
            self._same.setdefault(stated.figure, []).append(stated)
        self._grown = {stated.thing for stated in self.figures if stated.kind == "growth_rate"}

    @property
    def articles(self) -> Iterable[list[Stated]]:
        """The figures of each article."""
        return self._articles.values()

    @property
    def sentences(self) -> Iterable[list[Stated]]:
        """The figures of each sentence that has any."""
        return self._sentences.values()

    @property
    def told(self) -> Iterable[list[Stated]]:
        """The figures that are of one thing, wherever they are told."""
        return self._same.values()

    def around(self, stated: Stated) -> list[Stated]:
        """Return the figures of its sentence, itself among them, in the order of the text."""
        return self._sentences.get((stated.article, stated.sentence), [])

    def article_of(self, stated: Stated) -> list[Stated]:
        """Return the figures of its article in the order of the text."""
        return self._articles[stated.article]

    def of(self, figure: tuple[Hashable, ...]) -> list[Stated]:
        """Return the figures of one thing, as `Stated.figure` names it."""
        return self._same.get(figure, [])

    def is_statistic(self, stated: Stated) -> bool:
        """Return whether a level is a statistic of an area: some article tells how it grew.

        Two sums that share no more than place and year (总投资 of two unnamed projects) need not be of one thing.
        """
        known = stated.is_level and stated.is_dated and stated.stage is None and stated.subject is None
        return known and stated.thing in self._grown
