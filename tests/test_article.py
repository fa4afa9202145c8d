"""Article sets as operators drop them: every form that is read, and one clear line for what is not."""

import codecs
import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.article import Article, ArticleSetError, iter_articles, read_article_set, set_name
from helpers.article.metadata import is_edtf_date
from helpers.reading.encoding import UndecodableError, decode, open_text

SIMPLIFIED = "上半年,全市签约项目64个,总投资328亿元,同比增长8.4%。" * 3
TRADITIONAL = "上半年,全市簽約專案64個,總投資328億元,同比增長8.4%。" * 3
PRIVATE_USE = "全市工业投资同比增长\ue000,比全省平均高1.1个百分点。" * 3


def write(folder: Path, **files: str | bytes) -> Path:
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        path = folder / name.replace("__", ".")
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return folder


# What is read.


def test_folder_gives_one_article_a_file_in_the_order_of_ids(tmp_path):
    folder = write(tmp_path / "月报", b__txt="乙", a__txt="甲", **{"004__txt": "丙"})
    article_set = read_article_set(folder)
    assert article_set.name == "月报"
    assert article_set.articles == (Article("004", "丙"), Article("a", "甲"), Article("b", "乙"))
    assert article_set.problems == ()


def test_metadata_beside_the_files(tmp_path):
    table = "file,title,source,url,published,place\na.txt,标题,,https://example.com/1,2023-07~,郴州市\n"
    folder = write(tmp_path / "set", a__txt="甲", b__txt="乙", articles__csv=table)
    first, second = read_article_set(folder).articles
    assert first == Article("a", "甲", "标题", None, "https://example.com/1", "2023-07~", "郴州市")
    assert second == Article("b", "乙")


def test_one_text_file_is_a_set_of_one_with_its_metadata(tmp_path):
    folder = write(tmp_path / "set", a__txt="甲", b__txt="乙", articles__csv="file,place\na.txt,衡阳市\n")
    article_set = read_article_set(folder / "a.txt")
    assert (article_set.name, article_set.articles) == ("a", (Article("a", "甲", place="衡阳市"),))


ROWS = [
    {"article": "004", "text": "甲", "title": "标题", "published": "2023-07-04"},
    {"article": "005", "text": "乙", "title": None, "published": None},
]


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_archive_gives_one_article_a_row(tmp_path, ending):
    path = tmp_path / f"archive.{ending}"
    table = pd.DataFrame(ROWS)
    {
        "csv": lambda: table.to_csv(path, index=False, encoding="utf-8-sig"),
        "jsonl": lambda: table.to_json(path, orient="records", lines=True, force_ascii=False),
        "parquet": lambda: table.to_parquet(path),
    }[ending]()
    assert read_article_set(path).articles == (
        Article("004", "甲", title="标题", published="2023-07-04"),
        Article("005", "乙"),
    )


def test_rows_without_an_id_are_numbered(tmp_path):
    path = tmp_path / "archive.jsonl"
    path.write_text('{"text": "甲"}\n\n{"text": "乙"}\n', "utf-8")
    assert [article.id for article in read_article_set(path).articles] == ["archive-001", "archive-002"]


def test_id_that_is_a_number_becomes_text(tmp_path):
    path = tmp_path / "archive.jsonl"
    path.write_text('{"id": 4, "text": "甲\u2028乙"}\n', "utf-8")
    assert read_article_set(path).articles == (Article("4", "甲\u2028乙"),)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        pytest.param(SIMPLIFIED, "utf-8", id="utf-8"),
        pytest.param(SIMPLIFIED, "utf-8-sig", id="utf-8 with its mark"),
        pytest.param(SIMPLIFIED, "utf-16", id="utf-16 with its mark"),
        pytest.param(SIMPLIFIED, "utf-16-le", id="utf-16 without its mark"),
        pytest.param(SIMPLIFIED, "utf-16-be", id="utf-16 without its mark, the other way round"),
        pytest.param(SIMPLIFIED, "gb18030", id="gb18030"),
        pytest.param("签约64个", "gb18030", id="gb18030, too short to tell"),
        pytest.param(PRIVATE_USE, "gb18030", id="gb18030 with a private-use character"),
        pytest.param(TRADITIONAL, "big5hkscs", id="big5"),
        pytest.param("", "utf-8", id="nothing"),
    ],
)
def test_decoding_loses_no_character(text, encoding):
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("text", "is_date"),
    [("2023", True), ("2023-07", True), ("2023-07-04~", True), ("2024-02-29", True)]
    + [
        (text, False)
        for text in ("", "2023-13", "2023-02-29", "2023/07", "23-07", "2023-7", "2023-07-04T08:00")
    ],
)
def test_edtf_date(text, is_date):
    assert is_edtf_date(text) is is_date


