"""The words that the command line takes, each command bound to what carries it out."""

from __future__ import annotations

import argparse
from importlib.metadata import version
from pathlib import Path
from typing import TypeAlias

from helpers.cli.one_article import clean_command, explain_command
from helpers.cli.reviewing import annotate_command, corrections_command
from helpers.cli.selecting import select_command
from helpers.cli.sets import evaluate_command, extract_command, report_command
from helpers.rates import LOCAL
from helpers.reading.limits import LimitsError, read_limits

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line, each command bound to what carries it out."""
    whole = argparse.ArgumentParser(
        prog="zhanbao", description="Chinese news articles into tables and reports that prove their figures."
    )
    whole.add_argument("--version", action="version", version=f"zhanbao {version('zhanbao')}")
    commands = whole.add_subparsers(metavar="COMMAND", required=True)
    for add in (
        _add_report,
        _add_extract,
        _add_select,
        _add_clean,
        _add_explain,
        _add_annotate,
        _add_corrections,
        _add_evaluate,
    ):
        add(commands)
    return whole


def _add_report(commands: Commands) -> None:
    report = commands.add_parser("report", help="publish the reports of an article set")
    report.add_argument(
        "path",
        type=Path,
        metavar="PATH",
        help="a folder of articles, one .csv, .jsonl, .parquet or .zip, or a single text or page",
    )
    report.add_argument("-o", "--output", type=Path, metavar="DIR", help="where to (default: reports/SET)")
    report.add_argument(
        "--language", default="zh-Hans", help="of the labels: zh-Hans (default), zh-Hant or en"
    )
    report.add_argument(
        "--full-text",
        default="full",
        metavar="HOW_MUCH",
        help="of the articles' words: full (default), figures (sentences with figures) or none",
    )
    report.add_argument(
        "--article-pages",
        type=_positive,
        default=200,
        metavar="N",
        help="how many articles get a page of their own (default: 200): those with the most figures",
    )
    _add_rates(report)
    _add_jobs(report)
    _add_limits(report)
    report.set_defaults(command=report_command)


def _add_extract(commands: Commands) -> None:
    extract = commands.add_parser("extract", help="write the table of observations")
    extract.add_argument("paths", nargs="+", metavar="PATH", help="article sets; also URLs, such as s3://…")
    extract.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="FILE",
        help=".csv, .parquet, .jsonl or .xlsx; - is CSV on stdout; DIR/ is for large sets: Parquet in parts, resumed",
    )
    _add_rates(extract)
    extract.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="of a Dask cluster that is to write the parts, such as tcp://host:8786",
    )
    _add_jobs(extract)
    _add_limits(extract)
    extract.set_defaults(command=extract_command)


def _add_select(commands: Commands) -> None:
    select = commands.add_parser(
        "select", help="choose articles of a large set by what they say, as a set to be reported on"
    )
    select.add_argument("parts", metavar="DIR", help="where extract has written the parts of the set")
    select.add_argument("paths", nargs="+", metavar="PATH", help="what they were made of; also URLs")
    select.add_argument("-o", "--output", required=True, metavar="FILE", help=".jsonl or .parquet")
    select.add_argument(
        "--where",
        action="append",
        default=[],
        metavar="CONDITION",
        help="such as province=湖南省, 'period_start>=2023', kind=investment, 'indicator~工业' (contains); several must all hold,"
        " those on rows in one row",
    )
    select.set_defaults(command=select_command)


def _add_clean(commands: Commands) -> None:
    clean = commands.add_parser("clean", help="print the cleaned text of an article")
    _add_article(clean)
    clean.add_argument(
        "--explain", action="store_true", help="print each repair instead: from what to what, and why"
    )
    clean.set_defaults(command=clean_command)


def _add_explain(commands: Commands) -> None:
    explain = commands.add_parser("explain", help="print each observation of an article and why it is one")
    _add_article(explain)
    explain.set_defaults(command=explain_command)


def _add_annotate(commands: Commands) -> None:
    annotate = commands.add_parser(
        "annotate", help="write the observations as tasks of Label Studio, to be reviewed"
    )
    annotate.add_argument("path", type=Path, metavar="PATH", help="an article set")
    annotate.add_argument("-o", "--output", type=Path, required=True, metavar="TASKS.json")
    annotate.add_argument("--config", type=Path, metavar="FILE.xml", help="the labeling configuration, too")
    _add_jobs(annotate)
    annotate.set_defaults(command=annotate_command)


def _add_corrections(commands: Commands) -> None:
    corrections = commands.add_parser(
        "corrections", help="turn what was reviewed in Label Studio into corrections or gold"
    )
    corrections.add_argument(
        "export", type=Path, metavar="EXPORT.json", help="exported from Label Studio as JSON"
    )
    corrections.add_argument("path", type=Path, metavar="PATH", help="the article set that was reviewed")
    corrections.add_argument(
        "-o", "--output", type=Path, metavar="FILE.csv", help="its corrections: those it has and the new ones"
    )
    corrections.add_argument("--gold", type=Path, metavar="DIR", help="the reviewed rows as gold annotations")
    corrections.add_argument("--who", metavar="NAME", help="whose they are (default: whom the export names)")
    corrections.add_argument(
        "--reason", default="reviewed in Label Studio", help="why, where the reviewer notes nothing"
    )
    corrections.set_defaults(command=corrections_command)


def _add_evaluate(commands: Commands) -> None:
    evaluate = commands.add_parser("evaluate", help="compare with gold annotations")
    evaluate.add_argument("path", type=Path, metavar="PATH", help="an article set")
    evaluate.add_argument("gold", type=Path, metavar="GOLD", help="a folder of .json files, one an article")
    evaluate.add_argument("--errors", action="store_true", help="list every row missed, invented or wrong")
    _add_jobs(evaluate)
    evaluate.set_defaults(command=evaluate_command)


# What several commands take.


def _add_article(command: argparse.ArgumentParser) -> None:
    command.add_argument("path", type=Path, metavar="PATH", help="an article's file, or an article set")
    command.add_argument("article", nargs="?", default="", metavar="ARTICLE", help="of a set: which article")


def _add_jobs(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--jobs", type=_positive, metavar="N", help="how many processes (default: one a core)"
    )


def _add_rates(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--rates",
        default="",
        metavar="RATES",
        help='exchange rates with their dates, for sums in one currency: "USD=7.0827@2023-12-29 HKD=0.90622@2023-12-29"',
    )
    command.add_argument(
        "--currency", default=LOCAL, metavar="CODE", help=f"that the rates lead to (default: {LOCAL})"
    )


def _add_limits(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--limits",
        type=_limits,
        metavar="NAME=N,…",
        help="how much of a file is read and how long a page may take, such as characters=2000000 (docs/formats.md)",
    )


def _limits(text: str) -> str:
    """Return limits as they are told to all processes of the run."""
    try:
        read_limits(text)
    except LimitsError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    return text


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return int(text)
