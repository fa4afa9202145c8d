"""Copies are found whatever another site made of them; what only shares its words, or a few of its words, is none."""

import random

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from benchmarks.press import CHANGES as ALL_CHANGES
from benchmarks.press import (
    Writer,
    in_traditional,
    press,
    with_a_cut,
    with_furniture,
    with_other_headline,
    with_slips,
)
from helpers.article import Article, read_article_set
from helpers.extract import Extraction, extract
from helpers.paths import ROOT, SHIPPED_SET
from helpers.table import article_table, observation_table
from helpers.table.duplicates import find_copies

STORY = """茶陵把闲置厂房变成新车间
“去年这里还堆着木料，如今已经装上三条生产线。”3月12日，茶陵县工业园区的老支书指着一排蓝顶厂房说。
1至2月，茶陵县规模工业增加值同比增长9.3%，完成工业投资7.84亿元，增长16.2%，比全市平均水平高4.1个百分点。
园区盘活闲置厂房11.6万平方米，引进电子信息企业23家，新签约项目17个，总投资41.5亿元，其中亿元以上项目8个。
让厂房转起来并不容易。有的产权不清，有的拖欠电费，专班一家家上门，先把账算明白，再把水电接通。
一家做传感器的企业从签约到投产只用了76天，今年计划完成产值3.2亿元，带动就业260人。
截至2月底，全县在建重点项目64个，累计完成投资12.7亿元，占年度计划的18.9%。
下一步，当地打算把剩下的厂房分成小块，租给刚起步的年轻人。
"""
BULLETIN = """耒阳市公布1至{0}月经济运行情况
耒阳市统计局发布的数据显示，1至{0}月，全市经济运行总体平稳，稳中有进，主要指标保持在合理区间。
工业生产较快增长。全市规模工业增加值同比增长{1}%，其中有色金属增长{2}%，电子信息增长{3}%。
投资结构继续优化。全市固定资产投资同比增长{4}%，完成工业投资{5}亿元，在建重点项目{6}个。
总的来看，全市经济延续恢复向好态势，但外部环境依然复杂，下阶段要抓好各项政策落实。
"""
NOTICE = "{place}本周新开工项目{count}个，发改部门要求各责任单位紧盯节点，倒排工期，确保项目早日建成见效。"


def read(texts: dict[str, str], **about: str) -> list[Extraction]:
    return [extract(Article(name, text, **about)) for name, text in texts.items()]


def paragraph_moved(text: str) -> str:
    lines = text.splitlines()
    return "\n".join([*lines[:4], lines[5], lines[4], *lines[6:]])


