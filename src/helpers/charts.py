"""Rows of the observation table → charts that state their finding and lead to their proof.

Each function takes rows (a DataFrame, filtered as you like) and returns a `Chart`, which shows itself as
HTML with inline SVG in JupyterLab and in the published page alike. Charts are drawn twice with seaborn,
once for a page and once for a phone; `Chart.on_axes` changes both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pandas as pd
from markupsafe import Markup

from helpers import findings
from helpers.fragment import Fragment, joined, markup, unique_id
from helpers.svg import PALETTE, PART, Mark, drawing_style, figure_svg
from helpers.wording import (
    BASIS_WORDS,
    KIND_WORDS,
    STAGE_WORDS,
    full_measure_words,
    is_missing,
    language,
    measure_words,
    measured,
    period_words,
    say,
    scaled,
    scaled_english,
    value_words,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MAX_BARS = 60
HATCH = "////"
NAME_SIZE, CONTEXT_SIZE, TICK_SIZE = 13, 11, 11


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand in a chart of bars, in pixels."""

    width: int
    name_width: int  # 0: names stand above their bars
    bar: int = 15
    top: int = 6
    bottom: int = 26

    @property
    def names_above(self) -> bool:
        """Whether there is no room for names beside the bars."""
        return self.name_width == 0


PAGE = Layout(width=680, name_width=236)
PHONE = Layout(width=350, name_width=0)


@dataclass(frozen=True)
class Panel:
    """The bars of one unit: what to draw, and what its marks lead to."""

    bars: pd.DataFrame  # key, name, context, value, label, planned, reference; one row a bar, in order
    colour: str
    unit: str
    marks: tuple[Mark, ...]
    title: str = ""
    reference_label: str = ""


@dataclass(frozen=True)
class Chart:
    """A finding, and the figures that show it."""

    kind: str
    heading: str
    subtitle: str = ""
    notes: tuple[str, ...] = ()
    panels: tuple[Panel, ...] = ()
    changes: tuple[Callable[[Axes], Any], ...] = ()
    own_figure: Figure | None = None

    def on_axes(self, change: Callable[[Axes], Any]) -> Chart:
        """Return the chart with a change made to the axes of each of its drawings."""
        return replace(self, changes=(*self.changes, change))

    @property
    def figure(self) -> Figure:
        """The matplotlib figure of the first panel, as drawn for a page."""
        return self.own_figure or self._drawn(self.panels[0], PAGE)

    def _drawn(self, panel: Panel, layout: Layout) -> Figure:
        figure = draw_bars(panel, layout)
        for change in self.changes:
            change(figure.axes[0])
        return figure

    @property
    def html(self) -> Markup:
        """The chart with its heading, legend and notes as HTML."""
        identifier = unique_id(self.kind)
        return markup(
            '<section class="zb-chart zb-{kind}" id="{id}" data-kind="{kind}">'
            '<header><p class="zb-topic">{topic}</p><h2>{heading}</h2>{subtitle}</header>'
            "{body}{notes}</section>",
            kind=self.kind,
            id=identifier,
            topic=say(KIND_WORDS.get(self.kind, "自选")),
            heading=self.heading,
            subtitle=markup('<p class="zb-subtitle">{}</p>', self.subtitle) if self.subtitle else "",
            body=joined(self._bodies(identifier)),
            notes=joined(markup('<p class="zb-note">{}</p>', note) for note in self.notes),
        )

    def _bodies(self, identifier: str) -> Iterator[Markup]:
        if self.own_figure is not None:
            yield Markup(figure_svg(self.own_figure, (), prefix=identifier, label=self.heading))
        yield legend(self.panels)
        for number, panel in enumerate(self.panels, start=1):
            if panel.title:
                yield markup('<h3 class="zb-panel">{}</h3>', panel.title)
            for layout, name in ((PAGE, "wide"), (PHONE, "narrow")):
                yield Markup(
                    figure_svg(
                        self._drawn(panel, layout),
                        panel.marks,
                        prefix=f"{identifier}-{number}{name[0]}",
                        label=f"{self.heading} {panel.title}".strip(),
                        classes=f"zb-{name}",
                    )
                )

    def _repr_html_(self) -> str:
        return Fragment(self.html)._repr_html_()


def growth_rates(rows: pd.DataFrame) -> Chart:
    """Return the growth rates among the rows as bars that diverge where some fall."""
    rates = findings.without_repeats(rows, "growth_rate")
    return bars(rates, "growth_rate", findings.growth_finding(rates))


