"""A set of files that mean no good: every encoding, format and damage, names and texts made to break out, and bombs.

`write(folder)` makes it and returns what must become of each file: an article, or a problem of which cause.
"""

import io
import json
import os
import random
import time
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import documents as made

from helpers.report import PagePlan

SCRIPTS = [
    "<script>document.title='run'</script>", "<img src=x onerror=\"document.title='run'\">", "<svg/onload=\"document.title='run'\">",
    "javascript:document.title='run'", "\"><script>document.title='run'</script>", "'-document.title='run'-'", "</script><script>document.title='run'</script>",
    "</title><script>document.title='run'</script>", "{{document.title='run'}}", "<iframe srcdoc=\"<script>parent.document.title='run'</script>\">",
    "<a href=\"javascript:document.title='run'\">点</a>", "<math><mtext></p><img src onerror=\"document.title='run'\">", "--><script>document.title='run'</script>",
    "]]><script>document.title='run'</script>", "</style><script>document.title='run'</script>", "`${document.title='run'}`",
]  # fmt: skip
FORMULAS = ["=1+1", "+1+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0", "\t=1+1", '=HYPERLINK("http://example.com")']  # fmt: skip
FIGURES = "2023年1至6月，郴州市完成工业投资121.5亿元，同比增长8.4%，新签约项目64个，总投资328亿元。"
TRADITIONAL = "2023年1至6月，郴州市完成工業投資121.5億元，同比增長8.4%，新簽約項目64個，總投資328億元。"
READ = "article"
PAGES = frozenset({
    "script-0", "script-1", "script-7", "script-9", "formula-0", "formula-5", "page-script-4", "word-script-2", "mark-script-10",
    "pdf-script-0", f"{SCRIPTS[0]}-0", "../../etc/passwd2", "a_b2", "table",
})  # fmt: skip
LIMITS = "characters=200000,seconds=20,pdf_pages=50,table_cells=20000,markup_characters=2000000,file_bytes=20000000"


def write(folder: Path) -> dict[str, str]:
    """Write the files, and return for each what becomes of it."""
    folder.mkdir()
    fate: dict[str, str] = {}
    for name, content, becomes in [*_texts(), *_formats(), *_broken(), *_bombs(), *_random()]:
        (folder / name).write_bytes(content)
        fate[name] = becomes
    return fate | _links(folder) | _metadata(folder, fate)


def chosen(plans: Iterable) -> list:
    """Return the pages of the set and those of a dozen articles, one of each sort: all would take minutes."""
    return [plan for plan in plans if plan.kind == "overview" or plan.parameters["article"] in PAGES]


def _texts() -> Iterator[tuple[str, bytes, str]]:
    """Yield texts in every encoding, of every damage, with scripts, and under names that break out."""
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "big5hkscs"):
        text = TRADITIONAL if encoding == "big5hkscs" else FIGURES
        yield f"encoding-{encoding}.txt", text.encode(encoding), READ
    for case in json.loads((Path(__file__).parent / "cases" / "damage.json").read_text("utf-8")):
        yield f"damage {case['id'].replace('/', ' ')}.txt", case["text"].encode(), READ
    for n, script in enumerate(SCRIPTS):
        yield (
            f"script-{n}.txt",
            f"{script}\n2023年，“{script}”项目总投资5亿元，{script}增长9.1%。".encode(),
            READ,
        )
        yield f"script-{n}{script.replace('/', '∕')[:60]}.txt", FIGURES.encode(), READ
    for n, formula in enumerate(FORMULAS):
        yield f"{formula.replace('/', '∕')}{n}.txt", f"{formula}\n{FIGURES}".encode(), READ
        yield f"formula-{n}.txt", f"2023年，{formula}项目总投资{n + 2}亿元。\n{FIGURES}".encode(), READ
    for n, name in enumerate(("..", "...", "a\nb", "a\rb", "a\tb", "a\u202eb", "a\u2028b", "长" * 80, "x" * 250, "%2e%2e%2f", "con", "a b", "a'b", 'a"b', "a&b", "a<b>", "`a`", "$(a)", "a;b", "a|b", "~a", "#a", "?a=1", "空　格", "ａ", "😀", "\x7f", "a\\..\\b")):  # fmt: skip
        becomes = "hidden" if name.startswith(".") else READ
        yield f"{name}.txt" if len(name.encode()) > 245 else f"{name}{n}.txt", FIGURES.encode(), becomes


