"""Cleaned text → the places it names, each with the name a table should state and its GB/T 2260 code.

One pass finds every name, short name, park suffix and relative word (全市); then names that look like places but
are not, or that nothing speaks for, are left out (和平发展, 提高安全). What 全市 or 该县 means, and which place lies
in which, is answered here too.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import zip_longest
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from helpers.mentions.gazetteer import (
    COUNTY,
    MUNICIPALITIES,
    PARK,
    PREFECTURE,
    PROVINCE,
    REGION,
    RELATIVE,
    TOWN,
    WHOLE_COUNTRY,
    Place,
    PlaceMention,
    crossing_words,
    enclosing_codes,
    full_names,
    guards,
    park_suffixes,
    places_by_code,
    short_names,
    short_of,
)
from helpers.mentions.park import BARE_FAMILIES, BARE_ZONES, read_park, zone_family
from helpers.mentions.place_context import is_listed, patterns, with_marks

__all__ = [
    "PlaceMention",
    "contains",
    "find_places",
    "full_name",
    "place_code",
    "region_of",
    "resolve_relative",
]

RELATIVE_WORDS = frozenset(which + level for which in "全我本该" for level in "省市州盟县旗区镇乡") | {
    "该街道",
    "当地",
    "全园",
    "全自治区",
    "我自治区",
}
_DIVISIONS = frozenset({PROVINCE, PREFECTURE, COUNTY})
_BARE_REGIONS = frozenset({"东部", "中部", "西部"})
_REGION_LIST = re.compile("(?:[、和及与](?:东部|中部|西部|东北)){1,3}地区")
_TOWN = re.compile(
    "(?![的在有与和城乡新小各把抓将])[\u4e00-\u9fff]{1,3}?(?<![城乡重名小集村回返下家各市县特强古建])(?:镇|街道)|"
    "(?![的在有与和城乡新小各把抓将返回下])[\u4e00-\u9fff]{2}(?<![城返回下家各市县新成立])乡(?![村镇亲贤情愁])"
)


# --- Scanning --------------------------------------------------------------------------------------------------


class _Token(NamedTuple):
    """One word of the tables as it stands in the text."""

    start: int
    end: int
    word: str


class _Evidence(NamedTuple):
    """What a text and its home say of which places it is about."""

    words: frozenset[str]
    codes: frozenset[str]
    home: Place | None


@cache
def _vocabulary() -> tuple[tuple[str, ...], AhoCorasick]:
    words = (*full_names(), *short_names(), *park_suffixes(), *RELATIVE_WORDS, *_BARE_REGIONS, *guards())
    words = tuple(dict.fromkeys(words))
    return words, AhoCorasick(words, matchkind=MatchKind.LeftmostLongest)


def _scan(text: str) -> tuple[_Token, ...]:
    """Every word of the tables in the text that does not straddle two other words."""
    words, automaton = _vocabulary()
    tokens: list[_Token] = []
    for number, start, end in automaton.find_matches_as_indexes(text):
        token = _without_straddled_end(text, _Token(start, end, words[number]))
        if token and not _straddles_start(text, token):
            tokens.append(token)
    return tuple(tokens)


_TAIL_WORDS = frozenset(["市场", "市值", "市面", "区域", "区间", "区别", "区分", "县域"])


def _without_straddled_end(text: str, token: _Token) -> _Token | None:
    """The token, shortened where its last character belongs to the next word: 株洲|市场 is 株洲."""
    tail = text[token.end - 1 : token.end + 1]
    if tail in _TAIL_WORDS and not text.startswith("分别", token.end):
        word = token.word[:-1]
        return _Token(token.start, token.end - 1, word) if word in short_names() else None
    if _is_frail(token.word) and tail[0] not in "市县区省州" and tail in crossing_words():
        return None
    return token


def _straddles_start(text: str, token: _Token) -> bool:
    """Whether the first character belongs to the word before it: 以上|高新技术."""
    return _is_frail(token.word) and text[max(0, token.start - 1) : token.start + 1] in crossing_words()


@cache
def _is_frail(word: str) -> bool:
    """Whether a word is so short and so little known that it may arise by chance."""
    if word in short_names():
        return all(place.kind == COUNTY for place in short_names()[word]) or word in guards()
    return len(word) == 2 and word in full_names() and all(p.kind == COUNTY for p in full_names()[word])


# --- Which place a name stands for ------------------------------------------------------------------------------


@lru_cache(maxsize=2)  # the article's home is inferred from its text before its places are read
def _tokens_and_evidence(text: str) -> tuple[tuple[_Token, ...], _Evidence]:
    """The words of the tables in a text, and the codes of the places that are beyond doubt."""
    tokens = _scan(text)
    words = frozenset(token.word for token in tokens)
    witnessed = (_codes_of(token.word) for token in tokens if _is_witnessed(text, token))
    return tokens, _Evidence(words, frozenset().union(*map(_codes_beyond_doubt, words), *witnessed), None)


# What only a county that there is can have: 浚县人民政府, 滑县第十五届人民代表大会.
_INSTITUTION = re.compile("人民政府|人民代表|人大|政协|第?[一二三四五六七八九十]{1,3}届|统计局")
_WHOLE_AREA = ("全县", "全区", "全市", "县委", "县政府", "区委", "区政府")
_WORDS_BEFORE_COUNTY = "和应任代单与及各"  # 各市和|县人民政府 tells of no 和县


# Nothing runs into a name after these, and no other word begins with its 县: 应|县委, 攸县|县委.
_NAME_BEGINS = re.compile(r"(?:^|[\s，。；：、！？,;:()（）《》“”\d月日省市州在])$")
_OTHER_WORD = re.compile("县(?=[委级域区乡里长城直内市处])")


def _heads_title(text: str, token: _Token) -> bool:
    """Whether a title begins with a name and a colon: 东山：筑巢引凤添动力."""
    return token.start == 0 and text.startswith("：", token.end)


def _is_witnessed(text: str, token: _Token) -> bool:
    """Whether a name of two characters is shown to be a county's by its institutions, or by standing by itself."""
    if (_heads_title(text, token) or text.startswith(_WHOLE_AREA, token.end)) and _only_place(
        token.word
    ) is not None:
        return True  # 云霄全县
    if not _is_frail(token.word) or token.word not in full_names() or token.word[0] in _WORDS_BEFORE_COUNTY:
        return False
    by_itself = _NAME_BEGINS.search(text, max(0, token.start - 1), token.start) is not None
    runs_on = _OTHER_WORD.match(text, token.end - 1) is not None
    return _INSTITUTION.match(text, token.end) is not None or (by_itself and not runs_on)