CHANGES = [
    pytest.param(lambda text: text, id="the same"),
    pytest.param(lambda text: with_other_headline(Writer(1), text), id="another headline"),
    pytest.param(lambda text: text.partition("\n")[2], id="no headline"),
    *(
        pytest.param(lambda text, seed=seed: with_furniture(Writer(seed), text), id=f"furniture {seed}")
        for seed in range(3)
    ),
    *(
        pytest.param(lambda text, seed=seed: with_a_cut(Writer(seed), text), id=f"a paragraph cut {seed}")
        for seed in range(4)
    ),
    pytest.param(lambda text: text[: text.index("截至2月底")], id="its end cut"),
    pytest.param(lambda text: in_traditional(Writer(1), text), id="traditional"),
    pytest.param(lambda text: OpenCC("s2twp").convert(text), id="traditional with other words"),
    *(
        pytest.param(lambda text, seed=seed: with_slips(Writer(seed), text), id=f"two slips {seed}")
        for seed in range(3)
    ),
    pytest.param(lambda text: text.replace("，", ",").replace("。", "｡ "), id="other punctuation"),
    pytest.param(paragraph_moved, id="paragraphs in another order"),
    pytest.param(lambda text: text + text[: len(text) // 3], id="a second copy, cut off"),
    pytest.param(lambda text: text.replace("16.2%", "16.7%"), id="one figure of many mistyped"),
]


@pytest.mark.parametrize("change", CHANGES)
def test_copy_is_found(change):
    assert find_copies(read({"a": STORY, "b": change(STORY)})) in ({"b": "a"}, {"a": "b"})


def notice(place: str = "攸县", count: int = 3) -> str:
    return NOTICE.format(place=place, count=count)


NO_COPIES = [
    pytest.param(
        BULLETIN.format(5, 8.1, 6.2, 11.4, 9.7, 43.6, 128),
        BULLETIN.format(6, 7.9, 6.8, 10.3, 9.9, 57.2, 133),
        id="bulletins of two months",
    ),
    pytest.param(
        BULLETIN.format(5, 8.1, 6.2, 11.4, 9.7, 43.6, 128),
        BULLETIN.format(6, 8.1, 6.2, 11.5, 9.7, 44.6, 128),
        id="bulletins of two months with some figures the same",
    ),
    pytest.param(
        BULLETIN.format(5, 8.1, 6.2, 11.4, 9.7, 43.6, 128),
        BULLETIN.format(5, 5.5, 7.4, 12.1, 8.2, 31.9, 64).replace("耒阳", "常宁"),
        id="one template, two cities",
    ),
    pytest.param(notice(count=3), notice(count=4), id="short notices of two weeks"),
    pytest.param(notice("攸县"), notice("炎陵县"), id="short notices of two counties, the figure the same"),
    pytest.param(
        notice() + "县里还开了一次调度会，逐个项目研究用地和用工，要求本月底前拿出清单。",
        "炎陵县的黄桃进入采摘季，收购商把车开到田埂上。发改部门要求各责任单位紧盯节点，倒排工期，确保项目早日建成见效。",
        id="short notices that share a sentence",
    ),
    pytest.param(STORY.splitlines()[2], STORY, id="a paragraph quoted in a long article"),
    pytest.param(
        STORY, STORY + BULLETIN.format(5, 8.1, 6.2, 11.4, 9.7, 43.6, 128) * 2, id="part of a roundup"
    ),
    pytest.param("今天天气很好。", "今天天气很好。", id="too short to tell"),
    pytest.param("郴州市", "", id="next to nothing"),
]


@pytest.mark.parametrize(("one", "other"), NO_COPIES)
def test_what_is_no_copy(one, other):
    assert find_copies(read({"a": one, "b": other})) == {}


def test_nothing_has_no_copies():
    assert find_copies([]) == {}


@pytest.mark.parametrize("change", ALL_CHANGES, ids=lambda change: change.__name__)
def test_copies_of_the_shipped_articles_are_found(change):
    """They come in both scripts, with readings and mangled runs, and each has others beside it that it is not."""
    articles = read_article_set(SHIPPED_SET).articles
    writer = Writer(5)
    copies = [Article(f"{article.id}-copy", change(writer, article.raw)) for article in articles]
    found = find_copies(map(extract, [*articles, *copies]))
    assert together(found) == {frozenset((article.id, f"{article.id}-copy")) for article in articles}


def test_same_figures_in_other_words_are_no_copy():
    folder = ROOT.parent / "shared" / "articles"
    if not folder.is_dir():
        pytest.skip("../shared/articles, the articles that the shipped ones retell, is absent")
    articles = [article for path in (SHIPPED_SET, folder) for article in read_article_set(path).articles]
    assert find_copies(map(extract, articles)) == {}


# Which of them is the original.


def test_original_is_the_one_published_first():
    days = {"a": "2024-03-14", "b": "2024-03-13", "c": "2024-03-14"}
    found = find_copies(extract(Article(name, STORY, published=day)) for name, day in days.items())
    assert found == {"a": "b", "c": "b"}


def test_original_is_the_longest_where_the_date_is_the_same():
    short = STORY.replace(STORY.splitlines()[4] + "\n", "")
    assert find_copies(read({"a": short, "b": STORY}, published="2024-03-13")) == {"a": "b"}


def test_original_is_the_first_by_id_where_nothing_else_differs():
    assert find_copies(read({"c": STORY, "a": STORY, "b": STORY})) == {"b": "a", "c": "a"}


def test_copy_of_a_copy_is_one_of_the_first():
    """The ends differ too much in size to be met by themselves."""
    lines = STORY.splitlines()
    cut, cut_again = "\n".join(lines[:6]), "\n".join(lines[:4])
    assert find_copies(read({"a": STORY, "c": cut_again}, published="2024-03")) == {}
    copies = find_copies(read({"a": STORY, "b": cut, "c": cut_again}, published="2024-03"))
    assert copies == {"b": "a", "c": "a"}


# Whatever the order, whatever the articles.


@pytest.fixture(scope="module")
def many() -> tuple[list[Extraction], dict[str, str]]:
    made = press(150, share_of_copies=0.3, seed=4)
    return [extract(article) for article in made.articles], made.original


def together(copies: dict[str, str]) -> set[frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for copy, original in copies.items():
        groups.setdefault(original, {original}).add(copy)
    return set(map(frozenset, groups.values()))


def test_all_copies_among_many_are_found_and_nothing_else(many):
    extractions, original = many
    assert together(find_copies(extractions)) == together(original)


@settings(max_examples=10)
@given(seed=st.integers(0, 2**16))
def test_order_changes_nothing(many, seed):
    extractions, _ = many
    shuffled = random.Random(seed).sample(extractions, len(extractions))
    assert find_copies(shuffled) == find_copies(extractions)


def test_originals_are_no_copies_and_dates_agree(many):
    extractions, _ = many
    copies = find_copies(extractions)
    published = {x.article.id: x.dateline.published or "unknown" for x in extractions}
    assert not set(copies) & set(copies.values())
    assert all(published[original] <= published[copy] for copy, original in copies.items())


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(st.text(alphabet="郴州市投资项目12.亿元个增长%，。\n", max_size=60), max_size=5))
def test_any_texts_can_be_compared(texts):
    copies = find_copies(read({f"a{n}": text for n, text in enumerate(texts)}))
    assert not set(copies) & set(copies.values())


# What comes of it in the tables.

CAPTIONED = """茶陵县新签约项目17个，总投资41.5亿元
“今年前两个月，我们新签约项目17个，总投资41.5亿元。”3月12日，茶陵县招商专班负责人说。
1至2月，茶陵县完成工业投资7.84亿元，同比增长16.2%，比全市平均水平高4.1个百分点。
光伏玻璃项目总投资5.2亿元，年底可以投产。园区今年新增规模企业12家，税收增长9.7%。
图为光伏玻璃项目，投资额5.2亿元。
"""


@pytest.mark.parametrize(
    ("again", "repeats"),
    [
        pytest.param("", ["17个", "41.5亿元", "5.2亿元"], id="title and caption"),
        pytest.param(
            CAPTIONED[: CAPTIONED.index("税收增长")],
            ["17个", "41.5亿元", "5.2亿元"]
            + ["17个", "41.5亿元"] * 2
            + ["7.84亿元", "16.2%", "4.1个百分点", "5.2亿元", "12家"],
            id="a second copy, cut off",
        ),
        pytest.param(
            "摘要：1至2月，完成工业投资7.84亿元，增长16.2%。",
            ["17个", "41.5亿元", "5.2亿元", "7.84亿元", "16.2%"],
            id="a summary",
        ),
    ],
)
def test_figures_told_again_in_an_article(again, repeats):
    _, rows = tables_of({"a": CAPTIONED + again})
    assert rows[rows["repeat_of"].notna()]["text"].tolist() == repeats


MORE = "今年以来，茶陵县实现外贸进出口2.9亿元，增长31.4%。\n"


def tables_of(texts: dict[str, str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the tables of articles that came out day after day."""
    extractions = [
        extract(Article(name, text, published=f"2024-03-1{day}"))
        for day, (name, text) in enumerate(texts.items())
    ]
    copies = find_copies(extractions)
    rows = observation_table((seen for x in extractions for seen in x.observations), copies)
    return article_table(extractions, copies).set_index("article"), rows.set_index("article")


def test_rows_of_a_copy_repeat_those_of_the_original():
    articles, rows = tables_of({"b": STORY, "a": with_a_cut(Writer(1), STORY)})
    assert articles["duplicate_of"].dropna().to_dict() == {"a": "b"}
    assert rows.loc["a", "repeat_of"].str.startswith("b-").all()
    assert rows.loc["b", "repeat_of"].isna().all()


def test_row_that_only_the_copy_states_is_no_repeat():
    _, rows = tables_of({"a": STORY, "b": STORY + MORE})
    assert rows[rows["repeat_of"].isna()].loc["b", "text"].tolist() == ["2.9亿元", "31.4%"]


def test_figure_that_only_copies_state_counts_once():
    _, rows = tables_of({"a": STORY, "b": STORY + MORE, "c": STORY + MORE})
    assert rows[rows["text"] == "31.4%"]["repeat_of"].isna().to_dict() == {"b": True, "c": False}


def test_date_of_the_reprint_makes_no_other_figure():
    text = STORY.replace("截至2月底", "目前")
    _, rows = tables_of({"a": text, "b": text})
    assert rows.loc["a", "period"].tolist() != rows.loc["b", "period"].tolist()
    assert rows.loc["b", "repeat_of"].notna().all()


def test_two_figures_of_one_sentence_are_two_in_the_copy_as_well():
    text = STORY + "其中，城关片区完成投资2.5亿元，湖口片区完成投资2.5亿元。\n"
    _, rows = tables_of({"a": text, "b": text})
    told = rows[rows["text"] == "2.5亿元"]
    assert told.loc["b", "repeat_of"].tolist() == told.loc["a", "row"].tolist()


def test_slip_in_the_sentence_makes_no_other_figure():
    _, rows = tables_of({"a": STORY, "b": STORY.replace("规模工业", "规摸工业").replace("新签约", "新鉴约")})
    assert rows.loc["a", "indicator"].tolist() != rows.loc["b", "indicator"].tolist()
    assert rows.loc["b", "repeat_of"].notna().all()


def test_same_number_of_another_place_is_another_figure():
    line = "今年以来，{}实现外贸进出口2.9亿元，增长31.4%，其中出口增长势头尤其明显。\n"
    _, rows = tables_of({"a": STORY + line.format("茶陵县"), "b": STORY + line.format("炎陵县")})
    assert rows.loc["b"][rows.loc["b", "text"] == "31.4%"]["repeat_of"].isna().all()
