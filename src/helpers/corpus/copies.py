"""A folder of parts → which of its articles are copies of which, however many there are.

Apart from table/duplicates.py, whose rules it goes by: here what is compared lies on the disk. The sketches go, band by
band, to a temporary file; of the articles only those that met another one are read again, to be confirmed.
"""

from __future__ import annotations

import pickle
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import starmap
from sys import intern
from typing import IO, TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from helpers.corpus import progress_bar
from helpers.corpus.parts import part_file, read_part, written_parts
from helpers.corpus.pool import ShareOut
from helpers.storage import temporary_file
from helpers.table.duplicates import (
    AT_ONCE,
    BANDS,
    Candidate,
    Precedence,
    band_keys,
    candidate,
    distinct,
    firsts_of_groups,
    marks,
    pairs_that_meet,
    precedence,
)
from helpers.table.schema import COPY_FIELDS, typed

if TYPE_CHECKING:
    from helpers.storage import Location

AT_HAND = 1000  # candidates that are kept while pairs are confirmed
KEY = np.dtype(np.uint64)


class Part(NamedTuple):
    """A part: its number, and which articles of the whole it has, counted through all parts."""

    number: int
    start: int
    stop: int


def copies_among_parts(
    folder: Location, progress: bool = False, share_out: ShareOut = starmap
) -> pd.DataFrame:
    """Return the articles of a folder of parts that are copies, each with its original, by article.

    Those who share out what is sketched need to know the folder.
    """
    parts = _parts(folder)
    with temporary_file() as sketches, temporary_file() as compared:
        found = share_out(partial(_sketch, folder), ((part,) for part in parts))
        sketched = progress_bar(found, progress, total=len(parts), unit=" parts compared")
        byte_of_each = _write_sketches(sketched, len(parts) and parts[-1].stop, sketches)
        pairs = pairs_that_meet(lambda band: _keys_of(sketches, band, len(byte_of_each)), byte_of_each)
        met = distinct(pairs)
        stored = Stored(compared, _candidates(folder, parts, met))
        firsts = firsts_of_groups(len(met), _renumbered(pairs, met, stored.rank), stored.read)
    found = sorted((stored.ids[one], stored.ids[first]) for one, first in enumerate(firsts) if one != first)
    columns = {"article": [one for one, _ in found], "duplicate_of": [first for _, first in found]}
    return typed(columns, COPY_FIELDS)


def _parts(folder: Location) -> list[Part]:
    parts, start = [], 0
    for number in written_parts(folder):
        count = len(read_part(part_file(folder, "articles", number), ["characters"]))
        parts.append(Part(number, start, start + count))
        start += count
    return parts


# The sketches: in the file a stretch for each band, in it a key for each article.


def _sketch(folder: Location, part: Part) -> tuple[Part, np.ndarray]:
    texts = read_part(part_file(folder, "texts", part.number))
    return part, _keys([candidate(one.article, one.text, ()) for one in texts.itertuples()], part.start)


def _write_sketches(sketched: Iterable[tuple[Part, np.ndarray]], size: int, file: IO[bytes]) -> np.ndarray:
    """Write the keys of so many articles, which come in any order of the parts, and return their marks."""
    found = np.empty((size, BANDS), np.uint8)
    for part, keys in sketched:
        for band in range(BANDS):
            file.seek((band * size + part.start) * KEY.itemsize)
            file.write(keys[band].tobytes())
        found[part.start : part.stop] = marks(keys)
    return found


def _keys(candidates: Sequence[Candidate], start: int) -> np.ndarray:
    """Return the keys of articles; of one too short to be compared they are its number, which no other has."""
    keys = band_keys(candidates)
    is_short = np.array([not one.is_long_enough for one in candidates], bool)
    keys[:, is_short] = (start + np.flatnonzero(is_short)).astype(KEY)
    return keys


def _keys_of(file: IO[bytes], band: int, size: int) -> np.ndarray:
    file.seek(band * size * KEY.itemsize)
    return np.frombuffer(file.read(size * KEY.itemsize), KEY)


# What is confirmed.


def _candidates(
    folder: Location, parts: Iterable[Part], met: np.ndarray
) -> Iterator[tuple[Precedence, Candidate]]:
    """Yield the articles of these numbers, which are in order, with what they are ordered by."""
    for part in parts:
        places = met[np.searchsorted(met, part.start) : np.searchsorted(met, part.stop)] - part.start
        if len(places):
            yield from _candidates_of_part(folder, part.number, places)


def _candidates_of_part(
    folder: Location, number: int, places: np.ndarray
) -> Iterator[tuple[Precedence, Candidate]]:
    articles = read_part(part_file(folder, "articles", number), ["article", "published", "characters"])
    texts = read_part(part_file(folder, "texts", number), ["text"])
    figures = _figures(read_part(part_file(folder, "observations", number), ["article", "value", "sentence"]))
    for about, text in zip(articles.iloc[places].itertuples(), texts["text"].iloc[places], strict=True):
        published = about.published if isinstance(about.published, str) else None
        yield (
            precedence(published, about.characters, about.article),
            candidate(about.article, text, figures.get(about.article, ())),
        )


def _figures(rows: pd.DataFrame) -> dict[str, list[tuple[float, str]]]:
    """Return the values that each article states, each with its sentence."""
    figures: dict[str, list[tuple[float, str]]] = {}
    for article, value, sentence in rows.itertuples(index=False):
        figures.setdefault(article, []).append((value, sentence))
    return figures


def _renumbered(pairs: np.ndarray, met: np.ndarray, rank: np.ndarray) -> Iterator[Sequence[int]]:
    """Yield pairs of articles as pairs of candidates, as they are numbered where they are stored."""
    for start in range(0, len(pairs), AT_ONCE):
        yield from rank[np.searchsorted(met, pairs[start : start + AT_ONCE])].tolist()


class Stored:
    """Candidates in a file, to be read by number: the first is the one that would be the original of all."""

    def __init__(self, file: IO[bytes], candidates: Iterable[tuple[Precedence, Candidate]]) -> None:
        known, self._starts, self._file = [], array("Q"), file
        for orders, one in candidates:
            known.append((intern(orders[0]), *orders[1:]))
            self._starts.append(file.tell())
            pickle.dump(one, file)
        self._order = sorted(range(len(known)), key=known.__getitem__)
        self.ids = [known[place][-1] for place in self._order]
        self.rank = np.argsort(np.array(self._order, np.int64)).astype(np.int32)
        self.read = lru_cache(AT_HAND)(self._read)

    def _read(self, number: int) -> Candidate:
        self._file.seek(self._starts[self._order[number]])
        return pickle.load(self._file)
