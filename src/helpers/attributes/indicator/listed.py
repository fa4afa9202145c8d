"""Names with a figure each → what is measured of them, which the list says once, after it or before it.

输往甲国(跌2%)和乙国(跌3%)的货值; 甲3亿元及乙2亿元的消费; 货值录得升幅,尤其是甲国(升5%). Each name is a subject.
"""

from __future__ import annotations

import re

from helpers.attributes.dealing import head_of
from helpers.attributes.indicator.noun import adopt, take
from helpers.figure import Figure, Reading
from helpers.phrase import left_phrase
from helpers.segment import Span

_NUMBER = r"(?:约|近|逾)?(?:按年|同比)?(?:上升|下跌|增长|下降|[升跌增减])?[\d.,]+(?:%|[万亿兆]*[\u4e00-\u9fff]{0,2}元)"
_NAME = r"[^，。；：、()\d]{1,14}"
_JOIN = r"(?:、|，|以及|[和及与])"
# What goes on after a figure: more names with their figures, then the noun of all.
_REST_OF_LIST = re.compile(rf"\)?(?P<others>(?:{_JOIN}{_NAME}\(?{_NUMBER}\)?)*)的(?=[^，。；])")
_NOUN = re.compile(
    r"[^，。；：、\d]{2,16}?(?=分别|[均都则亦也占达为有较比]|同比|按年|录得|出现|呈现|[，。；、]|$)"
)
_NAMED_BEFORE = re.compile(
    rf"(?:^|{_JOIN}|[，：；])(?:其中，?|其次为|以及|尤其是|特别是|包括|例如|输往|来自)*"
    rf"(?P<name>[^，。；：、()\d]{{1,14}}?)"
    rf"\((?P<noun>[^，。；、()\d]{{2,8}}?)??(?:按年|同比)?(?:上升|下跌|增长|下降|[升跌增减])?$"
)
# 货值均录得升幅,尤其是: the clause before tells what has risen.
_HAS_CHANGED = re.compile(
    r"(?:均|都|皆|亦|则)*(?:录得|出现|呈现?|有)(?:明显|显著|温和|较大)*的?(?:按年|同比)?(?:升幅|跌幅|增长|上升|下降|下跌|增幅|降幅)$"
)


def name_before_bracket(reading: Reading, figure: Figure) -> Span | None:
    """The name that a figure stands in brackets after: 印度 of 印度(升18.7%)."""
    text = reading.text
    end = figure.quantity.reach_start
    if not text.startswith(")", figure.quantity.reach_end):
        return None
    start = max(figure.previous.quantity.reach_end + 1 if figure.previous else 0, figure.clause.start)
    match = _NAMED_BEFORE.search(text[start:end])
    return Span(start + match.start("name"), start + match.end("name")) if match else None


_NOUN_IN_BRACKET = re.compile(
    r"\((?P<noun>[^，。；、()\d]{2,8}?)(?:按年|同比)?(?:上升|下跌|增长|下降|[升跌增减])$"
)


def noun_in_bracket(reading: Reading, figure: Figure) -> Span | None:
    """The noun that stands with a rate in its bracket: 零售量 of 百货公司货品(零售量上升9.7%)."""
    match = _NOUN_IN_BRACKET.search(reading.text[figure.clause.start : figure.quantity.reach_start])
    if match is None:
        return None
    return Span(figure.clause.start + match.start("noun"), figure.clause.start + match.end("noun"))


def noun_after_list(reading: Reading, figure: Figure) -> Span | None:
    """The noun of a list, said after its last figure; None where the figure stands in no list."""
    text = reading.text
    rest = _REST_OF_LIST.match(text, figure.quantity.reach_end, figure.clause.end)
    if rest is None or not (rest["others"] or _ends_list(reading, figure)):
        return None
    noun = _NOUN.match(text, rest.end(), figure.clause.end)
    return Span(*noun.span()) if noun else None


def _ends_list(reading: Reading, figure: Figure) -> bool:
    """Whether the figure is the last of a list whose members have a name each."""
    previous = figure.previous
    if previous is None or previous.clause != figure.clause:
        return False
    between = reading.text[previous.quantity.reach_end : figure.quantity.reach_start]
    return re.fullmatch(rf"\)?{_JOIN}{_NAME}\(?\D{{0,4}}", between) is not None


def noun_before_list(reading: Reading, figure: Figure) -> Span | None:
    """What the clause before says has changed, for names in brackets after it."""
    text = reading.text
    comma = text.rfind("，", figure.sentence.start, figure.clause.start)
    changed = _HAS_CHANGED.search(text, figure.sentence.start, max(comma, figure.sentence.start))
    if changed is None:
        return None
    start = max(text.rfind("，", figure.sentence.start, changed.start()) + 1, figure.sentence.start)
    span, _ = left_phrase(text, start, changed.start(), reading.masks)
    return span


_RANKED = re.compile(
    r"(?:^|[，；：])(?:其次[为是])?(?P<name>[^，；：。\d的]{2,30}?)，?(?:亦|则|也|均)?(?:录得)?(?:按年|同比)?(?:上升|下跌|增长|下降|[升跌增减])$"
)


def take_measure_of_ranked(reading: Reading, figure: Figure) -> bool:
    """Give the next of a ranked list what the first was measured by: 食品的销货价值上升5%;其次为服装,上升4%;鞋类上升3%."""
    text = reading.text
    if text.find("其次", figure.sentence.start, figure.quantity.start) < 0:
        return False
    first = figure.previous
    while first is not None and not _measures_first(text, first):
        first = first.previous
    if first is None or "其次" not in text[first.quantity.end : figure.quantity.start]:
        return False
    name = _RANKED.search(text[max(first.quantity.end, figure.segment.start) : figure.quantity.reach_start])
    if name is None or head_of(name["name"]) or not adopt(figure, first, "of the first of a ranked list"):
        return False
    figure.subject = name["name"]
    return True


def _measures_first(text: str, figure: Figure) -> bool:
    """Whether a figure's noun tells, after 的, by what a list is measured: 食品的|销货价值."""
    noun = figure.indicator_span
    return (
        noun is not None and text.endswith("的", 0, noun.start) and bool(head_of(text[noun.start : noun.end]))
    )


def take_noun_of_list(reading: Reading, figure: Figure, name: Span | None) -> bool:
    """Give a member of a list the list's noun, and its own name as subject; whether there is such a noun."""
    listed_before = figure.previous is not None and figure.previous.is_listed
    if name is not None and listed_before and adopt(figure, figure.previous, "of the list of names"):
        figure.subject = reading.text[name.start : name.end]
        figure.is_listed = True
        return True
    noun = (noun_in_bracket(reading, figure) if name else None) or noun_after_list(reading, figure)
    if noun is None and name is not None:
        noun = noun_before_list(reading, figure)
    if noun is None or not take(reading, figure, noun, "noun of the list of names"):
        return False
    owner = name or figure.before
    if owner.end - owner.start >= 2:
        figure.subject = reading.text[owner.start : owner.end]
    figure.is_listed = True
    return True
