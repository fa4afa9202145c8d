"""An article and its clean text → its dateline: title, date, home place and region.

What the article set says comes first, then what the furniture said, then what the text lets one infer.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from helpers.article import Article
from helpers.clean import CleanText
from helpers.period import TimeMention, find_times, parse_anchor
from helpers.place import PlaceMention, contains, find_places, region_of
from helpers.segment import split_paragraphs

TITLE_LENGTH = 45
HOME_KINDS = frozenset({"prefecture", "county", "province", "park"})
PLANNED_HORIZON = ("到", "至", "力争", "争取", "计划", "规划", "目标", "预计", "力爭")


@dataclass(frozen=True, slots=True)
class Dateline:
    """What is known of an article as a whole.

    `published` is EDTF at the precision known (2023-07-04, 2023-07, 2023), `place` the area the article
    is about, `region` CN, HK, MO or TW, which decides what a bare 元 is.
    """

    title: str | None = None
    published: str | None = None
    place: str | None = None
    region: str = "CN"


def _is_planned(text: str, mention: TimeMention) -> bool:
    before = text[max(0, mention.start - 4) : mention.start]
    return mention.form == "as_of" and mention.months is None or before.endswith(PLANNED_HORIZON)


def _latest_year(text: str, times: list[TimeMention]) -> int | None:
    told = [
        t for t in times if t.year and not t.comparison and not t.last_year and t.year < 2100 and not _is_planned(text, t)
    ]
    dated = [t.year for t in told if t.months]
    return max([*dated, *(t.year for t in told if not t.months)], default=None)


def _month_reached(mention: TimeMention) -> tuple[int, int]:
    """Years past the mention's own and the month in which it could be told: the next after a closed span."""
    month = mention.months[1]
    if mention.days:
        return 0, month
    closed = mention.months[0] < month or mention.form == "as_of"
    return (1, 1) if closed and month == 12 else (0, month + 1 if closed else month)


def infer_published(text: str) -> str | None:
    """The earliest month in which a text can have been written, from the dates that it tells as past.

    >>> infer_published("2022年出台方案。今年1至11月,全市增长8.4%;截至11月底,新增57家")
    '2022-12'
    """
    times = find_times(text)
    year = _latest_year(text, times)
    if year is None:
        return None
    reached: list[tuple[int, int]] = []
    said: int | None = None
    for t in times:
        if t.comparison or t.form == "now" or t.last_year or _is_planned(text, t):
            continue
        if t.year is not None:
            said = t.year
        elif t.relative is not None:
            said = year + t.relative
        if t.months and t.months[0] > 0 and (said is None or said == year):
            reached.append(_month_reached(t))
    if not reached:
        return str(year)
    more, month = max(reached)
    return f"{year + more}-{month:02}"


def find_title(text: str) -> str | None:
    """The first line where it reads like a title: short, and no sentence of its own."""
    first = text.split("\n", 1)[0].strip()
    return first if first and len(first) <= TITLE_LENGTH and not first.endswith(("。", "；", "，", "：")) else None


def _weight(position: int, title_end: int, lead_end: int) -> int:
    return 4 if position < title_end else 3 if position < lead_end else 1


def infer_home(text: str, title: str | None) -> str | None:
    """The area that a text is about: the one it names most, title and lead counting more."""
    mentions = [m for m in find_places(text) if not m.in_name and m.kind in HOME_KINDS]
    if not mentions:
        return None
    paragraphs = split_paragraphs(text)
    title_end = paragraphs[0].end if title and paragraphs else 0
    lead_end = paragraphs[min(2, len(paragraphs) - 1)].end
    votes: Counter[str] = Counter()
    for m in mentions:
        weight = _weight(m.start, title_end, lead_end)
        votes[m.name] += weight * (1 if m.kind == "park" else 2)
    names = list(votes)
    for name in names:
        for other in names:
            if other != name and votes[other] and contains(name, other):
                votes[name] += votes[other] // 3
    best = max(votes.values())
    return next(m.name for m in sorted(mentions, key=_breadth) if votes[m.name] == best)


def _breadth(mention: PlaceMention) -> int:
    return ("prefecture", "county", "province", "park").index(mention.kind)


def find_dateline(article: Article, clean: CleanText) -> Dateline:
    """The dateline of an article; each part is None where neither set, furniture nor text tells it."""
    title = article.title or clean.byline.title or find_title(clean.text)
    published = article.published or clean.byline.published or infer_published(clean.text)
    place = article.place or infer_home(clean.text, title)
    return Dateline(title, parse_anchor(published).edtf, place, region_of(place))
