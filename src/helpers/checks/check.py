"""One check: figures that are reckoned together, what comes out, and whether the article's own figure agrees."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

import pandas as pd

from helpers.checks.stated import Interval, Stated, exactly
from helpers.table.schema import Field, typed
from helpers.wording import measured, value_words

# What rounding leaves open by more than this says nothing: a tenth of the value, or one percentage point.
TOO_WIDE, TOO_MANY_POINTS = 0.1, 1.0
SAME_SIZE = 2.0  # how many times one figure may be another and still be meant for it


class Verdict(StrEnum):
    """What a check found."""

    CONFIRMED = "confirmed"  # the figure stated is the one that follows from the others
    CONTRADICTED = "contradicted"  # the figures cannot all be right
    IMPLIED = "implied"  # what follows is stated nowhere


@dataclass(frozen=True, slots=True)
class Check:
    """Figures reckoned together.

    `arithmetic` is a formula with the operands by number, "{0} ÷ {1}"; `computed` holds every value
    that the operands' rounding allows; `stated` is the figure tested, None where none is and the value
    is implied; the other fields say what the computed value is of.
    """

    check: str
    verdict: Verdict
    operands: tuple[Stated, ...]
    arithmetic: str
    computed: Interval
    unit: str
    indicator: str
    stated: Stated | None = None
    place: str | None = None
    period: str | None = None
    note: str = ""

    @property
    def article(self) -> str:
        """The article of the figure tested, of the first operand where none is."""
        return (self.stated or self.operands[0]).article

    @property
    def value(self) -> float:
        """The computed value, with no digit more than rounding leaves certain."""
        return certain_digits(self.computed)


def compare(
    check: str,
    operands: tuple[Stated, ...],
    arithmetic: str,
    computed: Interval,
    stated: Stated,
    note: str = "",
) -> Check | None:
    """Return whether a stated figure agrees with the value that follows from others; None if nobody can tell.

    Values of quite another size are of other things, unless they differ by a power of ten: then it is the point.
    """
    agrees = computed.meets(stated.interval)
    if not stated.is_firm or (
        _is_open(computed, stated.unit) if agrees else not _comparable(computed, stated)
    ):
        return None
    verdict = Verdict.CONFIRMED if agrees else Verdict.CONTRADICTED
    return _tested(verdict, check, operands, arithmetic, computed, stated, "" if agrees else note)


def contradicted(
    check: str,
    operands: tuple[Stated, ...],
    arithmetic: str,
    computed: Interval,
    stated: Stated,
    note: str,
    unit: str | None = None,
) -> Check:
    """Return a contradiction that is plain from what the figures are, whatever rounding allows."""
    found = _tested(Verdict.CONTRADICTED, check, operands, arithmetic, computed, stated, note)
    return found if unit is None else replace(found, unit=unit)


def _tested(
    verdict: Verdict,
    check: str,
    operands: tuple[Stated, ...],
    arithmetic: str,
    computed: Interval,
    stated: Stated,
    note: str,
) -> Check:
    return Check(
        check=check,
        verdict=verdict,
        operands=operands,
        arithmetic=arithmetic,
        computed=computed,
        unit=stated.unit,
        indicator=stated.indicator,
        stated=stated,
        place=stated.place,
        period=stated.period,
        note=note,
    )


def _comparable(computed: Interval, stated: Stated) -> bool:
    ratio = computed.value / stated.value if stated.value else 0.0
    if not math.isfinite(ratio) or ratio <= 0:
        return False
    power = 10.0 ** round(math.log10(ratio))
    return 1 / SAME_SIZE <= ratio <= SAME_SIZE or computed.meets(stated.interval * exactly(power))


def _is_open(computed: Interval, unit: str) -> bool:
    """Return whether rounding leaves open so much that any figure would agree."""
    narrow = unit == "percent" and computed.width <= TOO_MANY_POINTS
    return not math.isfinite(computed.width) or (computed.spread > TOO_WIDE and not narrow)


def implied(
    check: str,
    operands: tuple[Stated, ...],
    arithmetic: str,
    computed: Interval,
    *,
    unit: str,
    indicator: str,
    place: str | None,
    period: str | None,
    note: str = "",
) -> Check | None:
    """Return the value that follows from others and is stated nowhere; None where rounding leaves it too open."""
    if not all(operand.is_firm for operand in operands) or _is_open(computed, unit):
        return None
    return Check(
        check=check,
        verdict=Verdict.IMPLIED,
        operands=operands,
        arithmetic=arithmetic,
        computed=computed,
        unit=unit,
        indicator=indicator,
        place=place,
        period=period,
        note=note,
    )


def certain_digits(interval: Interval) -> float:
    """Return the value of an interval, with no digit more than rounding leaves certain, four where it is exact.

    >>> certain_digits(Interval(98_189e6, 98_271e6, 98_352e6)), certain_digits(Interval(*3 * (1700 / 12,)))
    (98300000000.0, 141.7)
    """
    value, width = interval.value, interval.width
    if not math.isfinite(width) or (not width and value == int(value)):
        return value
    return round(value, -math.floor(math.log10(width or abs(value) / 1000)))


FIELDS = (
    Field("article", "string", "The article of the figure tested, of the first operand where none is"),
    Field("check", "string", "What sort of check it is"),
    Field("verdict", "string", "What it found", enum=Verdict),
    Field("row", "string", "The row of the figure tested; none where the value is implied", required=False),
    Field("stated", "number", "The figure tested, in the unit of its row", required=False),
    Field("computed", "number", "What follows from the operands, to the digits that rounding leaves certain"),
    Field("low", "number", "The least that rounding of the operands allows"),
    Field("high", "number", "The most that rounding of the operands allows"),
    Field("unit", "string", "The unit of computed, low and high"),
    Field("indicator", "string", "What the computed value is of"),
    Field("place", "string", "The area that it is of", required=False),
    Field("period", "string", "The time that it is of (EDTF)", required=False),
    Field("operands", "string", "The rows reckoned with, separated by spaces"),
    Field("arithmetic", "string", "The sum in words"),
    Field("note", "string", "Why the figures may differ, or why they cannot be", required=False),
)


def check_table(checks: Iterable[Check]) -> pd.DataFrame:
    """Return one row a check, with the columns of `FIELDS`."""
    rows = [_row(check) for check in checks]
    return typed({field.name: [row[field.name] for row in rows] for field in FIELDS}, FIELDS)


def _row(check: Check) -> dict[str, object]:
    return {
        "article": check.article,
        "check": check.check,
        "verdict": str(check.verdict),
        "row": check.stated.row if check.stated else None,
        "stated": check.stated.value if check.stated else None,
        "computed": check.value,
        "low": check.computed.low,
        "high": check.computed.high,
        "unit": check.unit,
        "indicator": check.indicator,
        "place": check.place,
        "period": check.period,
        "operands": " ".join(operand.row for operand in check.operands),
        "arithmetic": arithmetic_words(check),
        "note": check.note or None,
    }


def arithmetic_words(check: Check) -> str:
    """Return the sum as it is done, in words: 18个 ÷ 12个 = 150%."""
    figures = [value_words(vars(operand)) for operand in check.operands]
    return f"{check.arithmetic.format(*figures)} = {measured(check.value, check.unit)}"


def operand(number: int, stated: Stated) -> str:
    """Return how a formula names an operand: in brackets where it is less than nothing, 1 + (-24.9%)."""
    return f"({{{number}}})" if stated.value < 0 else f"{{{number}}}"
