"""A figure in its surroundings: the text around it, the cues in reach, and the figure before it.

The rules read everything through these two types; they know nothing of how cues are found.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache

from helpers.lexicon import Cue, read_lexicon
from helpers.mentions.period import Anchor, TimeMention
from helpers.mentions.place import PlaceMention
from helpers.mentions.quantity import Quantity
from helpers.observation import Basis, Kind, Reason, Stage, Status
from helpers.segment import Paragraph, Span

FAMILIES = ("status", "stage", "basis", "change", "money")


@dataclass
class Reading:
    """A clean text with all that was found in it before any figure is understood.

    `places` are those that a figure can be stated for, `named` all that are named; `masks` are the spans of
    the times and places of the sentence being read.
    """

    text: str
    anchor: Anchor
    home: str | None
    region: str
    paragraphs: tuple[Paragraph, ...]
    times: tuple[TimeMention, ...]
    places: list[PlaceMention]
    named: list[PlaceMention]
    currency: str | None = None  # said once for all bare sums
    masks: tuple[tuple[int, int], ...] = ()

    _cues: dict[str, tuple[list[Cue], list[int]]] = field(init=False, repr=False)  # with their starts
    _time_starts: list[int] = field(init=False, repr=False)
    _place_starts: list[int] = field(init=False, repr=False)
    _named_starts: list[int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        found = {family: read_lexicon(family).find(self.text) for family in FAMILIES}
        self._cues = {family: (cues, [cue.start for cue in cues]) for family, cues in found.items()}
        self._time_starts = [mention.start for mention in self.times]
        self._place_starts = [mention.start for mention in self.places]
        self._named_starts = [mention.start for mention in self.named]

    def cues(self, family: str, start: int, end: int) -> list[Cue]:
        """The cues of a family that lie wholly within a span."""
        found, starts = self._cues[family]
        first = bisect_left(starts, start)
        if first == len(found) or found[first].end > end:
            return []
        last = first + 1
        while last < len(found) and found[last].end <= end:
            last += 1
        return found[first:last]

    def times_within(self, start: int, end: int) -> tuple[TimeMention, ...]:
        """The times that begin within a span."""
        starts = self._time_starts
        first = bisect_left(starts, start)
        if first == len(starts) or starts[first] >= end:
            return ()
        return self.times[first : bisect_left(starts, end, first)]

    def places_within(self, start: int, end: int) -> list[PlaceMention]:
        """The places spoken of that begin within a span."""
        starts = self._place_starts
        first = bisect_left(starts, start)
        if first == len(starts) or starts[first] >= end:
            return []
        return self.places[first : bisect_left(starts, end, first)]

    def named_within(self, start: int, end: int) -> list[PlaceMention]:
        """The places named that begin within a span."""
        starts = self._named_starts
        first = bisect_left(starts, start)
        if first == len(starts) or starts[first] >= end:
            return []
        return self.named[first : bisect_left(starts, end, first)]

    def last_cue(self, family: str, start: int, end: int) -> Cue | None:
        """The cue of a family nearest before `end`, None where there is none after `start`."""
        cues = self.cues(family, start, end)
        return cues[-1] if cues else None


# Attributes and rules are few, and many figures have the same two.
_without_cue = lru_cache(maxsize=512)(Reason)


@dataclass(eq=False, slots=True)
class Figure:
    """A quantity and where it stands; what the rules make of it is filled in step by step.

    `left` runs from the clause's start or the figure before to this one's reach, `right` from there to
    the clause's end or the next figure. `before` and `after` are the noun phrases in them, `verb` the word
    that `before` follows. `previous` is the figure before it in the same sentence; `dealt` is the name
    that a 分别 deals to it (`dealt_place` and `dealt_time` its place and time), `level` the figure whose name it shares by a 分别 without names,
    `measured` what is measured of the industry or area that the indicator names (工业增加值 of 制造业).
    """

    quantity: Quantity
    paragraph: int
    sentence: Span
    segment: Span
    clause: Span
    left: Span
    right: Span
    before: Span
    verb: str
    after: Span
    previous: Figure | None = None
    sum_word: Cue | None = None  # the word that tells what a sum of money is said of
    dealt: str | None = None
    dealt_place: PlaceMention | None = None
    dealt_time: TimeMention | None = None
    level: Figure | None = None
    measured: str | None = None
    kind: Kind | None = None
    rule: str = ""
    value_sign: int = 1
    indicator: str | None = None
    indicator_span: Span | None = None
    indicator_cue: Reason | None = None
    subject: str | None = None
    doer: str = ""  # 电子行业 in 电子行业实现收入8亿元、利税1亿元: whose the sums of a list are
    lessens: bool = False
    is_compared_with: bool = False  # a level of an earlier time: 去年同期的8个
    # the rate of an earlier time that leads in the level after it: 继10月录得2%的升幅后
    leads_in: bool = False
    is_listed: bool = False  # the member of a list of names that says its noun once
    place: str | None = None
    period: str | None = None
    basis: Basis | None = None
    status: Status = Status.ACTUAL
    stage: Stage | None = None
    reasons: list[Reason] = field(default_factory=list)

    @property
    def is_bare(self) -> bool:
        """Whether no noun stands before the figure in its clause."""
        return self.before.end - self.before.start < 2

    @property
    def is_target(self) -> bool:
        """Whether it is the target that a figure before it is measured by."""
        return self.rule.startswith("target after")

    def nearest(self, *kinds: Kind) -> Figure | None:
        """The last figure before this one in the sentence that is of one of the kinds."""
        figure = self.previous
        while figure is not None and figure.kind not in kinds:
            figure = figure.previous
        return figure

    def earlier(self, *kinds: Kind) -> Figure | None:
        """The last figure before this one in the sentence that has an indicator, of one of the kinds if any is named."""
        figure = self.previous
        while figure is not None and (not figure.indicator or (kinds and figure.kind not in kinds)):
            figure = figure.previous
        return figure

    def because(
        self,
        attribute: str,
        rule: str,
        cue: Cue | None = None,
        span: Span | TimeMention | PlaceMention | None = None,
        text: str = "",
    ) -> None:
        """Note why an attribute was read as it was: by a cue, or by what stands in a span of the text."""
        if cue is not None:
            self.reasons.append(Reason(attribute, rule, cue.cue, cue.start, cue.end))
        elif span is not None:
            start, end = span.start, span.end
            self.reasons.append(Reason(attribute, rule, text[start:end], start, end))
        else:
            self.reasons.append(_without_cue(attribute, rule))
