"""A rate and its difference from another area's, or from the year before's, give that other rate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from helpers.checks.check import Check, compare, implied, operand
from helpers.checks.growth import year_before
from helpers.checks.stated import Ledger, Stated
from helpers.mentions.gazetteer import RELATIVE
from helpers.mentions.place import find_places, resolve_relative

NAME = "rate_and_difference"
_LAST_YEAR = re.compile(r"上年|去年|同期|上年度")
# 比全省平均水平高, 高于全国: the same rate is meant; in 高于全市经济增长 it is another one.
_SAME_RATE = re.compile(r"(?:同期|平均|的|增速|增幅|增长|水平|速度|均值|约|近|超|出|高|低|快|慢|多|少|了)*")


def check_rate_differences(ledger: Ledger) -> Iterator[Check]:
    """Yield the rate that each rate and its difference give: 8.4 %, 1.1 points above the province, whose rate is 7.3 %."""
    for difference in ledger.figures:
        if difference.kind == "rate_difference" and difference.is_firm:
            rate = _rate(difference, ledger.around(difference))
            other = None if rate is None else _other(rate, difference)
            check = None if rate is None or other is None else _check(rate, difference, other, ledger)
            if check is not None:
                yield check


def _rate(difference: Stated, sentence: list[Stated]) -> Stated | None:
    """Return the rate that a difference is said of: the last one before it, if it is of the same thing."""
    for one in reversed(sentence):
        if one.start < difference.start and one.kind != "rate_difference":
            is_rate = one.kind == "growth_rate" and one.is_firm and one.status == difference.status
            same = (one.measure, one.place, one.period) == (
                difference.measure, difference.place, difference.period,
            )  # fmt: skip
            return one if is_rate and same else None
    return None


def _other(rate: Stated, difference: Stated) -> Stated | None:
    """Return the rate that is compared with, as far as the text says what it is of."""
    if difference.basis == "area":
        area = area_compared(difference)
        return None if area is None else replace(rate, place=area, subject=None)
    if difference.basis == "yoy" and _LAST_YEAR.search(clause_before(difference)):
        period = year_before(rate.period)
        return None if period is None else replace(rate, period=period)
    return None


def clause_before(figure: Stated) -> str:
    """Return the words of a figure's clause before it; nothing where the figure stands twice in its sentence."""
    before = figure.words_before
    return before[max(before.rfind(mark) for mark in "，,。；;") + 1 :]


def area_compared(difference: Stated) -> str | None:
    """Return the area whose same rate a sentence compares with right before a difference; None unless it is one."""
    clause = clause_before(difference)
    named = [place for place in find_places(clause, difference.place) if place.aside]
    if len(named) != 1 or not _SAME_RATE.fullmatch(clause[named[0].end :]):
        return None
    area = named[0].name
    if named[0].kind == RELATIVE:
        area = resolve_relative(area, difference.place)
    return area if area != difference.place else None


def _check(rate: Stated, difference: Stated, other: Stated, ledger: Ledger) -> Check | None:
    computed = rate.interval - difference.interval
    arithmetic = f"{{0}} − {operand(1, difference)}"
    told = [one for one in ledger.of(other.figure) if one.is_firm]
    if len({one.value for one in told}) == 1:
        return compare(NAME, (rate, difference), arithmetic, computed, told[0])
    if told or abs(computed.value) < computed.width:
        return None
    return implied(
        NAME,
        (rate, difference),
        arithmetic,
        computed,
        unit=rate.unit,
        indicator=rate.indicator,
        place=other.place,
        period=other.period,
    )
