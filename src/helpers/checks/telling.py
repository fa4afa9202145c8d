"""One thing told twice: by two articles, or in two sizes with the same digits, where a decimal point was lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, pairwise

from helpers.checks.check import Check, compare, contradicted
from helpers.checks.stated import LEVELS, Ledger, Stated

TWO_ARTICLES, POINT_LOST = "told_by_two_articles", "same_digits_other_size"
PRELIMINARY = "可能是初步数与核实数之别"
LOST_POINT = "数字相同，大小不同，可能丢了小数点或写错单位"
FEWEST_DIGITS = 3
SMALLEST_FACTOR = 10


def check_two_articles(ledger: Ledger) -> Iterator[Check]:
    """Yield whether articles that state the same statistic of one place and time state the same figure."""
    for told in ledger.told:
        if not _is_specific(told[0], ledger):
            continue
        for one, other in pairwise(_one_each(told)):
            check = compare(TWO_ARTICLES, (one,), "{0}", one.interval, other, note=PRELIMINARY)
            if check is not None:
                yield check


def _is_specific(one: Stated, ledger: Ledger) -> bool:
    if one.kind == "growth_rate":
        return one.is_dated and one.basis in ("yoy", "mom")
    return ledger.is_statistic(one)


def _one_each(told: list[Stated]) -> list[Stated]:
    """Return the figure of each article, of those that state one only: two figures are of two things."""
    by_article: dict[str, list[Stated]] = defaultdict(list)
    for one in told:
        by_article[one.article].append(one)
    return [figures[0] for figures in by_article.values() if len({one.value for one in figures}) == 1]


def check_lost_points(ledger: Ledger) -> Iterator[Check]:
    """Yield figures of one thing in one article with the same digits and another size: 2414亿元 and 24.14亿元.

    Where title and text tell one thing alike, that is a confirmation.
    """
    for article in ledger.articles:
        same: dict[tuple, list[Stated]] = defaultdict(list)
        for one in article:
            if one.kind in LEVELS and len(digits(one.value)) >= FEWEST_DIGITS:
                same[one.kind, one.unit, digits(one.value)].append(one)
        for told in same.values():
            for one, other in combinations(told, 2):
                if _is_same_thing(one, other) and _factor(one, other) >= SMALLEST_FACTOR:
                    yield _lost_point(one, other)
    yield from _title_checks(ledger)


def digits(value: float) -> str:
    """Return the digits of a value without its size.

    >>> digits(241_400_000_000.0), digits(2_414_000_000.0), digits(18.0)
    ('2414', '2414', '18')
    """
    return f"{abs(value):.10e}".partition("e")[0].replace(".", "").rstrip("0")


def _factor(one: Stated, other: Stated) -> float:
    return max(one.value, other.value) / min(one.value, other.value)


def _is_same_thing(one: Stated, other: Stated) -> bool:
    open_or_same = all(
        getattr(one, name) is None
        or getattr(other, name) is None
        or getattr(one, name) == getattr(other, name)
        for name in ("place", "period", "subject")
    )
    words = sorted((one.measure, other.measure), key=len)
    return open_or_same and one.status == other.status and words[1].endswith(words[0])


def _lost_point(one: Stated, other: Stated) -> Check:
    times = one.interval / other.interval
    return contradicted(POINT_LOST, (one, other), "{0} ÷ {1}", times, other, LOST_POINT, unit="倍")


def _title_checks(ledger: Ledger) -> Iterator[Check]:
    """Yield the figures of titles that the text repeats."""
    for one in ledger.all:
        title = ledger.by_row.get(one.repeat_of or "")
        if title is not None and title.article == one.article and _is_title(title, one):
            check = compare(POINT_LOST, (title,), "{0}", title.interval, one)
            if check is not None and len(digits(one.value)) >= FEWEST_DIGITS:
                yield check


def _is_title(first: Stated, later: Stated) -> bool:
    """Return whether a figure stands in a headline: a line without a full stop, above the sentence that repeats it."""
    return first.start < later.start and not first.sentence.rstrip().endswith(("。", "；", "！", "？"))
