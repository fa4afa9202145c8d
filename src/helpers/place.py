"""Cleaned text → the places it names, each with the name a table should state and its GB/T 2260 code.

One pass finds every name, short name, park suffix and relative word (全市); then names that look like places but
are not, or that nothing speaks for, are left out (和平发展, 提高安全). A place within the name of a company or a
title (湖南移动) and one named only in passing (赴上海招商, 居全省第2位) are found and marked as such.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from helpers.gazetteer import (
    COUNTRY,
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
    Suffix,
    crossing_words,
    enclosing_codes,
    full_names,
    guards,
    park_suffixes,
    places_by_code,
    short_names,
    short_of,
)


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """One place as a text names it: `text[start:end]`."""

    start: int
    end: int
    name: str
    kind: str
    code: str | None
    in_name: bool = (
        False  # within the name of a company, a road, a book: says little of where a figure belongs
    )
    aside: bool = False  # compared with, ranked within, travelled to: not the place that is spoken of


# --- Words -----------------------------------------------------------------------------------------------------

LEVELS = {
    "省": PROVINCE,
    "市": PREFECTURE,
    "州": PREFECTURE,
    "盟": PREFECTURE,
    "县": COUNTY,
    "旗": COUNTY,
    "区": COUNTY,
}
RELATIVE_WORDS = frozenset(
    f"{which}{level}" for which in "全我本该" for level in "省市州盟县旗区" if which + level != "本盟"
) | {"当地", "全园", "全自治区", "我自治区"}
BARE_ZONES = frozenset({"高新区", "经开区", "开发区", "综保区", "园区", "新区"})
BARE_FAMILIES = frozenset({"高新区", "经开区", "综保区"})

_STOP = "的了在和与及以于是有将被把对从为等个各到至由向让给使其该此这那不也都并而或则且就正已又其"
_RUN = re.compile(f"[^{_STOP}\\W_]*$")
_TALK = re.compile(
    "[省市县州区]级|[十百千万]亿|全[省市县国区]|我[省市县国]|国家级|建设|创建|打造|成为|获批|获评|入选|申报|推进|加快|推动|新增|"
    "引进|引入|招引|落户|落地|入驻|进驻|走进|深入|来到|支持|依托|围绕|聚焦|拥有|重点|主要|规划|项目|签约|投资|开工|"
    "建成|实现|完成|举行|召开|举办|今年|去年|上半年|月份|工业园区|产业园区|企业|推介|介绍|政府|记者|鼓励|培育|带动|"
    "服务|管理|作为|位于|坐落|包括|其中|开展|通过|省内|市内|县内|境内|多个|首个|两个|全面|全力|委员会|\\d"
)
_TRADE = re.compile(
    "(?:新能源|新材料|材料|电池|电子|信息|智能|制造|装备|汽车|医药|医疗|器械|生物|食品|农业|农产品|现代|科技|创新|创业|循环|经济|"
    "绿色|低碳|化工|氟|物流|高新|高端|特色|文化|文旅|旅游|数字|产业|工业|零部件|综合|国家|国际|示范|高科技|技术|大数据|软件|"
    "服务|服装|家居|建材|冷链|仓储|电商|跨境|先进|标准|重点|大型|新型|专业|光伏|储能|锂电|氢能|航空|轨道|交通|机械|"
    "轻工|纺织|陶瓷|有色|金属|稀土|中小|小微|民营|飞地|共建|合作|特种|一流|五好|好|转移|承接|出口|加工|商贸|粮食|中药|"
    "健康|养老|环保|节能|再生|资源|利用|生态|主|中|大|小|新|园|区|乡村|返乡|村级|各类|各大)+"
)
_QUALIFIED = re.compile("[级各个家类型亿强他好型批大座等]$|重点|示范|优秀|先进|所有|国家$|[省全]$")
_PARTNERS = re.compile(
    "(?:[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀黔滇藏陕甘青宁新港澳台中德日韩法意俄英美]{2,3}|中国|国家|[\u4e00-\u9fff]{2,3}国际)$"
)
_STAGE_OF_PROJECT = re.compile('[“”"》]?(?:[一二三四五六]期|项目|工程)')
_TOWN = re.compile(
    "(?![的在有与和城乡新小各把抓将])[\u4e00-\u9fff]{1,3}?(?<![城乡重名小集村回返下家各市县特强古建])(?:镇|街道)|"
    "(?![的在有与和城乡新小各把抓将返回下])[\u4e00-\u9fff]{2}(?<![城返回下家各市县新成立])乡(?![村镇亲贤情愁])"
)
_QUOTED = re.compile('[“"‘《〈「『][^“”"《》「」『』。,，;；!！?？\n]{1,24}[”"’》〉」』]')

_COMPANY = re.compile(
    "[^\\W\\d_的了在和与及等将对为是]{0,12}?(?:公司|集团|股份|控股|银行|证券|基金|信托|大学|学院|中学|医院|研究院|研究所|设计院|"
    "[日晚早晨时]报|都市报|电视台|卫视|广电|新闻网|出版社|有限)"
)
_FACILITY = re.compile(
    "所(?=[^\\W]|$)(?!有|属|辖|在|需|得|处|长|以|谓)|电机|移动|联通|电信|电网|卷烟|钢铁|石化|华菱|雁|[东南西北中]?路(?!网|径)|大道|大街|大桥|高速|"
    "高铁|铁路|火?车站|机场|会馆|商会|同乡会|菜|人(?=[\u4e00-\u9fff]{1,3}说)"
)
_OWNER = re.compile(
    "(?:中车|国网|中铁|中建|中交|中石化|中石油|中核|中航|大唐|华能|华电|国电|华润|三一|引进|引入|牵手|携手)$"
)
_CHINA_AS_PLACE = re.compile(
    "[^\\w]|$|[的已是在将对与和从向今去上前全有共年\\d]|[经市]|出口|进口|汽车|新能源|光伏|服务|货物|外贸|消费|人口|城镇|工业|制造业|GDP"
)
_TRIP = re.compile(
    "(?:赴|前往|奔赴|赶赴|远赴|飞赴|走访|南下|北上|来自|拜访|对接|驻|辐射|销往|出口到?|运往|发往|飞往|毗邻)$"
)
_LISTING = re.compile("[、和及与](?:[\u4e00-\u9fff]{1,4}省)?")
_COMPARED = re.compile("(?:比|高[于出]|低于|快于|慢于|优于|好于|落后于|领先)$")
_AVERAGE = re.compile("(?:工业|经济)?(?:平均|均值|增速|水平|同期)")
_RANKED = re.compile(
    "(?:各?[市县区地省州]{0,3})?(?:排名|排位|第[一二三四五六七八九十\\d]|前[\\d一二三四五六七八九十]+[位名强]|前列|前茅|首[位创个家批次座条]|末位|率先|领先|"
    "唯一|推广|百强|十强|[十五]大|之首|最|各[市县地省])"
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
    words = tuple(
        {**full_names(), **short_names(), **park_suffixes(), **dict.fromkeys(RELATIVE_WORDS | BARE_ZONES)}
    )
    return words, AhoCorasick(words, matchkind=MatchKind.LeftmostLongest)


def _scan(text: str) -> list[_Token]:
    """Every word of the tables in the text that does not straddle two other words."""
    words, automaton = _vocabulary()
    found = (_Token(start, end, words[i]) for i, start, end in automaton.find_matches_as_indexes(text))
    whole = (_without_straddled_end(text, token) for token in found)
    return [token for token in whole if token and not _straddles_start(text, token)]


_TAIL_WORDS = frozenset(["市场", "市值", "市面", "区域", "区间", "区别", "区分", "县域"])


def _without_straddled_end(text: str, token: _Token) -> _Token | None:
    """The token, shortened where its last character belongs to the next word: 株洲|市场 is 株洲."""
    tail = text[token.end - 1 : token.end + 1]
    if tail[:1] in "市区" and tail in _TAIL_WORDS:
        word = token.word[:-1]
        return _Token(token.start, token.end - 1, word) if word in short_names() else None
    if tail in crossing_words() and tail[0] not in "市县区省州" and _is_frail(token.word):
        return None
    return token


def _straddles_start(text: str, token: _Token) -> bool:
    """Whether the first character belongs to the word before it: 以上|高新技术."""
    head = text[token.start - 1 : token.start + 1] if token.start else ""
    return head in crossing_words() and _is_frail(token.word)


@cache
def _is_frail(word: str) -> bool:
    """Whether a word is so short and so little known that it may arise by chance."""
    if word in short_names():
        return all(place.kind == COUNTY for place in short_names()[word]) or word in guards()
    return len(word) == 2 and word in full_names() and all(p.kind == COUNTY for p in full_names()[word])


# --- Which place a name stands for ------------------------------------------------------------------------------


def _gather_evidence(tokens: list[_Token], home: str | None) -> _Evidence:
    """The words of the text, and the codes of the places that are beyond doubt."""
    place = _home_place(home)
    certain = [_only_place(token.word) for token in tokens if not _needs_evidence(token.word)]
    around = [place.code, *place.parent_codes] if place and place.code else []
    codes = [code for p in certain if p and p.code for code in (p.code, *p.parent_codes[:-1])]
    return _Evidence(frozenset(token.word for token in tokens), frozenset([*codes, *around]), place)


def _only_place(word: str) -> Place | None:
    places = _candidates(word)
    in_force = [place for place in places if not place.former] or list(places)
    return in_force[0] if len(in_force) == 1 else None


def _candidates(word: str) -> tuple[Place, ...]:
    return full_names().get(word) or short_names().get(word, ())


@cache
def _needs_evidence(word: str) -> bool:
    """Whether a name counts only where something else speaks for the place."""
    guard = guards().get(word)
    if word in full_names():
        return _is_frail(word) or word in _BARE_DISTRICTS
    if word not in short_names() or guard == "free":
        return False
    return guard is not None or all(_is_district(place) for place in short_names()[word])


_BARE_DISTRICTS = frozenset(
    ["城区", "郊区", "矿区", "东区", "西区", "南区", "北区", "新市区", "市中区", "市区"]
)


def _is_district(place: Place) -> bool:
    return place.kind == COUNTY and place.name.endswith("区")


def _speaks_for(place: Place, word: str, evidence: _Evidence) -> bool:
    """Whether the text or its home makes this reading of a doubtful name likely."""
    if guards().get(word) == "ordinary":
        return False
    if (word != place.name and place.name in evidence.words) or evidence.home == place:
        return True
    if word in _BARE_DISTRICTS or (_is_district(place) and word != place.name):
        return False
    return any(code in evidence.codes for code in place.parent_codes[:1])


def _choose(word: str, evidence: _Evidence, around: Place | None) -> Place | None:
    """The place that a name stands for, or None where it is no place or nothing speaks for it."""
    places = _candidates(word)
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
            p for p in places if any(code in evidence.codes for code in p.parent_codes[level : level + 1])
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
    tokens = _scan(text)
    evidence = _gather_evidence(tokens, home)
    mentions: list[PlaceMention] = []
    for number, token in enumerate(tokens):
        if mentions and token.start < mentions[-1].end:
            continue
        following = tokens[number + 1] if number + 1 < len(tokens) else None
        _add(mentions, _read_token(text, token, following, mentions, evidence))
    return _with_marks(text, mentions)


def _add(mentions: list[PlaceMention], mention: PlaceMention | None) -> None:
    """Append a mention, in place of those that it swallows: 株洲 + 高新区."""
    if mention is None:
        return
    while mentions and mentions[-1].end > mention.start:
        mentions.pop()
    mentions.append(mention)


def _read_token(
    text: str, token: _Token, following: _Token | None, before: list[PlaceMention], evidence: _Evidence
) -> PlaceMention | None:
    if token.word in park_suffixes() or token.word in BARE_ZONES:
        return _read_park(text, token, before)
    if token.word in RELATIVE_WORDS:
        return PlaceMention(token.start, token.end, token.word, RELATIVE, None)
    return _read_division(text, token, following, before, evidence)


def _read_division(
    text: str, token: _Token, following: _Token | None, before: list[PlaceMention], evidence: _Evidence
) -> PlaceMention | None:
    """A division, joined with the wider ones right before it: 湖南省株洲市渌口区 is one mention of 渌口区."""
    last = before[-1] if before and before[-1].end == token.start else None
    around = places_by_code().get(last.code) if last and last.code and last.kind in LEVELS.values() else None
    place = _choose(token.word, evidence, around)
    if place is None and following and _is_zone_of(token, following):
        place = _most_likely(_candidates(token.word), evidence)
    if place is None:
        return None
    joined = around is not None and _lies_in(place, around)
    start = last.start if last and joined else token.start
    return _with_town(text, PlaceMention(start, token.end, place.name, place.kind, place.code))


def _is_zone_of(token: _Token, following: _Token) -> bool:
    """Whether a doubtful short name is shown to be a place by its development zone: 南沙经开区."""
    suffix = park_suffixes().get(following.word)
    zone = suffix is not None and suffix.family in BARE_FAMILIES and following.start == token.end
    return zone and guards().get(token.word) != "ordinary"


def _with_town(text: str, mention: PlaceMention) -> PlaceMention:
    """The town where one follows its county, else the mention itself: 临武县武水镇."""
    if mention.kind not in (PREFECTURE, COUNTY) or text[mention.end - 1] not in "市县区旗":
        return mention
    town = _TOWN.match(text, mention.end)
    if not town or _TALK.search(town[0]):
        return mention
    return replace(mention, end=town.end(), name=town[0], kind=TOWN)


# --- Parks ------------------------------------------------------------------------------------------------------


def _read_park(text: str, token: _Token, before: list[PlaceMention]) -> PlaceMention | None:
    """A park with its name, or the bare word for one that the article has named before."""
    suffix = park_suffixes()[token.word]
    if suffix.type != "zone" and _STAGE_OF_PROJECT.match(text, token.end):
        return None
    run = _RUN.search(text, max(0, token.start - 14), token.start)
    prefix = run[0] if run else ""
    return (
        _park_of_place(text, token, suffix, before)
        or _park_of_partners(text, token, before)
        or _park_by_itself(token, suffix, prefix)
        or _bare_zone(token, prefix)
    )


def _park_of_place(
    text: str, token: _Token, suffix: Suffix, before: list[PlaceMention]
) -> PlaceMention | None:
    """A park named after the place before it: 耒阳 + 大市循环经济 + 产业园."""
    last = before[-1] if before else None
    if last is None or last.kind in (RELATIVE, COUNTRY, REGION):
        return None
    between = text[last.end : token.start]
    if len(between) > 10 or not _is_proper(between) or (suffix.type == "generic" and len(between) < 2):
        return None
    if last.kind == PROVINCE and not between and suffix.family not in ("自贸区", "自贸港", "新区"):
        return None
    return PlaceMention(last.start, token.end, text[last.start : token.end], PARK, last.code)


def _is_proper(between: str) -> bool:
    """Whether the words between a place and a suffix can be part of the park's name."""
    run = _RUN.search(between)
    return run is not None and run[0] == between and not _TALK.search(between)


