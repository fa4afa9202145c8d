"""What is passed over for speed is found by nobody: the same with every shortcut taken away."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import extract, phrase
from helpers.article import Article
from helpers.attributes import asides, status
from helpers.attributes import place as places_of_figures
from helpers.attributes.indicator import noun, rate
from helpers.attributes.stage import STATISTIC
from helpers.clean import clean
from helpers.lexicon import read_lexicon
from helpers.mentions import period, place, quantity
from helpers.mentions.period import find_times
from helpers.mentions.place import find_places
from helpers.mentions.quantity import find_quantities
from helpers.phrase import trim_links
from helpers.rules import context, growth_rate, investment, set_aside
from helpers.segment import (
    Span,
    Stretches,
    clause_around,
    clause_end,
    clause_start,
    split_paragraphs,
)

FAMILIES = ("figures", "statistics", "investment_news", "rules")
EVERYWHERE = re.compile(r"(?=.)", re.DOTALL)


class AnyCharacter:
    """Stands for a set that has every character."""

    def __contains__(self, character: str) -> bool:
        return True


@pytest.fixture(scope="module", params=FAMILIES)
def texts(request):
    path = Path(__file__).parent / "cases" / f"{request.param}.json"
    return [clean(case["text"]).text for case in json.loads(path.read_text("utf-8"))]


def test_times_begin_with_no_other_character(texts, monkeypatch):
    found = [find_times(text) for text in texts]
    monkeypatch.setattr(period, "_FIRST", AnyCharacter())
    find_times.cache_clear()
    assert [find_times(text) for text in texts] == found


def test_no_mark_stands_before_the_head_of_a_time(texts, monkeypatch):
    found = [find_times(text) for text in texts]
    monkeypatch.setattr(period, "_NEVER_WITHIN", frozenset())
    find_times.cache_clear()
    assert [find_times(text) for text in texts] == found


def test_times_are_looked_for_at_no_other_character(texts, monkeypatch):
    found = [find_times(text) for text in texts]
    class_in_front, _, branches = period._HEADS.pattern.partition(")")
    assert class_in_front.startswith("(?=[")
    monkeypatch.setattr(period, "_HEADS", re.compile(branches))
    find_times.cache_clear()
    assert [find_times(text) for text in texts] == found


BOUND_WORDS_ANYWHERE = quantity._bound_words()._replace(
    ends_before=AnyCharacter(), begins_after=AnyCharacter()
)
QUANTITY_SHORTCUTS = {
    "_heads": lambda: EVERYWHERE,
    "_MULTIPLE_HEADS": EVERYWHERE,
    "_may_tell_multiples": lambda text: True,
    "_bound_words": lambda: BOUND_WORDS_ANYWHERE,
    "_ENDS_OF_CURRENCY": AnyCharacter(),
    "_ENDS_OF_POINTS": AnyCharacter(),
}


@pytest.mark.parametrize("shortcut", QUANTITY_SHORTCUTS)
def test_figures_begin_and_are_bounded_nowhere_else(texts, monkeypatch, shortcut):
    found = [find_quantities(text) for text in texts]
    monkeypatch.setattr(quantity, shortcut, QUANTITY_SHORTCUTS[shortcut])
    assert [find_quantities(text) for text in texts] == found


def test_a_stop_after_a_quantity_leaves_no_reason_that_follows(texts, monkeypatch):
    quantities = [
        (text, quantity, sentence)
        for text in texts
        for paragraph in split_paragraphs(text)
        for sentence in paragraph.sentences
        for quantity in find_quantities(text)
        if sentence.start <= quantity.start < sentence.end
    ]
    reasons = [set_aside.reason_to_set_aside(*quantity) for quantity in quantities]
    monkeypatch.setattr(set_aside, "_STOPS", frozenset())
    assert [set_aside.reason_to_set_aside(*quantity) for quantity in quantities] == reasons


@given(st.text("一5。万.", max_size=40), st.sampled_from("一5点"), st.integers(50, 90))
def test_every_endless_numeral_is_seen_by_every_tenth_character(before, digit, length):
    text = before + digit * length + "项"
    blanked = quantity._NO_NUMERAL.sub(lambda run: " " * len(run[0]), text)
    assert quantity._without_endless_numerals(text) == blanked


@pytest.mark.parametrize("home", ["湖南省", "株洲市", "朝阳区"])
def test_a_home_that_tells_nothing_new_changes_no_place(texts, monkeypatch, home):
    found = [find_places(text, home) for text in texts]
    monkeypatch.setattr(place, "_is_open", lambda word: True)
    monkeypatch.setattr(place, "_bears_on", lambda word, home, codes: True)
    place._mentions.cache_clear()
    assert [find_places(text, home) for text in texts] == found


@pytest.mark.parametrize("ends", ["_TIME_UNITS", "_ORDER_ENDS", "_GOES_WITH_NOUN"])
def test_what_stands_after_a_noun_has_no_other_character(texts, monkeypatch, ends):
    spans = [(text, max(0, end - 40), end) for text in texts for end in range(1, len(text) + 1)]
    found = [trim_links(*span) for span in spans]
    monkeypatch.setattr(phrase, ends, AnyCharacter())
    assert [trim_links(*span) for span in spans] == found


ROW_SHORTCUTS = {
    "a word of intent is told": (status, "_is_intent_told", lambda reading, figure: True),
    "the text goes on after each time": (asides, "_MARKS", frozenset()),
    "another time was told": (
        asides,
        "_ASIDES_OPEN",
        dict.fromkeys(asides._ASIDES_OPEN, asides._ASIDES_OPEN[True, True]),
    ),
    "a heading may be of goals": (status, "_GOAL_WORDS", EVERYWHERE),
    "a word of a plan is told": (context, "_PLAN", EVERYWHERE),
    "a difference can be told": (investment, "_MORE_ENDS", ("",)),
    "a level can be reached": (growth_rate, "_REACHES", ("",)),
    "a cause is told": (rate, "_CAUSES", EVERYWHERE),
    "an owner is told": (noun, "_OWNS", EVERYWHERE),
    "more than a noun is told": (noun, "_GOES_BEYOND_NOUN", EVERYWHERE),
    "a noun may have two halves": (noun, "_HALF_ENDS", ("",)),
}


@pytest.mark.parametrize("shortcut", ROW_SHORTCUTS)
def test_rows_are_the_same_where_all_is_asked(texts, monkeypatch, shortcut):
    found = [extract.extract(Article("x", text)) for text in texts]
    monkeypatch.setattr(*ROW_SHORTCUTS[shortcut])
    assert [extract.extract(Article("x", text)) for text in texts] == found


LINKS = read_lexicon("link").meanings
LONGEST_LINKS = re.compile(
    f"(?:{'|'.join(re.escape(w[::-1]) for w in sorted(LINKS, key=len, reverse=True))})+"
)


@given(st.lists(st.sampled_from(sorted({*LINKS, *"".join(LINKS)}))).map("".join), st.integers(0, 3))
def test_links_are_found_by_their_last_character(text, start):
    backwards = LONGEST_LINKS.match(text[start:][::-1])
    assert phrase._before_links(text, start, len(text)) == len(text) - (backwards.end() if backwards else 0)


@given(st.lists(st.sampled_from([*sorted(read_lexicon("opening").meanings), "的", "5"])).map("".join))
def test_openings_are_found_by_their_first_character(text):
    found = next(iter(read_lexicon("opening").find(text)), None)
    assert phrase._opening(text + "5", 0, len(text)) == (found.end if found and not found.start else 0)


@given(st.text("一，、（)”", max_size=12), st.integers(0, 4), st.integers(0, 12))
def test_a_phrase_without_marks_begins_at_its_start(text, start, length):
    end = min(start + length, len(text))
    with pytest.MonkeyPatch.context() as patch:
        found = phrase._last_mark(text, start, end)
        patch.setattr(phrase, "_MARK", re.compile(""))
        assert phrase._last_mark(text, start, end) == found


@given(st.text("一。！” \u3000\t\r\n\x1c", max_size=24))
def test_paragraphs_and_sentences_have_no_blanks_around_them(text):
    paragraphs = split_paragraphs(text)
    assert [text[p.start : p.end] for p in paragraphs] == [
        w for line in text.split("\n") if (w := line.strip())
    ]
    sentences = [text[start:end] for p in paragraphs for start, end in p.sentences]
    assert sentences == [sentence.strip() for sentence in sentences if sentence.strip()]
    assert "".join("".join(sentences).split()) == "".join(text.split())


@given(st.text("一5，,。；", min_size=1, max_size=16), st.data())
def test_a_clause_around_a_figure_runs_from_its_start_to_its_end(text, data):
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    within = Span(*sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2))))
    clause = Span(clause_start(text, start, within.start), clause_end(text, end, within.end))
    assert clause_around(text, start, end, within) == clause


SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 8)).map(lambda at: (at[0], at[0] + at[1])))


@given(SPANS, st.integers(0, 30), st.integers(1, 8))
def test_stretches_overlap_as_one_by_one(spans, start, length):
    one_by_one = any(s < start + length and start < e for s, e in spans)
    assert Stretches(spans).overlap(start, start + length) == one_by_one


@given(st.text("一二三是，", max_size=24))
def test_an_enumeration_tells_its_numbers_in_order(text):
    assert extract._enumerates(text) == (re.search("一是.*二是.*三是", text, re.DOTALL) is not None)


THING_BEFORE_ITS_PLACE = re.compile(
    r"(?:该|这|上述|此)(?:项目|公司|企业|园区|产业园|基地|区|县|市)|(?:(?<=[\n，。])|^)(?:项目|园区|公司|这里)(?!攻坚)"
)


@given(
    st.lists(st.sampled_from(["该", "上述", "项目", "这里", "公司", "县", "攻坚", "，", "\n", "一"])).map(
        "".join
    )
)
def test_what_was_spoken_of_is_found_by_its_first_character(text):
    found = [match.span() for match in places_of_figures._ANAPHOR.finditer(text)]
    assert found == [match.span() for match in THING_BEFORE_ITS_PLACE.finditer(text)]


def test_what_tells_of_many_places_begins_with_no_other_character(texts):
    ends = [(text, offset) for text in texts for offset in range(len(text))]
    found = [(text, offset) for text, offset in ends if places_of_figures._OF_MANY.match(text, offset)]
    assert {text[offset] for text, offset in found} <= places_of_figures._BEFORE_MANY


def test_statistical_totals_begin_with_no_other_character(texts):
    class_in_front, _, branches = STATISTIC.pattern.partition(")")
    assert class_in_front.startswith("(?=[")
    everywhere = re.compile(branches)
    assert [STATISTIC.findall(text) for text in texts] == [everywhere.findall(text) for text in texts]
