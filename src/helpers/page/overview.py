"""The rows of a whole set → what no single article shows: articles, places and stages side by side, named projects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd
from markupsafe import Markup

from helpers.findings import leading, without_repeats
from helpers.fragment import Fragment, joined, markup
from helpers.observation import CORE_KINDS
from helpers.page.links import page_link
from helpers.page.opening import OpenSet
from helpers.wording import (
    KIND_WORDS,
    STAGE_WORDS,
    full_measure_words,
    is_missing,
    measure_words,
    period_words,
    say,
    value_words,
)

CHIPS = 6
CORE = tuple(str(kind) for kind in CORE_KINDS)


def set_masthead(opened: OpenSet) -> Fragment:
    """Return what the set holds: how many articles, numbers and places, and from when."""
    rows = opened.rows
    dates = sorted(date for date in opened.articles["published"].dropna() if not date.startswith("X"))
    words = [
        say("{count}篇文章", count=len(opened.articles)),
        say("{count}个数字", count=len(rows)),
        say("{count}个地区", count=rows["place"].nunique()),
        _range_words(dates),
    ]
    return Fragment(
        markup(
            '<div class="zb-masthead"><p class="zb-title">{}</p><p class="zb-facts">{}</p></div>',
            opened.name,
            say("·").join(word for word in words if word),
        )
    )


def _range_words(dates: list[str]) -> str:
    if not dates:
        return ""
    first, last = dates[0], dates[-1]
    if first == last:
        return say("{date}发表", date=period_words(first))
    return say("{first}至{last}发表", first=period_words(first), last=period_words(last))


def article_list(opened: OpenSet) -> Fragment:
    """Return the articles of the set, each a link to its page, with what was found in it by kind."""
    counts = pd.crosstab(opened.rows["article"], opened.rows["kind"])
    head = joined(
        markup('<th scope="col"{}>{}</th>', Markup(' class="zb-number"') if number else "", say(name))
        for name, number in (
            ("文章", False), ("地区", False), ("发表", False),
            *((KIND_WORDS[kind], True) for kind in CORE), ("其他", True), ("清洗", True),
        )
    )  # fmt: skip
    body = joined(_article_row(article, counts) for article in opened.articles.to_dict("records"))
    return Fragment(
        markup(
            '<section class="zb-table zb-articles" id="articles"><h2>{}</h2>'
            '<div class="zb-controls" hidden></div>'
            '<div class="zb-scroll" tabindex="0" role="region" aria-label="{}"><table>'
            "<thead><tr>{}</tr></thead><tbody>{}</tbody></table></div></section>",
            say("{count}篇文章", count=len(opened.articles)), say("文章列表"), head, body,
        )
    )  # fmt: skip


def _article_row(article: dict, counts: pd.DataFrame) -> Markup:
    found = counts.loc[article["article"]].to_dict() if article["article"] in counts.index else {}
    rest = sum(count for kind, count in found.items() if kind not in CORE)
    numbers = [*(found.get(kind, 0) for kind in CORE), rest, article["repairs"]]
    title = article["article"] if is_missing(article["title"]) else article["title"]
    published = "" if is_missing(article["published"]) else article["published"]
    return markup(
        '<tr data-article="{}"><th scope="row"><a href="{}">{}</a></th><td>{}</td><td data-sort="{}">{}</td>{}</tr>',
        article["article"],
        page_link(article["article"]),
        title,
        "" if is_missing(article["place"]) else article["place"],
        published,
        period_words(published or None),
        joined(markup('<td class="zb-number">{}</td>', number or "–") for number in numbers),
    )


def places_side_by_side(rows: pd.DataFrame, places: int = 40) -> Fragment:
    """Return a table of places by core kind: the largest figure of each, and how many there are."""
    known = without_repeats(rows)[lambda all_rows: all_rows["place"].notna() & all_rows["kind"].isin(CORE)]
    order = known["place"].value_counts(sort=False).sort_values(ascending=False, kind="stable").index[:places]
    head = joined(
        markup('<th scope="col">{}</th>', say(name)) for name in ("地区", *map(KIND_WORDS.get, CORE))
    )
    body = joined(_place_row(place, known[known["place"] == place]) for place in order)
    return _matrix("places", say("各地区最大的数字"), head, body, "")


def _place_row(place: str, rows: pd.DataFrame) -> Markup:
    cells = joined(markup("<td>{}</td>", _leading_cell(rows[rows["kind"] == kind])) for kind in CORE)
    return markup('<tr data-place="{}"><th scope="row">{}</th>{}</tr>', place, place, cells)


def _leading_cell(rows: pd.DataFrame) -> Markup:
    if rows.empty:
        return Markup('<span class="zb-none">–</span>')
    row = leading(rows[rows["unit"] == rows["unit"].iloc[0]]).iloc[0].to_dict()
    return markup(
        '{} <span class="zb-measure">{}</span>{}',
        chip(row), measure_words(row),
        markup(' <small class="zb-more">{}</small>', say("共{count}个", count=len(rows))) if len(rows) > 1 else "",
    )  # fmt: skip


def chip(row: dict) -> Markup:
    """Return a value as a small link to its proof, coloured by kind."""
    planned = " zb-planned" if row["status"] == "planned" else ""
    return markup(
        '<a class="zb-figure zb-{}{}" href="{}" data-row="{}" title="{}">{}</a>',
        row["kind"], planned, row["link"], row["row"],
        f"{full_measure_words(row)} {period_words(row['period'])}".strip(), value_words(row),
    )  # fmt: skip


def stage_matrix(rows: pd.DataFrame, places: int = 40) -> Fragment:
    """Return where the projects stand, by place: each number of projects and each sum under its stage."""
    staged = without_repeats(rows)[lambda all_rows: all_rows["stage"].notna()]
    staged = staged.assign(place=staged["place"].fillna(say("未指明地区")))
    order = (
        staged["place"].value_counts(sort=False).sort_values(ascending=False, kind="stable").index[:places]
    )
    head = joined(markup('<th scope="col">{}</th>', say(name)) for name in ("地区", *STAGE_WORDS.values()))
    body = joined(_stage_row(place, staged[staged["place"] == place]) for place in order)
    note = say("同一项目可能出现在几个数字里，所以不相加；虚线框是计划数。")
    return _matrix("stages", stage_finding(staged), head, body, note)


def stage_finding(staged: pd.DataFrame) -> str:
    """Return at which stage most of the figures stand."""
    if staged.empty:
        return say("没有数字说明项目所处的阶段")
    counts = staged["stage"].value_counts()
    tied = [STAGE_WORDS[stage] for stage in STAGE_WORDS if counts.get(stage, 0) == counts.max()]
    return say(
        "说到最多的是{stage}阶段，{count}个数字",
        stage=say("、").join(map(say, tied)),
        count=int(counts.max()),
    )


def _stage_row(place: str, rows: pd.DataFrame) -> Markup:
    cells = joined(markup("<td>{}</td>", _stage_cell(rows[rows["stage"] == stage])) for stage in STAGE_WORDS)
    return markup('<tr data-place="{}"><th scope="row">{}</th>{}</tr>', place, place, cells)


def _stage_cell(rows: pd.DataFrame) -> Markup:
    if rows.empty:
        return Markup('<span class="zb-none">–</span>')
    ordered = rows.sort_values(["kind", "value"], ascending=[False, False], kind="stable")
    rest = len(ordered) - CHIPS
    more = markup(' <small class="zb-more">{}</small>', say("另有{count}个", count=rest)) if rest > 0 else ""
    return joined([joined(map(chip, ordered.head(CHIPS).to_dict("records")), " "), more])


def named_projects(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the sums that are said of one named project, each project's sum once.

    A class of projects (签约项目) is no name: a name says more than what sort of project it is.
    """
    sums = without_repeats(rows, "investment")
    named = sums[sums["subject"].fillna("").str.contains(PROJECT_NAME, regex=True)]
    return named.drop_duplicates(["subject", "value", "stage"]).sort_values(
        "value", ascending=False, kind="stable"
    )


