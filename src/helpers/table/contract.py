"""A table → nothing where it keeps the contract of its columns, else the first row that breaks it, and how."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd

from helpers.observation import BASES, STAGED_KINDS, UNITS
from helpers.table.schema import OBSERVATION_FIELDS, Field

if TYPE_CHECKING:
    from helpers.extract import Extraction


class TableError(Exception):
    """A table that breaks its contract; the message names article and cause in one line."""


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
