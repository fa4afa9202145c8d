"""Files as people keep articles → text: web pages, Word, PDF, Markdown, plain text, and zips of them.

One module a format, imported when a file of its kind is met. Each gives a Document, or an UnreadableError with the
reason; none raises anything else, takes longer or holds more than `limits` allows.
"""

from __future__ import annotations

from collections.abc import Callable

from helpers.reading.document import Document, UnreadableError
from helpers.reading.encoding import UndecodableError, decode
from helpers.reading.limits import bounded, limits, refuse_beyond

__all__ = ["ENDINGS", "OTHER_ENDINGS", "Document", "UnreadableError", "read_document"]


def _read_text(data: bytes) -> Document:
    try:
        return Document(decode(data))
    except UndecodableError as error:
        raise UnreadableError("undecodable", str(error)) from error


def _read_html(data: bytes) -> Document:
    from helpers.reading.html import read_html

    return read_html(data)


def _read_mhtml(data: bytes) -> Document:
    from helpers.reading.mhtml import read_mhtml

    return read_mhtml(data)


def _read_markdown(data: bytes) -> Document:
    from helpers.reading.markdown import read_markdown

    return read_markdown(data)


def _read_word(data: bytes) -> Document:
    from helpers.reading.word import read_word

    return read_word(data)


def _read_pdf(data: bytes) -> Document:
    from helpers.reading.pdf import read_pdf

    return read_pdf(data)


ENDINGS: dict[str, Callable[[bytes], Document]] = {
    ".txt": _read_text,
    **dict.fromkeys((".html", ".htm", ".shtml", ".xhtml"), _read_html),
    **dict.fromkeys((".mhtml", ".mht"), _read_mhtml),
    **dict.fromkeys((".md", ".markdown"), _read_markdown),
    ".docx": _read_word,
    ".pdf": _read_pdf,
}
# What people have and we do not read, with what they can do.
OTHER_ENDINGS = {
    ".doc": "请另存为 .docx", ".wps": "请另存为 .docx", ".rtf": "请另存为 .docx", ".odt": "请另存为 .docx",
    ".xls": "请另存为 .csv", ".xlsx": "请另存为 .csv", ".rar": "请改用 .zip", ".7z": "请改用 .zip",
}  # fmt: skip


def read_document(ending: str, data: bytes) -> Document:
    """Return what a file of one of the ENDINGS holds; UnreadableError says why it gives no article.

    >>> read_document(".md", "# 开局\\n\\n投资**5亿元**。".encode()).text
    '开局\\n投资5亿元。'
    """
    allowed = limits()
    refuse_beyond(len(data), allowed.file_bytes, "too_large", "字节")
    with bounded(allowed):
        document = ENDINGS[ending](data)
    refuse_beyond(len(document.text), allowed.characters, "too_long", "字符")
    if not document.text.strip():
        raise UnreadableError("empty", "文件中没有文字")
    return document
