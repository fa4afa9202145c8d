"""The observations of an article and the corrections of people → its rows as they should be, and what did not fit.

A correction finds its row by the figure and the characters around it, never by a number, so it lasts through new rules
and edited articles. One that fits no row, or more than one, changes nothing and is a problem that is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from helpers.article import Article, Problem
from helpers.correction import ADD, ATTRIBUTES, DROP, Correction, Value, told_by_figure, written
from helpers.observation import (
    FIXED_UNITS,
    Bound,
    Change,
    Confidence,
    Kind,
    Observation,
    Reason,
    Status,
    fits_kind,
)
from helpers.quotation import Quotation, best_places, occurrences, same_figure
from helpers.segment import Span, split_paragraphs

ADDED = "added by a correction"
CAUSES = {
    "unmatched_correction": "更正没有对上任何数字",
    "ambiguous_correction": "更正对得上不止一个数字",
    "contradictory_correction": "对同一个数字的更正互相矛盾",
    "unfit_correction": "更正后的行不合规范，未采用",
    "needless_correction": "表中已经如此，更正可以删去",
    "dropped_by_correction": "按更正删去",
}


@dataclass(frozen=True, slots=True)
class Corrected:
    """What corrections made of an article's rows: those it has now, those dropped, and what could not be done."""

    observations: tuple[Observation, ...]
    dropped: tuple[Observation, ...] = ()
    problems: tuple[Problem, ...] = ()


def correct(
    article: Article, observations: Sequence[Observation], text: str, local_currency: str = "CNY"
) -> Corrected:
    """Return the rows of an article after its corrections, in the order of the text."""
    if not article.corrections:
        return Corrected(tuple(observations))
    rows = {_place(seen): seen for seen in observations}
    located, problems = _located(article.corrections, rows, text)
    outcomes = [
        _corrected(rows[place], corrections)
        if place in rows
        else _addition(_bare_row(article.id, text, place), corrections, local_currency)
        for place, corrections in located.items()
    ]
    untouched = [
        seen for seen in observations if _place(seen) not in located or seen is not rows[_place(seen)]
    ]
    kept = [*untouched, *(seen for outcome in outcomes for seen in outcome.observations)]
    return Corrected(
        tuple(sorted(kept, key=lambda seen: (seen.start, seen.end))),
        tuple(seen for outcome in outcomes for seen in outcome.dropped),
        (*problems, *(problem for outcome in outcomes for problem in outcome.problems)),
    )


def _place(seen: Observation) -> Span:
    return Span(seen.start, seen.end)


# Which row a correction is for.


def _located(
    corrections: Sequence[Correction], rows: Mapping[Span, Observation], text: str
) -> tuple[dict[Span, list[Correction]], list[Problem]]:
    """Return the corrections by the place of the figure that they mean, those that mean none as problems.

    Additions first, for other lines may be for a row that is added.
    """
    by_quotation: dict[Quotation, list[Correction]] = {}
    for correction in corrections:
        by_quotation.setdefault(correction.quotation, []).append(correction)
    located: dict[Span, list[Correction]] = {}
    problems: list[Problem] = []
    for quotation, lines in sorted(by_quotation.items(), key=lambda item: not _adds(item[1])):
        places = {place for place in (*rows, *located) if same_figure(text[slice(*place)], quotation.figure)}
        if _adds(lines):
            places.update(occurrences(text, quotation.figure))
        found = best_places(text, quotation, sorted(places))
        if len(found) == 1:
            located.setdefault(found[0], []).extend(lines)
        else:
            problems += [_unlocated(line, found, text) for line in lines]
    return located, problems


def _adds(corrections: Iterable[Correction]) -> bool:
    return any(correction.column == ADD for correction in corrections)


