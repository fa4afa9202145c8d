"""What was done, the target, and the rate of completion: 18 of 12 is 150 %."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.checks.check import Check, compare, implied
from helpers.checks.stated import Interval, Ledger, Stated, exactly

NAME = "completion"
PERCENT = exactly(100.0)
MONEY = {"investment", "amount"}
TARGET = "{indicator}（目标）"
DONE = "{indicator}（完成数）"


def check_completion(ledger: Ledger) -> Iterator[Check]:
    """Yield for each rate of completion whether done and target give it, or the one that they leave unsaid.

    Of several targets in the sentence the one that gives the rate is taken; where none does, nothing is said.
    """
    for rate in ledger.figures:
        if rate.kind == "completion_rate" and rate.status == "actual" and rate.value > 0:
            check = _check(rate, ledger.around(rate))
            if check is not None:
                yield check


def _check(rate: Stated, sentence: list[Stated]) -> Check | None:
    if sum(other.kind == "completion_rate" and _same_thing(other, rate) for other in sentence) > 1:
        return None
    done = _done(rate, sentence)
    targets = [one for one in sentence if _is_target(one) and (done is None or _comparable(one, done))]
    if done is None:
        return _implied_done(rate, targets)
    if not targets:
        return _implied_target(rate, done)
    checks = [check for target in targets if (check := _compared(rate, done, target))]
    if len(targets) == 1:
        return checks[0] if checks else None
    fitting = [check for check in checks if check.verdict == "confirmed"]
    return fitting[0] if len(fitting) == 1 else None


def _done(rate: Stated, sentence: list[Stated]) -> Stated | None:
    """Return what was done: the level before the rate that it is said of, or the sentence's only one."""
    reached = [one for one in sentence if one.is_level and one.status == "actual" and one.start < rate.start]
    same = [one for one in reached if _same_thing(one, rate)]
    if same:
        return same[-1]
    targets = [one for one in sentence if _is_target(one)]
    return reached[0] if len(reached) == 1 == len(targets) and _comparable(reached[0], targets[0]) else None


def _same_thing(one: Stated, other: Stated) -> bool:
    return one.measure == other.measure and one.subject == other.subject and one.place == other.place


def _is_target(one: Stated) -> bool:
    return one.is_level and one.status == "planned" and one.value > 0


def _comparable(one: Stated, other: Stated) -> bool:
    return one.unit == other.unit and (one.kind == other.kind or {one.kind, other.kind} == MONEY)


def _compared(rate: Stated, done: Stated, target: Stated) -> Check | None:
    if not done.is_firm:
        return None
    computed = done.interval / _nominal(target) * PERCENT
    return compare(NAME, (done, target), "{0} ÷ {1}", computed, rate)


def _nominal(target: Stated) -> Interval:
    """Return what a target is reckoned as: 不低于14亿元 is a target of 14."""
    return exactly(target.value)


def _implied_target(rate: Stated, done: Stated) -> Check | None:
    if not _same_thing(done, rate):
        return None
    return implied(
        NAME,
        (done, rate),
        "{0} ÷ {1}",
        done.interval / rate.interval * PERCENT,
        unit=done.unit,
        indicator=TARGET.format(indicator=done.indicator),
        place=done.place,
        period=None,
    )


def _implied_done(rate: Stated, targets: list[Stated]) -> Check | None:
    same = [one for one in targets if _same_thing(one, rate)]
    if len(same) != 1:
        return None
    target = same[0]
    return implied(
        NAME,
        (target, rate),
        "{0} × {1}",
        _nominal(target) * rate.interval / PERCENT,
        unit=target.unit,
        indicator=DONE.format(indicator=target.indicator),
        place=rate.place,
        period=rate.period,
    )
