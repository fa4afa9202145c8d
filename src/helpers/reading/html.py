"""A saved web page → the article on it, with what its head says of it.

trafilatura finds where on the page the article is. It drops paragraphs, though, so everything that stands in that
part of the page is read by our own walk, links in a row and what cannot be seen aside; tables become sentences.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import lxml.etree as etree
import lxml.html

from helpers.reading.document import Document, UnreadableError
from helpers.reading.encoding import PLAUSIBLE, UndecodableError, decode, plausibility
from helpers.reading.grid import Cell, Grid, spread
from helpers.reading.limits import limits, refuse_beyond
from helpers.reading.tables import read_table

Element = Any  # lxml's own type is not to be had at run time

HEAD = 4096
MARKS_OF_UNICODE = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
CHARSET = re.compile(
    rb"""(?:<meta[^>]{0,200}?charset\s*=\s*["']?\s*|<\?xml[^>]{0,100}encoding=["'])([\w-]{3,20})""", re.I
)
# What browsers read under these names.
# which any bytes are, Chinese never
NEVER_MEANT = (
    "iso-8859-1",
    "latin1",
    "windows-1252",
    "us-ascii",
    "ascii",
)
WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "x-gbk": "gb18030", "utf8": "utf-8"}

BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody",
    "td", "tfoot", "th", "thead", "tr", "ul", "br", "option",
})  # fmt: skip
UNREAD = frozenset({
    "script", "style", "noscript", "template", "svg", "math", "head", "iframe", "object", "embed",
    "applet", "canvas", "audio", "video", "select", "option", "textarea", "button", "nav", "footer",
    "map", "input", "img", "title", "link", "meta",
})  # fmt: skip
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![\d.]*[1-9])", re.I)
SHOWN_LATER = ("js_content",)  # articles of WeChat are hidden until their script has run
BOILERPLATE = re.compile(
    r"(?:^|[\s_-])(?:share|related?|recommend\w*|pager?|pages|pagination|comments?|breadcrumbs?|crumbs?|sidebar|side|copyright|footer|"
    r"toolbar|tools|qr\w*|menu|nav\w*|links?|hot\w*|rank\w*|ad|ads|advert\w*|login|search)(?:$|[\s_-])",
    re.I,
)
OTHERS = re.compile(r"(?:^|[\s_-])(?:related|recommend\w*)(?:$|[\s_-])", re.I)
BYLINE = re.compile(
    r"(?:来源|稿源|作者|记者|发布|时间|日期)\s*[:：]|(?:19|20)\d\d\s*[-年./]\s*\d{1,2}\s*[-月./]\s*\d{1,2}"
)
LONGEST_BYLINE = 160
RULE_OF_TABLE = re.compile(r"^\|(?:-+\|)+\s*$", re.M)
LINE_END = "\x00"  # which no source holds
LINKS_ALONE = 0.5
BODY = 0.8  # the innermost element with so much of what trafilatura found is where the article is
LAYOUT_CELL = 200  # a cell with so many characters is no cell of a table, but a part of the page

