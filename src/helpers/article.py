"""A file or a folder → articles as they came, with nothing worked out.

The first of the two ends that touch the disk. A broken contract (a missing column, two articles of
one name) stops the run with one line; a file that cannot be read becomes a Problem, and the run goes on.
"""

from __future__ import annotations

import difflib
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path

from helpers.archive import (
    READERS,
    TEXT_COLUMN,
    ArticleSetError,
    BrokenRow,
    Row,
    count_rows,
    read_csv,
    read_rows,
    require_column,
)
from helpers.correction import COLUMNS as CORRECTION_COLUMNS
from helpers.correction import Correction, CorrectionError, parse_corrections
from helpers.encoding import UndecodableError, decode

METADATA_FILE = "articles.csv"
CORRECTIONS_FILE = "corrections.csv"
ID_COLUMNS = ("article", "id")
METADATA_COLUMNS = ("title", "source", "url", "published", "place")
ARCHIVE_ENDINGS = tuple(READERS)

# What may lie in the folder of a set without being an article of it.
BESIDE_ARTICLES = re.compile(
    r"\.|articles\.csv$|(.+\.)?corrections\.csv$|(README|LICEN[CS]E|NOTICE)(\.\w+)?$", re.I
)

EDTF_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?~?")


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it came. What is None was not said beside the text."""

    id: str
    raw: str
    title: str | None = None
    source: str | None = None
    url: str | None = None
    published: str | None = None
    place: str | None = None
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something read that did not become a row: named, never dropped.

    `cause` is a short stable code, `detail` one line for people, in Chinese as in the reports.
    """

    article: str
    cause: str
    detail: str


@dataclass(frozen=True, slots=True)
class ArticleSet:
    """The articles of a file or folder in the order of their ids, and what could not be read."""

    name: str
    articles: tuple[Article, ...]
    problems: tuple[Problem, ...]


def set_name(path: Path) -> str:
    """Return the name of an article set: its folder's, or its file's without the ending.

    >>> set_name(Path("data/raw/hunan"))
    'hunan'
    >>> set_name(Path("archive.2023.csv"))
    'archive.2023'
    """
    whole = path.resolve()
    return whole.name if path.is_dir() or not whole.suffix else whole.stem


def read_article_set(path: Path) -> ArticleSet:
    """Return the articles under `path`, sorted by id, with what could not be read as problems.

    `path` is a folder with one .txt file per article and, if wanted, an articles.csv; or one such .txt
    file; or one CSV, JSON lines or Parquet file with a column `text`. Raises ArticleSetError.
    """
    found = list(iter_articles(path))
    articles = sorted((x for x in found if isinstance(x, Article)), key=lambda article: article.id)
    problems = sorted((x for x in found if isinstance(x, Problem)), key=lambda p: (p.article, p.cause))
    _refuse_repeated((article.id for article in articles), f"{path}: two articles are called")
    return ArticleSet(set_name(path), tuple(articles), tuple(problems))


def iter_articles(path: Path) -> Iterator[Article | Problem]:
    """Yield the articles under `path` and what could not be read, one at a time, in the order in which they lie there.

    For sets too large to be held; that no two articles have one id is for the caller to check. Raises ArticleSetError.
    """
    path = Path(path)
    if not path.exists():
        raise ArticleSetError(f"{path}: no such file or folder")
    corrections = _corrections_by_article(path)
    is_empty = True
    for found in _read(path):
        is_empty = False
        own = corrections.pop(found.id, ()) if isinstance(found, Article) else ()
        yield replace(found, corrections=tuple(own)) if own else found
    if is_empty:
        raise ArticleSetError(
            f"{path}: holds no articles (expected .txt files, or one .csv, .jsonl or .parquet)"
        )
    if not _is_text_file(path):  # beside a single text lie the corrections of its whole folder
        yield from (_lost_correction(one) for lost in corrections.values() for one in lost)


def _read(path: Path) -> Iterator[Article | Problem]:
    if path.is_dir():
        return _read_folder(path)
    if _is_text_file(path):
        return iter([_read_text_file(path, _read_metadata(path.parent).get(path.name, {}))])
    if path.suffix.lower() in ARCHIVE_ENDINGS:
        return _read_archive(path)
    raise ArticleSetError(f"{path}: not a kind of file that is read (.txt, {', '.join(ARCHIVE_ENDINGS)})")


# One article a file.


def _read_folder(folder: Path) -> Iterator[Article | Problem]:
    metadata = _read_metadata(folder)
    for path in sorted(folder.iterdir()):
        if BESIDE_ARTICLES.match(path.name):
            continue
        if _is_text_file(path):
            yield _read_text_file(path, metadata.get(path.name, {}))
        else:
            what = "子文件夹" if path.is_dir() else "不是 .txt 文件"
            yield Problem(_writable(path.name), "unsupported", f"{what},未读取")


def _is_text_file(path: Path) -> bool:
    return path.suffix.lower() == ".txt" and path.is_file()


def _read_text_file(path: Path, metadata: Mapping[str, str | None]) -> Article | Problem:
    name = _writable(path.stem)
    try:
        raw = decode(path.read_bytes())
    except OSError as error:
        return Problem(name, "unreadable", f"无法读取文件:{error.strerror}")
    except UndecodableError as error:
        return Problem(name, "undecodable", str(error))
    return _article_or_problem(name, raw, metadata)


