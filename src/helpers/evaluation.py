"""Observations against gold annotations → precision, recall and F1, by kind and by attribute.

A row is matched one to one, within its article, to the gold row that it agrees with best. A gold field
accepts what its list `…_alt` holds too; an optional gold row costs nothing, found or not.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from helpers.explanation import reasons
from helpers.observation import CORE_KINDS, Kind, Observation
from helpers.quotation import common_length

ATTRIBUTES = ("bound", "indicator", "subject", "place", "period", "status", "basis", "stage")
ALWAYS_NEEDED = ("bound", "indicator", "place", "period", "status")
ALSO_NEEDED = {Kind.GROWTH_RATE: ("basis",), Kind.INVESTMENT: ("stage",), Kind.PROJECT_COUNT: ("stage",)}
NAMES_AS_WRITTEN = ("indicator", "subject")
ALIKE = 0.7
CONTEXT_KINDS = tuple(kind for kind in Kind if kind not in CORE_KINDS)
GROUPS = {"core": CORE_KINDS, "context": CONTEXT_KINDS, "all": tuple(Kind)}

PUNCTUATION = re.compile(r"[\s“”\"'《》()（）的、,，]")
AREA_ENDING = re.compile(
    r"(?:特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|自治州|地区|省|市|县|区|盟)$"
)

Row = Mapping[str, object]


class EvaluationError(Exception):
    """Gold annotations that cannot be compared; the message is one line naming file and cause."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold row and the row that it was matched to; one of them None where there is no other."""

    article: str
    gold: Row | None
    row: Row | None

    @property
    def kind(self) -> str:
        """The kind that the pair counts for on the gold side, or on the found side where gold has none."""
        return str((self.gold or self.row)["kind"])

    @property
    def found_kind(self) -> str | None:
        """The kind that the found row counts for: another kind that gold accepts counts as gold's."""
        if self.row is None:
            return None
        return self.kind if self.matched and same_kind(self.gold, self.row) else str(self.row["kind"])

    @property
    def matched(self) -> bool:
        """Whether there are both."""
        return self.gold is not None and self.row is not None


@dataclass(frozen=True, slots=True)
class Score:
    """How many rows gold has, how many were found, and how many of these are right."""

    hits: int
    gold: int
    found: int

    @property
    def precision(self) -> float:
        """The share of the found rows that are right."""
        return _ratio(self.hits, self.found)

    @property
    def recall(self) -> float:
        """The share of the gold rows that were found right."""
        return _ratio(self.hits, self.gold)

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        return _ratio(2 * self.hits, self.gold + self.found)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All pairs of an evaluation; every figure is a count over them."""

    articles: int
    pairs: tuple[Pair, ...]

    def score(self, level: str, kinds: Iterable[str] = tuple(Kind)) -> Score:
        """Return the score of some kinds where a row is right at a level: value, kind, row or strict."""
        kinds = frozenset(map(str, kinds))
        right = LEVELS[level]
        return Score(
            hits=sum(
                pair.matched and pair.kind in kinds and right(pair.gold, pair.row) for pair in self.pairs
            ),
            gold=sum(pair.gold is not None and pair.kind in kinds for pair in self.pairs),
            found=sum(pair.found_kind in kinds for pair in self.pairs),
        )

    def attribute(self, name: str) -> float:
        """Return the share of rows, of those matched by kind and that need it, whose attribute is right."""
        seen = [p for p in self.pairs if p.matched and same_kind(p.gold, p.row) and name in _asked(p.kind)]
        return _ratio(sum(agrees(name, p.gold, p.row) for p in seen), len(seen))


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")


# Reading gold.


def read_gold(directory: Path) -> dict[str, list[Row]]:
    """Return the gold rows of each article from the JSON files of a folder."""
    files = sorted(directory.glob("*.json"))
    if not files:
        raise EvaluationError(f"{directory}: holds no gold annotations (.json files)")
    return dict(_read_gold_file(path) for path in files)


def _read_gold_file(path: Path) -> tuple[str, list[Row]]:
    try:
        gold = json.loads(path.read_text("utf-8"))
        return str(gold["article"]), gold["observations"]
    except (ValueError, KeyError, TypeError) as error:
        raise EvaluationError(
            f"{path}: not a file of gold annotations ({type(error).__name__}: {error})"
        ) from error


# Matching.


def evaluate(observations: pd.DataFrame, gold: Mapping[str, Sequence[Row]]) -> Evaluation:
    """Return how the observations compare with gold, in the articles that gold knows."""
    found: dict[str, list[Row]] = {}
    for row in observations.to_dict("records"):
        found.setdefault(str(row["article"]), []).append(row)
    if found and not found.keys() & gold.keys():
        raise EvaluationError(f"no article has gold annotations (gold is of {', '.join(list(gold)[:5])} …)")
    pairs = (pair for article in gold for pair in pairs_of(article, gold[article], found.get(article, ())))
    return Evaluation(len(gold), tuple(pairs))


def pairs_of(article: str, gold: Sequence[Row], rows: Sequence[Row]) -> Iterator[Pair]:
    """Yield each gold row with its match, then the rows that gold does not have; nothing for optional ones."""
    match = best_match(gold, rows)
    for number, wanted in enumerate(gold):
        if not wanted.get("optional"):
            yield Pair(article, wanted, rows[match[number]] if number in match else None)
    matched = set(match.values())
    yield from (Pair(article, None, row) for number, row in enumerate(rows) if number not in matched)


def best_match(gold: Sequence[Row], rows: Sequence[Row]) -> dict[int, int]:
    """Return the row for each gold row, the best agreement first and, among equals, the nearest in the text."""
    candidates = sorted(
        (-agreement(wanted, row), abs(i / len(gold) - j / len(rows)), i, j)
        for i, wanted in enumerate(gold)
        for j, row in enumerate(rows)
        if same_value(wanted, row)
    )
    match: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in candidates:
        if i not in match and j not in taken:
            match[i] = j
            taken.add(j)
    return match


def agreement(gold: Row, row: Row) -> int:
    """Return how well a row agrees with a gold row: the kind weighs more than all attributes together."""
    return 100 * same_kind(gold, row) + sum(agrees(name, gold, row) for name in ATTRIBUTES)


# Agreement of two rows.


def same_value(gold: Row, row: Row) -> bool:
    """Return whether value and unit are right; measure words vary, so a count's unit does not matter."""
    wanted = (float(value) for value in _accepted(gold, "value"))
    if not any(math.isclose(value, float(row["value"]), rel_tol=1e-6, abs_tol=1e-9) for value in wanted):
        return False
    return gold["kind"] in (Kind.COUNT, Kind.QUANTITY) or str(row["unit"]) in _accepted(gold, "unit")


