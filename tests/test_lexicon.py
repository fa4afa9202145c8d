"""The lexicons keep their contract: every row has a phrase in which it is found and does what its row says."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

import helpers.lexicon
from helpers.article import Article
from helpers.extract import extract
from helpers.lexicon import NOT_A_CUE, Cue, Entry, Lexicon, LexiconError, read_lexicon
from helpers.mentions.quantity import LOCAL_CURRENCY, Quantity, find_quantities, units
from helpers.observation import Basis, Bound, Stage, Status
from helpers.paths import LEXICONS
from helpers.phrase import left_phrase, right_phrase, trim_links

MEANINGS = {
    "status": {Status.PLANNED, NOT_A_CUE},
    "stage": {*Stage, NOT_A_CUE},
    "basis": {*Basis, NOT_A_CUE} - {Basis.PLAN, Basis.UNSPECIFIED},
    "change": {"rise", "fall", NOT_A_CUE},
    "money": {"investment", "amount", NOT_A_CUE},
    "bound": {*Bound, NOT_A_CUE} - {Bound.EXACT},
    "phrase": {"head", NOT_A_CUE},
    "link": {"link"},
    "stop": {"stop", NOT_A_CUE},
    "light": {"light"},
    "pointless": {"pointless"},
    "opening": {"opening"},
    "real_growth": {"real"},
    "industries": {"whole"},
}
FOUND_IN_TEXT = (
    "status",
    "stage",
    "basis",
    "change",
    "money",
    "bound",
    "phrase",
    "stop",
    "real_growth",
    "industries",
)
LONGEST_EXAMPLE = 18  # a phrase, never a sentence of somebody's article
MEASURES = {"percent", "point", "money", "count", "physical", "digits_only"}


def rows(*families: str, pseudo: bool | None = None) -> list:
    """The entries of some families as parameters: all, only pseudo-cues, or only those with a meaning."""
    return [
        pytest.param(family, entry, id=f"{family}-{entry.cue}")
        for family in families
        for entry in read_lexicon(family).entries
        if pseudo is None or (entry.meaning == NOT_A_CUE) is pseudo
    ]


def groups(name: str) -> Iterator[tuple[str, list[str]]]:
    """The groups of a lexicon file, each with the first cells of its lines."""
    lines = (LEXICONS / f"{name}.tsv").read_text("utf-8").splitlines()
    columns = next(i for i, line in enumerate(lines) if not line.startswith("#"))
    group: list[str] = []
    title = ""
    for line in lines[columns + 1 :]:
        if line.startswith("#"):
            if title:
                yield title, group
            title, group = line, []
        else:
            group.append(line.split("\t")[0])
    yield title, group


def touches(cues: list[Cue], start: int, end: int) -> bool:
    return any(cue.start < end and start < cue.end for cue in cues)


def figure_after(entry: Entry) -> Quantity:
    """The first figure of an example that stands after its cue."""
    end = entry.example.index(entry.cue) + len(entry.cue)
    return next(quantity for quantity in find_quantities(entry.example) if quantity.end > end)


@pytest.mark.parametrize("family", MEANINGS)
def test_meanings_are_those_that_the_rules_know(family):
    assert {entry.meaning for entry in read_lexicon(family).entries} <= MEANINGS[family]


@pytest.mark.parametrize("name", [*MEANINGS, "units"])
def test_groups_have_a_title_and_are_sorted_by_length_then_code_point(name):
    for title, cues in groups(name):
        assert title.startswith("# "), f"{cues[:1]} stand in no group"
        assert cues, f"{title} is empty"
        assert cues == sorted(cues, key=lambda cue: (len(cue), cue)), title


@pytest.mark.parametrize("name", [*MEANINGS, "units"])
def test_no_group_stands_twice(name):
    titles = [title for title, _ in groups(name)]
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize(("family", "entry"), rows(*MEANINGS))
def test_example_is_a_phrase_around_its_cue(family, entry):
    assert entry.cue in entry.example
    assert len(entry.cue) < len(entry.example) <= LONGEST_EXAMPLE


@pytest.mark.parametrize(("family", "entry"), rows(*FOUND_IN_TEXT, pseudo=False))
def test_cue_is_found_in_its_example(family, entry):
    assert (entry.cue, entry.meaning) in [
        (cue.cue, cue.meaning) for cue in read_lexicon(family).find(entry.example)
    ]


@pytest.mark.parametrize(("family", "entry"), rows(*FOUND_IN_TEXT, pseudo=True))
def test_pseudo_cue_hides_a_cue_of_its_example(family, entry):
    lexicon = read_lexicon(family)
    without = Lexicon(family, tuple(other for other in lexicon.entries if other != entry))
    start = entry.example.index(entry.cue)
    end = start + len(entry.cue)
    assert not touches(lexicon.find(entry.example), start, end)
    assert touches(without.find(entry.example), start, end)


@pytest.mark.parametrize(("family", "entry"), rows("bound", pseudo=False))
def test_bound_is_read_beside_the_figure(family, entry):
    assert any(quantity.bound == entry.meaning for quantity in find_quantities(entry.example))


@pytest.mark.parametrize(("family", "entry"), rows("bound", pseudo=True))
def test_what_only_looks_like_a_bound_leaves_the_figure_exact(family, entry):
    assert [quantity.bound for quantity in find_quantities(entry.example)] == [Bound.EXACT]


@pytest.mark.parametrize(("family", "entry"), rows("link"))
def test_link_is_taken_off_the_noun_before_the_figure(family, entry):
    assert trim_links(entry.example, 0, figure_after(entry).start) <= entry.example.index(entry.cue)


@pytest.mark.parametrize(("family", "entry"), rows("phrase", pseudo=False))
def test_noun_begins_after_its_head(family, entry):
    span, verb = left_phrase(entry.example, 0, figure_after(entry).reach_start)
    assert (verb, span.start) == (entry.cue, entry.example.index(entry.cue) + len(entry.cue))


@pytest.mark.parametrize(("family", "entry"), rows("light"))
def test_light_word_stays_off_a_short_noun(family, entry):
    assert read_lexicon("phrase").meanings[entry.cue] == "head"
    span, verb = left_phrase(entry.example, 0, figure_after(entry).reach_start, with_verb=True)
    assert (verb, span.start) == (entry.cue, entry.example.index(entry.cue) + len(entry.cue))


@pytest.mark.parametrize(("family", "entry"), rows("pointless"))
def test_pointless_word_is_no_indicator(family, entry):
    found = extract(Article("a", entry.example)).observations
    assert entry.cue not in {row.indicator for row in found}


@pytest.mark.parametrize(("family", "entry"), rows("opening"))
def test_noun_after_the_figure_begins_with_its_opening(family, entry):
    start = entry.example.index(entry.cue)
    assert right_phrase(entry.example, start, len(entry.example)) == (start, len(entry.example))


@pytest.mark.parametrize(("family", "entry"), rows("stop", pseudo=False))
def test_noun_after_the_figure_ends_before_its_stop(family, entry):
    span = right_phrase(entry.example, find_quantities(entry.example)[0].end, len(entry.example))
    assert span.end == entry.example.index(entry.cue, span.start)
    assert span.start < span.end


@pytest.mark.parametrize(("family", "entry"), rows("stop", pseudo=True))
def test_noun_after_the_figure_goes_on_through_a_pseudo_stop(family, entry):
    span = right_phrase(entry.example, find_quantities(entry.example)[0].end, len(entry.example))
    assert span.end >= entry.example.index(entry.cue) + len(entry.cue)


def in_pieces(word: str, words: set[str]) -> bool:
    """Whether a word can be put together from others."""
    reached = [True] + [False] * len(word)
    for end in range(1, len(word) + 1):
        reached[end] = any(reached[start] and word[start:end] in words for start in range(end))
    return reached[-1]


def test_no_link_is_made_of_other_links():
    links = {entry.cue for entry in read_lexicon("link").entries}
    assert not [link for link in links if in_pieces(link, links - {link})]


@pytest.mark.parametrize(("written", "unit"), units().items(), ids=list(units()))
def test_units_have_a_positive_factor_to_a_unit_of_their_measure(written, unit):
    assert unit.factor > 0
    assert unit.measure in MEASURES
    if unit.measure == "money":
        assert unit.canonical == LOCAL_CURRENCY or re.fullmatch("[A-Z]{3}", unit.canonical)
    elif unit.measure == "percent":
        assert unit.canonical == "percent"
    elif unit.measure == "point":
        assert unit.canonical == "percentage_point"
    else:
        base = units()[unit.canonical]
        assert (base.canonical, base.factor, base.measure) == (unit.canonical, Decimal(1), unit.measure)


def unit_rows() -> list:
    content = (LEXICONS / "units.tsv").read_text("utf-8").splitlines()
    reader = csv.DictReader((line for line in content if not line.startswith("#")), delimiter="\t")
    return [pytest.param(row, id=row["unit"]) for row in reader]


@pytest.mark.parametrize("row", unit_rows())
def test_unit_is_read_in_its_example(row):
    (quantity,) = find_quantities(row["example"])
    assert row["example"][: quantity.end].endswith(row["unit"])
    assert quantity.unit == row["canonical"]


def test_units_are_unique():
    written = [param.values[0]["unit"] for param in unit_rows()]
    assert len(written) == len(set(written))


def test_leftmost_then_longest_cue_counts():
    lexicon = Lexicon(
        "test",
        (
            Entry("引资", "signed", "both", "clause", "引资5亿元"),
            Entry("招商引资", NOT_A_CUE, "both", "adjacent", "招商引资工作"),
            Entry("商引", "started", "both", "clause", "商引"),
        ),
    )
    assert [cue.cue for cue in lexicon.find("引资5亿元,招商引资工作")] == ["引资"]
    assert lexicon.find("招商") == []


HEADER = "cue\tmeaning\tdirection\tscope\texample\n"


@pytest.fixture
def lexicon_file(tmp_path, monkeypatch):
    """Writes a lexicon of its own for the reader, and forgets it afterwards."""
    (tmp_path / "lexicons").mkdir()
    monkeypatch.setattr(helpers.lexicon, "files", lambda package: tmp_path)
    read_lexicon.cache_clear()

    def write(content: str) -> Path:
        path = tmp_path / "lexicons" / "broken.tsv"
        path.write_text(content, "utf-8")
        return path

    yield write
    read_lexicon.cache_clear()


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        pytest.param("计划\tplanned\tright\tclause\t计划投资\n", "must name cue", id="no header"),
        pytest.param(HEADER + "计划\tplanned\tright\n", "line 2: 3 columns", id="columns"),
        pytest.param(
            HEADER + "计划\tplanned\tafter\tclause\t计划投资\n", "direction 'after'", id="direction"
        ),
        pytest.param(HEADER + "计划\tplanned\tright\tpage\t计划投资\n", "scope 'page'", id="scope"),
        pytest.param(HEADER + "计划\tplanned\tright\tclause\t拟投资\n", "not in its example", id="example"),
        pytest.param(HEADER + "拟\tplanned\tright\tclause\t拟投资\n" * 2, "stands twice", id="twice"),
    ],
)
def test_broken_line_is_named(lexicon_file, content, complaint):
    lexicon_file(content)
    with pytest.raises(LexiconError, match=r"broken\.tsv.*") as error:
        read_lexicon("broken")
    assert complaint in str(error.value)