def _writable(name: str) -> str:
    """Return a file's name as text that can be written, also where the disk holds it in another encoding."""
    return os.fsencode(name).decode("utf-8", "replace")


def _article_or_problem(name: str, raw: str, metadata: Mapping[str, str | None]) -> Article | Problem:
    if not raw.strip():
        return Problem(name, "empty", "文件中没有文字")
    return Article(name, raw, **metadata)


# What is known of the articles beside their text.


def _read_metadata(folder: Path) -> dict[str, dict[str, str | None]]:
    """Return what the folder's articles.csv says of each file; nothing where there is none."""
    path = folder / METADATA_FILE
    if not path.is_file():
        return {}
    columns, rows = read_csv(path)
    rows = list(rows)
    require_column(path, columns, "file")
    _refuse_misspelt(path, columns)
    _refuse_repeated((row["file"] for row in rows), f"{path}: two rows are for")
    for row in rows:
        if not (folder / row["file"]).is_file():
            raise ArticleSetError(f"{path}: names {row['file']!r}, which does not lie beside it")
    return {row["file"]: _metadata(row, f"{path}: {row['file']}") for row in rows}


def _metadata(row: Mapping[str, object], where: str) -> dict[str, str | None]:
    """Return the metadata of one row, an empty cell as None."""
    known = {column: _text_or_none(row.get(column)) for column in METADATA_COLUMNS}
    if known["published"] is not None and not is_edtf_date(known["published"]):
        raise ArticleSetError(
            f"{where}: published is {known['published']!r}, not a date like 2023, 2023-07, 2023-07-04 or 2023-07~"
        )
    return known


def is_edtf_date(text: str) -> bool:
    """Return whether a text is a year, month or day that exists, as EDTF writes it.

    >>> [is_edtf_date(x) for x in ("2023", "2023-07~", "2023-02-30", "2023/07", "2023年")]
    [True, True, False, False, False]
    """
    match = EDTF_DATE.fullmatch(text)
    if match is None:
        return False
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _text_or_none(cell: object) -> str | None:
    if cell is None or cell != cell:  # a missing number in Parquet is NaN, which equals nothing
        return None
    if isinstance(cell, datetime):
        cell = cell.date()
    return str(cell).strip() or None


# What people have corrected.


def corrections_file(path: Path) -> Path:
    """Return where the corrections of an article set lie: in its folder, or beside its file."""
    if path.is_dir():
        return path / CORRECTIONS_FILE
    own = path.with_name(f"{path.stem}.{CORRECTIONS_FILE}")
    return own if own.is_file() and not _is_text_file(path) else path.with_name(CORRECTIONS_FILE)


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """Return what a file of corrections says, nothing where there is none. Raises ArticleSetError."""
    if not path.is_file():
        return ()
    columns, rows = read_csv(path)
    for column in CORRECTION_COLUMNS if columns else ():  # an empty file says nothing
        require_column(path, columns, column)
    try:
        return parse_corrections(enumerate(rows, 2))
    except CorrectionError as error:
        raise ArticleSetError(f"{path}: {error}") from error


def _corrections_by_article(path: Path) -> dict[str, list[Correction]]:
    by_article: dict[str, list[Correction]] = {}
    for correction in read_corrections(corrections_file(path)):
        by_article.setdefault(correction.article, []).append(correction)
    return by_article


def _lost_correction(lost: Correction) -> Problem:
    detail = f"更正没有对上任何数字：第{lost.line}行 {lost.quotation.figure}，没有读到这篇文章"
    return Problem(lost.article, "unmatched_correction", detail)


# Many articles in one file.


def _read_archive(path: Path) -> Iterator[Article | Problem]:
    width = cache(lambda: max(3, len(str(count_rows(path)))))
    for number, row in enumerate(read_rows(path, (TEXT_COLUMN, *ID_COLUMNS, *METADATA_COLUMNS)), 1):
        if isinstance(row, BrokenRow):
            yield Problem(row.where, "broken_line", row.detail)
        else:
            known = (_text_or_none(row.get(column)) for column in ID_COLUMNS)
            name = next(filter(None, known), None) or f"{path.stem}-{number:0{width()}}"
            yield _archived_article(row, name, path)


def _archived_article(row: Row, name: str, path: Path) -> Article | Problem:
    text = row.get(TEXT_COLUMN)
    return _article_or_problem(name, text if isinstance(text, str) else "", _metadata(row, f"{path}: {name}"))


# The contract.


def _refuse_misspelt(path: Path, columns: Iterable[str]) -> None:
    """Stop at `publised`: a column that is passed over in silence is a date that nobody misses."""
    known = {"file", *METADATA_COLUMNS}
    for column in set(columns) - known:
        if meant := difflib.get_close_matches(column.strip().lower(), sorted(known), 1, 0.85):
            raise ArticleSetError(f"{path}: column {column!r} is unknown; did you mean {meant[0]!r}?")


def _refuse_repeated(names: Iterable[str], what: str) -> None:
    repeated = [name for name, times in Counter(names).items() if times > 1]
    if repeated:
        raise ArticleSetError(f"{what} {repeated[0]!r}")
