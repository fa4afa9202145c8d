"""What people have corrected of the rows, and how to correct one: old value, new value, who, when and why."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from helpers.correction import ADD, ATTRIBUTES, COLUMNS, DROP
from helpers.fragment import Fragment, joined, markup
from helpers.page.opening import OpenArticle, OpenSet
from helpers.page.table import chip, table_section
from helpers.wording import (
    BASIS_WORDS,
    BOUND_LABELS,
    COLUMN_WORDS,
    KIND_WORDS,
    STAGE_WORDS,
    STATUS_WORDS,
    is_missing,
    measure_words,
    measured,
    period_words,
    say,
)

LIMIT = 200
HEADS = ("数字", "说的是什么", "改了什么", "原值与更正", "理由", "更正人", "日期")
CODE_WORDS = {
    "kind": KIND_WORDS,
    "bound": BOUND_LABELS,
    "basis": BASIS_WORDS,
    "status": STATUS_WORDS,
    "stage": STAGE_WORDS,
}


def corrections_made(opened: OpenArticle | OpenSet) -> Fragment:
    """Return what was corrected in an article or a set, nothing where nobody has corrected anything."""
    made = opened.corrections
    if made.empty:
        return Fragment("")
    rows = {row["row"]: row for row in opened.rows.to_dict("records")}
    of_set = isinstance(opened, OpenSet)
    body = (_item(one, rows.get(one["row"]), of_set) for one in made.head(LIMIT).to_dict("records"))
    rest = len(made) - LIMIT
    return Fragment(
        table_section(
            "corrections",
            say("人工更正了{count}处", count=len(made)),
            [*HEADS, "文章"] if of_set else HEADS,
            body,
            note=say("另有{count}个", count=rest) if rest > 0 else "",
        )
    )


def _item(made: Mapping[str, object], row: Mapping[str, object] | None, of_set: bool) -> Markup:
    """Return one correction: the figure, then what stood there, struck out, beside what stands there now."""
    cells = [
        markup("<td>{}</td>", chip(dict(row)) if row else made["figure"]),
        markup('<th scope="row">{}</th>', measure_words(row) if row else _dropped_indicator(made)),
        markup("<td>{}</td>", say(COLUMN_WORDS[str(made["column"])])),
        markup('<td class="zb-source">{}</td>', _old_and_new(made, row)),
        markup('<td class="zb-source">{}</td>', made["reason"]),
        markup("<td>{}</td>", made["who"]),
        markup('<td data-sort="{}">{}</td>', made["when"], period_words(str(made["when"]))),
    ]
    if of_set:
        cells.append(markup("<td>{}</td>", made["article"]))
    return markup("<tr>{}</tr>", joined(cells))


def _dropped_indicator(made: Mapping[str, object]) -> str:
    """Return what a row measured that is no longer there, from the words that tell of it."""
    return str(made["old"]).split(" ", 3)[-1]


def _old_and_new(made: Mapping[str, object], row: Mapping[str, object] | None) -> Markup:
    column = str(made["column"])
    pieces = [
        markup("<{tag}>{}</{tag}>", code_words(column, str(cell), row), tag=Markup(tag))
        for tag, cell in (("del", made["old"]), ("ins", made["new"]))
        if not is_missing(cell)
    ]
    if is_missing(made["new"]) and column != DROP:
        pieces.append(markup("<ins>{}</ins>", say("（空）")))
    return joined(pieces, " → ")


def code_words(column: str, code: str, row: Mapping[str, object] | None = None) -> str:
    """Return a cell of the table for people.

    >>> code_words("stage", "signed"), code_words("value", "12150000000", {"unit": "CNY"})
    ('签约', '121.5亿元')
    """
    if column in CODE_WORDS:
        return say(CODE_WORDS[column].get(code, code))
    if column == "period":
        return period_words(code)
    if column == "value" and row is not None:
        return measured(float(code), str(row["unit"]))
    if column in (ADD, DROP):
        kind, _, words = code.partition(" ")
        return f"{say(KIND_WORDS[kind])} {words}" if kind in KIND_WORDS else code
    return code


def how_to_correct(opened: OpenArticle) -> Fragment:
    """Return how a row is corrected for good, with the head of the file that it takes; folded away."""
    if opened.rows.empty:
        return Fragment("")
    names = ", ".join((*ATTRIBUTES, DROP, ADD))
    steps = (
        say(
            "展开上表一行末尾的“更正”，把那一行贴进文章旁边的 corrections.csv；没有这个文件就新建一个，第一行是："
        ),
        markup('<code class="zb-line">{}</code>', ",".join(COLUMNS)),
        say("再填上列名、更正后的值、理由、姓名和日期（如 2026-03-05），重新生成报告。列名可以是："),
        markup('<code class="zb-line">{}</code>', names),
    )
    return Fragment(
        markup(
            '<details class="zb-repair zb-how"><summary>{}</summary>{}</details>',
            say("怎样更正一行，并且一直有效"),
            joined(markup("<p>{}</p>", step) for step in steps),
        )
    )
