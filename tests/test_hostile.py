"""A set of files that mean no good goes through: each is tabulated or listed with its reason, and none is run."""

import csv
import io
import json
import re
import shutil
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import hostile
import pandas as pd
import pytest
import sites

from helpers.article import identifier

CHROMIUM = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)  # fmt: skip
RUNS = re.compile(r"^\s*(?:javascript|data|vbscript):", re.I)


@pytest.fixture(scope="module")
def site(publish_once) -> Path:
    return publish_once("hostile")


@pytest.fixture(scope="module")
def tables(site) -> Path:
    (folder,) = (site.parent / "processed").iterdir()
    return folder


@pytest.fixture(scope="module")
def causes(tables) -> dict[str, set[str]]:
    """Return what each article met: the causes of its problems."""
    found: dict[str, set[str]] = {}
    for row in rows_of(tables / "problems.csv"):
        found.setdefault(row["article"].removeprefix("'"), set()).add(row["cause"])
    return found


@pytest.fixture(scope="module")
def articles(tables) -> set[str]:
    return set(pd.read_parquet(tables / "articles.parquet")["article"])


@pytest.fixture(scope="module")
def fate(tmp_path_factory) -> dict[str, str]:
    return hostile.write(tmp_path_factory.mktemp("hostile") / "set")


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))


def ids_of(name: str) -> set[str]:
    return {identifier(Path(name).stem), identifier(name)}


def test_there_are_300_files(fate):
    assert len(fate) >= 300


def test_every_file_is_tabulated_or_listed_with_its_reason(fate, articles, causes):
    lost = [
        name
        for name, becomes in fate.items()
        if becomes not in ("hidden", "archive") and not ids_of(name) & (articles | causes.keys()) and f"{Path(name).stem}:1" not in causes
    ]  # fmt: skip
    assert lost == []


def test_files_become_what_they_should(fate, articles, causes):
    wrong = {
        name: becomes
        for name, becomes in fate.items()
        if (becomes == hostile.READ and not ids_of(name) & articles)
        or (becomes not in (hostile.READ, "any", "archive", "hidden", "problem") and becomes not in set().union(*(causes.get(one, set()) for one in ids_of(name))))
    }  # fmt: skip
    assert wrong == {}


def test_every_entry_of_an_archive_is_tabulated_or_listed(articles, causes):
    told = articles | causes.keys()
    assert {f"{script}-{n}" for n, script in enumerate(hostile.SCRIPTS)} <= told
    assert {f"{'../' * n}etc/passwd{n}" for n in range(1, 4)} <= articles
    assert {f"bundle-evil{n}" for n in range(1, 5)} | {"bundle-absolute", "bundle-c", "bundle-空"} <= articles
    assert {"bundle-in.zip", "bundle-bomb.txt"} | {f"bomb-{n}.txt" for n in range(20)} <= causes.keys()
    assert sum("empty" in found for found in causes.values()) >= 300


def test_secrets_outside_the_set_are_not_read(tables):
    assert not any("root:" in text for text in pd.read_parquet(tables / "articles.parquet")["text"])


def test_nothing_is_written_outside_the_site(site):
    beside = {path.name for path in site.parent.iterdir()}
    assert beside <= {"site", "processed", "hostile", "lock"}
    assert all(len(path.name.encode()) < 255 for path in site.rglob("*"))


def test_no_cell_of_a_table_is_a_formula(site, tables):
    for path in [*site.rglob("*.csv"), *tables.glob("*.csv")]:
        for row in rows_of(path):
            for column, cell in row.items():
                if cell[:1] in ("=", "+", "-", "@", "\t", "\r"):
                    assert re.fullmatch(r"[+-][\d.,]+(?:[eE][+-]\d+)?%?", cell), (path.name, column, cell)
    with zipfile.ZipFile(site / "observations.xlsx") as book:
        assert b"<f>" not in b"".join(book.read(name) for name in book.namelist())
        assert b"hyperlink" not in book.read("xl/worksheets/sheet1.xml")


class Elements(HTMLParser):
    """The elements of a piece of HTML and their attributes."""

    def __init__(self, html: str):
        super().__init__()
        self.found: list[tuple[str, dict]] = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))


def of_others(elements: list[tuple[str, dict]]) -> list[tuple[str, dict]]:
    """Return the elements that are none of ours: those that run something, load something, or lead to a script."""
    return [
        (tag, attributes)
        for tag, attributes in elements
        if tag in {"iframe", "math", "object", "embed", "img", "base"}
        or any(name.startswith("on") or name == "srcdoc" for name in attributes)
        or (RUNS.match(attributes.get("href") or "") and tag != "link")
    ]


def test_pages_hold_no_element_of_an_article(site):
    for path in site.rglob("*.html"):
        elements = sites.read_page(path).elements
        assert of_others(elements) == [], path.name
        assert [tag for tag, _ in elements].count("script") <= 2, path.name


def test_notebooks_hold_no_element_of_an_article(site):
    for path in site.rglob("*.ipynb"):
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            for output in cell.get("outputs", ()):
                elements = Elements("".join(output.get("data", {}).get("text/html", ""))).found
                assert of_others(elements) == [], path.name
                assert "script" not in [tag for tag, _ in elements], path.name


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium on the path")
def test_nothing_is_run_in_a_browser(site):
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        said, asked = [], []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        for path in sorted(site.rglob("*.html")):
            page.goto(path.as_uri())
            assert page.title() != "run", path.name
        browser.close()
    assert said == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
