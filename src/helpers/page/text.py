"""An article's clean text → HTML with every figure marked by its kind and linked to its row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup, escape

from helpers.charts import mark_words
from helpers.fragment import Fragment, joined, markup
from helpers.page.links import number_of
from helpers.page.opening import OpenArticle
from helpers.wording import KIND_WORDS, say

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Inset:
    """A span of the text and the HTML that stands around it."""

    start: int
    end: int
    before: Markup
    after: Markup


def article_text(article: OpenArticle) -> Fragment:
    """Return the article's text: all of it, only the sentences with figures, or a word on why there is none."""
    shown = spans_shown(article.text, article.rows, article.full_text)
    insets = [*figure_insets(article.rows), *damage_insets(article.damaged)]
    paragraphs = joined(
        markup("<p{}>{}</p>", Markup(' class="zb-cut"') if cut else "", text_with(article.text, span, insets))
        for span, cut in shown
    )
    none = markup('<p class="zb-note">{}</p>', say("按设置，这里不刊登原文；数字见上面的图和下面的表。"))
    return Fragment(
        markup(
            '<section class="zb-text" id="text" lang="{lang}"><h2>{heading}</h2>{key}'
            '<div class="zb-article">{body}</div></section>',
            lang=article.text_language,
            heading=say("有数字的句子") if article.full_text == "figures" else say("原文"),
            key=text_key(article.rows) if shown else "",
            body=paragraphs if shown else none,
        )
    )


def text_key(rows: pd.DataFrame) -> Markup:
    """Return the kinds that occur, each as it is marked in the text."""
    present = [kind for kind in KIND_WORDS if (rows["kind"] == kind).any()]
    items = joined(
        (markup('<span class="zb-figure zb-{}">{}</span>', kind, say(KIND_WORDS[kind])) for kind in present),
        " ",
    )
    return markup('<p class="zb-key">{}</p>', items)


def spans_shown(text: str, rows: pd.DataFrame, full_text: str) -> list[tuple[Span, bool]]:
    """Return the paragraphs to show, each with whether something was left out before it."""
    if full_text == "full":
        return [(span, False) for span in paragraph_spans(text)]
    if full_text == "none":
        return []
    spans = merged(sentence_span(text, row.sentence, row.start, row.end) for row in rows.itertuples())
    return [
        (span, text[(spans[i - 1][1] if i else 0) : span[0]].strip() != "") for i, span in enumerate(spans)
    ]


def paragraph_spans(text: str) -> Iterator[Span]:
    """Yield the span of each line that says something."""
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield start + len(line) - len(line.lstrip()), start + len(line.rstrip())
        start += len(line)


def sentence_span(text: str, sentence: str, start: int, end: int) -> Span:
    """Return where the sentence around a figure stands, the figure alone if it cannot be found there."""
    found = text.rfind(sentence, 0, start + len(sentence)) if sentence else -1
    return (
        (found, found + len(sentence))
        if 0 <= found <= start and found + len(sentence) >= end
        else (start, end)
    )


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return spans in order, those that overlap as one."""
    result: list[Span] = []
    for start, end in sorted(spans):
        if result and start < result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


def figure_insets(rows: pd.DataFrame) -> Iterator[Inset]:
    """Yield a link around each figure; figures that share their span stand one inside the other's place."""
    taken = -1
    for record in rows.sort_values(["start", "end"], kind="stable").to_dict("records"):
        number = number_of(str(record["row"]))
        if record["start"] < taken:
            yield Inset(
                record["start"], record["start"], markup('<span id="t-{}"></span>', number), Markup("")
            )
            continue
        taken = record["end"]
        planned = " zb-planned" if record["status"] == "planned" else ""
        opening = markup(
            '<a class="zb-figure zb-{kind}{planned}" id="t-{number}" href="#r-{number}" title="{title}"'
            ' data-row="{row}">',
            kind=record["kind"], planned=planned, number=number, row=record["row"],
            title=f"{say(KIND_WORDS[record['kind']])}：{mark_words(record)}",
        )  # fmt: skip
        yield Inset(record["start"], record["end"], opening, Markup("</a>"))


def damage_insets(damaged: Iterable[Span]) -> Iterator[Inset]:
    """Yield a mark around each run that cleaning could not repair."""
    opening = markup('<span class="zb-damaged" title="{}">', say("此处原文损坏，无法修复"))
    for start, end in damaged:
        yield Inset(start, end, opening, Markup("</span>"))


def text_with(text: str, span: Span, insets: Sequence[Inset]) -> Markup:
    """Return a piece of the text, escaped, with the insets that begin in it."""
    pieces, position = [], span[0]
    for inset in sorted(insets, key=lambda inset: (inset.start, inset.end)):
        if not span[0] <= inset.start < span[1] or inset.start < position:
            continue
        end = min(inset.end, span[1])
        pieces += [
            escape(text[position : inset.start]),
            inset.before,
            escape(text[inset.start : end]),
            inset.after,
        ]
        position = end
    return joined([*pieces, escape(text[position : span[1]])])
