"""What a file is called → whether it holds an article, and what that is called."""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from helpers.reading import ENDINGS
from helpers.reading.archive import READERS, ArticleSetError

if TYPE_CHECKING:
    from helpers.storage import Location

ARCHIVE_ENDINGS = (*READERS, ".zip")
LONGEST_ID = 100
# in a folder that holds no articles but what `zhanbao extract` has made of some, in parts
PARTS_MARK = "run.json"

# What may lie in the folder of a set without being an article of it.
BESIDE_ARTICLES = re.compile(
    r"\.|articles\.csv$|(.+\.)?corrections\.csv$|(?-i:README|LICEN[CS]E|NOTICE)(\.\w+)?$", re.I
)


def set_name(path: Location) -> str:
    """Return the name of an article set: its folder's, or its file's without the ending.

    >>> set_name(Path("data/raw/hunan"))
    'hunan'
    >>> set_name(Path("archive.2023.csv"))
    'archive.2023'
    """
    whole = path.resolve()
    return whole.name if path.is_dir() or not whole.suffix else whole.stem


def in_any_case(folder: Location, name: str) -> Location:
    """Return a file of a folder by its name in small letters, Articles.csv for articles.csv where there is no other."""
    exact = folder / name
    if exact.exists():
        return exact
    return next((path for path in sorted(folder.iterdir()) if path.name.lower() == name), exact)


def is_one_article(path: Location) -> bool:
    """True for a file that holds one article."""
    return path.suffix.lower() in ENDINGS and path.is_file()


def ids_of(names: list[str]) -> list[str]:
    """Return ids of files: their names without ending; with it, where two would be called the same.

    >>> ids_of(["a.txt", "b.html", "b.pdf"])
    ['a', 'b.html', 'b.pdf']
    """
    stems = Counter(Path(name).stem.casefold() for name in names)
    return [identifier(Path(name).stem if stems[Path(name).stem.casefold()] == 1 else name) for name in names]


def ids_in_zip(names: list[str]) -> list[str]:
    """Return ids of the files in a zip: their names without folder and ending where these tell them apart."""
    plain = ids_of([PurePosixPath(name).name for name in names])
    times = Counter(own.casefold() for own in plain)
    return [
        own if times[own.casefold()] == 1 else identifier(name)
        for own, name in zip(plain, names, strict=True)
    ]


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


def refuse_repeated(names: Iterable[str], what: str) -> None:
    """Stop where a name comes twice. Raises ArticleSetError."""
    repeated = [name for name, times in Counter(names).items() if times > 1]
    if repeated:
        raise ArticleSetError(f"{what} {repeated[0]!r}")
