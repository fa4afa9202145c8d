"""A figure told again, in title and text, in a caption or by a copy of the article → the row that tells it first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from functools import lru_cache
from types import MappingProxyType

from helpers.observation import Basis, Kind, Observation

NO_COPIES: Mapping[str, str] = MappingProxyType({})

LONG_SENTENCE = 25  # characters; a shorter one may be said of two places
SLIPS = 0.85  # of a sentence, that a copy of it has as well
# One sum may be called 投资 and 总投资, 再投资 and 投资额, where both are said of one project.
WAYS_TO_SAY_INVESTMENT = re.compile(r"^(?:项目)?(?:追加|再|总)?投资(?:总?额|规模)?$")


def repeats(
    ordered: list[Observation], ids: list[str], copies: Mapping[str, str] = NO_COPIES
) -> list[str | None]:
    """Return for each row the id of the row that states the same figure first, or None where it is that row.

    An article and its copies are one: the original tells first, then the copies by id. What one of two rows leaves
    open (a title seldom says the period) does not tell them apart.
    """
    told: dict[tuple, list[int]] = {}
    written: dict[tuple, list[int]] = {}
    first = list(range(len(ordered)))
    for number in sorted(first, key=lambda number: ordered[number].article in copies):
        seen = ordered[number]
        group = copies.get(seen.article, seen.article)
        alike = told.setdefault((group, *_figure(seen)), [])
        earlier = next((earlier for earlier in alike if _compatible(ordered[earlier], seen)), None)
        written_alike = written.setdefault((group, seen.text), [])
        if earlier is None:
            earlier = _in_the_same_words(written_alike, seen, ordered)
        written_alike.append(number)
        if earlier is None:
            alike.append(number)
        else:
            first[number] = first[earlier]
    return [None if number == row else ids[number] for row, number in enumerate(first)]


def _figure(seen: Observation) -> tuple:
    indicator = _without_marks(seen.indicator)
    if seen.kind is Kind.INVESTMENT:
        indicator = WAYS_TO_SAY_INVESTMENT.sub("投资", indicator)
    return seen.kind, seen.value, seen.unit, seen.bound, seen.status, indicator


def _without_marks(words: str) -> str:
    return re.sub(r"[\s“”\"'《》()（）的]", "", words)


def _compatible(one: Observation, other: Observation) -> bool:
    """Return whether nothing that both rows state tells them apart."""
    open_attributes = ("subject", "place", "period", "stage")
    pairs = [(getattr(one, name), getattr(other, name)) for name in open_attributes]
    bases = [{seen.basis} - {None, Basis.UNSPECIFIED} for seen in (one, other)]
    agree = all(a is None or b is None or a == b for a, b in pairs) and len(bases[0] | bases[1]) < 2
    same_name = _without_marks(one.indicator) == _without_marks(other.indicator)
    return agree and (same_name or _are_of_one_project(one, other))


def _are_of_one_project(one: Observation, other: Observation) -> bool:
    """Return whether both rows are said of one named thing, if only in their sentences."""
    subject = one.subject or other.subject
    return subject is not None and all(subject in (seen.subject or seen.sentence) for seen in (one, other))


def _in_the_same_words(written_alike: list[int], seen: Observation, ordered: list[Observation]) -> int | None:
    """Return the row whose sentence is that of another row, whatever the lack of context makes of the second.

    In an article only long sentences count, and two figures of one sentence are two. A copy may have slips.
    """
    words = _words(seen.sentence)
    for number in written_alike:
        earlier = ordered[number]
        if _words(earlier.sentence) == words and (earlier.article != seen.article or _is_far(earlier, seen)):
            return number
    others = [number for number in written_alike if ordered[number].article != seen.article]
    closest = max(others, key=lambda number: _alikeness(ordered[number], seen), default=None)
    return closest if closest is not None and _alikeness(ordered[closest], seen) >= SLIPS else None


def _is_far(earlier: Observation, seen: Observation) -> bool:
    return len(seen.sentence) >= LONG_SENTENCE and seen.start - earlier.start >= len(seen.sentence)


def _alikeness(one: Observation, other: Observation) -> float:
    if None not in (one.place, other.place) and one.place != other.place:
        return 0.0
    return SequenceMatcher(None, _words(one.sentence), _words(other.sentence), autojunk=False).ratio()


@lru_cache(maxsize=4096)
def _words(sentence: str) -> str:
    return re.sub(r"[\W_]", "", sentence)
