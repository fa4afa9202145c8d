"""An article set too large to hold → a folder of Parquet parts, each whole or not there, so that a killed run goes on.

A part is so many articles in the order of the set, worked on from raw text to files by one process: nothing but the
articles goes to it, nothing but a count comes back. What a part holds depends on the set alone, not on who wrote it
or when. Once all are there, the articles are compared for copies; figures of several are not checked.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import pandas as pd

from helpers.article import Article, Problem, iter_articles
from helpers.article.names import PARTS_MARK
from helpers.corpus import available_cores, extraction_or_problem, progress_bar
from helpers.corpus.copies import copies_among_parts
from helpers.corpus.parts import TABLES, part_file, part_files, read_part, written_parts
from helpers.corpus.pool import ShareOut, at_work
from helpers.export import piece_writer, write_pieces, write_table
from helpers.extract import Extraction
from helpers.paths import PACKAGE
from helpers.rates import NO_RATES, Rates
from helpers.reading.archive import READERS, ArticleSetError
from helpers.storage import (
    is_remote,
    locked,
    names_in,
    remove_folder,
    remove_unarrived,
    write_once,
)
from helpers.table import article_table, correction_table, observation_table, problem_table
from helpers.table.contract import check_observations
from helpers.table.derived import with_derived

if TYPE_CHECKING:
    from helpers.storage import Location

LARGE = 100 << 20  # bytes: some ten thousand articles
PART = 500  # articles
BATCH = 100  # articles whose observations are in memory together, with all their reasons
COPIES = "copies.parquet"

Found = Article | Problem
Item = TypeVar("Item")


class DatasetError(Exception):
    """A folder that parts cannot be written to; the message is one line naming folder and cause."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What reading a set through once has told: how much it holds, and what tells it from any other."""

    size: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a large set: its problems by cause, and how many of its articles are copies, if they were compared."""

    causes: Counter[str]
    copies: int | None


def write_dataset(
    paths: Sequence[Location],
    folder: Location,
    jobs: int | None = None,
    progress: bool = True,
    rates: Rates = NO_RATES,
    scheduler: str | None = None,
    compare: bool = True,
) -> Written:
    """Write the tables of article sets as parts, or what is left of them to write; compare the articles.

    With the address of a scheduler the work is that of its cluster, to whose machines the folder must be known, too.
    The sets are read twice: once to see that they keep their contract, before hours of work, and once to work.
    """
    if not is_remote(folder):
        folder = folder.resolve()  # which a worker elsewhere would take for a folder of its own
    with locked(folder):
        surveyed = survey(lambda: progress_bar(_read(paths), progress, unit=" articles read"))
        _claim(folder, surveyed, rates)
        workers = min(jobs or available_cores(), _parts_of(surveyed.size, PART))
        try:
            with at_work(workers, scheduler) as share_out:
                write = partial(share_out, partial(write_part, folder=folder, rates=rates))
                _write_parts(_read(paths), folder, surveyed.size, progress, write)
                remove_unarrived([folder / table for table in TABLES])
                copies = _compare(folder, progress, share_out) if compare else None
        except BrokenProcessPool as error:
            raise DatasetError(
                f"{folder}: a process was killed, perhaps for want of memory; the same command goes on from here"
            ) from error
        return Written(_causes(folder), copies)


def write_as_one_file(
    paths: Sequence[Location],
    output: Location,
    jobs: int | None = None,
    progress: bool = True,
    rates: Rates = NO_RATES,
) -> Written:
    """Write the observations of article sets as one file, by way of parts beside it, without comparing articles."""
    piece_writer(output)  # a wrong ending is told before the work
    folder = output.with_name(f".{output.name}.parts")
    written = write_dataset(paths, folder, jobs, progress, rates, compare=False)
    write_pieces(map(read_part, part_files(folder, "observations")), output)
    remove_folder(folder)
    return written


def is_large(path: Location) -> bool:
    """Return whether a set is too large to be held: by the size of its file, which is known without reading it."""
    return path.is_file() and path.suffix.lower() in READERS and path.stat().st_size > LARGE


def _read(paths: Sequence[Location]) -> Iterator[Found]:
    return chain.from_iterable(map(iter_articles, paths))


def survey(read: Callable[[], Iterable[Found]]) -> Survey:
    """Read articles through once; raise ArticleSetError where two of them have one id.

    Of each id eight bytes are kept; only if those of two are the same is the set read again, for the ids themselves.
    """
    keys, digest, size = array("Q"), blake2b(digest_size=16), 0
    for size, one in enumerate(read(), 1):  # noqa: B007
        digest.update(repr(one).encode("utf-8", "backslashreplace"))
        if isinstance(one, Article):
            keys.append(_key(one))
    repeated = _repeated(keys)
    if repeated:
        _refuse_repeated(one.id for one in read() if isinstance(one, Article) and _key(one) in repeated)
    return Survey(size, digest.hexdigest())


def _key(article: Article) -> int:
    return int.from_bytes(blake2b(article.id.encode("utf-8", "backslashreplace"), digest_size=8).digest())


def _repeated(keys: array[int]) -> set[int]:
    in_order = np.sort(np.frombuffer(keys, np.uint64))
    return set(in_order[1:][in_order[1:] == in_order[:-1]].tolist())


def _refuse_repeated(ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise ArticleSetError(f"two articles are called {one!r}")
        seen.add(one)


def batches(items: Iterable[Item], size: int) -> Iterator[tuple[Item, ...]]:
    """Yield items so many at a time.

    >>> list(batches("abcde", 2))
    [('a', 'b'), ('c', 'd'), ('e',)]
    """
    left = iter(items)
    while batch := tuple(islice(left, size)):
        yield batch


# Whose parts these are.


def _claim(folder: Location, surveyed: Survey, rates: Rates) -> None:
    """Make the folder this run's; refuse one that holds anything but parts of the same run."""
    manifest = json.dumps(_manifest(surveyed, rates), indent=2) + "\n"
    path = folder / PARTS_MARK
    if not path.exists() and any(not name.startswith(".") for name in names_in(folder)):
        raise DatasetError(f"{folder}: holds something other than parts, so they are not written there")
    write_once(manifest, path)
    if path.read_text("utf-8") != manifest:
        raise DatasetError(
            f"{folder}: holds parts of other articles, of other rates or of another version; remove it or name another folder"
        )


