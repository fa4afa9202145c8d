"""Rows of the observation table → charts that state their finding and lead to their proof.

Each function takes rows (a DataFrame, filtered as you like) and returns a `Chart`, which shows itself as
HTML with inline SVG in JupyterLab and in the published page alike. Charts are drawn twice with seaborn,
once for a page and once for a phone; `Chart.on_axes` changes both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers.charts import findings
from helpers.charts.chart import Chart, Panel
from helpers.charts.drawing import draw_periods
from helpers.charts.svg import Mark, drawing_style
from helpers.table.derived import time_elapsed
from helpers.wording import (
    BASIS_WORDS,
    CURRENCY_NAMES,
    STAGE_WORDS,
    full_measure_words,
    is_missing,
    language,
    measure_words,
    measured,
    period_words,
    say,
    value_words,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = [
    "Chart", "bars", "comparisons", "completion_rates", "growth_rates", "investments", "own", "periods",
    "project_counts",
    "style",
]  # fmt: skip

MAX_BARS = 60
KNOWN_DATE = r"\d{4}(-\d{2}){0,2}"


def growth_rates(rows: pd.DataFrame, *, limit: int = MAX_BARS, broad: bool = False) -> Chart:
    """Return the growth rates among the rows as bars that diverge where some fall."""
    rates = findings.without_repeats(rows, "growth_rate")
    heading, compared = findings.growth_finding(rates), findings.growth_compared(rates)
    return bars(rates, "growth_rate", heading, limit=limit, broad=broad, compared=compared)


def investments(rows: pd.DataFrame, *, limit: int = MAX_BARS, broad: bool = False) -> Chart:
    """Return the investment sums among the rows as bars, each currency by itself."""
    sums = findings.without_repeats(rows, "investment")
    heading = findings.investment_finding(sums)
    note, compared = say("各笔金额可能相互包含，因此不相加。"), findings.sums_compared(sums)
    return bars(sums, "investment", heading, limit=limit, broad=broad, note=note, compared=compared)


def project_counts(rows: pd.DataFrame, *, limit: int = MAX_BARS, broad: bool = False) -> Chart:
    """Return the numbers of projects among the rows as bars."""
    counts = findings.without_repeats(rows, "project_count")
    heading = findings.project_finding(counts)
    note, compared = say("各项可能相互包含，因此不相加。"), findings.actual_compared(counts)
    return bars(counts, "project_count", heading, limit=limit, broad=broad, note=note, compared=compared)


def completion_rates(rows: pd.DataFrame, *, limit: int = MAX_BARS, broad: bool = False) -> Chart:
    """Return how far plans are fulfilled, beside the share of the year that had passed where it is known."""
    rates = findings.without_repeats(rows, "completion_rate")
    return bars(
        rates.assign(reference=time_elapsed(rates)),
        "completion_rate",
        findings.completion_finding(rates),
        limit=limit,
        broad=broad,
        compared=findings.actual_compared(rates),
        reference_label=say("时间进度（到那时当年已过去的部分）"),
    )


def comparisons(rows: pd.DataFrame, *, limit: int = MAX_BARS, broad: bool = False) -> Chart:
    """Return by how many percentage points rates lie above or below those of the area they are compared with."""
    differences = findings.without_repeats(rows, "rate_difference")
    differences = differences[differences["basis"] == "area"]
    heading = findings.comparison_finding(differences)
    return bars(differences, "rate_difference", heading, limit=limit, broad=broad)


def periods(rows: pd.DataFrame, *, limit: int = 40, broad: bool = False) -> Chart:
    """Return which times the figures speak of, by place, as spans along the years."""
    dated = findings.without_repeats(rows)
    dated = dated[[period_span(period) is not None for period in dated["period"]]]
    if dated.empty:
        return Chart("period", say("没有说明时期的数字"))
    groups = dated.groupby(["place", "period"], sort=False, dropna=False)
    spans = pd.DataFrame([_span_record(group) for _, group in groups])
    shown = spans.sort_values("count", ascending=False, kind="stable").head(limit)
    shown = shown.sort_values(["end", "start", "name"], kind="stable").reset_index(drop=True)
    marks = tuple(
        Mark(row["key"], f"{row['name']} {row['context']}：{row['label']}", row["link"])
        for row in shown.to_dict("records")
    )
    panel = Panel(shown, "amount", "year", marks, draw=draw_periods)
    subtitle = say("每一条是一个地区、一个时期；细线是截至某日或自某日起")
    return Chart(
        "period",
        findings.period_finding(dated),
        subtitle,
        _rest_note(len(spans), [len(shown)]),
        (panel,),
        broad,
    )


@contextmanager
def style() -> Iterator[None]:
    """Draw within this as the charts are drawn: their font and colours, text kept as text."""
    import matplotlib

    with matplotlib.rc_context(drawing_style()):
        yield


def own(figure: Figure, heading: str, subtitle: str = "") -> Chart:
    """Return a figure drawn by other means, with a heading, set like the other charts."""
    return Chart("own", heading, subtitle, own_figure=figure)


def bars(
    rows: pd.DataFrame,
    kind: str,
    heading: str,
    *,
    limit: int = MAX_BARS,
    broad: bool = False,
    note: str = "",
    compared: str = "",
    reference_label: str = "",
) -> Chart:
    """Return rows of one kind as sorted bars, one panel for each unit.

    `compared` says what of the rows the heading leaves out. `reference_label` says what the column `reference` of the rows means, drawn as a tick across each bar;
    `rows.attrs["source"]` is what the line below the chart names.
    """
    if rows.empty:
        return Chart(kind, heading)
    units = rows["unit"].value_counts(sort=False).sort_values(ascending=False, kind="stable").index
    panels = tuple(_panel(rows[rows["unit"] == unit], rows, kind, limit, reference_label) for unit in units)
    if len(panels) > 1:
        panels = tuple(replace(panel, title=unit_words(panel.unit)) for panel in panels)
    unit = unit_words(panels[0].unit) if len(panels) == 1 else ""
    notes = tuple(one for one in (compared, note) if one and len(rows) > 1)
    notes += _rest_note(len(rows), [len(panel.bars) for panel in panels])
    subtitle = findings.common_words(rows, unit=unit)
    return Chart(kind, heading, subtitle, notes, panels, broad, source=rows.attrs.get("source", ""))


def _rest_note(total: int, shown: list[int]) -> tuple[str, ...]:
    """Return how many rows the panels leave out: each shows the largest of its own unit."""
    rest = total - sum(shown)
    if not rest:
        return ()
    if len(shown) > 1:
        return (
            say("图中每种单位至多取最大的{shown}个，其余{rest}个见下面的表。", shown=max(shown), rest=rest),
        )
    return (say("图中是最大的{shown}个，其余{rest}个见下面的表。", shown=shown[0], rest=rest),)


def unit_words(unit: str) -> str:
    """Return a unit as the subtitle of a chart says it."""
    if unit in CURRENCY_NAMES:
        return unit if language() == "en" else say(CURRENCY_NAMES[unit])
    return say("单位：{unit}", unit=measured(1, unit)[1:].strip())


def _panel(rows: pd.DataFrame, all_rows: pd.DataFrame, kind: str, limit: int, reference_label: str) -> Panel:
    """Return the bars of one unit; what only they share, and not all rows of the chart, stands at each."""
    largest = rows.loc[rows["value"].abs().sort_values(ascending=False, kind="stable").index[:limit]]
    ordered = largest.sort_values("value", ascending=False, kind="stable")
    records = ordered.to_dict("records")
    reference = ordered["reference"].to_numpy() if "reference" in ordered else float("nan")
    table = pd.DataFrame(
        {
            "key": [str(record["row"]) for record in records],
            "name": [measure_words(record) for record in records],
            "context": [context_words(record, all_rows) for record in records],
            "value": ordered["value"].to_numpy(),
            "label": [value_words(record) for record in records],
            "planned": (ordered["status"] == "planned").to_numpy(),
            "reference": reference,
        }
    )
    label = reference_label if table["reference"].notna().any() else ""
    marks = tuple(_mark(record) for record in records)
    return Panel(table, kind, str(rows["unit"].iloc[0]), marks, reference_label=label)


def _mark(record: dict[str, Any]) -> Mark:
    link = record.get("link")
    return Mark(
        key=str(record["row"]),
        name=mark_words(record),
        href=None if is_missing(link) else str(link),
        data={"row": str(record["row"])},
    )


def mark_words(record: dict[str, Any]) -> str:
    """Return the row as one line, for hovering and for reading aloud."""
    words = [
        f"{full_measure_words(record)} {value_words(record)}",
        period_words(record["period"]),
        "" if is_missing(record["basis"]) else say(BASIS_WORDS[record["basis"]]),
        "" if is_missing(record["stage"]) else say(STAGE_WORDS[record["stage"]]),
        say("计划") if record["status"] == "planned" else "",
    ]
    return say("，").join(word for word in words if word)


def context_words(record: dict[str, Any], rows: pd.DataFrame) -> str:
    """Return the line below a bar's name: what tells its row from the others of the chart."""
    place, stage, basis = record["place"], record["stage"], record["basis"]
    words = [
        "" if is_missing(place) or _is_shared(rows["place"]) or place == record["subject"] else place,
        "" if _is_shared(rows["period"]) else period_words(record["period"]),
        "" if is_missing(basis) or _is_shared(rows["basis"]) else say(BASIS_WORDS[basis]),
        "" if is_missing(stage) else say(STAGE_WORDS[stage]),
        _pace_words(record),
    ]
    return say("·").join(word for word in words if word)