def same_kind(gold: Row, row: Row) -> bool:
    """Return whether the kind is one that gold accepts."""
    return str(row["kind"]) in _accepted(gold, "kind")


def agrees(name: str, gold: Row, row: Row, strict: bool = False) -> bool:
    """Return whether an attribute is right; `strict` leaves out what gold accepts besides its main reading."""
    wanted = [gold.get(name)] if strict else _accepted(gold, name)
    got = row.get(name)
    if _is_blank(got):
        return any(map(_is_blank, wanted))
    same = alike if name in NAMES_AS_WRITTEN else same_place if name == "place" else str.__eq__
    return any(same(str(want).strip(), str(got).strip()) for want in wanted if not _is_blank(want))


def _accepted(gold: Row, name: str) -> list:
    return [gold.get(name), *(gold.get(f"{name}_alt") or ())]


def _is_blank(value: object) -> bool:
    return value is None or value == "" or value != value


def alike(one: str, other: str) -> bool:
    """Return whether two noun phrases are the same, give or take a few characters.

    >>> alike("规模工业增加值增速", "规模工业增加值"), alike("总投资", "签约项目")
    (True, False)
    """
    one, other = PUNCTUATION.sub("", one), PUNCTUATION.sub("", other)
    if not one or not other:
        return False
    return one == other or 2 * common_length(one, other) / (len(one) + len(other)) >= ALIKE


def same_place(one: str, other: str) -> bool:
    """Return whether two names mean one area: 郴州 and 郴州市, 湖南省郴州市 and 郴州市.

    >>> same_place("湖南省郴州市", "郴州"), same_place("郴州市", "衡阳市")
    (True, False)
    """
    one, other = _bare_area(one), _bare_area(other)
    return one == other or _ends_with(one, other) or _ends_with(other, one)


def _ends_with(name: str, ending: str) -> bool:
    return len(ending) >= 2 and name.endswith(ending)


def _bare_area(name: str) -> str:
    name = re.sub(r"\s", "", name)
    for _ in range(2):
        bare = AREA_ENDING.sub("", name)
        name = bare if len(bare) >= 2 else name
    return name


# Levels, each asking for more than the one before.


def needed(kind: str) -> tuple[str, ...]:
    """Return the attributes that a row of a kind must get right."""
    return (*ALWAYS_NEEDED, *ALSO_NEEDED.get(kind, ()))