# A hyphen is also in 1-9月 and in names of railways: there a site is one only where it is named as sites are.
SITE_IN_TITLE = re.compile(
    r"(?:\s*[_|–—]+\s*|\s+-+\s+)[^-_|–—]{2,20}$"
    r"|\s*-+\s*[^-_|–—]{0,16}(?:网|网站|报|政府|局|委|厅|办|台|社|中心|频道|新闻|在线|客户端|门户)$"
)
DATE = re.compile(r"((?:19|20)\d\d)\s*[-年./]\s*(\d{1,2})(?:\s*[-月./]\s*(\d{1,2}))?")
PUBLISHED = ("pubdate", "publishdate", "publish_date", "article:published_time", "datepublished", "og:published_time", "dc.date", "dc.date.issued", "releasedate")  # fmt: skip
TITLES = ("articletitle", "og:title", "title", "dc.title", "twitter:title")
SOURCES = ("contentsource", "source", "og:site_name", "sitename", "mediaid", "author:source")
ADDRESSES = ("og:url", "url")
DATED_SCRIPT = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of a page, or one table, with the element that it stands in."""

    element: Element
    text: str
    linked: int = 0  # how many of its characters are links
    grid: Grid | None = None
    before: tuple[str, ...] = ()  # the lines above a table


def read_html(data: bytes) -> Document:
    """Return the article of a page; UnreadableError where it holds no text.

    >>> read_html("<title>开局</title><p>株洲市完成工业投资121.5亿元。</p>".encode()).text
    '株洲市完成工业投资121.5亿元。'
    """
    source = decode_page(data)
    refuse_beyond(len(source), limits().markup_characters, "too_large", "字符的网页源代码")
    if not source.strip():
        raise UnreadableError("empty", "文件中没有文字")
    tree = parse(source)
    blocks = list(find_blocks(tree))
    wanted = article_blocks(source, blocks)
    text = "\n".join(line for block in wanted for line in lines_of(block))
    return about(tree, Document(text))


def decode_page(data: bytes) -> str:
    """Return the source of a page in the encoding that it declares, else in the one that it seems to be in."""
    declared = CHARSET.search(data, 0, HEAD)
    name = declared[1].decode("ascii").lower() if declared else ""
    if name and name not in NEVER_MEANT and not data.startswith(MARKS_OF_UNICODE):
        with suppress(LookupError, UnicodeError):  # a page need not be in the encoding that it declares
            source = data.decode(WIDER.get(name, name))
            if plausibility(source) >= PLAUSIBLE or source.isascii():
                return source
    try:
        return decode(data)
    except UndecodableError as error:
        raise UnreadableError("undecodable", str(error)) from error


def parse(source: str) -> Element:
    """Return the tree of a page; what is nested too deeply for the parser is refused."""
    parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        tree = lxml.html.document_fromstring(_without_declaration(source), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise UnreadableError("broken", "网页无法解析") from error
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise UnreadableError("too_large", "超出上限:网页标记嵌套过深")
    return tree


def _without_declaration(source: str) -> str:
    """Return a source that lxml takes as text: one without an encoding of its own, or characters XML has not."""
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", source)
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", source)


# The page's paragraphs.


def find_blocks(tree: Element) -> Iterator[Block]:
    """Yield the paragraphs and tables of a page in its order, without what is not shown."""
    walk = etree.iterwalk(tree, events=("start", "end"))
    parts: list[tuple[str, bool]] = []
    here, before, links, laid_out = tree, (), 0, 0

    def flush() -> Iterator[Block]:
        nonlocal before
        lines = "".join(part for part, _ in parts).split(LINE_END)
        linked = sum(len(part.strip()) for part, is_link in parts if is_link)
        parts.clear()
        for text in filter(None, (" ".join(line.split()) for line in lines)):
            before = (*before[-1:], text)
            yield Block(here, text, linked if len(lines) == 1 else 0)

    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if tag in BLOCKS:
                yield from flush()
                here = element
            if is_unread(element, tag) or (tag == "table" and is_data_table(element)):
                if tag == "table" and not is_unread(element, tag):
                    yield Block(element, table_text(element), grid=table_grid(element), before=before)
                walk.skip_subtree()
                continue
            links += tag == "a"
            laid_out += tag == "pre"
            parts.append((_mark_raised(element, tag, parts) + _lines(element.text, laid_out), links > 0))
        else:
            laid_out -= tag == "pre" and not is_unread(element, tag)
            links -= tag == "a" and links > 0
            if tag in BLOCKS:
                yield from flush()
                here = element.getparent() if element.getparent() is not None else tree
            parts.append((_lines(element.tail, laid_out), links > 0))
    yield from flush()


def _lines(text: str | None, laid_out: int) -> str:
    """Return text with its line ends marked where the page keeps them."""
    return (text or "").replace("\n", LINE_END) if laid_out else text or ""


def _mark_raised(element: Element, tag: str, parts: list[tuple[str, bool]]) -> str:
    """Return a mark before a raised figure that would else run into the number before it: 121.5 and note 2."""
    raised = tag == "sup" and parts and parts[-1][0][-1:].isdigit() and (element.text or "")[:1].isdigit()
    return " 注" if raised else ""


def is_unread(element: Element, tag: str) -> bool:
    """True for an element that a reader of the page does not see as text."""
    if tag in UNREAD or not tag:
        return True
    if tag in ("body", "html") or element.get("id") in SHOWN_LATER:
        return False
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or HIDDEN.search(element.get("style") or "") is not None
    )


def is_data_table(table: Element) -> bool:
    """True for a table of short cells; one that holds other tables or long text only lays out the page."""
    rows = list(_rows(table))
    widest = max((len(row) for row in rows), default=0)
    if len(rows) < 2 or widest < 2 or table.find(".//table") is not None:
        return False
    return all(len(_cell_text(cell)) <= LAYOUT_CELL for row in rows for cell in row)


def table_grid(table: Element) -> Grid:
    """Return the grid of a table's cells."""
    caption = table.find("caption")
    rows = [
        [Cell(_cell_text(cell), _span(cell, "rowspan"), _span(cell, "colspan")) for cell in row]
        for row in _rows(table)
    ]
    return spread(rows, "" if caption is None else _cell_text(caption))


