"""Money put into projects or assets: 总投资20亿元, 签约金额, 到位资金, 实际使用外资."""

from __future__ import annotations

import re

from helpers.lexicon import Cue
from helpers.observation import Kind
from helpers.rules.figure import Figure, Reading
from helpers.rules.rule import Rule, Verdict, text_after

INVESTMENT = "investment"
# Words that by themselves do not tell what the money is; the projects beside them do.
_GENERIC = frozenset({"金额", "总额", "规模", "资金", "基金"})


def money_cue(reading: Reading, figure: Figure) -> Cue | None:
    """The word that tells what a sum is said of: the nearest before it in its clause, else right after it."""
    cue = reading.last_cue("money", figure.left.start, figure.left.end)
    if cue is not None:
        return cue
    after = reading.cues("money", figure.right.start, min(figure.right.end, figure.right.start + 12))
    return after[0] if after else None


def _is_about_projects(reading: Reading, figure: Figure) -> bool:
    sentence = reading.text[figure.sentence.start : figure.quantity.start]
    return bool(reading.cues("stage", figure.segment.start, figure.quantity.start)) and "项目" in sentence


def word_of_investment(reading: Reading, figure: Figure) -> Verdict:
    """总投资20亿元, 40亿元固定资产投资."""
    cue = money_cue(reading, figure)
    return (1, cue) if cue is not None and cue.meaning == INVESTMENT else None


def sum_of_projects(reading: Reading, figure: Figure) -> Verdict:
    """签约项目20个,总金额30亿元: a general word for a sum, said of projects in hand."""
    cue = money_cue(reading, figure)
    if cue is not None and cue.cue in _GENERIC and _is_about_projects(reading, figure):
        return 1, cue
    return None


_GLUE = re.compile(r"[、和与及以，, ]*(?:分别)?(?:为|达)?")
_OF_PROJECT = re.compile(r"(?:的)[^，。；]{1,30}?(?:项目|工程|基地|产业园)")


def in_list_of_investments(reading: Reading, figure: Figure) -> Verdict:
    """总投资分别为5亿元、6亿元: a bare sum that follows an investment."""
    previous = figure.previous
    if previous is None or previous.kind is not Kind.INVESTMENT or money_cue(reading, figure) is not None:
        return None
    between = reading.text[previous.quantity.reach_end : figure.quantity.reach_start]
    return (1, None) if _GLUE.fullmatch(between) else None


def sum_of_named_project(reading: Reading, figure: Figure) -> Verdict:
    """20亿元的新材料项目."""
    if money_cue(reading, figure) is None and _OF_PROJECT.match(text_after(reading, figure)):
        return 1, None
    return None


RULES = (
    Rule("word of investment beside the sum", Kind.INVESTMENT, word_of_investment),
    Rule("sum said of projects", Kind.INVESTMENT, sum_of_projects),
    Rule("sum in a list of investments", Kind.INVESTMENT, in_list_of_investments),
    Rule("sum of a named project", Kind.INVESTMENT, sum_of_named_project),
)
