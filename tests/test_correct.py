"""Corrections: what a line may say, which row it finds, what becomes of the row, and that it lasts."""

import csv
import io
import re
from pathlib import Path

import documents as made
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sites import SHIPPED

from helpers.article import Article, ArticleSetError, corrections_file, read_article, read_article_set
from helpers.corpus import tabulate, write_tables
from helpers.correct import correct
from helpers.correction import ADD, ATTRIBUTES, COLUMNS, DROP, CorrectionError, parse_corrections
from helpers.explanation import explanation
from helpers.extract import extract
from helpers.observation import Bound, Kind, Stage, Status
from helpers.quotation import Quotation, best_places, occurrences, quote
from helpers.segment import Span
from helpers.table import observation_table
from helpers.table.contract import check_observations

TEXT = (
    "2023年1至6月，株洲市完成工业投资121.5亿元，同比增长9.2%。新签约产业项目12个，总投资额328亿元；"
    "竣工投产重点项目12个，完成全年任务的60%。全市新增规模以上工业企业35家。"
)


def lines(*rows: dict) -> list[tuple[int, dict]]:
    """Return rows of a corrections.csv as they are read, each cell not given as it mostly is."""
    usual = dict.fromkeys(COLUMNS, "") | {"article": "a", "reason": "读错", "who": "李", "when": "2026-03-05"}
    return [(number, usual | row) for number, row in enumerate(rows, 2)]


def corrected(*rows: dict, text: str = TEXT):
    return extract(Article("a", text, corrections=parse_corrections(lines(*rows))))


def row_of(extraction, figure: str, nth: int = 0):
    return [seen for seen in extraction.observations if seen.text == figure][nth]


def causes(extraction) -> list[str]:
    return [p.cause for p in extraction.problems if p.cause.endswith("correction")]


PLAIN = extract(Article("a", TEXT))
SIGNED = {"figure": "12个", "before": "新签约产业项目", "after": "，总投资"}
COMPLETED = {"figure": "12个", "before": "投产重点项目", "after": "，完成全年"}


def test_what_the_corrections_are_tried_on():
    assert [(seen.text, str(seen.kind)) for seen in PLAIN.observations] == [
        ("121.5亿元", "investment"),
        ("9.2%", "growth_rate"),
        ("12个", "project_count"),
        ("328亿元", "investment"),
        ("12个", "project_count"),
        ("60%", "completion_rate"),
        ("35家", "count"),
    ]


# One column.


@pytest.mark.parametrize(
    ("column", "value", "becomes"),
    [
        pytest.param("value", "13", 13, id="value"),
        pytest.param("value", "1,300", 1300, id="value with commas"),
        pytest.param("value", "1.3万", 13000, id="value as Chinese writes it"),
        pytest.param("bound", "about", Bound.ABOUT, id="code"),
        pytest.param("bound", "超", Bound.AT_LEAST, id="label of a bound"),
        pytest.param("stage", "开工", Stage.STARTED, id="label of a stage"),
        pytest.param("stage", "開工", Stage.STARTED, id="label in traditional characters"),
        pytest.param("stage", "Under way", Stage.UNDER_WAY, id="code with a blank"),
        pytest.param("stage", "", None, id="nothing where the contract allows it"),
        pytest.param("status", "计划", Status.PLANNED, id="label of a status"),
        pytest.param("indicator", " 签约项目 ", "签约项目", id="text without its blanks"),
        pytest.param("subject", "先导项目", "先导项目", id="subject"),
        pytest.param("place", "渌口区", "渌口区", id="place"),
        pytest.param("period", "2022-01/2022-12", "2022-01/2022-12", id="period"),
        pytest.param("indicator", "'=1+1", "=1+1", id="text that a spreadsheet would run"),
    ],
)
def test_one_column_of_one_row(column, value, becomes):
    after = corrected({**SIGNED, "column": column, "value": value})
    assert getattr(row_of(after, "12个"), column) == becomes
    assert row_of(after, "12个", 1) == row_of(PLAIN, "12个", 1)
    assert causes(after) == []
    assert [x._replace(changes=(), reasons=(), **{column: None}) for x in after.observations] == [
        x._replace(reasons=(), **{column: None}) for x in PLAIN.observations
    ]
    (change,) = row_of(after, "12个").changes
    assert (change.column, change.who, change.when, change.reason) == (column, "李", "2026-03-05", "读错")


