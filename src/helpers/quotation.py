"""A figure with a few characters around it ↔ the place where it stands in a text.

After the TextQuoteSelector of the W3C's Web Annotation model: a quotation finds its figure again after the text around
it was edited, which neither a row's number nor an offset does. White space counts nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from helpers.segment import Span

LENGTHS = (6, 8, 12, 18, 27, 40)  # characters on each side that a quotation made here may have
STRETCH = 2  # how many times as long a reworded context may be
NEAREST, MAY_BE_GONE = 8, 1  # of so many characters next to the figure so many may have gone
TELLING = 3  # digits from which on a figure is hardly met twice by chance
STANDS_OUT = 4  # by how many characters a quotation made here tells its place from any other
STOPS = "。！？；!?;"


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
    """Return how well a place fits a quotation, None where it stands in other surroundings.

    Characters count that are kept in their order, and once more those that still touch the figure.
    """
    before, after = _bare(quotation.before)[::-1], _bare(quotation.after)
    left, right = _surroundings(text, place, STRETCH * max(len(before), len(after)))
    sides = [(before, left), (after, right)]
    if not _is_telling(quotation.figure) and not all(_says_the_same(*side) for side in sides):
        return None
    kept, length = sum(_kept(*side) for side in sides), sum(len(context) for context, _ in sides)
    return kept + sum(_shared_beginning(*side) for side in sides) if 2 * kept >= length else None


def _is_telling(figure: str) -> bool:
    """Return whether a figure hardly stands in a text for two different things: 1218.56亿元, but not 12个."""
    return sum(character.isdigit() for character in figure) >= TELLING


def _says_the_same(context: str, there: str) -> bool:
    """Return whether the figure's own sentence still says there what it said.

    Words may have come in. Where one was replaced (签约项目12个, 开工项目12个), it is another statement.
    """
    nearest = re.split(f"[{STOPS}]", context, maxsplit=1)[0][:NEAREST]
    return len(nearest) - _kept(nearest, there) <= MAY_BE_GONE


def _kept(context: str, there: str) -> int:
    return common_length(context, there[: STRETCH * len(context)])


def _shared_beginning(one: str, other: str) -> int:
    if other.startswith(one):
        return len(one)
    return next((n for n, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), len(other))


def _surroundings(text: str, place: Span, reach: int, within: Span | None = None) -> tuple[str, str]:
    """Return what stands before and after a place, both from the figure outwards, as many characters and more."""
    low, high = within or (0, len(text))
    left = text[max(low, place.start - 2 * reach) : place.start]
    right = text[place.end : min(high, place.end + 2 * reach)]
    return _bare(left)[::-1], _bare(right)


def _bare(text: str) -> str:
    return "".join(text.split())


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


# a figure that a text repeats so often is told from itself by nothing that is worth the search
MOST_RIVALS = 200


@lru_cache(maxsize=64)
def _occurrences_again(text: str, figure: str) -> list[Span]:
    """Return the same, found once for a figure that many rows have."""
    return occurrences(text, figure)


def quote(text: str, place: Span, within: Span | None = None) -> Quotation | None:
    """Return the shortest quotation that means a place and no other, None where there is none.

    Its context comes from the figure's paragraph if that will do, for paragraphs are moved, and from `within` alone:
    from a sentence, say, where nothing else may be published.

    >>> quote("签约项目12个，开工项目12个。", Span(12, 15))
    Quotation(figure='12个', before='个，开工项目', after='。')
    """
    low, high = within or (0, len(text))
    paragraph = Span(
        text.rfind("\n", 0, place.start) + 1, (text.find("\n", place.end) + 1 or len(text) + 1) - 1
    )
    near = Span(max(low, paragraph.start), min(high, paragraph.end))
    found = _occurrences_again(text, text[slice(*place)])
    if len(found) > MOST_RIVALS:
        return None
    rivals = [other for other in found if other != place]
    return _quote(text, place, near, rivals) or _quote(text, place, Span(low, high), rivals)


def _quote(text: str, place: Span, within: Span, rivals: Sequence[Span]) -> Quotation | None:
    """Return the shortest quotation by which a place differs enough from its rivals, at worst just differs."""
    for length in LENGTHS:
        left, right = (side[:length] for side in _surroundings(text, place, length, within))
        leads = [(_lead(text, rival, left, right), rival) for rival in rivals]
        rivals = [rival for lead, rival in leads if lead < STANDS_OUT]
        if not rivals:
            break
    if any(lead == 0 for lead, _ in leads):
        return None
    return Quotation(text[slice(*place)], left[::-1], right)


def _lead(text: str, rival: Span, left: str, right: str) -> int:
    """Return by how many characters a rival's surroundings differ from those of a place, from the figure outwards."""
    there = _surroundings(text, rival, max(len(left), len(right)))
    alike = _shared_beginning(left, there[0]) + _shared_beginning(right, there[1])
    return len(left) + len(right) - alike


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
