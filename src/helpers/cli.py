"""The command `zhanbao`: words on a command line → one call, its result printed or written.

Errors are one line on standard error that names file and cause. Exit codes: 0 if every article was
tabulated or listed as a problem, 1 if an article asked for cannot be shown, 2 for a wrong call or a
broken contract.
"""

from __future__ import annotations

import argparse
import errno
import io
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.article import Article, ArticleSetError, Problem, read_article_set, set_name
from helpers.rates import LOCAL, read_rates
from helpers.reading.limits import VARIABLE as LIMITS
from helpers.reading.limits import LimitsError, read_limits

if TYPE_CHECKING:
    import pandas as pd

    from helpers.clean import CleanText
    from helpers.corpus import Tables
    from helpers.label_studio import Review

FULL = "the disk is full: make room and run again; what was published before is as it was"
NOT_OURS = "choose another place with -o, or ask for the right to write there"
ADVICE = {
    errno.ENOSPC: FULL, errno.EDQUOT: FULL, errno.EFBIG: FULL, errno.EACCES: NOT_OURS, errno.EPERM: NOT_OURS, errno.EROFS: NOT_OURS,
}  # fmt: skip
BROKEN_PIPE = 141  # what a shell reports of a program whose reader went away
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command line and return its exit code."""
    _speak_utf8()
    options = parser().parse_args(arguments)
    if getattr(options, "limits", None):
        os.environ[LIMITS] = options.limits
    try:
        code = options.command(options)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        if not _is_for_people(error):
            raise
        _say(error, _advice(error))
        return 2
    return code


def _speak_utf8() -> None:
    """Write Chinese whatever the locale says, and an odd file name in an error as best as can be."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(
                encoding="utf-8", errors="backslashreplace" if stream is sys.stderr else "strict"
            )


def _is_for_people(error: Exception) -> bool:
    """Return whether an error is a contract broken by the input, not a fault of the program."""
    return isinstance(error, OSError) or type(error).__module__.startswith("helpers.")


def _say(message: object, advice: str = "") -> None:
    if isinstance(message, OSError) and message.filename:
        message = f"{message.filename}: {message.strerror}"
    print("zhanbao:", " ".join(f"{message}{advice}".split()), file=sys.stderr)