def test_a_kind_takes_along_what_it_cannot_have():
    after = corrected({"figure": "121.5亿元", "column": "kind", "value": "其他金额"})
    rate = corrected({"figure": "9.2%", "column": "kind", "value": "share"})
    staged = corrected(
        {**SIGNED, "column": "kind", "value": "count"}, {**SIGNED, "column": "unit", "value": "个"}
    )
    assert row_of(after, "121.5亿元").kind is Kind.AMOUNT
    assert (row_of(rate, "9.2%").basis, [x.column for x in row_of(rate, "9.2%").changes]) == (
        None,
        ["kind", "basis"],
    )
    assert (row_of(staged, "12个").stage, row_of(staged, "12个").unit) == (None, "个")
    assert causes(after) == causes(rate) == causes(staged) == []


def test_a_kind_brings_its_one_unit():
    after = corrected({"figure": "35家", "column": "kind", "value": "项目数"})
    assert row_of(after, "35家").unit == "project"


def test_reasons_and_explanation_tell_of_it():
    after = corrected(
        {**SIGNED, "column": "stage", "value": "在谈"}, {**SIGNED, "column": "value", "value": "13"}
    )
    told = "\n".join(explanation(after, [f"a-{n:03}" for n in range(len(after.observations))]))
    assert "corrected by 李 on 2026-03-05: 读错: signed" in told
    assert "corrected by 李 on 2026-03-05: 读错: 12" in told


# Whole rows.


def test_drop():
    after = corrected({**COMPLETED, "column": DROP})
    assert len(after.observations) == len(PLAIN.observations) - 1
    assert [seen.start for seen in after.dropped] == [row_of(PLAIN, "12个", 1).start]
    (problem,) = (p for p in after.problems if p.cause == "dropped_by_correction")
    assert "读错（李，2026-03-05）" in problem.detail


@pytest.mark.parametrize(
    ("figure", "rows", "expected"),
    [
        pytest.param(
            "5000吨",
            [{"column": ADD, "value": "实物量"}, {"column": "indicator", "value": "产能"}],
            {"kind": Kind.QUANTITY, "value": 5000, "unit": "吨", "bound": Bound.EXACT, "status": Status.ACTUAL},
            id="a figure that says its value and unit",
        ),
        pytest.param(
            "30000吨",
            [
                {"column": ADD, "value": "quantity"},
                {"column": "indicator", "value": "产能"},
                {"column": "value", "value": "3万"},
                {"column": "status", "value": "planned"},
                {"column": "place", "value": "株洲市"},
            ],
            {"value": 30000, "status": Status.PLANNED, "place": "株洲市", "subject": None, "rule": "added by a correction"},
            id="with columns of its own",
        ),
    ],
)  # fmt: skip
def test_add(figure, rows, expected):
    text = f"2023年，株洲市举办了招商活动。年产{figure}的先导项目成为焦点。签约项目6个。"
    plain = extract(Article("a", text))
    assert figure not in [seen.text for seen in plain.observations]
    after = corrected(*({"figure": figure, **row} for row in rows), text=text)
    added = row_of(after, figure)
    assert {name: getattr(added, name) for name in expected} == expected
    assert added.sentence == f"年产{figure}的先导项目成为焦点。"
    assert text[added.start : added.end] == figure
    assert [x.text for x in after.observations] == [figure, *(x.text for x in plain.observations)]
    assert causes(after) == []


def test_added_row_that_rules_find_later_is_needless():
    rows = [
        {"column": ADD, "value": "project_count"},
        {"column": "indicator", "value": row_of(PLAIN, "12个").indicator},
    ]
    after = corrected(*(SIGNED | row for row in rows))
    assert after.observations == PLAIN.observations
    assert causes(after) == ["needless_correction", "needless_correction"]


