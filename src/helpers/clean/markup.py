"""What is left of HTML and what cannot be seen: tags, entities, marks of notes, zero-width and control characters go."""

from __future__ import annotations

import html
import re

from .edit import Edit

KIND = "markup"
# Only names that pages use: in Chinese text a bare < is a sign of comparison or a title mark.
TAG = re.compile(
    r"</?(?:a|abbr|article|b|big|br|center|div|em|figcaption|figure|font|h[1-6]|hr|i|iframe|img|input|ins|label|li|"
    r"link|meta|o:p|ol|p|pre|s|script|section|small|span|strike|strong|style|sub|sup|table|tbody|td|th|thead|time|tr|"
    r"tt|u|ul|video|wbr)(?:\s[^<>]{0,400})?/?>|<!--[^<>]{0,400}-->",
    re.IGNORECASE,
)
# A page that was cut within a tag: its beginning at the end of the text, its end at the beginning.
CUT_TAG = re.compile(
    r"<(?:a|div|font|iframe|img|li|p|script|span|strong|table|td|tr|video)\s[^<>\n]{0,400}\Z|\A[^<>\"\n]{0,100}\" ?/?>",
    re.IGNORECASE,
)
BREAKS = re.compile(r"</?(?:article|br|div|figure|h[1-6]|hr|li|ol|p|section|table|tr|ul)\b", re.IGNORECASE)
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
# 农民工[4]总量: the mark of a note.
NOTE = re.compile(r"(?<=[\u4e00-\u9fff])\[\d{1,2}\](?=[\u4e00-\u9fff(（\d])")
_UNSEEN = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]"
UNSEEN = re.compile(f"{_UNSEEN}{_UNSEEN}*")  # + would be tried at every character


def find_markup(text: str) -> list[Edit]:
    """Return the edits that take tags out, put characters for entities, and drop what cannot be seen.

    >>> [(text.start, text.text) for text in find_markup("增长8%<br>投资&nbsp;5亿元")]
    [(4, '\\n'), (10, ' ')]
    """
    edits = [_drop(match) for match in UNSEEN.finditer(text)]
    if "<" in text or ">" in text:
        edits += [_untag(match) for match in TAG.finditer(text)]
        edits += [Edit(*match.span(), "", KIND, "cut tag") for match in CUT_TAG.finditer(text)]
    if "[" in text:
        edits += [Edit(*match.span(), "", KIND, "mark of a note") for match in NOTE.finditer(text)]
    if "&" in text:
        edits += [edit for match in ENTITY.finditer(text) if (edit := _character(match))]
    return sorted(_apart(sorted(edits, key=lambda edit: edit.start)), key=lambda edit: edit.start)


def _apart(edits: list[Edit]) -> list[Edit]:
    """Return the edits without those that start inside another."""
    kept: list[Edit] = []
    for edit in edits:
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


def _drop(match: re.Match[str]) -> Edit:
    return Edit(*match.span(), "", KIND, "characters that cannot be seen")


def _untag(match: re.Match[str]) -> Edit:
    return Edit(*match.span(), "\n" if BREAKS.match(match[0]) else "", KIND, f"tag {match[0][:20]}")


def _character(match: re.Match[str]) -> Edit | None:
    character = html.unescape(match[0]).replace("\xa0", " ")
    return Edit(*match.span(), character, KIND, "HTML entity") if character != match[0] else None
