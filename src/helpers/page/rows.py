"""The rows of a large set → pages beside its overview, and the way to them: made without running a notebook."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from markupsafe import Markup

from helpers.checks import Check
from helpers.fragment import Fragment, joined, markup
from helpers.page.paging import RowPage, row_pages
from helpers.page.table import row_table, table_section, whole_table
from helpers.wording import KIND_WORDS, is_missing, say


def table_of_set(rows: pd.DataFrame, checks: Iterable[Check] = ()) -> Fragment:
    """Return all rows of a set, or, where they are too many for one page, the ways to the pages that have them."""
    return ways_to_rows(rows) if row_pages(rows) else whole_table(rows, checks, of_set=True)


def ways_to_rows(rows: pd.DataFrame) -> Fragment:
    """Return the links to the pages of rows, kind by kind, each with the places that it begins and ends with."""
    pages = row_pages(rows)
    body = (
        _kind_row(kind, [page for page in pages if page.kind == kind])
        for kind in dict.fromkeys(page.kind for page in pages)
    )
    return Fragment(
        table_section(
            "table",
            say("全部{count}个数字", count=len(rows)),
            ["类别", "数字", "分页"],
            body,
            note=say("数字太多，分页列出：先按类别，再按地区。每页可以排序、搜索。"),
            numeric={"数字"},
        )
    )


def _kind_row(kind: str, pages: list[RowPage]) -> Markup:
    count = sum(len(page.rows) for page in pages)
    links = joined(markup('<li><a href="{}.html">{}</a></li>', page.file, _reach(page)) for page in pages)
    return markup(
        '<tr><th scope="row"><span class="zb-figure zb-{}">{}</span></th><td class="zb-number" data-sort="{}">{}</td>'
        "<td><details><summary>{}</summary><ol>{}</ol></details></td></tr>",
        kind, say(KIND_WORDS[kind]), count, count, say("{count}页", count=len(pages)), links,
    )  # fmt: skip


def _reach(page: RowPage) -> str:
    """Return the first and the last place of a page."""
    first, last = (
        say("没有地区") if is_missing(place) else place for place in page.rows["place"].iloc[[0, -1]]
    )
    return first if first == last else f"{first}–{last}"


def title_of_rows(page: RowPage) -> str:
    """Return what a page of rows is called: 增长率 2/14 衡阳市–株洲市."""
    return f"{say(KIND_WORDS[page.kind])} {page.number}/{page.of} {_reach(page)}"


def rows_of_page(page: RowPage) -> Fragment:
    """Return the rows of a page with their sentences, and the way to the pages before and after it."""
    ways = (
        _way(page, page.number - 1, say("上一页")) if page.number > 1 else "",
        _way(page, page.number + 1, say("下一页")) if page.number < page.of else "",
    )
    turning = markup('<p class="zb-downloads">{} {}</p>', *ways) if any(ways) else Markup("")
    rows = page.rows.assign(
        link=page.rows["link"].map(_from_beside), repeat_link=page.rows["repeat_link"].map(_from_beside)
    )
    heading = say("第{number}页，共{count}页", number=page.number, count=page.of)
    return Fragment(row_table(rows, heading) + turning)


def _way(page: RowPage, number: int, words: str) -> Markup:
    return markup('<a href="{}-{:03}.html">{}</a>', page.kind, number, words)


def _from_beside(link: str | None) -> str | None:
    """Return a link of the overview as it leads from a page in a folder beside it."""
    return link if is_missing(link) or link.startswith("#") else f"../{link}"
