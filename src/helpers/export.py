"""A table → a file of the kind its ending names, written whole or not at all, the same bytes each time.

The other end that touches the disk. What a text from an article begins with is never left to a
spreadsheet to take for a formula.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from helpers.explanation import display_width
from helpers.spreadsheet import FORMULA, PLAIN_NUMBER
from helpers.storage import written_whole

if TYPE_CHECKING:
    from helpers.storage import Location

SHEET = "zhanbao"
EXCEL_ROWS = 1_048_576
EXCEL_CHARACTERS = 32_767
WIDEST_COLUMN = 50
FILTER_BUTTON = 4


class ExportError(Exception):
    """A table that cannot be written as asked; the message is one line naming file and cause."""


def write_table(df: pd.DataFrame, path: Location) -> None:
    """Write a table as .csv (UTF-8 with BOM), .parquet, .jsonl or .xlsx; the old file stays until the new is whole."""
    write = table_writer(path)
    with written_whole(path) as new:
        write(df, new)


def table_writer(path: Location) -> Callable[[pd.DataFrame, Path], None]:
    """Return what writes the kind of file that the ending names; ExportError if nothing does."""
    try:
        return WRITERS[path.suffix.lower()]
    except KeyError:
        raise ExportError(f"{path}: not a kind of file that is written ({', '.join(WRITERS)})") from None


def write_pieces(pieces: Iterable[pd.DataFrame], path: Location) -> None:
    """Write tables of one form as one .csv, .parquet or .jsonl, with no more than one of them in memory."""
    write = piece_writer(path)
    with written_whole(path) as new:
        write(pieces, new)


def piece_writer(path: Location) -> Callable[[Iterable[pd.DataFrame], Path], None]:
    """Return what writes a large table as the kind of file that the ending names; ExportError if nothing does."""
    try:
        return PIECEWISE[path.suffix.lower()]
    except KeyError:
        raise ExportError(f"{path}: so large a table is not written so ({', '.join(PIECEWISE)})") from None


def spreadsheet_safe(df: pd.DataFrame) -> pd.DataFrame:
    """Return the table with an apostrophe before each text that a spreadsheet would run as a formula.

    Columns of numbers are left alone, and so is a text that is a signed number.

    >>> spreadsheet_safe(pd.DataFrame({"text": ["=1+1", "-0.6%", "18个"]}))["text"].tolist()
    ["'=1+1", '-0.6%', '18个']
    """
    return df.assign(**{name: _disarmed(df[name]) for name in df.select_dtypes("str")})


def _disarmed(column: pd.Series) -> pd.Series:
    armed = column.str.match(FORMULA, na=False) & ~column.str.fullmatch(PLAIN_NUMBER, na=False)
    return column.mask(armed, "'" + column)


def csv_text(df: pd.DataFrame, header: bool = True) -> str:
    """Return the table as CSV text, safe to open in a spreadsheet."""
    return spreadsheet_safe(df).to_csv(index=False, header=header, lineterminator="\n")


def _write_csv(df: pd.DataFrame, path: Path) -> None:
    path.write_text(csv_text(df), "utf-8-sig", newline="\n")


def _write_parquet(df: pd.DataFrame, path: Path) -> None:
    df.to_parquet(path, engine="pyarrow", index=False, compression="zstd")


def _write_json_lines(df: pd.DataFrame, path: Path) -> None:
    _write_json_pieces([df], path)


def _json_lines(df: pd.DataFrame) -> Iterator[str]:
    records = df.astype(object).where(df.notna(), None).to_dict("records")
    return (json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def _write_csv_pieces(pieces: Iterable[pd.DataFrame], path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="\n") as file:
        file.writelines(csv_text(df, header=not number) for number, df in enumerate(pieces))


def _write_json_pieces(pieces: Iterable[pd.DataFrame], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(chain.from_iterable(map(_json_lines, pieces)))


def _write_parquet_pieces(pieces: Iterable[pd.DataFrame], path: Path) -> None:
    import pyarrow
    import pyarrow.parquet

    tables = (pyarrow.Table.from_pandas(df, preserve_index=False) for df in pieces)
    first = next(tables)
    with pyarrow.parquet.ParquetWriter(path, first.schema, compression="zstd") as writer:
        for table in chain([first], tables):
            writer.write_table(table)


def _write_xlsx(df: pd.DataFrame, path: Path) -> None:
    """Write an Excel sheet in which every text is a text, with the header in view and a filter on it."""
    if len(df) >= EXCEL_ROWS:
        raise ExportError(
            f"{path.name}: {len(df)} rows are more than an Excel sheet holds; use .parquet or .csv"
        )
    shown = df.assign(**{name: df[name].str.slice(0, EXCEL_CHARACTERS) for name in df.select_dtypes("str")})
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with pd.ExcelWriter(path, engine="xlsxwriter", engine_kwargs={"options": options}) as writer:
        # the time of writing would differ each time
        writer.book.set_properties({"created": datetime(2000, 1, 1)})
        shown.to_excel(writer, sheet_name=SHEET, index=False, freeze_panes=(1, 0))
        sheet = writer.sheets[SHEET]
        sheet.autofilter(0, 0, len(df), max(0, len(df.columns) - 1))
        for number, name in enumerate(shown):
            sheet.set_column(number, number, _column_width(shown[name]))


def _column_width(column: pd.Series) -> int:
    """Return a width that shows a column's cells whole, long ones in part; a Chinese character takes two."""
    texts = [f"{cell:.0f}" if isinstance(cell, float) else str(cell) for cell in column]
    wide = max((display_width(text) for text in texts), default=0)
    return min(WIDEST_COLUMN, max(wide, display_width(column.name) + FILTER_BUTTON))


WRITERS: dict[str, Callable[[pd.DataFrame, Path], None]] = {
    ".csv": _write_csv,
    ".parquet": _write_parquet,
    ".jsonl": _write_json_lines,
    ".xlsx": _write_xlsx,
}
PIECEWISE: dict[str, Callable[[Iterable[pd.DataFrame], Path], None]] = {
    ".csv": _write_csv_pieces,
    ".parquet": _write_parquet_pieces,
    ".jsonl": _write_json_pieces,
}
