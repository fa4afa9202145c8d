"""When an article was published, as its own text tells."""

import pytest

from helpers.article import Article
from helpers.clean import clean
from helpers.dateline import DatedBy, find_dateline

PUBLISHED = [
    pytest.param(
        "株洲新闻\n2024-07-06 09:30\n上半年，株洲市完成工业投资121.5亿元。", "2024-07-06", id="line"
    ),
    pytest.param("2024年1-6月，株洲市完成工业投资121.5亿元。", "2024-07", id="months are no day"),
    pytest.param("2024年1-6 月，株洲市完成工业投资121.5亿元。", "2024-07", id="months after a space"),
    pytest.param("昨日发布的数据显示，2024年5月株洲市出口12亿元。", "2024-05", id="yesterday is no date"),
    pytest.param("株洲市完成工业投资121.5亿元。", None, id="nothing said"),
]


@pytest.mark.parametrize(("text", "published"), PUBLISHED)
def test_published(text, published):
    assert find_dateline(Article("a", text), clean(text)).published == published


MAINLAND = (
    "外资项目接连落户\n招商专班一季度跑了七个城市，谈成的项目比去年多。\n有人问，配套跟得上吗？专班把账算了一遍。\n"
    "园区一季度签约项目17个，其中预制食品项目总投资2亿港元。\n如今，茶陵县又配套1.2亿元，茶陵县的工厂已经封顶。"
)
HOMES = [
    pytest.param(MAINLAND, "茶陵县", id="a sum in 港元"),
    pytest.param(
        "政府统计处今日发表统计数字，零售业总销货价值上升8.5%。", "香港", id="an office of Hong Kong"
    ),
    pytest.param("财政部统计处今天公布，12月出口512亿美元，创新高。", "台湾", id="an office of Taiwan"),
    pytest.param(MAINLAND.replace("有人问", "立法会里有人问"), "香港", id="the press of Hong Kong"),
]


@pytest.mark.parametrize(("text", "home"), HOMES)
def test_home(text, home):
    assert find_dateline(Article("a", text), clean(text)).place == home


def test_place_that_a_set_states_is_read_in_either_script():
    stated = find_dateline(Article("a", "今年核准投資12億元。", place="臺灣"), clean("今年核准投資12億元。"))
    assert (stated.place, stated.region) == ("台湾", "TW")


@pytest.mark.parametrize(
    ("text", "published", "dated_by"),
    [
        pytest.param("2022年出台方案。今年1至11月，全市增长8.4%。", None, DatedBy.INFERRED, id="times in the text"),
        pytest.param("2022年出台方案。今年1至11月，全市增长8.4%。", "2022-12", DatedBy.STATED, id="the set"),
        pytest.param("发布时间：2022-12-05\n全市增长8.4%。", None, DatedBy.STATED, id="the page"),
        pytest.param("全市增长8.4%。", None, None, id="nothing"),
    ],
)  # fmt: skip
def test_a_date_tells_whether_it_is_stated(text, published, dated_by):
    article = Article("a", text, published=published)
    assert find_dateline(article, clean(text)).dated_by is dated_by
