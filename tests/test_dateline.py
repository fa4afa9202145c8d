"""When an article was published, as its own text tells."""

import pytest

from helpers.article import Article
from helpers.clean import clean
from helpers.dateline import find_dateline

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


HOMES = [
    pytest.param(
        "外资项目接连落户\n园区一季度签约项目17个，其中预制食品项目总投资2亿港元。\n如今，茶陵县又配套1.2亿元，茶陵县的工厂已经封顶。",
        "茶陵县",
        id="sum in 港元",
    ),
    pytest.param(
        "特首表示，香港特区首季接获项目17个，涉及株洲市的投资2亿港元。本港前景看好。",
        "香港",
        id="press of Hong Kong",
    ),
]


@pytest.mark.parametrize(("text", "home"), HOMES)
def test_home(text, home):
    assert find_dateline(Article("a", text), clean(text)).place == home
