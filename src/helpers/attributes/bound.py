"""How the value stands to the figure as written: the word beside it, or one that a verb parts from it."""

from __future__ import annotations

import re

from helpers.figure import Figure, Reading
from helpers.mentions.quantity import COUNT, MONEY, PERCENT, PHYSICAL
from helpers.observation import Bound
from helpers.segment import Span

_LOOSE = {
    **dict.fromkeys(("至少", "最少", "不少于", "不低于"), Bound.AT_LEAST),
    **dict.fromkeys(("至多", "最多", "不超过"), Bound.AT_MOST),
    "约": Bound.ABOUT,
}
_LOOSE_ABOUT = re.compile(r"约(?=占[^，。；\d]{0,10}的?$)")
_LOOSE_BOUND = re.compile("至少|最少|不少于|不低于|至多|最多|不超过")


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
    if q.measure == PERCENT:
        match = _LOOSE_ABOUT.search(reading.text, figure.left.start, figure.left.end)
        rule = "word before the figure's noun"
    elif q.measure in (MONEY, PHYSICAL, COUNT):
        match = _LOOSE_BOUND.search(reading.text, figure.left.start, figure.left.end)
        rule = "word before the figure's verb"
    else:
        return
    if match:
        figure.quantity = q._replace(bound=_LOOSE[match[0]])
        figure.because("bound", rule, span=Span(*match.span()), text=reading.text)
