"""The round trip with Label Studio: out and back unchanged is no correction, and each edit is exactly one."""

import csv
import json
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
import sites

from helpers.article import Article, corrections_file, read_article_set, read_corrections
from helpers.cli import main
from helpers.correction import ATTRIBUTES, ENUMS, corrections_text, parse_corrections
from helpers.evaluation import read_gold
from helpers.extract import extract
from helpers.label_studio import (
    LabelStudioError,
    annotation_task,
    corrections_of,
    gold,
    labeling_config,
    merged,
    read_reviews,
)
from helpers.segment import Span

# Exported by Label Studio 1.23.2 after one row was dropped there, one changed and one added by hand.
EXPORT = Path(__file__).parent / "label_studio" / "export.json"
SHIPPED = read_article_set(sites.SHIPPED).articles
TEXT = "2023年1至6月，株洲市完成工业投资121.5亿元，同比增长9.2%。\n新签约产业项目12个，总投资额328亿元。"


def reviewed(task: Mapping, *annotations: Mapping) -> dict:
    """Return a task as Label Studio exports it: its predictions taken over as the annotation of a reviewer."""
    taken_over = {
        "result": task["predictions"][0]["result"],
        "completed_by": {"id": 1, "email": "li@example.org"},
    }
    dated = {
        "created_at": "2026-03-05T08:00:00.1Z",
        "updated_at": "2026-03-06T09:30:00.1Z",
        "was_cancelled": False,
    }
    return {
        "id": 1,
        "data": task["data"],
        "annotations": [deepcopy(taken_over | dated | one) for one in annotations or [{}]],
        "predictions": [17],
    }


def task_of(article: Article) -> dict:
    return json.loads(json.dumps(annotation_task(extract(article), "zhanbao"), ensure_ascii=False))


@pytest.fixture
def task() -> dict:
    return task_of(Article("a", TEXT))


def results(task: Mapping, figure: str, column: str = "kind") -> list[dict]:
    """Return the results of a column for a figure, in the order of the text."""
    regions = {r["id"] for r in task["annotations"][0]["result"] if r["value"].get("text") == figure}
    return [r for r in task["annotations"][0]["result"] if r["id"] in regions and r["from_name"] == column]


def said(task: Mapping, figure: str, column: str, *words: str) -> None:
    """Let the reviewer put something into a column of a figure's row, or take all out."""
    kind = results(task, figure)[0]
    sort = "choices" if column in ("bound", "basis", "status", "stage") else "textarea"
    all_results = task["annotations"][0]["result"]
    all_results[:] = [r for r in all_results if (r["id"], r["from_name"]) != (kind["id"], column)]
    value = {k: kind["value"][k] for k in ("start", "end")} | {
        "choices" if sort == "choices" else "text": [*words]
    }
    if words:
        all_results.append(
            {"id": kind["id"], "from_name": column, "to_name": "text", "type": sort, "value": value}
        )


def dropped(task: Mapping, figure: str) -> None:
    gone = results(task, figure)[0]["id"]
    task["annotations"][0]["result"][:] = [r for r in task["annotations"][0]["result"] if r["id"] != gone]


def added(task: Mapping, figure: str, label: str) -> None:
    start = task["data"]["text"].index(figure)
    value = {"start": start, "end": start + len(figure), "text": figure, "labels": [label]}
    task["annotations"][0]["result"].append(
        {"id": f"new{start}", "from_name": "kind", "to_name": "text", "type": "labels", "value": value}
    )


def lines(task: Mapping) -> list[tuple]:
    (review,) = read_reviews([task])
    return [(x.quotation.figure, x.column, str(x.value)) for x in corrections_of(review, "r").corrections]


def rows_after(review, article: Article) -> dict[Span, dict]:
    """Return the rows of an article by place once the corrections of a review were written, read and made."""
    text = corrections_text(corrections_of(review, "reviewed").corrections)
    read = parse_corrections(enumerate(csv.DictReader(text.removeprefix("\ufeff").splitlines()), 2))
    after = extract(replace(article, corrections=read))
    assert [p for p in after.problems if p.cause.endswith("_correction") and "dropped" not in p.cause] == []
    return {Span(x.start, x.end): {name: getattr(x, name) for name in ATTRIBUTES} for x in after.observations}


