"""The table of observations → the same with further columns: what follows from a row, or from two that belong together.

None of them is read from the text: each can be worked out anew from the columns of the contract, which stay as
they are.
"""

from __future__ import annotations

import math
import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import groupby

import pandas as pd

from helpers.mentions.gazetteer import places_by_code
from helpers.observation import Kind, Status
from helpers.rates import NO_RATES, Rates
from helpers.table.schema import Field, typed


def derived_fields(rates: Rates = NO_RATES) -> tuple[Field, ...]:
    """Return the further columns; the rates of a run are told where the column is described."""
    sum_in_one_currency = (
        f"The sum in {rates.currency}, at the rates given for this run: {rates}"
        if rates
        else "The sum in one currency; empty, for no exchange rates were given for this run"
    )
    return (
        Field(
            "province",
            "string",
            "The province, municipality or region that the place lies in",
            required=False,
        ),
        Field("period_start", "date", "The first day of the period, where it is known", required=False),
        Field("period_end", "date", "The last day of the period, where it is known", required=False),
        Field(
            "time_elapsed",
            "number",
            "Of a completion rate: how much of the plan's year had gone by at the period's end, in percent",
            required=False,
        ),
        Field(
            "time_gap",
            "number",
            "Of a completion rate: how far it is ahead of the year, in percentage points; behind it where negative",
            required=False,
        ),
        Field(
            "average_per_project",
            "number",
            "Of an investment told together with its number of projects: the sum a project, in whole units of `unit`",
            required=False,
        ),
        Field("converted", "number", sum_in_one_currency, required=False),
    )


DERIVED_COLUMNS = tuple(field.name for field in derived_fields())


def with_derived(rows: pd.DataFrame, rates: Rates = NO_RATES) -> pd.DataFrame:
    """Return the table with the derived columns after its own."""
    days = [first_and_last_day(period) for period in rows["period"]]
    elapsed = time_elapsed(rows)
    columns = {
        "province": [province_of(code) for code in rows["place_code"]],
        "period_start": [first and first.isoformat() for first, _ in days],
        "period_end": [last and last.isoformat() for _, last in days],
        "time_elapsed": elapsed,
        "time_gap": (rows["value"] - elapsed).round(2),
        "average_per_project": averages(rows),
        "converted": [
            converted(value, unit, rates) for value, unit in zip(rows["value"], rows["unit"], strict=True)
        ],
    }
    added = typed(columns, derived_fields()).set_axis(rows.index)
    return pd.concat([rows.drop(columns=[*DERIVED_COLUMNS], errors="ignore"), added], axis="columns")


# Where.


def province_of(place_code: str | None) -> str | None:
    """Return the province of a GB/T 2260 code.

    >>> province_of("431000"), province_of("110108"), province_of("810000"), province_of(None)
    ('湖南省', '北京市', '香港', None)
    """
    if not isinstance(place_code, str):
        return None
    province = places_by_code().get(place_code[:2] + "0000")
    return province.name if province else None


# When.

_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


@lru_cache(maxsize=1 << 13)
def first_and_last_day(period: str | None) -> tuple[date | None, date | None]:
    """Return the days that a period of EDTF begins and ends with; None for one that is open, unknown or about.

    >>> [str(day) for day in first_and_last_day("2022-01/2022-11")]
    ['2022-01-01', '2022-11-30']
    >>> [str(day) for day in first_and_last_day("../2024-02")]
    ['None', '2024-02-29']
    >>> first_and_last_day("XXXX-01/XXXX-11"), first_and_last_day("2023~")
    ((None, None), (None, None))
    """
    if not isinstance(period, str):
        return None, None
    first, _, last = period.partition("/")
    return _day(first, at_end=False), _day(last or first, at_end=True)


def _day(written: str, *, at_end: bool) -> date | None:
    match = _DAY.fullmatch(written)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    if month is None:
        month = 12 if at_end else 1
    try:
        return date(year, month, day or (monthrange(year, month)[1] if at_end else 1))
    except ValueError:  # no such month or day
        return None


def year_elapsed(period: str | None) -> float | None:
    """Return how much of its year had gone by at the end of a period, in percent (时间进度); None where that is open.

    That is so only of what adds up since New Year: not of a month or quarter amid the year, of more than one
    year, or of a whole one; and where a day is meant, it must be told.

    >>> year_elapsed("2022-01/2022-11"), year_elapsed("../2023-06-30"), year_elapsed("2023-06-30")
    (91.5, 49.6, 49.6)
    >>> year_elapsed("2022"), year_elapsed("2023-04/2023-06"), year_elapsed("2021-01/2023-06"), year_elapsed("../2023-07")
    (None, None, None, None)
    """
    start, end = first_and_last_day(period)
    if end is None or re.fullmatch(r"\d{4}(?:/\d{4})?|\.\./\d{4}(?:-\d\d)?", period):
        return None
    is_of_a_day = start == end
    if not (period.startswith("../") or is_of_a_day or start == date(end.year, 1, 1)):
        return None
    return round(100 * end.timetuple().tm_yday / date(end.year, 12, 31).timetuple().tm_yday, 1)


