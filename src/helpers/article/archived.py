"""One file with many articles, a table or a zip → its articles, one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from helpers.article.article import METADATA_COLUMNS, Article, Problem, article_or_problem
from helpers.article.corrections import (
    CORRECTIONS_FILE,
    OF_ONE_ARCHIVE,
    lost_corrections,
    with_corrections,
    zipped_corrections,
)
from helpers.article.metadata import METADATA_FILE, metadata_of, text_or_none, zipped_metadata
from helpers.article.names import BESIDE_ARTICLES, identifier, ids_in_zip
from helpers.reading import ENDINGS, Document, UnreadableError, read_document
from helpers.reading.archive import TEXT_COLUMN, BrokenRow, Row, count_rows, read_rows

if TYPE_CHECKING:
    from helpers.storage import Location

ID_COLUMNS = ("article", "id")
# Beside the articles of a zip; without them its articles lack what is known of them.
TABLES = (METADATA_FILE, CORRECTIONS_FILE)


def read_archive(path: Location) -> Iterator[Article | Problem]:
    """Yield the articles of a file with many of them."""
    if path.suffix.lower() == ".zip":
        try:
            yield from _read_zip(path)
        except UnreadableError as error:
            yield Problem(identifier(path.name), error.cause, error.detail)
        return
    width = cache(lambda: max(3, len(str(count_rows(path)))))
    for number, row in enumerate(read_rows(path, (TEXT_COLUMN, *ID_COLUMNS, *METADATA_COLUMNS)), 1):
        if isinstance(row, BrokenRow):
            yield Problem(identifier(row.where), "broken_line", row.detail)
        else:
            known = (text_or_none(row.get(column)) for column in ID_COLUMNS)
            name = next(filter(None, known), None) or f"{path.stem}-{number:0{width()}}"
            yield _archived_article(row, identifier(name), path)


def _archived_article(row: Row, name: str, path: Location) -> Article | Problem:
    text = row.get(TEXT_COLUMN)
    document = Document(text if isinstance(text, str) else "")
    return article_or_problem(name, document, metadata_of(row, f"{path}: {name}"))


def _read_zip(path: Location) -> Iterator[Article | Problem]:
    """Yield the articles of a zip, a set of its own: what articles.csv and corrections.csv in it say of them goes along."""
    from helpers.reading.bundle import read_bundle

    contents: dict[str, bytes | UnreadableError] = {}
    for name, content in read_bundle(path):
        if name in contents:  # as where it is unpacked, the last is the one that stays
            yield Problem(identifier(name), "unreadable", "压缩包中有多个同名文件,只读取最后一个")
        contents[name] = content
    yield from _unread_tables(contents)
    metadata, corrections = zipped_metadata(path, contents), zipped_corrections(path, contents)
    names = [name for name in contents if not BESIDE_ARTICLES.match(PurePosixPath(name).name)]
    for name, own in zip(names, ids_in_zip(names), strict=True):
        found = _zipped_article(name, own, contents.pop(name), metadata.get(PurePosixPath(name), {}))
        yield found if isinstance(found, Problem) else with_corrections(found, corrections.pop(own, ()))
    yield from lost_corrections(corrections)


def _zipped_article(
    name: str, own: str, content: bytes | UnreadableError, metadata: Mapping[str, str | None]
) -> Article | Problem:
    """Return the article in a file of a zip, which is called `own`, or why there is none."""
    ending = PurePosixPath(name).suffix.lower()
    if isinstance(content, UnreadableError):
        return Problem(identifier(name), content.cause, content.detail)
    if ending not in ENDINGS:
        return Problem(identifier(name), "unsupported", "压缩包中不支持的文件类型,未读取")
    try:
        return article_or_problem(own, read_document(ending, content), metadata)
    except UnreadableError as error:
        return Problem(own, error.cause, error.detail)


def _unread_tables(contents: Mapping[str, bytes | UnreadableError]) -> Iterator[Problem]:
    """Yield of each table in a zip that says something of its articles and cannot be read that this is lost."""
    for name, content in contents.items():
        file = PurePosixPath(name).name.lower()
        if isinstance(content, UnreadableError) and file in TABLES:
            yield Problem(identifier(name), content.cause, f"{content.detail},其中的内容没有用上")
        elif file.endswith(OF_ONE_ARCHIVE):
            yield Problem(identifier(name), "unsupported", "压缩包中不读取归档文件,其更正没有用上")