def _park_of_partners(text: str, token: _Token, before: list[PlaceMention]) -> PlaceMention | None:
    """A park with its place in brackets: 湘粤(临武)电池产业集聚区; a company's site is left alone."""
    last = before[-1] if before else None
    if (
        last is None
        or text[last.start - 1 : last.start] not in tuple("(（")
        or text[last.end : last.end + 1] not in tuple(")）")
    ):
        return None
    partners = _PARTNERS.search(text, max(0, last.start - 7), last.start - 1)
    if (
        not partners
        or len(text[last.end : token.start]) > 12
        or not _is_proper(text[last.end + 1 : token.start])
    ):
        return None
    return PlaceMention(partners.start(), token.end, text[partners.start() : token.end], PARK, last.code)


def _park_by_itself(token: _Token, suffix: Suffix, prefix: str) -> PlaceMention | None:
    """A park with a name of its own before a built-up suffix: 大市循环经济产业园."""
    talk = max((m.end() for m in _TALK.finditer(prefix)), default=0)
    name = prefix[talk:]
    if suffix.type != "estate" or not 2 <= len(name) <= 8 or _TRADE.fullmatch(name):
        return None
    return PlaceMention(token.start - len(name), token.end, name + token.word, PARK, None)


def _bare_zone(token: _Token, prefix: str) -> PlaceMention | None:
    """The word for a zone whose name is known from elsewhere: 高新区 in an article on 衡阳."""
    if token.word not in BARE_ZONES or _QUALIFIED.search(prefix):
        return None
    if token.word not in BARE_FAMILIES and prefix:
        return None
    return PlaceMention(token.start, token.end, token.word, RELATIVE, None)


