"""The columns of every table: name, type, what each says and may hold; and how they are published, as a Data Package.

The types of the DataFrames, the checks and the Table Schema are all worked out from here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from helpers.dateline import DatedBy
from helpers.observation import EDTF, Basis, Bound, Confidence, Kind, Stage, Status


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
        "How the value stands to the figure as written: 约 is about, 超 or 以上 at_least",
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
    Field(
        "dated_by",
        "string",
        "Whether that is stated or inferred from the times in its text",
        required=False,
        enum=DatedBy,
    ),
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

COPY_FIELDS = tuple(field for field in ARTICLE_FIELDS if field.name in ("article", "duplicate_of"))

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


def typed(columns: dict[str, list], fields: tuple[Field, ...]) -> pd.DataFrame:
    """Return a DataFrame whose types are those of the fields also where it has no rows."""
    return pd.DataFrame({field.name: pd.Series(columns[field.name], dtype=field.dtype) for field in fields})


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
