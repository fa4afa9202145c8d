"""A file or a folder → articles as they came, with nothing worked out.

The first of the two ends that touch the disk. A broken contract (a missing column, two articles of
one name) stops the run with one line; a file that cannot be read becomes a Problem, and the run goes on.
"""

from __future__ import annotations

import difflib
import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path, PurePosixPath

from helpers.correction import COLUMNS as CORRECTION_COLUMNS
from helpers.correction import Correction, CorrectionError, parse_corrections
from helpers.reading import ENDINGS, OTHER_ENDINGS, Document, UnreadableError, read_document
from helpers.reading.archive import (
    READERS,
    TEXT_COLUMN,
    ArticleSetError,
    BrokenRow,
    Row,
    count_rows,
    parse_csv,
    read_csv,
    read_rows,
    require_column,
)
from helpers.reading.limits import limits, refuse_beyond

METADATA_FILE = "articles.csv"
CORRECTIONS_FILE = "corrections.csv"
ID_COLUMNS = ("article", "id")
METADATA_COLUMNS = ("title", "source", "url", "published", "place")
ARCHIVE_ENDINGS = (*READERS, ".zip")
LONGEST_ID = 100
LONGEST_METADATA = 1000

# What may lie in the folder of a set without being an article of it.
CORRECTIONS_IN_ZIP = re.compile(r"(?:^|/)(?:[^/]+\.)?corrections\.csv$", re.I)
BESIDE_ARTICLES = re.compile(
    r"\.|articles\.csv$|(.+\.)?corrections\.csv$|(?-i:README|LICEN[CS]E|NOTICE)(\.\w+)?$", re.I
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

    `path` is a folder with one file per article and, if wanted, an articles.csv; or one such file; or one
    CSV, JSON lines or Parquet file with a column `text`, or a zip of files. Raises ArticleSetError.
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
            f"{path}: holds no articles (expected {', '.join((*ENDINGS, *ARCHIVE_ENDINGS))} files)"
        )
    if not _is_one_article(path):  # beside a single text lie the corrections of its whole folder
        yield from (_lost_correction(one) for lost in corrections.values() for one in lost)


def read_article(path: Path, article: str = "") -> Article:
    """Return one article of a set, the first where none is named. Raises ArticleSetError.

    From a folder only the files that may be the article are read.
    """
    if article and path.is_dir():
        sources = [source for source in _sources(path) if _may_hold(source, article)]
        metadata = _read_metadata(path)
        found = (x for one in sources for x in _read_source(one, metadata) if isinstance(x, Article))
        chosen = next((one for one in found if one.id == article), None)
        own = _corrections_by_article(path).get(article, ())
        chosen = chosen and replace(chosen, corrections=tuple(own))
    else:
        chosen = next((one for one in read_article_set(path).articles if article in ("", one.id)), None)
    if chosen is None:
        raise ArticleSetError(f"{path}: no article {article!r}")
    return chosen


def _read(path: Path) -> Iterator[Article | Problem]:
    if path.is_dir():
        metadata = _read_metadata(path)
        return (found for source in _sources(path) for found in _read_source(source, metadata))
    if _is_one_article(path):
        source = Source(path, identifier(path.stem))
        return _read_source(source, _read_metadata(path.parent))
    if path.suffix.lower() in ARCHIVE_ENDINGS:
        return _read_archive(path)
    raise ArticleSetError(
        f"{path}: not a kind of file that is read ({', '.join((*ENDINGS, *ARCHIVE_ENDINGS))})"
    )


# One article a file.


@dataclass(frozen=True, slots=True)
class Source:
    """A file of a set and what the article in it is called; `problem` is why it is not opened at all."""

    path: Path
    id: str
    problem: Problem | None = None


def _sources(folder: Path) -> list[Source]:
    """Return the files of a folder in the order of their names, each with its id."""
    paths = [path for path in sorted(folder.iterdir()) if not _lies_beside(path)]
    articles = [path for path in paths if path.suffix.lower() in ENDINGS]
    ids = dict(zip(articles, _ids([path.name for path in articles]), strict=True))
    return [Source(path, ids.get(path, identifier(path.name)), _unopened(path, folder)) for path in paths]


def _lies_beside(path: Path) -> bool:
    """True for what is no article: the set's own tables, and the folder of pictures that a browser saves with a page."""
    page = path.name.removesuffix("_files").removesuffix(".files")
    saved_with = page != path.name and any(path.with_name(page + end).exists() for end in (".html", ".htm"))
    return BESIDE_ARTICLES.match(path.name) is not None or (saved_with and path.is_dir())


def _ids(names: list[str]) -> list[str]:
    """Return ids of files: their names without ending; with it, where two would be called the same.

    >>> _ids(["a.txt", "b.html", "b.pdf"])
    ['a', 'b.html', 'b.pdf']
    """
    stems = Counter(Path(name).stem.casefold() for name in names)
    return [identifier(Path(name).stem if stems[Path(name).stem.casefold()] == 1 else name) for name in names]


def _unopened(path: Path, folder: Path) -> Problem | None:
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


def _leads_into(link: Path, folder: Path) -> bool:
    """Return whether a link leads to something within a folder; one that leads round in a circle does not."""
    return Path(os.path.realpath(link)).is_relative_to(os.path.realpath(folder)) and link.exists()


def _may_hold(source: Source, article: str) -> bool:
    return source.id == article or source.path.suffix.lower() in ARCHIVE_ENDINGS


