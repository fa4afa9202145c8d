"""An article set, or one article of it, opened for a notebook: its rows, each with the link to its proof."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from helpers.article import read_article
from helpers.clean.furniture import REPORTERS
from helpers.correction import line_to_fill_in
from helpers.dateline import DatedBy
from helpers.page.links import FULL_TEXT, article_of, neighbour_link, proof_link
from helpers.page.paging import ARTICLE_PAGES, articles_with_pages, links_of_rows
from helpers.paths import NOTEBOOKS, ROOT
from helpers.quotation import quote
from helpers.rates import LOCAL, NO_RATES, Rates, read_rates
from helpers.segment import Span
from helpers.spreadsheet import as_meant
from helpers.table import article_table, correction_table, observation_table, problem_table
from helpers.table.derived import with_derived
from helpers.wording import is_missing, period_words, say, set_language
from helpers.wording import language as chosen_language

if TYPE_CHECKING:
    from helpers.clean import Repair


BARS = " \t\r\n|｜丨"  # what scraped pages leave before the first words
# Problems whose detail quotes the sentence.
QUOTING = ("damaged_figure", "no_kind", "no_indicator", "set_aside")
OPENING = 18  # characters that stand for a title where there is none


@dataclass(frozen=True)
class OpenArticle:
    """One article with what was found in it."""

    id: str
    about: dict[str, object]  # the article's row of the article table
    text: str
    rows: pd.DataFrame
    repairs: tuple[Repair, ...]
    damaged: tuple[tuple[int, int], ...]
    problems: pd.DataFrame
    full_text: str = "full"
    corrections: pd.DataFrame = field(default_factory=lambda: correction_table([]))
    original: Mapping[str, object] | None = None  # the article that it is a copy of, where it is one
    rates: Rates = NO_RATES

    @property
    def text_language(self) -> str:
        """The language tag of the article's text as it is shown."""
        return "zh-Hant" if chosen_language() == "zh-Hant" else "zh-CN"


@dataclass(frozen=True)
class OpenSet:
    """An article set with what was found in it."""

    name: str
    articles: pd.DataFrame
    rows: pd.DataFrame
    problems: pd.DataFrame
    corrections: pd.DataFrame = field(default_factory=lambda: correction_table([]))
    rates: Rates = NO_RATES
    with_page: frozenset[str] = frozenset()  # the articles that have a page of their own

    @property
    def copies(self) -> int:
        """How many of the articles are copies of others."""
        return int(self.articles["duplicate_of"].notna().sum())


def title_of(about: Mapping[str, object]) -> str:
    """Return an article's title; where none is known, the words its text opens with, reporters aside, else its id.

    >>> text = "本报记者 张三 衡阳报道\\n深冬时节，沿街吊塔高耸，卡车往来穿梭。"
    >>> title_of({"article": "a1", "title": None, "text": text})
    '深冬时节，沿街吊塔高耸，卡车往来穿…'
    """
    if not is_missing(about["title"]):
        return str(about["title"])
    lines = (line.lstrip(BARS).strip() for line in str(about["text"]).split("\n"))
    opening = next((line for line in lines if line and not REPORTERS.fullmatch(line)), "")
    shown = opening if len(opening) <= OPENING else opening[: OPENING - 1] + "…"
    return shown or str(about["article"])


def date_words(about: Mapping[str, object]) -> str:
    """Return when an article was published, and that this was inferred where nothing states it.

    >>> date_words({"published": "2022-12", "dated_by": "inferred"}), date_words({"published": None})
    ('2022年12月（据文中推断）', '')
    """
    if is_missing(about["published"]):
        return ""
    date = period_words(str(about["published"]))
    return say("{date}（据文中推断）", date=date) if about["dated_by"] == DatedBy.INFERRED else date


def source_words(about: Mapping[str, object]) -> str:
    """Return what a chart names as its source: the article, who published it, and when.

    >>> source_words({"article": "a1", "title": "开局", "text": "", "source": "本报", "published": None})
    '《开局》，本报'
    """
    words = [say("《{title}》", title=title_of(about)), about["source"], date_words(about)]
    return say("，").join(str(word) for word in words if word and not is_missing(word))


def locate(path: str | Path) -> Path:
    """Return where a path of a notebook's parameter lies: from here, from notebooks/ or from the checkout."""
    candidates = (Path(path), NOTEBOOKS / path, ROOT / path)
    return Path(os.path.normpath(next((found for found in candidates if found.exists()), Path(path))))


