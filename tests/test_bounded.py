"""No text takes more than its share: four times the text, four times the work, whatever it is made of.

Each unit is repeated to a long text; that nothing looks back over all of it shows in how the work grows. Work is the
processor's time, so that a busy machine changes nothing, and the bound lies half-way between linear and quadratic.
"""

import time
from pathlib import Path

import pytest

from helpers.article import Article
from helpers.clean import clean
from helpers.corpus import extraction_or_problem
from helpers.extract import extract
from helpers.quotation import quote
from helpers.segment import LONGEST_SENTENCE, Span, split_paragraphs

SHORT, LONG = 4_000, 16_000
# four times the text is four times the work, sixteen times if each character looks at all others
QUADRATIC = 10
NOTICEABLE = 0.3  # seconds; below, the clock is too coarse

UNITS = [
    *("一", "十百", "万", "百分之", "1", "1.", "1,", "１，", "9%", "1-", "1 ", "约", "超", "余", "-22.73"),
    *("（", "(", "“", "《", "「", "【", ")", "”", "》", "|", "| ", "、", "，", ",", "。", "；", "：", "!", "?", "?!", "？！"),
    *("<", "<p ", "<a>", "</", "&", "&amp;", "&#", "<!--", "經(jīng)", "(nèi)", "?nèi)", "�", "?24公里", "?!坝", "\u200b", "\ue000"),
    *(" ", "\n", "\n ", " \n", "\t", "　", "\r", "a", "a ", "http://a/", "a@b.", "0731-", "- 项目开工2023-03-17\n"),
    *("先导稀材项目总投资5亿元。\n", "郴州市工业投资5亿元。\n", "同比\n", "为此，签约5个。\n", "1. 郴州\n", "| 郴州市 | 5亿元 |\n"),
    *("2023年", "1至6月", "2023-01-02", "去年同期", "今年以来", "全国", "全市", "郴州市", "株洲", "高新区", "高新区条", "产业园", "街道", "株洲和", "升幅较大的有甲国(5%)、"),
    *("项目", "签约", "等5个", "5个、", "分别为12个、", "分别", "其中", "增长", "下降", "同比", "比全省高", "的", "和", "至", "等", "及"),
    *("总投资5亿元", "总投资5亿元，", "工业投资121.5亿元同比增长8.4%", "增长8.4%，", "郴州市工业投资5亿元；", "“三类500强”", "《规划2023》"),
    *("记者 张三", "张三 ", "来源:红网 ", "责任编辑:", "首页>", "版权所有", "相关文章\n", "转载", "一、", "（一）", "①", "较全国", "著", "項目"),
]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS, ids=[repr(unit) for unit in UNITS])
def test_work_grows_with_the_text_and_not_faster(unit):
    long = work(unit, LONG)
    assert long < NOTICEABLE or long < QUADRATIC * work(unit, SHORT), f"{long:.2f} s"


def work(unit: str, length: int) -> float:
    """Return the seconds of work that a text of one unit takes, the least of two times."""
    article = Article("x", (unit * (length // len(unit) + 1))[:length])
    extract(Article("x", "郴州市工业投资5亿元。"))
    return min(_seconds(article) for _ in range(2))


def _seconds(article: Article) -> float:
    before = time.process_time()
    extract(article)
    return time.process_time() - before


def test_page_broken_beyond_hope_is_left_and_marked():
    text = "?!坝" * 2000
    cleaned = clean(text)
    assert cleaned.repairs == ()
    assert cleaned.damaged


def test_sentence_without_end_is_read_in_parts():
    text = "郴州市工业投资5亿元，" * 2000
    (paragraph,) = split_paragraphs(text)
    assert all(0 < end - start <= LONGEST_SENTENCE for start, end in paragraph.sentences)
    assert len(extract(Article("x", text)).observations) == 2000


def test_figure_at_a_cut_is_no_row_of_either_part():
    text = "工" * (LONGEST_SENTENCE - 1) + "业投资121.5亿元"
    found = extract(Article("x", text + "。" + text))
    assert all(row.text in row.sentence for row in found.observations)


def test_article_that_takes_too_long_is_a_problem_and_costs_no_other(monkeypatch):
    monkeypatch.setenv("ZHANBAO_LIMITS", "seconds=1")
    monkeypatch.setattr("helpers.corpus.extract", endless)
    assert extraction_or_problem(Article("slow", "甲")).cause == "too_slow"


def endless(_: Article) -> None:
    while True:
        pass


def test_figure_repeated_without_end_is_quoted_by_nothing():
    text = "总投资5亿元，" * 2000
    before = time.process_time()
    assert quote(text, Span(3, 6)) is None
    assert time.process_time() - before < NOTICEABLE


def test_line_of_50_million_characters_is_refused_at_once(tmp_path: Path):
    from helpers.article import read_article_set

    (tmp_path / "a.txt").write_text("1" * 50_000_000, "utf-8")
    (problem,) = read_article_set(tmp_path).problems
    assert problem.cause == "too_long"