@cache
def _is_open(word: str) -> bool:
    """Whether which place a name stands for, if any, is a matter of evidence."""
    return _needs_evidence(word) or len(_candidates(word)) > 1


def _bears_on(word: str, home: Place | None, codes: frozenset[str]) -> bool:
    """Whether a home, or the codes around it, may tell what a name stands for."""
    return any(
        place == home or not codes.isdisjoint((place.code, *place.parent_codes))
        for place in _candidates(word)
    )


def _at_home(evidence: _Evidence, home: str | None) -> _Evidence:
    """What a text says together with what its home says; the same where its home tells nothing new."""
    place = _home_place(home)
    around = (place.code, *place.parent_codes) if place and place.code else ()
    told = frozenset(around).difference(evidence.codes)
    if not any(_bears_on(word, place, told) for word in evidence.words if _is_open(word)):
        return evidence
    return _Evidence(evidence.words, evidence.codes.union(around), place)


@cache
def _codes_beyond_doubt(word: str) -> tuple[str, ...]:
    """The codes that a name speaks for by itself: its place and the prefecture around it."""
    return () if _needs_evidence(word) else _codes_of(word)


def _codes_of(word: str) -> tuple[str, ...]:
    place = _only_place(word)
    return (place.code, *place.parent_codes[:-1]) if place and place.code else ()


def _only_place(word: str) -> Place | None:
    places = _candidates(word)
    in_force = [place for place in places if not place.former] or list(places)
    return in_force[0] if len(in_force) == 1 else None


@cache
def _places_of_names() -> dict[str, tuple[Place, ...]]:
    return short_names() | full_names()


def _candidates(word: str) -> tuple[Place, ...]:
    return _places_of_names().get(word, ())