# --- Marks ------------------------------------------------------------------------------------------------------


def _with_marks(text: str, mentions: list[PlaceMention]) -> list[PlaceMention]:
    """The mentions with what they are within: a name, a comparison, a journey."""
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    starts = [start for start, _ in quoted]
    marked: list[PlaceMention] = []
    for mention in mentions:
        around = bisect_right(starts, mention.start) - 1
        in_quotes = around >= 0 and mention.end < quoted[around][1]
        in_name = in_quotes or _in_name(text, mention)
        aside = _aside(text, mention, marked[-1] if marked else None)
        marked.append(replace(mention, in_name=in_name, aside=aside) if in_name or aside else mention)
    return marked


def _in_name(text: str, mention: PlaceMention) -> bool:
    """Whether the mention is part of the name of a company, an institution or a road."""
    if mention.kind == RELATIVE:
        return False
    if text[mention.start : mention.end] == "中国" and not _CHINA_AS_PLACE.match(text, mention.end):
        return True
    if _OWNER.search(text, max(0, mention.start - 4), mention.start):
        return True
    if mention.kind == PARK:
        return False
    written_out = text[mention.end - 1] in "省市县区州盟旗"
    company = _COMPANY.match(text, mention.end)
    if company:
        return not _TALK.search(company[0])
    return not written_out and _FACILITY.match(text, mention.end) is not None


