"""A folder with a file an article, archives among them → the articles, and why a file gives none."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.article.archived import read_archive
from helpers.article.article import Article, Problem, article_or_problem
from helpers.article.corrections import (
    OF_ONE_ARCHIVE,
    ByArticle,
    corrections_of_archives,
    lost_corrections,
    with_corrections,
)
from helpers.article.metadata import read_metadata
from helpers.article.names import ARCHIVE_ENDINGS, BESIDE_ARTICLES, identifier, ids_of
from helpers.reading import ENDINGS, OTHER_ENDINGS, UnreadableError, read_document
from helpers.reading.archive import ArticleSetError
from helpers.reading.limits import limits, refuse_beyond

if TYPE_CHECKING:
    from helpers.storage import Location

READ_ERRORS = {
    errno.EACCES: "没有读取的权限", errno.EPERM: "没有读取的权限", errno.ENOENT: "文件已不在", errno.EIO: "磁盘读取出错",
    errno.EISDIR: "是文件夹", errno.ESTALE: "网络磁盘已断开", errno.ETIMEDOUT: "网络磁盘没有回应",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """A file of a set and what the article in it is called; `problem` is why it is not opened at all."""

    path: Location
    id: str
    problem: Problem | None = None

    @property
    def is_archive(self) -> bool:
        """Whether it holds many articles."""
        return self.path.suffix.lower() in ARCHIVE_ENDINGS


def read_folder(folder: Location, article: str = "") -> Iterator[Article | Problem]:
    """Yield what the files of a folder hold, in the order of their names; only those that may be `article` where one is named."""
    metadata, of_archives = read_metadata(folder), corrections_of_archives(folder)
    sources = sources_of(folder)
    for source in sources:
        if not article or _may_hold(source, article):
            yield from _read_source(source, metadata, of_archives.get(source.path.stem, {}))
    if not article:
        archives = {source.path.stem for source in sources if source.is_archive}
        for stem, left in of_archives.items():
            if stem in archives:
                yield from lost_corrections(left)
            else:
                name = identifier(stem + OF_ONE_ARCHIVE)
                yield Problem(name, "unsupported", "没有同名的归档文件,其中的更正没有用上")


def sources_of(folder: Location) -> list[Source]:
    """Return the files of a folder in the order of their names, each with its id."""
    paths = [path for path in sorted(folder.iterdir()) if not _lies_beside(path)]
    articles = [path for path in paths if path.suffix.lower() in ENDINGS]
    ids = dict(zip(articles, ids_of([path.name for path in articles]), strict=True))
    return [Source(path, ids.get(path, identifier(path.name)), _unopened(path, folder)) for path in paths]


def _lies_beside(path: Location) -> bool:
    """True for what is no article: the set's own tables, and the folder of pictures that a browser saves with a page."""
    page = path.name.removesuffix("_files").removesuffix(".files")
    saved_with = page != path.name and any(path.with_name(page + end).exists() for end in (".html", ".htm"))
    return BESIDE_ARTICLES.match(path.name) is not None or (saved_with and path.is_dir())


def _unopened(path: Location, folder: Location) -> Problem | None:
    """Return why something in a folder is not read, None for a file that is."""
    name, ending = identifier(path.name), path.suffix.lower()
    if path.is_symlink() and not _leads_into(path, folder):
        return Problem(name, "link", "链接指向文章集之外或没有指向任何文件,未读取")
    if path.is_dir():
        return Problem(name, "unsupported", "子文件夹,未读取")
    if not path.is_file():
        return Problem(name, "unsupported", "不是普通文件,未读取")
    if ending not in ENDINGS and ending not in ARCHIVE_ENDINGS:
        advice = f",{OTHER_ENDINGS[ending]}" if ending in OTHER_ENDINGS else ""
        return Problem(name, "unsupported", f"不支持的文件类型,未读取{advice}")
    return None


def _leads_into(link: Location, folder: Location) -> bool:
    """Return whether a link leads to something within a folder; one that leads round in a circle does not."""
    return Path(os.path.realpath(link)).is_relative_to(os.path.realpath(folder)) and link.exists()


def _may_hold(source: Source, article: str) -> bool:
    return source.id == article or source.is_archive


def _read_source(
    source: Source, metadata: Mapping[str, Mapping[str, str | None]], corrections: ByArticle
) -> Iterator[Article | Problem]:
    """Yield what a file of a folder holds: one article, or those of an archive with the corrections beside it."""
    if source.problem:
        yield source.problem
    elif not source.is_archive:
        yield read_file(source, metadata.get(source.path.name, {}))
    else:
        number = 0
        try:
            for found in read_archive(source.path):
                number += 1
                yield _with_own(_called_after(source.path, found), found, corrections)
        except (ArticleSetError, OSError) as error:  # alone it stops the run; among others it costs no other
            unread = f"已读{number}行,其后各行未读取" if number else "整个文件未读取"
            yield Problem(source.id, "broken", f"归档文件不合约定,{unread}:{_cause(error)}")
        else:
            if not number:
                yield Problem(source.id, "empty", "归档文件中没有文章")


def _with_own(
    called: Article | Problem, found: Article | Problem, corrections: ByArticle
) -> Article | Problem:
    """Return an article with what is corrected of it, by the name that it has here or by its own in the archive."""
    if isinstance(called, Problem):
        return called
    own = [*corrections.pop(called.id, ()), *corrections.pop(found.id, ())]
    return with_corrections(called, own)


def _cause(error: ArticleSetError | OSError) -> str:
    """Return in Chinese why a file cannot be read."""
    if isinstance(error, OSError):
        return READ_ERRORS.get(error.errno, f"系统错误 {error.errno}")
    return error.detail or str(error)


def _called_after(archive: Location, found: Article | Problem) -> Article | Problem:
    """Return what a zip among other files holds with the zip's name before its own: elsewhere it may be called the same."""
    if archive.suffix.lower() != ".zip":
        return found
    if isinstance(found, Problem):
        own = found.article
        return (
            found
            if own == identifier(archive.name)
            else replace(found, article=identifier(f"{archive.stem}-{own}"))
        )
    called = replace(found, id=identifier(f"{archive.stem}-{found.id}"))
    return with_corrections(called, found.corrections)


def read_file(source: Source, metadata: Mapping[str, str | None]) -> Article | Problem:
    """Return the article in a file that holds one, or why it cannot be read."""
    try:
        refuse_beyond(source.path.stat().st_size, limits().file_bytes, "too_large", "字节")
        document = read_document(source.path.suffix.lower(), source.path.read_bytes())
    except OSError as error:
        return Problem(source.id, "unreadable", f"无法读取文件:{_cause(error)}")
    except UnreadableError as error:
        return Problem(source.id, error.cause, error.detail)
    return article_or_problem(source.id, document, metadata)