def test_rows_of_one_span_are_not_lost():
    twin = row_of(PLAIN, "9.2%")._replace(indicator="税收")
    article = Article(
        "a",
        TEXT,
        corrections=parse_corrections(lines({"figure": "35家", "column": "place", "value": "甲区"})),
    )
    after = correct(article, [*PLAIN.observations, twin], TEXT)
    assert len(after.observations) == len(PLAIN.observations) + 1


def test_the_same_again_is_needless():
    once = {**SIGNED, "column": "place", "value": "渌口区"}
    assert causes(corrected(once, once)) == ["needless_correction"]
    gone = corrected({**COMPLETED, "column": DROP}, {**COMPLETED, "column": DROP})
    assert [p.cause for p in gone.problems][-2:] == ["dropped_by_correction", "needless_correction"]


def test_lines_of_an_addition_go_where_it_goes():
    rows = [
        {"column": ADD, "value": "count"},
        {"column": "indicator", "value": "别的"},
        {"column": "unit", "value": "个"},
    ]
    after = corrected(*({"figure": "12个"} | row for row in rows))
    assert after.observations == PLAIN.observations
    assert causes(after) == ["ambiguous_correction"] * 3


# What cannot be carried out changes nothing and is named.


@pytest.mark.parametrize(
    ("rows", "cause"),
    [
        pytest.param([{"figure": "13个", "column": DROP}], "unmatched", id="figure gone"),
        pytest.param([{"figure": "2个", "column": DROP}], "unmatched", id="part of a longer number"),
        pytest.param([{"figure": "12个", "column": DROP}], "ambiguous", id="two places, nothing said of either"),
        pytest.param([{"figure": "12个", "before": "项目", "column": DROP}], "ambiguous", id="fits both"),
        pytest.param([SIGNED | {"before": "引进外资企业", "after": "。", "column": DROP}], "unmatched", id="fits neither"),
        pytest.param([{"figure": "35家", "before": "关停的小煤矿有", "column": DROP}], "unmatched", id="one place, but another"),
        pytest.param([SIGNED | {"column": "bound", "value": "exact"}], "needless", id="says what the row says"),
        pytest.param([{"figure": "2023年", "column": DROP}], "needless", id="no row anyway"),
        pytest.param([{"figure": "2023年", "column": "place", "value": "甲区"}], "unmatched", id="a column of no row"),
        pytest.param([{"figure": "9.2%", "column": "stage", "value": "签约"}], "unfit", id="a rate has no stage"),
        pytest.param([{"figure": "35家", "column": "kind", "value": "investment"}], "unfit", id="money in 家"),
        pytest.param(
            [{"figure": "35家", "column": "place", "value": "渌口区"}, {"figure": "35家", "before": "工业企业", "column": "place"}],
            "contradictory", id="two quotations of one row",
        ),
    ],
)  # fmt: skip
def test_no_guess(rows, cause):
    after = corrected(*rows)
    assert after.observations == PLAIN.observations
    assert causes(after) == [f"{cause}_correction"] * len(rows)
    assert all(f"第{n}行" in p.detail for n, p in enumerate(after.problems[-len(rows) :], 2))