def _formats() -> Iterator[tuple[str, bytes, str]]:
    rows = [["地区", "工业投资（亿元）", "同比±%"], ["郴州市", "121.5", "8.4"]]
    for encoding in ("utf-8", "gb18030", "utf-16", "utf-8-sig"):
        yield f"page-{encoding}.html", made.page(made.paragraphs(FIGURES, FIGURES), encoding=encoding), READ
    for n, script in enumerate(SCRIPTS):
        head = f"<title>{script}</title><meta name=ContentSource content='{script}'><link rel=canonical href='{script}'>"
        yield (
            f"page-script-{n}.html",
            made.page(made.paragraphs(FIGURES, f"{script}项目5亿元。"), script, head=head),
            READ,
        )
        yield f"word-script-{n}.docx", made.word(made.word_paragraph(f"{script}。{FIGURES}")), READ
        yield f"mark-script-{n}.md", f"---\ntitle: {script}\n---\n# {script}\n\n{FIGURES}\n".encode(), READ
        yield (
            f"pdf-script-{n}.pdf",
            made.pdf(made.pdf_text(script[:30], 72, 120) + made.pdf_text(FIGURES[:36], 72, 160)),
            READ,
        )
    yield (
        "table.html",
        made.page(made.paragraphs(FIGURES), made.html_table([*rows, ["=1+1", "2", "3"]])),
        READ,
    )
    yield "table.docx", made.word(made.word_table(rows)), READ
    yield "table.pdf", made.pdf(made.pdf_text(FIGURES[:36], 72, 160) + made.pdf_table(rows, top=300)), READ
    lines = [{"id": f"{script}-{n}", "text": FIGURES, "title": script, "url": script, "source": script} for n, script in enumerate(SCRIPTS)]  # fmt: skip
    lines += [{"id": f"{'../' * n}etc/passwd{n}", "text": FIGURES} for n in range(1, 4)]
    lines += [
        {"id": "长" * 300, "text": FIGURES, "title": "长" * 900},
        {"id": "deep", "text": [[[1]]]},
        {"id": 12, "text": FIGURES},
    ]
    yield "lines.jsonl", "\n".join(json.dumps(line, ensure_ascii=False) for line in lines).encode(), "archive"
    entries = {f"{'../' * n}evil{n}.txt": FIGURES.encode() for n in range(1, 5)}
    entries |= {"/absolute.txt": FIGURES.encode(), "a/b/c.txt": FIGURES.encode(), "in.zip": b"PK", "bomb.txt": b"0" * 10_000_000, "x" * 300 + ".txt": FIGURES.encode(), "空.html": made.page(FIGURES)}  # fmt: skip
    yield "bundle.zip", made.zipped(entries), "archive"


def _broken() -> Iterator[tuple[str, bytes, str]]:
    whole = {
        "cut.docx": made.word(made.word_paragraph(FIGURES)), "cut.pdf": made.pdf(made.pdf_text(FIGURES, 72, 100)),
        "cut.zip": made.zipped({"a.txt": FIGURES.encode()}),
    }  # fmt: skip
    for name, content in whole.items():
        for n, share in enumerate((0.1, 0.5, 0.9)):
            yield f"{n}-{name}", content[: int(len(content) * share)], "any"
    for ending in (".txt", ".html", ".docx", ".pdf", ".md", ".mhtml"):
        yield f"empty{ending}", b"", "problem"
        yield f"blank{ending}", b" \n\t\n", "problem"
        yield f"binary{ending}", bytes(range(256)) * 40, "problem"
        yield f"zeros{ending}", bytes(5000), "problem"
    yield "image.png", b"\x89PNG\r\n\x1a\n", "unsupported"
    yield "program.exe", b"MZ", "unsupported"
    yield "noending", FIGURES.encode(), "unsupported"
    yield "old.doc", b"\xd0\xcf\x11\xe0", "unsupported"
    yield "scan.pdf", made.pdf("72 72 400 600 re f"), "no_text_layer"
    yield "half.txt", FIGURES.encode()[:-1], "undecodable"
    yield "byte.txt", FIGURES.encode() + b"\xff\xfe\xff", "undecodable"
    yield "bad.csv", b'text\n"open', "any"
    yield "nocolumn.csv", b"a,b\n1,2\n", "problem"
    yield "bad.parquet", b"PAR1\0\0PAR1", "problem"
    yield "nested.jsonl", b"[" * 50_000, "problem"