def _unlocated(correction: Correction, found: Sequence[Span], text: str) -> Problem:
    """Return why a correction is for no row: for several, or for a figure that is gone or no row any more."""
    if found:
        return _problem("ambiguous_correction", correction, f"有{len(found)}处同样合适，请多写几个前后文字")
    there = occurrences(text, correction.quotation.figure)
    if len(best_places(text, correction.quotation, there)) != 1:
        why = "数字还在，前后文字已经不同" if there else "文中没有这个数字"
        return _problem("unmatched_correction", correction, why)
    if correction.column == DROP:
        return _problem("needless_correction", correction)
    return _problem("unmatched_correction", correction, "数字还在文中，但不是表中的一行；要补上请用 add")


def _problem(cause: str, correction: Correction, why: str = "") -> Problem:
    """Return what became of a correction, naming its line and all that it says."""
    line = f"第{correction.line}行 " if correction.line else ""
    wanted = f"{correction.column} {written(correction.value)}".strip()
    detail = f"{CAUSES[cause]}：{line}{correction.quotation.figure}（{wanted}）{f'，{why}' if why else ''}"
    return Problem(correction.article, cause, detail)


# What becomes of the row.


def _corrected(seen: Observation, corrections: Sequence[Correction]) -> Corrected:
    """Return what all corrections of one row make of it: all that they ask, or nothing where that cannot be."""
    if _contradict(corrections):
        return _refused("contradictory_correction", corrections, (seen,))
    lines, repeated = _once(corrections)
    if DROP in lines:
        return _with_needless(_dropped(seen, lines[DROP]), repeated)
    after, needless = _changed(seen, lines)
    if misfit := _misfit(after):
        return _refused("unfit_correction", corrections, (seen,), misfit)
    return _with_needless(Corrected((after,)), [*needless, *repeated])


def _once(corrections: Sequence[Correction]) -> tuple[dict[str, Correction], list[Correction]]:
    """Return the first line for each attribute, and those that say the same again."""
    first = {correction.attribute: correction for correction in reversed(corrections)}
    return first, [correction for correction in corrections if first[correction.attribute] is not correction]


def _with_needless(corrected: Corrected, needless: Iterable[Correction]) -> Corrected:
    problems = (_problem("needless_correction", correction) for correction in needless)
    return replace(corrected, problems=(*corrected.problems, *problems))


def _refused(
    cause: str, corrections: Iterable[Correction], as_it_was: tuple[Observation, ...], why: str = ""
) -> Corrected:
    return Corrected(as_it_was, (), tuple(_problem(cause, x, why) for x in corrections))


def _contradict(corrections: Iterable[Correction]) -> bool:
    """Return whether lines that mean one row ask for different things."""
    asked: dict[str, Value] = {}
    differ = any(asked.setdefault(x.attribute, x.value) != x.value for x in corrections)
    return differ or (DROP in asked and len(asked) > 1)


def _misfit(seen: Observation) -> str:
    """Return what a row holds that its kind cannot have, nothing where all is well."""
    wrong = [
        name for name in ("unit", "basis", "stage") if not fits_kind(seen.kind, name, getattr(seen, name))
    ]
    return "，".join(f"{seen.kind} 不能有 {name} {written(getattr(seen, name))}" for name in wrong)


def _dropped(seen: Observation, correction: Correction) -> Corrected:
    change = _change(correction, DROP, row_words(seen), "")
    why = f"{correction.reason}（{correction.who}，{correction.when}）"
    problem = _problem("dropped_by_correction", correction, why)
    return Corrected((), (seen._replace(changes=(change,)),), (problem,))


def _changed(seen: Observation, lines: Mapping[str, Correction]) -> tuple[Observation, list[Correction]]:
    """Return a row with what its corrections change, and those that say what it says anyway."""
    needed = {name: x for name, x in lines.items() if getattr(seen, name) != x.value}
    needless = [x for name, x in lines.items() if name not in needed]
    values = {name: x.value for name, x in needed.items()}
    implied = _implied(seen, values)
    authors = needed | dict.fromkeys(implied, needed.get("kind"))
    after = values | implied
    changes = [
        _change(authors[name], name, written(getattr(seen, name)), written(after[name]))
        for name in ATTRIBUTES
        if name in after
    ]
    reasons = (*_untouched(seen, after), *map(_reason, changes))
    corrected = seen._replace(**after, changes=tuple(changes), reasons=reasons)
    return corrected, needless


