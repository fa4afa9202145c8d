"""A figure with a few characters around it ↔ the place where it stands in a text.

After the TextQuoteSelector of the W3C's Web Annotation model: a quotation finds its figure again after the text around
it was edited, which neither a row's number nor an offset does. White space counts nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from helpers.segment import Span

SHORTEST, LONGEST = 6, 48  # characters on each side that a quotation made here has
STRETCH = 2  # how many times as long a reworded context may be
STANDS_OUT = 4  # by how much a quotation made here fits better than any other place


@dataclass(frozen=True, slots=True)
class Quotation:
    """A figure as written and the characters right before and after it, as many as somebody cared to give."""

    figure: str
    before: str = ""
    after: str = ""


def best_places(text: str, quotation: Quotation, places: Iterable[Span]) -> list[Span]:
    """Return the place that a quotation means, of those where its figure stands.

    None where it stands in other surroundings now, several where the quotation does not tell them apart.

    >>> text = "签约项目12个，开工项目12个。"
    >>> best_places(text, Quotation("12个", "签约的项目"), [Span(4, 7), Span(12, 15)])
    [Span(start=4, end=7)]
    >>> best_places(text, Quotation("12个", "竣工面积"), [Span(4, 7), Span(12, 15)])
    []
    """
    fits = [(place, _fit(text, quotation, place)) for place in places]
    known = [(place, fit) for place, fit in fits if fit is not None]
    best = max((fit for _, fit in known), default=None)
    return [place for place, fit in known if fit == best]


def _fit(text: str, quotation: Quotation, place: Span) -> int | None:
    """Return how well a place fits a quotation, None where less than half of its context is still there.

    Characters count that are kept in their order, and once more those that still touch the figure.
    """
    before, after = _bare(quotation.before), _bare(quotation.after)
    left, right = _surroundings(text, place)
    sides = ((before[::-1], left), (after, right))
    kept = sum(common_length(context, there[: STRETCH * len(context)]) for context, there in sides)
    touching = sum(_shared_beginning(context, there) for context, there in sides)
    return kept + touching if 2 * kept >= len(before) + len(after) else None


def _shared_beginning(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _surroundings(text: str, place: Span, within: Span | None = None) -> tuple[str, str]:
    """Return what stands before and after a place, both from the figure outwards."""
    low, high = within or (0, len(text))
    reach = 2 * STRETCH * LONGEST
    left, right = (
        text[max(low, place.start - reach) : place.start],
        text[place.end : min(high, place.end + reach)],
    )
    return _bare(left)[::-1], _bare(right)


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def same_figure(one: str, other: str) -> bool:
    """Return whether two figures are written alike, white space aside.

    >>> same_figure("120 GWh", "120GWh")
    True
    """
    return _bare(one) == _bare(other)


def occurrences(text: str, figure: str) -> list[Span]:
    """Return where a figure stands in a text, not as part of a longer number.

    >>> occurrences("12个，112个，1.12个，12 个", "12个")
    [Span(start=0, end=3), Span(start=15, end=19)]
    """
    if not _bare(figure):
        return []
    written = r"\s*".join(map(re.escape, _bare(figure)))
    begins_whole = r"(?<!\d)(?<!\d[.,])" if _bare(figure)[0].isdigit() else ""
    pattern = rf"{begins_whole}(?:{written})(?!(?<=\d)[.,]?\d)"
    return [Span(*found.span()) for found in re.finditer(pattern, text)]


def quote(text: str, place: Span, within: Span | None = None) -> Quotation | None:
    """Return the shortest quotation that means a place and no other, None where there is none.

    Its context comes from `within` alone: from a sentence, say, where nothing else may be published.

    >>> quote("签约项目12个，开工项目12个。", Span(12, 15))
    Quotation(figure='12个', before='个，开工项目', after='。')
    """
    places = sorted({place, *occurrences(text, text[place.start : place.end])})
    left, right = _surroundings(text, place, within)
    for length in range(SHORTEST, LONGEST + 1, 2):
        quotation = Quotation(text[place.start : place.end], left[:length][::-1], right[:length])
        if _lead(text, quotation, place, places) >= STANDS_OUT:
            return quotation
    return quotation if best_places(text, quotation, places) == [place] else None


def _lead(text: str, quotation: Quotation, place: Span, places: Sequence[Span]) -> float:
    """Return by how much a place fits a quotation better than the next best."""
    rivals = [_fit(text, quotation, other) for other in places if other != place]
    strongest = max((fit for fit in rivals if fit is not None), default=None)
    return float("inf") if strongest is None else (_fit(text, quotation, place) or 0) - strongest


def common_length(one: str, other: str) -> int:
    """Return the length of the longest common subsequence.

    >>> common_length("工业投资", "工业技改投资")
    4
    """
    lengths = [0] * (len(other) + 1)
    for a in one:
        diagonal = 0
        for position, b in enumerate(other, 1):
            above = lengths[position]
            lengths[position] = diagonal + 1 if a == b else max(above, lengths[position - 1])
            diagonal = above
    return lengths[-1]
