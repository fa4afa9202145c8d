"""A part, its whole, and the percent: 10.55亿元 of 14亿元 is 75.4 %."""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers.checks.check import Check, compare, implied
from helpers.checks.stated import Ledger, Stated, exactly, measure
from helpers.mentions.place import find_places

NAME = "share"
PERCENT = exactly(100.0)
# 占全市工业投资的比重为26.5%, 占进出口总值的七成: the whole is what stands after 占.
_WHOLE = re.compile(
    r"占(?:到|据|了)?(?:同期)?(?P<whole>[^占，。；、：“”\d]{2,20}?)"
    r"(?:的?(?:比重|比例|份额|比率)[^，。；]{0,12}|的?(?:约|近|超过?|达到?|为)?)$"
)
_UNNAMED = re.compile(r"^(?:全[国省市县区州部]|其|总[量数额])+$|计划|目标|任务|分别")


def check_shares(ledger: Ledger) -> Iterator[Check]:
    """Yield for each share of a named whole whether part and whole give it, or the whole that they imply."""
    for share in ledger.figures:
        if share.kind == "share" and share.status == "actual" and share.value > 0 and share.is_firm:
            check = _check(share, ledger)
            if check is not None:
                yield check


def _check(share: Stated, ledger: Ledger) -> Check | None:
    part, whole = _part(share, ledger.around(share)), whole_named(share)
    if part is None or whole is None:
        return None
    wholes = [one for one in ledger.article_of(share) if _is_whole(one, whole, part)]
    if len(wholes) == 1:
        computed = part.interval / wholes[0].interval * PERCENT
        return compare(NAME, (part, wholes[0]), "{0} ÷ {1}", computed, share)
    if wholes:
        return None
    is_place = any(place.name == _bare(whole) for place in find_places(whole))
    return implied(
        NAME,
        (part, share),
        "{0} ÷ {1}",
        part.interval / share.interval * PERCENT,
        unit=part.unit,
        indicator=part.indicator if is_place else whole,
        place=_bare(whole) if is_place else share.place,
        period=share.period,
    )


def whole_named(share: Stated) -> str | None:
    """Return what the share is a part of, as its sentence names it right before the figure; None if it does not."""
    found = _WHOLE.search(share.words_before)
    if found is None or _UNNAMED.search(found[0]) or _UNNAMED.search(found["whole"]):
        return None
    return found["whole"]


def _bare(whole: str) -> str:
    return re.sub(r"(?:总量|总数|总额)$", "", whole) or whole


def _part(share: Stated, sentence: list[Stated]) -> Stated | None:
    """Return the level that the share is said of: the figure before it, or before its growth rate."""
    before = [one for one in sentence if one.start < share.start and one.is_level and one.status == "actual"]
    if not before or before[-1].measure != share.measure or not before[-1].is_firm:
        return None
    return before[-1]


def _is_whole(one: Stated, whole: str, part: Stated) -> bool:
    return (
        one.is_level
        and one.is_firm
        and one.status == "actual"
        and one.unit == part.unit
        and one.row != part.row
        and one.period == part.period
        and one.measure in (measure(whole, one.place), measure(_bare(whole), one.place))
        and one.value >= part.value
    )
