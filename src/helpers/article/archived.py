"""One file with many articles, a table or a zip → its articles, one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath

from helpers.article.article import METADATA_COLUMNS, Article, Problem, article_or_problem
from helpers.article.metadata import metadata_of, text_or_none, zipped_metadata
from helpers.article.names import BESIDE_ARTICLES, identifier, ids_in_zip
from helpers.reading import ENDINGS, Document, UnreadableError, read_document
from helpers.reading.archive import TEXT_COLUMN, BrokenRow, Row, count_rows, read_rows

ID_COLUMNS = ("article", "id")
CORRECTIONS_IN_ZIP = re.compile(r"(?:^|/)(?:[^/]+\.)?corrections\.csv$", re.I)


def read_archive(path: Path) -> Iterator[Article | Problem]:
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


def _archived_article(row: Row, name: str, path: Path) -> Article | Problem:
    text = row.get(TEXT_COLUMN)
    document = Document(text if isinstance(text, str) else "")
    return article_or_problem(name, document, metadata_of(row, f"{path}: {name}"))


def _read_zip(path: Path) -> Iterator[Article | Problem]:
    """Yield the articles of a zip, which is a set of its own: its articles.csv tells of its files."""
    from helpers.reading.bundle import read_bundle

    contents: dict[str, bytes | UnreadableError] = {}
    for name, content in read_bundle(path):
        if CORRECTIONS_IN_ZIP.search(name):
            continue
        if name in contents:  # as where it is unpacked, the last is the one that stays
            yield Problem(identifier(name), "unreadable", "压缩包中有多个同名文件,只读取最后一个")
        contents[name] = content
    metadata = zipped_metadata(path, contents)
    names = [name for name in contents if not BESIDE_ARTICLES.match(PurePosixPath(name).name)]
    for name, own in zip(names, ids_in_zip(names), strict=True):
        content = contents.pop(name)
        ending = PurePosixPath(name).suffix.lower()
        if isinstance(content, UnreadableError):
            yield Problem(identifier(name), content.cause, content.detail)
        elif ending not in ENDINGS:
            yield Problem(identifier(name), "unsupported", "压缩包中不支持的文件类型,未读取")
        else:
            try:
                document = read_document(ending, content)
            except UnreadableError as error:
                yield Problem(own, error.cause, error.detail)
            else:
                yield article_or_problem(own, document, metadata.get(PurePosixPath(name), {}))
