"""A panel → a matplotlib figure: bars by seaborn, or spans of time, each named and directly labelled.

One unit of the vertical axis is one pixel, counted down, so that rows can be as high as their names need.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from helpers.charts.layout import GAP, NAME_SIZE, TICK_SIZE, Layout, Place, places, text_width
from helpers.charts.svg import PALETTE, PART, drawing_style
from helpers.wording import is_missing, language, scaled, scaled_english

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from helpers.charts.chart import Panel

HATCH = "////"
LABEL_GAP = 6


@contextmanager
def _canvas(panel: Panel, layout: Layout) -> Iterator[tuple[Figure, Axes, list[Place]]]:
    """Give a figure with bare axes, and where its rows stand."""
    import matplotlib
    from matplotlib.figure import Figure

    rows = places(list(panel.bars["name"]), list(panel.bars["context"]), layout)
    height = rows[-1].bottom + layout.bottom
    left = layout.name_width / layout.width
    with matplotlib.rc_context(drawing_style()):
        figure = Figure(figsize=(layout.width / 72, height / 72), dpi=72)
        axes = figure.add_axes((left, layout.bottom / height, 0.998 - left, rows[-1].bottom / height))
        yield figure, axes, rows
        figure.patch.set_visible(False)
        axes.patch.set_visible(False)
        axes.spines[:].set_visible(False)
        axes.set(xlabel="", ylabel="", ylim=(rows[-1].bottom, 0))
        axes.set_yticks([])
        axes.tick_params(axis="both", length=0, labelsize=TICK_SIZE)
        axes.grid(axis="x", color=PALETTE["rule"], linewidth=1)
        axes.set_axisbelow(True)


def draw_bars(panel: Panel, layout: Layout) -> Figure:
    """Return the bars of a panel, to the left of zero where values fall."""
    import seaborn as sns
    from matplotlib.ticker import MaxNLocator

    with _canvas(panel, layout) as (figure, axes, rows):
        sns.barplot(
            panel.bars, x="value", y="key", color=PALETTE[panel.colour], saturation=1, errorbar=None, ax=axes
        )
        for patch, place, row in zip(axes.patches, rows, panel.bars.to_dict("records"), strict=True):
            _finish_bar(axes, patch, place, row, panel, layout)
        axes.set_xlim(*limits(panel, layout))
        whole = panel.unit not in {"percent", "percentage_point"}
        axes.xaxis.set_major_locator(MaxNLocator(nbins=3 if layout.names_above else 5, integer=whole))
        axes.xaxis.set_major_formatter(lambda value, _: tick_words(value, panel.unit))
        axes.axvline(0, color=PALETTE["axis"], linewidth=1, zorder=3)
    return figure


def _finish_bar(
    axes: Axes, patch: Any, place: Place, row: dict[str, Any], panel: Panel, layout: Layout
) -> None:
    """Put one bar in its row; hatch, key, label and name it."""
    patch.set(
        y=place.bar_centre - layout.bar / 2, height=layout.bar, edgecolor=PALETTE[panel.colour], linewidth=1
    )
    patch.set_gid(row["key"])
    if row["planned"]:
        patch.set(hatch=HATCH, facecolor="none")
    reach = row["value"]
    if panel.reference_label and not is_missing(row["reference"]):
        reach = max(reach, row["reference"])
        half = layout.bar / 2 + 4
        axes.plot(
            [row["reference"]] * 2, [place.bar_centre - half, place.bar_centre + half], color=PALETTE["mark"],
            linewidth=2, solid_capstyle="butt", zorder=4, gid=f"{row['key']}{PART}reference",
        )  # fmt: skip
    _draw_label(axes, row, reach, place.bar_centre, falls=row["value"] < 0)
    _draw_name(axes, row["key"], place, layout)


def _draw_label(axes: Axes, row: dict[str, Any], x: float, centre: float, *, falls: bool = False) -> None:
    """Write what a bar says at its end."""
    axes.annotate(
        row["label"], (x, centre), (-LABEL_GAP if falls else LABEL_GAP, 0), textcoords="offset points",
        ha="right" if falls else "left", va="center_baseline", fontsize=NAME_SIZE, gid=f"{row['key']}{PART}label",
    )  # fmt: skip


def _draw_name(axes: Axes, key: str, place: Place, layout: Layout) -> None:
    """Write the lines of a name: beside the bar on a page, above it on a phone."""
    top = place.names_top
    for number, line in enumerate(place.lines):
        axes.annotate(
            line.text, (0, top + line.height / 2), (0 if layout.names_above else -GAP, 0),
            xycoords=axes.get_yaxis_transform(), textcoords="offset points", annotation_clip=False,
            ha="left" if layout.names_above else "right", va="center_baseline", fontsize=line.size,
            color=PALETTE["muted" if line.muted else "ink"], gid=f"{key}{PART}name{number}",
        )  # fmt: skip
        top += line.height


def tick_words(value: float, unit: str) -> str:
    """Return a tick of the axis in words as short as they can be."""
    if unit == "percent":
        return f"{value:g}%"
    return scaled_english(value) if language() == "en" else scaled(value)


def limits(panel: Panel, layout: Layout) -> tuple[float, float]:
    """Return the ends of the axis: room for the longest bar with its label, on the left too where bars fall."""
    bars = panel.bars
    rising, falling = bars[bars["value"] >= 0], bars[bars["value"] < 0]
    reach, depth = max(bars["value"].max(), 0), max(-bars["value"].min(), 0)
    if panel.reference_label:
        reach = max(reach, bars["reference"].max())
    right, left = _label_room(rising), _label_room(falling)
    free = max(layout.width - layout.name_width - right - left, 60)
    pixel = (reach + depth or 1) / free
    return -(depth + left * pixel), reach + right * pixel


def _label_room(bars: pd.DataFrame) -> float:
    return (
        max((text_width(label, NAME_SIZE) for label in bars["label"]), default=-2 * LABEL_GAP) + 2 * LABEL_GAP
    )


def draw_periods(panel: Panel, layout: Layout) -> Figure:
    """Return spans of time as bars along the years; a span open to one side fades out there as a thin line."""
    from matplotlib.ticker import MaxNLocator

    bars = panel.bars
    first, last = bars["start"].min(), bars["end"].max()
    with _canvas(panel, layout) as (figure, axes, rows):
        for place, row in zip(rows, bars.to_dict("records"), strict=True):
            thickness = layout.bar * (0.25 if row["open"] else 0.7)
            axes.barh(
                place.bar_centre, max(row["end"] - row["start"], (last - first) / 150), left=row["start"],
                height=thickness, color=PALETTE[panel.colour], gid=None,
            )[0].set_gid(row["key"])  # fmt: skip
            _draw_label(axes, row, row["end"], place.bar_centre)
            _draw_name(axes, row["key"], place, layout)
        room = max(layout.width - layout.name_width - _label_room(bars), 60)
        axes.set_xlim(first, first + (last - first) * (layout.width - layout.name_width) / room)
        axes.xaxis.set_major_locator(MaxNLocator(nbins=4 if layout.names_above else 8, integer=True))
        axes.xaxis.set_major_formatter(lambda year, _: f"{year:g}")
    return figure
