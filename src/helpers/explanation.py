"""An extraction → lines for people: what was found in an article, where, by which rule and from which cues."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from helpers.extract import Extraction
    from helpers.observation import Observation, Reason

ATTRIBUTES = ("bound", "indicator", "subject", "place", "period", "basis", "status", "stage")
# stand in the head of the block; told once more where somebody corrected them
HEADED = (
    "kind",
    "value",
    "unit",
)
VALUE_WIDTH = 20


def explanation(extraction: Extraction, rows: Iterable[str]) -> Iterator[str]:
    """Yield the lines that say what was found in an article and why; `rows` are the ids of its observations."""
    yield from _heading(extraction)
    for row, seen in zip(rows, extraction.observations, strict=True):
        yield ""
        yield f"{row}  {seen.kind} {seen.value.normalize():,f} {seen.unit}"
        yield f"  ← {seen.rule} · {seen.confidence} confidence"
        yield f"  {marked_sentence(seen, extraction.clean.text)}"
        yield from (f"  {line}" for line in _attributes(seen))
    if extraction.problems:
        yield ""
        yield "read, but no row:"
        yield from (f"  {problem.cause:15} {problem.detail}" for problem in extraction.problems)


def _heading(extraction: Extraction) -> Iterator[str]:
    article, byline, dateline = extraction.article, extraction.clean.byline, extraction.dateline
    title = article.title or dateline.title or byline.title
    yield "  ".join(filter(None, (article.id, title)))
    yield " · ".join(
        (
            f"published {dateline.published or 'unknown'}",
            f"place {dateline.place or 'unknown'}",
            f"rows {len(extraction.observations)}",
            f"figures that became no row {len(extraction.problems)}",
        )
    )


def _attributes(seen: Observation) -> Iterator[str]:
    """Yield a line for each attribute with its reasons, and one for all that is left unsaid."""
    unsaid = [name for name in ATTRIBUTES if getattr(seen, name) is None and not reasons(seen, name)]
    corrected = [change.column for change in seen.changes if change.column in HEADED]
    for name in (*corrected, *ATTRIBUTES):
        if name not in unsaid:
            value = getattr(seen, name)
            shown = padded("not said" if value is None else str(value), VALUE_WIDTH)
            yield f"{name:9}  {shown} {reasons(seen, name)}".rstrip()
    if unsaid:
        yield f"{'not said':9}  {', '.join(unsaid)}"


def marked_sentence(seen: Observation, text: str) -> str:
    """Return the sentence with its figure in brackets, though the same figure may stand in it twice."""
    offset = text.find(seen.sentence, max(0, seen.end - len(seen.sentence)))
    start, end = seen.start - offset, seen.end - offset
    marked = f"{seen.sentence[:start]}【{seen.text}】{seen.sentence[end:]}"
    return " ".join(marked.split())


def reasons(seen: Observation, attribute: str) -> str:
    """Return why an attribute has its value, empty where no rule has said so."""
    return " ".join(f"← {_in_words(reason)}" for reason in seen.reasons if reason.attribute == attribute)


def _in_words(reason: Reason) -> str:
    span = f" [{reason.start}:{reason.end}]" if reason.start >= 0 else ""
    return f"{reason.rule}: {reason.cue}{span}" if reason.cue else reason.rule


def padded(text: str, width: int) -> str:
    """Return a text with spaces after it up to a width.

    >>> padded("郴州市", 8) + "|"
    '郴州市  |'
    """
    return text + " " * (width - display_width(text))


def display_width(text: str) -> int:
    """Return how many columns a text takes where a Chinese character takes two.

    >>> display_width("8.4%"), display_width("郴州市")
    (4, 6)
    """
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
