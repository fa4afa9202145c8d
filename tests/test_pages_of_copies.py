"""Pages tell which articles are the same, lead from one to the other, and compare sums at the rates that were given."""

from pathlib import Path

import pandas as pd
import pytest
import sites

from helpers import page
from helpers.charts import findings
from helpers.corpus import tabulate, write_tables
from helpers.page.overview import named_projects

RATES = {"rates": sites.RATES}


@pytest.fixture(scope="module")
def places(tmp_path_factory) -> tuple[Path, Path]:
    """The folders of an article set with a copy, and of its tables."""
    folder = tmp_path_factory.mktemp("copies")
    articles = sites.write_copies(folder / "copies")
    write_tables(tabulate(articles, progress=False), folder / "tables")
    return articles, folder / "tables"


@pytest.fixture(params=["from tables", "read now"])
def opened(request, places) -> page.OpenSet:
    articles, tables = places
    return page.open_set(articles, tables if request.param == "from tables" else "", **RATES)


def test_overview_counts_distinct_articles(opened):
    assert "1篇文章，另有1篇与其中的相同" in page.set_masthead(opened).html
    assert "<h2>1篇文章，另有1篇与其中的相同</h2>" in page.article_list(opened).html
    assert opened.rows.attrs["source"] == "1篇文章"


def test_copy_in_the_list_leads_to_its_original(opened):
    html = page.article_list(opened).html
    assert html.count("同：") == 1
    assert '<a href="articles/first.html">《茶陵县把闲置厂房变成新车间》</a></small>' in html


def test_repeated_row_leads_to_the_row_of_the_original(opened):
    html = page.whole_table(opened.rows, of_set=True).html
    repeated = opened.rows["repeat_of"].notna().sum()
    assert html.count(">重复</a>") == repeated == (opened.rows["article"] == "first").sum()
    assert '<a href="articles/first.html#t-001">重复</a>' in html


def test_charts_and_key_figures_count_the_original_alone(opened):
    counted = findings.without_repeats(opened.rows)
    assert set(counted["article"]) == {"first", "reprint"}
    assert counted[counted["article"] == "reprint"]["text"].tolist() == ["11.6万平方米"]


def test_page_of_a_copy_says_so_and_shows_its_figures_all_the_same(places):
    articles, tables = places
    article = page.open_article(articles, "reprint", tables)
    masthead, table = page.masthead(article).html, page.whole_table(article.rows).html
    assert (
        '本文与这篇相同：<a href="first.html">《茶陵县把闲置厂房变成新车间》</a>（茶陵日报，2024年3月12日）'
        in masthead
    )
    assert table.count(">原载</a>") == len(article.rows) - 1
    assert article.rows["repeat_of"].isna().all()


@pytest.mark.parametrize(("article", "with_tables"), [("first", True), ("reprint", False)])
def test_page_of_an_original_or_without_tables_says_nothing(places, article, with_tables):
    articles, tables = places
    opened = page.open_article(articles, article, tables if with_tables else "")
    assert "本文与这篇相同" not in page.masthead(opened).html
    assert "原载" not in page.whole_table(opened.rows).html


# Sums of several currencies.


def test_rates_and_their_dates_are_stated(opened):
    html = page.set_masthead(opened).html
    assert "1美元合7.0827元（2023年12月29日）" in html
    assert "没有给出汇率的是欧元" in html
    assert "港元" not in html  # given, and needed by no sum


def test_projects_stand_by_their_sum_in_one_currency(opened):
    projects = named_projects(opened.rows)
    assert projects["text"].tolist() == ["3000万美元", "1.2亿元", "500万欧元"]
    html = page.project_register(opened).html
    assert "折合约2.12亿元" in html
    assert html.count("折合") == 1
    assert "金额最大的是光伏玻璃项目" in html


def test_without_rates_each_currency_stays_its_own(places):
    opened = page.open_set(places[0], places[1])
    assert opened.rows["converted"].isna().all()
    assert "汇率" not in page.set_masthead(opened).html
    assert "折合" not in page.project_register(opened).html


def test_largest_of_several_currencies():
    rows = pd.DataFrame(
        {"value": [9.0, 8.0, 99.0], "unit": ["CNY", "USD", "EUR"], "converted": [9.0, 56.0, None]}
    )
    assert findings.foremost(rows)["unit"].tolist() == ["USD"]
    assert findings.foremost(rows.drop(columns="converted"))["unit"].tolist() == ["CNY"]
