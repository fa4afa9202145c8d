"""What is measured: the noun before the figure, after it, or that of the level it belongs to."""

from __future__ import annotations

from helpers.attributes.indicator.count import find_count_indicator
from helpers.attributes.indicator.money import find_money_indicator, word_after_names
from helpers.attributes.indicator.noun import adopt, complete_part, take
from helpers.attributes.indicator.rate import contributor_of, drives_another, find_rate_indicator
from helpers.figure import Figure, Reading
from helpers.mentions.quantity import MONEY
from helpers.observation import Kind
from helpers.phrase import left_phrase
from helpers.rules.rule import ranked_list

RATES = (Kind.GROWTH_RATE, Kind.RATE_DIFFERENCE, Kind.COMPLETION_RATE)
_RATE_KINDS = (*RATES, Kind.SHARE)
_TELLS_ON = (*RATES, Kind.INVESTMENT, Kind.AMOUNT, Kind.PROJECT_COUNT)  # may go on with a noun said before


def find_indicator(reading: Reading, figure: Figure, last: Figure | None) -> None:
    """What is measured: the noun phrase before the figure, after it, or that of the level it belongs to.

    `last` is the last figure of the sentences before in the paragraph, for a figure that names nothing.
    """
    if figure.dealt and figure.quantity.measure == MONEY and (word := word_after_names(reading, figure)):
        figure.subject, figure.indicator = figure.dealt, word.cue
        figure.because("indicator", "word for the sums dealt out by 分别", word)
        return
    if figure.dealt:
        figure.indicator = figure.dealt
        figure.because("indicator", "dealt out by 分别", span=figure.before, text=reading.text)
        if figure.kind is Kind.GROWTH_RATE:
            complete_part(figure, figure.earlier() or last)
        return
    if _take_ranked(reading, figure):
        return
    if figure.level is not None and drives_another(reading, figure):
        figure.subject = contributor_of(figure.level)
    elif figure.level is not None and adopt(figure, figure.level, "dealt out to the figures before"):
        return
    if figure.kind in _RATE_KINDS:
        found = find_rate_indicator(reading, figure, last)
    elif figure.quantity.measure == MONEY:
        found = find_money_indicator(reading, figure, last)
    else:
        found = find_count_indicator(reading, figure) or adopt(
            figure, figure.earlier(), "of the figure told before"
        )
    if not found and not figure.leads_in and figure.kind in _TELLS_ON:
        adopt(figure, last, "of the sentence before")


def _take_ranked(reading: Reading, figure: Figure) -> bool:
    """Take what a list in order of rank is of, the name beside the figure being whose it is."""
    ranked = ranked_list(reading, figure)
    if ranked is None:
        return False
    start = figure.sentence.start
    noun, _ = left_phrase(
        reading.text, start + ranked.start("noun"), start + ranked.end("noun"), reading.masks
    )
    if not take(reading, figure, noun, "what the list in order of rank is of"):
        return False
    figure.subject = figure.subject or ranked["name"]
    return True


def adopt_from_follower(figure: Figure, follower: Figure | None) -> None:
    """Give a figure that names nothing the noun of the next of its kind, or that it leads in: 38、27、24间企业."""
    if (
        figure.indicator is None
        and follower is not None
        and (follower.kind is figure.kind or figure.leads_in)
    ):
        adopt(figure, follower, "of the figure told after")
