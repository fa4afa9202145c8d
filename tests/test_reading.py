"""Files of every format give the article that is in them, with all of its figures, or the one reason why they do not."""

import json
import re
import zipfile
from pathlib import Path

import documents as made
import pytest

from helpers.article import Article, ArticleSetError, Problem, read_article, read_article_set
from helpers.extract import extract
from helpers.reading import Document, UnreadableError, read_document
from helpers.reading.grid import Cell, spread
from helpers.reading.limits import LimitsError, read_limits
from helpers.reading.tables import read_table

LEAD = "2023年1至6月，郴州市规模工业增加值同比增长8.4%，完成固定资产投资1218.56亿元，新签约项目64个，总投资328亿元。"
MORE = "全市新开工项目38个，其中亿元以上项目21个，涵盖有色金属、电子信息、装备制造等产业，投产后年产值将超过120亿元。"
SHORT = "8月，新开工5个。"
ROWS = [["地区", "工业投资（亿元）", "同比±%"], ["郴州市", "121.5", "8.4"], ["衡阳市", "98.2", "-3.1"]]
SAID = ["郴州市工业投资121.5亿元，同比增长8.4%。", "衡阳市工业投资98.2亿元，同比下降3.1%。"]
TABLES = json.loads((Path(__file__).parent / "cases" / "tables.json").read_text("utf-8"))


# Tables.


def grid(case: dict):
    cells = [
        [Cell(**cell) if isinstance(cell, dict) else Cell(cell) for cell in row] for row in case["table"]
    ]
    return spread(cells, case["caption"])


@pytest.mark.parametrize("case", TABLES, ids=[case["id"] for case in TABLES])
def test_table_says_its_rows(case):
    assert read_table(grid(case), case["before"]) == case["lines"]


@pytest.mark.parametrize("case", TABLES, ids=[case["id"] for case in TABLES])
def test_what_a_table_says_becomes_rows(case):
    rows = extract(Article("x", "\n".join([*case["before"], *case["lines"]]))).observations
    found = [
        {key: float(row.value) if key == "value" else getattr(row, key) for key in wanted}
        for wanted, row in zip(case["rows"], rows, strict=True)
    ]
    assert found == case["rows"]


@pytest.mark.parametrize("case", TABLES, ids=[case["id"] for case in TABLES])
def test_what_a_table_leaves_in_cells_is_told(case):
    told = " ".join(p.detail for p in extract(Article("x", "\n".join(case["lines"]))).problems)
    rows = [line.strip("| ").split(" | ") for line in case["lines"] if line.startswith("| ")]
    figures = [
        cell for row in rows for cell in row[1:] if re.fullmatch(r"(?!20\d\d$)[-(]?[\d./]+\)?%?", cell)
    ]
    assert [cell for cell in figures if cell not in told] == []


def test_merged_cells_beyond_reason_are_refused():
    with pytest.raises(UnreadableError) as error:
        spread([[Cell("甲", rows=500, columns=500)] for _ in range(500)])
    assert error.value.cause == "too_large"


# Web pages.


def read(*body: str, **how) -> Document:
    return read_document(".html", made.page(*body, **how))


def test_page_gives_its_article_and_nothing_around_it():
    text = read("<h1>上半年开局良好</h1>", made.paragraphs(LEAD, MORE, SHORT)).text
    assert text.split("\n") == ["上半年开局良好", LEAD, MORE, SHORT]


def test_page_tells_title_source_and_date():
    head = (
        "<title>上半年开局良好 - 郴州市人民政府</title><meta name='PubDate' content='2023-07-20 10:11'>"
        "<meta name='ContentSource' content='郴州日报'><link rel='canonical' href='https://example.org/a.html'>"
    )
    document = read(made.paragraphs(LEAD, MORE), head=head)
    assert (document.title, document.source) == ("上半年开局良好", "郴州日报")
    assert (document.published, document.url) == ("2023-07-20", "https://example.org/a.html")


def test_line_of_source_above_the_text_is_kept():
    text = read(
        "<h1>开局</h1><div class='info'>来源：郴州日报 发布时间：2023-07-20</div>",
        made.paragraphs(LEAD, MORE),
    ).text
    assert "发布时间：2023-07-20" in text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5hkscs", "utf-16"])
