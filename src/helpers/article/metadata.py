"""What an articles.csv says of the texts beside it: title, source, address, date, place."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from helpers.article.article import METADATA_COLUMNS
from helpers.article.names import in_any_case, refuse_repeated
from helpers.reading import UnreadableError
from helpers.reading.archive import ArticleSetError, parse_csv, read_csv, require_column

if TYPE_CHECKING:
    from helpers.storage import Location

METADATA_FILE = "articles.csv"
EDTF_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?~?")


def read_metadata(folder: Location) -> dict[str, dict[str, str | None]]:
    """Return what the folder's articles.csv says of each file; nothing where there is none."""
    path = in_any_case(folder, METADATA_FILE)
    if not path.is_file():
        return {}
    columns, rows = read_csv(path)
    rows = list(rows)
    require_column(path, columns, "file")
    _refuse_misspelt(path, columns)
    refuse_repeated((row["file"] for row in rows), f"{path}: two rows are for")
    for row in rows:
        if Path(row["file"]).name != row["file"] or not (folder / row["file"]).is_file():
            raise ArticleSetError(f"{path}: names {row['file']!r}, which does not lie beside it")
    return {row["file"]: metadata_of(row, f"{path}: {row['file']}") for row in rows}


def zipped_metadata(
    path: Location, contents: Mapping[str, bytes | UnreadableError]
) -> dict[PurePosixPath, dict[str, str | None]]:
    """Return what each articles.csv in a zip says of the files beside it."""
    files = {PurePosixPath(name) for name in contents}
    told: list[tuple[PurePosixPath, dict[str, str | None]]] = []
    for name, content in contents.items():
        table = PurePosixPath(name)
        if table.name.lower() != METADATA_FILE or not isinstance(content, bytes):
            continue
        where = path / name
        columns, rows = parse_csv(content, where)
        require_column(where, columns, "file")
        _refuse_misspelt(where, columns)
        for row in rows:
            if table.parent / row["file"] not in files:
                raise ArticleSetError(f"{where}: names {row['file']!r}, which does not lie beside it")
            told.append((table.parent / row["file"], metadata_of(row, f"{where}: {row['file']}")))
    refuse_repeated((str(file) for file, _ in told), f"{path}: two rows are for")
    return dict(told)


def metadata_of(row: Mapping[str, object], where: str) -> dict[str, str | None]:
    """Return the metadata of one row, an empty cell as None."""
    known = {column: text_or_none(row.get(column)) for column in METADATA_COLUMNS}
    if known["published"] is not None and not is_edtf_date(known["published"]):
        raise ArticleSetError(
            f"{where}: published is {known['published']!r}, not a date like 2023, 2023-07, 2023-07-04 or 2023-07~",
            f"发表日期 {known['published']} 不是日期",
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


def text_or_none(cell: object) -> str | None:
    """Return a cell of a table as text, None for an empty one."""
    if cell is None or cell != cell:  # a missing number in Parquet is NaN, which equals nothing
        return None
    if isinstance(cell, datetime):
        cell = cell.date()
    return str(cell).strip() or None


def _refuse_misspelt(path: Location, columns: Iterable[str]) -> None:
    """Stop at `publised`: a column that is passed over in silence is a date that nobody misses."""
    known = {"file", *METADATA_COLUMNS}
    for column in set(columns) - known:
        if meant := difflib.get_close_matches(column.strip().lower(), sorted(known), 1, 0.85):
            raise ArticleSetError(f"{path}: column {column!r} is unknown; did you mean {meant[0]!r}?")
