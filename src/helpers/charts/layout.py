"""Where the rows of a chart stand and how their names are set, in pixels: widths, line breaks, heights."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

NAME_SIZE, CONTEXT_SIZE, TICK_SIZE = 13, 11, 11
NAME_LINE, CONTEXT_LINE = 17, 15
GAP = 12


@dataclass(frozen=True, slots=True)
class Layout:
    """The measures of a chart: beside their bars the names have `name_width`, above them all the width."""

    name: str
    width: int
    name_width: int  # 0: names stand above their bars
    bar: int = 15
    bottom: int = 24

    @property
    def names_above(self) -> bool:
        """Whether there is no room for names beside the bars."""
        return self.name_width == 0

    @property
    def text_width(self) -> int:
        """How wide a line of a name may be."""
        return self.width if self.names_above else self.name_width - GAP - 2


PAGE = Layout("wide", width=680, name_width=244)
BROAD = Layout("broad", width=1000, name_width=340)
PHONE = Layout("narrow", width=350, name_width=0)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a bar's name."""

    text: str
    size: int
    height: int
    muted: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where one bar and the lines of its name stand, counted down from the top of the chart."""

    lines: tuple[Line, ...]
    names_top: float
    bar_centre: float
    bottom: float


def text_width(text: str, size: float) -> float:
    """Return about how wide a text is set: Latin letters and digits take half the width of a character.

    >>> text_width("工业投资", 10), text_width("1月", 100)
    (40.0, 156.0)
    """
    return sum(
        (1.0 if ord(character) > 0x2E80 or character in "—“”…·" else 0.56) * size for character in text
    )


def wrapped(text: str, width: float, size: float, lines: int = 2) -> list[str]:
    """Return a text in as many lines as it needs, the last one cut short where that is too many.

    >>> wrapped("上海安能项目总投资规模", 60, 10), wrapped("上海安能项目总投资规模", 60, 10, lines=1)
    (['上海安能项目', '总投资规模'], ['上海安能项…'])
    """
    result, rest = [], text
    while rest:
        fits = len(rest)
        while fits > 1 and text_width(rest[:fits], size) > width:
            fits -= 1
        if len(result) == lines - 1 and fits < len(rest):
            return [*result, rest[: fits - 1] + "…"]
        if 0 < len(rest) - fits < 3:
            fits -= 2  # no line of one or two characters
        result.append(rest[:fits])
        rest = rest[fits:]
    return result


def name_lines(name: str, context: str, layout: Layout) -> tuple[Line, ...]:
    """Return the lines of a bar's name: the name in one or two, its context in one."""
    width = layout.text_width
    names = [Line(text, NAME_SIZE, NAME_LINE) for text in wrapped(name, width, NAME_SIZE)]
    contexts = [
        Line(text, CONTEXT_SIZE, CONTEXT_LINE, muted=True)
        for text in wrapped(context, width, CONTEXT_SIZE, 1)
    ]
    return (*names, *contexts)


def places(names: list[str], contexts: list[str], layout: Layout) -> list[Place]:
    """Return where each bar stands: every row is as high as its own name needs."""
    lines = [name_lines(name, context, layout) for name, context in zip(names, contexts, strict=True)]
    heights = [_row_height(own, layout) for own in lines]
    tops = [0.0, *accumulate(heights)][:-1]
    return [_place(own, top, height, layout) for own, top, height in zip(lines, tops, heights, strict=True)]


def _row_height(lines: tuple[Line, ...], layout: Layout) -> float:
    text = sum(line.height for line in lines)
    return text + layout.bar + 16 if layout.names_above else max(text, layout.bar) + 11


def _place(lines: tuple[Line, ...], top: float, height: float, layout: Layout) -> Place:
    text = sum(line.height for line in lines)
    if layout.names_above:
        return Place(lines, top + 4, top + 4 + text + 3 + layout.bar / 2, top + height)
    return Place(lines, top + (height - text) / 2, top + height / 2, top + height)