def test_set_name_of_the_folder_one_stands_in(tmp_path, monkeypatch):
    monkeypatch.chdir(write(tmp_path / "hunan", a__txt="甲"))
    assert set_name(Path()) == "hunan"


# What cannot be read is listed, and the rest goes on.


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(" \n　\t".encode(), "empty", id="only white space"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "undecodable", id="an image"),
        pytest.param(SIMPLIFIED.encode("utf-8")[:-1], "undecodable", id="cut within a character"),
        pytest.param(SIMPLIFIED.encode("utf-8").replace(b"6", b"\xff", 1), "undecodable", id="a broken byte"),
        pytest.param(codecs.BOM_UTF16_LE + b"\x00\xd8\x41", "undecodable", id="broken utf-16"),
    ],
)
def test_file_that_is_no_article_is_a_problem_of_its_own(tmp_path, content, cause):
    article_set = read_article_set(write(tmp_path / "set", bad__txt=content, good__txt="甲"))
    assert [article.id for article in article_set.articles] == ["good"]
    assert [(problem.article, problem.cause) for problem in article_set.problems] == [("bad", cause)]


def test_other_files_are_listed_and_companions_are_not(tmp_path):
    folder = write(
        tmp_path / "set", a__txt="甲", old__doc="", README__md="", corrections__csv="", __DS_Store=""
    )
    (folder / "older").mkdir()
    problems = read_article_set(folder).problems
    assert [(problem.article, problem.cause) for problem in problems] == [
        ("old.doc", "unsupported"),
        ("older", "unsupported"),
    ]


def test_archive_of_broken_lines_lacks_no_column(tmp_path):
    path = tmp_path / "archive.jsonl"
    path.write_text('{"id": "1", "text": "甲\n', "utf-8")
    assert [problem.cause for problem in read_article_set(path).problems] == ["broken_line"]


def test_broken_line_of_an_archive_costs_no_other(tmp_path):
    path = tmp_path / "archive.jsonl"
    path.write_text(
        '{"id": "a", "text": "甲"}\n{"id": "b", "te\n{"id": "c", "text": "\\ud800"}\n[]\n', "utf-8"
    )
    article_set = read_article_set(path)
    assert [article.id for article in article_set.articles] == ["a"]
    assert [problem.article for problem in article_set.problems] == ["archive:2", "archive:3", "archive:4"]


def test_damaged_parquet_among_files_costs_no_other(tmp_path):
    folder = write(tmp_path / "set", a__txt="甲")
    pd.DataFrame({"text": ["工业投资" * 40]}).to_parquet(folder / "b.parquet", compression=None)
    data = (folder / "b.parquet").read_bytes()
    (folder / "b.parquet").write_bytes(data.replace("工业".encode(), b"\xff" * 6))
    article_set = read_article_set(folder)
    assert [article.id for article in article_set.articles] == ["a"]
    assert [(problem.article, problem.cause) for problem in article_set.problems] == [("b.parquet", "broken")]


def test_archive_that_the_disk_does_not_give_costs_no_other(tmp_path, monkeypatch):
    def fail(path, **how):
        raise PermissionError(13, "Permission denied", str(path))

    folder = write(tmp_path / "set", a__txt="甲", b__csv="text\n乙\n")
    monkeypatch.setattr("helpers.reading.archive.open_text", fail)
    article_set = read_article_set(folder)
    assert [article.id for article in article_set.articles] == ["a"]
    assert [(problem.article, problem.cause) for problem in article_set.problems] == [("b.csv", "broken")]


def test_archive_without_articles_is_listed(tmp_path):
    folder = write(tmp_path / "set", a__txt="甲", b__csv="", c__csv="title\n", d__jsonl="\n")
    problems = read_article_set(folder).problems
    assert [(problem.article, problem.cause) for problem in problems] == [
        ("b.csv", "empty"),
        ("c.csv", "empty"),
        ("d.jsonl", "empty"),
    ]


def test_rows_after_a_bad_one_are_said_to_be_unread(tmp_path):
    table = "article,text,published\n1,甲,2023-07-01\n2,乙,2023-07-01 10:00\n3,丙,\n"
    article_set = read_article_set(write(tmp_path / "set", a__txt="甲", b__csv=table))
    assert [article.id for article in article_set.articles] == ["1", "a"]
    assert "已读1行,其后各行未读取" in article_set.problems[0].detail


def test_article_called_notice_is_read(tmp_path):
    folder = write(tmp_path / "set", notice__txt="甲", NOTICE__md="乙", LICENSE="丙")
    assert [article.id for article in read_article_set(folder).articles] == ["notice"]