def brought_by_kind(kind: Kind, held: Mapping[str, Value]) -> dict[str, Value]:
    """Return what a new kind brings to a row that holds these: its one unit, no basis or stage that it cannot have.

    >>> brought_by_kind(Kind.PROJECT_COUNT, {"unit": "家", "basis": None, "stage": None})
    {'unit': 'project'}
    """
    changeable = ("basis", "stage", *(["unit"] if kind in FIXED_UNITS else []))
    return {
        name: FIXED_UNITS[kind] if name == "unit" else None
        for name in changeable
        if name in held and not fits_kind(kind, name, held[name])
    }


def _implied(seen: Observation, values: Mapping[str, Value]) -> dict[str, Value]:
    if "kind" not in values:
        return {}
    open_columns = {name: getattr(seen, name) for name in ("unit", "basis", "stage") if name not in values}
    return brought_by_kind(Kind(values["kind"]), open_columns)


def _untouched(seen: Observation, after: Mapping[str, Value]) -> list[Reason]:
    return [reason for reason in seen.reasons if reason.attribute not in after]


def _change(correction: Correction, column: str, old: str, new: str) -> Change:
    return Change(column, old, new, correction.reason, correction.who, correction.when)


def _reason(change: Change) -> Reason:
    return Reason(change.column, f"corrected by {change.who} on {change.when}: {change.reason}", change.old)


def row_words(seen: Observation) -> str:
    """Return a row in short, as the list of corrections tells of one dropped or added."""
    return " ".join((str(seen.kind), written(seen.value), seen.unit, seen.indicator))


# A row where there was none.


def _addition(bare: Observation, corrections: Sequence[Correction], local_currency: str) -> Corrected:
    """Return the row that corrections add, none where it cannot be."""
    if _contradict(corrections):
        return _refused("contradictory_correction", corrections, ())
    lines, repeated = _once(corrections)
    row = _added(bare, lines, local_currency)
    if misfit := _misfit(row):
        return _refused("unfit_correction", corrections, (), misfit)
    return _with_needless(Corrected((row,)), repeated)


def _bare_row(article: str, text: str, place: Span) -> Observation:
    """Return a row that says no more than where its figure stands."""
    sentences = (sentence for paragraph in split_paragraphs(text) for sentence in paragraph.sentences)
    around = next((s for s in sentences if s.start <= place.start and place.end <= s.end), place)
    return Observation(
        article=article,
        kind=Kind.COUNT,
        value=Decimal(0),
        unit="",
        bound=Bound.EXACT,
        indicator="",
        subject=None,
        place=None,
        period=None,
        basis=None,
        status=Status.ACTUAL,
        stage=None,
        start=place.start,
        end=place.end,
        text=text[place.start : place.end],
        sentence=text[around.start : around.end],
        rule=ADDED,
        confidence=Confidence.HIGH,
    )


def _added(bare: Observation, lines: Mapping[str, Correction], local_currency: str) -> Observation:
    """Return the row that corrections add: what they say, and what its figure says of itself."""
    given = {name: line.value for name, line in lines.items()}
    figure = re.sub(r"\s", "", bare.text)
    whole = told_by_figure(figure, Kind(given["kind"]), local_currency) | given
    row = bare._replace(**whole)
    change = _change(lines["kind"], ADD, "", row_words(row))
    reasons = [_reason(_change(line, name, "", written(line.value))) for name, line in lines.items()]
    return row._replace(changes=(change,), reasons=tuple(reasons))
