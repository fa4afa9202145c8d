"""What holds of any text: nothing raises, spans slice back, rows keep the contract, and twice gives the same."""

from __future__ import annotations

import string

from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.article import Article
from helpers.extract import extract
from helpers.observation import BASES, STAGED_KINDS, Stage
from helpers.segment import split_sentences

PIECES = [
    "2023年",
    "1至11月",
    "今年",
    "截至6月底",
    "上年同期",
    "比上年末增加",
    "昨日",
    "当月",
    "前三季度",
    "十四五",
    "全市",
    "郴州市",
    "高新区",
    "我省",
    "“三类500强”",
    "项目",
    "签约",
    "开工",
    "在谈",
    "竣工",
    "引进",
    "总投资",
    "固定资产投资",
    "实际使用外资",
    "产值",
    "增加值",
    "税收",
    "同比增长",
    "环比",
    "下降",
    "比全省高",
    "占",
    "占比",
    "完成年计划的",
    "分别",
    "其中",
    "目标",
    "力争",
    "预计",
    "建成后",
    "约",
    "超",
    "近",
    "以上",
    "左右",
    "至少",
    "不超过",
    "个",
    "家",
    "亿元",
    "万美元",
    "亿",
    "%",
    "‰",
    "个百分点",
    "倍",
    "翻一番",
    "百分之",
    "三成",
    "二兆",
    "五十三点五",
    "18",
    "1,218.56",
    "-22.73",
    "6-8",
    "，",
    "。",
    "；",
    "、",
    "：",
    "（",
    "）",
    "(",
    ")",
    "《",
    "》",
    "“",
    "”",
    "\n",
    "的",
    "和",
    "与",
    "为",
    "达",
    "余",
    "多",
    "以下",
]
GENRE = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
ANY = st.text(max_size=200) | st.text(alphabet=string.digits + "年月日亿万元个%.,-—至到（）()“”", max_size=80)


def check(text: str) -> None:
    found = extract(Article("x", text))
    clean = found.clean.text
    position = -1
    for row in found.observations:
        assert clean[row.start : row.end] == row.text
        assert row.start >= position, "rows stand in the order of the text"
        position = row.start
        assert row.text in row.sentence
        assert row.indicator
        assert row.basis is None or row.basis in BASES.get(row.kind, ())
        assert (row.stage is not None) <= (row.kind in STAGED_KINDS)
        assert row.stage is None or isinstance(row.stage, Stage)
        for reason in row.reasons:
            assert reason.start < 0 or clean[reason.start : reason.end] == reason.cue
    assert extract(Article("x", text)).observations == found.observations


@given(GENRE)
@settings(max_examples=150, deadline=None)
def test_words_of_the_genre_in_any_order(text: str) -> None:
    check(text)


@given(ANY)
@settings(max_examples=150, deadline=None)
def test_any_text(text: str) -> None:
    check(text)


@given(st.text("投资８%。！?…”） \n\t\u3000\x1f", max_size=40))
def test_sentences_hold_all_but_the_blanks_between_them(text):
    sentences = [text[start:end] for start, end in split_sentences(text)]
    assert all(sentence and sentence == sentence.strip() for sentence in sentences)
    assert "".join("".join(sentences).split()) == "".join(text.split())
