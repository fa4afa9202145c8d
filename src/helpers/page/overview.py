"""The rows of a whole set → what no single article shows: articles, places and stages side by side, projects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pandas as pd
from markupsafe import Markup, escape

from helpers.charts.findings import foremost, without_repeats
from helpers.dateline import DatedBy
from helpers.fragment import Fragment, joined, markup
from helpers.observation import CORE_KINDS
from helpers.page.about import downloads, rates_note
from helpers.page.links import page_link
from helpers.page.opening import OpenSet, date_words, title_of
from helpers.page.paging import LISTED, with_most_figures
from helpers.page.table import chip, table_section
from helpers.rates import Rates
from helpers.wording import (
    KIND_WORDS,
    STAGE_WORDS,
    is_missing,
    measure_words,
    period_words,
    say,
    value_words,
)

CORE = tuple(str(kind) for kind in CORE_KINDS)
CORE_WORDS = tuple(KIND_WORDS[kind] for kind in CORE)
LINES = 4  # figures that a cell of a matrix lists
# A class of projects (签约项目, 10个重点项目) is not one project, whatever its sum.
CLASS_OF_PROJECTS = r"重点|重大|签约|调度|竣工|开工|在建|续建|引进|优质|\d+个|类|以上"
NAMED_PROJECT = r".{3,}(?:项目|工程|产业园|基地)(?:[一二三四五]期)?"


def set_masthead(opened: OpenSet) -> Fragment:
    """Return what the set holds: how many articles, numbers and places, and from when."""
    words = [
        articles_words(opened),
        say("{count}个数字", count=len(opened.rows)),
        say("{count}个地区", count=opened.rows["place"].nunique()),
        _published_words(opened.articles),
    ]
    return Fragment(
        markup(
            '<div class="zb-masthead"><p class="zb-title">{}</p><p class="zb-facts">{}</p>{}</div>',
            opened.name,
            say("·").join(word for word in words if word),
            rates_note(opened.rates, opened.rows),
        )
    )


def articles_words(opened: OpenSet) -> str:
    """Return how many articles there are, copies told apart."""
    own = say("{count}篇文章", count=len(opened.articles) - opened.copies)
    if not opened.copies:
        return own
    return own + say("，").join(["", say("另有{count}篇与其中的相同", count=opened.copies)])


def _published_words(articles: pd.DataFrame) -> str:
    """Return from when to when the articles were published, and whether some of these dates are inferred."""
    known = sorted(articles["published"].dropna())
    if not known:
        return ""
    first, last = period_words(known[0]), period_words(known[-1])
    span = (
        say("{first}至{last}发表", first=first, last=last) if first != last else say("{date}发表", date=first)
    )
    is_inferred = articles["dated_by"].dropna() == DatedBy.INFERRED
    if is_inferred.all():
        return say("{date}（据文中推断）", date=span)
    return say("{date}（有的据文中推断）", date=span) if is_inferred.any() else span


def article_list(opened: OpenSet) -> Fragment:
    """Return the articles of the set, each a link to its page, with what was found in it by kind."""
    counts = pd.crosstab(opened.rows["article"], opened.rows["kind"])
    numeric = [*CORE_WORDS, "其他", "清洗"]
    articles = opened.articles.to_dict("records")
    titles = {article["article"]: title_of(article) for article in articles}
    listed = with_most_figures(opened.articles, LISTED).to_dict("records")
    rows = (_article_row(article, counts, titles, opened.with_page) for article in listed)
    note = say("右边各列是每篇里找到的数字个数；“清洗”是改动的处数。")
    if len(listed) < len(articles):
        note += say("这里是数字最多的{limit}篇，其余在可下载的列表里。", limit=len(listed))
    return Fragment(
        table_section(
            "articles",
            articles_words(opened),
            ["文章", "地区", "发表", *numeric],
            rows,
            note=note,
            numeric=numeric,
        )
    )


def _article_row(
    article: dict, counts: pd.DataFrame, titles: dict[str, str], with_page: frozenset[str]
) -> Markup:
    found = counts.loc[article["article"]].to_dict() if article["article"] in counts.index else {}
    rest = sum(count for kind, count in found.items() if kind not in CORE)
    numbers = [*(found.get(kind, 0) for kind in CORE), rest, article["repairs"]]
    published = "" if is_missing(article["published"]) else article["published"]
    return markup(
        '<tr data-place="{place}"><th scope="row">{title}{same}</th><td>{place}</td>'
        '<td data-sort="{published}">{date}</td>{numbers}</tr>',
        place="" if is_missing(article["place"]) else article["place"],
        title=_title(article["article"], titles[article["article"]], with_page),
        same=_same_as(article["duplicate_of"], titles, with_page),
        published=published,
        date=date_words(article),
        numbers=joined(
            markup('<td class="zb-number" data-sort="{}">{}</td>', number, number or "–")
            for number in numbers
        ),
    )


def _title(article: str, title: str, with_page: frozenset[str]) -> Markup:
    """Return a title, as a link where the article has a page of its own."""
    return markup('<a href="{}">{}</a>', page_link(article), title) if article in with_page else escape(title)


def _same_as(original: str | None, titles: dict[str, str], with_page: frozenset[str]) -> Markup:
    """Return the article that one is a copy of."""
    if is_missing(original):
        return Markup("")
    title = _title(original, say("《{title}》", title=titles[original]), with_page)
    return markup('<br><small class="zb-more">{}{}</small>', say("同："), title)


def places_side_by_side(rows: pd.DataFrame, limit: int = 40) -> Fragment:
    """Return a table of places by core kind: the largest figure of each, and how many there are."""
    known = without_repeats(rows)
    known = known[known["place"].notna() & known["kind"].isin(CORE)]
    places = _commonest(known["place"])
    body = _rows_of_places(known, places[:limit], "kind", CORE, _largest)
    return Fragment(
        table_section(
            "places",
            say("{count}个地区，各类数字里最大的", count=len(places)),
            ["地区", *CORE_WORDS],
            body,
            note=_rest_of_places(len(places), limit),
            classes="zb-matrix",
        )
    )


def _commonest(values: pd.Series) -> list[str]:
    return list(values.value_counts(sort=False).sort_values(ascending=False, kind="stable").index)


def _rest_of_places(count: int, limit: int) -> str:
    return say("这里是数字最多的{limit}个地区。", limit=limit) if count > limit else ""


def _rows_of_places(
    rows: pd.DataFrame,
    places: list[str],
    column: str,
    values: Iterable[str],
    cell: Callable[[pd.DataFrame], Markup],
) -> Iterator[Markup]:
    """Yield a line for each place, in it a cell for each value of the column."""
    for place in places:
        here = rows[rows["place"] == place]
        cells = joined(markup("<td>{}</td>", cell(here[here[column] == value])) for value in values)
        yield markup('<tr data-place="{}"><th scope="row">{}</th>{}</tr>', place, place, cells)


_NOTHING = Markup('<span class="zb-none">–</span>')


def _largest(rows: pd.DataFrame) -> Markup:
    if rows.empty:
        return _NOTHING
    row = foremost(rows).iloc[0].to_dict()
    more = say("共{count}个", count=len(rows)) if len(rows) > 1 else ""
    return markup("{} {} <small class='zb-more'>{}</small>", chip(row), measure_words(row), more)


def stage_matrix(rows: pd.DataFrame, limit: int = 40) -> Fragment:
    """Return where the projects stand, by place: numbers of projects and sums, each under its stage."""
    staged = without_repeats(rows)
    staged = staged[staged["stage"].notna()]
    staged = staged.assign(place=staged["place"].fillna(say("未指明地区")))
    places = _commonest(staged["place"])
    body = _rows_of_places(staged, places[:limit], "stage", STAGE_WORDS, _stage_cell)
    note = say("同一项目可能出现在几个数字里，所以不相加；虚线框是计划数。")
    columns = ["地区", *STAGE_WORDS.values()]
    note = note + _rest_of_places(len(places), limit) if places else ""
    return Fragment(
        table_section("stages", stage_finding(staged), columns, body, note=note, classes="zb-matrix")
    )


def stage_finding(staged: pd.DataFrame) -> str:
    """Return at which stage most of the figures stand."""
    if staged.empty:
        return say("没有数字说明项目所处的阶段")
    counts = staged["stage"].value_counts()
    tied = [say(word) for stage, word in STAGE_WORDS.items() if counts.get(stage, 0) == counts.max()]
    return say("说到最多的是{stage}阶段，{count}个数字", stage=say("、").join(tied), count=int(counts.max()))


def _stage_cell(rows: pd.DataFrame) -> Markup:
    if rows.empty:
        return _NOTHING
    ordered = rows.sort_values(["kind", "value"], ascending=[False, False], kind="stable")
    items = joined(
        markup("<li>{} <small>{}</small></li>", chip(row), measure_words(row))
        for row in ordered.head(LINES).to_dict("records")
    )
    rest = len(ordered) - LINES
    more = markup('<li class="zb-more">{}</li>', say("另有{count}个", count=rest)) if rest > 0 else ""
    return markup("<ul>{}{}</ul>", items, more)


def named_projects(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the sums that are said of one named project, each sum of a project once."""
    sums = without_repeats(rows, "investment")
    subjects = sums["subject"].fillna("")
    is_class = subjects.str.contains(CLASS_OF_PROJECTS) | subjects.isin(_counted(rows))
    named = sums[subjects.str.fullmatch(NAMED_PROJECT) & ~is_class]
    once = named.drop_duplicates(["subject", "value", "stage"])
    by_size = ["converted", "value"] if "converted" in once else ["value"]
    return once.sort_values(by_size, ascending=False, kind="stable")


