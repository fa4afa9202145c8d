"""The commands for reviewing rows in Label Studio: annotate, corrections."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.article import read_article_set
from helpers.cli.telling import say, say_problems

if TYPE_CHECKING:
    from helpers.label_studio import Review


def annotate_command(options: argparse.Namespace) -> int:
    """Write an article set as tasks of Label Studio, and the configuration that a project for them needs."""
    from helpers.corpus import tabulate
    from helpers.label_studio import annotation_task, labeling_config
    from helpers.storage import write_text

    tables = tabulate(options.path, options.jobs)
    say_problems(tables.problems.itertuples())
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
            say(f"{review.article}: reviewed, but not in {options.path}")
    if options.gold:
        _write_gold(reviews, options.gold)
    if options.output:
        _write_corrections(reviews, options)
    return 0


def _write_gold(reviews: Sequence[Review], folder: Path) -> None:
    from helpers.label_studio import gold
    from helpers.page.links import article_file
    from helpers.storage import write_text

    for review in reviews:
        text = json.dumps(gold(review), ensure_ascii=False, indent=1) + "\n"
        write_text(text, folder / f"{article_file(review.article)}.json")


def _write_corrections(reviews: Sequence[Review], options: argparse.Namespace) -> None:
    """Write the corrections of a set as they are after a review, and say how many are new."""
    from helpers.article import corrections_file, read_corrections
    from helpers.correction import corrections_text
    from helpers.label_studio import corrections_of, merged
    from helpers.storage import write_text

    existing = read_corrections(corrections_file(options.path))
    findings = [corrections_of(review, options.reason, existing) for review in reviews]
    for untold in (figure for one in findings for figure in one.untold):
        say(f"{untold}: nothing around it tells it apart, so no correction can name it")
    new = [correction for one in findings for correction in one.corrections]
    lines = merged(existing, reviews, new)
    write_text(corrections_text(lines), options.output)
    say(f"{len(reviews)} articles reviewed, {len(new)} new corrections, {len(lines)} in {options.output}")


def _read_reviews(export: Path, who: str | None) -> list[Review]:
    """Return the reviews of an export, by whom the caller says they are."""
    from helpers.label_studio import LabelStudioError, read_reviews

    try:
        reviews = read_reviews(json.loads(export.read_text("utf-8-sig")))
    except (ValueError, LabelStudioError) as error:
        raise LabelStudioError(f"{export}: {error}") from error
    return [replace(review, who=who or review.who) for review in reviews]
