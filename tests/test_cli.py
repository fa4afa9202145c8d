"""The commands as a person calls them: what they print, where to, and with which exit code."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from documents import zipped

from helpers.clean import Byline, CleanText
from helpers.cli import main
from helpers.cli.one_article import repair_lines
from helpers.paths import PACKAGE

TEXT = "1-11月,郴州市规模工业增加值同比增长8.4%。新签约项目32个,总投资328亿元。\n"


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "set"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, "utf-8")
    return folder


def run(*arguments: object, **options) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "helpers", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, **options)


# extract


@pytest.mark.parametrize("ending", ["csv", "parquet", "jsonl", "xlsx"])
def test_extract_writes_the_format_its_ending_names(folder, tmp_path, ending):
    assert main(["extract", str(folder), "-o", str(tmp_path / f"rows.{ending}")]) == 0
    readers = {"csv": pd.read_csv, "parquet": pd.read_parquet, "xlsx": pd.read_excel}
    read = readers.get(ending, lambda path: pd.read_json(path, lines=True))
    rows = read(tmp_path / f"rows.{ending}")
    assert {"growth_rate", "project_count", "investment"} <= set(rows["kind"])
    assert 8.4 in rows["value"].tolist()


def test_extract_prints_csv_on_standard_output(folder, capsys):
    assert main(["extract", str(folder), "-o", "-"]) == 0
    assert capsys.readouterr().out.startswith("article,kind,value,unit")


def test_extract_converts_sums_at_the_rates_given(folder, tmp_path):
    (folder / "b.txt").write_text("2023年，株洲市实际使用外资4478万美元。", "utf-8")
    for output in ("rows.parquet", "parts/"):
        arguments = ["extract", str(folder), "-o", f"{tmp_path}/{output}", "--rates", "USD=7.0827@2023-12-29"]
        assert main(arguments) == 0
    for path in (tmp_path / "rows.parquet", tmp_path / "parts" / "observations" / "part-00000.parquet"):
        rows = pd.read_parquet(path).set_index("text")
        assert rows.loc["4478万美元", "converted"] == 317163306.0


def test_extract_joins_several_sets(folder, tmp_path):
    (tmp_path / "b.txt").write_text(TEXT, "utf-8")
    assert main(["extract", str(folder), str(tmp_path / "b.txt"), "-o", str(tmp_path / "rows.parquet")]) == 0
    assert set(pd.read_parquet(tmp_path / "rows.parquet")["article"]) == {"a", "b"}


def test_extract_marks_copies_across_sets(tmp_path):
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").write_text(TEXT, "utf-8")
    sets = [str(tmp_path / "here"), str(tmp_path / "there")]
    assert main(["extract", *sets, "-o", str(tmp_path / "rows.parquet")]) == 0
    rows = pd.read_parquet(tmp_path / "rows.parquet").set_index("article")
    assert rows.loc["there", "repeat_of"].tolist() == rows.loc["here", "row"].tolist()


def test_no_line_on_the_terminal_is_in_two_languages(folder, capsys):
    (folder / "no_text.csv").write_text("article,words\na,投资5亿元\n", "utf-8")
    (folder / "no_csv.csv").write_text('text\n"投资5亿元', "utf-8")
    (folder / "no_encoding.csv").write_bytes(b"text\n\x81\xff\xff")
    (folder / "no_date.csv").write_text("article,text,published\nx,投资5亿元,2023-13\n", "utf-8")
    (folder / "no_table.parquet").write_bytes(b"PAR1")
    (folder / "no_lines.jsonl").write_text("{\n", "utf-8")
    (folder / "no_page.docx").write_bytes(b"PK")
    (folder / "threshold.txt").write_text("郴州市投产一批10亿元以上项目。", "utf-8")
    assert main(["extract", str(folder), "-o", "-"]) == 0
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 8
    for line in lines:
        assert not (re.search("[㐀-鿿]", line) and re.search("[A-Za-z]{3,} [A-Za-z]{3,}", line)), line


def test_extract_lists_what_it_cannot_read_and_goes_on(folder, capsys):
    (folder / "empty.txt").touch()
    assert main(["extract", str(folder), "-o", "-"]) == 0
    assert capsys.readouterr().err == "zhanbao: empty：文件中没有文字（empty）\n"


def test_figures_that_became_no_row_are_counted_not_listed(tmp_path, capsys):
    (tmp_path / "a.txt").write_text(
        "郴州市投产一批10亿元以上项目。\n衡阳市签约一批5亿元以上项目。\n", "utf-8"
    )
    assert main(["extract", str(tmp_path / "a.txt"), "-o", "-"]) == 0
    error = capsys.readouterr().err
    assert error.startswith("zhanbao: figures read that became no row: ")
    assert error.count("\n") == 1


def test_extract_survives_a_reader_that_leaves(folder):
    writer = subprocess.Popen(
        [sys.executable, "-m", "helpers", "extract", str(folder), "-o", "-"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    writer.stdout.close()
    assert writer.stderr.read() == b""
    assert writer.wait() == 141


# One line for what is wrong.

ERRORS = [
    pytest.param(["extract", "nowhere", "-o", "-"], "nowhere: no such file or folder", id="missing folder"),
    pytest.param(["extract", "bare", "-o", "-"], "bare: holds no articles", id="folder without articles"),
    pytest.param(["extract", "set", "-o", "rows.doc"], "rows.doc: not a kind of file", id="unknown ending"),
    pytest.param(["extract", "set", "set", "-o", "-"], "set: article 'a' is in set too", id="one set twice"),
    pytest.param(["explain", "two"], "two: holds several articles", id="two articles where one is asked for"),
    pytest.param(["evaluate", "set", "bare"], "bare: holds no gold annotations", id="no gold"),
    pytest.param(["report", "set", "--language", "fr"], "language 'fr' is none of", id="unknown language"),
    pytest.param(
        ["report", "set", "--full-text", "half"], "full_text 'half' is none of", id="unknown extent"
    ),
    pytest.param(
        ["extract", "set", "-o", "-", "--rates", "USD=7"],
        "rate 'USD=7' is not like",
        id="rate without a date",
    ),
    pytest.param(
        ["report", "set", "--rates", "CNY=1@2023-12-29"],
        "rate of CNY is given",
        id="rate of the currency itself",
    ),
    pytest.param(["report", "nowhere"], "nowhere: no such file or folder", id="report of nothing"),
]


@pytest.mark.parametrize(("arguments", "message"), ERRORS)
def test_error_is_one_line_and_exit_code_2(folder, capsys, monkeypatch, arguments, message):
    monkeypatch.chdir(folder.parent)
    Path("bare").mkdir()
    Path("two").mkdir()
    for name in ("a", "b"):
        Path("two", f"{name}.txt").write_text(TEXT, "utf-8")
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith(f"zhanbao: {message}")
    assert captured.err.count("\n") == 1
    assert captured.out == ""


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["extract", "set"],
        ["unknown"],
        ["report", "set", "--jobs", "0"],
        ["report", "set", "--limits", "nonsense=1"],
        ["extract", "set", "--jobs", "two"],
    ],
    ids=" ".join,
)
def test_wrong_call_says_how_it_goes(arguments, capsys):
    with pytest.raises(SystemExit) as exit_:
        main(arguments)
    assert exit_.value.code == 2
    assert "usage: zhanbao" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["clean", "explain"])
def test_article_that_cannot_be_shown_is_exit_code_1(tmp_path, capsys, command):
    (tmp_path / "image.txt").write_bytes(b"\x89PNG\0")
    assert main([command, str(tmp_path / "image.txt")]) == 1
    assert capsys.readouterr().err == "zhanbao: image：不是文本文件(含有空字节)（undecodable）\n"


# clean, explain, evaluate


def test_clean_prints_the_text(folder, capsys):
    assert main(["clean", str(folder / "a.txt")]) == 0
    assert "规模工业增加值同比增长8.4%" in capsys.readouterr().out


def test_clean_explains_each_repair(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("工業投資(zī)增長8.4%。\n", "utf-8")
    assert main(["clean", str(tmp_path / "a.txt"), "--explain"]) == 0
    captured = capsys.readouterr()
    lines = captured.out.splitlines()
    assert lines
    assert all(len(line.split("\t")) == 4 and " → " in line for line in lines)
    assert captured.err.startswith(f"zhanbao: a: {len(lines)} repairs (")
    assert captured.err.endswith(" characters changed only script or width\n")


def test_what_changed_only_script_or_width_is_counted_apart(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("衡陽市工業經(jīng)濟增長8．4%。", "utf-8")
    assert main(["clean", str(tmp_path / "a.txt"), "--explain"]) == 0
    assert capsys.readouterr().err == (
        "zhanbao: a: 1 repairs (1 reading); 6 characters changed only script or width\n"
    )


def test_clean_explains_what_cannot_be_repaired(capsys):
    cleaned = CleanText("增长8.?%", "增长8.?%", (), ((2, 6),), Byline())
    assert list(repair_lines(cleaned)) == [
        "2:6\tdamaged\t'8.?%' → ?\tcannot be repaired; no figure is read from it"
    ]


def test_explain_shows_the_figure_in_its_sentence_and_every_attribute(folder, capsys):
    assert main(["explain", str(folder / "a.txt")]) == 0
    out = capsys.readouterr().out
    assert "同比增长【8.4%】" in out
    block = out[out.index("a-001  growth_rate 8.4 percent") :].split("\n\n")[0]
    for line in (
        "indicator  规模工业增加值",
        "place      郴州市",
        "basis      yoy",
        "not said   subject, stage",
    ):
        assert f"\n  {line}" in block
    assert "同比 [" in block


@pytest.mark.parametrize("command", ["clean", "explain"])
@pytest.mark.parametrize("form", ["folder", "zip", "csv"])
def test_an_article_of_a_set_is_named_after_it(tmp_path, capsys, form, command):
    path = tmp_path / ("set" if form == "folder" else f"set.{form}")
    texts = {"a": TEXT, "b": TEXT.replace("8.4", "9.9")}
    if form == "folder":
        path.mkdir()
        for name, text in texts.items():
            (path / f"{name}.txt").write_text(text, "utf-8")
    elif form == "zip":
        path.write_bytes(zipped({f"{name}.txt": text.encode() for name, text in texts.items()}))
    else:
        pd.DataFrame({"article": texts.keys(), "text": texts.values()}).to_csv(path, index=False)
    assert main([command, str(path), "b"]) == 0
    assert "9.9%" in capsys.readouterr().out
    assert main([command, str(path)]) == 2
    assert capsys.readouterr().err == (
        f"zhanbao: {path}: holds several articles; say which after the path: a, b\n"
    )
    assert main([command, str(path), "bb"]) == 2
    assert capsys.readouterr().err == f"zhanbao: {path}: no article 'bb'; did you mean 'b'?\n"


def test_explain_says_why_an_article_of_a_set_cannot_be_read(folder, capsys):
    (folder / "empty.txt").touch()
    assert main(["explain", str(folder), "empty"]) == 1
    assert capsys.readouterr().err == "zhanbao: empty：文件中没有文字（empty）\n"


def test_explain_shows_what_became_no_row(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("郴州市投产一批10亿元以上项目。\n", "utf-8")
    assert main(["explain", str(tmp_path / "a.txt")]) == 0
    assert "\nread, but no row:\n  set_aside" in capsys.readouterr().out


def test_evaluate_prints_scores_and_errors(folder, tmp_path, capsys):
    gold = {
        "kind": "growth_rate",
        "value": 8.4,
        "unit": "percent",
        "bound": "exact",
        "indicator": "规模工业增加值",
        "place": "衡阳市",
        "period": None,
        "status": "actual",
        "basis": "yoy",
        "quote": "8.4%",
    }
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "a.json").write_text(json.dumps({"article": "a", "observations": [gold]}), "utf-8")
    assert main(["evaluate", str(folder), str(tmp_path / "gold"), "--errors"]) == 0
    out = capsys.readouterr().out
    assert "1 gold articles" in out
    assert "place: gold '衡阳市', found '郴州市'" in out


def test_module_does_the_same_as_the_command(folder):
    finished = run("clean", folder / "a.txt")
    assert (finished.returncode, finished.stderr) == (0, "")
    assert "8.4%" in finished.stdout


def test_output_is_utf8_in_any_locale(folder):
    environment = {
        "LC_ALL": "C",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONUTF8": "0",
        "PYTHONPATH": str(
            PACKAGE.parent
        ),  # a checkout below a Chinese name is not found by its .pth file then
    }
    finished = run("clean", folder / "a.txt", env=environment)
    assert "增长8.4%" in finished.stdout


def test_limits_of_a_run_are_told_on_the_command_line(folder, capsys, monkeypatch):
    monkeypatch.setenv("ZHANBAO_LIMITS", "")
    assert main(["extract", str(folder), "-o", "-", "--limits", "characters=5"]) == 0
    assert "（too_long）" in capsys.readouterr().err
