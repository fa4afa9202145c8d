"""Observations → the tidy table: one row a figure, one column a variable, its schema, its repeats.

The contract of the columns stands here once, in OBSERVATION_FIELDS; the types of the DataFrame, the
checks and the published Table Schema are all worked out from it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import pandas as pd

from helpers.correction import ADD
from helpers.mentions.place import place_code
from helpers.observation import (
    BASES,
    EDTF,
    STAGED_KINDS,
    UNITS,
    Basis,
    Bound,
    Change,
    Confidence,
    Kind,
    Observation,
    Stage,
    Status,
)

if TYPE_CHECKING:
    from helpers.extract import Extraction


class TableError(Exception):
    """A table that breaks its contract; the message names article and cause in one line."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its name, its Table Schema type, what it says, and what it may hold."""

    name: str
    type: str
    description: str
    required: bool = True
    enum: type[StrEnum] | None = None
    pattern: str | None = None

    @property
    def dtype(self) -> str:
        """The pandas type of the column."""
        return {"number": "float64", "integer": "int64"}.get(self.type, "str")

    def schema(self) -> dict:
        """Return the field as Table Schema describes one."""
        constraints = {"required": self.required}
        if self.enum:
            constraints["enum"] = [str(value) for value in self.enum]
        if self.pattern:
            constraints["pattern"] = self.pattern
        return {
            "name": self.name,
            "type": self.type,
            "description": self.description,
            "constraints": constraints,
        }


OBSERVATION_FIELDS = (
    Field("article", "string", "The article's identifier: its file name without the ending"),
    Field("kind", "string", "What sort of figure it is", enum=Kind),
    Field("value", "number", "The value in the base unit: percent, whole currency units, things counted"),
    Field(
        "unit",
        "string",
        "percent, percentage_point, an ISO 4217 code, project, or the measure word as written",
    ),
    Field(
        "bound",
        "string",
        "How the value stands to the figure as written: 约 is about, 超 at_least",
        enum=Bound,
    ),
    Field("indicator", "string", "What is measured, as a noun phrase from the text"),
    Field(
        "subject", "string", "The named thing it is about, where that is not simply the place", required=False
    ),
    Field("place", "string", "The area or park that the figure is stated for", required=False),
    Field(
        "period", "string", "The time that the figure covers (EDTF, ISO 8601-2)", required=False, pattern=EDTF
    ),
    Field("basis", "string", "What a rate or difference is measured against", required=False, enum=Basis),
    Field("status", "string", "Whether it has come about or is only intended", enum=Status),
    Field("stage", "string", "Where in their life the projects stand", required=False, enum=Stage),
    Field("start", "integer", "Where the figure begins in the cleaned text"),
    Field("end", "integer", "Where it ends: text[start:end] is the figure"),
    Field("text", "string", "The figure as written"),
    Field("sentence", "string", "The sentence that states it"),
    Field("rule", "string", "The rule that found the row"),
    Field("confidence", "string", "How directly the text states the row's attributes", enum=Confidence),
    Field("row", "string", "The row's identifier: article and running number"),
    Field(
        "repeat_of",
        "string",
        "The row that states this figure first, of this article or of the one that it is a copy of",
        required=False,
    ),
    Field(
        "place_code", "string", "The area's code after GB/T 2260, where the place is known", required=False
    ),
    Field("corrected", "string", "What a person has corrected: column, old → new", required=False),
)

ARTICLE_FIELDS = (
    Field("article", "string", "The article's identifier: its file name without the ending"),
    Field("title", "string", "Its title", required=False),
    Field("source", "string", "Who published it", required=False),
    Field("url", "string", "Where it was published", required=False),
    Field("author", "string", "Who wrote it", required=False),
    Field("editor", "string", "Who edited it", required=False),
    Field("published", "string", "When it was published (EDTF)", required=False, pattern=EDTF),
    Field("place", "string", "The area that it is about where its text does not say", required=False),
    Field("region", "string", "CN, HK, MO or TW: whose currency a bare 元 is"),
    Field(
        "duplicate_of",
        "string",
        "The article that it is a copy of: of those alike the one published first, then the longest",
        required=False,
    ),
    Field("characters", "integer", "The length of the cleaned text"),
    Field("observations", "integer", "How many rows it has in the table of observations"),
    Field("repairs", "integer", "How many repairs cleaning made"),
    Field("text", "string", "The cleaned text"),
)

