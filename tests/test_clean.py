"""Each damage by itself on short cases, then whole pages, runs broken on purpose, and the runs of ../shared."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from difflib import SequenceMatcher
from functools import partial, reduce
from pathlib import Path

import corrupt
import pytest

from helpers.clean import clean
from helpers.clean.edit import Edit, apply_edits
from helpers.clean.furniture import Byline, iso_date
from helpers.clean.mangled import find_mangled
from helpers.clean.markup import find_markup
from helpers.clean.readings import find_readings
from helpers.clean.script import simplify
from helpers.clean.whitespace import (
    BREAKS_IN_FIGURES,
    DOUBLED_MARKS,
    SPACES,
    find_broken_paragraphs,
    find_column_wraps,
    find_untidy,
    find_wraps,
)
from helpers.clean.width import fold_width

HERE = Path(__file__).parent
SHARED = HERE.parents[1] / "shared"
FAMILIES = json.loads((HERE / "cases/clean.json").read_text("utf-8"))
PAGES = json.loads((HERE / "cases/clean_pages.json").read_text("utf-8"))
WIDTHS = str.maketrans("，！？；：（）", ",!?;:()")


def edited(find: Callable[[str], list[Edit]]) -> Callable[[str], str]:
    return lambda text: apply_edits(text, find(text))


def tidied(text: str) -> str:
    tidy = reduce(
        lambda text, tidying: apply_edits(text, find_untidy(text, tidying)),
        (*SPACES, *DOUBLED_MARKS),
        fold_width(text),
    )
    for joins in (
        find_wraps,
        find_column_wraps,
        find_broken_paragraphs,
        *(partial(find_untidy, tidying=t) for t in BREAKS_IN_FIGURES),
    ):
        tidy = apply_edits(tidy, joins(tidy))
    return tidy


def unescaped(text: str) -> str:
    return clean(text).text if "&amp;amp;" in text else edited(find_markup)(text)


def reread(text: str) -> str:
    return edited(find_readings)(edited(lambda text: find_mangled(text).edits)(text))


STEP = {
    "readings": edited(find_readings),
    "script": simplify,
    "width": fold_width,
    "whitespace": tidied,
    "markup": unescaped,
    "mangled": reread,
}


def marks(case: dict) -> list[pytest.MarkDecorator]:
    return [pytest.mark.xfail(reason=case["note"])] if case["origin"] == "known_failure" else []


@pytest.mark.parametrize(
    ("family", "case"),
    [
        pytest.param(family, case, id=f"{family}-{case['origin']}-{case['id']}", marks=marks(case))
        for family, cases in FAMILIES.items()
        for case in cases
    ],
)
def test_damage(family, case):
    assert STEP[family](case["raw"]) == case["clean"]


@pytest.mark.parametrize("page", [pytest.param(page, id=f"{page['origin']}-{page['id']}") for page in PAGES])
def test_page(page):
    cleaned = clean(page["raw"])
    assert cleaned.text == page["clean"]
    title = cleaned.byline.title
    assert cleaned.byline == Byline()._replace(**{"title": title, **page["byline"]})


@pytest.mark.parametrize(
    ("written", "iso"),
    [("2023-03-17", "2023-03-17"), ("2023年3月7日", "2023-03-07"), ("2023/11/6", "2023-11-06")],
)
def test_date_of_a_byline_is_edtf(written, iso):
    assert iso_date(written) == iso


def test_repairs_say_what_was_done():
    raw = "全市經(jīng)濟來勢喜人?!坝唵纬掷m(xù)增多。\n羅小明 攝影\n編輯:劉一"
    repairs = {(repair.kind, repair.raw): repair.clean for repair in clean(raw).repairs}
    assert repairs["reading", "(jīng)"] == ""
    assert repairs["mangled", "?!坝唵纬掷m(xù)"] == "。“订单持续"
    assert repairs["furniture", "\n編輯:劉一"] == ""


def test_offsets_lead_from_a_figure_to_the_raw_page():
    raw = "全市經(jīng)濟(jì)增長(zhǎng)８．４％,來勢喜人?!坝唵纬掷m(xù)增多9.5%"
    cleaned = clean(raw)
    for shown, stood in (("8.4%", "８．４％"), ("9.5%", "9.5%")):
        start = cleaned.text.index(shown)
        assert raw[cleaned.to_raw(start) : cleaned.to_raw(start + len(shown))] == stood
        assert cleaned.to_clean(cleaned.to_raw(start)) == start


@pytest.mark.parametrize(
    ("raw", "touched"),
    [
        ("經(jīng)濟(jì)發(fā)展項?dāo)們5亿元", "们5亿元"),
        ("灰够拐嬖诿\ufffd\ufffd缓旱投资5亿元", "投资5亿元"),
        ("經(jīng)濟(jì)發(fā)展全長?24公里", "24公"),
    ],
    ids=["reading across that fits nothing", "undecoded bytes", "eaten digit on a broken page"],
)
def test_what_cannot_be_repaired_is_marked(raw, touched):
    cleaned = clean(raw)
    assert any(
        touched in cleaned.text[start:end] or cleaned.text[start:end] in touched
        for start, end in cleaned.damaged
    )


def test_nothing_is_marked_in_ordinary_questions():
    assert clean("企业该怎么办?24个项目怎么推进?!大家都在想。").damaged == ()


# Sentences of the kind the project reads, made for this test; the corrupter breaks each wherever bytes allow.
SENTENCES = (
    "上半年全市新引进重大项目18个，总投资227.6亿元，同比增长24.0%。“订单持续增加，产能基本拉满。”公司负责人介绍。",
    "这个项目总投资10亿元。《实施方案》要求项目非常可靠，经常可以看到领导开展现场办公。各地政府携手园区，项目内容丰富。",
    "规模以上工业增加值增长8.4%。可见工业经济稳定向好，企业发展环境不断优化。”市工信局局长说。",
    "园区建设步伐加快。现在已有32家企业落户，年产值超过100亿元。会上还签约了5个新能源汽车项目。",
    "今年以来，我市落实计划，解决了扩大对外开放的困难。在这种情况下，管理机制不断优化，成为全国优秀开发区。",
    "国务院批准以来，产业集团的目标基本实现，工业经济条件改善，资源优势明显，认为这是我国外贸的新情况。",
)


@pytest.mark.parametrize("rate", [0, 0.3, 1], ids=["no readings", "some readings", "all readings"])
@pytest.mark.parametrize("marked", [True, False], ids=["question mark left", "nothing left"])
def test_lost_bytes_are_restored(rate, marked):
    score = [
        restored(
            sentence, corrupt.mangle(sentence, [place], [], readings(sentence, rate), mark_lost=marked).text
        )
        for sentence in map(corrupt.traditional, SENTENCES)
        for place in corrupt.dropped_byte_places(sentence)
    ]
    assert len(score) > 5
    assert sum(score) / len(score) >= (0.8 if marked else 0.6)


@pytest.mark.parametrize("rate", [0, 0.3, 1], ids=["no readings", "some readings", "all readings"])
def test_readings_put_into_characters_are_taken_out(rate):
    score = [
        restored(sentence, corrupt.mangle(sentence, [], [place], readings(sentence, rate)).text)
        for sentence in map(corrupt.traditional, SENTENCES)
        for place in corrupt.misinsertion_places(sentence)
    ]
    assert len(score) > 5
    assert sum(score) / len(score) >= 0.8


def test_private_use_characters_kept_at_decoding_help():
    sentence = corrupt.traditional("公司忙得不可开交。”百忙之中，董事长说。")
    place = corrupt.dropped_byte_places(sentence)[0]
    broken = corrupt.mangle(sentence, [place], keep_private=True).text
    assert re.search("[\ue000-\uf8ff]", broken)
    assert restored(sentence, broken)


def readings(sentence: str, rate: float) -> list[int]:
    return corrupt.reading_places(sentence, rate, seed=3)


def restored(sentence: str, broken: str) -> bool:
    return reread(broken).translate(WIDTHS) == sentence.translate(WIDTHS)


def wild_runs() -> list[dict[str, str]]:
    path = SHARED / "mangled.tsv"
    if not path.exists():
        pytest.skip("../shared/mangled.tsv is not here: its runs are not part of the project")
    with path.open(encoding="utf-8", newline="") as file:
        return [run for run in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if run["clean"]]


def distance(text: str, answer: str) -> int:
    blocks = SequenceMatcher(None, text, answer, autojunk=False).get_matching_blocks()
    return max(len(text), len(answer)) - sum(block.size for block in blocks)


def test_wild_runs_are_restored_and_none_is_made_worse():
    runs = [
        (run["raw"], reread(run["raw"]).translate(WIDTHS), run["clean"].translate(WIDTHS))
        for run in wild_runs()
    ]
    unread = [edited(find_readings)(raw).translate(WIDTHS) for raw, _, _ in runs]
    exact = [got == answer for _, got, answer in runs]
    assert sum(exact) / len(exact) >= 0.9
    assert [
        raw
        for (raw, got, answer), left in zip(runs, unread, strict=True)
        if distance(got, answer) > distance(left, answer)
    ] == []


def test_real_articles_keep_their_paragraphs_and_lose_their_furniture():
    paths = sorted((SHARED / "articles").glob("*.txt"))
    if not paths:
        pytest.skip("../shared/articles is not here: the articles are not part of the project")
    texts = {path.stem: clean(path.read_text("utf-8")).text for path in paths}
    assert all(clean(text).text == text for text in texts.values())
    assert not re.search(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǜü]+\)", "".join(texts.values()))
    foreign = ("15.7%", "483.4亿元", "报料", "相关文章", "2023-03-17", "转载", "管理员")
    assert [word for word in foreign if any(word in text for text in texts.values())] == []
    for path in paths:
        sentences = [
            line for line in path.read_text("utf-8").splitlines() if line.count("。") > 1 and len(line) > 60
        ]
        assert sum(line.count("。") > 1 for line in texts[path.stem].splitlines()) >= len(sentences)
