"""A Word file (.docx) → its text, paragraph by paragraph, its tables as sentences, its notes at the end.

Its XML is read as it is: text boxes, content controls and links are not passed over, and what was struck out in
revision is. Entities are not expanded and nothing is fetched.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import lxml.etree as etree

from helpers.reading.document import Document, UnreadableError
from helpers.reading.grid import Cell, spread
from helpers.reading.limits import limits, refuse_beyond
from helpers.reading.tables import read_table

Element = Any

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
DOCUMENT = "word/document.xml"
NOTES = {"footnote": "word/footnotes.xml", "endnote": "word/endnotes.xml"}
OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # .doc, and .docx with a password
# What was taken out in revision, and the same text once more for older readers.
UNREAD = frozenset({f"{WORD}del", f"{WORD}moveFrom", f"{WORD}instrText", FALLBACK})


def read_word(data: bytes) -> Document:
    """Return the article of a Word file."""
    if data.startswith(OLD_OFFICE):
        raise UnreadableError("encrypted", "是旧版 .doc 或加密的 Word 文件,请另存为不加密的 .docx")
    root, *notes = _parts_of(data)
    body = root.find(f"{WORD}body")
    body = root if body is None else body
    beside = (line for kind, part in zip(NOTES, notes, strict=True) for line in _notes(body, kind, part))
    return Document("\n".join([*_lines(body), *beside]))


def _parts_of(data: bytes) -> list[Element | None]:
    """Return the trees of a Word file's main part and of its notes, none for what it does not have."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        with zipfile.ZipFile(BytesIO(data)) as parts:
            notes = [name if name in parts.namelist() else None for name in NOTES.values()]
            return [name and _tree(parts, name, parser) for name in (DOCUMENT, *notes)]
    except (UnreadableError, MemoryError):
        raise
    except Exception as error:  # zipfile, zlib and the parser have many ways to say that a file is broken
        raise UnreadableError("broken", "不是完整的 Word 文件") from error


def _tree(parts: zipfile.ZipFile, name: str, parser: etree.XMLParser) -> Element:
    """Return the tree of a part, which is no larger than is allowed."""
    size = parts.getinfo(name).file_size
    refuse_beyond(size, limits().markup_characters, "too_large", "字节的正文")
    return etree.fromstring(parts.read(name), parser)


def _notes(body: Element, kind: str, part: Element | None) -> Iterator[str]:
    """Yield the lines of the notes of a kind that the text refers to, in its order; they are not what it says there."""
    notes = {} if part is None else {note.get(f"{WORD}id"): note for note in part.iter(f"{WORD}{kind}")}
    walk = etree.iterwalk(body, events=("start",))
    for _, element in walk:
        if element.tag in UNREAD:
            walk.skip_subtree()
        elif element.tag == f"{WORD}{kind}Reference" and element.get(f"{WORD}id") in notes:
            note = "\n".join(_lines(notes.pop(element.get(f"{WORD}id"))))
            yield from (note if note.startswith("注") or not note else f"注：{note}").splitlines()


def _lines(container: Element) -> Iterator[str]:
    """Yield the lines of a body, a cell or a text box, with those of all that is wrapped in it."""
    before: tuple[str, ...] = ()
    for element in _parts(container):
        if element.tag == f"{WORD}tbl":
            yield from read_table(spread(_cells(element)), before)
            continue
        for line in _paragraph(element).split("\n"):
            if line.strip():
                before = (*before[-1:], line)
                yield line.strip()


def _parts(container: Element) -> Iterator[Element]:
    """Yield the paragraphs and tables in a container, not those within them but for text boxes."""
    walk = etree.iterwalk(container, events=("start",))
    for _, element in walk:
        if element.tag in UNREAD:
            walk.skip_subtree()
        elif element.tag == f"{WORD}tbl":
            yield element
            walk.skip_subtree()
        elif element.tag == f"{WORD}p":
            yield element


def _paragraph(paragraph: Element) -> str:
    """Return the text of a paragraph; that of a text box in it is a paragraph of its own."""
    parts: list[str] = []
    walk = etree.iterwalk(paragraph, events=("start",))
    for _, element in walk:
        if element is not paragraph and (element.tag in UNREAD or element.tag in (f"{WORD}p", f"{WORD}tbl")):
            walk.skip_subtree()
        elif element.tag == f"{WORD}t":
            parts.append(_raised(element, parts) + (element.text or ""))
        elif element.tag == f"{WORD}tab":
            parts.append(" ")
        elif element.tag in (f"{WORD}br", f"{WORD}cr"):
            parts.append("\n")
        elif element.tag == f"{WORD}noBreakHyphen":
            parts.append("-")
    return "".join(parts)


def _raised(text: Element, parts: list[str]) -> str:
    """Return a mark before a raised figure that would else run into the number before it."""
    raised = text.getparent().find(f"{WORD}rPr/{WORD}vertAlign")
    if raised is None or raised.get(f"{WORD}val") != "superscript":
        return ""
    return " 注" if "".join(parts)[-1:].isdigit() and (text.text or "")[:1].isdigit() else ""


def _cells(table: Element) -> list[list[Cell]]:
    """Return the rows of a table; a cell that goes on from the one above makes that one longer."""
    rows: list[list[Cell]] = []
    open_cells: dict[int, tuple[int, int]] = {}
    for number, row in enumerate(_rows_of(table)):
        cells: list[Cell] = []
        column = 0
        for cell in _cells_of(row):
            width = _width(cell)
            merge = cell.find(f"{WORD}tcPr/{WORD}vMerge")
            if merge is not None and merge.get(f"{WORD}val") != "restart" and column in open_cells:
                above, place = open_cells[column]
                rows[above][place] = rows[above][place]._replace(rows=number - above + 1)
            else:
                open_cells.pop(column, None)
                if merge is not None:
                    open_cells[column] = (number, len(cells))
                cells.append(Cell("\n".join(_lines(cell)), 1, width))
            column += width
        rows.append(cells)
    return rows


def _rows_of(table: Element) -> list[Element]:
    """Return the rows of a table, also those in content controls; not those of tables within them."""
    return [row for row in table.iter(f"{WORD}tr") if next(row.iterancestors(f"{WORD}tbl")) is table]


def _cells_of(row: Element) -> list[Element]:
    """Return the cells of a row, also those in content controls; not those of tables within them."""
    return [cell for cell in row.iter(f"{WORD}tc") if next(cell.iterancestors(f"{WORD}tr")) is row]


def _width(cell: Element) -> int:
    span = cell.find(f"{WORD}tcPr/{WORD}gridSpan")
    written = span.get(f"{WORD}val", "1") if span is not None else "1"
    return max(1, int(written)) if written.isdecimal() and len(written) < 5 else 1