@cache
def _needs_evidence(word: str) -> bool:
    """Whether a name counts only where something else speaks for the place."""
    guard = guards().get(word)
    if word in full_names():
        return guard in ("doubtful", "generic") or _is_frail(word)
    if word not in short_names() or guard == "free":
        return False
    return guard is not None or all(_is_district(place) for place in short_names()[word])


def _is_district(place: Place) -> bool:
    return place.kind == COUNTY and place.name.endswith("区")


def _speaks_for(place: Place, word: str, evidence: _Evidence) -> bool:
    """Whether the text or its home makes this reading of a doubtful name likely."""
    if guards().get(word) in ("ordinary", "generic"):
        return evidence.home == place and word == place.name
    if (word != place.name and place.name in evidence.words) or evidence.home == place:
        return True
    if _is_district(place) and word != place.name:
        return False
    nearest = (place.code,) if place.kind in (PARK, REGION) else place.parent_codes[:1] or (place.code,)
    return any(code in evidence.codes for code in nearest)


def _choose(word: str, evidence: _Evidence, around: Place | None) -> Place | None:
    """The place that a name stands for, or None where it is no place or nothing speaks for it."""
    places = _candidates(word)
    if len(places) == 1 and not _needs_evidence(word):
        return places[0]
    inside = [place for place in places if around and _lies_in(place, around)]
    if inside:
        return _most_likely(tuple(inside), evidence)
    if _needs_evidence(word):
        places = tuple(place for place in places if _speaks_for(place, word, evidence))
    return _most_likely(places, evidence) if places else None


def _most_likely(places: tuple[Place, ...], evidence: _Evidence) -> Place:
    """The best supported of several places of one name; without its code where none is."""
    if len(places) == 1:
        return places[0]
    for level in (0, 1):
        near = [
            place for place in places if evidence.codes.intersection(place.parent_codes[level : level + 1])
        ]
        if len(near) == 1:
            return near[0]
    in_force = [place for place in places if not place.former] or list(places)
    return in_force[0] if len(in_force) == 1 else in_force[0]._replace(code=None)


def _lies_in(inner: Place, outer: Place) -> bool:
    return outer.code is not None and outer.code in inner.parent_codes


# --- Assembling mentions ----------------------------------------------------------------------------------------


def find_places(text: str, home: str | None = None) -> list[PlaceMention]:
    """The places named in the text, in order and without overlap; `home` is the place the article is about.

    >>> [(m.name, m.code) for m in find_places("湖南省株洲市渌口区与衡东经开区", "株洲市")]
    [('渌口区', '430212'), ('衡东经开区', '430424')]
    >>> find_places("坚持和平发展,提高安全水平")
    []
    """
    return list(_mentions(text, _at_home(_tokens_and_evidence(text)[1], home)))


@lru_cache(maxsize=2)  # they are mostly the same once the article's home is known
def _mentions(text: str, evidence: _Evidence) -> tuple[PlaceMention, ...]:
    """The places that the words of a text name in the light of evidence."""
    tokens = _tokens_and_evidence(text)[0]
    mentions: list[PlaceMention] = []
    for token, following in zip_longest(tokens, tokens[1:]):
        last = mentions[-1] if mentions else None
        if last and token.start < last.end:
            continue
        mention = _read_token(text, token, following, last, evidence)
        if mention is None:
            continue
        while mentions and mentions[-1].end > mention.start:
            mentions.pop()  # swallowed by a wider one: 株洲 + 高新区
        mentions.append(mention)
    return with_marks(text, tuple(mentions))


def _read_token(
    text: str, token: _Token, following: _Token | None, last: PlaceMention | None, evidence: _Evidence
) -> PlaceMention | None:
    if token.word in park_suffixes():
        return read_park(text, token.start, token.end, last)
    if token.word in RELATIVE_WORDS:
        return PlaceMention(token.start, token.end, token.word, RELATIVE, None)
    if token.word in _BARE_REGIONS:
        return _read_bare_region(text, token)
    return _read_division(text, token, following, last, evidence) if _candidates(token.word) else None


