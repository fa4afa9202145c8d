"""Rows → what their figures say of each other: contradictions first, then confirmations, then what follows from them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pandas as pd
from markupsafe import Markup

from helpers.checks import Check, Verdict
from helpers.fragment import Fragment, joined, markup
from helpers.page.table import chip
from helpers.wording import full_measure_words, is_missing, measured, period_words, say

VERDICT_WORDS = {Verdict.CONTRADICTED: "不符", Verdict.CONFIRMED: "相符", Verdict.IMPLIED: "可推出"}
CHECK_WORDS = {
    "completion": "完成数、目标与完成率",
    "share": "部分、总体与占比",
    "level_and_growth": "总量与增速",
    "level_and_difference": "总量与增减数",
    "rate_and_difference": "增速与增速差",
    "total_of_parts": "总计与分项",
    "of_which": "总数与其中数",
    "list_and_total": "列举与合计",
    "same_digits_other_size": "前后两处说同一个数字",
    "told_by_two_articles": "两篇文章说同一件事",
    "possible_range": "合理范围",
    "area_and_whole": "一地与所在的地区",
}
LIMIT = 60  # of a verdict; the file beside the page has them all


def checks_made(rows: pd.DataFrame, checks: Sequence[Check], limit: int = LIMIT) -> Fragment:
    """Return which figures are confirmed or contradicted by others, and what follows that nobody states."""
    by_verdict = {verdict: [one for one in checks if one.verdict is verdict] for verdict in VERDICT_WORDS}
    records = {record["row"]: record for record in rows.to_dict("records")} if checks else {}
    tested = [*by_verdict[Verdict.CONTRADICTED], *by_verdict[Verdict.CONFIRMED]]
    pieces = [
        markup('<section class="zb-checks" id="checks"><h2>{}</h2>', checks_finding(by_verdict)),
        _list(tested, records, limit) if tested else Markup(""),
        _folded(by_verdict[Verdict.IMPLIED], records, limit) if by_verdict[Verdict.IMPLIED] else Markup(""),
        Markup("</section>"),
    ]
    return Fragment(joined(pieces))


def checks_finding(by_verdict: dict[Verdict, list[Check]]) -> str:
    """Return how many figures could be tested by others, and how many of these fail."""
    wrong, right = len(by_verdict[Verdict.CONTRADICTED]), len(by_verdict[Verdict.CONFIRMED])
    if not wrong + right:
        return say("没有可以相互核对的数字")
    if wrong:
        return say("{count}处可以相互核对，{wrong}处不符", count=wrong + right, wrong=wrong)
    return say("{count}处可以相互核对，全部相符", count=right)


def _list(checks: Sequence[Check], records: dict[str, dict], limit: int) -> Markup:
    items = joined(_item(check, records) for check in checks[:limit])
    rest = len(checks) - limit
    more = markup("<li>{}</li>", say("另有{count}个", count=rest)) if rest > 0 else ""
    return markup("<ul>{}{}</ul>", items, more)


def _folded(checks: Sequence[Check], records: dict[str, dict], limit: int) -> Markup:
    return markup(
        "<details><summary>{} <small>{}</small></summary>{}</details>",
        say("由文中数字可以推出、文中没有说的"), say("{count}个数字", count=len(checks)), _list(checks, records, limit),
    )  # fmt: skip


def _item(check: Check, records: dict[str, dict]) -> Markup:
    """Return one check: verdict, sum, what the article says, and what rounding allows."""
    return markup(
        '<li><span class="zb-verdict zb-{}">{}</span>{} = {}{} <small>{}</small></li>',
        check.verdict,
        say(VERDICT_WORDS[check.verdict]),
        _arithmetic(check, records),
        measured(check.value, check.unit),
        _compared_with(check, records),
        say("；").join(_notes(check)),
    )


def _arithmetic(check: Check, records: dict[str, dict]) -> Markup:
    """Return the sum with each operand as a link to its proof."""
    pieces = re.split(r"\{(\d+)\}", check.arithmetic)
    return joined(
        chip(records[check.operands[int(piece)].row]) if number % 2 else markup("{}", piece)
        for number, piece in enumerate(pieces)
    )


def _compared_with(check: Check, records: dict[str, dict]) -> Markup:
    if check.stated is None:
        return markup("{}<b>{}</b>", say("："), _implied_words(check))
    said = (
        say("文中说")
        if len({one.article for one in (*check.operands, check.stated)}) == 1
        else say("另一篇说")
    )
    if check.stated in check.operands:
        return markup("{}{}", say("，"), full_measure_words(vars(check.stated)))
    return markup(
        "{}{} {} {}", say("，"), said, chip(records[check.stated.row]), full_measure_words(vars(check.stated))
    )


def _implied_words(check: Check) -> str:
    words = full_measure_words({"subject": None, "indicator": check.indicator, "place": check.place})
    period = "" if is_missing(check.period) else period_words(check.period)
    return " ".join(word for word in (period, words) if word)


def _notes(check: Check) -> Iterator[str]:
    yield say(CHECK_WORDS[check.check])
    if check.computed.width > 0 and check.stated not in check.operands:
        low, high = (
            measured(_brief(bound), check.unit) for bound in (check.computed.low, check.computed.high)
        )
        yield say("按文中数字的位数，在{low}至{high}之间", low=low, high=high)
    if check.note:
        yield say(check.note)


def _brief(value: float) -> float:
    """Return a bound with five digits, which are more than rounding leaves certain.

    >>> _brief(98_189_362_610.0)
    98189000000.0
    """
    return float(f"{value:.5g}")