def _manifest(surveyed: Survey, rates: Rates) -> dict[str, object]:
    import pyarrow

    return {
        "articles": surveyed.size,
        "articles_per_part": PART,
        "set": surveyed.fingerprint,
        "rates": str(rates),
        "currency": rates.currency,
        "program": _program(),
        "pandas": pd.__version__,
        "pyarrow": pyarrow.__version__,
    }


def parts_of_whole(folder: Location) -> int:
    """Return how many parts a folder holds once its run is finished."""
    manifest = json.loads((folder / PARTS_MARK).read_text("utf-8"))
    return _parts_of(manifest["articles"], manifest["articles_per_part"])


def _parts_of(articles: int, articles_per_part: int) -> int:
    return -(-articles // articles_per_part)


def _program() -> str:
    """Return what changes with each rule and each word of a lexicon."""
    files = sorted(path for path in PACKAGE.rglob("*") if path.suffix in (".py", ".tsv", ".txt", ".gz"))
    return blake2b(b"".join(path.read_bytes() for path in files), digest_size=16).hexdigest()


# The parts.


def _write_parts(
    found: Iterable[Found],
    folder: Location,
    size: int,
    progress: bool,
    write: Callable[[Iterable[tuple]], Iterator[int]],
) -> None:
    """Write the parts that are not there yet, and tell of the way."""
    lengths = {number: min(PART, size - start) for number, start in enumerate(range(0, size, PART))}
    written = set(written_parts(folder))
    missing = ((part, number) for number, part in enumerate(batches(found, PART)) if number not in written)
    done = sum(lengths[number] for number in written)
    with progress_bar(None, progress, total=size, initial=done) as bar:
        for length in write(missing):
            bar.update(length)


def write_part(part: Sequence[Found], number: int, folder: Location, rates: Rates = NO_RATES) -> int:
    """Write the tables of a part, by article within it, and return how many articles it has."""
    for name, table in tables_of_part(part, rates).items():
        write_table(table, part_file(folder, name, number))
    return len(part)


def tables_of_part(part: Sequence[Found], rates: Rates = NO_RATES) -> dict[str, pd.DataFrame]:
    """Return the tables of a part, in the order of TABLES."""
    articles = sorted((one for one in part if isinstance(one, Article)), key=lambda article: article.id)
    unread = problem_table(one for one in part if isinstance(one, Problem))
    batch_tables = [_tables(batch, rates) for batch in batches(articles, BATCH)] or [_tables((), rates)]
    joined = {name: _joined([tables[name] for tables in batch_tables]) for name in TABLES}
    return joined | {"problems": _joined([unread, joined["problems"]])}


def _tables(articles: Sequence[Article], rates: Rates) -> dict[str, pd.DataFrame]:
    outcomes = [extraction_or_problem(article) for article in articles]
    extractions = [one for one in outcomes if isinstance(one, Extraction)]
    failures = [one for one in outcomes if isinstance(one, Problem)]
    observations = observation_table(chain.from_iterable(x.observations for x in extractions))
    check_observations(observations)
    whole = article_table(extractions)
    return {
        "articles": whole.drop(columns="text"),
        "texts": whole[["article", "text"]],
        "problems": problem_table([*failures, *chain.from_iterable(x.problems for x in extractions)]),
        "corrections": correction_table(extractions),
        "observations": with_derived(observations, rates),
    }


def _joined(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(tables, ignore_index=True)


# What is told of the whole.


def _compare(folder: Location, progress: bool, share_out: ShareOut) -> int:
    """Write which articles are copies, where that is not written yet; return how many are."""
    path = folder / COPIES
    if not path.exists():
        write_table(copies_among_parts(folder, progress, share_out), path)
    return len(read_part(path))


def _causes(folder: Location) -> Counter[str]:
    causes: Counter[str] = Counter()
    for path in part_files(folder, "problems"):
        causes.update(read_part(path, ["cause"])["cause"])
    return causes
