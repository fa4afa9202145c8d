"""The published pages: whole, sealed, linked both ways, their numbers those of the tables, the same each time."""

import base64
import hashlib
import io
import re
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pandas as pd
import pytest
import sites
from fontTools.ttLib import TTFont

from helpers import page, paths, report, wording
from helpers.page import paging
from helpers.page.font import characters_of
from helpers.page.links import article_file
from helpers.page.opening import OpenArticle, problems_shown
from helpers.page.policy import harmless
from helpers.page.text import spans_shown
from helpers.table import observation_table

ROOT = Path(__file__).parents[1]


@pytest.fixture(params=sites.pages(), ids="-".join)
def any_page(request, publish_once) -> sites.Page:
    name, page = request.param
    return sites.read_page(publish_once(name) / f"{page}.html")


@pytest.fixture(scope="module")
def rows(published) -> pd.DataFrame:
    return pd.read_csv(published / "observations.csv", dtype={"article": str})


def file_bytes(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


# One page


def test_elements_are_closed_in_order(any_page):
    assert any_page.wrongly_closed == []
    assert any_page.open == []


def test_ids_are_unique(any_page):
    ids = any_page.values("id")
    assert len(ids) == len(set(ids))


def test_there_is_one_first_heading(any_page):
    assert [tag for tag, _ in any_page.elements].count("h1") == 1


def test_headings_skip_no_level(any_page):
    levels = [int(tag[1]) for tag, _ in any_page.elements if re.fullmatch("h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_language_is_said(any_page):
    assert any_page.elements[0] == ("html", {"lang": "zh-CN"})


def test_nothing_is_loaded_from_elsewhere(any_page):
    loaded = [*any_page.values("src"), *(a["href"] for tag, a in any_page.elements if tag == "link")]
    assert all(source.startswith("data:") for source in loaded)
    assert re.findall(r"url\((?!data:|#)", any_page.source) == []
    assert "@import" not in any_page.source


def test_policy_allows_exactly_what_the_page_holds(any_page):
    policy = next(
        a["content"] for _, a in any_page.elements if a.get("http-equiv") == "Content-Security-Policy"
    )
    inline = re.findall(r"<style>(.*?)</style>|<script>(.*?)</script>", any_page.source, re.DOTALL)
    hashes = {base64.b64encode(hashlib.sha256("".join(one).encode()).digest()).decode() for one in inline}
    assert policy.startswith("default-src 'none';")
    assert set(re.findall(r"'sha256-([^']+)'", policy)) == hashes
    assert "unsafe" not in policy
    assert any_page.values("style") == []


def test_links_end_somewhere(any_page):
    for link in any_page.values("href"):
        if link.startswith(("data:", "https://example.org/")):
            continue
        file, _, fragment = unquote(link).partition("#")
        target = any_page if not file else None
        if file:
            path = any_page.path.parent / file
            assert path.exists(), link
            target = sites.read_page(path) if fragment else None
        if target and fragment:
            assert fragment in target.ids, link


def test_every_character_is_in_the_embedded_font(any_page):
    data = re.search(r"data:font/woff;base64,([^)]+)\)", any_page.source)[1]
    known = set(TTFont(io.BytesIO(base64.b64decode(data))).getBestCmap())
    assert {c for c in characters_of(any_page.source) if ord(c) not in known and not c.isspace()} == set()


def test_page_is_small(any_page):
    limit = 500_000 if any_page.path.parent.name == "articles" else 2_000_000
    assert len(any_page.source.encode()) < limit


def test_words_of_articles_stay_text(any_page):
    assert "onerror" not in {name for _, attributes in any_page.elements for name in attributes}
    assert "onmouseover" not in {name for _, attributes in any_page.elements for name in attributes}
    assert not any(link.startswith("javascript:") for link in any_page.values("href"))
    assert [a.get("type") for tag, a in any_page.elements if tag == "script"] == ["application/json", None]


# Pages against tables


@pytest.mark.parametrize("article", sites.ARTICLES)
def test_rows_of_a_page_are_those_of_the_table(published, rows, article):
    shown = sites.Page(published / f"articles/{article}.html")
    own = rows[rows["article"] == article]
    assert [a["data-row"] for tag, a in shown.elements if tag == "tr" and "data-row" in a] == own[
        "row"
    ].tolist()
    values = [
        float(a["data-sort"]) for tag, a in shown.elements if tag == "td" and a.get("class") == "zb-number"
    ]
    assert values == own["value"].tolist()


@pytest.mark.parametrize("article", sites.ARTICLES)
def test_marked_figures_are_the_quotes(published, rows, article):
    source = (published / f"articles/{article}.html").read_text("utf-8")
    marked = re.findall(r'<a class="zb-figure[^>]*id="t-(\d+)"[^>]*>([^<]*)</a>', source)
    own = rows[rows["article"] == article]
    assert marked == list(zip(own["row"].str[-3:], own["text"], strict=True))


def test_chart_labels_are_values_of_the_table(published, rows):
    source = (published / "index.html").read_text("utf-8")
    words = {wording.value_words(row) for row in rows.to_dict("records")}
    drawn = re.findall(r'<a class="zb-mark"[^>]*data-row.*?</a>', source, re.DOTALL)
    assert drawn
    assert all(any(f">{word}</text>" in mark for word in words) for mark in drawn)


def test_key_figures_are_values_of_the_table(published, rows):
    source = (published / "articles/growth.html").read_text("utf-8")
    by_row = {row["row"]: wording.value_words(row) for row in rows.to_dict("records")}
    figures = re.findall(
        r'<a href="#t-\d+" data-row="([^"]*)"><span[^>]*>[^<]*</span><strong>([^<]*)</strong>', source
    )
    assert len(figures) >= 4
    assert all(by_row[row] == value for row, value in figures)


def test_tables_are_for_excel(published):
    assert (published / "observations.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    sheet = pd.read_excel(published / "observations.xlsx")
    assert sheet["row"].tolist() == pd.read_csv(published / "observations.csv")["row"].tolist()


# A set as a whole


def publish(folder: Path, monkeypatch, **options) -> Path:
    monkeypatch.setattr(paths, "PROCESSED", folder / "processed")
    articles = folder / "small"
    if not articles.exists():
        sites.write_articles(articles)
    return report.publish(articles, folder / "site", progress=False, **options)


def test_same_input_same_bytes(published, monkeypatch):
    again = published.parent / "again"
    monkeypatch.setattr(paths, "PROCESSED", published.parent / "processed")
    pages = sites.EVERY_PAGE
    report.publish(published.parent / "small", again, progress=False, jobs=1, article_pages=pages)
    first, second = file_bytes(published), file_bytes(again)
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_old_reports_stay_if_new_ones_fail(tmp_path, monkeypatch):
    old = tmp_path / "site" / "index.html"
    old.parent.mkdir()
    old.write_text("old")
    monkeypatch.setattr(report, "make_pages", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        publish(tmp_path, monkeypatch)
    assert old.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_folder_of_other_things_is_not_replaced(tmp_path, monkeypatch):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "thesis.txt").write_text("mine")
    with pytest.raises(report.ReportError, match="other than reports"):
        publish(tmp_path, monkeypatch)


def test_without_the_text_no_sentence_is_published(tmp_path, monkeypatch):
    publish(tmp_path, monkeypatch, full_text="none")
    for path in (tmp_path / "site").rglob("*"):
        if path.suffix in {".html", ".csv", ".ipynb"}:
            assert "完成工业投资121.5亿元，新签约" not in path.read_text("utf-8"), path


def test_problems_quote_nothing_where_no_text_is_published():
    told = pd.DataFrame(
        {
            "article": ["a", "b"],
            "cause": ["set_aside", "empty"],
            "detail": ["不是统计数字：三类500强", "文件中没有文字"],
        }
    )
    assert problems_shown(told, "none")["detail"].tolist() == ["不是统计数字", "文件中没有文字"]
    assert problems_shown(told, "figures")["detail"].tolist() == told["detail"].tolist()
    assert problems_shown(told.head(0), "none").empty


def test_unknown_choices_are_named():
    with pytest.raises(report.ReportError, match="half"):
        report.publish(Path("anything"), full_text="half")
    with pytest.raises(wording.LanguageError, match="fr"):
        report.publish(Path("anything"), language="fr")


# Pieces


@pytest.fixture
def opened(observe):
    """Return a maker of an open article around rows made by hand."""

    def article(text="规模工业增加值同比增长8.4%。", *changes, full_text="full"):
        rows = observation_table(
            [observe(start=text.find("8.4%"), end=text.find("8.4%") + 4, **c) for c in changes]
        )
        about = dict.fromkeys(("title", "source", "url", "author", "published", "place")) | {
            "article": "a",
            "text": text,
        }
        rows = rows.assign(link="#t-" + rows["row"].str[-3:])
        return OpenArticle("a", about, text, rows, (), (), pd.DataFrame(), full_text)

    return article


def test_text_is_escaped_around_marks(opened):
    html = page.article_text(opened("<b>x</b>增长8.4%&。", {})).html
    assert "&lt;b&gt;x&lt;/b&gt;增长<a " in html
    assert ">8.4%</a>&amp;。" in html


def test_figures_of_one_span_keep_a_place_each(opened):
    html = page.article_text(opened("增长8.4%。", {}, {"indicator": "税收"})).html
    assert html.count(">8.4%</a>") == 1
    assert sorted(re.findall(r'id="(t-\d+)"', html)) == ["t-001", "t-002"]


def test_only_sentences_with_figures(opened):
    article = opened("春天来了。规模工业增加值同比增长8.4%。柳树绿了。", {}, full_text="figures")
    html = page.article_text(article).html
    assert "规模工业增加值同比增长" in html
    assert "春天" not in html
    assert "柳树" not in html
    assert [span for span, _ in spans_shown(article.text, article.rows, "none")] == []


def test_a_thousand_rows_fit_a_page(observe):
    rows = observation_table(observe(start=n, end=n + 4) for n in range(1500))
    html = page.whole_table(rows.assign(link="#x")).html
    assert html.count("<tr id=") == 1000
    assert "其余500个" in html
    assert len(html) < 600_000


def test_key_figures_of_nothing_say_so(opened):
    assert "没有找到任何数字" in page.key_figures(opened().rows).html


@pytest.mark.parametrize(
    ("article", "file"),
    [("seed-004", "seed-004"), ("湖南日报", "湖南日报"), ("a/b", "a_b-c14cdd"), ("..", "-5ec1f7")],
)
def test_article_files(article, file):
    assert article_file(article)[:3] == file[:3]
    assert "/" not in article_file(article)
    assert not article_file(article).startswith(".")


def test_foreign_output_is_made_harmless():
    html = '<div style="color:red" onclick="x()">a<script>alert(1)</script></div>'
    assert harmless(html) == "<div>a</div>"


# Languages


def labels() -> set[str]:
    """Return every label that the code says, read from its source."""
    said = re.compile(r'\bsay\(\s*"([^"]+)"')
    parts = ("charts/*.py", "page/*.py", "report/making.py")
    files = [path for part in parts for path in (ROOT / "src" / "helpers").glob(part)]
    return {label for file in files for label in said.findall(file.read_text("utf-8"))}


def notes() -> set[str]:
    """Return the notes of checks, which are said where they are shown."""
    lines = "\n".join(path.read_text("utf-8") for path in (ROOT / "src" / "helpers" / "checks").glob("*.py"))
    return set(re.findall(r'^[A-Z_]+ = "([\u4e00-\u9fff][^"{]+)"$', lines, re.MULTILINE))


def test_every_label_has_its_english():
    words = (wording.KIND_WORDS, wording.STAGE_WORDS, wording.BASIS_WORDS, wording.STATUS_WORDS)
    words += (page.checks.VERDICT_WORDS, page.checks.CHECK_WORDS)
    wanted = labels() | notes() | {word for table in words for word in table.values()}
    assert wanted - wording.english().keys() == set()


def test_english_keeps_the_fields():
    fields = re.compile(r"{\w+}")
    for chinese, english in wording.english().items():
        assert sorted(fields.findall(chinese)) == sorted(fields.findall(english)), chinese


@pytest.mark.parametrize(
    ("language", "lang", "label"), [("zh-Hant", "zh-Hant", "簽約項目"), ("en", "en", "Growth rate")]
)
def test_languages(tmp_path, monkeypatch, language, lang, label):
    publish(tmp_path, monkeypatch, language=language)
    source = (tmp_path / "site" / "articles" / "growth.html").read_text("utf-8")
    assert f'<html lang="{lang}">' in source
    assert label in source
    wording.set_language("zh-Hans")


def test_traditional_text_leaves_tags_alone():
    wording.set_language("zh-Hant")
    try:
        assert (
            wording.in_script('<a href="#发" title="发展">发展</a>') == '<a href="#发" title="發展">發展</a>'
        )
    finally:
        wording.set_language("zh-Hans")


# What became no row


def test_numbers_set_aside_are_notes_not_faults():
    problems = [
        ("a", "set_aside", "不是统计数字（名称）：500强"),
        ("b", "damaged_figure", "数字紧邻损坏的文字：8.?%"),
    ]
    html = str(page.problems_met(pd.DataFrame(problems, columns=["article", "cause", "detail"])).html)
    faults, notes = html.split("<details", 1)
    assert "8.?%" in faults
    assert "500强" in notes
    assert "set_aside" not in html


# Large sets


@pytest.fixture(scope="module")
def large(publish_once) -> Path:
    return publish_once("large")


def test_every_row_of_a_large_set_stands_on_one_page_of_rows(large):
    shown = [
        row for path in sorted((large / "rows").glob("*.html")) for row in sites.Page(path).values("data-row")
    ]
    rows = pd.read_csv(large / "observations.csv", usecols=["row"])["row"]
    assert len(rows) > paging.SHOWN_AT_ONCE
    assert sorted(shown) == sorted(rows)


def test_overview_of_a_large_set_leads_to_every_page_of_rows(large):
    links = set(sites.read_page(large / "index.html").values("href"))
    assert {f"rows/{path.name}" for path in (large / "rows").iterdir()} <= links


def test_only_so_many_articles_of_a_large_set_get_pages(large):
    assert sorted(path.stem for path in (large / "articles").glob("*.html")) == ["a000", "a001"]
    assert sorted(path.stem for path in (large / "articles").glob("*.csv")) == ["a000", "a001"]


def test_originals_of_copies_get_pages_too():
    articles = pd.DataFrame(
        {"article": ["a", "b", "c"], "observations": [1, 2, 9], "duplicate_of": [None, None, "a"]}
    )
    assert paging.articles_with_pages(articles, 1) == {"a", "c"}


def test_rows_of_a_set_are_paged_by_kind_and_place(observe, monkeypatch):
    monkeypatch.setattr(paging, "SHOWN_AT_ONCE", 3)
    monkeypatch.setattr(paging, "ROWS_A_PAGE", 2)
    places = ("郴州市", None, "长沙市", "株洲市")
    rows = observation_table([observe(place=place, start=n, end=n + 4) for n, place in enumerate(places)])
    assert [page.file for page in paging.row_pages(rows)] == ["rows/growth_rate-001", "rows/growth_rate-002"]
    assert [page.rows["place"].fillna("–").tolist() for page in paging.row_pages(rows)] == [
        ["长沙市", "株洲市"],
        ["郴州市", "–"],
    ]
    assert paging.row_pages(rows.head(3)) == []
