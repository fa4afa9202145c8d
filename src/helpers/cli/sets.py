"""The commands for sets of articles: report, extract, evaluate.

Imports wait for their command: pandas alone takes longer than cleaning an article.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from helpers import workers
from helpers.article import ArticleSetError, set_name
from helpers.cli.telling import say, say_problems, say_written
from helpers.rates import read_rates
from helpers.storage import location, require_writable

if TYPE_CHECKING:
    import pandas as pd

    from helpers.corpus import Tables

TWO_PARTS = 2 << 20  # bytes of articles of some thousand characters


def report_command(options: argparse.Namespace) -> int:
    """Publish the reports, and say what became no row and where the reports begin."""
    import pandas as pd

    from helpers.corpus.dataset import is_large
    from helpers.paths import processed_directory
    from helpers.report import publish

    if is_large(options.path):
        say(
            f"{options.path}: a report holds its whole set in memory; zhanbao select chooses from it (docs/large-sets.md)"
        )
    index = publish(
        options.path,
        options.output,
        jobs=options.jobs,
        language=options.language,
        full_text=options.full_text,
        article_pages=options.article_pages,
        rates=read_rates(options.rates, options.currency),
    )
    problems = processed_directory(set_name(options.path)) / "problems.csv"
    say_problems(pd.read_csv(problems, dtype="str", keep_default_na=False).itertuples(), f"see {problems}")
    print(index)
    return 0


def extract_command(options: argparse.Namespace) -> int:
    """Write the observations of one or more article sets; problems go to standard error."""
    if _will_need_workers(options):
        workers.warm_up()  # while pandas is imported and the set is read
    from helpers.corpus import tabulate
    from helpers.corpus.cluster import ClusterError
    from helpers.corpus.dataset import is_large, write_as_one_file, write_dataset
    from helpers.export import csv_text, table_writer, write_table

    rates = read_rates(options.rates, options.currency)
    paths = [location(path) for path in options.paths]
    output = location(options.output)
    if options.output.endswith("/") or output.is_dir():
        say_written(write_dataset(paths, output, options.jobs, rates=rates, scheduler=options.scheduler))
        return 0
    if options.scheduler:
        raise ClusterError(f"{options.output}: a cluster writes parts: name a folder, with a / at its end")
    if options.output != "-":
        table_writer(output)  # a wrong ending or place is told before the work, not after it
        require_writable(output)
        if any(map(is_large, paths)):
            say_written(write_as_one_file(paths, output, options.jobs, rates=rates))
            return 0
    tables = [tabulate(path, options.jobs, rates=rates) for path in paths]
    observations = joined_observations(tables)
    for table in tables:
        say_problems(table.problems.itertuples())
    if options.output == "-":
        sys.stdout.write(csv_text(observations))
    else:
        write_table(observations, output)
    return 0


def _will_need_workers(options: argparse.Namespace) -> bool:
    """Return whether a set is to be written in parts, and has more than one to judge by the size of its files."""
    if options.jobs == 1 or options.scheduler or not options.output.endswith("/"):
        return False
    files = (Path(path) for path in options.paths)
    return sum(file.stat().st_size for file in files if file.is_file()) > TWO_PARTS


def joined_observations(tables: Sequence[Tables]) -> pd.DataFrame:
    """Return the observations of several article sets as one table, repeats marked across all of them.

    An id must not be in two sets.
    """
    from helpers.corpus import joined

    seen: dict[str, str] = {}
    for table in tables:
        for article in table.articles["article"]:
            if article in seen:
                raise ArticleSetError(f"{table.name}: article {article!r} is in {seen[article]} too")
            seen[article] = table.name
    return joined(tables)


def evaluate_command(options: argparse.Namespace) -> int:
    """Print the scores of an article set against gold annotations."""
    from helpers.corpus import tabulate
    from helpers.evaluation import errors, evaluate, read_gold, summary

    gold = read_gold(options.gold)
    tables = tabulate(options.path, options.jobs)
    say_problems(tables.problems.itertuples())
    evaluation = evaluate(tables.observations, gold)
    if options.errors:
        for block in errors(evaluation, tables.seen(), tables.problems):
            print(block, end="\n\n")
    print(summary(evaluation))
    return 0