def investments(rows: pd.DataFrame) -> Chart:
    """Return the investment sums among the rows as bars, each currency by itself."""
    sums = findings.without_repeats(rows, "investment")
    overlap = say("各笔金额可能相互包含，因此不相加。")
    return bars(
        sums, "investment", findings.investment_finding(sums), notes=(overlap,) if len(sums) > 1 else ()
    )


def project_counts(rows: pd.DataFrame) -> Chart:
    """Return the numbers of projects among the rows as bars."""
    counts = findings.without_repeats(rows, "project_count")
    overlap = say("各项可能相互包含，因此不相加。")
    notes = (overlap,) if len(counts) > 1 else ()
    return bars(counts, "project_count", findings.project_finding(counts), notes=notes)


def completion_rates(rows: pd.DataFrame) -> Chart:
    """Return how far plans are fulfilled, beside the share of the year that had passed where it is known."""
    rates = findings.without_repeats(rows, "completion_rate")
    rates = rates.assign(reference=[year_elapsed(period) for period in rates["period"]])
    return bars(
        rates,
        "completion_rate",
        findings.completion_finding(rates),
        reference_label=say("时间进度（当年已过去的部分）"),
    )


def bars(
    rows: pd.DataFrame,
    kind: str,
    heading: str,
    *,
    notes: tuple[str, ...] = (),
    reference_label: str = "",
) -> Chart:
    """Return rows of one kind as sorted bars, one panel for each unit.

    `reference_label` says what the column `reference` of the rows means, drawn as a tick across each bar.
    """
    if rows.empty:
        return Chart(kind, heading, notes=(say("这里没有这一类数字。"),))
    units = rows["unit"].value_counts(sort=False).sort_values(ascending=False, kind="stable").index
    panels = tuple(_panel(rows[rows["unit"] == unit], kind, unit, reference_label) for unit in units)
    if len(panels) > 1:
        panels = tuple(replace(panel, title=_axis_words(panel.unit)) for panel in panels)
    left_out = sum((rows["unit"] == panel.unit).sum() - len(panel.bars) for panel in panels)
    if left_out:
        notes = (*notes, say("这里是最大的一部分，另有{count}个数字见下面的表。", count=left_out))
    unit = _axis_words(panels[0].unit) if len(panels) == 1 else ""
    return Chart(kind, heading, findings.common_words(rows, unit=unit), notes, panels)


def legend(panels: Iterable[Panel]) -> Markup:
    """Return what hatch and tick mean, where the bars have any."""
    swatch = '<span class="zb-swatch zb-{}"></span>{} '
    pieces = []
    for panel in panels:
        if panel.bars["planned"].any():
            pieces.append(markup(swatch, panel.colour, say("实际")))
            pieces.append(markup(swatch, f"planned zb-{panel.colour}", say("计划、目标或预计")))
        if panel.reference_label:
            pieces.append(markup(swatch, "tick", panel.reference_label))
    return markup('<p class="zb-legend">{}</p>', joined(dict.fromkeys(pieces))) if pieces else Markup("")


def year_elapsed(period: str | None) -> float | None:
    """Return how much of its year had passed when a period ended, in percent; None where that is open.

    >>> round(year_elapsed("2022-01/2022-11"), 1), round(year_elapsed("../2023-06-30"), 1), year_elapsed("2022")
    (91.5, 49.6, None)
    """
    end = "" if is_missing(period) else str(period).rpartition("/")[2]
    if end.count("-") == 0 or not end[:4].isdigit():
        return None
    last = pd.Period(end, freq="M" if end.count("-") == 1 else "D").end_time
    return 100 * last.dayofyear / (366 if last.is_leap_year else 365)


def _panel(rows: pd.DataFrame, kind: str, unit: str, reference_label: str) -> Panel:
    largest = rows.loc[rows["value"].abs().nlargest(MAX_BARS).index]
    ordered = largest.sort_values("value", ascending=False, kind="stable")
    records = ordered.to_dict("records")
    table = pd.DataFrame(
        {
            "key": [str(record["row"]) for record in records],
            "name": [measure_words(record) for record in records],
            "context": [_context(record, rows) for record in records],
            "value": ordered["value"].to_numpy(),
            "label": [value_words(record) for record in records],
            "planned": (ordered["status"] == "planned").to_numpy(),
            "reference": ordered["reference"].to_numpy() if "reference" in ordered else None,
        }
    )
    has_reference = bool(reference_label) and table["reference"].notna().any()
    return Panel(
        table,
        kind,
        unit,
        tuple(_mark(record) for record in records),
        reference_label=reference_label if has_reference else "",
    )


