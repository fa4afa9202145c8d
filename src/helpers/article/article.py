"""What is read of an article set: an article as it came, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from helpers.correction import Correction
from helpers.reading import Document, UnreadableError
from helpers.reading.limits import limits, refuse_beyond

METADATA_COLUMNS = ("title", "source", "url", "published", "place")
LONGEST_METADATA = 1000


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it came. What is None was not said beside the text."""

    id: str
    raw: str
    title: str | None = None
    source: str | None = None
    url: str | None = None
    published: str | None = None
    place: str | None = None
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something read that did not become a row: named, never dropped.

    `cause` is a short stable code, `detail` one line for people, in Chinese as in the reports.
    """

    article: str
    cause: str
    detail: str


@dataclass(frozen=True, slots=True)
class ArticleSet:
    """The articles of a file or folder in the order of their ids, and what could not be read."""

    name: str
    articles: tuple[Article, ...]
    problems: tuple[Problem, ...]


def article_or_problem(
    name: str, document: Document, metadata: Mapping[str, str | None]
) -> Article | Problem:
    """Return the article of a document; what the set says of it goes before what its file says."""
    if not document.text.strip():
        return Problem(name, "empty", "文件中没有文字")
    own = {column: getattr(document, column, None) for column in METADATA_COLUMNS}
    known = own | {column: value for column, value in metadata.items() if value is not None}
    try:
        refuse_beyond(len(document.text), limits().characters, "too_long", "字符")
        for value in filter(None, known.values()):
            refuse_beyond(len(value), LONGEST_METADATA, "too_long", "字符的标题或出处")
    except UnreadableError as error:
        return Problem(name, error.cause, error.detail)
    return Article(name, document.text, **known)