def _is_shared(values: pd.Series) -> bool:
    return values.nunique(dropna=False) == 1


def _pace_words(record: dict[str, Any]) -> str:
    """Return how far a plan is ahead of the year, or behind it."""
    if is_missing(record.get("reference")):
        return ""
    gap = record["value"] - record["reference"]
    template = "比时间进度快{points}个百分点" if gap >= 0 else "比时间进度慢{points}个百分点"
    return say(template, points=f"{abs(gap):.1f}")


def period_span(period: str | None) -> tuple[float, float] | None:
    """Return a period as years and fractions of years; None where no year is known.

    One that is open to one side is given the year that it ends or begins in.

    >>> period_span("2022"), period_span("../2022-12-31"), period_span("XXXX-01/XXXX-11")
    ((2022.0, 2023.0), (2022.0, 2023.0), None)
    """
    first, _, last = ("" if is_missing(period) else str(period)).partition("/")
    if not all(date in ("", "..") or re.fullmatch(KNOWN_DATE, date) for date in (first, last)) or not first:
        return None
    if last in ("", first):
        return _as_years(first), _as_years(first, at_end=True)
    if first == "..":
        return float(int(last[:4])), _as_years(last, at_end=True)
    if last == "..":
        return _as_years(first), float(int(first[:4]) + 1)
    return _as_years(first), _as_years(last, at_end=True)


def _as_years(date: str, *, at_end: bool = False) -> float:
    """Return where in its year a date of EDTF begins, or ends."""
    if "-" not in date:
        return float(int(date) + at_end)
    day = pd.Period(date, freq="M" if date.count("-") == 1 else "D")
    moment = day.end_time if at_end else day.start_time
    return moment.year + (moment.day_of_year - (not at_end)) / (366 if moment.is_leap_year else 365)


def _span_record(group: pd.DataFrame) -> dict[str, Any]:
    first = group.iloc[0]
    start, end = period_span(first["period"]) or (0.0, 0.0)
    return {
        "key": str(first["row"]),
        "name": say("未指明地区") if is_missing(first["place"]) else first["place"],
        "context": period_words(first["period"]),
        "start": start,
        "end": end,
        "open": ".." in first["period"],
        "count": len(group),
        "label": say("{count}个数字", count=len(group)),
        "planned": False,
        "link": first.get("link"),
    }
