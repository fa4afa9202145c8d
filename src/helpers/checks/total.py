"""A total and its parts: what a list adds up to, what 其中 leaves over, and a part that is larger than its whole."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, reduce
from importlib.resources import files
from operator import add

from helpers.checks.check import Check, Verdict, compare, contradicted, implied
from helpers.checks.stated import LEVELS, Interval, Ledger, Stated

PARTITION, OF_WHICH, LIST = "total_of_parts", "of_which", "list_and_total"
REST = "{indicator}（其余）"
TOO_LARGE = "部分大于总体"
FEWEST_PARTS, MOST_PARTS = 2, 12
# 合计 adds up what stands before it; 共 may count something else.
_ADDED_UP = re.compile(r"(?:合计|总计|共计|(?P<loose>共))[^，,；。\d]{0,8}$")
NOUN = 2  # characters at the end of an indicator that say what sort of thing it counts


@cache
def partitions() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return the totals of statistics with the parts that make them up, as lexicons/partitions.tsv names them.

    >>> ("出口总额", "进口总额") in partitions()["进出口总额"]
    True
    """
    content = files("helpers").joinpath("lexicons", "partitions.tsv").read_text("utf-8")
    lines = [line for line in content.splitlines() if line and not line.startswith("#")]
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        for whole in row["whole"].split(" "):
            found[whole].append(tuple(row["parts"].split(" ")))
    return {whole: tuple(parts) for whole, parts in found.items()}


def check_partitions(ledger: Ledger) -> Iterator[Check]:
    """Yield for each statistical total whether its parts add up to it, or the one part that nobody states."""
    for article in ledger.articles:
        levels = [one for one in article if one.is_level and one.is_firm and one.status == "actual"]
        by_measure: dict[tuple, list[Stated]] = defaultdict(list)
        for one in levels:
            by_measure[_group(one), one.measure].append(one)
        for whole in levels:
            for parts in partitions().get(whole.measure, ()):
                found = [by_measure.get((_group(whole), part), []) for part in parts]
                if all(len(told) <= 1 for told in found):
                    yield from _partition_check(whole, parts, [told[0] if told else None for told in found])


def _group(one: Stated) -> tuple:
    return one.kind, one.unit, one.place, one.period, one.subject


def _partition_check(whole: Stated, names: Sequence[str], parts: Sequence[Stated | None]) -> Iterator[Check]:
    known = [part for part in parts if part is not None]
    if len(known) == len(names):
        check = compare(PARTITION, tuple(known), _sum(len(known)), _added(known), whole)
    elif len(known) == len(names) - 1 and known:
        missing = names[parts.index(None)]
        check = implied(
            PARTITION, (whole, *known), _remainder(len(known)), whole.interval - _added(known),
            unit=whole.unit, indicator=missing, place=whole.place, period=whole.period,
        )  # fmt: skip
    else:
        return
    if check is not None and check.computed.high > 0:
        yield check


def _added(figures: Sequence[Stated]) -> Interval:
    return reduce(add, (figure.interval for figure in figures))


def _sum(count: int) -> str:
    return " + ".join(f"{{{number}}}" for number in range(count))


def _remainder(count: int) -> str:
    return " − ".join(f"{{{number}}}" for number in range(count + 1))


def check_of_which(ledger: Ledger) -> Iterator[Check]:
    """Yield what 其中 says of a total: parts that make it up, one part and the rest, or a part larger than the whole."""
    for sentence in ledger.sentences:
        if "其中" not in sentence[0].sentence:
            continue
        for whole in sentence:
            if whole.kind in LEVELS and whole.is_level and whole.bound == "exact":
                parts = _parts(whole, sentence)
                check = _of_which_check(whole, parts) if parts else None
                if check is not None:
                    yield check


def _parts(whole: Stated, sentence: list[Stated]) -> list[Stated]:
    """Return the figures that 其中 names as parts of a total: those after it of its kind, up to the next semicolon."""
    text = whole.sentence
    if text.count(whole.text) != 1:
        return []
    offset = text.index(whole.text) - whole.start
    turn = text.find("其中", whole.start + offset)
    first, last = _between_semicolons(text, turn)
    near = [one for one in sentence if first <= one.start + offset < last and _is_comparable(one, whole)]
    before = [one for one in near if one.start + offset < turn]
    after = [one for one in near if one.start + offset > turn]
    if turn < 0 or text[turn:last].count("其中") != 1 or before[-1:] != [whole]:
        return []
    return after if all(one.bound == "exact" and _is_same_noun(one, whole) for one in after) else []


def _between_semicolons(text: str, position: int) -> tuple[int, int]:
    last = text.find("；", position)
    return text.rfind("；", 0, max(position, 0)) + 1, last if last >= 0 else len(text)


def _is_comparable(one: Stated, whole: Stated) -> bool:
    alike = ("kind", "unit", "status", "period", "place")
    return one.is_level and all(getattr(one, name) == getattr(whole, name) for name in alike)


def _is_same_noun(one: Stated, whole: Stated) -> bool:
    return one.measure[-NOUN:] == whole.measure[-NOUN:]


def _of_which_check(whole: Stated, parts: list[Stated]) -> Check | None:
    too_large = next((part for part in parts if part.interval.low > whole.interval.high), None)
    if too_large is not None:
        # 其中…协议外资 after 实际使用外资 is a part of an earlier total; one project is as much a project as another.
        one_sort = whole.kind == "project_count" or too_large.measure.endswith(whole.measure)
        rest = whole.interval - too_large.interval
        return (
            contradicted(OF_WHICH, (whole, too_large), "{0} − {1}", rest, too_large, TOO_LARGE)
            if one_sort
            else None
        )
    if FEWEST_PARTS <= len(parts) <= MOST_PARTS:
        check = compare(OF_WHICH, tuple(parts), _sum(len(parts)), _added(parts), whole)
        # Parts that do not add up need not be all the parts.
        return check if check and check.verdict is Verdict.CONFIRMED else None
    part = parts[0]
    if part.interval == whole.interval:
        return None
    return implied(
        OF_WHICH, (whole, part), "{0} − {1}", whole.interval - part.interval,
        unit=whole.unit, indicator=REST.format(indicator=whole.indicator), place=whole.place, period=whole.period,
    )  # fmt: skip


def check_lists(ledger: Ledger) -> Iterator[Check]:
    """Yield for each 合计 whether the figures listed before it in its sentence add up to it."""
    for sentence in ledger.sentences:
        for total in sentence:
            added_up = _ADDED_UP.search(total.words_before) if total.is_level else None
            if added_up is None or "其中" in total.sentence:
                continue
            parts = _listed_before(total, sentence)
            if FEWEST_PARTS <= len(parts) <= MOST_PARTS:
                check = compare(LIST, tuple(parts), _sum(len(parts)), _added(parts), total)
                if check and (check.verdict is Verdict.CONFIRMED or not added_up["loose"]):
                    yield check


def _listed_before(total: Stated, sentence: list[Stated]) -> list[Stated]:
    """Return the figures of a total's sort right before it, exact ones with no other figure between."""
    listed: list[Stated] = []
    for one in reversed(sentence[: sentence.index(total)]):
        alike = (one.kind, one.unit, one.status) == (total.kind, total.unit, total.status)
        if not alike or not one.is_level or one.bound != "exact":
            break
        listed.insert(0, one)
    return listed
