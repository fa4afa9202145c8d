"""The tables of places (divisions, regions, parks) → names with their codes, kinds and parents.

A GB/T 2260 code tells where a place lies: 430281 is in 430200 (株洲市), that in 430000 (湖南省). place.py finds
names in text; this module only knows what they stand for.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

COUNTRY, PROVINCE, PREFECTURE, COUNTY = "country", "province", "prefecture", "county"
TOWN, PARK, REGION, RELATIVE = "town", "park", "region", "relative"
RANKS = {COUNTRY: 0, REGION: 0, PROVINCE: 1, PREFECTURE: 2, COUNTY: 3, TOWN: 4, PARK: 4}
MUNICIPALITIES = frozenset({"110000", "120000", "310000", "500000"})
WHOLE_COUNTRY = "全国"


class Place(NamedTuple):
    """One place as the tables know it."""

    name: str
    kind: str
    code: str | None
    region: str = "CN"
    former: bool = False

    @property
    def parent_codes(self) -> tuple[str, ...]:
        """The codes of the divisions around it, nearest first."""
        return enclosing_codes(self.code) if self.code else ()


class PlaceMention(NamedTuple):
    """One place as a text names it: `text[start:end]`."""

    start: int
    end: int
    name: str
    kind: str
    code: str | None
    # within the name of a company, a road, a book: says little of where a figure belongs
    in_name: bool = False
    aside: bool = False  # compared with, ranked within, travelled to: not the place that is spoken of


class Suffix(NamedTuple):
    """One way in which names of parks end."""

    word: str
    type: str
    family: str


@cache
def enclosing_codes(code: str) -> tuple[str, ...]:
    """The codes of the prefecture and province around a division, nearest first.

    >>> enclosing_codes("430211"), enclosing_codes("110108"), enclosing_codes("430000")
    (('430200', '430000'), ('110000',), ())
    """
    wider = (code[:4] + "00", code[:2] + "0000")
    return tuple(c for c in dict.fromkeys(wider) if c != code and c in places_by_code())


def read_rows(name: str) -> list[list[str]]:
    """The lines of lexicons/`name`.tsv below its header, as lists of cells."""
    content = files("helpers").joinpath("lexicons", f"{name}.tsv").read_text("utf-8")
    lines = [line for line in content.split("\n") if line and line[0] != "#"]
    return [line.split("\t") for line in lines[1:]]


def _kind_of(code: str) -> str:
    if code.endswith("0000"):
        return PROVINCE
    return PREFECTURE if code.endswith("00") else COUNTY


@cache
def _divisions() -> tuple[tuple[Place, str], ...]:
    """Every division with its short name."""
    rows = read_rows("divisions")
    return tuple(
        (Place(name, _kind_of(code), code, "CN", bool(until)), short) for code, name, short, until in rows
    )


@cache
def _named_places() -> tuple[tuple[Place, tuple[str, ...]], ...]:
    """Every region and every park that has a name of its own, with the other ways to write it."""
    regions = [
        (Place(n, kind, code or None, region or "ZZ"), also)
        for n, also, kind, code, region in read_rows("regions")
    ]
    parks = [(Place(n, PARK, code, _region_of_code(code)), also) for n, also, code in read_rows("parks")]
    return tuple((place, tuple(also.split())) for place, also in regions + parks)


def _region_of_code(code: str) -> str:
    return {"71": "TW", "81": "HK", "82": "MO"}.get(code[:2], "CN")


@cache
def places_by_code() -> dict[str, Place]:
    """The division in force for each code; a former one where no other ever had its code."""
    divisions = [place for place, _ in _divisions()]
    top = [place for place, _ in _named_places() if place.kind == PROVINCE]
    in_force = sorted([*divisions, *top], key=lambda place: not place.former)
    return {place.code: place for place in in_force if place.code}


def _abbreviations(place: Place, short: str) -> list[str]:
    """How people shorten the long names of autonomous areas: 城步县, 湘西州."""
    if not short or "自治" not in place.name or place.kind == PROVINCE:
        return []
    return [short + place.name[-1]]


@cache
def full_names() -> dict[str, tuple[Place, ...]]:
    """The places that a name written out may stand for."""
    names: dict[str, tuple[Place, ...]] = {}
    for place, short in _divisions():
        for name in (place.name, *_abbreviations(place, short)):
            names[name] = (*names.get(name, ()), place)
    for place, also in _named_places():
        for name in (place.name, *also):
            if place not in names.get(name, ()):
                names[name] = (*names.get(name, ()), place)
    return names


@cache
def short_names() -> dict[str, tuple[Place, ...]]:
    """The places that a short name may stand for: only the widest that is in force, 吉林 for the province."""
    names: dict[str, tuple[Place, ...]] = {}
    for place, short in _divisions():
        if short:
            names[short] = (*names.get(short, ()), place)
    return {short: _widest(places) for short, places in names.items() if short not in full_names()}


def _widest(places: tuple[Place, ...]) -> tuple[Place, ...]:
    if len(places) == 1:
        return places
    in_force = [place for place in places if not place.former] or list(places)
    rank = min(RANKS[place.kind] for place in in_force)
    return tuple(place for place in in_force if RANKS[place.kind] == rank)


@cache
def short_of(code: str) -> str:
    """The short name of the division in force with a code, or its name where it has none: 衡阳, 攸县."""
    name = places_by_code()[code].name
    return next(
        (short for place, short in _divisions() if place.code == code and place.name == name and short), name
    )


@cache
def guards() -> dict[str, str]:
    """What to beware of in a word that looks like a place: free, ordinary, generic, doubtful or other."""
    return {word: meaning for word, meaning, _ in read_rows("place_guards") if meaning != "crossing"}


@cache
def crossing_words() -> frozenset[str]:
    """The ordinary words whose characters make false names together with their neighbours."""
    return frozenset(word for word, meaning, _ in read_rows("place_guards") if meaning == "crossing")


@cache
def park_suffixes() -> dict[str, Suffix]:
    """The ways in which names of parks end."""
    return {word: Suffix(word, type_, family) for word, type_, family, _ in read_rows("park_suffixes")}


@cache
def cue_words(meaning: str) -> tuple[str, ...]:
    """The words of place_cues.tsv with a meaning, longest first."""
    return tuple(
        sorted(
            (word for word, sense, _ in read_rows("place_cues") if sense == meaning), key=len, reverse=True
        )
    )


def cues(meaning: str) -> str:
    """The same words as alternatives of a pattern."""
    return "|".join(map(re.escape, cue_words(meaning)))


@cache
def domestic_regions() -> frozenset[str]:
    """The names of the large regions that lie in mainland China, such as 东部地区 and 长三角."""
    return frozenset(n for n, _, kind, _, region in read_rows("regions") if kind == REGION and region == "CN")
