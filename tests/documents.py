"""Files of every format that articles come in, made from paragraphs and rows: what the tests of reading start from."""

import io
import zipfile
from collections.abc import Sequence
from html import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LINE = 20


def page(*body: str, head: str = "", encoding: str = "utf-8", declared: str | None = None) -> bytes:
    """Return a web page with what surrounds an article on one: a menu, links, a foot."""
    links = "".join(f'<li><a href="/{n}.html">各地要闻第{n}条，点此查看详情</a></li>' for n in range(6))
    source = (
        f'<!DOCTYPE html><html><head><meta charset="{declared or encoding}">{head}</head><body>'
        '<div class="nav"><a href="/">首页</a> <a href="/a">政务公开</a> <a href="/b">互动交流</a></div>'
        f'<div class="wrap"><div class="content">{"".join(body)}</div></div>'
        f'<div class="related"><h3>相关链接</h3><ul>{links}</ul></div><div class="footer">版权所有 联系电话 12345678</div></body></html>'
    )
    return source.encode(encoding, "xmlcharrefreplace")


def paragraphs(*lines: str) -> str:
    """Return lines as paragraphs of a page."""
    return "".join(f"<p>{line}</p>" for line in lines)


def html_table(rows: Sequence[Sequence[str]], caption: str = "") -> str:
    """Return rows as a table of a page."""
    told = f"<caption>{caption}</caption>" if caption else ""
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return f"<table>{told}{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def word_paragraph(text: str) -> str:
    """Return a paragraph of a Word file."""
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def word_table(rows: Sequence[Sequence[str]]) -> str:
    """Return a table of a Word file."""
    cells = ("".join(f"<w:tc>{word_paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def word(*body: str, name: str = "word/document.xml", doctype: str = "", **notes: str) -> bytes:
    """Return a Word file with such a body; `footnotes` and `endnotes` are parts of their own."""
    parts = {f"word/{kind}.xml": word_xml(kind, content) for kind, content in notes.items()}
    return zipped({name: word_xml("document", f"<w:body>{''.join(body)}</w:body>", doctype)} | parts)


def word_xml(kind: str, content: str, doctype: str = "") -> bytes:
    """Return a part of a Word file."""
    head = f'<?xml version="1.0" encoding="UTF-8"?>{doctype}'
    return f'{head}<w:{kind} xmlns:w="{W}">{content}</w:{kind}>'.encode()


def word_note(kind: str, number: int, *lines: str) -> str:
    """Return a note of a Word file, as its part holds it."""
    return f'<w:{kind} w:id="{number}">{"".join(map(word_paragraph, lines))}</w:{kind}>'


def word_reference(kind: str, number: int) -> str:
    """Return what stands in the text where a note belongs."""
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def zipped(files: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip of files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as bundle:
        for name, content in files.items():
            bundle.writestr(name, content)
    return buffer.getvalue()


def pdf(*pages: str) -> bytes:
    """Return a PDF of pages of drawing commands, with a font for Chinese that it does not carry with it."""
    font = (
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [<< /Type /Font "
        "/Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> "
        "/DW 1000 /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] "
        "/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >> >>] >>"
    )
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        font,
    ]
    for n, commands in enumerate(pages):
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >> /Contents {5 + 2 * n} 0 R >>",
            f"<< /Length {len(commands)} >>\nstream\n{commands}\nendstream",
        ]
    parts, offsets, length = ["%PDF-1.4\n"], [], 9
    for number, content in enumerate(objects, 1):
        offsets.append(length)
        parts.append(f"{number} 0 obj\n{content}\nendobj\n")
        length += len(parts[-1])
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    parts.append(
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{length}\n%%EOF\n"
    )
    return "".join(parts).encode("ascii")


def pdf_text(text: str, left: float, top: float, size: float = 12) -> str:
    """Return the command that writes a line on a PDF page, so far from its top."""
    return f"BT /F {size} Tf {left} {842 - top} Td <{text.encode('utf-16-be').hex()}> Tj ET\n"


def pdf_table(rows: Sequence[Sequence[str]], left: float = 72, top: float = 200, width: float = 110) -> str:
    """Return the commands that draw a ruled table on a PDF page."""
    commands = []
    for n, row in enumerate(rows):
        for m, cell in enumerate(row):
            commands.append(f"{left + m * width} {842 - top - (n + 1) * LINE} {width} {LINE} re S\n")
            commands.append(pdf_text(cell, left + m * width + 4, top + n * LINE + 14, 9))
    return "".join(commands)
