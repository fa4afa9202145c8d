"""A line of corrections.csv → a Correction: one column of one row, or a whole row, as a person says it should be.

Here is what such a line may say; correct.py carries it out. Nothing here touches the disk.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from types import MappingProxyType

from helpers.labels import (
    BASIS_WORDS,
    BOUND_LABELS,
    CURRENCY_WORDS,
    FORMER_BOUND_LABELS,
    KIND_WORDS,
    STAGE_WORDS,
    STATUS_WORDS,
)
from helpers.mentions.numeral import parse_numeral
from helpers.mentions.quantity import LOCAL_CURRENCY, find_quantities
from helpers.observation import FIXED_UNITS, Basis, Bound, Kind, Stage, Status, fits_kind, is_period
from helpers.quotation import Quotation
from helpers.spreadsheet import as_meant, disarmed

COLUMNS = ("article", "figure", "before", "after", "column", "value", "reason", "who", "when")
ATTRIBUTES = (
    "kind", "value", "unit", "bound", "indicator", "subject", "place", "period", "basis", "status", "stage",
)  # fmt: skip
MAY_BE_EMPTY = ("subject", "place", "period", "basis", "stage")
ADD, DROP = "add", "drop"

Value = Kind | Bound | Basis | Status | Stage | Decimal | str | None


class CorrectionError(ValueError):
    """A line that says nothing that can be carried out; the message names line, column and cause."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One line: of which figure of which article, which column holds what, who says so, why and when.

    `column` is an attribute of the contract, `drop` for a figure that should be no row, or `add` for one that has
    none: its value is the kind then. `line` is its number in the file, 0 where it comes from none.
    """

    article: str
    quotation: Quotation
    column: str
    value: Value
    reason: str
    who: str
    when: str
    line: int = 0

    @property
    def attribute(self) -> str:
        """The attribute that it sets: a row that is added is given its kind."""
        return "kind" if self.column == ADD else self.column


# Values, as codes of the contract or in the words of the reports.

ENUMS: Mapping[str, tuple[type[StrEnum], Mapping[str, str]]] = MappingProxyType(
    {
        "kind": (Kind, KIND_WORDS),
        ADD: (Kind, KIND_WORDS),
        "bound": (Bound, BOUND_LABELS),
        "basis": (Basis, BASIS_WORDS),
        "status": (Status, STATUS_WORDS),
        "stage": (Stage, STAGE_WORDS),
    }
)
_CURRENCY_CODES = {word: code for code, word in CURRENCY_WORDS.items()} | {"新台币": "TWD", "新台币元": "TWD"}


def parse_value(column: str, text: str) -> Value:
    """Return what a column holds after a correction, None for an empty one; CorrectionError if it may not.

    >>> parse_value("stage", "签约"), parse_value("value", "1.5亿"), parse_value("subject", "")
    (<Stage.SIGNED: 'signed'>, Decimal('150000000.0'), None)
    """
    text = text.strip()
    if column == DROP:
        return None
    if not text and column in MAY_BE_EMPTY:
        return None
    if not text:
        raise CorrectionError(f"column {column!r} may not be empty")
    if column in ENUMS:
        return _parse_code(column, text)
    if column == "value":
        return _parse_number(text)
    if column == "period" and not is_period(text):
        raise CorrectionError(f"period is {text!r}, not a time like 2023, 2023-07 or 2023-01/2023-06")
    return _CURRENCY_CODES.get(text, text) if column == "unit" else text


def _parse_code(column: str, text: str) -> StrEnum:
    enum, words = ENUMS[column]
    codes = FORMER_BOUND_LABELS | {word: code for code, word in words.items()}
    for known in (codes.get(text), text.lower().replace(" ", "_"), codes.get(_simplified(text))):
        if known in set(enum):
            return enum(known)
    raise CorrectionError(
        f"{column} is {text!r}, none of " + ", ".join(f"{code} {words[code]}" for code in enum)
    )


def _simplified(text: str) -> str:
    """Return a label in simplified characters: 簽約, as a report in traditional ones has it."""
    from opencc import OpenCC  # only for who writes so: it takes a moment to load

    return OpenCC("t2s").convert(text)


def _parse_number(text: str) -> Decimal:
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation:
        number = parse_numeral(text)
    if number is None or not math.isfinite(number):
        raise CorrectionError(f"value is {text!r}, not a number")
    return number


def written(value: Value) -> str:
    """Return a value as the table writes it, an empty text for None.

    >>> written(Decimal("121856000000.00")), written(Stage.SIGNED), written(None)
    ('121856000000', 'signed', '')
    """
    if value is None:
        return ""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


# Lines.


def parse_corrections(rows: Iterable[tuple[int, Mapping[str, str]]]) -> tuple[Correction, ...]:
    """Return what numbered lines say, cells by column; CorrectionError at the first that is broken."""
    corrections = tuple(_parse_line(line, row) for line, row in rows)
    _refuse_contradictions(corrections)
    _refuse_incomplete_additions(corrections)
    return corrections


def line_to_fill_in(article: str, quotation: Quotation) -> str:
    """Return a line of corrections.csv that says which figure it is for, all else left to be filled in.

    >>> line_to_fill_in("a", Quotation("12个", "签约项目", "，总投资"))
    'a,12个,签约项目,，总投资,,,,,'
    """
    return csv_line([article, quotation.figure, quotation.before, quotation.after, *[""] * 5])


def corrections_text(corrections: Iterable[Correction]) -> str:
    """Return a whole corrections.csv, with the mark at its head that lets Excel show Chinese."""
    head = "\ufeff" + csv_line(COLUMNS)
    return "\n".join([head, *map(_line, corrections), ""])


def _line(one: Correction) -> str:
    place = (one.article, one.quotation.figure, one.quotation.before, one.quotation.after)
    return csv_line([*place, one.column, written(one.value), one.reason, one.who, one.when])


def csv_line(cells: Sequence[str]) -> str:
    """Return cells as one line of CSV, quoted where needed, none of them a formula."""
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow([disarmed(cell) for cell in cells])
    return line.getvalue()


def _parse_line(line: int, row: Mapping[str, str]) -> Correction:
    cells = {name: as_meant(row[name]) for name in COLUMNS}
    column = cells["column"].strip()
    try:
        for name in ("article", "figure", "column", "reason", "who"):
            if not cells[name].strip():
                raise CorrectionError(f"column {name!r} may not be empty")
        if column not in (*ATTRIBUTES, ADD, DROP):
            raise CorrectionError(f"column is {column!r}, none of {', '.join((*ATTRIBUTES, ADD, DROP))}")
        quotation = Quotation(cells["figure"].strip(), cells["before"], cells["after"])
        value, when = parse_value(column, cells["value"]), _parse_date(cells["when"])
    except CorrectionError as error:
        raise CorrectionError(f"line {line}: {error}") from None
    reason, who = (" ".join(cells[name].split()) for name in ("reason", "who"))
    return Correction(cells["article"].strip(), quotation, column, value, reason, who, when, line)


def _parse_date(text: str) -> str:
    """Return a date as EDTF, also where a spreadsheet has written it its own way: 2026/3/5."""
    found = re.fullmatch(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?", text.strip())
    day = "-".join(part.zfill(2) for part in found.groups() if part) if found else ""
    if not is_period(day):
        raise CorrectionError(f"when is {text!r}, not a date like 2026-03-05")
    return day


def _refuse_contradictions(corrections: Iterable[Correction]) -> None:
    said: dict[tuple, Correction] = {}
    whole: dict[tuple, Correction] = {}
    for correction in corrections:
        figure = (correction.article, correction.quotation)
        earlier = said.setdefault((*figure, correction.attribute), correction)
        first = whole.setdefault(figure, correction)
        if earlier.value != correction.value or (first.column == DROP) != (correction.column == DROP):
            other = earlier if earlier.value != correction.value else first
            raise CorrectionError(
                f"line {correction.line}: contradicts line {other.line} on {correction.quotation.figure!r}"
            )


def _refuse_incomplete_additions(corrections: Iterable[Correction]) -> None:
    """Stop where a row that is to be added lacks what neither its figure nor the contract gives."""
    given: dict[tuple, dict[str, Correction]] = {}
    for correction in corrections:
        given.setdefault((correction.article, correction.quotation), {})[correction.attribute] = correction
    for lines in given.values():
        kind = lines.get("kind")
        if kind is not None and kind.column == ADD:
            for column in missing_of_addition(kind, {name: line.value for name, line in lines.items()}):
                raise CorrectionError(
                    f"line {kind.line}: adds {kind.quotation.figure!r}, but no line gives its {column!r}"
                )


def missing_of_addition(addition: Correction, given: Mapping[str, Value]) -> list[str]:
    """Return the columns that a row to be added needs and has from nowhere."""
    known = {**told_by_figure(addition.quotation.figure, Kind(addition.value)), **given}
    return [column for column in ("indicator", "value", "unit") if column not in known]


def told_by_figure(figure: str, kind: Kind, local_currency: str = "CNY") -> dict[str, Value]:
    """Return what a figure of a kind says of itself: its value and its unit, as far as it does.

    >>> told_by_figure("12.5亿元", Kind.INVESTMENT)
    {'value': Decimal('1250000000.0'), 'unit': 'CNY'}
    """
    told: dict[str, Value] = {"unit": FIXED_UNITS[kind]} if kind in FIXED_UNITS else {}
    found = find_quantities(figure)
    if len(found) != 1:
        return told
    unit = local_currency if found[0].unit == LOCAL_CURRENCY else found[0].unit
    return {"value": found[0].value} | ({"unit": unit} if fits_kind(kind, "unit", unit) else {}) | told