@pytest.mark.parametrize("declared", [None, "gb2312", "iso-8859-1", "no-such-thing"])
def test_page_in_any_encoding_whatever_it_declares(encoding, declared):
    text = LEAD if encoding != "big5hkscs" else "株洲市完成工業投資121.5億元，增長8.4%，簽約項目18個。"
    page = made.page(made.paragraphs(text, text), encoding=encoding, declared=declared)
    assert text in read_document(".html", page).text


UNSEEN = [
    pytest.param("<script>投资9.9亿元</script>", id="script"),
    pytest.param("<style>p{content:'投资9.9亿元'}</style>", id="style"),
    pytest.param("<p style='display: none'>投资9.9亿元</p>", id="not displayed"),
    pytest.param("<p hidden>投资9.9亿元</p>", id="hidden"),
    pytest.param("<!-- 投资9.9亿元 -->", id="comment"),
    pytest.param("<noscript>投资9.9亿元</noscript>", id="noscript"),
    pytest.param("<template>投资9.9亿元</template>", id="template"),
    pytest.param("<textarea>投资9.9亿元</textarea>", id="textarea"),
    pytest.param("<ul><li><a href='/a'>投资9.9亿元的项目开工，详情点击此处查看全文</a></li></ul>", id="link"),
    pytest.param("<div class='related-news'><p>投资9.9亿元</p></div>", id="related"),
]


@pytest.mark.parametrize("unseen", UNSEEN)
def test_what_a_reader_does_not_see_as_text_is_not_read(unseen):
    text = read(made.paragraphs(LEAD), unseen, made.paragraphs(MORE)).text
    assert "9.9" not in text and LEAD in text and MORE in text


LAYOUTS = [
    pytest.param(made.paragraphs(LEAD, SHORT, MORE), id="paragraphs"),
    pytest.param("".join(f"<div>{line}</div>" for line in (LEAD, SHORT, MORE)), id="divisions"),
    pytest.param("<br>".join((LEAD, SHORT, MORE)), id="line breaks"),
    pytest.param("<pre>" + "\n".join((LEAD, SHORT, MORE)) + "</pre>", id="laid out"),
    pytest.param(f"<ul><li>{LEAD}</li><li>{SHORT}</li><li>{MORE}</li></ul>", id="list"),
    pytest.param(f"<table><tr><td><p>{LEAD}</p><p>{SHORT}</p><p>{MORE * 3}</p></td><td></td></tr></table>", id="table that lays out"),
    pytest.param(f"<blockquote>{LEAD}</blockquote><p>{SHORT}</p><h3>{MORE}</h3>", id="quotation"),
    pytest.param(f"<section><p><span>{LEAD}</span></p></section><p>{SHORT}</p><section>{MORE}</section>", id="sections"),
    pytest.param(f"<p>{LEAD}<p>{SHORT}<p>{MORE}", id="never closed"),
]  # fmt: skip


@pytest.mark.parametrize("body", LAYOUTS)
def test_no_paragraph_with_figures_is_dropped(body):
    text = read(body).text
    assert all(line in text for line in (LEAD, SHORT, MORE))


def test_table_of_a_page_is_read_in_its_place():
    lines = read(
        made.paragraphs(LEAD, MORE), made.html_table(ROWS, "2023年工业投资"), made.paragraphs(SHORT)
    ).text.split("\n")
    assert lines[2:] == ["2023年工业投资", *(f"2023年，{said}" for said in SAID), SHORT]


def test_table_with_a_head_of_its_own_stands_beside_the_paragraphs():
    head, *rows = ROWS
    table = made.html_table(rows).replace(
        "<table>", f"<table><tr>{''.join(f'<th>{x}</th>' for x in head)}</tr>"
    )
    page = f"<html><body><p>2023年上半年各地工业投资</p>{table}<div>{made.paragraphs(LEAD, MORE)}</div></body></html>"
    assert [f"2023年上半年，{said}" for said in SAID] == [
        line
        for line in read_document(".html", page.encode()).text.split("\n")
        if "工业投资" in line and "。" in line
    ][:2]


SMALLER = ["湘潭市", "77.5", "1.1"]


