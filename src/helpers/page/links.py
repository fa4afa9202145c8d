"""Where a row's proof stands: the ids within an article's page, and the links that lead to them."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import quote, urlsplit

from helpers.wording import is_missing

LONGEST_FILE = 120  # bytes; what is written beside it for a moment has a longer name, and disks take 255
FULL_TEXT = ("full", "figures", "none")


def number_of(row: str) -> str:
    """Return the running number of a row within its article.

    >>> number_of("seed-004-017")
    '017'
    """
    return row.rpartition("-")[2]


def article_of(row: str) -> str:
    """Return the article that a row is of.

    >>> article_of("seed-004-017")
    'seed-004'
    """
    return row.rpartition("-")[0]


def article_file(article: str) -> str:
    """Return the name, without ending, of the file that an article's page is written to.

    An id that no file may be called by gets a name of its own.

    >>> article_file("seed-004"), article_file("../etc")
    ('seed-004', '_etc-f7f912')
    """
    safe = re.sub(r"[^\w.-]+", "_", article).lstrip(".").encode()[:LONGEST_FILE].decode("utf-8", "ignore")
    return safe if safe == article else f"{safe}-{hashlib.sha256(article.encode()).hexdigest()[:6]}"


def proof_link(row: str, full_text: str = "full") -> str:
    """Return the link, within an article's page, to the figure in the text, or to its row without a text."""
    return f"#{'r' if full_text == 'none' else 't'}-{number_of(row)}"


def page_link(article: str) -> str:
    """Return the link from the overview to an article's page."""
    return f"articles/{neighbour_link(article)}"


def neighbour_link(article: str) -> str:
    """Return the link from one article's page to another's."""
    return f"{quote(article_file(article))}.html"


def web_link(url: object) -> str | None:
    """Return an address that may become a link: http and https, nothing that would run.

    >>> web_link("https://example.org/a"), web_link("javascript:alert(1)"), web_link(None)
    ('https://example.org/a', None, None)
    """
    if is_missing(url):
        return None
    try:
        parts = urlsplit(str(url).strip())
    except ValueError:
        return None
    return str(url).strip() if parts.scheme in {"http", "https"} and parts.netloc else None