def _read_division(
    text: str, token: _Token, following: _Token | None, last: PlaceMention | None, evidence: _Evidence
) -> PlaceMention | None:
    """A division, joined with the wider ones right before it: 湖南省株洲市渌口区 is one mention of 渌口区."""
    around = _around(token, last)
    place = _choose(token.word, evidence, around)
    if place is None and (
        _is_listed(text, token, last) or _is_zone_of(token, following) or _heads_title(text, token)
    ):
        place = _most_likely(_candidates(token.word), evidence)
    if place is None or (around and _is_part_of_county(token.word, place, around)):
        return None
    start = last.start if last and around and _lies_in(place, around) else token.start
    name = token.word if place.kind == PARK else place.name
    return _with_town(text, PlaceMention(start, token.end, name, place.kind, place.code))


def _is_part_of_county(word: str, place: Place, around: Place) -> bool:
    """Whether a short name right after a county is only a part of it: 福清江阴经济开发区 is not of 江阴市."""
    return around.kind == COUNTY == place.kind and word in short_names() and not _lies_in(place, around)


def _read_bare_region(text: str, token: _Token) -> PlaceMention | None:
    """A region in a list of regions, which share the word that names them: 东部、中部、西部地区."""
    if not _REGION_LIST.match(text, token.end):
        return None
    return PlaceMention(token.start, token.end, token.word + "地区", REGION, None)


def _is_listed(text: str, token: _Token, last: PlaceMention | None) -> bool:
    """Whether a name stands in a list of divisions: 宜昌、武汉、十堰、仙桃."""
    if last is None or last.kind not in (PREFECTURE, COUNTY) or not is_listed(text, last, token.start):
        return False
    return _is_not_ordinary(token) or any(_are_siblings(place, last) for place in _candidates(token.word))


def _are_siblings(place: Place, mention: PlaceMention) -> bool:
    """Whether two places have the same prefecture around them: 津市、石门、桃源."""
    return bool(mention.code and place.code) and place.parent_codes == enclosing_codes(mention.code)


def _is_not_ordinary(token: _Token) -> bool:
    return guards().get(token.word) not in ("ordinary", "generic")


def _around(token: _Token, last: PlaceMention | None) -> Place | None:
    """The division named right before a name."""
    if last is None or last.end != token.start or last.kind not in _DIVISIONS:
        return None
    return places_by_code().get(last.code or "")


def _is_zone_of(token: _Token, following: _Token | None) -> bool:
    """Whether a doubtful short name is shown to be a place by its development zone: 南沙经开区."""
    if following is None or following.start != token.end or not _is_not_ordinary(token):
        return False
    suffix = park_suffixes().get(following.word)
    return suffix is not None and suffix.type != "generic"


def _with_town(text: str, mention: PlaceMention) -> PlaceMention:
    """The town where one follows its county, else the mention itself: 临武县武水镇."""
    if mention.kind not in (PREFECTURE, COUNTY) or text[mention.end - 1] not in "市县区旗":
        return mention
    town = _TOWN.match(text, mention.end)
    if not town or patterns().talk.search(town[0]):
        return mention
    return mention._replace(end=town.end(), name=town[0], kind=TOWN)


# --- Relations --------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1 << 16)  # parks have names without end
def _read_name(name: str) -> PlaceMention | None:
    """The one mention that a stated name consists of."""
    word = name.strip()
    known = _candidates(word)
    if known and guards().get(word) != "ordinary":
        place = _most_likely(known, _Evidence(frozenset(), frozenset(), None))
        return PlaceMention(0, len(word), word if place.kind == PARK else place.name, place.kind, place.code)
    whole = [m for m in find_places(word) if m.start == 0 and m.end == len(word)]
    return whole[0] if whole else None


def _home_place(home: str | None) -> Place | None:
    mention = _read_name(home) if home else None
    return Place(mention.name, mention.kind, mention.code) if mention else None


def full_name(name: str) -> str:
    """The name of a stated place in full, as it is where it is not known.

    >>> full_name("酉阳县"), full_name("长沙"), full_name("开发区一路")
    ('酉阳土家族苗族自治县', '长沙市', '开发区一路')
    """
    mention = _read_name(name)
    return mention.name if mention else name