def _aside(text: str, mention: PlaceMention, last: PlaceMention | None) -> bool:
    """Whether the mention is only a measure or a destination."""
    left = max(0, mention.start - 4)
    if _TRIP.search(text, left, mention.start):
        return True
    if last and last.aside and _LISTING.fullmatch(text, last.end, mention.start):
        return True
    if _COMPARED.search(text, left, mention.start) or _AVERAGE.match(text, mention.end):
        return mention.kind in (RELATIVE, COUNTRY, REGION, PROVINCE, PREFECTURE)
    wide = mention.kind in (RELATIVE, COUNTRY, REGION, PROVINCE)
    return wide and _RANKED.match(text, mention.end) is not None


# --- Relations --------------------------------------------------------------------------------------------------


@cache
def _read_name(name: str) -> PlaceMention | None:
    """The one mention that a stated name consists of."""
    word = name.strip()
    known = _candidates(word)
    if known and guards().get(word) != "ordinary":
        place = _most_likely(known, _Evidence(frozenset(), frozenset(), None))
        return PlaceMention(0, len(word), place.name, place.kind, place.code)
    whole = [m for m in find_places(word) if m.start == 0 and m.end == len(word)]
    return whole[0] if whole else None


def _home_place(home: str | None) -> Place | None:
    mention = _read_name(home) if home else None
    return Place(mention.name, mention.kind, mention.code) if mention else None