def _bombs() -> Iterator[tuple[str, bytes, str]]:
    yield "long.txt", b"1" * 5_000_000, "too_long"
    yield "line.txt", ("工业投资" * 60_000).encode(), "too_long"
    yield "big.txt", b"\n" * 25_000_000, "too_large"
    yield "nest.html", b"<div>" * 100_000 + FIGURES.encode(), "any"
    yield "tables.html", b"<table><tr><td>" * 3000 + FIGURES.encode(), "any"
    yield "spans.html", made.page('<table><tr><td rowspan="60000" colspan="60000">1</td><td>2</td></tr><tr><td>3</td></tr></table>', FIGURES), "any"  # fmt: skip
    yield "cells.html", made.page(made.html_table([["1"] * 200] * 200)), "too_large"
    yield "attributes.html", b"<p " + b"a=1 " * 300_000 + b">" + FIGURES.encode(), "any"
    yield "entities.html", made.page("&nbsp;" * 50_000, FIGURES), "any"
    yield "source.html", b"<p>" * 1_000_000, "too_large"
    yield "laughs.docx", made.word(made.word_paragraph(""), doctype='<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'), "any"  # fmt: skip
    yield "outside.docx", made.word("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", doctype='<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "any"  # fmt: skip
    yield "bomb.docx", made.zipped({"word/document.xml": b"<a>" + b" " * 30_000_000 + b"</a>"}), "too_large"
    yield "bomb.zip", made.zipped({f"{n}.txt": b"0" * 1_000_000 for n in range(20)}), "archive"
    yield "names.zip", made.zipped({f"{n}.txt": b"" for n in range(300)}, zipfile.ZIP_STORED), "archive"
    yield "pages.pdf", made.pdf(*[made.pdf_text("1", 72, 100)] * 60), "too_long"
    yield "stars.md", b"*" * 20_000, "any"
    yield "brackets.md", b"[" * 20_000, "any"
    yield "quotes.md", b"> " * 5_000 + FIGURES.encode(), "any"
    for n, unit in enumerate(
        (
            "一",
            "万",
            "?!坝",
            "经(jīng)",
            "等5个",
            "&amp;",
            "<p ",
            "，",
            "“",
            "2023年",
            "“三类500强”",
            "总投资5亿元",
        )
    ):
        yield f"repeat-{n}.txt", (unit * 10_000)[:20_000].encode(), "any"


def _random() -> Iterator[tuple[str, bytes, str]]:
    """Yield files of which some bytes were changed by chance, the same ones each time."""
    draw = random.Random(8)
    whole = [
        (".html", made.page(made.paragraphs(FIGURES, FIGURES), made.html_table([["a", "b"], ["1", "2"]]))),
        (".docx", made.word(made.word_paragraph(FIGURES))), (".pdf", made.pdf(made.pdf_text(FIGURES, 72, 100))),
        (".txt", FIGURES.encode("gb18030")), (".md", FIGURES.encode()),
    ]  # fmt: skip
    for n in range(60):
        ending, content = whole[n % len(whole)]
        changed = bytearray(content)
        for _ in range(1 + n // 6):
            changed[draw.randrange(len(changed))] = draw.randrange(256)
        yield f"random-{n:02}{ending}", bytes(changed), "any"


def _links(folder: Path) -> dict[str, str]:
    """Make what is no file: folders, links that lead out of the set or nowhere, a pipe."""
    (folder / "folder").mkdir()
    (folder / "folder.txt").mkdir()
    (folder / "dangling.txt").symlink_to("nothing")
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "passwd.txt").symlink_to("/etc/passwd")
    (folder / "up.txt").symlink_to("../../up.txt")
    (folder / "device.txt").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe.txt")
    linked = dict.fromkeys(("dangling.txt", "loop.txt", "passwd.txt", "up.txt", "device.txt"), "link")
    return linked | {"folder": "unsupported", "folder.txt": "unsupported", "pipe.txt": "unsupported"}


def _metadata(folder: Path, fate: dict[str, str]) -> dict[str, str]:
    """Write an articles.csv that says bad things of some files."""
    import csv

    about = io.StringIO()
    table = csv.writer(about)
    table.writerow(["file", "title", "source", "url", "place"])
    for n, script in enumerate([*SCRIPTS, *FORMULAS]):
        name = f"script-{n}.txt" if n < len(SCRIPTS) else f"formula-{n - len(SCRIPTS)}.txt"
        table.writerow([name, script, script, script, script])
    (folder / "articles.csv").write_text(about.getvalue(), "utf-8")
    return {}


def hang_at_b(plan: PagePlan, site: Path) -> None:
    """Write a page of its name, but for the article b, at which nothing ever happens."""
    while plan.parameters.get("article") == "b":
        time.sleep(60)
    (site / f"{plan.file}.html").write_text(plan.file, "utf-8")


def hang_at_index(plan: PagePlan, site: Path) -> None:
    """Never end at the overview."""
    while plan.file == "index":
        time.sleep(60)


def die(*_: object) -> None:
    """End the process as the system does where memory runs out."""
    os._exit(9)