PROBLEM_FIELDS = (
    Field("article", "string", "The article or file that it concerns"),
    Field("cause", "string", "A short stable code: empty, undecodable, damaged_figure …"),
    Field("detail", "string", "What is the matter, in a line for people"),
)

CORRECTION_FIELDS = (
    Field("article", "string", "The article that it corrects"),
    Field("row", "string", "The row that it corrects, nothing where it drops one", required=False),
    Field("figure", "string", "The figure as written"),
    Field("column", "string", "The column corrected; add or drop where it is the whole row"),
    Field("old", "string", "What the column held before, nothing where it was empty", required=False),
    Field("new", "string", "What it holds now, nothing where it is empty", required=False),
    Field("reason", "string", "Why"),
    Field("who", "string", "Who says so"),
    Field("when", "string", "Since when (EDTF)", pattern=EDTF),
)

OBSERVATION_COLUMNS = tuple(field.name for field in OBSERVATION_FIELDS)
NO_COPIES: Mapping[str, str] = MappingProxyType({})


# Observations → rows.


def observation_table(
    observations: Iterable[Observation], copies: Mapping[str, str] = NO_COPIES
) -> pd.DataFrame:
    """Return one row an observation, by article and place in its text, with row ids and repeats marked.

    `copies` says of each article that is a copy which one is its original.
    """
    ordered = in_order(observations)
    columns = {
        field.name: [getattr(seen, field.name, None) for seen in ordered] for field in OBSERVATION_FIELDS
    }
    columns["row"] = row_ids(columns["article"])
    columns["repeat_of"] = repeats(ordered, columns["row"], copies)
    columns["place_code"] = [place_code(seen.place) for seen in ordered]
    columns["corrected"] = [changes_in_words(seen) for seen in ordered]
    return typed(columns, OBSERVATION_FIELDS)


def in_order(observations: Iterable[Observation]) -> list[Observation]:
    """Return the observations in the order of the table's rows: by article, then by place in its text."""
    return sorted(observations, key=lambda seen: (seen.article, seen.start, seen.end))


def article_table(extractions: Iterable[Extraction], copies: Mapping[str, str] = NO_COPIES) -> pd.DataFrame:
    """Return one row an article: what is known of it, how much was found in it, its cleaned text."""
    rows = [_article_row(extraction, copies) for extraction in extractions]
    return typed({field.name: [row[field.name] for row in rows] for field in ARTICLE_FIELDS}, ARTICLE_FIELDS)


def _article_row(extraction: Extraction, copies: Mapping[str, str]) -> dict[str, object]:
    article, clean, dateline = extraction.article, extraction.clean, extraction.dateline
    return {
        "article": article.id,
        "title": article.title or dateline.title or clean.byline.title,
        "source": article.source or clean.byline.source,
        "url": article.url,
        "author": clean.byline.author,
        "editor": clean.byline.editor,
        "published": dateline.published,
        "place": dateline.place,
        "region": dateline.region,
        "duplicate_of": copies.get(article.id),
        "characters": len(clean.text),
        "observations": len(extraction.observations),
        "repairs": len(clean.repairs),
        "text": clean.text,
    }


def problem_table(problems: Iterable) -> pd.DataFrame:
    """Return one row a problem, in the order given."""
    problems = list(problems)
    return typed({f.name: [getattr(p, f.name) for p in problems] for f in PROBLEM_FIELDS}, PROBLEM_FIELDS)


def changes_in_words(seen: Observation) -> str | None:
    """Return what people have corrected of a row, None where they have corrected nothing."""
    return "; ".join(map(_change_in_words, seen.changes)) or None