FIGURES = [*{seen.text for seen in PLAIN.observations}, "2023年", "6月", "13个"]
CONTEXTS = ["", "新签约产业项目", "投产重点项目", "别处"]
VALUES = [
    "",
    "13",
    "share",
    "项目数",
    "count",
    "investment",
    "签约",
    "yoy",
    "planned",
    "about",
    "percent",
    "CNY",
    "家",
    "2024",
]


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "figure": st.sampled_from(FIGURES),
                "before": st.sampled_from(CONTEXTS),
                "column": st.sampled_from([*ATTRIBUTES, ADD, DROP]),
                "value": st.sampled_from(VALUES),
            }
        ),
        max_size=6,
    ),
    st.booleans(),
)
def test_every_line_is_carried_out_or_named_and_the_table_stays_whole(rows, twice):
    rows = rows * 2 if twice else rows
    try:
        read = parse_corrections(lines(*({**row, "who": f"w{n}."} for n, row in enumerate(rows))))
    except CorrectionError:
        return
    after = extract(Article("a", TEXT, corrections=read))
    check_observations(observation_table(after.observations))
    made = [change.who for seen in (*after.observations, *after.dropped) for change in seen.changes]
    told = [reason.rule for seen in after.observations for reason in seen.reasons]
    for line in read:
        named = sum(f"第{line.line}行" in problem.detail for problem in after.problems)
        assert named <= 1
        assert named or line.who in made or any(line.who in rule for rule in told)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        pytest.param([{"figure": "1", "column": "stag"}], "line 2: column is 'stag', none of kind,", id="unknown column"),
        pytest.param([{"figure": "1", "column": ""}], "line 2: column 'column' may not be empty", id="no column"),
        pytest.param([{"figure": " ", "column": DROP}], "line 2: column 'figure' may not be empty", id="no figure"),
        pytest.param([{"figure": "1", "column": DROP, "who": ""}], "line 2: column 'who' may not be empty", id="nobody"),
        pytest.param([{"figure": "1", "column": DROP, "reason": ""}], "line 2: column 'reason' may not", id="no reason"),
        pytest.param([{"figure": "1", "column": DROP, "when": "五月"}], "line 2: when is '五月', not a date", id="no date"),
        pytest.param([{"figure": "1", "column": "stage", "value": "拟建"}], "line 2: stage is '拟建', none of nego", id="no stage"),
        pytest.param([{"figure": "1", "column": "value", "value": "很多"}], "line 2: value is '很多', not a number", id="no number"),
        pytest.param([{"figure": "1", "column": "value", "value": "NaN"}], "line 2: value is 'NaN', not a number", id="NaN"),
        pytest.param([{"figure": "1", "column": "value", "value": "1e400"}], "line 2: value is '1e400', not a number", id="beyond all numbers"),
        pytest.param([{"figure": "1", "column": "value", "value": ""}], "line 2: column 'value' may not be empty", id="no value"),
        pytest.param([{"figure": "1", "column": "period", "value": "去年"}], "line 2: period is '去年', not a time", id="no period"),
        pytest.param([{"figure": "1", "column": "period", "value": "2023-13"}], "line 2: period is '2023-13', not a time", id="no month"),
        pytest.param([{"figure": "1", "column": "period", "value": "2023-02-30"}], "line 2: period is '2023-02-30'", id="no day"),
        pytest.param([{"figure": "1", "column": "period", "value": "2023-06/2023-01"}], "line 2: period is '2023-06/2023-01'", id="backwards"),
        pytest.param([{"figure": "1", "column": "unit", "value": "元", "when": "2026-02-30"}], "line 2: when is '2026-02-30'", id="no such day"),
        pytest.param(
            [{"figure": "1", "column": "place", "value": "甲"}, {"figure": "1", "column": "place", "value": "乙"}],
            "line 3: contradicts line 2 on '1'", id="two values",
        ),
        pytest.param(
            [{"figure": "1", "column": "place", "value": "甲"}, {"figure": "1", "column": DROP}],
            "line 3: contradicts line 2 on '1'", id="changed and dropped",
        ),
        pytest.param([{"figure": "12个", "column": ADD, "value": "项目数"}], "line 2: adds '12个', but no line gives its 'indicator'", id="no indicator"),
        pytest.param(
            [{"figure": "若干", "column": ADD, "value": "项目数"}, {"figure": "若干", "column": "indicator", "value": "项目"}],
            "line 2: adds '若干', but no line gives its 'value'", id="no value to be had",
        ),
    ],
)  # fmt: skip
def test_broken_line_is_named(rows, message):
    with pytest.raises(CorrectionError) as error:
        parse_corrections(lines(*rows))
    assert str(error.value).startswith(message)


def test_dates_as_a_spreadsheet_leaves_them():
    (one,) = parse_corrections(lines({"figure": "1", "column": DROP, "when": "2026/3/5"}))
    assert one.when == "2026-03-05"