# Out.


def test_configuration_has_a_control_for_each_column():
    config = ElementTree.fromstring(labeling_config())
    controls = {tag.get("name"): tag for tag in config.iter() if tag.get("toName")}
    assert list(controls) == [*ATTRIBUTES, "reason"]
    assert all(tag.get("perRegion") == "true" for name, tag in controls.items() if name != "kind")
    for name in ("kind", "bound", "basis", "status", "stage"):
        assert [choice.get("value") for choice in controls[name]] == list(ENUMS[name][1].values())


@pytest.mark.parametrize("article", SHIPPED, ids=lambda article: article.id)
def test_predictions_keep_to_the_configuration(article):
    config = ElementTree.fromstring(labeling_config())
    controls = {tag.get("name"): tag for tag in config.iter() if tag.get("toName")}
    task = task_of(article)
    text = task["data"]["text"]
    for result in task["predictions"][0]["result"]:
        control, value = controls[result["from_name"]], result["value"]
        assert (result["to_name"], result["type"]) == (control.get("toName"), control.tag.lower())
        assert 0 <= value["start"] < value["end"] <= len(text)
        if result["type"] == "textarea":
            assert all(isinstance(said, str) and said for said in value["text"])
        else:
            assert value["text"] == text[value["start"] : value["end"]]
            assert set(value[result["type"]]) <= {choice.get("value") for choice in control}


@pytest.mark.parametrize("article", SHIPPED, ids=lambda article: article.id)
def test_label_studio_accepts_them(article):
    """Run where label-studio-sdk is installed: half a gigabyte for one check is too much to ask of everybody."""
    reason = "label-studio-sdk, which knows Label Studio's own rules, is not installed"
    interface = pytest.importorskip("label_studio_sdk.label_interface", reason=reason)
    known = interface.LabelInterface(labeling_config())
    known.validate()
    task = task_of(article)
    assert known.validate_prediction(task["predictions"][0], return_errors=True) == []
    assert known.validate_annotation(reviewed(task)["annotations"][0])


# Back.


@pytest.mark.parametrize("article", SHIPPED, ids=lambda article: article.id)
def test_unchanged_is_no_correction(article):
    (review,) = read_reviews([reviewed(task_of(article))])
    assert corrections_of(review, "").corrections == ()
    assert review.left == review.shown