def _asked(kind: str) -> tuple[str, ...]:
    return (*needed(kind), "subject")


def same_row(gold: Row, row: Row, strict: bool = False) -> bool:
    """Return whether the kind and all that a row of this kind must get right is right."""
    return same_kind(gold, row) and all(agrees(name, gold, row, strict) for name in needed(gold["kind"]))


LEVELS: dict[str, Callable[[Row, Row], bool]] = {
    "value": same_value,
    "kind": same_kind,
    "row": same_row,
    "strict": lambda gold, row: same_row(gold, row, strict=True),
}


# For people.

LEVELS_IN_WORDS = (
    "value: number and unit are right; kind: the kind, too; row: all that a row of its kind must say, too; "
    "strict: as row, without the readings that gold accepts besides its own"
)


def summary(evaluation: Evaluation) -> str:
    """Return the figures of an evaluation as a table in plain text."""
    lines = [
        f"{'':18} {'gold':>5} {'found':>5}  " + "  ".join(f"{level + ' P/R/F1':^20}" for level in LEVELS)
    ]
    lines += [_line(evaluation, name, kinds) for name, kinds in GROUPS.items()]
    lines += [_line(evaluation, f"  {kind}", (kind,)) for kind in Kind]
    right = ", ".join(f"{name} {evaluation.attribute(name):.3f}" for name in ATTRIBUTES)
    return "\n".join(
        [f"{evaluation.articles} gold articles", *lines, f"attributes right: {right}", LEVELS_IN_WORDS]
    )


def _line(evaluation: Evaluation, name: str, kinds: Iterable[str]) -> str:
    scores = [evaluation.score(level, kinds) for level in LEVELS]
    figures = "  ".join(f"{s.precision:6.3f} {s.recall:6.3f} {s.f1:6.3f}" for s in scores)
    return f"{name:18} {scores[0].gold:5} {scores[0].found:5}  {figures}"


def errors(
    evaluation: Evaluation,
    seen: Mapping[str, Observation] = MappingProxyType({}),
    problems: pd.DataFrame | None = None,
) -> Iterator[str]:
    """Yield a block of lines for each row that was missed, invented, of a wrong kind or wrong in an attribute.

    `seen` holds the observation behind each row, to say why it is as it is; `problems` the figures set aside.
    """
    aside = [] if problems is None else problems.to_dict("records")
    for pair in evaluation.pairs:
        observation = seen.get(str(pair.row.get("row"))) if pair.row is not None else None
        if block := list(_error(pair, observation, aside)):
            yield "\n    ".join(block)


def _error(pair: Pair, seen: Observation | None, aside: Sequence[Row]) -> Iterator[str]:
    """Yield what is wrong with a pair, line by line; nothing where all is right."""
    if pair.row is None:
        yield f"missed     {_gold_words(pair)}"
        yield f"…{pair.gold.get('context', '')}…"
        yield from _set_aside(pair, aside)
    elif pair.gold is None:
        yield f"invented   {pair.row.get('row', pair.article)}  {pair.kind} {pair.row.get('text')}"
        yield " ".join(str(pair.row.get("sentence")).split())
        yield f"found by: {pair.row.get('rule')}"
    elif not same_kind(pair.gold, pair.row):
        yield f"kind       {_gold_words(pair)}"
        yield f"…{pair.gold.get('context', '')}…"
        yield f"kind: gold {pair.gold['kind']}, found {pair.row['kind']}  ← {pair.row.get('rule')}"
    elif wrong := _wrong_attributes(pair.gold, pair.row):
        yield f"attribute  {_gold_words(pair)}"
        yield f"…{pair.gold.get('context', '')}…"
        for name in wrong:
            why = reasons(seen, name) if seen else ""
            yield f"{name}: gold {pair.gold.get(name)!r}, found {_shown(pair.row.get(name))!r}  {why}".rstrip()


def _gold_words(pair: Pair) -> str:
    row = pair.row.get("row", pair.article) if pair.row is not None else pair.article
    return f"{row}  {pair.kind} {pair.gold.get('quote')}"


def _set_aside(pair: Pair, aside: Sequence[Row]) -> Iterator[str]:
    """Yield the problems of the article that quote the figure missed."""
    quote = str(pair.gold.get("quote"))
    for problem in aside:
        if problem["article"] == pair.article and quote in str(problem["detail"]):
            yield f"{problem['cause']}: {problem['detail']}"


def _wrong_attributes(gold: Row, row: Row) -> list[str]:
    return [name for name in needed(gold["kind"]) if not agrees(name, gold, row)]


def _shown(value: object) -> object:
    return None if _is_blank(value) else value