def _advice(error: BaseException | None) -> str:
    """Return what to do about an error of the disk, wherever it arose; nothing for others."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in ADVICE:
            return f"; {ADVICE[error.errno]}"
        error = error.__cause__
    return ""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line, each command bound to what carries it out."""
    whole = argparse.ArgumentParser(
        prog="zhanbao", description="Chinese news articles into tables and reports that prove their figures."
    )
    whole.add_argument("--version", action="version", version=f"zhanbao {version('zhanbao')}")
    commands = whole.add_subparsers(metavar="COMMAND", required=True)

    report = commands.add_parser("report", help="publish the reports of an article set")
    report.add_argument(
        "path", type=Path, metavar="PATH", help="a folder of articles, or one .csv, .jsonl, .parquet, .zip"
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

    extract = commands.add_parser("extract", help="write the table of observations")
    extract.add_argument("paths", type=Path, nargs="+", metavar="PATH", help="article sets")
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

    clean = commands.add_parser("clean", help="print the cleaned text of an article")
    clean.add_argument("file", type=Path, metavar="FILE")
    clean.add_argument(
        "--explain", action="store_true", help="print each repair instead: from what to what, and why"
    )
    clean.set_defaults(command=clean_command)

    explain = commands.add_parser("explain", help="print each observation of an article and why it is one")
    explain.add_argument("file", type=Path, metavar="FILE")
    explain.set_defaults(command=explain_command)

    annotate = commands.add_parser(
        "annotate", help="write the observations as tasks of Label Studio, to be reviewed"
    )
    annotate.add_argument("path", type=Path, metavar="PATH", help="an article set")
    annotate.add_argument("-o", "--output", type=Path, required=True, metavar="TASKS.json")
    annotate.add_argument("--config", type=Path, metavar="FILE.xml", help="the labeling configuration, too")
    _add_jobs(annotate)
    annotate.set_defaults(command=annotate_command)

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

    evaluate = commands.add_parser("evaluate", help="compare with gold annotations")
    evaluate.add_argument("path", type=Path, metavar="PATH", help="an article set")
    evaluate.add_argument("gold", type=Path, metavar="GOLD", help="a folder of .json files, one an article")
    evaluate.add_argument("--errors", action="store_true", help="list every row missed, invented or wrong")
    _add_jobs(evaluate)
    evaluate.set_defaults(command=evaluate_command)
    return whole


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
        help="how much of a file is read, such as characters=2000000,seconds=300 (docs/formats.md)",
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


# Many articles. Imports wait for their command: pandas alone takes longer than cleaning an article.


def report_command(options: argparse.Namespace) -> int:
    """Publish the reports, and say what became no row and where the reports begin."""
    import pandas as pd

    from helpers.paths import processed_directory
    from helpers.report import publish

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
    _say_problems(pd.read_csv(problems, dtype="str", keep_default_na=False).itertuples(), f"see {problems}")
    print(index)
    return 0


def extract_command(options: argparse.Namespace) -> int:
    """Write the observations of one or more article sets; problems go to standard error."""
    from helpers.corpus import tabulate
    from helpers.corpus.cluster import ClusterError
    from helpers.corpus.dataset import is_large, write_as_one_file, write_dataset
    from helpers.export import csv_text, require_writable, table_writer, write_table

    rates = read_rates(options.rates, options.currency)
    if options.output.endswith(os.sep) or Path(options.output).is_dir():
        return _say_causes(
            write_dataset(
                options.paths, Path(options.output), options.jobs, rates=rates, scheduler=options.scheduler
            )
        )
    if options.scheduler:
        raise ClusterError(f"{options.output}: a cluster writes parts: name a folder, with a / at its end")
    if options.output != "-":
        table_writer(Path(options.output))  # a wrong ending or place is told before the work, not after it
        require_writable(Path(options.output))
        if any(map(is_large, options.paths)):
            return _say_causes(
                write_as_one_file(options.paths, Path(options.output), options.jobs, rates=rates)
            )
    tables = [tabulate(path, options.jobs, rates=rates) for path in options.paths]
    observations = joined_observations(tables)
    for table in tables:
        _say_problems(table.problems.itertuples())
    if options.output == "-":
        sys.stdout.write(csv_text(observations))
    else:
        write_table(observations, Path(options.output))
    return 0


def _say_causes(causes: Mapping[str, int]) -> int:
    """Count what of a large set became no row, by cause; its articles are too many to be named one by one."""
    _say("written in parts: articles were not compared with each other, so copies are not marked")
    if causes:
        counts = ", ".join(f"{number} {cause}" for cause, number in sorted(causes.items()))
        _say(f"read but no row: {counts}")
    return 0


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
    _say_problems(tables.problems.itertuples())
    evaluation = evaluate(tables.observations, gold)
    if options.errors:
        for block in errors(evaluation, tables.seen(), tables.problems):
            print(block, end="\n\n")
    print(summary(evaluation))
    return 0


# Reviewing in Label Studio.


def annotate_command(options: argparse.Namespace) -> int:
    """Write an article set as tasks of Label Studio, and the configuration that a project for them needs."""
    from helpers.corpus import tabulate
    from helpers.export import write_text
    from helpers.label_studio import annotation_task, labeling_config

    tables = tabulate(options.path, options.jobs)
    _say_problems(tables.problems.itertuples())
    tasks = [annotation_task(one, f"zhanbao {version('zhanbao')}") for one in tables.extractions]
    write_text(json.dumps(tasks, ensure_ascii=False, indent=1) + "\n", options.output)
    if options.config:
        write_text(labeling_config(), options.config)
    return 0


def corrections_command(options: argparse.Namespace) -> int:
    """Write what reviewers have changed as corrections, what they left as gold, or both."""
    from helpers.label_studio import LabelStudioError

    if not (options.output or options.gold):
        raise LabelStudioError("say where to: -o FILE.csv, --gold DIR or both")
    reviews = _read_reviews(options.export, options.who)
    known = {article.id for article in read_article_set(options.path).articles}
    for review in reviews:
        if review.article not in known:
            _say(f"{review.article}: reviewed, but not in {options.path}")
    if options.gold:
        _write_gold(reviews, options.gold)
    if options.output:
        _write_corrections(reviews, options)
    return 0


def _write_gold(reviews: Sequence[Review], folder: Path) -> None:
    from helpers.export import write_text
    from helpers.label_studio import gold
    from helpers.page.links import article_file

    for review in reviews:
        text = json.dumps(gold(review), ensure_ascii=False, indent=1) + "\n"
        write_text(text, folder / f"{article_file(review.article)}.json")


def _write_corrections(reviews: Sequence[Review], options: argparse.Namespace) -> None:
    """Write the corrections of a set as they are after a review, and say how many are new."""
    from helpers.article import corrections_file, read_corrections
    from helpers.correction import corrections_text
    from helpers.export import write_text
    from helpers.label_studio import corrections_of, merged

    existing = read_corrections(corrections_file(options.path))
    findings = [corrections_of(review, options.reason, existing) for review in reviews]
    for untold in (figure for one in findings for figure in one.untold):
        _say(f"{untold}: nothing around it tells it apart, so no correction can name it")
    new = [correction for one in findings for correction in one.corrections]
    lines = merged(existing, reviews, new)
    write_text(corrections_text(lines), options.output)
    _say(f"{len(reviews)} articles reviewed, {len(new)} new corrections, {len(lines)} in {options.output}")


def _read_reviews(export: Path, who: str | None) -> list[Review]:
    """Return the reviews of an export, by whom the caller says they are."""
    from helpers.label_studio import LabelStudioError, read_reviews

    try:
        reviews = read_reviews(json.loads(export.read_text("utf-8-sig")))
    except (ValueError, LabelStudioError) as error:
        raise LabelStudioError(f"{export}: {error}") from error
    return [replace(review, who=who or review.who) for review in reviews]


def _say_problems(problems: Iterable, where: str = "zhanbao explain FILE shows them") -> None:
    """Name each article that could not be read, and count the figures that became no row, by cause."""
    from helpers.extract import CAUSES

    figures: Counter[str] = Counter()
    for problem in problems:
        if problem.cause in (*CAUSES, "dropped_by_correction"):
            figures[problem.cause] += 1
        else:
            _say(f"{problem.article}: {problem.cause}: {problem.detail}")
    if figures:
        counts = ", ".join(f"{number} {cause}" for cause, number in sorted(figures.items()))
        _say(f"figures read that became no row: {counts} ({where})")


# One article.


def clean_command(options: argparse.Namespace) -> int:
    """Print the cleaned text of an article, or what cleaning changed."""
    from helpers.clean import clean

    article = _only_article(options.file)
    if isinstance(article, Problem):
        _say_problems([article])
        return 1
    cleaned = clean(article.raw)
    if not options.explain:
        print(cleaned.text)
        return 0
    for line in repair_lines(cleaned):
        print(line)
    counts = Counter(repair.kind for repair in cleaned.repairs)
    by_kind = ", ".join(f"{number} {kind}" for kind, number in counts.most_common())
    _say(f"{article.id}: {len(cleaned.repairs)} repairs ({by_kind or 'nothing to mend'})")
    return 0


def repair_lines(cleaned: CleanText) -> Iterator[str]:
    """Yield a line of four columns for each repair, then for each damage that nothing could repair."""
    for repair in cleaned.repairs:
        yield f"{repair.start}:{repair.end}\t{repair.kind}\t{repair.raw!r} → {repair.clean!r}\t{repair.why}"
    for start, end in cleaned.damaged:
        span = f"{cleaned.to_raw(start)}:{cleaned.to_raw(end)}"
        yield f"{span}\tdamaged\t{cleaned.text[start:end]!r} → ?\tcannot be repaired; no figure is read from it"


def explain_command(options: argparse.Namespace) -> int:
    """Print each observation of an article with the rule and the cues behind every attribute."""
    from helpers.explanation import explanation
    from helpers.extract import extract
    from helpers.table import row_ids

    article = _only_article(options.file)
    if isinstance(article, Problem):
        _say_problems([article])
        return 1
    extraction = extract(article)
    for line in explanation(extraction, row_ids(seen.article for seen in extraction.observations)):
        print(line)
    return 0


def _only_article(path: Path) -> Article | Problem:
    """Return the one article of a file, or why it cannot be read."""
    article_set = read_article_set(path)
    found = [*article_set.articles, *article_set.problems]
    if len(found) != 1:
        raise ArticleSetError(f"{path}: holds {len(found)} articles; this command takes one")
    return found[0]
