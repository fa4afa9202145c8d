"""How the value stands to the figure as written: the word beside it, or one that a verb parts from it."""

from __future__ import annotations

import re

from helpers.figure import Figure, Reading
from helpers.mentions.quantity import COUNT, MONEY, PERCENT, PHYSICAL
from helpers.observation import Bound
from helpers.segment import Span

_LOOSE_ABOUT = re.compile(r"约(?=占[^，。；\d]{0,10}的?$)")
_LOOSE_BOUND = re.compile(r"(?P<least>至少|最少|不少于|不低于)|(?P<most>至多|最多|不超过)")


def find_bound(reading: Reading, figure: Figure) -> None:
    """The bound beside the figure, else one that its verb parts from it: 至少贡献外资1千万美元."""
    q = figure.quantity
    if q.bound is not Bound.EXACT:
        span = Span(q.reach_start, q.start) if q.reach_start < q.start else Span(q.end, q.reach_end)
        figure.because(
            "bound",
            "word beside the figure",
            span=span if span.start < span.end else Span(q.start, q.end),
            text=reading.text,
        )
        return
    about = _LOOSE_ABOUT.search(reading.text, figure.left.start, figure.left.end)
    if about and q.measure == PERCENT:
        figure.quantity = q._replace(bound=Bound.ABOUT)
        figure.because("bound", "word before the figure's noun", span=Span(*about.span()), text=reading.text)
        return
    match = _LOOSE_BOUND.search(reading.text, figure.left.start, figure.left.end)
    if match and figure.quantity.measure in (MONEY, PHYSICAL, COUNT):
        figure.quantity = q._replace(bound=Bound.AT_LEAST if match["least"] else Bound.AT_MOST)
        figure.because("bound", "word before the figure's verb", span=Span(*match.span()), text=reading.text)
