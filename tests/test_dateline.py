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