@pytest.mark.parametrize("two", ["120<br>150", "<p>120</p><p>150</p>", "<div>120</div>\n150"])
def test_two_numbers_in_a_cell_are_not_one(two):
    rows = [ROWS[0], SMALLER, ["郴州市", two, "8.4"], ROWS[2]]
    lines = read(made.paragraphs(LEAD, MORE), made.html_table(rows)).text.split("\n")
    assert "| 郴州市 | 120 / 150 | 8.4 |" in lines
    assert lines[-1] == SAID[1]


def test_two_numbers_in_a_cell_of_word_are_not_one():
    table = made.word_table([ROWS[0], ["郴州市", "120", "8.4"], ROWS[2]])
    table = table.replace(made.word_paragraph("120"), made.word_paragraph("120") + made.word_paragraph("150"))
    assert "| 郴州市 | 120 / 150 | 8.4 |" in read_document(".docx", made.word(table)).text.split("\n")


def test_unseen_text_that_is_laid_out_leaves_the_rest_as_it_is():
    broken = LEAD.replace("，", "，\n", 1)
    text = read("<pre hidden>甲\n乙</pre>", made.paragraphs(broken, MORE)).text
    assert text.split("\n") == [LEAD.replace("，", "， ", 1), MORE]


def test_article_of_wechat_is_read_though_hidden():
    text = read(
        "<div id='js_content' style='visibility: hidden; opacity: 0'>", made.paragraphs(LEAD, MORE), "</div>"
    ).text
    assert text.split("\n") == [LEAD, MORE]


def test_note_at_a_figure_does_not_lengthen_it():
    text = read(made.paragraphs(LEAD, "完成投资121.5<sup>2</sup>亿元"), made.paragraphs(MORE)).text
    assert "121.52" not in text


def test_page_saved_in_one_file():
    page = made.page(made.paragraphs(LEAD, MORE))
    mhtml = (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/a.html\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; boundary="B"\r\n\r\n--B\r\nContent-Type: text/html\r\n'
        b"Content-Transfer-Encoding: 8bit\r\n\r\n" + page + b"\r\n--B--\r\n"
    )
    document = read_document(".mhtml", mhtml)
    assert document.text.split("\n") == [LEAD, MORE]
    assert document.url == "https://example.org/a.html"


# Word, PDF, Markdown.


def test_word_gives_paragraphs_and_tables():
    lines = read_document(
        ".docx", made.word(*map(made.word_paragraph, (LEAD, SHORT)), made.word_table(ROWS))
    ).text.split("\n")
    assert lines == [LEAD, SHORT, *SAID]


def test_notes_of_word_follow_its_text_in_their_order():
    def told(text: str, kind: str, number: int) -> str:
        return made.word_paragraph(text).replace("</w:p>", f"{made.word_reference(kind, number)}</w:p>")

    struck = made.word_paragraph("").replace(
        "<w:r>", f"<w:del>{made.word_reference('footnote', 4)}</w:del><w:r>"
    )
    footnotes = [made.word_note("footnote", -1, "分隔线"), made.word_note("footnote", 4, "已删")]
    footnotes += [
        made.word_note("footnote", 1, "含跨区项目。", "另有18个在谈。"),
        made.word_note("footnote", 2, "注：按可比价计算。"),
    ]
    data = made.word(
        told("签约项目64个", "footnote", 2), told("总投资328亿元", "endnote", 1), told("增长8.4%", "footnote", 1), struck,
        footnotes="".join(footnotes), endnotes=made.word_note("endnote", 1, "不含外资。"),
    )  # fmt: skip
    assert read_document(".docx", data).text.split("\n") == [
        "签约项目64个", "总投资328亿元", "增长8.4%", "注：按可比价计算。", "注：含跨区项目。", "另有18个在谈。", "注：不含外资。",
    ]  # fmt: skip


def test_word_with_broken_notes_is_broken():
    data = made.word(made.word_paragraph(LEAD), footnotes="<w:p>")
    with pytest.raises(UnreadableError) as error:
        read_document(".docx", data)
    assert error.value.cause == "broken"


def test_word_rows_in_a_content_control_are_read():
    table = made.word_table(ROWS).replace("<w:tr>", "<w:sdt><w:sdtContent><w:tr>")
    table = table.replace("</w:tr>", "</w:tr></w:sdtContent></w:sdt>")
    assert read_document(".docx", made.word(table)).text.split("\n") == SAID


