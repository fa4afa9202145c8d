"""Rows of one kind → the sentence that a chart or a page may put over them.

A finding claims no more than the rows say: only actual figures are compared, only those with the same
basis or currency, ties are named together, and figures that are only planned are called planned.
"""

from __future__ import annotations

import pandas as pd

from helpers.wording import BASIS_WORDS, full_measure_words, measured, period_words, say, value_words, year_of

MAX_TIED = 3


def without_repeats(rows: pd.DataFrame, kind: str | None = None) -> pd.DataFrame:
    """Return the rows of a kind (all kinds for None), each figure once where the article repeats it."""
    chosen = rows[rows["repeat_of"].isna()] if "repeat_of" in rows else rows
    return chosen if kind is None else chosen[chosen["kind"] == kind]


def actual(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows whose figures have come about."""
    return rows[rows["status"] == "actual"]


def most_common(values: pd.Series) -> object:
    """Return the value that occurs most often, the first of equals."""
    return values.value_counts(sort=False).idxmax()


def leading(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the largest value: more than one where they tie."""
    return rows[rows["value"] == rows["value"].max()]


def ranked(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that can be compared, the largest first: of one unit, or of one currency where rates were given."""
    if "converted" in rows and rows["converted"].notna().any():
        return rows[rows["converted"].notna()].sort_values("converted", ascending=False, kind="stable")
    same_unit = rows[rows["unit"] == main_unit(rows)]
    return same_unit.sort_values("value", ascending=False, kind="stable")


def foremost(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the largest of the rows that can be compared: more than one where they tie."""
    order = ranked(rows)
    column = "converted" if "converted" in order and order["converted"].notna().any() else "value"
    return order[order[column] == order[column].iloc[0]]


def names(rows: pd.DataFrame) -> str:
    """Return what the rows measure, as one phrase."""
    words = list(dict.fromkeys(full_measure_words(row) for row in rows.to_dict("records")))
    if len(words) > MAX_TIED:
        return say("{first}等{count}项", first=words[0], count=len(words))
    return say("、").join(words)


def one_value(rows: pd.DataFrame) -> str:
    """Return the value that tied rows share."""
    return value_words(rows.iloc[0])


def growth_finding(rows: pd.DataFrame) -> str:
    """Return what growth rates say: who grows fastest, or who falls deepest where nothing grows."""
    if rows.empty:
        return say("没有提到增长率")
    pool = actual(rows)
    if pool.empty:
        return _target_finding(rows)
    pool, basis = _same_basis(pool)
    top = leading(pool)
    if top["value"].iloc[0] < 0:
        return _fall_finding(pool, basis)
    if len(pool) == 1:
        return say("{name}{basis}增长{value}", name=names(top), basis=basis, value=one_value(top))
    template = "{name}{basis}增长最快，{value}" if len(top) == 1 else "{name}{basis}增长最快，均为{value}"
    return say(template, name=names(top), basis=basis, value=one_value(top))


def _same_basis(rows: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Return the rows that can be compared, and their basis in words where it sets them apart."""
    bases = rows["basis"].fillna("unspecified")
    if bases.nunique() == 1:
        return rows, ""
    basis = "yoy" if (bases == "yoy").any() else most_common(bases)
    words = "" if basis == "unspecified" else say(BASIS_WORDS[str(basis)])
    return rows[bases == basis], words


def _target_finding(rows: pd.DataFrame) -> str:
    top = leading(rows)
    template = "{name}的目标是增长{value}" if len(rows) == 1 else "{name}的增长目标最高，{value}"
    return say(template, name=names(top), value=one_value(top))


def _fall_finding(rows: pd.DataFrame, basis: str) -> str:
    lowest = rows[rows["value"] == rows["value"].min()]
    row = lowest.iloc[0]
    depth = measured(-row["value"], row["unit"], row["text"])
    template = "{name}{basis}下降{value}" if len(rows) == 1 else "{name}{basis}降幅最大，下降{value}"
    return say(template, name=names(lowest), basis=basis, value=depth)


def main_unit(rows: pd.DataFrame) -> str:
    """Return the unit that a finding compares in: the yuan where any row has it, else the commonest."""
    return "CNY" if (rows["unit"] == "CNY").any() else str(most_common(rows["unit"]))


def investment_finding(rows: pd.DataFrame) -> str:
    """Return the largest sum, of those actually put in or agreed on where there are any."""
    if rows.empty:
        return say("没有提到投资额")
    pool = actual(rows)
    planned_only = pool.empty
    pool = rows if planned_only else pool
    pool = pool[pool["unit"] == main_unit(pool)]
    among = "计划金额最大的是{name}，{value}" if planned_only else "金额最大的是{name}，{value}"
    return _largest_finding(leading(pool), planned_only, among if len(pool) > 1 else None)


def _largest_finding(top: pd.DataFrame, planned_only: bool, among_others: str | None) -> str:
    """Return what is said of the largest figure: that it stands alone, or what it is among others."""
    alone = "{name}计划为{value}" if planned_only else "{name}{value}"
    return say(among_others or alone, name=names(top), value=one_value(top))


def project_finding(rows: pd.DataFrame) -> str:
    """Return where the articles count the most projects."""
    if rows.empty:
        return say("没有提到项目数")
    pool = actual(rows)
    planned_only = pool.empty
    among = "计划数最多的是{name}，{value}" if planned_only else "数量最多的是{name}，{value}"
    return _largest_finding(
        leading(rows if planned_only else pool), planned_only, among if len(rows) > 1 else None
    )


def completion_finding(rows: pd.DataFrame) -> str:
    """Return how many plans are fulfilled."""
    if rows.empty:
        return say("没有提到完成率")
    pool = actual(rows)
    if pool.empty:
        return say("完成率都只是计划")
    top, done = leading(pool), int((pool["value"] >= 100).sum())
    if len(pool) == 1:
        return say("{name}完成计划的{value}", name=names(top), value=one_value(top))
    if done == 0:
        return say("{count}项计划都还没有完成，进度最快的达{value}", count=len(pool), value=one_value(top))
    if done == len(pool):
        return say("{count}项计划全部完成，最高的达{value}", count=done, value=one_value(top))
    return say(
        "{count}项计划中{done}项已经完成，最高的达{value}", count=len(pool), done=done, value=one_value(top)
    )


def comparison_finding(rows: pd.DataFrame) -> str:
    """Return how many rates lie above those of the area they are compared with."""
    if rows.empty:
        return say("没有与其他地区比较的增速")
    pool = actual(rows) if not actual(rows).empty else rows
    above = int((pool["value"] > 0).sum())
    if len(pool) == 1:
        row = pool.iloc[0]
        gap = measured(abs(row["value"]), row["unit"], row["text"])
        template = "{name}高出所比地区{gap}" if above else "{name}低于所比地区{gap}"
        return say(template, name=full_measure_words(row), gap=gap)
    if above == len(pool):
        return say("{count}项增速都高于所比的地区", count=len(pool))
    return say("{count}项增速中{above}项高于所比的地区", count=len(pool), above=above)


def growth_compared(rows: pd.DataFrame) -> str:
    """Return what the finding of growth rates leaves out, where the longest bar is among it; nothing elsewhere."""
    pool = actual(rows)
    if pool.empty:
        return ""
    same, _ = _same_basis(pool)
    if not _leads_elsewhere(pool, same):
        return actual_compared(rows)
    basis = say(BASIS_WORDS[str(same["basis"].fillna("unspecified").iloc[0])])
    return say("标题只比较口径为“{basis}”的增长率。", basis=basis)


def sums_compared(rows: pd.DataFrame) -> str:
    """Return that only sums that have come about are compared, where a planned one is larger."""
    return actual_compared(rows[rows["unit"] == main_unit(rows)]) if len(rows) else ""


def actual_compared(rows: pd.DataFrame) -> str:
    """Return that only figures that have come about are compared, where a planned one is larger; nothing elsewhere."""
    pool = actual(rows)
    if pool.empty or not _leads_elsewhere(rows, pool):
        return ""
    return say("标题不比较计划、目标或预计的数字。")


def _leads_elsewhere(rows: pd.DataFrame, compared: pd.DataFrame) -> bool:
    return bool(rows["value"].max() > compared["value"].max())


def period_finding(rows: pd.DataFrame) -> str:
    """Return which year most of the dated figures speak of."""
    years = rows["period"].map(year_of)
    counts = years[years != ""].value_counts()
    tied = sorted(counts[counts == counts.max()].index)
    return say("{count}个有时期的数字里，说{years}年的最多", count=len(rows), years=say("、").join(tied))


def common_words(rows: pd.DataFrame, *, unit: str) -> str:
    """Return the subtitle of a chart: what all its rows share of place, period and basis, then the unit."""
    shared = [
        _shared(rows, "place"),
        period_words(_shared(rows, "period")),
        say(BASIS_WORDS.get(_shared(rows, "basis") or "", "")),
        unit,
    ]
    return say("·").join(words for words in shared if words)


def _shared(rows: pd.DataFrame, column: str) -> str | None:
    """Return the value that all rows have in a column, None where they differ or say nothing."""
    values = rows[column]
    return str(values.iloc[0]) if len(values) and values.notna().all() and values.nunique() == 1 else None
