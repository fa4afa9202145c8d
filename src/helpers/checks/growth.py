"""A level and how it grew, by a rate or by a difference, give the level of the year before."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace

from helpers.checks.check import Check, Verdict, compare, implied, operand
from helpers.checks.stated import COUNTS, Interval, Ledger, Stated, exactly
from helpers.lexicon import read_lexicon

RATE = "level_and_growth"
DIFFERENCE = "level_and_difference"
REVISED = "上年数可能已经修订，或者增速按可比口径计算"
COMPARABLE = "投资增速常按可比口径计算，上年公布的数可能不同"
NOT_WHOLE = "按这个增速，上年不是整数"
PERCENT = exactly(100.0)
LARGEST_COUNT = 10_000  # beyond, a rate fits some whole number anyway


def check_growth(ledger: Ledger) -> Iterator[Check]:
    """Yield what each level and its growth over the year give: the level of the year before.

    Growth at constant prices (of 生产总值, 增加值) says nothing of the levels told, and is left alone.
    """
    for rate in ledger.figures:
        level = _level(rate, ledger) if _is_yearly_rate(rate) else None
        if level is None:
            continue
        former = level.interval / (exactly(1.0) + rate.interval / PERCENT)
        yield from _former_checks(RATE, f"{{0}} ÷ (1 + {operand(1, rate)})", (level, rate), former, ledger)


def check_differences(ledger: Ledger) -> Iterator[Check]:
    """Yield what each level and its difference from a year before give: 1309家, 107 more, were 1202."""
    for difference in ledger.figures:
        level = _level(difference, ledger) if _is_yearly_difference(difference) else None
        if level is None or level.unit != difference.unit:
            continue
        former = level.interval - difference.interval
        yield from _former_checks(
            DIFFERENCE, f"{{0}} − {operand(1, difference)}", (level, difference), former, ledger
        )
        yield from _rate_check(level, difference, former, ledger)


def _is_yearly_rate(rate: Stated) -> bool:
    return (
        rate.kind == "growth_rate"
        and rate.basis == "yoy"
        and rate.status == "actual"
        and rate.is_firm
        and rate.value > -100
        and not is_real(rate.measure)
    )


def _is_yearly_difference(one: Stated) -> bool:
    return one.kind in ("count", "quantity", "amount", "investment") and one.basis == "yoy" and one.is_firm


def is_real(words: str) -> bool:
    """Return whether an indicator's growth is told at constant prices or in real terms.

    >>> is_real("规模工业增加值"), is_real("工业投资")
    (True, False)
    """
    return bool(read_lexicon("real_growth").find(words))


def _level(change: Stated, ledger: Ledger) -> Stated | None:
    """Return the level that a change is said of: the last figure before it in the sentence that is of the same thing."""
    for one in reversed(ledger.around(change)):
        if one.start < change.start and one.is_level and one.status == change.status:
            same = one.measure == change.measure and (one.subject, one.place, one.period) == (
                change.subject,
                change.place,
                change.period,
            )
            return one if same and one.is_firm and one.value > 0 else None
    return None


def _former_checks(
    name: str, arithmetic: str, operands: tuple[Stated, Stated], former: Interval, ledger: Ledger
) -> Iterator[Check]:
    level, change = operands
    period = year_before(level.period)
    told = ledger.of(replace(level, period=period).figure) if period else []
    told = [one for one in told if one.is_firm]
    if len({one.value for one in told}) == 1:
        check = compare(name, operands, arithmetic, former, told[0], note=REVISED)
    elif name == RATE and _fits_no_count(level, former):
        check = _implied_former(name, operands, arithmetic, former, period)
        check = check and replace(check, verdict=Verdict.CONTRADICTED, stated=change, note=NOT_WHOLE)
    else:
        check = None if told else _implied_former(name, operands, arithmetic, former, period)
    if check is not None:
        yield check


def _fits_no_count(level: Stated, former: Interval) -> bool:
    """Return whether a whole number of things would have to have been a fraction the year before."""
    if level.kind != "project_count" or level.bound != "exact" or not 0 < level.value < LARGEST_COUNT:
        return False
    return former.low > 0.5 and math.floor(former.high + 1e-9) < former.low - 1e-9


def _implied_former(
    name: str, operands: tuple[Stated, Stated], arithmetic: str, former: Interval, period: str | None
) -> Check | None:
    level = operands[0]
    return implied(
        name, operands, arithmetic, _whole(former) if level.kind in COUNTS else former,
        unit=level.unit, indicator=level.indicator, place=level.place, period=period,
        note=COMPARABLE if name == RATE and level.kind == "investment" and level.stage is None else "",
    )  # fmt: skip


def _whole(things: Interval) -> Interval:
    """Return the only whole number between the bounds, where there is just one; else the bounds.

    >>> _whole(Interval(101.9, 102.02, 102.1)), _whole(Interval(1202.0, 1202.0, 1202.0)).value
    (Interval(low=102.0, value=102.0, high=102.0), 1202.0)
    """
    if not math.isfinite(things.width):
        return things
    first, last = math.ceil(things.low - 1e-9), math.floor(things.high + 1e-9)
    return exactly(float(first)) if first == last else things


def _rate_check(level: Stated, difference: Stated, former: Interval, ledger: Ledger) -> Iterator[Check]:
    """Yield whether the rate told after the difference is the one that level and difference give."""
    sentence = ledger.around(difference)
    after = next((one for one in sentence if one.start > difference.start), None)
    if after is None or after.kind != "growth_rate" or after.basis in ("annual_average", "mom"):
        return
    if after.thing == level.thing:
        computed = difference.interval / former * PERCENT
        check = compare(DIFFERENCE, (difference, level), "{0} ÷ ({1} − {0})", computed, after)
        if check is not None:
            yield check


_YEAR = re.compile(r"\d{4}")


def year_before(period: str | None) -> str | None:
    """Return the same period a year earlier; None where no year is known or it spans more than one.

    >>> year_before("2022-01/2022-11"), year_before("../2024-02-29"), year_before("2018")
    ('2021-01/2021-11', '../2023-02-28', '2017')
    >>> year_before("2020/2022"), year_before("XXXX-05"), year_before("2023/..")
    (None, None, None)
    """
    years = set(_YEAR.findall(period or ""))
    if period is None or len(years) != 1 or "X" in period or period.endswith(".."):
        return None
    earlier = str(int(years.pop()) - 1)
    return _YEAR.sub(earlier, period).replace(f"{earlier}-02-29", f"{earlier}-02-28")
