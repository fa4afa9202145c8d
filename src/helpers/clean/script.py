"""經濟 → 经济: traditional characters to simplified ones, length for length.

The words are those of OpenCC's t2s, compiled from its own dictionaries, since its converter takes two seconds a
megabyte; data/variants.tsv adds what t2s leaves. Regional terms stay as they are said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from itertools import islice

from .tables import DATA

SAMPLE = 5000
FEW = 3  # so many traditional characters can stand in a simplified text: 乾, 瞭, a name
# 著 is read zhù in these words; anywhere else on a traditional page it is the particle 着.
ZHU_WORDS = re.compile(
    r"著[名作述称稱书書者录錄文有说說力]|[显顯名专專原编編论論卓昭土巨遗遺译譯合所拙新撰见見较較]著|《[^》]{0,20}著"
)


def simplify(text: str) -> str:
    """Return the text in simplified characters, of the same length.

    >>> simplify("意味著鹽堿產業與著名商標")
    '意味着盐碱产业与著名商标'
    """
    if not _convertible().search(text):
        return text
    zhu = _particle_places(text) if is_traditional(text) else ()
    return _put(convert(text), ((place, "着") for place in zhu))


def convert(text: str) -> str:
    """Return the text as OpenCC's t2s has it, with what variants.tsv adds.

    >>> convert("乾隆年間的乾貨")
    '乾隆年间的干货'
    """
    lines = text.split("\n")
    return "\n".join(_convert_line(line) if _convertible().search(line) else line for line in lines)


def _convert_line(line: str) -> str:
    phrases = ((start, _phrases()[phrase]) for start, phrase in _phrases_in(line))
    return _put(simplified(line), phrases)


def simplified(text: str) -> str:
    """Return the text character for character in simplified script; good enough to look words up."""
    return text.translate(_table())


def is_traditional(text: str) -> bool:
    """True where the text holds more traditional characters than a simplified one may; a page of it has one in three.

    >>> is_traditional("項目建設現場"), is_traditional("乾隆年间的瞭望台")
    (True, False)
    """
    sample = text[:SAMPLE]
    beyond = islice(traditional_characters().finditer(sample), max(FEW, len(sample) // 100), None)
    return next(beyond, None) is not None


@cache
def traditional_characters() -> re.Pattern[str]:
    """Return a pattern for any character that is traditional only."""
    return _class_of(simplified_of().keys())


@cache
def _convertible() -> re.Pattern[str]:
    """Return the same with the characters that change in phrases without a traditional one, as 覆 in 答覆."""
    plain = {key: value for key, value in _phrases().items() if simplified_of().keys().isdisjoint(key)}
    in_phrases = {old for key in plain for old, new in zip(key, plain[key], strict=True) if old != new}
    return _class_of(in_phrases | simplified_of().keys())


def _class_of(characters: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for any of the characters, or any beyond the basic plane: one by one those would be slow."""
    return re.compile(f"[{''.join(sorted(c for c in characters if ord(c) < 0x10000))}\U00020000-\U0003ffff]")


@cache
def simplified_of() -> dict[str, str]:
    """Return traditional → simplified for the single characters that change."""
    table = _opencc("TSCharacters.txt") | {key: value for key, value in variants().items() if len(key) == 1}
    return {key: value for key, value in table.items() if key != value}


def _put(text: str, pieces: Iterable[tuple[int, str]]) -> str:
    """Return the text with each piece written over it at its place."""
    parts: list[str] = []
    done = 0
    for start, piece in pieces:
        parts += (text[done:start], piece)
        done = start + len(piece)
    return "".join((*parts, text[done:])) if parts else text


def _particle_places(text: str) -> list[int]:
    """Return where 著 is the particle 着."""
    if "著" not in text:
        return []
    kept = {place for word in ZHU_WORDS.finditer(text) for place in range(*word.span())}
    return [match.start() for match in re.finditer("著", text) if match.start() not in kept]


def _phrases_in(text: str) -> list[tuple[int, str]]:
    """Return start and phrase, in order; of phrases that overlap the longest has it, then the first."""
    pattern, by_start = _phrase_starts()
    found = [
        (start, phrase)
        for start in map(re.Match.start, pattern.finditer(text))
        for phrase in by_start.get(text[start : start + 2], ())
        if text.startswith(phrase, start)
    ]
    return sorted(_longest_apart(found)) if found else []


def _longest_apart(found: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    taken: set[int] = set()
    for start, phrase in sorted(found, key=lambda piece: (-len(piece[1]), piece[0])):
        places = range(start, start + len(phrase))
        if taken.isdisjoint(places):
            taken.update(places)
            yield start, phrase


@cache
def _phrase_starts() -> tuple[re.Pattern[str], dict[str, list[str]]]:
    """Return a pattern for where a phrase may begin, and first two characters → phrases."""
    by_start: dict[str, list[str]] = {}
    for phrase in _phrases():
        by_start.setdefault(phrase[:2], []).append(phrase)
    firsts, seconds = ("".join(sorted(set(characters))) for characters in zip(*by_start, strict=True))
    return re.compile(f"[{firsts}](?=[{seconds}])"), by_start


@cache
def _table() -> dict[int, int | str]:
    """Return code → simplified character. Common characters become themselves: a missing one costs twice as much."""
    rows = (bytes([lead, second]) for lead in range(0xA1, 0xF8) for second in range(0xA1, 0xFF))
    common = b"".join(rows).decode("gb2312", "ignore")
    return {code: code for code in (*range(0x80), *map(ord, common))} | str.maketrans(simplified_of())


@cache
def _phrases() -> dict[str, str]:
    """Return OpenCC's phrases, and over them those of variants.tsv."""
    ours = {key: value for key, value in variants().items() if len(key) > 1}
    return _opencc("TSPhrases.txt") | ours


def _opencc(name: str) -> dict[str, str]:
    """Return one of OpenCC's dictionaries; where it offers several values the first stands, as in OpenCC."""
    lines = (files("opencc") / "dictionary" / name).read_text("utf-8").splitlines()
    return {key: values.split(" ")[0] for key, values in (line.strip().split("\t") for line in lines)}


@cache
def variants() -> dict[str, str]:
    """Return what variants.tsv has beyond OpenCC, traditional → simplified."""
    lines = (DATA / "variants.tsv").read_text("utf-8").splitlines()
    return {key: value for key, value, *_ in (line.split("\t") for line in lines if not line.startswith("#"))}