def _counted(rows: pd.DataFrame) -> set[str]:
    """Return the names under which more than one project is counted: “湘商回归”项目38个."""
    counts = rows[(rows["kind"] == "project_count") & (rows["value"] > 1)]
    return set(counts["indicator"]) | set(counts["subject"].dropna())


def project_register(opened: OpenSet, limit: int = 200) -> Fragment:
    """Return the single named projects with sum, stage, place, date and article."""
    projects = named_projects(opened.rows)
    titles = {article["article"]: title_of(article) for article in opened.articles.to_dict("records")}
    body = (_project_row(row, titles, opened.rates) for row in projects.head(limit).to_dict("records"))
    columns = ["项目", "金额", "阶段", "地区", "时间", "文章"]
    return Fragment(table_section("projects", register_finding(projects), columns, body, numeric={"金额"}))


def register_finding(projects: pd.DataFrame) -> str:
    """Return how many named projects there are, and the largest."""
    if projects.empty:
        return say("没有说到金额的单个项目")
    top = foremost(projects)
    names = say("、").join(dict.fromkeys(top["subject"].head(3)))
    value = value_words(top.iloc[0])
    if len(projects) == 1:
        return say("{name}：{value}", name=names, value=value)
    count = projects["subject"].nunique()
    return say("{count}个具名项目，金额最大的是{name}，{value}", count=count, name=names, value=value)


