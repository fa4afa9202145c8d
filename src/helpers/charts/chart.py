"""A finding and the figures that show it → HTML: heading, legend, inline SVG for page and phone, notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pandas as pd
from markupsafe import Markup

from helpers.charts.drawing import draw_bars
from helpers.charts.layout import BROAD, PAGE, PHONE, Layout
from helpers.charts.svg import Mark, figure_svg
from helpers.fragment import Fragment, joined, markup, unique_id
from helpers.wording import KIND_WORDS, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TOPICS = KIND_WORDS | {"period": "时期", "own": "自选"}


@dataclass(frozen=True)
class Panel:
    """The bars of one unit: what to draw, and what its marks lead to.

    A row of `bars` is one bar, in order: key, name, context, value, label, planned, reference; spans of time
    have start, end and open instead of a value.
    """

    bars: pd.DataFrame
    colour: str
    unit: str
    marks: tuple[Mark, ...]
    title: str = ""
    reference_label: str = ""
    draw: Callable[[Panel, Layout], Figure] = draw_bars

    def legend(self) -> Iterator[Markup]:
        """Yield what hatch and tick mean, where the bars have any."""
        swatch = '<span class="zb-sign"><span class="zb-swatch zb-{}"></span>{}</span>'
        if self.bars["planned"].any():
            yield markup(swatch, self.colour, say("实际"))
            yield markup(swatch, f"planned zb-{self.colour}", say("计划、目标或预计"))
        if self.reference_label:
            yield markup(swatch, "tick", self.reference_label)


@dataclass(frozen=True, repr=False)
class Chart:
    """A finding, and the figures that show it; shows itself in JupyterLab and on the page."""

    kind: str
    heading: str
    subtitle: str = ""
    notes: tuple[str, ...] = ()
    panels: tuple[Panel, ...] = ()
    broad: bool = False
    changes: tuple[Callable[[Axes], Any], ...] = ()
    own_figure: Figure | None = None
    source: str = ""

    def on_axes(self, change: Callable[[Axes], Any]) -> Chart:
        """Return the chart with a change made to the axes of each of its drawings."""
        return replace(self, changes=(*self.changes, change))

    @property
    def figure(self) -> Figure:
        """The matplotlib figure of the first panel, as drawn for a page."""
        return self.own_figure or self._drawn(self.panels[0], PAGE)

    def _drawn(self, panel: Panel, layout: Layout) -> Figure:
        figure = panel.draw(panel, layout)
        for change in self.changes:
            change(figure.axes[0])
        return figure

    @property
    def html(self) -> Markup:
        """The chart with its heading, legend and notes as HTML."""
        identifier = unique_id(self.kind)
        return markup(
            '<section class="zb-chart zb-{kind}{empty}" id="{id}"><p class="zb-topic">{topic}</p><h2>{heading}</h2>'
            "{subtitle}{legend}{drawings}{notes}</section>",
            kind=self.kind,
            empty="" if self.panels or self.own_figure else " zb-empty",
            id=identifier,
            topic=say(TOPICS[self.kind]),
            heading=self.heading,
            subtitle=_paragraph("subtitle", self.subtitle),
            legend=_paragraph("legend", legend(self.panels)),
            drawings=joined(self._drawings(identifier)),
            notes=joined(_paragraph("note", note) for note in (*self.notes, self._source_words())),
        )

    def _source_words(self) -> str:
        if not self.source or not self.panels:
            return ""
        return say("来源：{source}。点横条看原句。", source=self.source)

    def _drawings(self, identifier: str) -> Iterator[Markup]:
        if self.own_figure is not None:
            yield Markup(
                figure_svg(self.own_figure, (), prefix=identifier, label=self.heading, classes="zb-own")
            )
        for number, panel in enumerate(self.panels, start=1):
            if panel.title:
                yield markup('<h3 class="zb-panel">{}</h3>', panel.title)
            for layout in (BROAD if self.broad else PAGE, PHONE):
                svg = figure_svg(
                    self._drawn(panel, layout),
                    panel.marks,
                    prefix=f"{identifier}-{number}{layout.name[0]}",
                    label=f"{self.heading} {panel.title}".strip(),
                    classes=f"zb-{layout.name}",
                )
                yield Markup(svg)

    def __repr__(self) -> str:
        return f"<Chart: {self.heading}>"

    def _repr_html_(self) -> str:
        return Fragment(self.html)._repr_html_()


def legend(panels: Iterable[Panel]) -> Markup:
    """Return the legend of all panels, each sign once."""
    return joined(dict.fromkeys(sign for panel in panels for sign in panel.legend()))


def _paragraph(name: str, content: object) -> Markup:
    return markup('<p class="zb-{}">{}</p>', name, content) if content else Markup("")