def _change_in_words(change: Change) -> str:
    return "added" if change.column == ADD else f"{change.column}: {change.old or '–'} → {change.new or '–'}"


def correction_table(extractions: Iterable[Extraction]) -> pd.DataFrame:
    """Return one row a correction made, in the order of the texts: what was, what is, why, by whom and when."""
    rows = [row for extraction in extractions for row in _correction_rows(extraction)]
    return typed({f.name: [row[f.name] for row in rows] for f in CORRECTION_FIELDS}, CORRECTION_FIELDS)


def _correction_rows(extraction: Extraction) -> Iterator[dict[str, object]]:
    if not extraction.article.corrections:
        return
    rows = in_order(extraction.observations)
    ids = dict(zip(rows, row_ids(seen.article for seen in rows), strict=True))
    for seen in in_order([*rows, *extraction.dropped]):
        for change in seen.changes:
            yield {
                **{f.name: getattr(change, f.name, None) or None for f in CORRECTION_FIELDS},
                "article": seen.article,
                "row": ids.get(seen),
                "figure": seen.text,
            }


def typed(columns: dict[str, list], fields: tuple[Field, ...]) -> pd.DataFrame:
    """Return a DataFrame whose types are those of the fields also where it has no rows."""
    return pd.DataFrame({field.name: pd.Series(columns[field.name], dtype=field.dtype) for field in fields})


def row_ids(articles: Iterable[str]) -> list[str]:
    """Return an id a row: its article and its running number there.

    >>> row_ids(["a", "a", "b"])
    ['a-001', 'a-002', 'b-001']
    """
    numbers: dict[str, int] = {}
    ids = []
    for article in articles:
        numbers[article] = numbers.get(article, 0) + 1
        ids.append(f"{article}-{numbers[article]:03}")
    return ids


# A figure told again: in title and text, in a caption, in a second copy, or by a copy of the article.

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


# The contract, checked.


def check_observations(df: pd.DataFrame) -> None:
    """Raise TableError, naming article and cause, for the first row that breaks the contract."""
    check_fields(df, OBSERVATION_FIELDS)
    for cause, wrong in OBSERVATION_CHECKS.items():
        _refuse(df, wrong(df), cause)


def check_fields(df: pd.DataFrame, fields: tuple[Field, ...]) -> None:
    """Raise TableError where a column is missing, of another type, or holds what it may not."""
    for field in fields:
        if field.name not in df.columns:
            raise TableError(f"column {field.name!r} is missing")
        column = df[field.name]
        if str(column.dtype) != field.dtype:
            raise TableError(f"column {field.name!r} is of type {column.dtype}, not {field.dtype}")
        if field.required:
            _refuse(df, column.isna(), f"{field.name} is empty")
        if field.enum:
            values = [str(value) for value in field.enum]
            _refuse(df, column.notna() & ~column.isin(values), f"{field.name} is none of {', '.join(values)}")
        if field.pattern:
            _refuse(
                df,
                column.notna() & ~column.str.fullmatch(field.pattern, na=False),
                f"{field.name} is malformed",
            )


def check_spans(extraction: Extraction) -> None:
    """Raise TableError unless every figure stands in the cleaned text where its row says."""
    text = extraction.clean.text
    for seen in extraction.observations:
        if text[seen.start : seen.end] != seen.text:
            raise TableError(f"{seen.article}: text[{seen.start}:{seen.end}] is not {seen.text!r}")


def _refuse(df: pd.DataFrame, wrong: pd.Series, cause: str) -> None:
    if wrong.any():
        row = df[wrong].iloc[0]
        what = row.get("row") or row.get("text")
        raise TableError(f"{row.get('article')}: {cause} (row {what})")


def _without_value(df: pd.DataFrame) -> pd.Series:
    return df["value"].abs() == float("inf")


def _with_wrong_span(df: pd.DataFrame) -> pd.Series:
    return (df["start"] < 0) | (df["end"] - df["start"] != df["text"].str.len()) | (df["text"] == "")


