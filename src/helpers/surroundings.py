"""A clean text → all that surrounds its figures, and its quantities → figures in those surroundings.

Nothing is understood here: times, places, cues and noun phrases are found and laid out for the rules.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from helpers.attributes.dealing import deal_out
from helpers.attributes.place import UNNAMED, is_reference_area, is_unnamed_area, opens_clause
from helpers.dateline import Dateline
from helpers.figure import Figure, Reading
from helpers.mentions.park import BARE_ZONES
from helpers.mentions.period import TimeMention, find_times, parse_anchor
from helpers.mentions.place import PlaceMention, contains, find_places, full_name, resolve_relative
from helpers.mentions.quantity import COUNT, MONEY, PERCENT, POINT, Quantity, currency_of_all
from helpers.observation import Bound
from helpers.phrase import left_phrase, right_phrase
from helpers.rules.investment import find_sum_word
from helpers.rules.set_aside import reason_to_set_aside
from helpers.segment import Paragraph, Span, clause_around, is_heading, split_paragraphs

NATION = "全国"


def read_surroundings(text: str, dateline: Dateline) -> Reading:
    """A text with its paragraphs, times and places; 全市 and its like stand for the article's own area."""
    places: list[PlaceMention] = []
    named: list[PlaceMention] = []
    mentions = find_places(text, dateline.place)
    gone_by = _names_gone_by(text, mentions)
    home = dateline.place and gone_by.get(full_name(dateline.place), dateline.place)
    park = _park_of_topic(text, dateline.title, home, mentions)
    home = park if park and not _OF_WHOLE_AREA.search(text) else home
    for mention in mentions:
        if mention.name == NATION and dateline.region == "TW":
            mention = mention._replace(name=home or NATION)  # 我国 in Taiwan's press
        if mention.kind == "relative":
            here = _topic_of_clause(text, places, mention)
            name = resolve_relative(mention.name, here) or resolve_relative(mention.name, home)
            if name is None and park and mention.name in _ANY_ZONE:
                name = park
            if name is None and home is None and _is_topic_zone(text, mention):
                name = mention.name
            if name is None and not is_unnamed_area(mention.name, home):
                continue
            mention = mention._replace(name=name or UNNAMED)
        if mention.name in gone_by:
            mention = mention._replace(name=gone_by[mention.name])
        if not mention.in_name:
            named.append(mention)
        if is_reference_area(text, mention, home):
            places.append(mention)
    return Reading(
        text,
        parse_anchor(dateline.published),
        home,
        dateline.region,
        split_paragraphs(text),
        find_times(text, minguo=dateline.region == "TW"),
        places,
        named,
        currency_of_all(text),
    )


def _names_gone_by(text: str, mentions: list[PlaceMention]) -> dict[str, str]:
    """The names of autonomous areas in full → the shorter ones that a text goes by: 酉阳县, 果洛州, 前旗."""
    written = {m.name: text[m.start : m.end] for m in mentions if "自治" in m.name}
    return {
        name: word
        for name, word in written.items()
        if word.endswith(("县", "州", "旗")) and "自治" not in word
    }


_ANY_ZONE = frozenset({"园区", "开发区"})  # the words for a zone of whatever sort
# 是全市产业的主阵地, 占全市的30%: said of the park beside its area, whose figures are not told.
_OF_WHOLE_AREA = re.compile("(?<![是占为居列])[全我][省市县州旗盟]")


def _park_of_topic(
    text: str, title: str | None, home: str | None, mentions: list[PlaceMention]
) -> str | None:
    """The one park that a text names, within its home, where the title tells of it."""
    if home is None:
        return None
    first = next(iter(split_paragraphs(text)), None)
    heading_end = first.end if first is not None and is_heading(text, first) else 0
    zones = [m for m in mentions if m.name in BARE_ZONES]
    parks = {m.name for m in mentions if m.kind == "park" and not m.in_name and not m.aside}
    if len(parks) != 1:
        return None
    park = parks.pop()
    is_topic = zones and (
        park in f"{title}{text[:heading_end]}" or any(zone.end <= heading_end for zone in zones)
    )
    return park if is_topic and home != park and contains(home, park) is True else None


LONGEST_CLAUSE = 200


def _topic_of_clause(text: str, places: list[PlaceMention], mention: PlaceMention) -> str | None:
    """The area at the head of the clause that goes on to 全市: 衡水市开展2021年全市集中开工活动."""
    if not places or mention.start - places[-1].end > LONGEST_CLAUSE:
        return None
    if any(c in "，。；\n" for c in text[places[-1].end : mention.start]):
        return None
    return places[-1].name if opens_clause(text, places[-1]) else None


# Zones of which a division has one or few, spoken of without a name in a text that names no place at all.
_ZONES = frozenset({"高新区", "经开区", "经济开发区", "经济技术开发区", "开发区"})


def _is_topic_zone(text: str, mention: PlaceMention) -> bool:
    """Whether an unnamed zone opens a clause as what is spoken of: 其中经济开发区实现税收92亿元."""
    return mention.name in _ZONES and opens_clause(text, mention)


def outside_times(quantities: list[Quantity], times: tuple[TimeMention, ...]) -> list[Quantity]:
    """The quantities that are no part of a date."""
    kept, i = [], 0
    for q in quantities:
        while i < len(times) and times[i].end <= q.start:
            i += 1
        if i == len(times) or q.end <= times[i].start or (q.measure == MONEY and q.end > times[i].end):
            kept.append(q)
    return kept


def outside_names(quantities: list[Quantity], places: list[PlaceMention]) -> list[Quantity]:
    """The quantities that are no part of a place's name: 五家 of 五家渠市."""
    kept, i = [], 0
    for q in quantities:
        while i < len(places) and places[i].end <= q.start:
            i += 1
        if i == len(places) or q.end <= places[i].start or q.end > places[i].end:
            kept.append(q)
    return kept


def _segment_of(text: str, sentence: Span, offset: int) -> Span:
    start = max(text.rfind("；", sentence.start, offset) + 1, sentence.start)
    stop = text.find("；", offset, sentence.end)
    return Span(start, stop if stop >= 0 else sentence.end)


_THAN = ("比", "较", "与", "同")
_COMPARED_EVENT = re.compile(r"(?:大会|展会|活动|会议|水平)?")  # 较去年大会同比增长8%


def masks_of(reading: Reading, sentence: Span) -> tuple[tuple[int, int], ...]:
    """The spans of times (with 比 or 较 before them) and places in a sentence: nouns stand between them."""
    text = reading.text
    spans = []
    for t in reading.times_within(sentence.start, sentence.end):
        start = t.start - 1 if t.comparison and text.endswith(_THAN, 0, t.start) else t.start
        spans.append((start, _COMPARED_EVENT.match(text, t.end).end() if t.comparison else t.end))
    spans += [(m.start, m.end) for m in reading.named_within(*sentence) if not _is_origin(text, m)]
    return tuple(spans)


_GUESTS = ("团客", "旅客", "住客", "游客", "访客", "顾客")


def _is_origin(text: str, mention: PlaceMention) -> bool:
    """Whether a place tells where guests come from, alone: it is part of the noun 日本旅客."""
    if not text.startswith(_GUESTS, mention.end):
        return False
    return not text.endswith(("、", "及", "和", "与"), 0, mention.start)


class FiguresOfSentence(NamedTuple):
    """The figures of one sentence, and the spans of the times and places in it."""

    figures: list[Figure]
    masks: tuple[tuple[int, int], ...]