# What breaks the contract stops, in one line that names file and cause.

BROKEN_FOLDERS = [
    pytest.param({}, "holds no articles", id="nothing in it"),
    pytest.param({"articles__csv": "file\n"}, "holds no articles", id="only metadata"),
    pytest.param(
        {"a__txt": "甲", "articles__csv": "title\n标题\n"}, "column 'file' is missing", id="no column file"
    ),
    pytest.param({"a__txt": "甲", "articles__csv": ""}, "column 'file' is missing", id="empty metadata"),
    pytest.param(
        {"a__txt": "甲", "articles__csv": "file\nb.txt\n"}, "names 'b.txt'", id="a file that is not there"
    ),
    pytest.param(
        {"a__txt": "甲", "articles__csv": "file\na.txt\na.txt\n"}, "two rows are for 'a.txt'", id="row twice"
    ),
    pytest.param(
        {"a__txt": "甲", "articles__csv": "file,published\na.txt,2023年7月\n"},
        "a.txt: published",
        id="no date",
    ),
    pytest.param(
        {"a__txt": "甲", "articles__csv": "file,publised\na.txt,2023\n"},
        "did you mean 'published'",
        id="misspelt",
    ),
    pytest.param({"a__txt": "甲", "articles__csv": "file,place\na.txt\n"}, "row 2", id="a cell too few"),
]


@pytest.mark.parametrize(("files", "cause"), BROKEN_FOLDERS)
def test_broken_folder_stops_with_one_line(tmp_path, files, cause):
    with pytest.raises(ArticleSetError) as error:
        read_article_set(write(tmp_path / "set", **files))
    assert cause in str(error.value)
    assert "\n" not in str(error.value)


BROKEN_FILES = [
    pytest.param("a.rtf", b"{", "not a kind of file", id="another kind"),
    pytest.param("a.csv", "title\n标题\n".encode(), "column 'text' is missing", id="csv without text"),
    pytest.param("a.csv", "id,text\n4,甲\n4,乙\n".encode(), "two articles are called '4'", id="an id twice"),
    pytest.param("a.csv", b"text\n\xff\xff\n", "not a readable text file", id="csv in no encoding"),
    pytest.param("a.csv", "text,published\n甲,2023/7\n".encode(), "'2023/7'", id="csv with no date"),
    pytest.param(
        "a.jsonl", json.dumps({"body": "甲"}).encode(), "column 'text' is missing", id="json without text"
    ),
    pytest.param("a.parquet", b"PAR1", "not a readable Parquet", id="parquet cut off"),
    pytest.param("a.csv", b"text\n", "holds no articles", id="header alone"),
]


@pytest.mark.parametrize(("name", "content", "cause"), BROKEN_FILES)
def test_broken_file_stops_with_one_line(tmp_path, name, content, cause):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ArticleSetError) as error:
        read_article_set(path)
    assert cause in str(error.value)
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)


def test_missing_path_stops_with_one_line(tmp_path):
    with pytest.raises(ArticleSetError, match="no such file or folder"):
        read_article_set(tmp_path / "nowhere")


# Whatever the bytes are.


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_any_text_in_utf8_is_read_as_it_is(text):
    assert decode(codecs.BOM_UTF8 + text.encode("utf-8")) == text


@given(st.binary(max_size=400))
def test_any_bytes_are_a_text_or_said_to_be_none(data):
    try:
        decode(data).encode("utf-8")
    except UndecodableError as error:
        assert "\n" not in str(error)


# Sets too large to be held.


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("a.csv", "article,text\n1,甲\n2,乙,丙\n", id="csv"),
        pytest.param(
            "a.jsonl", '{"article": "1", "text": "甲"}\n{"text": "乙", "published": "昨天"}\n', id="jsonl"
        ),
    ],
)
def test_article_is_given_before_the_next_is_read(tmp_path, name, content):
    (tmp_path / name).write_text(content, "utf-8")
    articles = iter_articles(tmp_path / name)
    assert next(articles).raw == "甲"
    with pytest.raises(ArticleSetError):
        next(articles)


def test_articles_come_in_the_order_of_the_archive(tmp_path):
    (tmp_path / "a.csv").write_text("article,text\nb,乙\na,甲\n", "utf-8")
    assert [article.id for article in iter_articles(tmp_path / "a.csv")] == ["b", "a"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_file_read_in_pieces_is_the_text_of_its_bytes(tmp_path, encoding):
    path = tmp_path / "a.txt"
    path.write_bytes(SIMPLIFIED.encode(encoding))
    with open_text(path, newline="") as file:
        assert file.read() == decode(path.read_bytes())
