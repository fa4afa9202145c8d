"""Figures out of all proportion: what cannot be, and a part of the land that has more than the whole of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from helpers.checks.check import Check, contradicted, implied
from helpers.checks.share import whole_named
from helpers.checks.stated import Ledger, Stated, exactly
from helpers.mentions.gazetteer import enclosing_codes, places_by_code

POSSIBLE, AREA = "possible_range", "area_and_whole"
ALL_LOST = "下降不会超过100%"
MORE_THAN_ALL = "部分不会超过总体的100%"
SUM_A_PROJECT = "平均到每个项目，金额不合常理"
LARGER_THAN_WHOLE = "一地的数字大于它所在的地区"
PERCENT = exactly(100.0)
# What is told a head or on average does not add up over areas.
_AVERAGE = re.compile("人均|户均|亩均|平均|均价|价格")
# Yuan a project on average: no news counts smaller projects, and hardly one in history has cost as much.
SMALLEST_SUM, LARGEST_SUM = 1e4, 2e11


def check_ranges(ledger: Ledger) -> Iterator[Check]:
    """Yield the figures that cannot be: falls below nothing, shares above all, sums that no project costs."""
    for one in ledger.figures:
        if one.kind == "growth_rate" and one.interval.high < -100:
            yield contradicted(POSSIBLE, (one,), "{0}", one.interval, one, ALL_LOST)
        elif one.kind == "share" and one.interval.low > 100 and whole_named(one):
            yield contradicted(POSSIBLE, (one,), "{0}", one.interval, one, MORE_THAN_ALL)
        elif one.kind == "investment" and one.unit == "CNY" and (count := _projects(one, ledger)):
            average = one.interval / count.interval
            if average.high < SMALLEST_SUM or average.low > LARGEST_SUM:
                yield contradicted(POSSIBLE, (one, count), "{0} ÷ {1}", average, one, SUM_A_PROJECT)


def _projects(total: Stated, ledger: Ledger) -> Stated | None:
    """Return the number of projects that a sum is of: the figure right before it in its sentence."""
    sentence = ledger.around(total)
    number = sentence.index(total)
    before = sentence[number - 1] if number else None
    if before is None or before.kind != "project_count" or before.value <= 1:
        return None
    return before if (before.stage, before.place) == (total.stage, total.place) else None


def check_areas(ledger: Ledger) -> Iterator[Check]:
    """Yield which share of the area around it a place has in a statistic, or that it has more than all of it."""
    for part in ledger.figures:
        whole = _whole_around(part, ledger)
        check = None if whole is None else _area_check(part, whole)
        if check is not None:
            yield check


def _whole_around(part: Stated, ledger: Ledger) -> Stated | None:
    """Return the same statistic of the nearest area around a place for which one value is told."""
    if not ledger.is_statistic(part) or not part.place_code or _AVERAGE.search(part.measure):
        return None
    for area in _areas_around(part.place_code):
        told = [whole for whole in ledger.of(replace(part, place=area).figure) if whole.is_firm]
        if len({whole.value for whole in told}) == 1:
            return told[0]
    return None


def _areas_around(code: str) -> Iterator[str]:
    """Yield the names of the areas around a place, nearest first, the whole country last."""
    for outer in enclosing_codes(code):
        if outer in places_by_code():
            yield places_by_code()[outer].name
    yield "全国"


def _area_check(part: Stated, whole: Stated) -> Check | None:
    share = part.interval / whole.interval * PERCENT
    if part.interval.low > whole.interval.high:
        return contradicted(
            AREA, (whole, part), "{0} − {1}", whole.interval - part.interval, part, LARGER_THAN_WHOLE
        )
    return implied(
        AREA, (part, whole), "{0} ÷ {1}", share,
        unit="percent", indicator=f"{part.indicator}占{whole.place}的比重", place=part.place, period=part.period,
    )  # fmt: skip
