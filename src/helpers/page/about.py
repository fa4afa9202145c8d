"""What is known of an article and of how its rows came about: masthead, repairs, problems, citation, downloads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pandas as pd
from markupsafe import Markup

from helpers.fragment import Fragment, joined, markup
from helpers.page.cleaning import examples_of_kind
from helpers.page.links import article_file, neighbour_link, web_link
from helpers.page.opening import OpenArticle, date_words, title_of
from helpers.rates import Rate, Rates
from helpers.wording import CURRENCY_WORDS, PROBLEM_WORDS, is_missing, language, period_words, say

if TYPE_CHECKING:
    from helpers.clean import Repair


def masthead(article: OpenArticle) -> Fragment:
    """Return the article's title, who published it when and where, and how much was found in it."""
    about = article.about
    title = title_of(about)
    url = web_link(about["url"])
    facts = [
        about["source"],
        about["author"],
        date_words(about),
        about["place"],
        say("{characters}字，{count}个数字", characters=len(article.text), count=len(article.rows)),
    ]
    return Fragment(
        markup(
            '<div class="zb-masthead"><p class="zb-title">{title}</p><p class="zb-facts">{facts}{link}</p>{notes}</div>',
            title=title,
            facts=say("·").join(str(fact) for fact in facts if not is_missing(fact) and fact),
            link=markup('·<a href="{}" rel="noopener noreferrer">{}</a>', url, say("原文网页"))
            if url
            else "",
            notes=copy_note(article.original) + rates_note(article.rates, article.rows),
        )
    )


def copy_note(original: Mapping[str, object] | None) -> Markup:
    """Return that the article is the same as another, with the link to it; nothing for None."""
    if original is None:
        return Markup("")
    title = say("《{title}》", title=title_of(original))
    details = [original["source"], date_words(original)]
    known = say("，").join(str(detail) for detail in details if not is_missing(detail) and detail)
    return markup(
        '<p class="zb-note">{}<a href="{}">{}</a>{}{}</p>',
        say("本文与这篇相同："), neighbour_link(str(original["article"])), title, f"（{known}）" if known else "",
        say("。整组文章的图表和要点只算那一篇。"),
    )  # fmt: skip


def rates_note(rates: Rates, rows: pd.DataFrame) -> Markup:
    """Return at which rates sums of the rows were converted, and which currencies have none; nothing without rates."""
    if not rates:
        return Markup("")
    units = set(rows.loc[rows["kind"].isin(["investment", "amount"]), "unit"])
    used = [_rate_words(rate, rates.currency) for rate in rates.rates if rate.currency in units]
    unknown = [currency_word(unit) for unit in sorted(units) if rates.factor(unit) is None]
    told = [say("；").join(used)] if used else []
    told += [say("没有给出汇率的是{currencies}", currencies=say("、").join(unknown))] if unknown else []
    if not told:
        return Markup("")
    return markup('<p class="zb-note">{}{}</p>', say("不同货币按所给汇率折算后比较："), say("；").join(told))


def _rate_words(rate: Rate, local: str) -> str:
    return say(
        "1{foreign}合{rate}{local}（{day}）",
        foreign=currency_word(rate.currency), rate=rate.rate, local=currency_word(local),
        day=period_words(rate.day.isoformat()),
    )  # fmt: skip


def currency_word(code: str) -> str:
    """Return what one unit of a currency is called."""
    return f" {code} " if language() == "en" else say(CURRENCY_WORDS.get(code, code))


def repairs_made(article: OpenArticle) -> Fragment:
    """Return what cleaning changed in the article, by sort, with examples of what stood there before."""
    by_kind: dict[str, list[Repair]] = {}
    for repair in article.repairs:
        by_kind.setdefault(repair.kind, []).append(repair)
    if not by_kind:
        body = markup('<p class="zb-note">{}</p>', say("原文没有需要清洗的地方。"))
    else:
        body = joined(examples_of_kind(kind, by_kind[kind]) for kind in by_kind)
    return Fragment(
        markup(
            '<section class="zb-repairs" id="repairs"><h2>{}</h2>{}</section>',
            say("清洗改动了{count}处", count=len(article.repairs)) if by_kind else say("清洗没有改动"),
            body,
        )
    )


def problems_met(problems: pd.DataFrame, limit: int = 100) -> Fragment:
    """Return what was read and did not become a row, each with its reason: faults first, mere notes folded away.

    A number set aside (in a name, a threshold, a ranking) is no fault: it was understood, and is no figure.
    """
    aside = problems["cause"] == "set_aside"
    faults, notes = problems[~aside], problems[aside]
    told = (
        _problem_list(faults, limit)
        if len(faults)
        else markup('<p class="zb-note">{}</p>', say("没有损坏或读不懂的数字。"))
    )
    if notes.empty:
        return Fragment(told)
    folded = markup(
        '<details class="zb-repair"><summary>{} <small>{}</small></summary>{}</details>',
        say("不是统计数字"), say("{count}个数字", count=len(notes)), _problem_list(notes, limit),
    )  # fmt: skip
    return Fragment(told + folded)


def _problem_list(problems: pd.DataFrame, limit: int) -> Markup:
    items = joined(
        markup("<li><b>{}</b> {}{}</li>", row["article"], _problem_label(row["cause"]), row["detail"])
        for row in problems.head(limit).to_dict("records")
    )
    rest = len(problems) - limit
    more = markup("<li>{}</li>", say("另有{count}个", count=rest)) if rest > 0 else ""
    return markup('<ul class="zb-problems">{}{}</ul>', items, more)


def _problem_label(cause: str) -> str:
    """Return what a cause is called, nothing where the detail says it in words."""
    return say(PROBLEM_WORDS[cause]) + say("：") if cause in PROBLEM_WORDS else ""


def citation(article: OpenArticle) -> Fragment:
    """Return how to cite the article's figures, and the files to download."""
    about = article.about
    title = title_of(about)
    source = [about["source"], date_words(about), about["url"]]
    words = say("，").join(str(part) for part in source if not is_missing(part) and part)
    stem = article_file(article.id)
    return Fragment(
        markup(
            '<section class="zb-cite" id="cite"><h2>{}</h2><p>{}</p>{}</section>',
            say("引用与下载"),
            say(
                "数字出自《{title}》{source}；由战报整理，每个数字都可回到原句。",
                title=title,
                source=f"（{words}）" if words else "",
            ),
            downloads([(f"{stem}.csv", say("本文数字（CSV）")), (f"{stem}.ipynb", say("运行过的笔记本"))]),
        )
    )


def downloads(files: Iterable[tuple[str, str]]) -> Markup:
    """Return links to files beside the page."""
    return markup(
        '<p class="zb-downloads">{}</p>',
        joined((markup('<a href="{}" download>{}</a>', name, label) for name, label in files), " "),
    )
