"""Rows → the whole table as HTML: complete without JavaScript, and sorted, searched and filtered with it."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence

import pandas as pd
from markupsafe import Markup

from helpers.checks import Check, Verdict
from helpers.fragment import Fragment, joined, markup, unique_id
from helpers.page.links import number_of
from helpers.page.paging import SHOWN_AT_ONCE
from helpers.wording import (
    BASIS_WORDS,
    CONFIDENCE_WORDS,
    KIND_WORDS,
    STAGE_WORDS,
    full_measure_words,
    is_missing,
    measure_words,
    period_words,
    say,
    value_words,
    year_of,
)

LIMIT = SHOWN_AT_ONCE
COLUMNS = ("类别", "说的是什么", "数值", "地区", "时期", "口径与阶段", "可信度")


def table_section(
    identifier: str,
    heading: str,
    columns: Sequence[str],
    rows: Iterable[Markup],
    *,
    note: str = "",
    classes: str = "zb-cards",
    numeric: Container[str] = (),
) -> Markup:
    """Return a section with a heading and a table, which scrolls by itself where it is too wide."""
    cells = (
        markup(
            '<th scope="col"{}>{}</th>', Markup(' class="zb-number"') if name in numeric else "", say(name)
        )
        for name in columns
    )
    body = joined(rows)
    table = markup(
        '<div class="zb-scroll" tabindex="0" role="region" aria-label="{}"><table class="{}">'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>",
        heading,
        classes,
        joined(cells),
        body,
    )
    return markup(
        '<section class="zb-table" id="{}"><h2>{}</h2>{}{}</section>',
        unique_id(identifier),
        heading,
        markup('<p class="zb-note">{}</p>', note) if note else "",
        table if body else "",
    )


def whole_table(
    rows: pd.DataFrame, checks: Iterable[Check] = (), *, of_set: bool = False, limit: int = LIMIT
) -> Fragment:
    """Return every row, its value linked to its proof; of a set, with the article that it stands in.

    A row that one of the `checks` contradicts is marked. More than `limit` rows would make the page slow to open: the table then ends there, and says so.
    """
    shown = mark_contradicted(rows.head(limit), checks)
    rest = len(rows) - len(shown)
    if rest:
        note = say("这里列出前{shown}个数字，其余{rest}个在可下载的表里。", shown=len(shown), rest=rest)
    else:
        note = say("点数值看原文的句子；灰色的行是重复说到的数字，“重复”通向先说的那一处。")
    return Fragment(
        table_section(
            "table",
            say("全部{count}个数字", count=len(rows)),
            [*COLUMNS, *(["文章"] if of_set else []), *(["更正"] if "line" in rows else [])],
            (_row(record, of_set) for record in shown.to_dict("records")),
            note=note if len(rows) else "",
            numeric={"数值"},
        )
    )


def row_table(rows: pd.DataFrame, heading: str) -> Markup:
    """Return rows of a large set with the sentences that state them, which are their proof where no page shows more."""
    body = (
        _row(record, of_set=True, sentence=True)
        for record in mark_contradicted(rows, ()).drop(columns="line", errors="ignore").to_dict("records")
    )
    return table_section("table", heading, [*COLUMNS, "文章", "句子"], body, numeric={"数值"})


def mark_contradicted(rows: pd.DataFrame, checks: Iterable[Check]) -> pd.DataFrame:
    """Return the rows with a column `contradicted`: whether other figures contradict the row's."""
    wrong = {check.stated.row for check in checks if check.stated and check.verdict is Verdict.CONTRADICTED}
    return rows.assign(contradicted=rows["row"].isin(wrong))


def kinds_found(rows: pd.DataFrame) -> Fragment:
    """Return how many figures of each kind there are, how many are planned, repeats, or of low confidence."""
    present = [kind for kind in KIND_WORDS if (rows["kind"] == kind).any()]
    columns = ["类别", "数字", "计划", "重复", "可信度低", "没有地区", "没有时期"]
    body = (_kind_row(kind, rows[rows["kind"] == kind]) for kind in present)
    heading = say("{count}个数字，{kinds}类", count=len(rows), kinds=len(present))
    return Fragment(table_section("kinds", heading, columns, body, classes="zb-counts", numeric=columns[1:]))