# It lasts.

EDITS = [
    pytest.param(lambda text: text, id="the same article"),
    pytest.param(lambda text: "株洲晒出成绩单。\n" + text, id="a title before it"),
    pytest.param(lambda text: text.replace("。", "，比上年多签约项目12个。", 1), id="another 12个 before it"),
    pytest.param(
        lambda text: text.replace("新签约产业项目12个", "新签约的产业项目共12个"),
        id="its own clause reworded",
    ),
    pytest.param(lambda text: text.replace("，总投资额", "，项目总投资额"), id="what follows reworded"),
    pytest.param(
        lambda text: text.replace("。新签约产业", "。\n新签约产业").replace("；竣工", "。\n竣工"),
        id="broken into lines",
    ),
    pytest.param(
        lambda text: "\n".join(reversed(text.replace("。", "。\n").splitlines())), id="paragraphs moved"
    ),
    pytest.param(lambda text: text.replace("竣工投产重点项目12个，", ""), id="its rival gone"),
]


@pytest.mark.parametrize("edit", EDITS)
def test_correction_outlives_an_edit(edit):
    after = corrected({**SIGNED, "column": "subject", "value": "更正过的"}, text=edit(TEXT))
    marked = [seen for seen in after.observations if seen.subject == "更正过的"]
    assert [(seen.text, seen.stage) for seen in marked] == [("12个", Stage.SIGNED)]
    assert causes(after) == []


@pytest.mark.parametrize(
    "rival",
    [
        pytest.param("", id="its sentence gone"),
        pytest.param("新开工产业项目12个，总投资额328亿元；", id="another statement in the same words"),
        pytest.param("新签约产业园区12个，总投资额328亿元；", id="another noun"),
    ],
)
def test_correction_of_a_figure_that_is_gone_does_not_fall_on_its_rival(rival):
    gone = TEXT.replace("新签约产业项目12个，总投资额328亿元；", rival)
    after = corrected({**SIGNED, "column": "subject", "value": "更正过的"}, text=gone)
    assert causes(after) == ["unmatched_correction"]
    assert not any(seen.changes for seen in after.observations)


# Quotations.


@given(
    st.lists(st.sampled_from(["12个", "项目", "，", "。", "\n", "签约", "1", "年", "12"]), max_size=40),
    st.data(),
)
def test_a_quotation_means_its_place_or_is_none(pieces, data):
    text = "".join(pieces) + "12个"
    place = data.draw(st.sampled_from(occurrences(text, "12个") or [Span(len(text) - 3, len(text))]))
    quotation = quote(text, place)
    if quotation is not None:
        assert best_places(text, quotation, sorted({place, *occurrences(text, "12个")})) == [place]
    elif len(pieces) > 1:
        assert len(occurrences(text, "12个")) > 1


@pytest.mark.parametrize("seen", PLAIN.observations, ids=lambda seen: f"{seen.start} {seen.text}")
def test_quotation_of_each_row_means_that_row(seen):
    quotation = quote(TEXT, Span(seen.start, seen.end))
    assert quotation.figure == seen.text
    assert best_places(TEXT, quotation, occurrences(TEXT, seen.text)) == [Span(seen.start, seen.end)]


EDITS_OF_WHOLE_ARTICLES = [
    pytest.param(lambda text: text.replace("。", "。有关工作正在推进。"), id="a sentence after each"),
    pytest.param(lambda text: text.replace("。", "。\n"), id="a line a sentence"),
    pytest.param(lambda text: "\n".join(reversed(text.split("\n"))), id="paragraphs moved"),
    pytest.param(lambda text: text.replace("，", "，且"), id="a word in each clause"),
]


