"""A Markdown file → its text without marks, its tables as sentences; front matter tells title and date.

HTML in it stays text, as cleaning takes tags out: a tag that is never closed would swallow the rest.
"""

from __future__ import annotations

import re
from dataclasses import replace

from helpers.reading.document import Document, UnreadableError
from helpers.reading.encoding import UndecodableError, decode
from helpers.reading.html import find_blocks, iso_date, lines_of, parse
from helpers.reading.limits import limits, refuse_beyond

FRONT_MATTER = re.compile(r"\A---[ \t]*\n((?:[^\n]*\n){0,60}?)---[ \t]*(?:\n|\Z)")
FIELD = re.compile(r"^(title|date|published|source|url)\s*:[ \t]*[\"']?([^\n]*?)[\"']?[ \t]*$", re.M | re.I)
# A line that ends a sentence ends a paragraph too: many write one line a paragraph, without the blank line between.
PARAGRAPH_END = re.compile(r"(?<=[。！？；：])\n(?=[^\n|])")
WRAPPED = re.compile(r"(?<=[㐀-鿿，、]) (?=[㐀-鿿\d])")


def read_markdown(data: bytes) -> Document:
    """Return the article of a Markdown file.

    >>> read_markdown("# 开局\\n\\n株洲市完成**工业投资**121.5亿元。".encode()).text
    '开局\\n株洲市完成工业投资121.5亿元。'
    """
    import mistune

    try:
        source = decode(data).replace("\r\n", "\n")
    except UndecodableError as error:
        raise UnreadableError("undecodable", str(error)) from error
    refuse_beyond(len(source), limits().characters, "too_long", "字符")
    front = FRONT_MATTER.match(source)
    body = PARAGRAPH_END.sub("\n\n", source[front.end() :] if front else source)
    html = mistune.create_markdown(escape=True, plugins=["table", "strikethrough"])(body)
    if not str(html).strip():
        raise UnreadableError("empty", "文件中没有文字")
    lines = (line for block in find_blocks(parse(f"<body>{html}</body>")) for line in lines_of(block))
    text = "\n".join(WRAPPED.sub("", line) for line in lines)
    return with_front_matter(Document(text), front[1] if front else "")


def with_front_matter(document: Document, fields: str) -> Document:
    """Return the document with what the lines at the head of its file say."""
    known = {match[1].lower(): match[2].strip() for match in FIELD.finditer(fields)}
    address = known.get("url", "")
    return replace(
        document,
        title=known.get("title") or None,
        source=known.get("source") or None,
        url=address if address.startswith(("http://", "https://")) else None,
        published=iso_date(known.get("published") or known.get("date") or ""),
    )