# A plan of some other time than the year, unless the year is named as well.
_OTHER_PLAN = re.compile(r"十[一二三四五]五|[三五]年|规划|季度?(?:计划|目标|任务)|月度?(?:计划|目标|任务)")
_PLAN_OF_THE_YEAR = re.compile(r"(?:全|本|今)年|年度|年(?:计划|目标|任务)")


def time_elapsed(rows: pd.DataFrame) -> pd.Series:
    """Return for each completion rate how much of the plan's year had gone by, nothing for other rows."""
    elapsed = [
        year_elapsed(period) if kind == Kind.COMPLETION_RATE and is_of_the_year(sentence) else None
        for kind, period, sentence in zip(rows["kind"], rows["period"], rows["sentence"], strict=True)
    ]
    return pd.Series(elapsed, rows.index, dtype="float64")


def is_of_the_year(sentence: str) -> bool:
    """Return whether the plan that a sentence speaks of is one of the year, as plans are where nothing else is said.

    >>> is_of_the_year("完成投资12亿元,占年计划的60%"), is_of_the_year("完成“十四五”目标的60%")
    (True, False)
    """
    return not _OTHER_PLAN.search(sentence) or bool(_PLAN_OF_THE_YEAR.search(sentence))


# How much a project.

# Between a number of projects and a sum: what joins them, and what says that the sum is of fewer, or of one.
_JOINED = re.compile(r"[，,、；;]|完成|累计|共|合计")
_OF_FEWER = re.compile(r"其中|单个|单体|单项|每|平均|均|各|最|比|增|减|首|龙头|包括|如|[一两]个|以上|以下")


def averages(rows: pd.DataFrame) -> list[float | None]:
    """Return for each sum that is told together with its number of projects what one of them comes to."""
    records = rows[_TOLD].to_dict("records")
    told = [n for n, row in enumerate(records) if row["kind"] in (Kind.INVESTMENT, Kind.PROJECT_COUNT)]
    told.sort(key=lambda n: _where(records[n]))
    average: dict[int, float] = {}
    for _, numbers in groupby(told, key=lambda n: _where(records[n])[:2]):
        for money, count in _pairs({number: records[number] for number in numbers}):
            average[money] = round(records[money]["value"] / records[count]["value"], 2)
    return [average.get(number) for number in range(len(rows))]


_TOLD = [
    *("article", "sentence", "start", "end", "kind", "value", "indicator", "subject", "place", "period"),
    *("status", "stage", "text"),
]


def _where(row: dict) -> tuple[str, str, int]:
    return row["article"], row["sentence"], row["start"]


def _pairs(told: dict[int, dict]) -> Iterator[tuple[int, int]]:
    """Yield the sums of a sentence, each with the one number of projects that it can belong to."""
    counts: list[int] = []
    for number, row in told.items():
        if row["kind"] == Kind.PROJECT_COUNT:
            counts.append(number)
            continue
        fitting = [count for count in counts if _belong_together(told[count], row)]
        if len(fitting) == 1:
            yield number, fitting[0]
        counts = []


def _belong_together(count: dict, money: dict) -> bool:
    if count["value"] < 2 or not all(
        _same(count[name], money[name]) for name in ("place", "period", "stage")
    ):
        return False
    if count["status"] == Status.PLANNED and money["status"] == Status.ACTUAL:
        return False
    if not _is_missing(money["subject"]) and money["subject"] not in (count["subject"], count["indicator"]):
        return False
    between = _between(count, money)
    return _JOINED.search(between) is not None and _OF_FEWER.search(between) is None


def _between(count: dict, money: dict) -> str:
    """Return what the sentence has between two figures of it."""
    sentence, length = money["sentence"], money["start"] - count["end"]
    ends = (match.end() for match in re.finditer(re.escape(count["text"]), sentence))
    return next(
        (sentence[end : end + length] for end in ends if sentence.startswith(money["text"], end + length)), ""
    )


def _same(one: object, other: object) -> bool:
    return one == other or (_is_missing(one) and _is_missing(other))


def _is_missing(cell: object) -> bool:
    return cell is None or cell != cell


# How much in one currency.


def converted(value: float, unit: str, rates: Rates) -> float | None:
    """Return a sum in the currency of the rates, to the hundredth; None without a rate for its own.

    >>> from helpers.rates import read_rates
    >>> converted(44780000.0, "USD", read_rates("USD=7.0827@2023-12-29"))
    317163306.0
    """
    factor = rates.factor(unit)
    return None if factor is None or not math.isfinite(value) else round(value * float(factor), 2)
