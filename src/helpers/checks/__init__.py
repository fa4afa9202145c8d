"""Rows → what the figures say of each other: which are confirmed, which contradicted, and what follows from them.

Articles state more than they need, so that figures test each other, within a sentence, an article or the
set. A check reckons only with figures that are plainly of one thing; whatever is less plain is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd

from helpers.checks.area import check_rate_differences
from helpers.checks.check import FIELDS, Check, Verdict, arithmetic_words, check_table
from helpers.checks.completion import check_completion
from helpers.checks.growth import check_differences, check_growth
from helpers.checks.proportion import check_areas, check_ranges
from helpers.checks.share import check_shares
from helpers.checks.stated import Ledger, stated_figures
from helpers.checks.telling import check_lost_points, check_two_articles
from helpers.checks.total import check_lists, check_of_which, check_partitions

__all__ = ["CHECKS", "FIELDS", "Check", "Verdict", "arithmetic_words", "check_figures", "check_table"]

CHECKS: tuple[Callable[[Ledger], Iterator[Check]], ...] = (
    check_completion,
    check_shares,
    check_growth,
    check_differences,
    check_rate_differences,
    check_partitions,
    check_of_which,
    check_lists,
    check_lost_points,
    check_two_articles,
    check_ranges,
    check_areas,
)


def check_figures(rows: pd.DataFrame) -> list[Check]:
    """Return all checks that the rows of an observation table allow, in the order of `CHECKS`, then of the rows."""
    ledger = Ledger(stated_figures(rows))
    return [check for make_checks in CHECKS for check in make_checks(ledger)]
