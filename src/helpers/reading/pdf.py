"""A PDF with a text layer → its paragraphs, put together from printed lines, and its ruled tables as sentences."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, NamedTuple

from helpers.reading.document import Document, UnreadableError
from helpers.reading.grid import Cell, Grid, spread
from helpers.reading.limits import limits, refuse_beyond
from helpers.reading.tables import read_table

PAGE_NUMBER = re.compile(r"[-—–－·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／共]\s*\d{1,4}\s*页?)?[-—–－·\s]*")
INDENT = 1.2  # so many characters further in, a line begins a paragraph
SHORT = 2.5  # so many characters before the margin, a line ends one
SIZE = 0.15  # so much larger or smaller, it is another kind of line
EDGE = 0.12  # of the page's height: where running heads and page numbers stand


class Line(NamedTuple):
    """One printed line, or one table."""

    top: float
    left: float
    right: float
    height: float
    text: str
    grid: Grid | None = None
    at_edge: bool = False


def read_pdf(data: bytes) -> Document:
    """Return the article of a PDF; UnreadableError for one that holds only pictures of its pages."""
    pages = _pages(data)
    if not any(line.text or line.grid for page in pages for line in page):
        raise UnreadableError("no_text_layer", "PDF 没有文字层(可能是扫描件),请先做文字识别")
    return Document("\n".join(_text(_without_running_heads(pages))))


def _pages(data: bytes) -> list[list[Line]]:
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of fonts by the thousand
    try:
        with pdfplumber.open(BytesIO(data)) as pdf:
            refuse_beyond(len(pdf.pages), limits().pdf_pages, "too_long", "页")
            return [_lines(page) for page in pdf.pages]
    except (UnreadableError, MemoryError):
        raise
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise UnreadableError("encrypted", "PDF 有密码") from error
        raise UnreadableError("broken", "不是完整的 PDF 文件") from error
    except Exception as error:  # the layers below have no error of their own for broken files
        raise UnreadableError("broken", "不是完整的 PDF 文件") from error


def _lines(page: Any) -> list[Line]:
    """Return the lines and tables of a page from top to bottom."""
    tables = [(table, grid) for table in page.find_tables() if (grid := _grid(table)) is not None]
    rest = page
    for table, _ in tables:
        rest = rest.outside_bbox(table.bbox, strict=False)
    lines = [
        Line(
            line["top"], line["x0"], line["x1"], line["bottom"] - line["top"], line["text"].strip(),
            at_edge=not EDGE < line["top"] / page.height < 1 - EDGE,
        )
        for line in rest.extract_text_lines(return_chars=False)
    ]  # fmt: skip
    lines += [Line(table.bbox[1], table.bbox[0], table.bbox[2], 0, "", grid) for table, grid in tables]
    page.close()
    return sorted(lines, key=lambda line: line.top)


def _grid(table: Any) -> Grid | None:
    """Return the grid of a ruled table; its cells cover as many rows and columns as lines run through."""
    columns = sorted({round(edge) for cell in table.cells for edge in (cell[0], cell[2])})
    rows = sorted({round(edge) for cell in table.cells for edge in (cell[1], cell[3])})
    if len(rows) < 3 or len(columns) < 3:
        return None
    texts = {
        box: text
        for row, written in zip(table.rows, table.extract(), strict=True)
        for box, text in zip(row.cells, written, strict=True)
        if box is not None
    }
    placed: list[list[tuple[int, Cell]]] = [[] for _ in rows[1:]]
    for box, text in texts.items():
        left, top, right, bottom = map(round, box)
        cell = Cell(
            text or "", rows.index(bottom) - rows.index(top), columns.index(right) - columns.index(left)
        )
        placed[rows.index(top)].append((left, cell))
    return spread([[cell for _, cell in sorted(row)] for row in placed])


def _without_running_heads(pages: Sequence[list[Line]]) -> Iterator[list[Line]]:
    """Yield the pages without page numbers and without lines that stand at the edge of most of them."""
    times = Counter(
        line.text for page in pages for line in {line.text: line for line in page if line.at_edge}.values()
    )
    running = {text for text, number in times.items() if number > 2 and number > len(pages) / 2}
    for page in pages:
        yield [
            line
            for line in page
            if not (line.at_edge and (line.text in running or PAGE_NUMBER.fullmatch(line.text))) or line.grid
        ]


def _text(pages: Iterator[list[Line]]) -> list[str]:
    """Return the paragraphs: printed lines joined where one runs on into the next, tables as their sentences."""
    found: list[str] = []
    last, margins = None, (0.0, 0.0)
    for page in pages:
        margins = _margins([line for line in page if line.grid is None]) or margins
        for line in page:
            if line.grid is not None:
                found += read_table(line.grid, found[-2:])
            elif last is not None and _runs_on(last, line, margins):
                found[-1] = _joined(found[-1], line.text)
            else:
                found.append(line.text)
            last = line if line.grid is None else None
    return found


def _margins(lines: Sequence[Line]) -> tuple[float, float] | None:
    return (min(line.left for line in lines), max(line.right for line in lines)) if lines else None


def _runs_on(last: Line, line: Line, margins: tuple[float, float]) -> bool:
    """True where a line goes on in the next: it is full, and the next is of its size and not indented."""
    left, right = margins
    if abs(last.height - line.height) > SIZE * last.height or last.right < right - SHORT * last.height:
        return False
    return line.left < left + INDENT * line.height


def _joined(text: str, more: str) -> str:
    """Return two pieces of a line as one; only Latin words need a space between."""
    latin = text[-1:].isascii() and text[-1:].isalpha() and more[:1].isascii() and more[:1].isalpha()
    return f"{text} {more}" if latin else text + more
