"""A large set → which of its articles get pages of their own, and on which page of rows each row stands.

The overview of a set shows all its rows while they are few. Of many they would make it slow to open: then the rows
stand on pages beside it, by kind and place, each complete without a script.
"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from helpers.page.links import article_of, page_link, proof_link
from helpers.wording import KIND_WORDS

SHOWN_AT_ONCE = 1000  # rows
ROWS_A_PAGE = 500
ARTICLE_PAGES = 200
LISTED = 200  # articles


class RowPage(NamedTuple):
    """One page of rows: its file within the site, without ending, and its place among those of its kind."""

    file: str
    kind: str
    number: int
    of: int
    rows: pd.DataFrame


def with_most_figures(articles: pd.DataFrame, limit: int) -> pd.DataFrame:
    """Return the articles with the most figures, in their own order."""
    chosen = articles.sort_values("observations", ascending=False, kind="stable").head(limit)
    return chosen.sort_index()


def articles_with_pages(articles: pd.DataFrame, limit: int = ARTICLE_PAGES) -> frozenset[str]:
    """Return the articles that get a page: those with the most figures, and the originals of those that are copies."""
    chosen = with_most_figures(articles, limit)
    return frozenset(chosen["article"]) | frozenset(chosen["duplicate_of"].dropna())


def row_pages(rows: pd.DataFrame) -> list[RowPage]:
    """Return the rows by kind, then by place; no page where the overview has room for all of them."""
    if len(rows) <= SHOWN_AT_ONCE:
        return []
    ordered = rows.sort_values(["place_code", "place"], kind="stable", na_position="last")
    return [page for kind in KIND_WORDS for page in _pages_of(kind, ordered[ordered["kind"] == kind])]


def _pages_of(kind: str, rows: pd.DataFrame) -> list[RowPage]:
    starts = range(0, len(rows), ROWS_A_PAGE)
    return [
        RowPage(f"rows/{kind}-{number:03}", kind, number, len(starts), rows.iloc[start : start + ROWS_A_PAGE])
        for number, start in enumerate(starts, 1)
    ]


def links_of_rows(rows: pd.DataFrame, with_page: frozenset[str], full_text: str) -> list[str]:
    """Return for each row the link to its proof: on its article's page, else to the row itself with its sentence."""
    files = {row: page.file for page in row_pages(rows) for row in page.rows["row"]}
    return [
        page_link(article_of(row)) + proof_link(row, full_text)
        if article_of(row) in with_page
        else f"{files[row]}.html#r-{row}"
        if files
        else f"#r-{row}"
        for row in rows["row"]
    ]