def _project_row(row: dict, titles: dict[str, str], rates: Rates) -> Markup:
    size = row["value"] if is_missing(row.get("converted")) else row["converted"]
    return markup(
        '<tr data-place="{place}" data-kind="investment"><th scope="row">{subject}</th>'
        '<td class="zb-number" data-sort="{value}">{chip}{converted}</td><td>{stage}</td><td>{place}</td>'
        '<td data-sort="{period}">{date}</td><td class="zb-source">{title}</td></tr>',
        place="" if is_missing(row["place"]) else row["place"],
        subject=row["subject"],
        value=repr(float(size)),
        chip=chip(row),
        converted=_converted_words(row, rates),
        stage="" if is_missing(row["stage"]) else say(STAGE_WORDS[row["stage"]]),
        period="" if is_missing(row["period"]) else row["period"],
        date=period_words(row["period"]),
        title=titles.get(row["article"], row["article"]),
    )


def _converted_words(row: dict, rates: Rates) -> Markup:
    """Return a sum of another currency as it is in that of the rates, where it was converted."""
    if is_missing(row.get("converted")) or row["unit"] == rates.currency:
        return Markup("")
    rounded = float(f"{row['converted']:.3g}")
    local = value_words({"value": rounded, "unit": rates.currency, "text": "", "bound": "about"})
    return markup(' <small class="zb-more">{}</small>', say("折合{sum}", sum=local))


def set_downloads() -> Fragment:
    """Return the links to the tables of the set and to the notebook as it ran."""
    files = [
        ("observations.csv", say("全部数字（CSV）")),
        ("observations.xlsx", say("全部数字（Excel）")),
        ("articles.csv", say("文章列表（CSV）")),
        ("checks.csv", say("核对结果（CSV）")),
        ("corrections.csv", say("所有更正（CSV）")),
        ("overview.ipynb", say("运行过的笔记本")),
    ]
    pages = [("clean.html", say("清洗改了什么")), ("tabulate.html", say("找到了哪些数字"))]
    links = joined((markup('<a href="{}">{}</a>', link, words) for link, words in pages), " ")
    return Fragment(
        markup(
            '<section class="zb-cite" id="downloads"><h2>{}</h2>{}<p class="zb-downloads">{}</p></section>',
            say("下载与核对"),
            downloads(files),
            links,
        )
    )
