"""A file or a folder → articles as they came, with nothing worked out.

The first of the two ends that touch the disk. A broken contract (a missing column, two articles of
one name) stops the run with one line; a file that cannot be read becomes a Problem, and the run goes on.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from helpers.article.archived import read_archive
from helpers.article.article import Article, ArticleSet, Problem
from helpers.article.corrections import (
    by_article,
    corrections_file,
    lost_corrections,
    read_corrections,
    with_corrections,
)
from helpers.article.folder import Source, read_file, read_folder
from helpers.article.metadata import read_metadata
from helpers.article.names import (
    ARCHIVE_ENDINGS,
    PARTS_MARK,
    identifier,
    is_one_article,
    refuse_repeated,
    set_name,
)
from helpers.reading import ENDINGS
from helpers.reading.archive import ArticleSetError

if TYPE_CHECKING:
    from helpers.storage import Location

__all__ = [
    "NAMED", "Article", "ArticleSet", "ArticleSetError", "Problem", "corrections_file", "find_article", "identifier", "iter_articles",
    "read_article", "read_article_set", "read_corrections", "set_name",
]  # fmt: skip

NAMED = 5  # articles of a set, where one is asked for that it does not have


def read_article_set(path: Location) -> ArticleSet:
    """Return the articles under `path`, sorted by id, with what could not be read as problems.

    `path` is a folder with one file per article and, if wanted, an articles.csv; or one such file; or one
    CSV, JSON lines or Parquet file with a column `text`, or a zip of files. Raises ArticleSetError.
    """
    found = list(iter_articles(path))
    articles = sorted((x for x in found if isinstance(x, Article)), key=lambda article: article.id)
    problems = sorted((x for x in found if isinstance(x, Problem)), key=lambda p: (p.article, p.cause))
    refuse_repeated((article.id for article in articles), f"{path}: two articles are called")
    return ArticleSet(set_name(path), tuple(articles), tuple(problems))


def iter_articles(path: Location, article: str = "") -> Iterator[Article | Problem]:
    """Yield the articles under `path` and what could not be read, one at a time, in the order in which they lie there.

    For sets too large to be held; that no two articles have one id is for the caller to check. Where an `article` is
    named, only the files of a folder that may hold it are read. Raises ArticleSetError.
    """
    if not path.exists():
        raise ArticleSetError(f"{path}: no such file or folder")
    corrections = by_article(read_corrections(corrections_file(path)))
    is_empty = True
    for found in _read(path, article):
        is_empty = False
        own = corrections.pop(found.id, ()) if isinstance(found, Article) else ()
        yield with_corrections(found, own) if own else found
    if article:
        return
    if is_empty:
        raise ArticleSetError(
            f"{path}: holds no articles (expected {', '.join((*ENDINGS, *ARCHIVE_ENDINGS))} files)"
        )
    if not is_one_article(path):  # beside a single text lie the corrections of its whole folder
        yield from lost_corrections(corrections)


def find_article(path: Location, article: str) -> Article | Problem:
    """Return the article of a set that is called so, or why it cannot be read. Raises ArticleSetError."""
    problem = None
    for found in iter_articles(path, article):
        if isinstance(found, Article) and found.id == article:
            return found
        if isinstance(found, Problem) and found.article == article:
            problem = problem or found
    if problem is None:
        raise ArticleSetError(f"{path}: no article {article!r}{_meant(path, article)}")
    return problem


def _meant(path: Location, article: str) -> str:
    """Return which article may have been meant, of those that there are."""
    known = [found.id for found in iter_articles(path) if isinstance(found, Article)]
    close = difflib.get_close_matches(article, known, 1)
    return f"; did you mean {close[0]!r}?" if close else f"; it has {_some(known)}"


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:NAMED]) + (f" and {len(names) - NAMED} more" if len(names) > NAMED else "")


def read_article(path: Location, article: str = "") -> Article:
    """Return one article of a set, the first where none is named. Raises ArticleSetError."""
    if not article:
        articles = read_article_set(path).articles
        if not articles:
            raise ArticleSetError(f"{path}: no article can be read")
        return articles[0]
    found = find_article(path, article)
    if isinstance(found, Problem):
        raise ArticleSetError(f"{path}: {article!r} cannot be read ({found.cause})")
    return found


def _read(path: Location, article: str) -> Iterator[Article | Problem]:
    if path.is_dir():
        if (path / PARTS_MARK).is_file():
            raise ArticleSetError(
                f"{path}: holds the parts that extract has written, not articles; name the set that they were made of, or choose from it (zhanbao select)"
            )
        return read_folder(path, article)
    if is_one_article(path):
        return iter(
            [read_file(Source(path, identifier(path.stem)), read_metadata(path.parent).get(path.name, {}))]
        )
    if path.suffix.lower() in ARCHIVE_ENDINGS:
        return read_archive(path)
    raise ArticleSetError(
        f"{path}: not a kind of file that is read ({', '.join((*ENDINGS, *ARCHIVE_ENDINGS))})"
    )