@pytest.mark.parametrize("edit", EDITS_OF_WHOLE_ARTICLES)
@pytest.mark.parametrize("article", read_article_set(SHIPPED).articles, ids=lambda article: article.id)
def test_quotations_find_their_places_in_an_edited_article(article, edit):
    extraction = extract(article)
    text, rows = extraction.clean.text, extraction.observations
    marks = [chr(0xE000 + n) for n in range(len(rows))]
    for mark, seen in reversed(list(zip(marks, rows, strict=True))):
        text = text[: seen.start] + mark + text[seen.start :]
    edited = edit(text)
    plain = re.sub("[\ue000-\uf8ff]", "", edited)
    starts = [len(re.sub("[\ue000-\uf8ff]", "", edited[: edited.index(mark)])) for mark in marks]
    for start, seen in zip(starts, rows, strict=True):
        quotation = quote(extraction.clean.text, Span(seen.start, seen.end))
        found = best_places(plain, quotation, occurrences(plain, seen.text))
        assert found == [Span(start, start + len(seen.text))], quotation


def test_quotation_keeps_within_what_may_be_published():
    text = "甲。签约项目6个。乙丙丁戊己庚辛。签约项目6个。"
    assert quote(text, Span(6, 8), Span(2, 9)) is None
    assert quote("甲。签约项目6个。乙。", Span(6, 8), Span(2, 9)) == Quotation("6个", "签约项目", "。")
    assert quote("甲。签约项目6个。乙。", Span(6, 8), Span(6, 8)) == Quotation("6个")


# Files.


def write(path: Path, *rows: dict) -> Path:
    file = io.StringIO()
    writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(row for _, row in lines(*rows))
    path.write_text(file.getvalue(), "utf-8")
    return path


@pytest.fixture
def folder(tmp_path) -> Path:
    folder = tmp_path / "set"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, "utf-8")
    (folder / "b.txt").write_text("2023年，北湖区签约项目6个。", "utf-8")
    return folder


PLACE = {**SIGNED, "column": "place", "value": "渌口区"}


def test_corrections_lie_in_the_folder(folder):
    write(folder / "corrections.csv", PLACE, {"article": "gone", "figure": "1个", "column": DROP})
    found = read_article_set(folder)
    assert [len(article.corrections) for article in found.articles] == [1, 0]
    assert [(p.article, p.cause) for p in found.problems] == [("gone", "unmatched_correction")]


def test_one_text_minds_its_own_corrections(folder):
    write(folder / "corrections.csv", PLACE, {"article": "b", "figure": "6个", "column": DROP})
    found = read_article_set(folder / "a.txt")
    assert [len(article.corrections) for article in found.articles] == [1]
    assert found.problems == ()


def test_an_archive_may_have_a_file_of_its_own(tmp_path):
    archive = tmp_path / "news.jsonl"
    archive.write_text('{"id": "a", "text": "签约项目6个。"}\n', "utf-8")
    assert corrections_file(archive) == write(tmp_path / "corrections.csv", {"figure": "6个", "column": DROP})
    assert len(read_article_set(archive).articles[0].corrections) == 1
    own = write(tmp_path / "news.corrections.csv")
    assert corrections_file(archive) == own
    assert read_article_set(archive).articles[0].corrections == ()


SIX = {"figure": "6个", "column": "place"}


def places(found) -> dict[str, list[str]]:
    """Return what corrections say of the place, by article."""
    return {article.id: [one.value for one in article.corrections] for article in found.articles}


def test_what_lies_beside_an_archive_in_a_folder_is_for_its_articles(folder):
    (folder / "news.jsonl").write_text('{"id": "c", "text": "签约项目6个。"}\n', "utf-8")
    write(
        folder / "news.corrections.csv",
        {**SIX, "article": "c", "value": "渌口区"},
        {**SIX, "article": "a", "value": "宁乡市"},
    )
    write(folder / "old.corrections.csv", {**SIX, "value": "宁乡市"})
    found = read_article_set(folder)
    assert places(found) == {"a": [], "b": [], "c": ["渌口区"]}
    assert [(p.article, p.cause) for p in found.problems] == [
        ("a", "unmatched_correction"),
        ("old.corrections.csv", "unsupported"),
    ]


