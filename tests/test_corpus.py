"""Many articles come out in one order, none of them lost, and a run that dies leaves nothing half done."""

import json

import pandas as pd
import pytest

from helpers import corpus
from helpers.article import Article
from helpers.table.derived import DERIVED_COLUMNS
from helpers.table.schema import OBSERVATION_COLUMNS

TEXT = "1-11月,郴州市规模工业增加值同比增长8.4%。新签约项目32个,总投资328亿元。\n"
FILES = [
    "articles.csv",
    "articles.parquet",
    "checks.csv",
    "corrections.csv",
    "datapackage.json",
    "observations.csv",
    "observations.parquet",
    "problems.csv",
]


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "set"
    folder.mkdir()
    for name in ("b", "a", "004"):
        (folder / f"{name}.txt").write_text(TEXT, "utf-8")
    (folder / "empty.txt").touch()
    return folder


def test_every_article_is_tabulated_or_listed(folder):
    tables = corpus.tabulate(folder)
    assert tables.name == "set"
    assert tables.articles["article"].tolist() == ["004", "a", "b"]
    assert set(tables.observations["article"]) == {"004", "a", "b"}
    assert tables.problems["article"].tolist() == ["empty"]
    assert list(tables.observations.columns) == [*OBSERVATION_COLUMNS, *DERIVED_COLUMNS]
    assert tables.articles["observations"].sum() == len(tables.observations)


def test_article_that_cannot_be_worked_on_costs_no_other(folder, monkeypatch):
    extract = corpus.extract

    def failing(article: Article):
        if article.id == "a":
            raise ValueError("没想到")
        return extract(article)

    monkeypatch.setattr(corpus, "extract", failing)
    tables = corpus.tabulate(folder)
    assert tables.articles["article"].tolist() == ["004", "b"]
    assert tables.problems.set_index("article").loc["a", "cause"] == "failed"
    assert "ValueError: 没想到" in tables.problems.set_index("article").loc["a", "detail"]


def test_workers_change_nothing(folder, monkeypatch):
    monkeypatch.setattr(corpus, "WORTH_A_WORKER", 1)
    monkeypatch.setattr(corpus, "CHUNK", 1)
    alone, together = corpus.tabulate(folder, jobs=1), corpus.tabulate(folder, jobs=2)
    pd.testing.assert_frame_equal(alone.observations, together.observations)
    pd.testing.assert_frame_equal(alone.articles, together.articles)
    assert alone.extractions == together.extractions


def test_set_without_figures_has_tables_of_the_same_form(tmp_path):
    (tmp_path / "a.txt").write_text("今天天气很好。", "utf-8")
    tables = corpus.tabulate(tmp_path)
    assert tables.observations.empty
    assert list(tables.observations.columns) == [*OBSERVATION_COLUMNS, *DERIVED_COLUMNS]


def test_tables_are_written_whole_and_the_same_twice(folder, tmp_path):
    for name in ("one", "other"):
        corpus.write_tables(corpus.tabulate(folder), tmp_path / "processed" / name)
    one, other = (tmp_path / "processed" / name for name in ("one", "other"))
    assert sorted(path.name for path in one.iterdir()) == FILES
    assert {path.name: path.read_bytes() for path in one.iterdir()} == {
        path.name: path.read_bytes() for path in other.iterdir()
    }
    assert sorted(path.name for path in one.parent.iterdir()) == ["one", "other"]


def test_descriptor_describes_the_files_as_they_are(folder, tmp_path):
    corpus.write_tables(corpus.tabulate(folder), tmp_path / "out")
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:
        header = (tmp_path / "out" / resource["path"]).read_text("utf-8-sig").splitlines()[0]
        assert header.split(",") == [field["name"] for field in resource["schema"]["fields"]]


def test_parquet_reads_back_as_it_was(folder, tmp_path):
    tables = corpus.tabulate(folder)
    corpus.write_tables(tables, tmp_path / "out")
    pd.testing.assert_frame_equal(
        pd.read_parquet(tmp_path / "out" / "observations.parquet"), tables.observations
    )


def test_run_that_dies_while_writing_leaves_the_old_tables(folder, tmp_path, monkeypatch):
    out = tmp_path / "out"
    corpus.write_tables(corpus.tabulate(folder), out)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    (folder / "c.txt").write_text(TEXT, "utf-8")
    monkeypatch.setattr(corpus, "data_package", lambda *tables: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        corpus.write_tables(corpus.tabulate(folder), out)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