def _read_source(
    source: Source, metadata: Mapping[str, Mapping[str, str | None]]
) -> Iterator[Article | Problem]:
    """Yield what a file of a folder holds: one article, or those of an archive."""
    if source.problem:
        yield source.problem
    elif source.path.suffix.lower() in ENDINGS:
        yield _read_file(source, metadata.get(source.path.name, {}))
    else:
        number = 0
        try:
            for found in _read_archive(source.path):
                number += 1
                yield _called_after(source.path, found)
        except (ArticleSetError, OSError) as error:  # alone it stops the run; among others it costs no other
            unread = f"已读{number}行,其后各行未读取" if number else "整个文件未读取"
            yield Problem(source.id, "broken", f"归档文件不合约定,{unread}:{error}")
        else:
            if not number:
                yield Problem(source.id, "empty", "归档文件中没有文章")


def _called_after(archive: Path, found: Article | Problem) -> Article | Problem:
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
    return replace(found, id=identifier(f"{archive.stem}-{found.id}"))


def _is_one_article(path: Path) -> bool:
    return path.suffix.lower() in ENDINGS and path.is_file()


def _read_file(source: Source, metadata: Mapping[str, str | None]) -> Article | Problem:
    try:
        refuse_beyond(source.path.stat().st_size, limits().file_bytes, "too_large", "字节")
        document = read_document(source.path.suffix.lower(), source.path.read_bytes())
    except OSError as error:
        return Problem(source.id, "unreadable", f"无法读取文件:{error.strerror}")
    except UnreadableError as error:
        return Problem(source.id, error.cause, error.detail)
    return _article_or_problem(source.id, document, metadata)


def identifier(name: str) -> str:
    r"""Return a file's name, or an id as written, as one that can be printed, and is no longer than a name should be.

    >>> identifier("a\nb"), len(identifier("很长" * 100))
    ('a_b', 100)
    """
    readable = re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", "_", _writable(name))
    if len(readable) <= LONGEST_ID:
        return readable
    return f"{readable[: LONGEST_ID - 9]}-{hashlib.sha256(readable.encode()).hexdigest()[:8]}"


def _writable(name: str) -> str:
    """Return a file's name as text that can be written, also where the disk holds it in another encoding."""
    return os.fsencode(name).decode("utf-8", "replace")


def _article_or_problem(
    name: str, document: Document, metadata: Mapping[str, str | None]
) -> Article | Problem:
    """Return the article of a document; what the set says of it goes before what its file says."""
    if not document.text.strip():
        return Problem(name, "empty", "文件中没有文字")
    own = {column: getattr(document, column, None) for column in METADATA_COLUMNS}
    known = own | {column: value for column, value in metadata.items() if value is not None}
    try:
        refuse_beyond(len(document.text), limits().characters, "too_long", "字符")
        for value in filter(None, known.values()):
            refuse_beyond(len(value), LONGEST_METADATA, "too_long", "字符的标题或出处")
    except UnreadableError as error:
        return Problem(name, error.cause, error.detail)
    return Article(name, document.text, **known)


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
        if Path(row["file"]).name != row["file"] or not (folder / row["file"]).is_file():
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
    return own if own.is_file() and not _is_one_article(path) else path.with_name(CORRECTIONS_FILE)


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
            known = (_text_or_none(row.get(column)) for column in ID_COLUMNS)
            name = next(filter(None, known), None) or f"{path.stem}-{number:0{width()}}"
            yield _archived_article(row, identifier(name), path)


def _archived_article(row: Row, name: str, path: Path) -> Article | Problem:
    text = row.get(TEXT_COLUMN)
    document = Document(text if isinstance(text, str) else "")
    return _article_or_problem(name, document, _metadata(row, f"{path}: {name}"))


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
    metadata = _zipped_metadata(path, contents)
    names = [name for name in contents if not BESIDE_ARTICLES.match(PurePosixPath(name).name)]
    for name, own in zip(names, _ids_in_zip(names), strict=True):
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
                yield _article_or_problem(own, document, metadata.get(PurePosixPath(name), {}))


def _ids_in_zip(names: list[str]) -> list[str]:
    """Return ids of the files in a zip: their names without folder and ending where these tell them apart."""
    plain = _ids([PurePosixPath(name).name for name in names])
    times = Counter(own.casefold() for own in plain)
    return [
        own if times[own.casefold()] == 1 else identifier(name)
        for own, name in zip(plain, names, strict=True)
    ]


def _zipped_metadata(
    path: Path, contents: Mapping[str, bytes | UnreadableError]
) -> dict[PurePosixPath, dict[str, str | None]]:
    """Return what each articles.csv in a zip says of the files beside it."""
    files = {PurePosixPath(name) for name in contents}
    told: list[tuple[PurePosixPath, dict[str, str | None]]] = []
    for name, content in contents.items():
        table = PurePosixPath(name)
        if table.name != METADATA_FILE or not isinstance(content, bytes):
            continue
        where = path / name
        columns, rows = parse_csv(content, where)
        require_column(where, columns, "file")
        _refuse_misspelt(where, columns)
        for row in rows:
            if table.parent / row["file"] not in files:
                raise ArticleSetError(f"{where}: names {row['file']!r}, which does not lie beside it")
            told.append((table.parent / row["file"], _metadata(row, f"{where}: {row['file']}")))
    _refuse_repeated((str(file) for file, _ in told), f"{path}: two rows are for")
    return dict(told)


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
