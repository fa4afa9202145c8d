"""One file with many articles → its rows, one after the other, however large the file is.

Apart from helpers.article, which makes articles of the rows: here a file is opened, taken apart and never held whole.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TextIO

from helpers.reading.encoding import UndecodableError, decode, open_text
from helpers.reading.limits import limits
from helpers.storage import open_location

if TYPE_CHECKING:
    from helpers.storage import Location

TEXT_COLUMN = "text"
AT_ONCE = 256  # rows of a Parquet file that are in memory together
READ_AHEAD = 1 << 20


class ArticleSetError(Exception):
    """An article set that breaks its contract; the message is one line naming file and cause.

    `detail` is the cause in Chinese, for the list of problems, where the file is one among others.
    """

    def __init__(self, message: str, detail: str = "") -> None:
        super().__init__(message)
        self.detail = detail


class BrokenRow(NamedTuple):
    """A row that cannot be read: where it stands, and what is the matter with it, in Chinese."""

    where: str
    detail: str


Row = dict[str, object]


def read_rows(path: Location, columns: Sequence[str]) -> Iterator[Row | BrokenRow]:
    """Yield the rows of an archive, of a Parquet file only the columns named. Raises ArticleSetError."""
    return READERS[path.suffix.lower()](path, columns)


def count_rows(path: Location) -> int:
    """Return how many rows an archive has, broken ones too."""
    return sum(1 for _ in read_rows(path, ()))


def require_column(path: Location, columns: Iterable[str], column: str) -> None:
    """Stop where a file lacks a column."""
    if column not in columns:
        raise ArticleSetError(
            f"{path}: column {column!r} is missing (it has {', '.join(map(str, columns)) or 'none'})",
            f"缺少 {column} 列",
        )


# CSV.


def read_csv(path: Location) -> tuple[list[str], Iterator[dict[str, str]]]:
    """Return the columns of a CSV file and its rows, each with as many cells as there are columns."""
    try:
        return _csv_rows(path, open_text(path, newline=""))
    except UndecodableError as error:
        raise _undecodable(path, error) from error
    except csv.Error as error:
        raise _no_csv(path, error) from error


def parse_csv(data: bytes, path: Location) -> tuple[list[str], list[dict[str, str]]]:
    """Return the columns and rows of a CSV file that is not on the disk; `path` is what it is called."""
    try:
        columns, rows = _csv_rows(path, io.StringIO(decode(data), newline=""))
    except UndecodableError as error:
        raise _undecodable(path, error) from error
    except csv.Error as error:
        raise _no_csv(path, error) from error
    return columns, list(rows)


def _csv_rows(path: Location, file: TextIO) -> tuple[list[str], Iterator[dict[str, str]]]:
    csv.field_size_limit(limits().markup_characters)
    reader = csv.DictReader(bounded_lines(file), strict=True)
    return list(reader.fieldnames or ()), _whole_rows(path, file, reader)


def bounded_lines(file: TextIO) -> Iterator[str]:
    """Yield the lines of a file; one that is longer than a line may be comes in pieces of that length.

    A CSV field that goes on over such pieces is refused for its length, a JSON line is broken by them: neither is held.
    """
    most = limits().markup_characters
    while line := file.readline(most):
        yield line


def _whole_rows(path: Location, file: TextIO, reader: csv.DictReader) -> Iterator[dict[str, str]]:
    try:
        with file:
            for number, row in enumerate(reader, 2):
                if None in row or None in row.values():
                    raise ArticleSetError(
                        f"{path}: row {number} has not as many cells as the header has columns",
                        f"第{number}行的格数与表头不符",
                    )
                yield row
    except csv.Error as error:
        raise _no_csv(path, error) from error


def _no_csv(path: Location, error: csv.Error) -> ArticleSetError:
    return ArticleSetError(f"{path}: not a readable CSV file: {error}", "不是可读的 CSV 文件")


def _undecodable(path: Location, error: UndecodableError) -> ArticleSetError:
    return ArticleSetError(
        f"{path}: not a readable text file: in none of the encodings that are read", str(error)
    )


def _read_csv(path: Location, columns: Sequence[str]) -> Iterator[Row]:
    found, rows = read_csv(path)
    for row in rows:
        require_column(path, found, TEXT_COLUMN)
        yield row


# JSON lines.


def _read_json_lines(path: Location, columns: Sequence[str]) -> Iterator[Row | BrokenRow]:
    try:
        lines = open_text(path, newline="\n")  # U+2028 may stand inside a string
    except UndecodableError as error:
        raise _undecodable(path, error) from error
    found: dict[str, None] = {}
    with lines:
        for number, line in enumerate(bounded_lines(lines), 1):
            if line.strip():
                row = _parse_json_line(line, f"{path.stem}:{number}")
                found |= dict.fromkeys(row) if isinstance(row, dict) else {}
                yield row
    if found:
        require_column(path, found, TEXT_COLUMN)


def _parse_json_line(line: str, where: str) -> Row | BrokenRow:
    try:
        row = json.loads(line)
        # half of a surrogate pair can be escaped, not written
        json.dumps(row, ensure_ascii=False).encode("utf-8")
    except json.JSONDecodeError as error:
        return BrokenRow(where, f"不是完整的 JSON:第{error.colno}个字符处出错")
    except UnicodeEncodeError:
        return BrokenRow(where, "含有不成对的代理字符")
    except (RecursionError, ValueError):  # brackets by the thousand, a number of 5,000 digits
        return BrokenRow(where, "JSON 嵌套过深或数字过长")
    return row if isinstance(row, dict) else BrokenRow(where, "这一行不是 JSON 对象")


# Parquet.


def _read_parquet(path: Location, columns: Sequence[str]) -> Iterator[Row]:
    import pyarrow
    import pyarrow.parquet

    try:
        with (
            open_location(path) as data,
            pyarrow.parquet.ParquetFile(data, buffer_size=READ_AHEAD, pre_buffer=False) as file,
        ):
            found = file.schema_arrow.names
            for batch in file.iter_batches(AT_ONCE, columns=[name for name in columns if name in found]):
                require_column(path, found, TEXT_COLUMN)
                yield from batch.to_pylist()
    except (pyarrow.ArrowException, UnicodeDecodeError, OverflowError, OSError) as error:
        said = next(iter(str(error).splitlines()), type(error).__name__)
        raise ArticleSetError(
            f"{path}: not a readable Parquet file: {said}", "不是可读的 Parquet 文件"
        ) from error


READERS = {
    ".csv": _read_csv,
    ".jsonl": _read_json_lines,
    ".ndjson": _read_json_lines,
    ".parquet": _read_parquet,
}
