"""An article set → its reports: tables, notebooks run by papermill, pages made by nbconvert, put in place at once.

The site is built in a folder beside the old one, which stays until the new one is whole. Each page is made by a
process of its own, forked from one that has everything imported.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd
from tqdm import tqdm

from helpers.article import Problem, set_name
from helpers.corpus import Tables, available_cores, tabulate, write_tables
from helpers.export import write_table
from helpers.page.links import FULL_TEXT, article_file
from helpers.page.opening import open_set, title_of
from helpers.page.paging import ARTICLE_PAGES, RowPage, articles_with_pages, row_pages
from helpers.page.rows import title_of_rows
from helpers.paths import ROOT, processed_directory, report_directory
from helpers.rates import NO_RATES, Rates
from helpers.reading.limits import limits
from helpers.report.processes import each_apart
from helpers.storage import SET_ASIDE, folder_beside, locked, require_writable
from helpers.table import problem_table
from helpers.wording import set_language


class ReportError(Exception):
    """A report that cannot be published; the message is one line naming the article and the cause."""


@dataclass(frozen=True, slots=True)
class PagePlan:
    """One page to make: the notebook to run with which parameters, and where its page goes."""

    notebook: str
    parameters: dict[str, Any]
    file: str  # within the site, without ending
    kind: str  # article or overview: how the page is laid out
    title: str
    set_name: str


def publish(
    articles: Path,
    output: Path | None = None,
    *,
    jobs: int | None = None,
    progress: bool = True,
    language: str = "zh-Hans",
    full_text: str = "full",
    rates: Rates = NO_RATES,
    article_pages: int = ARTICLE_PAGES,
) -> Path:
    """Publish the reports of an article set and return the page that leads to all of them.

    So many articles, those with the most figures, get a page of their own.
    """
    set_language(language)
    if full_text not in FULL_TEXT:
        raise ReportError(f"full_text {full_text!r} is none of {', '.join(FULL_TEXT)}")
    articles = Path(articles)
    processed = processed_directory(set_name(articles))
    output = output or report_directory(set_name(articles))
    if articles.exists():  # that it does not is the first thing reading says
        _check_replaceable(output)
        require_writable(output)
    with _kept_to_this_run(processed):
        tables = tabulate(articles, jobs, progress, rates)
        write_tables(tables, processed)
        with folder_beside(output) as folder:
            site = folder / output.name
            (site / "articles").mkdir(parents=True)
            plans = list(plan_pages(articles, processed, tables, language, full_text, article_pages))
            if slow := make_pages(plans, site, jobs, progress):
                tables = _with_slow_pages(tables, slow)
                write_tables(tables, processed)
                make_instead(slow, plans[0], site)
            make_row_pages(tables, plans[0], site, jobs)
            write_downloads(tables, site, full_text, article_pages)
            _put_in_place(site, output, folder)
    return output / "index.html"


@contextmanager
def _kept_to_this_run(processed: Path) -> Iterator[None]:
    """Keep the tables of a set to one run at a time; a run that wrote none leaves no empty folder."""
    try:
        with locked(processed):
            yield
    finally:
        with suppress(OSError):
            processed.rmdir()


def plan_pages(
    articles: Path,
    processed: Path,
    tables: Tables,
    language: str,
    full_text: str,
    article_pages: int = ARTICLE_PAGES,
) -> Iterator[PagePlan]:
    """Yield the pages of a set: the overview, what cleaning did, the tables, and those of its articles."""
    where = {"articles": portable(articles), "language": language}
    rates = {"rates": str(tables.rates), "currency": tables.rates.currency} if tables.rates else {}
    of_set = where | {"tables": portable(processed), "full_text": full_text} | rates
    of_overview = of_set | {"article_pages": article_pages}
    yield PagePlan("overview", of_overview, "index", "overview", tables.name, tables.name)
    yield PagePlan("clean", where | {"full_text": full_text}, "clean", "overview", tables.name, tables.name)
    yield PagePlan("tabulate", of_overview, "tabulate", "overview", tables.name, tables.name)
    with_page = articles_with_pages(tables.articles, article_pages)
    for article in tables.articles[tables.articles["article"].isin(with_page)].to_dict("records"):
        identifier = article["article"]
        title = title_of(article)
        parameters = of_set | {"article": identifier}
        yield PagePlan(
            "article", parameters, f"articles/{article_file(identifier)}", "article", title, tables.name
        )


def portable(path: Path) -> str:
    """Return a path as notebooks are told it: from the checkout where it lies there, else as it was given."""
    resolved = path.resolve()
    return resolved.relative_to(ROOT).as_posix() if resolved.is_relative_to(ROOT) else path.as_posix()


def make_pages(plans: list[PagePlan], site: Path, jobs: int | None, progress: bool) -> list[PagePlan]:
    """Make the pages, each in a fresh process, as many at a time as there are cores; return those that took too long."""
    workers = min(jobs or available_cores(), len(plans))
    outcomes = each_apart(make_page, [(plan, site) for plan in plans], workers, limits().page_seconds)
    too_slow = []
    for outcome in tqdm(outcomes, total=len(plans), disable=not progress, unit=" pages", file=sys.stderr):
        plan = plans[outcome.number]
        if outcome.error:
            raise ReportError(f"{plan.file}: {outcome.error}")
        if outcome.is_too_slow:
            too_slow.append(plan)
    return sorted(too_slow, key=plans.index)


def _with_slow_pages(tables: Tables, slow: list[PagePlan]) -> Tables:
    """Return the tables with the pages that took too long among their problems."""
    detail = f"网页超过 {limits().page_seconds} 秒仍未做成,由一页说明代替;数字不受影响"
    named = [plan.parameters.get("article", plan.file) for plan in slow]
    added = problem_table(Problem(name, "too_slow", detail) for name in named)
    problems = pd.concat([tables.problems, added], ignore_index=True).sort_values("article", kind="stable")
    return replace(tables, problems=problems.reset_index(drop=True))


def make_instead(slow: list[PagePlan], overview: PagePlan, site: Path) -> None:
    """Write a page that says so in place of each that took too long, and the overview anew, which lists them."""
    from helpers.report.making import make_stand_in

    if overview in slow or make_pages([overview], site, 1, progress=False):
        raise ReportError(f"{overview.file}: {_too_slow_words()}")
    for plan in slow:
        make_stand_in(plan, site, limits().page_seconds)


def _too_slow_words() -> str:
    return f"not made within {limits().page_seconds} seconds; allow more with --limits page_seconds=N"


def make_page(plan: PagePlan, site: Path) -> None:
    """Run a page's notebook, and write the page and the notebook as it ran."""
    from helpers.report.making import make

    make(plan, site)