def _with_foreign_sentence(df: pd.DataFrame) -> pd.Series:
    pairs = zip(df["text"], df["sentence"], strict=True)
    return pd.Series([text not in sentence for text, sentence in pairs], index=df.index, dtype=bool)


def _with_wrong_unit(df: pd.DataFrame) -> pd.Series:
    pairs = zip(df["kind"], df["unit"], strict=True)
    wrong = [re.fullmatch(UNITS.get(kind, r"(?s).+"), unit) is None for kind, unit in pairs]
    return pd.Series(wrong, index=df.index, dtype=bool)


def _with_wrong_basis(df: pd.DataFrame) -> pd.Series:
    pairs = zip(df["kind"], df["basis"], strict=True)
    wrong = [basis == basis and basis not in BASES.get(kind, ()) for kind, basis in pairs]
    return pd.Series(wrong, index=df.index, dtype=bool)


def _with_wrong_stage(df: pd.DataFrame) -> pd.Series:
    return df["stage"].notna() & ~df["kind"].isin([str(kind) for kind in STAGED_KINDS])


OBSERVATION_CHECKS: dict[str, Callable[[pd.DataFrame], pd.Series]] = {
    "value is not finite": _without_value,
    "start and end do not span the text": _with_wrong_span,
    "the sentence does not hold the figure": _with_foreign_sentence,
    "the unit is none that the kind has": _with_wrong_unit,
    "the basis is none that the kind has": _with_wrong_basis,
    "a stage is said of something other than projects": _with_wrong_stage,
    "the row id is not unique": lambda df: df["row"].duplicated(),
}


# What is published of the tables.


def table_schema(fields: tuple[Field, ...] = OBSERVATION_FIELDS, key: str = "row") -> dict:
    """Return the Table Schema of a table with these fields."""
    return {"fields": [field.schema() for field in fields], "primaryKey": key, "missingValues": [""]}


def _without_key(fields: tuple[Field, ...]) -> dict:
    return {key: value for key, value in table_schema(fields).items() if key != "primaryKey"}


def data_package(
    name: str, further: Mapping[str, tuple[Field, ...]] | None = None, derived: tuple[Field, ...] = ()
) -> dict:
    """Return the Data Package descriptor of the tables of an article set; the same for the same name.

    `further` names the tables that are made from these, with their fields; `derived` are the columns that follow
    those of the observations.
    """
    observations = table_schema((*OBSERVATION_FIELDS, *derived))
    observations["foreignKeys"] = [
        {"fields": "article", "reference": {"resource": "articles", "fields": "article"}},
        {"fields": "repeat_of", "reference": {"resource": "", "fields": "row"}},
    ]
    articles = table_schema(ARTICLE_FIELDS, "article")
    articles["foreignKeys"] = [{"fields": "duplicate_of", "reference": {"resource": "", "fields": "article"}}]
    problems, corrections = _without_key(PROBLEM_FIELDS), _without_key(CORRECTION_FIELDS)
    corrections["foreignKeys"] = [
        {"fields": "row", "reference": {"resource": "observations", "fields": "row"}},
    ]
    return {
        "profile": "tabular-data-package",
        "name": re.sub(r"[^a-z0-9._-]+", "-", name.lower()).strip("-") or "articles",
        "title": name,
        "description": "Figures that Chinese news articles state, one row a figure, with all that is said of it. "
        + SPREADSHEET_NOTE,
        "resources": [
            _resource("articles", articles),
            _resource("observations", observations),
            _resource("problems", problems),
            _resource("corrections", corrections),
            *(_resource(table, _without_key(fields)) for table, fields in (further or {}).items()),
        ],
    }


SPREADSHEET_NOTE = (
    "In the CSV files a text that begins with = + - @ or a tab and is no plain number has an apostrophe before "
    "it, so that a spreadsheet does not take it for a formula; the Parquet files hold the texts as they are."
)


def _resource(name: str, schema: dict) -> dict:
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }
