"""The words around a place → whether it is part of a name (湖南移动) or named only in passing (赴上海招商).

Apart from finding places, since it needs only the text on both sides of one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache, lru_cache
from typing import NamedTuple

from helpers.mentions.gazetteer import (
    COUNTRY,
    COUNTY,
    PARK,
    PREFECTURE,
    PROVINCE,
    REGION,
    RELATIVE,
    PlaceMention,
    cue_words,
    cues,
)

# Characters that end a name: function words, which no name of a company or a park contains.
BREAK = "的了在和与及以于是有将被把对从为等个各到至由向让给使其该此这那不也都并而或则且就正已又"
_WIDE = frozenset({RELATIVE, COUNTRY, REGION, PROVINCE})
_NAME_CHARACTER = f"[^\\W\\d_{BREAK}]"
_QUOTED = re.compile('[“"‘《〈「『][^“”"《》「」『。,，;；!！?？\n]{1,24}[”"’》〉」』]')
_LISTING = re.compile("[、和及与到至](?:[\u4e00-\u9fff]{1,4}省)?")
# 中国 is the country where the text goes on with what it does or has, else mostly the head of a company's name.
_CHINA_AS_PLACE = re.compile(
    r"\W|$|[的已是在将对与和从向今去上前全有共年经市\d]|出口|进口|汽车|新能源|光伏|服务|货物|外贸|消费|人口|城镇|工业|制造业|GDP"
)


_LISTS = ("、", "和", "及", "与", "等")
_SITE_WORD = re.compile("[园区城]|(?<![一二三四五])期|基地")


# 县长王永昌: a surname after an office.
_PERSON = re.compile(r"(?:[县市区局处科镇乡]长|书记|主任|经理|主席|记者|通讯员)[\u4e00-\u9fff]$")


class _Patterns(NamedTuple):
    company: re.Pattern[str]
    facility: re.Pattern[str]
    project: re.Pattern[str]
    branded: re.Pattern[str]
    site: re.Pattern[str]
    errand: re.Pattern[str]
    ranked: re.Pattern[str]
    talk: re.Pattern[str]
    trade: re.Pattern[str]


@cache
def patterns() -> _Patterns:
    """The patterns built from place_cues.tsv."""
    begins = "".join(sorted({word[0] for word in cue_words("company")}))
    return _Patterns(
        company=re.compile(f"{_NAME_CHARACTER}{{0,12}}?(?=[{begins}])(?:{cues('company')})"),
        facility=re.compile(
            f"(?:{cues('facility')})|所(?![有属辖在需得处长以谓])|路(?![网径])|人(?=[\u4e00-\u9fff]{{1,3}}说)"
        ),
        project=re.compile(f"({_NAME_CHARACTER}{{2,7}}?)项目"),
        branded=re.compile(f"({_NAME_CHARACTER}{{2,4}})(?:{cues('brand')}){_NAME_CHARACTER}{{0,12}}?项目"),
        site=re.compile(f"{_NAME_CHARACTER}{{0,8}}?(?:项目|基地|产业园|工业园|科技园|物流园|[一二三四]期)"),
        errand=re.compile(f"(?:[、和及与][\u4e00-\u9fff]{{2,6}}){{0,6}}等地(?:{cues('errand')})"),
        ranked=re.compile(
            f"(?:各?[市县区地省州]{{0,3}})?(?:{cues('ranked')}|第[一二三四五六七八九十\\d]+(?![届次一二三四五六七八九十\\d])|"
            "前[\\d一二三四五六七八九十]+[位名强]|各[市县地省])"
        ),
        talk=re.compile(f"{cues('talk')}|\\d"),
        trade=re.compile(f"[省市县区]?(?:{cues('trade')})+"),
    )


class _Beside(NamedTuple):
    """What stands right before a place by what it makes of it, and the characters that stand there if anything does."""

    before: dict[str, tuple[str, ...]]
    ends_before: frozenset[str]
    begins_after: frozenset[str]


@cache
def _beside() -> _Beside:
    before = {meaning: cue_words(meaning) for meaning in ("owner", "trip", "compared")}
    before |= {"towards": ("对",), "from": ("从",)}
    return _Beside(
        before,
        frozenset(word[-1] for words in before.values() for word in words),
        frozenset(word[0] for word in (*cue_words("average"), *_LISTS, "到")),
    )


_SETTLES = ("入驻", "进驻")  # who moves in stays there; 驻 alone is where an office away from home sits
_NOTHING: frozenset[str] = frozenset()


def _said_before(text: str, start: int) -> frozenset[str]:
    """What the words right before a place make of it: an owner's, a trip's end, what is compared with."""
    beside = _beside()
    if text[start - 1 : start] not in beside.ends_before or text.endswith(_SETTLES, 0, start):
        return _NOTHING
    return frozenset(meaning for meaning, words in beside.before.items() if text.endswith(words, 0, start))


@lru_cache(maxsize=4)  # they are mostly the same once the article's home is known
def with_marks(text: str, mentions: tuple[PlaceMention, ...]) -> tuple[PlaceMention, ...]:
    """The mentions with what they are within: a name, a comparison, a journey."""
    if not mentions:
        return ()
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    starts = [start for start, _ in quoted]
    marked: list[PlaceMention] = []
    for mention, following in zip(mentions, [*mentions[1:], None], strict=True):
        around = bisect_right(starts, mention.start) - 1
        in_quotes = around >= 0 and mention.end < quoted[around][1]
        before = _said_before(text, mention.start)
        in_name = in_quotes or _in_name(text, mention, before) or _is_owner(text, mention, following)
        aside = _aside(text, mention, before, marked[-1] if marked else None)
        marked.append(mention._replace(in_name=in_name, aside=aside) if in_name or aside else mention)
    return tuple(marked)


def is_written_out(text: str, mention: PlaceMention) -> bool:
    """Whether a mention gives the full name: 广州市, not 广州."""
    return text.endswith(mention.name, mention.start, mention.end)


def is_listed(text: str, last: PlaceMention, start: int) -> bool:
    """Whether only a listing mark stands between a mention and the next name: 长沙、株洲."""
    return start - last.end <= 6 and _LISTING.fullmatch(text, last.end, start) is not None


def _in_name(text: str, mention: PlaceMention, before: frozenset[str]) -> bool:
    """Whether the mention is part of the name of a company, an institution or a road."""
    if mention.kind == RELATIVE:
        return False
    if (
        mention.kind == COUNTRY
        and text.startswith("中国", mention.start)
        and not _CHINA_AS_PLACE.match(text, mention.end)
    ):
        return True
    if "owner" in before:
        return True
    if mention.kind == COUNTY and _PERSON.search(text, max(0, mention.start - 5), mention.start):
        return True
    return mention.kind != PARK and _heads_name(text, mention)


def _heads_name(text: str, mention: PlaceMention) -> bool:
    """Whether a name goes on after the mention: 湖南帝京环保新材料有限公司, 株洲大道, 上海安能项目."""
    company = patterns().company.match(text, mention.end)
    if company:
        return not patterns().talk.search(company[0])
    if is_written_out(text, mention):
        return False
    return patterns().facility.match(text, mention.end) is not None or _names_project(text, mention.end)


def _is_owner(text: str, mention: PlaceMention, following: PlaceMention | None) -> bool:
    """Whether a company's name ends where the place of its project begins: 广州工控|衡南产业园一期."""
    if following is None or mention.kind == RELATIVE or not 2 <= following.start - mention.end <= 4:
        return False
    if is_written_out(text, mention) or following.kind not in (PROVINCE, PREFECTURE, COUNTY):
        return False
    name = text[mention.end : following.start]
    return patterns().site.match(text, following.end) is not None and _is_company_word(name)