PROJECT_NAME = r"^(?!.*(?:重点|重大|签约|调度|竣工|开工|在建|续建|引进|\d+个|类|以上)[^，]*项目$).{3,}(?:项目|工程|产业园|基地)(?:[一二三四五]期)?$"


def project_register(rows: pd.DataFrame) -> Fragment:
    """Return the single named projects with sum, stage, place, date and article."""
    projects = named_projects(rows)
    if projects.empty:
        return Fragment(
            markup(
                '<section class="zb-table" id="projects"><h2>{}</h2></section>', say("没有说到金额的单个项目")
            )
        )
    head = joined(
        markup('<th scope="col">{}</th>', say(name))
        for name in ("项目", "金额", "阶段", "地区", "时间", "文章")
    )
    body = joined(map(_project_row, projects.to_dict("records")))
    largest = projects.iloc[0].to_dict()
    heading = say(
        "{count}个具名项目，最大的是{name}，{value}",
        count=projects["subject"].nunique(),
        name=largest["subject"],
        value=value_words(largest),
    )
    return Fragment(
        markup(
            '<section class="zb-table" id="projects"><h2>{}</h2><div class="zb-controls" hidden></div>'
            '<div class="zb-scroll" tabindex="0" role="region" aria-label="{}"><table><thead><tr>{}</tr></thead>'
            "<tbody>{}</tbody></table></div></section>",
            heading, say("具名项目"), head, body,
        )
    )  # fmt: skip


def _project_row(row: dict) -> Markup:
    return markup(
        '<tr data-place="{}" data-kind="investment"><th scope="row">{}</th>'
        '<td class="zb-number" data-sort="{}">{}</td><td>{}</td><td>{}</td><td data-sort="{}">{}</td><td>{}</td></tr>',
        "" if is_missing(row["place"]) else row["place"], row["subject"],
        repr(float(row["value"])), chip(row),
        "" if is_missing(row["stage"]) else say(STAGE_WORDS[row["stage"]]),
        "" if is_missing(row["place"]) else row["place"],
        "" if is_missing(row["period"]) else row["period"], period_words(row["period"]), row["article"],
    )  # fmt: skip


def _matrix(
    identifier: str, heading: str, head: Markup, body: Iterable[Markup] | Markup, note: str
) -> Fragment:
    table = markup(
        '<div class="zb-scroll" tabindex="0" role="region" aria-label="{}">'
        '<table class="zb-matrix"><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>',
        heading, head, body,
    )  # fmt: skip
    return Fragment(
        markup(
            '<section class="zb-table" id="{}"><h2>{}</h2>{}{}</section>',
            identifier, heading, table if body else "", markup('<p class="zb-note">{}</p>', note) if note else "",
        )
    )  # fmt: skip


def set_downloads() -> Fragment:
    """Return the links to the tables of the set and to the notebooks as they ran."""
    from helpers.page.about import downloads

    files = [
        ("observations.csv", say("全部数字（CSV）")),
        ("observations.xlsx", say("全部数字（Excel）")),
        ("articles.csv", say("文章列表（CSV）")),
        ("overview.ipynb", say("运行过的笔记本")),
    ]
    return Fragment(markup('<section id="downloads"><h2>{}</h2>{}</section>', say("下载"), downloads(files)))


def _kinds_present(rows: pd.DataFrame) -> Iterator[str]:
    yield from (kind for kind in KIND_WORDS if (rows["kind"] == kind).any())