def figures_of(
    reading: Reading, number: int, paragraph: Paragraph, quantities: list[Quantity]
) -> tuple[list[FiguresOfSentence], list[tuple[Quantity, str]]]:
    """The figures of a paragraph by sentences, and the quantities that are none, each with the reason."""
    result: list[FiguresOfSentence] = []
    aside: list[tuple[Quantity, str]] = []
    last = bisect_left(quantities, (paragraph.start,))
    beyond = bisect_left(quantities, (paragraph.end,), last)
    for sentence in paragraph.sentences if last < beyond else ():
        first = last
        while last < beyond and quantities[last].start < sentence.end:
            last += 1
        if first == last:
            continue
        inside = _without_asides(reading.text, sentence, quantities[first:last], aside)
        if not inside:
            continue
        masks = reading.masks = masks_of(reading, sentence)
        figures = _figures_among(reading.text, number, sentence, inside, masks)
        deal_out(reading, figures, masks)
        for figure in figures:
            if figure.quantity.measure == MONEY:
                figure.sum_word = find_sum_word(reading, figure)
        result.append(FiguresOfSentence(figures, masks))
    return result, aside


def _without_asides(
    text: str, sentence: Span, quantities: list[Quantity], aside: list[tuple[Quantity, str]]
) -> list[Quantity]:
    """The quantities of a sentence that are figures; the others go to `aside`."""
    inside: list[Quantity] = []
    for q in quantities:
        why = "句子过长，数字被切断" if q.end > sentence.end else reason_to_set_aside(text, q, sentence)
        if why is None:
            inside.append(q)
            continue
        aside.append((q, why))
        if (
            inside
            and q.bound == Bound.AT_MOST
            and inside[-1].bound == Bound.AT_LEAST
            and q.start - inside[-1].end == 1
        ):
            inside.pop()  # the lower end of a range that names a class
    return inside


def _figures_among(
    text: str, number: int, sentence: Span, inside: list[Quantity], masks: tuple[tuple[int, int], ...]
) -> list[Figure]:
    """The quantities of a sentence as figures in their surroundings, each with the one before it."""
    parts = text.find("；", sentence.start, sentence.end) >= 0
    figures: list[Figure] = []
    previous = None
    followers = [q.reach_start for q in inside[1:]]
    for q, follower in zip(inside, (*followers, sentence.end), strict=True):
        segment = _segment_of(text, sentence, q.start) if parts else sentence
        previous = _figure(text, number, sentence, segment, q, previous, follower, masks)
        figures.append(previous)
    return figures


# 12家企业投资30亿元: the verb of the sum
_PUTS_IN = ("企业投资", "厂商投资", "台商投资", "公司投资", "客商投资")


def _figure(
    text: str,
    number: int,
    sentence: Span,
    segment: Span,
    q: Quantity,
    previous: Figure | None,
    follower: int,
    masks: tuple[tuple[int, int], ...],
) -> Figure:
    start, end = q.reach_start, q.reach_end
    clause = clause_around(text, start, end, sentence)
    taken = max(previous.quantity.reach_end, previous.after.end) if previous else sentence.start
    left = Span(min(max(clause.start, taken), start), start)
    right = Span(end, max(end, min(clause.end, follower)))
    before, verb = left_phrase(text, left.start, left.end, masks, with_verb=q.measure == COUNT)
    if (
        previous
        and before.end - before.start < 2
        and taken > previous.quantity.reach_end
        and (q.measure == MONEY or text[start - 1] == "各")
    ):
        left = Span(max(clause.start, previous.quantity.reach_end), start)
        before, verb = left_phrase(text, left.start, left.end, masks)
    after = _phrase_after(text, q.measure, right, is_bare=before.end - before.start < 2)
    return Figure(q, number, sentence, segment, clause, left, right, before, verb, after, previous)


def _phrase_after(text: str, measure: str, right: Span, *, is_bare: bool) -> Span:
    """The noun phrase after a figure; empty after a rate that has its noun before it."""
    if measure == POINT or (measure == PERCENT and not is_bare):
        return Span(right.start, right.start)
    after = right_phrase(text, *right)
    if measure == COUNT and after.end == right.end and text.endswith(_PUTS_IN, *after):
        return Span(after.start, after.end - len("投资"))
    return after
