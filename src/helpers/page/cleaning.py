"""What cleaning did to the articles of a set: how much of which sort, for example what, and where in a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from helpers.article import Article, read_article_set
from helpers.fragment import Fragment, joined, markup
from helpers.page.opening import locate
from helpers.page.table import table_section
from helpers.reading import UnreadableError
from helpers.reading.limits import bounded, limits
from helpers.wording import REPAIR_WORDS, say, set_language

if TYPE_CHECKING:
    from helpers.clean import CleanText, Repair

EXAMPLES = 60
LONGEST = 40  # characters of an example that are shown


@dataclass(frozen=True)
class CleanedArticle:
    """An article and what cleaning made of it."""

    article: Article
    clean: CleanText

    @property
    def name(self) -> str:
        """What the article is called: its title, else its id."""
        return self.article.title or self.clean.byline.title or self.article.id


def clean_set(articles: str | Path, *, language: str = "zh-Hans") -> list[CleanedArticle]:
    """Return the articles of a set with their cleaned texts, and speak the language from here on."""
    set_language(language)
    found = map(_cleaned_or_none, read_article_set(locate(articles)).articles)
    return [one for one in found if one is not None]


def _cleaned_or_none(article: Article) -> CleanedArticle | None:
    """Return an article with its cleaned text; None for one that took too long, which the problems name."""
    from helpers.clean import clean

    with suppress(UnreadableError), bounded(limits()):
        return CleanedArticle(article, clean(article.raw))
    return None


def most_repaired(cleaned: Sequence[CleanedArticle]) -> CleanedArticle | None:
    """Return the article that took the most repairs, the first of equals."""
    return max(cleaned, key=lambda one: len(one.clean.repairs), default=None)


def repair_counts(cleaned: Sequence[CleanedArticle]) -> Fragment:
    """Return how many repairs of which sort each article took."""
    counts = {one.article.id: Counter(repair.kind for repair in one.clean.repairs) for one in cleaned}
    total = sum(counts.values(), Counter())
    kinds = [kind for kind in {**REPAIR_WORDS, **total} if total[kind]]
    words = [REPAIR_WORDS.get(kind, kind) for kind in kinds]
    rows = (_count_row(one, counts[one.article.id], kinds) for one in cleaned)
    columns = ["文章", *words, "修不好的"]
    heading = say("清洗改动了{count}处", count=total.total()) if total else say("清洗没有改动")
    return Fragment(table_section("counts", heading, columns, rows, classes="zb-counts", numeric=columns[1:]))


def _count_row(one: CleanedArticle, counts: Counter, kinds: Iterable[str]) -> Markup:
    numbers = [*(counts[kind] for kind in kinds), len(one.clean.damaged)]
    cells = joined(markup('<td class="zb-number" data-sort="{}">{}</td>', n, n or "–") for n in numbers)
    return markup('<tr><th scope="row">{}</th>{}</tr>', one.name, cells)


def repair_examples(cleaned: Sequence[CleanedArticle]) -> Fragment:
    """Return what was repaired, by sort, the commonest first, with what stands there now."""
    by_kind: dict[str, list[Repair]] = {}
    for one in cleaned:
        for repair in one.clean.repairs:
            by_kind.setdefault(repair.kind, []).append(repair)
    details = joined(examples_of_kind(kind, by_kind[kind]) for kind in by_kind)
    return Fragment(markup('<section class="zb-repairs" id="examples">{}</section>', details))


def examples_of_kind(kind: str, repairs: Sequence[Repair]) -> Markup:
    """Return repairs of one sort, folded: what stood there, what stands there now, how often."""
    counted = Counter((repair.raw, repair.clean) for repair in repairs)
    items = joined(
        markup(
            "<li><del>{}</del> → <ins>{}</ins>{}</li>",
            _shortened(raw),
            _shortened(clean) or say("（删去）"),
            markup(" <small>×{}</small>", times) if times > 1 else "",
        )
        for (raw, clean), times in counted.most_common(EXAMPLES)
    )
    rest = len(counted) - EXAMPLES
    return markup(
        '<details class="zb-repair"><summary>{} <small>{}</small></summary><ul>{}</ul>{}</details>',
        say(REPAIR_WORDS.get(kind, kind)),
        say("{count}处", count=len(repairs)),
        items,
        markup('<p class="zb-note">{}</p>', say("另有{count}种", count=rest)) if rest > 0 else "",
    )


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"


def repaired_text(one: CleanedArticle | None, *, full_text: str = "full") -> Fragment:
    """Return an article as it came, with what cleaning took out and put in marked where it stands."""
    if one is None:
        return Fragment("")
    heading = markup("<h3>{}</h3>", one.name)
    if full_text != "full":
        body = markup('<p class="zb-note">{}</p>', say("按设置，这里不刊登原文。"))
    else:
        body = joined(map(_raw_paragraph, "".join(_marked_raw(one.clean)).split("\n")))
    return Fragment(
        markup(
            '<section class="zb-text" id="text">{}<div class="zb-article">{}</div></section>', heading, body
        )
    )


def _marked_raw(clean: CleanText) -> Iterable[Markup]:
    """Yield the raw text, escaped, with each repair as a deletion and an insertion; line by line they stay closed."""
    position = 0
    for repair in clean.repairs:
        if repair.start < position:
            continue
        yield markup("{}", clean.raw[position : repair.start])
        for number, line in enumerate(repair.raw.split("\n")):
            yield Markup("\n" if number else "")
            yield markup("<del>{}</del>", line) if line.strip() else markup("{}", line)
        yield markup("<ins>{}</ins>", repair.clean) if repair.clean.strip() else markup("{}", repair.clean)
        position = repair.end
    yield markup("{}", clean.raw[position:])


def _raw_paragraph(line: str) -> Markup:
    return Markup(f"<p>{line}</p>") if line.strip() else Markup("")
