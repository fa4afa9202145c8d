"""Where the parts of a large set lie, and how they are read: a folder for each table, in it a file for each part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from helpers.storage import names_in, open_location

if TYPE_CHECKING:
    from helpers.storage import Location

# In the order of writing: the last one vouches. The texts weigh most, and have a table of their own.
TABLES = ("articles", "texts", "problems", "corrections", "observations")
PART_NAME = re.compile(r"part-(\d+)\.parquet")


def part_file(folder: Location, table: str, number: int) -> Location:
    """Return where a table of a part lies."""
    return folder / table / f"part-{number:05}.parquet"


def part_files(folder: Location, table: str) -> list[Location]:
    """Return the files of a table, in the order of the parts."""
    return [part_file(folder, table, number) for number in written_parts(folder, table)]


def written_parts(folder: Location, table: str = TABLES[-1]) -> list[int]:
    """Return the numbers of the parts of which a table is written, in order."""
    found = map(PART_NAME.fullmatch, names_in(folder / table))
    return sorted(int(match[1]) for match in found if match)


def columns_of_part(path: Location) -> list[str]:
    """Return the columns of a table of a part."""
    import pyarrow.parquet

    with open_location(path) as file:
        return pyarrow.parquet.read_schema(file).names


def read_part(path: Location, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """Return a table of a part, or some columns of it."""
    with open_location(path) as file:
        return pd.read_parquet(file, columns=columns)
