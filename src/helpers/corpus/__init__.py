"""Many articles → their tables: as many workers as there are cores, the same order every time."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import chain
from multiprocessing import get_context
from pathlib import Path

import pandas as pd
from tqdm import tqdm

from helpers.article import Article, Problem, read_article_set
from helpers.checks import FIELDS as CHECK_FIELDS
from helpers.checks import check_figures, check_table
from helpers.export import write_table
from helpers.extract import Extraction, extract
from helpers.observation import Observation
from helpers.rates import NO_RATES, Rates
from helpers.reading import UnreadableError
from helpers.reading.limits import bounded, limits
from helpers.storage import folder_beside
from helpers.table import article_table, correction_table, in_order, observation_table, problem_table
from helpers.table.contract import check_observations, check_spans
from helpers.table.derived import derived_fields, with_derived
from helpers.table.duplicates import find_copies
from helpers.table.schema import data_package
from helpers.workers import end_with_caller

DESCRIPTOR = "datapackage.json"

# A worker takes as long to start as this many articles take to read; fewer are quicker done at once.
WORTH_A_WORKER = 100
CHUNK = 25

KILLED = "a process was killed, most likely for lack of memory; run again with fewer at a time (--jobs 1)"


class CorpusError(Exception):
    """A set that could not be worked through; the message is one line that says why and what to do."""


@dataclass(frozen=True)
class Tables:
    """What an article set says, as tables, with the extractions they were made from."""

    name: str
    articles: pd.DataFrame
    observations: pd.DataFrame
    problems: pd.DataFrame
    corrections: pd.DataFrame
    checks: pd.DataFrame
    extractions: tuple[Extraction, ...]
    rates: Rates = NO_RATES

    def seen(self) -> dict[str, Observation]:
        """Return the observation behind each row, by the row's id: it knows its reasons, the table does not."""
        observations = in_order(chain.from_iterable(x.observations for x in self.extractions))
        return dict(zip(self.observations["row"], observations, strict=True))


def tabulate(path: Path, jobs: int | None = None, progress: bool = True, rates: Rates = NO_RATES) -> Tables:
    """Return the checked tables of the article set at `path`; what could not be read is in its problems.

    Sums are converted at the rates, where any are given.
    """
    article_set = read_article_set(path)
    outcomes = list(extract_all(article_set.articles, jobs, progress))
    extractions = tuple(x for x in outcomes if isinstance(x, Extraction))
    failures = [x for x in outcomes if isinstance(x, Problem)]
    copies = find_copies(extractions)
    observations = observation_table(chain.from_iterable(x.observations for x in extractions), copies)
    check_observations(observations)
    problems = [*article_set.problems, *failures, *chain.from_iterable(x.problems for x in extractions)]
    problems.sort(key=lambda problem: problem.article)
    return Tables(
        name=article_set.name,
        articles=article_table(extractions, copies),
        observations=with_derived(observations, rates),
        problems=problem_table(problems),
        corrections=correction_table(extractions),
        checks=check_table(check_figures(observations)),
        extractions=extractions,
        rates=rates,
    )


def joined(tables: Sequence[Tables]) -> pd.DataFrame:
    """Return the observations of article sets as one table: what one tells and another repeats is marked, too."""
    if len(tables) == 1:
        return tables[0].observations
    extractions = [extraction for table in tables for extraction in table.extractions]
    seen = chain.from_iterable(extraction.observations for extraction in extractions)
    return with_derived(observation_table(seen, find_copies(extractions)), tables[0].rates)


def extract_all(
    articles: tuple[Article, ...], jobs: int | None = None, progress: bool = True
) -> Iterator[Extraction | Problem]:
    """Yield what each article came to, in the order of the articles, whoever was done first."""
    workers = min(jobs or available_cores(), len(articles) // WORTH_A_WORKER)
    return iter(progress_bar(_outcomes(articles, workers), progress, total=len(articles)))


def _outcomes(articles: tuple[Article, ...], workers: int) -> Iterable[Extraction | Problem]:
    if workers < 2:
        yield from map(extraction_or_problem, articles)
        return
    # Not from a fork server: a process has one, and a report's kernels are to be forked from it.
    try:
        with ProcessPoolExecutor(workers, get_context("spawn"), end_with_caller) as pool:
            yield from pool.map(extraction_or_problem, articles, chunksize=CHUNK)
    except BrokenProcessPool as error:
        raise CorpusError(KILLED) from error


def extraction_or_problem(article: Article) -> Extraction | Problem:
    """Return what an article states; an article that cannot be worked on is a problem and costs no other."""
    try:
        with bounded(limits()):
            extraction = extract(article)
        check_spans(extraction)
    except UnreadableError as error:
        return Problem(article.id, error.cause, error.detail)
    except Exception as error:
        return Problem(article.id, "failed", f"处理失败:{type(error).__name__}: {error}")
    return extraction


def progress_bar(items: Iterable | None, progress: bool, **options: object) -> tqdm:
    """Return the items with a line on standard error that tells rate and time left, if it takes more than a moment."""
    seldom = 0.2 if sys.stderr.isatty() else 10
    settings = {"delay": 2, "mininterval": seldom, "unit": " articles", "file": sys.stderr, **options}
    return tqdm(items, disable=not progress, **settings)


def available_cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def write_tables(tables: Tables, directory: Path) -> None:
    """Write the tables of a set; each file appears whole, the descriptor that vouches for them last."""
    with folder_beside(directory) as folder:
        for name, write in _files(tables).items():
            write(folder / name)
        directory.mkdir(exist_ok=True)
        # while files of two runs lie there, nothing vouches for them
        (directory / DESCRIPTOR).unlink(missing_ok=True)
        for name in _files(tables):
            os.replace(folder / name, directory / name)


def _files(tables: Tables) -> dict[str, Callable[[Path], None]]:
    """Return what writes each file of a set, in the order in which they are to appear."""
    contents = {
        "articles.parquet": tables.articles,
        "articles.csv": tables.articles,
        "observations.parquet": tables.observations,
        "observations.csv": tables.observations,
        "problems.csv": tables.problems,
        "corrections.csv": tables.corrections,
        "checks.csv": tables.checks,
    }
    writers = {name: lambda path, df=df: write_table(df, path) for name, df in contents.items()}
    package = data_package(tables.name, {"checks": CHECK_FIELDS}, derived_fields(tables.rates))
    descriptor = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    return {**writers, DESCRIPTOR: lambda path: path.write_text(descriptor, "utf-8")}
