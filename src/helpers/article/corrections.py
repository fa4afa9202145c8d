"""What people have corrected of an article set, beside it: where that lies, and what it says of which article."""

from __future__ import annotations

from pathlib import Path

from helpers.article.article import Problem
from helpers.article.names import is_one_article
from helpers.correction import COLUMNS, Correction, CorrectionError, parse_corrections
from helpers.reading.archive import ArticleSetError, read_csv, require_column

CORRECTIONS_FILE = "corrections.csv"


def corrections_file(path: Path) -> Path:
    """Return where the corrections of an article set lie: in its folder, or beside its file."""
    if path.is_dir():
        return path / CORRECTIONS_FILE
    own = path.with_name(f"{path.stem}.{CORRECTIONS_FILE}")
    return own if own.is_file() and not is_one_article(path) else path.with_name(CORRECTIONS_FILE)


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """Return what a file of corrections says, nothing where there is none. Raises ArticleSetError."""
    if not path.is_file():
        return ()
    columns, rows = read_csv(path)
    for column in COLUMNS if columns else ():  # an empty file says nothing
        require_column(path, columns, column)
    try:
        return parse_corrections(enumerate(rows, 2))
    except CorrectionError as error:
        raise ArticleSetError(f"{path}: {error}") from error


def corrections_by_article(path: Path) -> dict[str, list[Correction]]:
    """Return what the corrections beside a set say, by the article that they are for."""
    by_article: dict[str, list[Correction]] = {}
    for correction in read_corrections(corrections_file(path)):
        by_article.setdefault(correction.article, []).append(correction)
    return by_article


def lost_correction(lost: Correction) -> Problem:
    """Return that a correction is for an article that the set does not have."""
    detail = f"更正没有对上任何数字：第{lost.line}行 {lost.quotation.figure}，没有读到这篇文章"
    return Problem(lost.article, "unmatched_correction", detail)