def place_code(name: str | None) -> str | None:
    """The GB/T 2260 code of a stated place, a park's being that of its division; None where unknown or ambiguous.

    >>> place_code("耒阳市"), place_code("衡阳高新区"), place_code("鼓楼区"), place_code(None)
    ('430481', '430400', None, None)
    """
    mention = _read_name(name) if name else None
    return mention.code if mention else None


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
        suffixes = [suffix for suffix in park_suffixes().values() if park.endswith(suffix.word)]
        return bool(suffixes) and max(suffixes, key=lambda suffix: len(suffix.word)).family == word
    return word not in BARE_ZONES or word == "园区" or park.endswith(word)


def _zone_of_division(word: str, code: str | None) -> str | None:
    if word not in BARE_FAMILIES or not code or code.endswith("0000"):
        return None
    return short_of(code) + word


def _at_level(level: str, word: str, place: Place) -> str | None:
    """The nearest place of the level that a relative word names, from the home outward."""
    codes = [place.code, *place.parent_codes] if place.code else []
    around = [places_by_code()[code] for code in codes if code in places_by_code()]
    if place.kind in (PARK, TOWN):
        around = [p for p in around if p.name != place.name]
    return next((p.name for p in around if _is_of_level(p, level, word)), None)


def _is_of_level(place: Place, level: str, word: str) -> bool:
    if level == "市":
        return place.name.endswith("市") or place.code in MUNICIPALITIES
    if level == "区":
        return place.name.endswith("自治区") if "自治" in word else place.name.endswith("区")
    return place.name.endswith(level)


def region_of(place: str | None) -> str:
    """CN, HK, MO or TW: whose currency a bare 元 is at a place.

    >>> region_of("高雄市"), region_of("郴州市"), region_of(None)
    ('TW', 'CN', 'CN')
    """
    code = place_code(place) or ""
    return {"71": "TW", "81": "HK", "82": "MO"}.get(code[:2], "CN")


def mentioned_names(text: str, home: str | None = None) -> Iterator[str]:
    """The names of the places that a text speaks of, without those within other names."""
    return (mention.name for mention in find_places(text, home) if not mention.in_name)
