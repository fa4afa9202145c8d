"""A file or a folder → articles as they came, with nothing worked out.

The first of the two ends that touch the disk. A broken contract (a missing column, two articles of
one name) stops the run with one line; a file that cannot be read becomes a Problem, and the run goes on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from helpers.article.archived import read_archive
from helpers.article.article import Article, ArticleSet, Problem
from helpers.article.corrections import (
    corrections_by_article,
    corrections_file,
    lost_correction,
    read_corrections,
)
from helpers.article.folder import Source, may_hold, read_source, sources_of
from helpers.article.metadata import read_metadata
from helpers.article.names import ARCHIVE_ENDINGS, identifier, is_one_article, refuse_repeated, set_name
from helpers.reading import ENDINGS
from helpers.reading.archive import ArticleSetError

__all__ = [
    "Article", "ArticleSet", "ArticleSetError", "Problem", "corrections_file", "identifier", "iter_articles", "read_article",
    "read_article_set", "read_corrections", "set_name",
]  # fmt: skip


def read_article_set(path: Path) -> ArticleSet:
    """Return the articles under `path`, sorted by id, with what could not be read as problems.

    `path` is a folder with one file per article and, if wanted, an articles.csv; or one such file; or one
    CSV, JSON lines or Parquet file with a column `text`, or a zip of files. Raises ArticleSetError.
    """
    found = list(iter_articles(path))
    articles = sorted((x for x in found if isinstance(x, Article)), key=lambda article: article.id)
    problems = sorted((x for x in found if isinstance(x, Problem)), key=lambda p: (p.article, p.cause))
    refuse_repeated((article.id for article in articles), f"{path}: two articles are called")
    return ArticleSet(set_name(path), tuple(articles), tuple(problems))


def iter_articles(path: Path) -> Iterator[Article | Problem]:
    """Yield the articles under `path` and what could not be read, one at a time, in the order in which they lie there.

    For sets too large to be held; that no two articles have one id is for the caller to check. Raises ArticleSetError.
    """
    path = Path(path)
    if not path.exists():
        raise ArticleSetError(f"{path}: no such file or folder")
    corrections = corrections_by_article(path)
    is_empty = True
    for found in _read(path):
        is_empty = False
        own = corrections.pop(found.id, ()) if isinstance(found, Article) else ()
        yield replace(found, corrections=tuple(own)) if own else found
    if is_empty:
        raise ArticleSetError(
            f"{path}: holds no articles (expected {', '.join((*ENDINGS, *ARCHIVE_ENDINGS))} files)"
        )
    if not is_one_article(path):  # beside a single text lie the corrections of its whole folder
        yield from (lost_correction(one) for lost in corrections.values() for one in lost)


def read_article(path: Path, article: str = "") -> Article:
    """Return one article of a set, the first where none is named. Raises ArticleSetError.

    From a folder only the files that may be the article are read.
    """
    if article and path.is_dir():
        sources = [source for source in sources_of(path) if may_hold(source, article)]
        metadata = read_metadata(path)
        found = (x for one in sources for x in read_source(one, metadata) if isinstance(x, Article))
        chosen = next((one for one in found if one.id == article), None)
        own = corrections_by_article(path).get(article, ())
        chosen = chosen and replace(chosen, corrections=tuple(own))
    else:
        chosen = next((one for one in read_article_set(path).articles if article in ("", one.id)), None)
    if chosen is None:
        raise ArticleSetError(f"{path}: no article {article!r}")
    return chosen


def _read(path: Path) -> Iterator[Article | Problem]:
    if path.is_dir():
        metadata = read_metadata(path)
        return (found for source in sources_of(path) for found in read_source(source, metadata))
    if is_one_article(path):
        source = Source(path, identifier(path.stem))
        return read_source(source, read_metadata(path.parent))
    if path.suffix.lower() in ARCHIVE_ENDINGS:
        return read_archive(path)
    raise ArticleSetError(
        f"{path}: not a kind of file that is read ({', '.join((*ENDINGS, *ARCHIVE_ENDINGS))})"
    )
