"""Corrections on the pages: shown with their old value, and made from the line that a row of the report gives."""

import csv
import html
import io
import re
from pathlib import Path

import pandas as pd
import pytest
import sites

from helpers import page, paths, report, wording
from helpers.correction import COLUMNS
from helpers.page.opening import open_article

TEXT = "1至3月，株洲市工业投资同比增长8.4%，商业投资下降8.4%。新签约项目18个，总投资70亿元。"
HOSTILE = '"><script>alert(1)</script>'


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.setattr(paths, "PROCESSED", tmp_path / "processed")
    folder = tmp_path / "set"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, "utf-8")
    return folder


def publish(folder: Path, **options) -> Path:
    return report.publish(folder, folder.parent / "site", progress=False, **options).parent


def lines_of(site: Path) -> list[str]:
    source = (site / "articles" / "a.html").read_text("utf-8")
    cells = re.findall(r'<td class="zb-fix">.*?<code class="zb-line">(.*?)</code>', source)
    return [html.unescape(cell) for cell in cells]


def fill_in(line: str, **cells: str) -> str:
    """Return a line of the report as an analyst completes it, through any editor that knows CSV."""
    (row,) = csv.reader([line])
    filled = (
        dict(zip(COLUMNS, row, strict=True)) | {"reason": "看错", "who": "李明", "when": "2026-03-05"} | cells
    )
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerow(filled[name] for name in COLUMNS)
    return file.getvalue()


def correct(folder: Path, *lines: str) -> None:
    (folder / "corrections.csv").write_text(",".join(COLUMNS) + "\n" + "".join(lines), "utf-8")


def test_the_line_of_a_row_corrects_that_row(folder):
    site = publish(folder)
    before = pd.read_csv(site / "observations.csv")
    assert len(lines_of(site)) == len(before)
    falling = before.index[before["value"] == -8.4][0]
    correct(folder, fill_in(lines_of(site)[falling], column="indicator", value=HOSTILE))
    site = publish(folder)
    after = pd.read_csv(site / "observations.csv")
    assert after.drop(columns=["indicator", "corrected"]).equals(
        before.drop(columns=["indicator", "corrected"])
    )
    assert after["indicator"].compare(before["indicator"]).values.tolist() == [[HOSTILE, "商业投资"]]
    assert after["corrected"].dropna().tolist() == [f"indicator: 商业投资 → {HOSTILE}"]
    for name in ("index", "articles/a"):
        shown = sites.Page(site / f"{name}.html")
        assert "人工更正了1处" in shown.text
        assert re.search(r"<del>商业投资</del> → <ins>&#34;&gt;&lt;script&gt;", shown.source)
        assert shown.wrongly_closed == []
        assert [a.get("type") for tag, a in shown.elements if tag == "script"] == ["application/json", None]
    marked = re.findall(
        r'<tr id="(r-\d+)"(?:(?!</tr>).)*zb-corrected', (site / "articles/a.html").read_text("utf-8")
    )
    assert marked == [f"r-{falling + 1:03}"]
    correct(folder)
    assert pd.read_csv(publish(folder) / "observations.csv").equals(before)


def test_lines_are_those_of_the_text_in_any_script(folder):
    plain = lines_of(publish(folder))
    try:
        assert lines_of(publish(folder, language="zh-Hant")) == plain
    finally:
        wording.set_language("zh-Hans")


@pytest.mark.parametrize(
    ("full_text", "lines"),
    [
        pytest.param("full", ["资同比增长", "商业投资下", "新签约项目", "，总投资"], id="full"),
        pytest.param(
            "figures", ["资同比增长", "商业投资下", "新签约项目", "，总投资"], id="sentences with figures"
        ),
        pytest.param("none", [None, None, "a,18个,,,,,,,", "a,70亿元,,,,,,,"], id="no text"),
    ],
)
def test_lines_hold_no_more_than_is_published(folder, full_text, lines):
    rows = open_article(folder, "a", full_text=full_text).rows
    for line, wanted in zip(rows["line"], lines, strict=True):
        assert line is None or line != line if wanted is None else wanted in line


def test_rows_dropped_and_added_are_shown(folder):
    correct(
        folder,
        "a,18个,,,drop,,重复,李明,2026-03-05\n",
        "a,株洲市,,,add,count,试,李明,2026-03-05\n",
        *(f"a,株洲市,,,{column},{value},试,李明,2026-03-05\n" for column, value in {"indicator": "市", "value": "1", "unit": "个"}.items()),
    )  # fmt: skip
    shown = page.corrections_made(open_article(folder, "a")).html
    assert "<del>项目数 18 project" in shown
    assert "<ins>其他计数 1 个 市</ins>" in shown
    assert "人工更正了2处" in shown


def test_no_correction_no_section(folder):
    assert page.corrections_made(open_article(folder, "a")).html == ""
