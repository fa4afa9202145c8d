"""Figures → kinds: the rules of each kind, in the one order in which they are asked.

A rule is a named value: what the figure measures decides which rules are asked, the first that applies
gives the kind. Adding a construction means adding a rule to its family's tuple.
"""

from __future__ import annotations

from helpers.mentions.quantity import COUNT, DOUBLING, MONEY, MULTIPLE, PERCENT, PHYSICAL, POINT
from helpers.rules import context, growth_rate, investment, project_count
from helpers.rules.rule import Rule

RULES: dict[str, tuple[Rule, ...]] = {
    PERCENT: (*context.COMPLETION_RULES, *growth_rate.RULES, *context.SHARE_RULES),
    MULTIPLE: (*context.MULTIPLE_OF_PLAN_RULES, *growth_rate.MULTIPLE_RULES),
    DOUBLING: growth_rate.DOUBLING_RULES,
    POINT: context.DIFFERENCE_RULES,
    MONEY: (*investment.RULES, *context.AMOUNT_RULES),
    COUNT: (*project_count.RULES, *context.COUNT_RULES),
    PHYSICAL: context.QUANTITY_RULES,
}