def _kind_row(kind: str, rows: pd.DataFrame) -> Markup:
    counts = (
        len(rows),
        (rows["status"] == "planned").sum(),
        rows["repeat_of"].notna().sum(),
        (rows["confidence"] == "low").sum(),
        rows["place"].isna().sum(),
        rows["period"].isna().sum(),
    )
    return markup(
        '<tr><th scope="row"><span class="zb-figure zb-{}">{}</span></th>{}</tr>',
        kind,
        say(KIND_WORDS[kind]),
        joined(markup('<td class="zb-number" data-sort="{}">{}</td>', n, n or "–") for n in counts),
    )


def _row(row: dict, of_set: bool, sentence: bool = False) -> Markup:
    identifier = row["row"] if of_set else number_of(row["row"])
    repeated = Markup(' class="zb-repeat"') if not is_missing(row["repeat_of"]) else ""
    cells = [
        markup('<td><span class="zb-figure zb-{}">{}</span></td>', row["kind"], say(KIND_WORDS[row["kind"]])),
        markup('<th scope="row">{}</th>', measure_words(row)),
        markup(
            '<td class="zb-number" data-sort="{}"><a href="{}">{}</a></td>',
            repr(float(row["value"])), row["link"], value_words(row),
        ),
        markup("<td>{}</td>", "" if is_missing(row["place"]) else row["place"]),
        markup('<td data-sort="{}">{}</td>', "" if is_missing(row["period"]) else row["period"], period_words(row["period"])),
        markup("<td>{}{}</td>", attribute_words(row), joined(mark(row) for mark in MARKS)),
        markup("<td>{}</td>", say(CONFIDENCE_WORDS[row["confidence"]])),
    ]  # fmt: skip
    if of_set:
        cells.append(markup("<td>{}</td>", row["article"]))
    if sentence:
        cells.append(markup('<td class="zb-source">{}</td>', row["sentence"]))
    if "line" in row:
        cells.append(_line_cell(row["line"]))
    return markup(
        '<tr id="r-{id}" data-row="{row}" data-kind="{kind}" data-place="{place}" data-year="{year}"{repeated}>{cells}</tr>',
        id=identifier,
        row=row["row"],
        kind=row["kind"],
        place="" if is_missing(row["place"]) else row["place"],
        year=year_of(row["period"]),
        repeated=repeated,
        cells=joined(cells),
    )


def _contradiction_mark(row: dict) -> Markup:
    if not row["contradicted"]:
        return Markup("")
    return markup(' <a class="zb-verdict zb-contradicted" href="#checks">{}</a>', say("不符"))


def correction_mark(row: dict) -> Markup:
    """Return a mark on a row that people have corrected; its title says what stood there before."""
    if is_missing(row.get("corrected")):
        return Markup("")
    return markup(' <span class="zb-corrected" title="{}">{}</span>', row["corrected"], say("已更正"))


def _line_cell(line: str | None) -> Markup:
    """Return the line of corrections.csv for a row, folded away until somebody wants it."""
    if is_missing(line):
        return Markup('<td class="zb-fix"></td>')
    return markup(
        '<td class="zb-fix"><details><summary>{}</summary><code class="zb-line">{}</code></details></td>',
        say("更正"),
        line,
    )


def chip(row: dict) -> Markup:
    """Return a value as a small link to its proof, coloured by kind."""
    return markup(
        '<a class="zb-figure zb-{kind}{planned}" href="{link}" data-row="{row}" title="{title}">{value}</a>',
        kind=row["kind"],
        planned=" zb-planned" if row["status"] == "planned" else "",
        link=row["link"],
        row=row["row"],
        title=f"{full_measure_words(row)} {period_words(row['period'])}".strip(),
        value=value_words(row),
    )


def attribute_words(row: dict) -> str:
    """Return what else the table says of a figure: basis, stage, whether it is planned."""
    words = [
        "" if is_missing(row["basis"]) else say(BASIS_WORDS[row["basis"]]),
        "" if is_missing(row["stage"]) else say(STAGE_WORDS[row["stage"]]),
        say("计划") if row["status"] == "planned" else "",
    ]
    return say("、").join(word for word in words if word)


def told_elsewhere(row: dict) -> Markup:
    """Return the link to where a figure is stated first, in this article or in the one that it is a copy of."""
    told = (("重复", row.get("repeat_link")), ("原载", row.get("original_link")))
    links = (markup(' <a href="{}">{}</a>', link, say(word)) for word, link in told if not is_missing(link))
    return next(links, Markup(""))


# What a row leads to besides its proof.
MARKS: tuple[Callable[[dict], Markup], ...] = (told_elsewhere, correction_mark, _contradiction_mark)