@pytest.mark.parametrize("article", ["c", "news-c"])
def test_article_of_a_zip_in_a_folder_is_called_as_there_or_as_in_the_zip(folder, article):
    (folder / "news.zip").write_bytes(made.zipped({"c.txt": "签约项目6个。".encode()}))
    write(folder / "news.corrections.csv", {**SIX, "article": article, "value": "渌口区"})
    found = read_article_set(folder)
    assert places(found) == {"a": [], "b": [], "news-c": ["渌口区"]}
    assert found.articles[2].corrections[0].article == "news-c"
    assert read_article(folder, "news-c") == found.articles[2]


def test_corrections_in_a_zip_are_for_its_articles_and_those_beside_it_go_before(tmp_path):
    inside = write(
        tmp_path / "inside.csv",
        {**SIX, "article": "c", "value": "渌口区"},
        {**SIX, "article": "c", "column": "stage", "value": "开工"},
        {**SIX, "article": "d", "value": "宁乡市"},
        {**SIX, "article": "gone", "value": "宁乡市"},
    )
    text = "签约项目6个。".encode()
    archive = tmp_path / "news.zip"
    archive.write_bytes(
        made.zipped({"set/c.txt": text, "set/d.txt": text, "set/corrections.csv": inside.read_bytes()})
    )
    write(tmp_path / "news.corrections.csv", {**SIX, "article": "c", "value": "北湖区"})
    found = read_article_set(archive)
    assert places(found) == {"c": ["北湖区", Stage.STARTED], "d": ["宁乡市"]}
    assert [(p.article, p.cause) for p in found.problems] == [("gone", "unmatched_correction")]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param("article,figure\na,1\n", "corrections.csv: column 'before' is missing", id="column missing"),
        pytest.param(",".join(COLUMNS) + "\na,12个,,,stage,签约,读错,李\n", "corrections.csv: row 2 has not as many", id="cell missing"),
        pytest.param(",".join(COLUMNS) + "\na,12个,,,stag,,读错,李,2026-03-05\n", "corrections.csv: line 2: column is 'stag'", id="misspelt"),
    ],
)  # fmt: skip
def test_broken_file_stops_the_run(folder, content, message):
    (folder / "corrections.csv").write_text(content, "utf-8")
    with pytest.raises(ArticleSetError) as error:
        read_article_set(folder)
    assert message in str(error.value)


def test_file_from_a_spreadsheet_is_read(folder):
    text = write(folder / "corrections.csv", PLACE).read_text("utf-8")
    (folder / "corrections.csv").write_bytes(text.encode("gb18030"))
    assert read_article_set(folder).articles[0].corrections[0].value == "渌口区"


# Tables.

HOSTILE = "<script>alert(1)</script>"


def test_tables_tell_what_was_corrected(folder):
    write(
        folder / "corrections.csv",
        {**SIGNED, "column": "stage", "value": ""},
        {**SIGNED, "column": "indicator", "value": HOSTILE, "reason": "=cmd()"},
        {**COMPLETED, "column": DROP},
    )
    tables = tabulate(folder)
    row = tables.observations.set_index("row").loc["a-003"]
    assert row["corrected"] == f"indicator: {row_of(PLAIN, '12个').indicator} → {HOSTILE}; stage: signed → –"
    assert tables.observations["corrected"].notna().sum() == 1
    assert tables.corrections[["article", "row", "column", "new"]].fillna("").values.tolist() == [
        ["a", "a-003", "indicator", HOSTILE],
        ["a", "a-003", "stage", ""],
        ["a", "", "drop", ""],
    ]
    assert tables.problems["cause"].tolist().count("dropped_by_correction") == 1


def test_corrected_tables_are_the_same_each_time(folder, tmp_path):
    write(folder / "corrections.csv", PLACE, {**COMPLETED, "column": DROP, "reason": "=cmd()"})
    for run in ("one", "two"):
        write_tables(tabulate(folder), tmp_path / run)
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / run).iterdir()} for run in ("one", "two"))
    assert one == two
    written = pd.read_csv(tmp_path / "one" / "corrections.csv")
    assert written["reason"].tolist() == ["读错", "'=cmd()"]
    assert (folder / "a.txt").read_text("utf-8") == TEXT
