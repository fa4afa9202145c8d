"""Rows → the whole table as HTML: complete without JavaScript, and sorted, searched and filtered with it."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from helpers.fragment import Fragment, joined, markup, unique_id
from helpers.page.links import number_of
from helpers.wording import (
    BASIS_WORDS,
    CONFIDENCE_WORDS,
    KIND_WORDS,
    STAGE_WORDS,
    is_missing,
    measure_words,
    period_words,
    say,
    value_words,
    year_of,
)

LIMIT = 1000


def whole_table(rows: pd.DataFrame, *, of_set: bool = False, limit: int = LIMIT) -> Fragment:
    """Return every row, its value linked to its proof; of a set, with the article that it stands in.

    More than `limit` rows would make the page slow to open: the table then ends there, and says so.
    """
    shown = rows.head(limit)
    columns = [say(name) for name in ("类别", "说的是什么", "数值", "地区", "时期", "口径与阶段", "可信度")]
    if of_set:
        columns.append(say("文章"))
    head = joined(_head_cell(name, numeric=name == columns[2]) for name in columns)
    body = joined(_row(record, of_set) for record in shown.to_dict("records"))
    rest = len(rows) - len(shown)
    note = (
        say("这里列出前{shown}个数字，其余{rest}个在可下载的表里。", shown=len(shown), rest=rest)
        if rest
        else ""
    )
    return Fragment(
        markup(
            '<section class="zb-table" id="{id}"><h2>{heading}</h2><p class="zb-note">{note}</p>'
            '<div class="zb-controls" hidden></div>'
            '<div class="zb-scroll" tabindex="0" role="region" aria-label="{heading}">'
            "<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div></section>",
            id=unique_id("table"),
            heading=say("全部{count}个数字", count=len(rows)),
            note=note or say("点数值看原文的句子；灰色的行是文中重复说到的数字。"),
            head=head,
            body=body,
        )
    )


def _head_cell(name: str, *, numeric: bool) -> Markup:
    return markup('<th scope="col"{}>{}</th>', Markup(' class="zb-number"') if numeric else "", name)


def _row(row: dict, of_set: bool) -> Markup:
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
        markup("<td>{}</td>", attribute_words(row)),
        markup("<td>{}</td>", say(CONFIDENCE_WORDS[row["confidence"]])),
    ]  # fmt: skip
    if of_set:
        cells.append(markup("<td>{}</td>", row["article"]))
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


def attribute_words(row: dict) -> str:
    """Return what else the table says of a figure: basis, stage, whether it is planned or a repeat."""
    words = [
        "" if is_missing(row["basis"]) else say(BASIS_WORDS[row["basis"]]),
        "" if is_missing(row["stage"]) else say(STAGE_WORDS[row["stage"]]),
        say("计划") if row["status"] == "planned" else "",
        "" if is_missing(row["repeat_of"]) else say("重复"),
    ]
    return say("、").join(word for word in words if word)