def make_row_pages(tables: Tables, overview: PagePlan, site: Path, jobs: int | None) -> None:
    """Make the pages of rows of a large set; none of them needs a notebook."""
    if not row_pages(tables.observations):
        return
    (site / "rows").mkdir()
    parameters = overview.parameters
    opened = open_set(**parameters)
    rows = opened.rows if parameters["full_text"] != "none" else opened.rows.assign(sentence="")
    pages = row_pages(rows)
    plans = [replace(overview, notebook="rows", file=page.file, title=title_of_rows(page)) for page in pages]
    workers = min(jobs or available_cores(), len(pages))
    calls = [(page, plan, site) for page, plan in zip(pages, plans, strict=True)]
    # One page a process, as above: ids within a page are counted, and begin anew.
    for outcome in each_apart(make_row_page, calls, workers, limits().page_seconds):
        if outcome.error or outcome.is_too_slow:
            raise ReportError(f"{plans[outcome.number].file}: {outcome.error or _too_slow_words()}")


def make_row_page(page: RowPage, plan: PagePlan, site: Path) -> None:
    """Write a page of rows."""
    from helpers.report.making import make_rows

    make_rows(page, plan, site)


def write_downloads(tables: Tables, site: Path, full_text: str, article_pages: int = ARTICLE_PAGES) -> None:
    """Write the tables that the pages offer; the articles' own words only as far as they are published."""
    rows = tables.observations if full_text != "none" else tables.observations.assign(sentence="")
    write_table(rows, site / "observations.csv")
    write_table(rows, site / "observations.xlsx")
    write_table(tables.articles.drop(columns="text"), site / "articles.csv")
    write_table(tables.checks, site / "checks.csv")
    write_table(tables.corrections, site / "corrections.csv")
    of_article = dict(iter(rows.groupby("article", sort=False)))
    for article in sorted(articles_with_pages(tables.articles, article_pages)):
        write_table(
            of_article.get(article, rows.iloc[:0]), site / "articles" / f"{article_file(article)}.csv"
        )


def _check_replaceable(output: Path) -> None:
    """Refuse to replace a folder that holds something other than reports."""
    if output.is_file() or (
        output.is_dir() and any(output.iterdir()) and not (output / "index.html").exists()
    ):
        raise ReportError(f"{output}: holds something other than reports, so they are not written there")


def _put_in_place(site: Path, output: Path, folder: Path) -> None:
    """Swap the new site for the old one, which goes with the temporary folder."""
    if output.exists():
        os.replace(output, folder / SET_ASIDE)
    os.replace(site, output)
