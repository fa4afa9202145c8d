"""The contract: what one row says of one figure, as frozen types.

Names and values are those of the published table; nothing here knows Chinese or the disk.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What sort of figure an observation is."""

    GROWTH_RATE = "growth_rate"
    INVESTMENT = "investment"
    PROJECT_COUNT = "project_count"
    COMPLETION_RATE = "completion_rate"
    SHARE = "share"
    RATE_DIFFERENCE = "rate_difference"
    AMOUNT = "amount"
    COUNT = "count"
    QUANTITY = "quantity"


CORE_KINDS = (Kind.GROWTH_RATE, Kind.INVESTMENT, Kind.PROJECT_COUNT)


class Bound(StrEnum):
    """How the value stands to the figure as written: 约 is about, 超 or 以上 is at_least."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Basis(StrEnum):
    """What a rate or a difference is measured against."""

    YOY = "yoy"
    MOM = "mom"
    ANNUAL_AVERAGE = "annual_average"
    AREA = "area"
    OTHER = "other"
    UNSPECIFIED = "unspecified"
    PLAN = "plan"


class Status(StrEnum):
    """Whether the figure has come about or is only intended."""

    ACTUAL = "actual"
    PLANNED = "planned"


class Stage(StrEnum):
    """Where in their life the projects of a figure stand, in the order of that life."""

    NEGOTIATING = "negotiating"
    SIGNED = "signed"
    STARTED = "started"
    UNDER_WAY = "under_way"
    COMPLETED = "completed"


class Confidence(StrEnum):
    """How directly the text states the row's attributes."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Reason(NamedTuple):
    """Why an attribute has its value: the rule that decided and the cue it saw.

    `start` and `end` are the cue's span in the clean text, both -1 where the cue stands outside it
    (the article set said so) or where a rule decided without one.
    """

    attribute: str
    rule: str
    cue: str = ""
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class Change:
    """What a person has corrected of a row: one column, what it held and what it holds, who says so, why and when.

    `old` and `new` are written as in the table, nothing said as an empty text.
    """

    column: str
    old: str
    new: str
    reason: str
    who: str
    when: str


class Observation(NamedTuple):
    """One figure that an article states, with all that the article says of it.

    `value` is in the base unit of `unit` (percent, whole currency units, things counted);
    `clean_text[start:end] == text`; `period` is EDTF; None means that nothing is said.
    """

    article: str
    kind: Kind
    value: Decimal
    unit: str
    bound: Bound
    indicator: str
    subject: str | None
    place: str | None
    period: str | None
    basis: Basis | None
    status: Status
    stage: Stage | None
    start: int
    end: int
    text: str
    sentence: str
    rule: str
    confidence: Confidence
    reasons: tuple[Reason, ...] = ()
    changes: tuple[Change, ...] = ()


# What a value may be, and what a kind may have.

LEAP_YEAR = 2000
_DAY = r"(?:\d{4}|XXXX)(?:-(?:\d{2}|XX)(?:-(?:\d{2}|XX))?)?[~?%]?"
EDTF = rf"{_DAY}|(?:{_DAY}|\.\.)/{_DAY}|{_DAY}/\.\."

_CURRENCY = r"[A-Z]{3}"
FIXED_UNITS = {
    Kind.GROWTH_RATE: "percent",
    Kind.COMPLETION_RATE: "percent",
    Kind.SHARE: "percent",
    Kind.RATE_DIFFERENCE: "percentage_point",
    Kind.PROJECT_COUNT: "project",
}
UNITS = {**FIXED_UNITS, Kind.INVESTMENT: _CURRENCY, Kind.AMOUNT: _CURRENCY}
_RATE_BASES = tuple(basis for basis in Basis if basis is not Basis.PLAN)
BASES = {
    Kind.GROWTH_RATE: _RATE_BASES,
    Kind.RATE_DIFFERENCE: _RATE_BASES,
    Kind.COMPLETION_RATE: (Basis.PLAN,),
    Kind.COUNT: (Basis.YOY,),
    Kind.QUANTITY: (Basis.YOY,),
}
STAGED_KINDS = (Kind.INVESTMENT, Kind.PROJECT_COUNT)


def is_period(text: str) -> bool:
    """Return whether a text is a time as a row may hold one: of months and days that exist, its end not before its start.

    >>> [is_period(text) for text in ("2023-01/2023-06", "../2023-06-30", "XXXX-02-29", "2023/..")]
    [True, True, True, True]
    >>> [is_period(text) for text in ("2023-13", "2023-02-30", "2023-06/2023-01", "2023年")]
    [False, False, False, False]
    """
    if re.fullmatch(EDTF, text) is None:
        return False
    days = [day.rstrip("~?%").split("-") for day in text.split("/") if day != ".."]
    known = all(part.isdecimal() for day in days for part in day)
    return all(map(_exists, days)) and not (known and len(days) == 2 and _is_before(days[1], days[0]))


def _exists(day: Sequence[str]) -> bool:
    """Return whether there is such a year, month or day; what is unknown of it is no hindrance."""
    year, month, number = (*(part if part.isdecimal() else "" for part in day), "", "")[:3]
    try:
        date(int(year or LEAP_YEAR), int(month or 1), int(number or 1))
    except ValueError:
        return False
    return True


def _is_before(one: Sequence[str], other: Sequence[str]) -> bool:
    told = min(len(one), len(other))
    return tuple(one[:told]) < tuple(other[:told])


def fits_kind(kind: Kind, column: str, value: object) -> bool:
    """Return whether a row of a kind may hold a unit, a basis or a stage; other columns do not depend on it.

    >>> fits_kind(Kind.SHARE, "unit", "percent"), fits_kind(Kind.SHARE, "stage", Stage.SIGNED)
    (True, False)
    """
    if column == "unit":
        return re.fullmatch(UNITS.get(kind, r"(?s).+"), str(value)) is not None
    if column == "basis":
        return value is None or value in BASES.get(kind, ())
    return column != "stage" or value is None or kind in STAGED_KINDS