def table_text(table: Element) -> str:
    """Return all words of a table."""
    return " ".join(_cell_text(cell) for row in _rows(table) for cell in row).strip()


def _rows(table: Element) -> Iterator[list[Element]]:
    for row in table.iter("tr"):
        yield [cell for cell in row if cell.tag in ("td", "th")]


def _cell_text(cell: Element) -> str:
    """Return the text of a cell, with the line ends that the page shows in it."""
    parts: list[tuple[str, bool]] = []
    walk = etree.iterwalk(cell, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        end = LINE_END if tag in BLOCKS and element is not cell else ""
        if event == "end":
            parts.append(("" if element is cell else end + (element.tail or ""), False))
        elif element is not cell and is_unread(element, tag):
            walk.skip_subtree()
        else:
            parts.append((end + _mark_raised(element, tag, parts) + (element.text or ""), False))
    lines = "".join(part for part, _ in parts).split(LINE_END)
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


def _span(cell: Element, name: str) -> int:
    written = (cell.get(name) or "1").strip()
    return max(1, int(written)) if written.isascii() and written.isdecimal() and len(written) < 6 else 1


# Which of them are the article.


def article_blocks(source: str, blocks: list[Block]) -> list[Block]:
    """Return the paragraphs of the article, with its heading and what is said of it above the text."""
    found = bare(main_text(source))
    kept = [bool(found) and bare(block.text) in found for block in blocks]
    if not any(kept):
        return [block for block in blocks if block.linked <= LINKS_ALONE * len(block.text)]
    body = innermost([block for block, is_kept in zip(blocks, kept, strict=True) if is_kept])
    inside = set(body.iter())
    first = next(n for n, block in enumerate(blocks) if kept[n] or block.element in inside)
    heading = next(
        (n for n in range(first) if blocks[n].element.tag == "h1" and not _is_link(blocks[n])), first
    )
    return [
        block
        for n, block in enumerate(blocks)
        if (kept[n] and not _stands_beside(block, body))
        or (block.element in inside and not is_boilerplate(block, body))
        or (n == heading and block.element.tag == "h1")
        or (heading < n < first and is_byline(block))
        or (heading == first and first - 4 <= n < first and is_byline(block))
    ]


def main_text(source: str) -> str:
    """Return what trafilatura takes for the article, without the rules under the heads of tables."""
    import trafilatura

    found = trafilatura.extract(
        source,
        include_comments=False,
        include_tables=True,
        favor_recall=True,
        deduplicate=False,
        with_metadata=False,
    )
    return RULE_OF_TABLE.sub("", found or "")


def innermost(blocks: Iterable[Block]) -> Element:
    """Return the innermost element that holds nearly all of the text of some blocks."""
    weights: Counter[Element] = Counter()
    whole = 0
    for block in blocks:
        size = len(block.text)
        whole += size
        for element in (block.element, *block.element.iterancestors()):
            weights[element] += size
    enough = [element for element, weight in weights.items() if weight >= BODY * whole]
    return max(enough, key=lambda element: sum(1 for _ in element.iterancestors()))


def is_boilerplate(block: Block, body: Element) -> bool:
    """True for links in a row and for parts of the page that are named as something beside the article."""
    return _is_link(block) or any(
        element.tag in ("aside", "form", "header") or BOILERPLATE.search(_names(element))
        for element in _between(block, body)
    )


def _stands_beside(block: Block, body: Element) -> bool:
    """True for a part of the page that is named as other articles."""
    return any(OTHERS.search(_names(element)) for element in _between(block, body))


def _between(block: Block, body: Element) -> Iterator[Element]:
    """Yield the elements around a block, up to the one that holds the article."""
    element = block.element
    while element is not None and element is not body:
        yield element
        element = element.getparent()


def _is_link(block: Block) -> bool:
    return block.linked > LINKS_ALONE * len(block.text)


def is_byline(block: Block) -> bool:
    """True for a line that says where an article comes from, and when."""
    return len(block.text) <= LONGEST_BYLINE and BYLINE.search(block.text) is not None and not _is_link(block)


def _names(element: Element) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


@cache
def _blank() -> re.Pattern[str]:
    return re.compile(r"[\s|]+")


def bare(text: str) -> str:
    """Return a text without white space and the bars between cells, for comparing."""
    return _blank().sub("", text)


def lines_of(block: Block) -> list[str]:
    """Return the lines of a block: a paragraph, or a sentence for each row of a table."""
    return [block.text] if block.grid is None else read_table(block.grid, block.before)


# What the page's head says.


def about(tree: Element, document: Document) -> Document:
    """Return the document with title, source, date and address as the page's own metadata give them."""
    known = metadata(tree)
    title = _first(known, TITLES) or _text_of(tree.find(".//title"))
    return Document(
        text=document.text,
        title=SITE_IN_TITLE.sub("", title)[:200] or None,
        source=_first(known, SOURCES)[:60] or None,
        url=_address(_first(known, ADDRESSES) or _canonical(tree)),
        published=iso_date(_first(known, PUBLISHED) or _dated_script(tree)),
    )


def metadata(tree: Element) -> dict[str, str]:
    """Return the page's <meta> elements by their names in small letters, the first of each."""
    known: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = (element.get("name") or element.get("property") or element.get("itemprop") or "").lower()
        content = " ".join((element.get("content") or "").split())
        if name and content:
            known.setdefault(name, content)
    return known


def _first(known: dict[str, str], names: Iterable[str]) -> str:
    return next((known[name] for name in names if name in known), "")


def _text_of(element: Element | None) -> str:
    return "" if element is None else " ".join((element.text_content() or "").split())


def _canonical(tree: Element) -> str:
    return next((link.get("href") or "" for link in tree.iter("link") if link.get("rel") == "canonical"), "")


def _address(address: str) -> str | None:
    return address if re.match(r"https?://\S{3,500}$", address) else None


def _dated_script(tree: Element) -> str:
    scripts = (
        element.text or "" for element in tree.iter("script") if "ld+json" in (element.get("type") or "")
    )
    return next((match[1] for script in scripts if (match := DATED_SCRIPT.search(script))), "")


def iso_date(written: str) -> str | None:
    """Return a date as EDTF writes it, None for what is none.

    >>> iso_date("2023-07-20 10:15"), iso_date("2023年7月"), iso_date("发布")
    ('2023-07-20', '2023-07', None)
    """
    match = DATE.search(written)
    parts = [int(part) for part in match.groups() if part] if match else []
    try:
        date(*parts, *[1] * (3 - len(parts)))
    except ValueError:
        return None
    return "-".join(f"{part:0>2}" for part in parts) or None