def place_code(name: str | None) -> str | None:
    """The GB/T 2260 code of a stated place, a park's being that of its division; None where unknown or ambiguous.

    >>> place_code("耒阳市"), place_code("衡阳高新区"), place_code("鼓楼区"), place_code(None)
    ('430481', '430400', None, None)
    """
    mention = _read_name(name) if name else None
    return mention.code if mention else None


@lru_cache(maxsize=1 << 10)  # a text asks it of the same few places again and again
def contains(outer: str, inner: str) -> bool | None:
    """Whether one place lies in the other or is the same; None where unknown.

    >>> contains("衡阳市", "衡阳高新区"), contains("衡阳市", "郴州市"), contains("中部地区", "衡阳市")
    (True, False, None)
    """
    if outer == inner:
        return True
    wide, narrow = _read_name(outer), _read_name(inner)
    if wide is None or narrow is None:
        return None
    if wide.name == WHOLE_COUNTRY:
        return region_of(inner) == "CN" if narrow.code else None
    return _code_contains(wide, narrow)


def _code_contains(wide: PlaceMention, narrow: PlaceMention) -> bool | None:
    if not wide.code or not narrow.code or wide.kind == REGION:
        return None
    if wide.kind in (PARK, TOWN):
        return narrow.name.startswith(wide.name) or None
    if wide.code == narrow.code or wide.code in enclosing_codes(narrow.code):
        return wide.name == narrow.name or narrow.kind in (PARK, TOWN) or wide.code != narrow.code
    if narrow.kind == PARK and narrow.code in enclosing_codes(wide.code):
        return None
    return False


@lru_cache(maxsize=1 << 10)
def resolve_relative(word: str, home: str | None) -> str | None:
    """The place that 全市, 该县 or 高新区 means in an article about `home`; None where unknown.

    >>> resolve_relative("全市", "临武县"), resolve_relative("全省", "郴州市"), resolve_relative("高新区", "衡阳市")
    ('郴州市', '湖南省', '衡阳高新区')
    """
    place = _home_place(home)
    if place is None:
        return None
    if word == "当地":
        return place.name
    if word in BARE_ZONES or word.endswith("园") or (word[-1] == "区" and place.kind == PARK):
        return _own_zone(word, place)
    return _at_level(word[-1], word, place)


def _own_zone(word: str, place: Place) -> str | None:
    """The zone that a bare word means: the home itself if it is one, else the only one a division has."""
    if place.kind == PARK:
        return place.name if _same_sort(word, place.name) else _zone_of_division(word, place.code)
    return _zone_of_division(word, place.code)


def _same_sort(word: str, park: str) -> bool:
    if word in BARE_FAMILIES:
        return zone_family(park) == word
    return word not in BARE_ZONES or word == "园区" or park.endswith(word)


def _zone_of_division(word: str, code: str | None) -> str | None:
    if word not in BARE_FAMILIES or not code or code.endswith("0000"):
        return None
    return short_of(code) + word


def _at_level(level: str, word: str, place: Place) -> str | None:
    """The nearest place of the level that a relative word names, from the home outward."""
    codes = [place.code, *place.parent_codes] if place.code else []
    around = [places_by_code()[code] for code in codes if code in places_by_code()]
    if around and place.kind == around[0].kind:
        around[0] = place  # 苍山县 of old articles, not what it is called since
    if place.kind in (PARK, TOWN):
        around = [p for p in around if p.name != place.name]
    return next((p.name for p in around if _is_of_level(p, level, word)), None)


def _is_of_level(place: Place, level: str, word: str) -> bool:
    if level == "市":
        return place.name.endswith("市") or place.code in MUNICIPALITIES
    if level == "区":
        return place.name.endswith("自治区") if "自治" in word else place.name.endswith("区")
    return place.name.endswith(level)


@lru_cache(maxsize=1 << 10)
def region_of(place: str | None) -> str:
    """CN, HK, MO or TW: whose currency a bare 元 is at a place.

    >>> region_of("高雄市"), region_of("郴州市"), region_of(None)
    ('TW', 'CN', 'CN')
    """
    code = place_code(place) or ""
    return {"71": "TW", "81": "HK", "82": "MO"}.get(code[:2], "CN")
