"""What a rule is: a name that reads like the phrase, a test of the figure, and the kind it gives."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from helpers.figure import Figure, Reading
from helpers.lexicon import Cue
from helpers.observation import Kind

# A test answers None (the rule does not apply) or the sign and the cue that decided, if one did.
Verdict = tuple[int, Cue | None] | None


@dataclass(frozen=True, slots=True)
class Rule:
    """One construction: where `test` has a verdict, the figure is of `kind`."""

    name: str
    kind: Kind
    test: Callable[[Reading, Figure], Verdict]


def text_before(reading: Reading, figure: Figure) -> str:
    """The text between the clause's start or the figure before and the figure."""
    return reading.text[figure.left.start : figure.left.end]


def text_after(reading: Reading, figure: Figure) -> str:
    """The text between the figure and the clause's end or the next figure."""
    return reading.text[figure.right.start : figure.right.end]


def text_between(reading: Reading, previous: Figure, figure: Figure) -> str:
    """The text between two figures and the words of their bounds."""
    return reading.text[previous.quantity.reach_end : figure.quantity.reach_start]


def glue_between(reading: Reading, previous: Figure, figure: Figure) -> str:
    """The text between two figures without the times and places in it: 、 in 长沙增长8%、株洲7%."""
    start, end = previous.quantity.reach_end, figure.quantity.reach_start
    inside = [mask for mask in reading.masks if start <= mask[0] and mask[1] <= end]
    pieces = [start, *(offset for mask in inside for offset in mask), end]
    return "".join(reading.text[a:b] for a, b in zip(pieces[::2], pieces[1::2], strict=True))


_TARGET = re.compile(r"(?:任务|目标|计划)(?:数|为|的|是)?[(（]?$")


def names_target(reading: Reading, figure: Figure) -> bool:
    """Whether a word of a target stands right before the figure: 任务数15家, 目标(20亿元."""
    return bool(_TARGET.search(text_before(reading, figure)))
