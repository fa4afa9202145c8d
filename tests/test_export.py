"""Files are whole or not there, the same bytes twice, and no text in them is run by a spreadsheet."""

import re
import subprocess
import sys
import zipfile

import pandas as pd
import pytest

from helpers.export import ExportError, csv_text, write_table
from helpers.storage import StorageError, folder_beside
from helpers.table import observation_table

ENDINGS = ["csv", "parquet", "jsonl", "xlsx"]


@pytest.fixture
def table(observe):
    return observation_table([observe(), observe(start=50, end=54, place=None)])


def read(path):
    texts = {"place_code": "str"}  # digits that are no number
    readers = {
        ".csv": lambda: pd.read_csv(path, encoding="utf-8-sig", dtype=texts),
        ".parquet": lambda: pd.read_parquet(path),
        ".jsonl": lambda: pd.read_json(path, lines=True, dtype=texts),
        ".xlsx": lambda: pd.read_excel(path, dtype=texts),
    }
    return readers[path.suffix]()


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_format_holds_every_cell(tmp_path, table, ending):
    path = tmp_path / "new" / f"rows.{ending}"
    write_table(table, path)
    as_text = [frame.astype(object).where(frame.notna(), None).astype(str) for frame in (read(path), table)]
    pd.testing.assert_frame_equal(*as_text)


def test_parquet_keeps_the_types(tmp_path, table):
    write_table(table, tmp_path / "rows.parquet")
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "rows.parquet"), table)


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_format_takes_a_table_without_rows(tmp_path, table, ending):
    write_table(table.iloc[:0], tmp_path / f"rows.{ending}")
    assert read(tmp_path / f"rows.{ending}").empty


@pytest.mark.parametrize("ending", ENDINGS)
def test_same_table_gives_same_bytes(tmp_path, table, ending):
    paths = [tmp_path / name / f"rows.{ending}" for name in ("one", "other")]
    for path in paths:
        write_table(table, path)
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_workbook_does_not_tell_when_it_was_written(tmp_path, table):
    write_table(table, tmp_path / "rows.xlsx")
    with zipfile.ZipFile(tmp_path / "rows.xlsx") as book:
        assert {entry.date_time[0] for entry in book.infolist()} == {1980}
        assert set(re.findall(rb"(\d{4})-\d\d-\d\dT", book.read("docProps/core.xml"))) == {b"2000"}


def test_csv_opens_in_excel(tmp_path, table):
    write_table(table, tmp_path / "rows.csv")
    assert (tmp_path / "rows.csv").read_bytes().startswith(b"\xef\xbb\xbfarticle,kind,value")


FORMULAS = ["=1+1", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", '=HYPERLINK("http://example.com")']


@pytest.mark.parametrize("text", FORMULAS)
def test_text_of_an_article_is_no_formula_in_csv(text):
    assert csv_text(pd.DataFrame({"title": [text]})).splitlines()[1].strip('"').startswith("'")


@pytest.mark.parametrize("text", ["-0.6%", "+8.4", "-1,218.56", "18个", "", "'quoted"])
def test_harmless_text_stays_in_csv(text):
    assert csv_text(pd.DataFrame({"title": [text, "x"]})).splitlines()[1].strip('"') == text


def test_negative_number_stays_a_number():
    assert csv_text(pd.DataFrame({"value": [-0.6]})) == "value\n-0.6\n"


@pytest.mark.parametrize("text", FORMULAS)
def test_text_of_an_article_is_text_in_excel(tmp_path, text):
    write_table(pd.DataFrame({"title": [text], "value": [-0.6]}), tmp_path / "rows.xlsx")
    with zipfile.ZipFile(tmp_path / "rows.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"<hyperlink" not in sheet
    assert pd.read_excel(tmp_path / "rows.xlsx").iloc[0].tolist() == [text, -0.6]


def test_unknown_ending_is_named(tmp_path, table):
    with pytest.raises(ExportError, match=r"rows\.doc: not a kind of file that is written"):
        write_table(table, tmp_path / "rows.doc")


def test_failed_write_leaves_the_old_file_and_nothing_beside_it(tmp_path, table, monkeypatch):
    path = tmp_path / "rows.csv"
    write_table(table, path)
    before = path.read_bytes()
    monkeypatch.setattr("helpers.export.csv_text", lambda df: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_table(table, path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_workbook_shows_sums_whole(tmp_path, table):
    write_table(table.assign(value=32_800_000_000.0), tmp_path / "rows.xlsx")
    with zipfile.ZipFile(tmp_path / "rows.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    widths = {
        table.columns[number - 1]: float(width)
        for first, last, width in re.findall(r'<col min="(\d+)" max="(\d+)" width="([\d.]+)"', sheet)
        for number in range(int(first), int(last) + 1)
    }
    assert widths["value"] >= len("32800000000")
    assert widths["indicator"] >= 2 * len("规模工业增加值")


# What runs leave beside the files.


def test_what_a_killed_run_has_left_is_cleared_away(tmp_path, table):
    path = tmp_path / "rows.csv"
    code = (
        "import os, pathlib, helpers.storage as e\n"
        f"with e.folder_beside(pathlib.Path({str(path)!r})): os._exit(9)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 9
    assert [left.name.startswith(".rows.csv.") for left in tmp_path.iterdir()] == [True]
    write_table(table, path)
    assert list(tmp_path.iterdir()) == [path]


def test_what_another_run_is_writing_is_left_alone(tmp_path, table):
    path = tmp_path / "rows.csv"
    with folder_beside(path) as theirs:
        write_table(table, path)
        assert theirs.is_dir()
    assert list(tmp_path.iterdir()) == [path]


def test_place_that_cannot_be_written_to_is_named(tmp_path, table):
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match=r"file/rows\.csv: cannot be written \(File exists\)"):
        write_table(table, tmp_path / "file" / "rows.csv")