def test_word_as_others_write_it(tmp_path):
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_heading("开局", 1)
    document.add_paragraph(LEAD)
    table = document.add_table(rows=3, cols=3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "地区"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "工业投资"
    for cell, text in zip(
        [*table.rows[1].cells[1:], *table.rows[2].cells],
        ["总量（亿元）", "同比±%", "郴州市", "121.5", "8.4"],
        strict=True,
    ):
        cell.text = text
    document.save(tmp_path / "a.docx")
    assert read_document(".docx", (tmp_path / "a.docx").read_bytes()).text.split("\n") == [
        "开局",
        LEAD,
        SAID[0],
    ]


WORDED = [
    pytest.param("<w:p><w:del><w:r><w:delText>9.9</w:delText><w:t>9.9</w:t></w:r></w:del><w:r><w:t>8.4%</w:t></w:r></w:p>", "8.4%", id="struck out"),
    pytest.param("<w:p><w:ins><w:r><w:t>增长</w:t></w:r></w:ins><w:hyperlink><w:r><w:t>8.4%</w:t></w:r></w:hyperlink></w:p>", "增长8.4%", id="put in, linked"),
    pytest.param("<w:sdt><w:sdtContent><w:p><w:r><w:t>8.4%</w:t></w:r></w:p></w:sdtContent></w:sdt>", "8.4%", id="content control"),
    pytest.param("<w:p><w:r><w:t>甲</w:t><w:txbxContent><w:p><w:r><w:t>8.4%</w:t></w:r></w:p></w:txbxContent></w:r></w:p>", "甲\n8.4%", id="text box"),
    pytest.param("<w:p><w:r><w:t>121.5</w:t></w:r><w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>2</w:t></w:r><w:r><w:t>亿元</w:t></w:r></w:p>", "121.5 注2亿元", id="note"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "text"), WORDED)
def test_word_text_wherever_it_stands(body, text):
    assert read_document(".docx", made.word(body)).text == text


def printed(text: str, top: float = 100, width: int = 36) -> str:
    lines = (text[i : i + width] for i in range(0, len(text), width))
    return "".join(made.pdf_text(line, 72, top + 18 * n) for n, line in enumerate(lines))


def test_pdf_joins_printed_lines_and_reads_its_table():
    heading = made.pdf_text("2023年上半年工业投资", 220, 60, 18)
    data = made.pdf(heading + printed(LEAD) + made.pdf_table(ROWS, top=300), printed(MORE))
    assert read_document(".pdf", data).text.split("\n") == ["2023年上半年工业投资", LEAD, *SAID, MORE]


def test_pdf_loses_page_numbers_and_running_heads():
    pages = [
        made.pdf_text("郴州统计", 250, 30, 9) + printed(LEAD, 150) + made.pdf_text(f"- {n} -", 290, 820, 9)
        for n in range(1, 4)
    ]
    assert read_document(".pdf", made.pdf(*pages)).text.split("\n") == [LEAD] * 3


def test_markdown_gives_text_without_marks_and_reads_tables():
    table = "\n".join("| " + " | ".join(row) + " |" for row in [ROWS[0], ["---"] * 3, *ROWS[1:]])
    source = f"---\ntitle: 开局\ndate: 2023-07-20\n---\n# 上半年\n\n{LEAD}\n**{SHORT}**\n\n- {MORE}\n\n{table}\n\n<iframe>8月\n"
    document = read_document(".md", source.encode())
    assert document.text.split("\n") == ["上半年", LEAD, SHORT, MORE, *SAID, "<iframe>8月"]
    assert (document.title, document.published) == ("开局", "2023-07-20")


# What cannot be read says why.

LAUGHS = (
    "<!DOCTYPE d ["
    + "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9)).replace("&l0;", "ha")
    + "]>"
)
REFUSED = [
    pytest.param(".html", b"<html><body></body></html>", "empty", id="page without text"),
    pytest.param(".html", b"\x00\x01\x02binary", "undecodable", id="page of bytes"),
    pytest.param(".html", b"", "empty", id="empty page"),
    pytest.param(".docx", b"PK\x03\x04cut", "broken", id="word cut off"),
    pytest.param(".docx", made.word(made.word_paragraph(LEAD))[:-40], "broken", id="word without its end"),
    pytest.param(".docx", made.zipped({"a.txt": b"a"}), "broken", id="zip that is no word"),
    pytest.param(".docx", b"\xd0\xcf\x11\xe0\xa1\xb1", "encrypted", id="old word"),
    pytest.param(".docx", made.word(), "empty", id="word without text"),
    pytest.param(".docx", made.word("<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>", doctype=LAUGHS), "broken", id="word with a billion laughs"),
    pytest.param(".pdf", b"%PDF-1.4 cut", "broken", id="pdf cut off"),
    pytest.param(".pdf", made.pdf("72 72 100 100 re f"), "no_text_layer", id="scan"),
    pytest.param(".pdf", b"no pdf", "broken", id="no pdf"),
    pytest.param(".md", b"", "empty", id="empty markdown"),
    pytest.param(".mhtml", b"Content-Type: text/plain\r\n\r\nno page", "broken", id="mail"),
]  # fmt: skip


@pytest.mark.parametrize(("ending", "data", "cause"), REFUSED)
def test_file_that_gives_no_article_says_why(ending, data, cause):
    with pytest.raises(UnreadableError) as error:
        read_document(ending, data)
    assert error.value.cause == cause
    assert error.value.detail and "\n" not in error.value.detail


LIMITED = [
    pytest.param("characters=10", ".txt", LEAD.encode(), "too_long", id="characters"),
    pytest.param("file_bytes=10", ".txt", LEAD.encode(), "too_large", id="bytes"),
    pytest.param("markup_characters=50", ".html", made.page(LEAD), "too_large", id="source of a page"),
    pytest.param(
        "markup_characters=50", ".docx", made.word(made.word_paragraph(LEAD)), "too_large", id="xml of word"
    ),
    pytest.param("pdf_pages=1", ".pdf", made.pdf(printed(LEAD), printed(LEAD)), "too_long", id="pages"),
    pytest.param("table_cells=4", ".html", made.page(made.html_table(ROWS)), "too_large", id="cells"),
]


@pytest.mark.parametrize(("limits", "ending", "data", "cause"), LIMITED)
def test_limits_are_parameters(monkeypatch, limits, ending, data, cause):
    monkeypatch.setenv("ZHANBAO_LIMITS", limits)
    with pytest.raises(UnreadableError) as error:
        read_document(ending, data)
    assert error.value.cause == cause
    assert "上限" in error.value.detail


def test_reading_stops_after_its_time(monkeypatch):
    monkeypatch.setenv("ZHANBAO_LIMITS", "seconds=1")
    monkeypatch.setitem(read_document.__globals__["ENDINGS"], ".slow", endless)
    with pytest.raises(UnreadableError) as error:
        read_document(".slow", b"")
    assert error.value.cause == "too_slow"


def endless(_: bytes) -> Document:
    while True:
        pass


def test_reading_stops_at_its_memory(monkeypatch):
    if not Path("/proc/self/statm").exists():
        pytest.skip("memory can be bounded on Linux only")
    monkeypatch.setenv("ZHANBAO_LIMITS", "memory_bytes=100000000")
    monkeypatch.setitem(
        read_document.__globals__["ENDINGS"], ".big", lambda _: Document(str(bytearray(10**9)))
    )
    with pytest.raises(UnreadableError) as error:
        read_document(".big", b"")
    assert error.value.cause == "too_large"


@pytest.mark.parametrize("wrong", ["nonsense=1", "characters", "characters=-1", "characters=many"])
def test_limit_that_is_none_is_named(wrong):
    with pytest.raises(LimitsError, match="is none of"):
        read_limits(wrong)


# Sets of such files.


def test_folder_of_every_format(tmp_path):
    files = {
        "a.txt": LEAD.encode(), "b.html": made.page(made.paragraphs(LEAD, MORE)), "c.docx": made.word(made.word_paragraph(LEAD)),
        "d.pdf": made.pdf(printed(LEAD)), "e.md": LEAD.encode(), "f.zip": made.zipped({"g.txt": LEAD.encode()}),
        "h.jsonl": json.dumps({"id": "h", "text": LEAD}).encode(),
    }  # fmt: skip
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    found = read_article_set(tmp_path)
    assert [article.id for article in found.articles] == ["a", "b", "c", "d", "e", "f-g", "h"]
    assert found.problems == ()
    assert all(read_article(tmp_path, article.id) == article for article in found.articles)


def test_files_of_one_name_are_told_apart_by_their_endings(tmp_path):
    (tmp_path / "a.txt").write_text(LEAD, "utf-8")
    (tmp_path / "a.md").write_text(LEAD, "utf-8")
    (tmp_path / "b.txt").write_text(LEAD, "utf-8")
    assert [article.id for article in read_article_set(tmp_path).articles] == ["a.md", "a.txt", "b"]


def test_what_the_set_says_goes_before_what_the_page_says(tmp_path):
    (tmp_path / "a.html").write_bytes(
        made.page(
            made.paragraphs(LEAD, MORE),
            head="<title>页面的标题</title><meta name=pubdate content=2023-07-20>",
        )
    )
    (tmp_path / "articles.csv").write_text("file,title\na.html,表里的标题\n", "utf-8")
    (article,) = read_article_set(tmp_path).articles
    assert (article.title, article.published) == ("表里的标题", "2023-07-20")


def test_pictures_saved_with_a_page_are_no_article(tmp_path):
    (tmp_path / "a.html").write_bytes(made.page(made.paragraphs(LEAD)))
    (tmp_path / "a_files").mkdir()
    assert read_article_set(tmp_path).problems == ()


def test_zip_is_a_set_of_its_own(tmp_path):
    path = tmp_path / "set.zip"
    path.write_bytes(made.zipped({
        "set/articles.csv": "file,place\na.txt,郴州市\n".encode(), "set/a.txt": LEAD.encode(), "set/empty.txt": b"",
        "set/in.zip": b"PK", "__MACOSX/set/._a.txt": b"\0", "one/b.txt": LEAD.encode(), "other/b.txt": MORE.encode(),
    }))  # fmt: skip
    found = read_article_set(path)
    assert [(article.id, article.place) for article in found.articles] == [
        ("a", "郴州市"),
        ("one/b.txt", None),
        ("other/b.txt", None),
    ]
    assert [(problem.article, problem.cause) for problem in found.problems] == [
        ("empty", "empty"),
        ("set/in.zip", "unsupported"),
    ]


def test_each_folder_of_a_zip_has_its_own_metadata(tmp_path):
    path = tmp_path / "set.zip"
    path.write_bytes(made.zipped({
        "2022/articles.csv": b"file,published\na.txt,2022\n", "2022/a.txt": LEAD.encode(),
        "2023/articles.csv": b"file,published\na.txt,2023\n", "2023/a.txt": MORE.encode(),
    }))  # fmt: skip
    found = [(article.id, article.published) for article in read_article_set(path).articles]
    assert found == [("2022/a.txt", "2022"), ("2023/a.txt", "2023")]


@pytest.mark.parametrize(
    ("rows", "cause"), [("a.txt\nb.txt\n", "names 'b.txt'"), ("a.txt\na.txt\n", "two rows are for 'a.txt'")]
)
def test_metadata_in_a_zip_keeps_its_contract(tmp_path, rows, cause):
    path = tmp_path / "set.zip"
    path.write_bytes(made.zipped({"articles.csv": f"file\n{rows}".encode(), "a.txt": LEAD.encode()}))
    with pytest.raises(ArticleSetError, match=cause):
        read_article_set(path)


@pytest.mark.parametrize("table", ["articles.csv", "corrections.csv", "set/Articles.csv"])
def test_table_in_a_zip_that_cannot_be_read_is_listed(tmp_path, table):
    path = tmp_path / "set.zip"
    path.write_bytes(made.zipped({"a.txt": LEAD.encode(), table: b"file,place\na.txt," + b"x" * 1_000_000}))
    found = read_article_set(path)
    assert [article.id for article in found.articles] == ["a"]
    assert [(problem.article, problem.cause) for problem in found.problems] == [(table, "too_large")]


def test_metadata_may_be_written_with_a_capital(tmp_path):
    (tmp_path / "a.txt").write_text(LEAD, "utf-8")
    (tmp_path / "Articles.csv").write_text("file,place\na.txt,渌口区\n", "utf-8")
    assert read_article_set(tmp_path).articles[0].place == "渌口区"
    path = tmp_path / "set.zip"
    path.write_bytes(
        made.zipped({"a.txt": LEAD.encode(), "Articles.csv": "file,place\na.txt,渌口区\n".encode()})
    )
    assert read_article_set(path).articles[0].place == "渌口区"


def test_file_that_is_twice_in_a_zip_is_listed(tmp_path):
    path = tmp_path / "set.zip"
    path.write_bytes(
        made.zipped({"a.txt": LEAD.encode(), "b.txt": MORE.encode()}).replace(b"b.txt", b"a.txt")
    )
    found = read_article_set(path)
    assert [(article.id, article.raw) for article in found.articles] == [("a", MORE)]
    assert [(problem.article, problem.cause) for problem in found.problems] == [("a.txt", "unreadable")]


def test_zip_packed_on_windows_has_chinese_names(tmp_path):
    name = "郴州.txt".encode("gb18030").decode("cp437")
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as bundle:
        entry = zipfile.ZipInfo(name)
        bundle.writestr(entry, LEAD)
    path.write_bytes(
        path.read_bytes().replace(
            name.encode("utf-8"), name.encode("cp437").ljust(len(name.encode("utf-8")), b" ")
        )
    )
    data = made.zipped({"x" * 8 + ".txt": LEAD.encode()}).replace(b"x" * 8, "郴州日报".encode("gb18030"))
    path.write_bytes(data)
    assert [article.id for article in read_article_set(path).articles] == ["郴州日报"]


def test_zip_among_files_of_the_same_names(tmp_path):
    (tmp_path / "a.txt").write_text(LEAD, "utf-8")
    (tmp_path / "more.zip").write_bytes(made.zipped({"a.txt": MORE.encode(), "empty.txt": b""}))
    found = read_article_set(tmp_path)
    assert [article.id for article in found.articles] == ["a", "more-a"]
    assert [problem.article for problem in found.problems] == ["more-empty"]
    assert read_article(tmp_path, "more-a").raw == MORE


def test_bomb_in_a_zip_is_refused_and_costs_no_other(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(made.zipped({"a.txt": LEAD.encode(), "bomb.txt": b"1" * 10_000_000}))
    found = read_article_set(path)
    assert [article.id for article in found.articles] == ["a"]
    assert [(problem.article, problem.cause) for problem in found.problems] == [("bomb.txt", "too_large")]


def test_links_out_of_the_set_are_not_followed(tmp_path):
    folder = tmp_path / "set"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text(LEAD, "utf-8")
    (folder / "a.txt").write_text(LEAD, "utf-8")
    (folder / "inside.txt").symlink_to("a.txt")
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "nowhere.txt").symlink_to("nothing")
    found = read_article_set(folder)
    assert [article.id for article in found.articles] == ["a", "inside"]
    assert [(problem.article, problem.cause) for problem in found.problems] == [
        ("nowhere.txt", "link"),
        ("out.txt", "link"),
    ]


def test_metadata_names_files_beside_it_only(tmp_path):
    (tmp_path / "a.txt").write_text(LEAD, "utf-8")
    (tmp_path / "articles.csv").write_text("file\n../a.txt\n", "utf-8")
    with pytest.raises(ArticleSetError, match="does not lie beside it"):
        read_article_set(tmp_path)


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.parquet", "a.zip"])
def test_archive_that_is_none_costs_no_other(tmp_path, name):
    (tmp_path / name).write_bytes(b"\x00\x01nonsense")
    (tmp_path / "b.txt").write_text(LEAD, "utf-8")
    found = read_article_set(tmp_path)
    assert [article.id for article in found.articles] == ["b"]
    assert [problem.cause for problem in found.problems] == ["broken"]


def test_title_of_a_million_characters_is_a_problem(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"id": "a", "text": LEAD, "title": "长" * 1_000_000}), "utf-8")
    assert [problem.cause for problem in read_article_set(path).problems] == ["too_long"]


@pytest.mark.parametrize("line", ["[" * 100_000, '{"id": ' + "9" * 5000 + "}"], ids=["nested", "long number"])
def test_line_that_breaks_parsers_is_a_problem(tmp_path, line):
    path = tmp_path / "a.jsonl"
    path.write_text(line + "\n" + json.dumps({"id": "b", "text": LEAD}) + "\n", "utf-8")
    found = read_article_set(path)
    assert [article.id for article in found.articles] == ["b"]
    assert [type(problem) for problem in found.problems] == [Problem]