EDITS = [
    pytest.param(lambda t: said(t, "12个", "place", "渌口区"), [("12个", "place", "渌口区")], id="a text"),
    pytest.param(lambda t: said(t, "12个", "place"), [("12个", "place", "None")], id="a text taken out"),
    pytest.param(lambda t: said(t, "12个", "stage", "开工"), [("12个", "stage", "started")], id="a choice"),
    pytest.param(lambda t: said(t, "12个", "stage"), [("12个", "stage", "None")], id="a choice taken out"),
    pytest.param(lambda t: said(t, "12个", "value", "1.2万"), [("12个", "value", "12000.0")], id="a value"),
    pytest.param(lambda t: said(t, "12个", "value", "12", "13"), [("12个", "value", "13")], id="a second text, the last counts"),
    pytest.param(lambda t: said(t, "12个", "value", "12.00"), [], id="the same value in other digits"),
    pytest.param(lambda t: dropped(t, "9.2%"), [("9.2%", "drop", "None")], id="a region taken out"),
    pytest.param(
        lambda t: results(t, "9.2%")[0]["value"].update(labels=["占比"]), [("9.2%", "kind", "share")],
        id="another kind, which cannot have its basis",
    ),
    pytest.param(
        lambda t: (added(t, "2023年", "其他计数"), said(t, "2023年", "indicator", "年份"), said(t, "2023年", "unit", "年"), said(t, "2023年", "value", "2023")),
        [("2023年", "add", "count"), ("2023年", "value", "2023"), ("2023年", "unit", "年"), ("2023年", "indicator", "年份")],
        id="a region drawn",
    ),
    pytest.param(
        lambda t: (added(t, "月，株洲市", "项目数"), said(t, "月，株洲市", "indicator", "项目"), said(t, "月，株洲市", "value", "1")),
        [("月，株洲市", "add", "project_count"), ("月，株洲市", "value", "1"), ("月，株洲市", "indicator", "项目")],
        id="a region of a kind with one unit",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("edit", "expected"), EDITS)
def test_an_edit_is_exactly_its_corrections_and_they_make_it(task, edit, expected):
    export = reviewed(task)
    edit(export)
    assert lines(export) == expected
    (review,) = read_reviews([export])
    assert rows_after(review, Article("a", TEXT)) == review.left


@pytest.mark.parametrize("article", SHIPPED, ids=lambda article: article.id)
def test_many_edits_of_a_whole_article_come_back(article):
    export = reviewed(task_of(article))
    everything = export["annotations"][0]["result"]
    regions = list(dict.fromkeys(result["id"] for result in everything))
    gone, moved, other = regions[::5], regions[1::5], regions[2::5]
    everything[:] = [
        r
        for r in everything
        if r["id"] not in gone and (r["id"], r["from_name"]) not in {(x, "place") for x in moved}
    ]
    for result in everything:
        if result["id"] in other and result["from_name"] == "indicator":
            result["value"]["text"] = [result["value"]["text"][0] + "，改"]
        if (
            result["id"] in other
            and result["from_name"] == "kind"
            and result["value"]["labels"] == ["投资额"]
        ):
            result["value"]["labels"] = ["其他金额"]
    (review,) = read_reviews([export])
    assert corrections_of(review, "r").untold == ()
    assert rows_after(review, article) == review.left


def test_an_export_of_the_tool_itself():
    (review,) = read_reviews(json.loads(EXPORT.read_text("utf-8")))
    found = corrections_of(review, "reviewed").corrections
    assert [(x.quotation.figure, x.column, str(x.value), x.reason) for x in found] == [
        ("2023", "add", "count", "reviewed"),
        ("2023", "value", "2023", "reviewed"),
        ("2023", "unit", "家", "reviewed"),
        ("2023", "indicator", "企业", "reviewed"),
        ("9.2%", "drop", "None", "reviewed"),
        ("328亿元", "stage", "started", "名称不对"),
    ]
    assert {(x.who, x.when) for x in found} == {("Label Studio user 1", "2026-11-23")}
    after = rows_after(review, Article(review.article, review.text))
    assert after.keys() == review.left.keys()
    for (
        place,
        left,
    ) in review.left.items():  # what the rules have learnt since the export is no change of the reviewer's
        changed = [name for name, value in left.items() if review.shown.get(place, {}).get(name) != value]
        assert {name: after[place][name] for name in changed} == {name: left[name] for name in changed}


def test_offsets_of_either_sort_lead_beyond_the_basic_plane():
    article = Article("a", "😀𠮷报\n" + TEXT)
    export = reviewed(task_of(article))
    assert lines(export) == []
    for result in export["annotations"][0]["result"]:
        for end in ("start", "end"):
            result["value"][end] = (
                len(export["data"]["text"][: result["value"][end]].encode("utf-16-le")) // 2
            )
    (review,) = read_reviews([export])
    quoted = [r for r in review.left if review.text[slice(*r)] in ("121.5亿元", "9.2%", "12个", "328亿元")]
    assert len(quoted) == 4


def test_blanks_marked_along_are_no_part_of_the_figure(task):
    export = reviewed(task)
    dropped(export, "12个")
    added(export, "新签约产业项目12个", "项目数")
    value = results(export, "新签约产业项目12个")[0]["value"]
    value |= {"start": value["start"] - 1, "text": "\n新签约产业项目12个"}
    said(export, value["text"], "indicator", "产业项目")
    assert ("新签约产业项目12个", "add", "project_count") in lines(export)


def test_reasons_and_names_come_along(task):
    export = reviewed(task, {"completed_by": 7})
    said(export, "12个", "stage", "开工")
    said(export, "12个", "reason", "原文说已开工")
    dropped(export, "9.2%")
    (review,) = read_reviews([export])
    told = {x.column: (x.reason, x.who, x.when) for x in corrections_of(review, "看过").corrections}
    assert told == {
        "stage": ("原文说已开工", "Label Studio user 7", "2026-03-06"),
        "drop": ("看过", "Label Studio user 7", "2026-03-06"),
    }


def test_which_annotation_counts(task):
    skipped = reviewed(task, {"was_cancelled": True, "result": []})
    assert read_reviews([skipped]) == []
    agreed = reviewed(task, {}, {"completed_by": 2})
    assert len(read_reviews([agreed])) == 1
    settled = reviewed(task, {"result": []}, {"ground_truth": True})
    assert lines(settled) == []


def broken(change) -> dict:
    export = reviewed(task_of(Article("a", TEXT)))
    change(export)
    return export


@pytest.mark.parametrize(
    ("export", "message"),
    [
        pytest.param({"task": 1}, "not an export of Label Studio", id="no list"),
        pytest.param([{"id": 4, "data": {"text": "x"}}], "task 4: its data are not those", id="another project's task"),
        pytest.param([broken(lambda t: t.pop("annotations"))], "a: no annotations; export as JSON, not", id="JSON-MIN"),
        pytest.param([broken(lambda t: None)] * 2, "a: more than one task", id="one article twice"),
        pytest.param([broken(lambda t: t["annotations"].append(t["annotations"][0] | {"result": []}))], "a: reviewed 2 times, not alike", id="two who differ"),
        pytest.param([broken(lambda t: said(t, "12个", "value", "许多"))], "a: '12个': value is '许多', not a number", id="no number"),
        pytest.param([broken(lambda t: said(t, "12个", "indicator"))], "a: '12个': column 'indicator' may not be empty", id="no indicator"),
        pytest.param([broken(lambda t: said(t, "9.2%", "stage", "签约"))], "a: '9.2%': growth_rate cannot have the stage signed", id="a stage of a rate"),
        pytest.param([broken(lambda t: said(t, "12个", "period", "去年"))], "a: '12个': period is '去年'", id="no period"),
        pytest.param([broken(lambda t: said(t, "12个", "period", "2023-13"))], "a: '12个': period is '2023-13'", id="no month"),
        pytest.param([broken(lambda t: added(t, "12个", "占比"))], "a: '12个' is labelled twice", id="one figure twice"),
        pytest.param([broken(lambda t: results(t, "12个")[0]["value"].update(start=3))], "a: a region of '12个' is not where", id="offsets elsewhere"),
        pytest.param([broken(lambda t: t["annotations"][0].pop("result") and t["annotations"][0].update(result=[3]))], "task 1: not as Label Studio writes one", id="no result"),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_named(export, message):
    with pytest.raises(LabelStudioError) as error:
        read_reviews(deepcopy(export))
    assert str(error.value).startswith(message)


# With the corrections that a set has already.


def existing(*rows: dict) -> tuple:
    usual = {
        "article": "a",
        "before": "",
        "after": "",
        "value": "",
        "reason": "早先",
        "who": "李",
        "when": "2026-01-01",
    }
    return parse_corrections((n, usual | row) for n, row in enumerate(rows, 2))


@pytest.mark.parametrize(
    ("old", "edit", "expected"),
    [
        pytest.param({"figure": "12个", "column": "place", "value": "甲区"}, lambda t: None, ["place 甲区"], id="stays"),
        pytest.param({"figure": "12个", "before": "项目", "column": "place", "value": "甲区"}, lambda t: said(t, "12个", "place", "乙区"), ["place 乙区"], id="replaced"),
        pytest.param({"figure": "12个", "column": "place", "value": "甲区"}, lambda t: said(t, "12个", "subject", "丙"), ["place 甲区", "subject 丙"], id="joined"),
        pytest.param({"figure": "12个", "column": "place", "value": "甲区"}, lambda t: dropped(t, "12个"), ["drop"], id="dropped"),
        pytest.param({"article": "b", "figure": "12个", "column": "drop"}, lambda t: dropped(t, "9.2%"), ["drop", "drop"], id="another article's"),
    ],
)  # fmt: skip
def test_lines_of_a_review_join_those_there_are(old, edit, expected):
    before = existing(old)
    article = Article("a", TEXT, corrections=tuple(x for x in before if x.article == "a"))
    export = reviewed(task_of(article))
    edit(export)
    reviews = read_reviews([export])
    after = merged(before, reviews, corrections_of(reviews[0], "r").corrections)
    assert [f"{x.column} {x.value or ''}".strip() for x in after] == expected
    assert rows_after_all(after) == reviews[0].left


def rows_after_all(corrections) -> dict[Span, dict]:
    after = extract(Article("a", TEXT, corrections=tuple(x for x in corrections if x.article == "a")))
    return {Span(x.start, x.end): {name: getattr(x, name) for name in ATTRIBUTES} for x in after.observations}


def test_a_row_added_and_taken_out_again_leaves_no_line():
    rows = [{"column": "add", "value": "count"}, {"column": "indicator", "value": "年份"}, {"column": "unit", "value": "年"}, {"column": "value", "value": "2023"}]  # fmt: skip
    before = existing(*({"figure": "2023年"} | row for row in rows))
    export = reviewed(task_of(Article("a", TEXT, corrections=before)))
    dropped(export, "2023年")
    reviews = read_reviews([export])
    assert merged(before, reviews, corrections_of(reviews[0], "r").corrections) == []


def test_a_row_dropped_and_drawn_again_is_what_the_reviewer_left():
    before = existing({"figure": "12个", "column": "drop"})
    export = reviewed(task_of(Article("a", TEXT, corrections=before)))
    added(export, "12个", "项目数")
    said(export, "12个", "indicator", "重点项目")
    reviews = read_reviews([export])
    after = merged(before, reviews, corrections_of(reviews[0], "r", before).corrections)
    assert "drop" not in {x.column for x in after}
    assert rows_after_all(after) == reviews[0].left


# Gold, and the commands.


def test_gold_of_an_unchanged_review_is_what_was_shown(task, tmp_path):
    (review,) = read_reviews([reviewed(task)])
    (tmp_path / "a.json").write_text(json.dumps(gold(review), ensure_ascii=False), "utf-8")
    rows = read_gold(tmp_path)["a"]
    assert [(row["quote"], row["kind"], row["value"], row["stage"]) for row in rows] == [
        ("121.5亿元", "investment", 12150000000.0, None),
        ("9.2%", "growth_rate", 9.2, None),
        ("12个", "project_count", 12.0, "signed"),
        ("328亿元", "investment", 32800000000.0, "signed"),
    ]


def test_commands_there_and_back(tmp_path, capsys):
    folder = tmp_path / "set"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, "utf-8")
    tasks, config = tmp_path / "tasks.json", tmp_path / "config.xml"
    assert main(["annotate", str(folder), "-o", str(tasks), "--config", str(config)]) == 0
    assert config.read_text("utf-8") == labeling_config()
    export = reviewed(json.loads(tasks.read_text("utf-8"))[0])
    dropped(export, "9.2%")
    (tmp_path / "export.json").write_text(json.dumps([export]), "utf-8")
    call = ["corrections", str(tmp_path / "export.json"), str(folder), "-o", str(corrections_file(folder))]
    assert main([*call, "--gold", str(tmp_path / "gold"), "--who", "李明"]) == 0
    assert "1 articles reviewed, 1 new corrections" in capsys.readouterr().err
    assert [(x.column, x.who) for x in read_corrections(corrections_file(folder))] == [("drop", "李明")]
    assert main(["evaluate", str(folder), str(tmp_path / "gold")]) == 0
    assert "core                   3     3   1.000  1.000  1.000" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["export.json", "set"], "say where to", id="nowhere to write to"),
        pytest.param(["set/a.txt", "set", "-o", "x.csv"], "set/a.txt: ", id="no JSON"),
        pytest.param(["gone.json", "set", "-o", "x.csv"], "gone.json: No such file", id="no file"),
    ],
)
def test_wrong_calls_are_one_line(tmp_path, monkeypatch, capsys, arguments, message):
    monkeypatch.chdir(tmp_path)
    Path("set").mkdir()
    Path("set", "a.txt").write_text(TEXT, "utf-8")
    Path("export.json").write_text("[]", "utf-8")
    assert main(["corrections", *arguments]) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"zhanbao: {message}")
    assert error.count("\n") == 1
