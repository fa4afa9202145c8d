"""A suffix such as 产业园 and the words before it → the park that they name, or the bare word for one (高新区).

A park's name begins at a place (耒阳大市循环经济产业园), at partners before a place in brackets (湘粤(临武)…集聚区),
or by itself where the text treats it as a place. Kinds of parks (省级高新区, 千亿园区) are none.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from helpers.mentions.gazetteer import (
    COUNTRY,
    MUNICIPALITIES,
    PARK,
    PROVINCE,
    REGION,
    RELATIVE,
    PlaceMention,
    Suffix,
    cues,
    park_suffixes,
    short_of,
)
from helpers.mentions.place_context import BREAK, patterns

# a division has one at most, so its name can be made up
BARE_FAMILIES = frozenset({"高新区", "经开区", "综保区"})
BARE_ZONES = BARE_FAMILIES | {"经济开发区", "经济技术开发区", "开发区", "保税区", "园区", "新区"}
_OF_PROVINCES = frozenset({"自贸区", "自贸港", "新区"})

_RUN = re.compile(f"[^{BREAK}\\W_]*$")
_QUALIFIED = re.compile("[级各个家类型亿强他好型批大座等省全]$|重点|示范|优秀|先进|所有|国家$")
_BRACKETED = re.compile("[(（][^()（）]{2,8}[)）]")
_ABBREVIATED = "[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀黔滇藏陕甘青宁新港澳台中德日韩法意俄英美]"
_PARTNERS = re.compile(f"(?:{_ABBREVIATED}{{2,3}}|中国|国家|[\u4e00-\u9fff]{{2,3}}国际)$")
_PROJECT_FOLLOWS = re.compile(
    r'[“”"》]?(?:[一二三四五六]期|项目|工程|(?:、[^。;；,，]{1,60})?等\d*[多余]?个?[^\W\d]{0,4}项目)'
)

_PHASE = re.compile("[一二三四五六]期(?!项目|工程)")  # 园区二期 is of the park that is spoken of


class _Standing(NamedTuple):
    located: re.Pattern[str]
    administered: re.Pattern[str]
    acting: re.Pattern[str]


@cache
def _standing() -> _Standing:
    """What stands beside a park that a text treats as a place."""
    return _Standing(
        re.compile(f"(?:{cues('location')})$"),
        re.compile(cues("administration")),
        re.compile(f"[、和与及]|{cues('conduct')}"),
    )


def read_park(text: str, start: int, end: int, last: PlaceMention | None) -> PlaceMention | None:
    """The park whose suffix is `text[start:end]`; `last` is the mention before it."""
    suffix = park_suffixes()[text[start:end]]
    run = _RUN.search(text, max(0, start - 14), start)
    prefix = run[0] if run else ""
    if suffix.type != "zone" and _PROJECT_FOLLOWS.match(text, end):
        return _bare_zone(text, start, end, prefix) if _PHASE.match(text, end) else None
    return (
        (last and _park_of_place(text, start, end, suffix, last))
        or (last and _park_of_partners(text, start, end, last))
        or _park_by_itself(text, start, end, suffix, prefix)
        or _bare_zone(text, start, end, prefix)
    )


def _park_of_place(
    text: str, start: int, end: int, suffix: Suffix, last: PlaceMention
) -> PlaceMention | None:
    """A park named after the place before it: 耒阳 + 大市循环经济 + 产业园."""
    between = text[last.end : start]
    if not _can_own(last, suffix, between) or len(between) > 10 or not _is_proper(between):
        return None
    return PlaceMention(last.start, end, _own_name(text, last) + text[last.end : end], PARK, last.code)


def _can_own(place: PlaceMention, suffix: Suffix, between: str) -> bool:
    """Whether a place of this kind gives its name to such a zone: 全国经开区 are all of the country's."""
    if place.kind in (RELATIVE, COUNTRY) or suffix.family == "新城":
        return False  # 梅县新城地下管廊: what is built there has the name more often than an administration
    if place.kind == REGION:
        return suffix.family == "示范区"
    if suffix.type == "generic":
        return len(between) > 1
    wide = place.kind == PROVINCE and place.code not in MUNICIPALITIES
    return not wide or bool(between) or suffix.family in _OF_PROVINCES


def _own_name(text: str, place: PlaceMention) -> str:
    """The words of a mention without those of the wider places before them: 渌口 of 湖南省株洲市渌口."""
    words = text[place.start : place.end]
    if place.kind == PARK or place.code is None:
        return words
    return next((own for own in (place.name, short_of(place.code)) if words.endswith(own)), words)


def _is_proper(between: str) -> bool:
    """Whether the words between a place and a suffix can be part of the park's name."""
    run = _RUN.search(between)
    return run is not None and run[0] == between and not patterns().talk.search(between)


def _park_of_partners(text: str, start: int, end: int, last: PlaceMention) -> PlaceMention | None:
    """A park with its place in brackets: 湘粤(临武)电池产业集聚区; a company's site is left alone."""
    if not last.start or not _BRACKETED.match(text, last.start - 1):
        return None
    partners = _PARTNERS.search(text, max(0, last.start - 7), last.start - 1)
    between = text[last.end + 1 : start]
    if not partners or len(between) > 11 or not _is_proper(between):
        return None
    return PlaceMention(partners.start(), end, text[partners.start() : end], PARK, last.code)


def _park_by_itself(text: str, start: int, end: int, suffix: Suffix, prefix: str) -> PlaceMention | None:
    """A park with a name of its own, where the text treats it as a place: 在大市循环经济产业园."""
    name = prefix[max((match.end() for match in patterns().talk.finditer(prefix)), default=0) :]
    if suffix.type == "generic" or not 2 <= len(name) <= 8 or patterns().trade.fullmatch(name):
        return None
    head = start - len(name)
    located = _standing().located.search(text, max(0, head - 3), head)
    listed = suffix.type == "zone" and text.endswith("、", 0, head)
    acting = suffix.type == "zone" and _heads_clause(text, head) and _standing().acting.match(text, end)
    if not located and not listed and not acting and not _standing().administered.match(text, end):
        return None
    return PlaceMention(head, end, text[head:end], PARK, None)


def _heads_clause(text: str, start: int) -> bool:
    return start == 0 or text[start - 1] in "，。；：、和与及\n" or text.endswith("其中", 0, start)


def _bare_zone(text: str, start: int, end: int, prefix: str) -> PlaceMention | None:
    """The word for a zone whose name is known from elsewhere: 高新区 in an article on 衡阳."""
    word = text[start:end]
    if word not in BARE_ZONES or (
        prefix and word not in BARE_FAMILIES and not text.endswith("其中", 0, start)
    ):
        return None
    if _QUALIFIED.search(text, max(0, start - 4), start):
        return None
    return PlaceMention(start, end, word, RELATIVE, None)


def zone_family(word: str) -> str | None:
    """The short word for the sort of zone that a name ends with: 高新区 for 高新技术产业开发区."""
    fitting = [suffix for suffix in park_suffixes().values() if word.endswith(suffix.word)]
    return max(fitting, key=lambda suffix: len(suffix.word)).family if fitting else None
