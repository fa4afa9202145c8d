"""What every format comes to: a text and what its file says of it, or the one reason why it cannot be read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """One article as its file tells it. What is None the file does not say."""

    text: str
    title: str | None = None
    source: str | None = None
    url: str | None = None
    published: str | None = None


class UnreadableError(Exception):
    """A file that gives no article: `cause` is the code for problems.csv, `detail` one line of Chinese for people."""

    def __init__(self, cause: str, detail: str) -> None:
        super().__init__(detail)
        self.cause = cause
        self.detail = detail