def open_article(
    articles: str | Path,
    article: str = "",
    tables: str | Path = "",
    *,
    language: str = "zh-Hans",
    full_text: str = "full",
    rates: str = "",
    currency: str = LOCAL,
) -> OpenArticle:
    """Return one article of a set, the first where none is named, and speak the language from here on.

    Whether it is a copy of another is known from the tables, where they were written before. Its own page shows the
    figures of a copy all the same, each with the link to where the original states it.
    """
    from helpers.extract import extract

    set_language(language)
    if full_text not in FULL_TEXT:
        raise ValueError(f"full_text {full_text!r} is none of {', '.join(FULL_TEXT)}")
    chosen = read_article(locate(articles), article)
    extraction = extract(chosen)
    agreed = read_rates(rates, currency)
    rows = with_derived(observation_table(extraction.observations), agreed)
    rows["link"] = [proof_link(row, full_text) for row in rows["row"]]
    text = extraction.clean.text
    rows["line"] = [correction_line(row, text, full_text) for row in rows.to_dict("records")]
    rows["repeat_link"] = [
        None if is_missing(row) else proof_link(row, full_text) for row in rows["repeat_of"]
    ]
    original = read_original(locate(tables), chosen.id) if tables else None
    if original is not None:
        links = links_to_original(locate(tables), chosen.id, str(original["article"]), full_text)
        rows["original_link"] = rows["row"].map(links)
    about = article_table([extraction]).iloc[0].to_dict()
    rows.attrs["source"] = source_words(about)
    clean = extraction.clean
    return OpenArticle(
        id=chosen.id,
        about=about,
        text=clean.text,
        rows=rows,
        repairs=clean.repairs,
        damaged=clean.damaged,
        problems=problems_shown(problem_table(extraction.problems), full_text),
        full_text=full_text,
        corrections=correction_table([extraction]),
        original=original,
        rates=agreed,
    )


def read_original(tables: Path, article: str) -> dict[str, object] | None:
    """Return the row of the article that one is a copy of, None where it is no copy."""
    path = tables / "articles.parquet"
    own = pd.read_parquet(path, columns=["duplicate_of"], filters=[("article", "==", article)])
    original = own["duplicate_of"].dropna()
    if original.empty:
        return None
    return pd.read_parquet(path, filters=[("article", "==", original.iloc[0])]).iloc[0].to_dict()


def links_to_original(tables: Path, article: str, original: str, full_text: str) -> dict[str, str]:
    """Return for each row of a copy that repeats one of its original the link to that one."""
    path = tables / "observations.parquet"
    own = pd.read_parquet(path, columns=["row", "repeat_of"], filters=[("article", "==", article)]).dropna()
    return {
        row: neighbour_link(original) + proof_link(first, full_text)
        for row, first in zip(own["row"], own["repeat_of"], strict=True)
        if article_of(first) == original
    }


def correction_line(row: Mapping[str, object], text: str, full_text: str) -> str | None:
    """Return the line that corrects a row once filled in, None where what may be shown does not tell it apart."""
    place = Span(int(row["start"]), int(row["end"]))
    quotation = quote(text, place, _shown_around(row, place, text, full_text))
    return None if quotation is None else line_to_fill_in(str(row["article"]), quotation)


def _shown_around(row: Mapping[str, object], place: Span, text: str, full_text: str) -> Span:
    """Return the stretch around a figure that the page shows anyway."""
    if full_text == "full":
        return Span(0, len(text))
    sentence = str(row["sentence"])
    start = text.find(sentence, max(0, place.end - len(sentence)))
    return place if full_text == "none" or start < 0 else Span(start, start + len(sentence))


def open_set(
    articles: str | Path,
    tables: str | Path = "",
    *,
    language: str = "zh-Hans",
    full_text: str = "full",
    rates: str = "",
    currency: str = LOCAL,
    article_pages: int = ARTICLE_PAGES,
) -> OpenSet:
    """Return a whole set: from tables written before where given, else by reading its articles now.

    So many of its articles, those with the most figures, have pages that the rows lead to.
    """
    set_language(language)
    path = locate(articles)
    agreed = read_rates(rates, currency)
    if tables:
        found = OpenSet(path.stem if path.is_file() else path.name, *read_tables(locate(tables)), agreed)
    else:
        found = _tabulated(path, agreed)
    if tables and agreed:
        found = replace(found, rows=with_derived(found.rows, agreed))
    found = replace(
        found,
        with_page=articles_with_pages(found.articles, article_pages),
        problems=problems_shown(found.problems, full_text),
    )
    found.rows["link"] = links_of_rows(found.rows, found.with_page, full_text)
    found.rows["repeat_link"] = found.rows["repeat_of"].map(found.rows.set_index("row")["link"])
    found.rows.attrs["source"] = say("{count}篇文章", count=len(found.articles) - found.copies)
    return found


def _tabulated(path: Path, rates: Rates) -> OpenSet:
    # Only here: tables that are written already need neither the cleaning nor the extraction.
    from helpers.corpus import tabulate

    tables = tabulate(path, progress=False, rates=rates)
    rows = tables.observations.copy()
    return OpenSet(tables.name, tables.articles, rows, tables.problems, tables.corrections, rates)


def read_tables(directory: Path) -> tuple[pd.DataFrame, ...]:
    """Return articles, observations, problems and corrections as `helpers.corpus.write_tables` left them."""
    return (
        pd.read_parquet(directory / "articles.parquet"),
        pd.read_parquet(directory / "observations.parquet"),
        _read_csv(directory / "problems.csv"),
        _read_csv(directory / "corrections.csv"),
    )


def _read_csv(path: Path) -> pd.DataFrame:
    """Return a table of texts as it was before it was made safe for spreadsheets; empty cells say nothing."""
    cells = pd.read_csv(path, dtype="str", keep_default_na=False, na_values=[""])
    return cells.map(as_meant, na_action="ignore")


def problems_shown(problems: pd.DataFrame, full_text: str) -> pd.DataFrame:
    """Return the problems without the words of the article that they quote, where these are not published."""
    if full_text != "none":
        return problems
    quotes = problems["cause"].isin(QUOTING)
    causes = problems["detail"].str.replace(r"(?s)：.*", "", regex=True)
    return problems.assign(detail=problems["detail"].mask(quotes, causes))
