"""What people have corrected of an article set, beside it or in its zip: where that lies, and which article it is for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from helpers.article.article import Article, Problem
from helpers.article.names import in_any_case, is_one_article
from helpers.correction import COLUMNS, Correction, CorrectionError, parse_corrections
from helpers.reading import UnreadableError
from helpers.reading.archive import ArticleSetError, parse_csv, read_csv, require_column

if TYPE_CHECKING:
    from helpers.storage import Location

CORRECTIONS_FILE = "corrections.csv"
OF_ONE_ARCHIVE = f".{CORRECTIONS_FILE}"  # after its stem

ByArticle = dict[str, list[Correction]]


def corrections_file(path: Location) -> Location:
    """Return where the corrections of an article set lie: in its folder, or beside its file."""
    if path.is_dir():
        return in_any_case(path, CORRECTIONS_FILE)
    own = corrections_of_archive(path)
    return own if own.is_file() and not is_one_article(path) else in_any_case(path.parent, CORRECTIONS_FILE)


def corrections_of_archive(path: Location) -> Location:
    """Return where the corrections of an archive alone lie, if there are any: beside it, after its stem."""
    return path.with_name(path.stem + OF_ONE_ARCHIVE)


def read_corrections(path: Location) -> tuple[Correction, ...]:
    """Return what a file of corrections says, nothing where there is none. Raises ArticleSetError."""
    return _parsed(*read_csv(path), path) if path.is_file() else ()


def _parsed(
    columns: Sequence[str], rows: Iterable[Mapping[str, str]], path: Location
) -> tuple[Correction, ...]:
    for column in COLUMNS if columns else ():  # an empty file says nothing
        require_column(path, columns, column)
    try:
        return parse_corrections(enumerate(rows, 2))
    except CorrectionError as error:
        raise ArticleSetError(f"{path}: {error}") from error


def by_article(corrections: Iterable[Correction]) -> ByArticle:
    """Return corrections by the article that they are for."""
    sorted_out: ByArticle = {}
    for correction in corrections:
        sorted_out.setdefault(correction.article, []).append(correction)
    return sorted_out


def corrections_of_archives(folder: Location) -> dict[str, ByArticle]:
    """Return what each STEM.corrections.csv in a folder says of the articles in the archive beside it, by stem."""
    files = sorted(path for path in folder.iterdir() if path.name.endswith(OF_ONE_ARCHIVE))
    return {path.name.removesuffix(OF_ONE_ARCHIVE): by_article(read_corrections(path)) for path in files}


def zipped_corrections(path: Location, contents: Mapping[str, bytes | UnreadableError]) -> ByArticle:
    """Return what the files corrections.csv in a zip say, whichever of its folders they lie in."""
    tables = {
        name: content
        for name, content in contents.items()
        if PurePosixPath(name).name.lower() == CORRECTIONS_FILE
    }
    read = (
        _parsed(*parse_csv(content, path / name), path / name)
        for name, content in tables.items()
        if isinstance(content, bytes)
    )
    return by_article(correction for corrections in read for correction in corrections)


def with_corrections(article: Article, corrections: Iterable[Correction]) -> Article:
    """Return an article with corrections of it, which go before those on the same figure and column that it has."""
    new = [replace(correction, article=article.id) for correction in corrections]
    said = {(correction.quotation, correction.attribute) for correction in new}
    kept = [one for one in article.corrections if (one.quotation, one.attribute) not in said]
    return replace(article, corrections=(*new, *kept)) if new else article


def lost_corrections(left: ByArticle) -> Iterator[Problem]:
    """Yield of each correction that is left that it is for an article that the set does not have."""
    for lost in (correction for corrections in left.values() for correction in corrections):
        detail = f"更正没有对上任何数字：第{lost.line}行 {lost.quotation.figure}，没有读到这篇文章"
        yield Problem(lost.article, "unmatched_correction", detail)
