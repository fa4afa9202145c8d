"""The commands for one article: clean, explain."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from helpers.article import NAMED, Article, ArticleSetError, Problem, find_article, iter_articles
from helpers.cli.telling import say, say_problems

if TYPE_CHECKING:
    from helpers.clean import CleanText


def clean_command(options: argparse.Namespace) -> int:
    """Print the cleaned text of an article, or what cleaning changed."""
    from helpers.clean import clean

    article = _asked_for(options)
    if isinstance(article, Problem):
        say_problems([article])
        return 1
    cleaned = clean(article.raw)
    if not options.explain:
        print(cleaned.text)
        return 0
    for line in repair_lines(cleaned):
        print(line)
    counts = Counter(repair.kind for repair in cleaned.repairs)
    by_kind = ", ".join(f"{number} {kind}" for kind, number in counts.most_common())
    only = f"; {respelled(cleaned)} characters changed only script or width"
    say(f"{article.id}: {len(cleaned.repairs)} repairs ({by_kind or 'nothing to mend'}){only}")
    return 0


def respelled(cleaned: CleanText) -> int:
    """Return how many characters are written otherwise than in the raw text without a repair that says so."""
    raw, text = cleaned.raw, cleaned.text
    repaired = {offset for repair in cleaned.repairs for offset in range(repair.start, repair.end)}
    stands_for = map(cleaned.to_raw, range(len(text)))
    return sum(raw[there] != text[here] for here, there in enumerate(stands_for) if there not in repaired)


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

    article = _asked_for(options)
    if isinstance(article, Problem):
        say_problems([article])
        return 1
    extraction = extract(article)
    for line in explanation(extraction, row_ids(seen.article for seen in extraction.observations)):
        print(line)
    return 0


def _asked_for(options: argparse.Namespace) -> Article | Problem:
    """Return the article that is named, the one that there is where none is, or why it cannot be read."""
    if options.article:
        return find_article(options.path, options.article)
    found = (one for one in iter_articles(options.path) if not _is_about_corrections(one))
    first = list(islice(found, NAMED + 1))
    if len(first) != 1:
        names = [one.id if isinstance(one, Article) else one.article for one in first]
        more = " …" if len(names) > NAMED else ""
        raise ArticleSetError(
            f"{options.path}: holds several articles; say which after the path: {', '.join(names[:NAMED])}{more}"
        )
    return first[0]


def _is_about_corrections(found: Article | Problem) -> bool:
    return isinstance(found, Problem) and found.cause == "unmatched_correction"