def _mark(record: dict[str, Any]) -> Mark:
    link = record.get("link")
    return Mark(
        key=str(record["row"]),
        name=mark_words(record),
        href=None if is_missing(link) else str(link),
        data={"row": str(record["row"]), "place": "" if is_missing(record["place"]) else record["place"]},
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


def _context(record: dict[str, Any], rows: pd.DataFrame) -> str:
    """Return the line below a name: what tells the row from the others of its chart."""
    stage = record["stage"]
    words = [
        "" if is_missing(record["place"]) or rows["place"].nunique(dropna=False) == 1 else record["place"],
        period_words(record["period"]) if rows["period"].nunique(dropna=False) > 1 else "",
        _odd_basis(record, rows),
        "" if is_missing(stage) or record["kind"] == "growth_rate" else say(STAGE_WORDS[stage]),
    ]
    return say("·").join(word for word in words if word)


def _odd_basis(record: dict[str, Any], rows: pd.DataFrame) -> str:
    several = rows["basis"].nunique(dropna=False) > 1
    return say(BASIS_WORDS[record["basis"]]) if several and not is_missing(record["basis"]) else ""


def _axis_words(unit: str) -> str:
    if unit == "percent":
        return "%"
    if unit == "project":
        return say("个")
    return unit if language() == "en" else measured(1, unit)[1:]


def draw_bars(panel: Panel, layout: Layout) -> Figure:
    """Return bars drawn by seaborn, named and directly labelled."""
    import matplotlib
    import seaborn as sns
    from matplotlib.figure import Figure

    table = panel.bars
    row_height = _row_height(table, layout)
    height = layout.top + row_height * len(table) + layout.bottom
    with matplotlib.rc_context(drawing_style()):
        figure = Figure(figsize=(layout.width / 72, height / 72), dpi=72)
        left = layout.name_width / layout.width
        plot_height = row_height * len(table) / height
        axes = figure.add_axes((left, layout.bottom / height, 0.999 - left, plot_height))
        sns.barplot(
            table,
            x="value",
            y="key",
            color=PALETTE[panel.colour],
            saturation=1,
            errorbar=None,
            width=layout.bar / row_height,
            ax=axes,
        )
        _set_frame(axes, panel, layout)
        for position, (patch, row) in enumerate(zip(axes.patches, table.to_dict("records"), strict=True)):
            _finish_bar(axes, patch, row, panel, layout, position)
    return figure


def _row_height(table: pd.DataFrame, layout: Layout) -> int:
    has_context = bool((table["context"] != "").any())
    if layout.names_above:
        lines = max(len(_wrapped(name, layout.width, NAME_SIZE)) for name in table["name"])
        return 22 + 17 * lines + 15 * has_context + 4
    lines = max(len(_wrapped(name, layout.name_width - 16, NAME_SIZE)) for name in table["name"])
    return 11 + 17 * lines + 15 * has_context


def _set_frame(axes: Axes, panel: Panel, layout: Layout) -> None:
    from matplotlib.ticker import MaxNLocator

    axes.set_xlim(*_limits(panel, layout))
    axes.set(xlabel="", ylabel="")
    axes.spines[:].set_visible(False)
    whole = panel.unit not in {"percent", "percentage_point"}
    axes.xaxis.set_major_locator(MaxNLocator(nbins=3 if layout.names_above else 5, integer=whole))
    axes.xaxis.set_major_formatter(lambda value, _: _tick_words(value, panel.unit))
    axes.tick_params(axis="both", length=0, labelsize=TICK_SIZE)
    axes.set_yticks([])
    axes.grid(axis="x", color=PALETTE["rule"], linewidth=1)
    axes.set_axisbelow(True)
    axes.axvline(0, color=PALETTE["axis"], linewidth=1, zorder=3)
    axes.patch.set_visible(False)
    axes.figure.patch.set_visible(False)


def _tick_words(value: float, unit: str) -> str:
    if unit == "percent":
        return f"{value:g}%"
    return scaled_english(value) if language() == "en" else scaled(value)


def _limits(panel: Panel, layout: Layout) -> tuple[float, float]:
    """Return the ends of the axis: room for the longest bar with its label, on the left too if bars fall."""
    table = panel.bars
    values = table["value"]
    room = layout.width - layout.name_width
    widest = {
        sign: max((_text_width(label, NAME_SIZE) for label in table["label"][side]), default=0) + 12
        for sign, side in (("+", values >= 0), ("-", values < 0))
    }
    reach = max(
        values.max(), 0, table["reference"].astype(float).max(skipna=True) if panel.reference_label else 0
    )
    depth = max(-values.min(), 0)
    if reach == depth == 0:
        return 0, 1
    free = max(room - widest["+"] - (widest["-"] if depth else 0), room * 0.3)
    pixel = (reach + depth) / free
    return -(depth + widest["-"] * pixel if depth else 0), reach + widest["+"] * pixel


def _finish_bar(
    axes: Axes, patch: Any, row: dict[str, Any], panel: Panel, layout: Layout, position: int
) -> None:
    """Hatch, key, label and name one bar, moved to the foot of its row where its name stands above it."""
    row_height = _row_height(panel.bars, layout)
    shift = (row_height / 2 - layout.bar / 2 - 5) / row_height if layout.names_above else 0
    patch.set(y=patch.get_y() + shift, edgecolor=PALETTE[panel.colour], linewidth=1, gid=row["key"])
    if row["planned"]:
        patch.set(hatch=HATCH, facecolor="none")
    _draw_value(axes, row, position + shift)
    _draw_names(axes, row, layout, position, row_height)
    if panel.reference_label and not is_missing(row["reference"]):
        half = (layout.bar / 2 + 4) / row_height
        axes.plot(
            [row["reference"]] * 2,
            [position + shift - half, position + shift + half],
            color=PALETTE["mark"],
            linewidth=2,
            solid_capstyle="butt",
            zorder=4,
            gid=f"{row['key']}{PART}reference",
        )


def _draw_value(axes: Axes, row: dict[str, Any], centre: float) -> None:
    """Write the value at the end of its bar, beyond the reference tick where the two would meet."""
    falls = row["value"] < 0
    axes.annotate(
        row["label"],
        (row["value"], centre),
        (-6 if falls else 6, 0),
        textcoords="offset points",
        ha="right" if falls else "left",
        va="center_baseline",
        fontsize=NAME_SIZE,
        gid=f"{row['key']}{PART}value",
    )


def _draw_names(axes: Axes, row: dict[str, Any], layout: Layout, position: int, row_height: int) -> None:
    """Write the name and the line of context: beside the bar on a page, above it on a phone."""
    width = layout.width if layout.names_above else layout.name_width - 16
    lines = [(line, NAME_SIZE, PALETTE["ink"], 17) for line in _wrapped(row["name"], width, NAME_SIZE)]
    if row["context"]:
        lines += [(_wrapped(row["context"], width, CONTEXT_SIZE)[0], CONTEXT_SIZE, PALETTE["muted"], 15)]
    height = sum(line[3] for line in lines)
    top = row_height / 2 - 3 if layout.names_above else height / 2
    for number, (text, size, colour, line_height) in enumerate(lines):
        axes.annotate(
            text,
            (0, position),
            (0 if layout.names_above else -12, top - line_height / 2),
            xycoords=axes.get_yaxis_transform(),
            textcoords="offset points",
            annotation_clip=False,
            ha="left" if layout.names_above else "right",
            va="center_baseline",
            fontsize=size,
            color=colour,
            gid=f"{row['key']}{PART}name{number}",
        )
        top -= line_height


def _text_width(text: str, size: float) -> float:
    """Return about how wide a text is set: Latin letters and digits take half the width of a character."""
    return sum(size if ord(character) > 0x2E80 else 0.56 * size for character in text)


def _wrapped(text: str, width: float, size: float, lines: int = 2) -> list[str]:
    """Return a text in as many lines as it needs, the last one cut short where that is too many."""
    wrapped, rest = [], text
    while rest:
        fits = len(rest)
        while fits > 1 and _text_width(rest[:fits], size) > width:
            fits -= 1
        if len(wrapped) == lines - 1 and fits < len(rest):
            return [*wrapped, rest[: fits - 1] + "…"]
        wrapped.append(rest[:fits])
        rest = rest[fits:]
    return wrapped or [""]
