"""Rows → what the figures of an article say of each other: where it gives a target, what was done, and the rate.

A check is made only where one sentence states all three, once each; whatever is less plain is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

ROUGH = 0.05  # how far a rate may be off where a figure is only 约 or 超
COLUMNS = ("article", "rate", "done", "target", "stated", "computed", "agrees")


def check_completion(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each completion rate that can be worked out: what is stated, computed, and if they agree.

    `rate`, `done` and `target` are the ids of the rows that it rests on.
    """
    stated = rows[rows["repeat_of"].isna()] if "repeat_of" in rows else rows
    groups = stated.groupby(["article", "sentence"], sort=False)
    return pd.DataFrame([check for _, group in groups for check in _checks(group)], columns=list(COLUMNS))


def _checks(sentence: pd.DataFrame) -> Iterator[dict[str, object]]:
    """Yield the check of a sentence that has one rate, one target and one figure of the same unit that was reached."""
    rates = sentence[sentence["kind"] == "completion_rate"]
    others = sentence[sentence["kind"].isin(["project_count", "investment", "amount", "count", "quantity"])]
    targets, done = others[others["status"] == "planned"], others[others["status"] == "actual"]
    if not len(rates) == len(targets) == len(done) == 1:
        return
    rate, target, reached = rates.iloc[0], targets.iloc[0], done.iloc[0]
    if target["unit"] != reached["unit"] or target["kind"] != reached["kind"] or not target["value"]:
        return
    computed = 100 * reached["value"] / target["value"]
    exact = all(row["bound"] == "exact" for row in (rate, target, reached))
    allowed = last_digit(rate["text"]) if exact else ROUGH * computed
    yield {
        "article": rate["article"],
        "rate": rate["row"],
        "done": reached["row"],
        "target": target["row"],
        "stated": rate["value"],
        "computed": computed,
        "agrees": bool(abs(computed - rate["value"]) <= allowed),
    }


def last_digit(written: str) -> float:
    """Return how much one step of the last digit is, of a number as written.

    >>> last_digit("150%"), last_digit("119.69%")
    (1.0, 0.01)
    """
    found = re.search(r"\d\.(\d+)", written)
    return 10.0 ** -len(found[1]) if found else 1.0