def _is_company_word(name: str) -> bool:
    return re.fullmatch(f"{_NAME_CHARACTER}+", name) is not None and not patterns().talk.search(name)


def _names_project(text: str, end: int) -> bool:
    """Whether a project's own name follows: 上海安能项目 is a company's, 郴州工业项目 is Chenzhou's."""
    branded = patterns().branded.match(text, end)
    if branded and not patterns().trade.fullmatch(branded[1]) and not patterns().talk.search(branded[0][:-2]):
        return True
    project = patterns().project.match(text, end)
    if project is None or _SITE_WORD.search(project[1]) or patterns().trade.fullmatch(project[1]):
        return False
    return not patterns().talk.search(project[1])


def _aside(text: str, mention: PlaceMention, before: frozenset[str], last: PlaceMention | None) -> bool:
    """Whether the mention is only a measure or a destination."""
    if last and last.aside and is_listed(text, last, mention.start):
        return True
    if before or text[mention.end : mention.end + 1] in _beside().begins_after:
        if _is_destination(text, mention, before):
            return True
        if "compared" in before or text.startswith(cue_words("average"), mention.end):
            return mention.kind in _WIDE or mention.kind == PREFECTURE
    return mention.kind in _WIDE and patterns().ranked.match(text, mention.end) is not None


def _is_destination(text: str, mention: PlaceMention, before: frozenset[str]) -> bool:
    """Whether people or goods go there: 赴上海、苏州等地, 从香港到深圳, 对东盟出口."""
    if "trip" in before or ("towards" in before and mention.kind in (COUNTRY, REGION)):
        return True
    if "from" in before and text.startswith("到", mention.end):
        return True
    return text.startswith(_LISTS, mention.end) and patterns().errand.match(text, mention.end) is not None
