"""Rows → the key numbers at the head of a page, each a link to the sentence that states it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from itertools import zip_longest

import pandas as pd

from helpers.charts.findings import actual, ranked, without_repeats
from helpers.fragment import Fragment, joined, markup
from helpers.observation import CORE_KINDS
from helpers.wording import (
    BASIS_WORDS,
    KIND_WORDS,
    full_measure_words,
    is_missing,
    period_words,
    say,
    value_words,
)

FOREMOST = (*(str(kind) for kind in CORE_KINDS), "completion_rate")
BESIDES = ("amount", "count", "share", "quantity")


def key_figures(rows: pd.DataFrame, number: int = 6) -> Fragment:
    """Return the numbers that stand out: the largest of each kind, the core kinds first."""
    chosen = key_rows(rows, number)
    if chosen.empty:
        return Fragment(markup('<p class="zb-empty">{}</p>', say("没有找到任何数字。")))
    return Fragment(
        markup(
            '<ul class="zb-keys" id="key-figures">{}</ul>',
            joined(map(_key_figure, chosen.to_dict("records"))),
        )
    )


def key_rows(rows: pd.DataFrame, number: int) -> pd.DataFrame:
    """Return the rows to show: the largest of each foremost kind in turn, other kinds only where these are few."""
    kinds = [*FOREMOST, *BESIDES]
    picked = [*_in_turn(rows, FOREMOST), *_in_turn(rows, BESIDES)][:number]
    return rows.loc[sorted(picked, key=lambda index: kinds.index(rows.at[index, "kind"]))]


def _in_turn(rows: pd.DataFrame, kinds: Sequence[str]) -> list[Hashable]:
    """Return the rows' indices: the largest of each kind, then the second of each, and so on."""
    ranked = [list(_ranked(without_repeats(rows, kind)).index) for kind in kinds]
    return [index for rank in zip_longest(*ranked) for index in rank if index is not None]


def _ranked(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows from the largest down; those that are only planned do not count where others are."""
    if rows.empty:
        return rows
    pool = actual(rows) if not actual(rows).empty else rows
    return ranked(pool).drop_duplicates("value")


def _key_figure(row: dict) -> object:
    about = say("·").join(_about(row))
    return markup(
        '<li class="zb-{kind}"><a href="{link}" data-row="{row}"><span class="zb-topic">{topic}</span>'
        '<strong>{value}</strong><span class="zb-measure">{measure}</span><span class="zb-about">{about}</span></a></li>',
        kind=row["kind"],
        link=row.get("link") or f"#r-{row['row']}",
        row=row["row"],
        topic=say(KIND_WORDS[row["kind"]]),
        value=value_words(row),
        measure=full_measure_words(row),
        about=about,
    )


def _about(row: dict) -> Iterator[str]:
    if words := period_words(row["period"]):
        yield words
    if not is_missing(row["basis"]) and row["basis"] != "unspecified":
        yield say(BASIS_WORDS[row["basis"]])
    if row["status"] == "planned":
        yield say("计划")
