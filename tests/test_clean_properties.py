"""Cleaning as a whole: nothing raises, twice is once, offsets lead there and back, clean text stays as it is."""

from __future__ import annotations

import random

import corrupt
from hypothesis import example, given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from helpers.clean import clean
from helpers.clean.edit import Alignment, Edit, apply_edits
from helpers.clean.likelihood import HAN as RUN_OF_HAN
from helpers.clean.likelihood import Page
from helpers.clean.masked import MASK, MASKED
from helpers.clean.script import convert, simplified, variants
from helpers.clean.tables import readings_of, word_bits
from helpers.clean.whitespace import (
    DOUBLED_MARKS,
    SPACES,
    find_untidy,
    has_tidy_marks,
    has_tidy_spaces,
)

# Pieces that cleaning looks at, so that random texts hit its rules and what lies between them.
PIECES = (
    "經(jīng)|濟(jì)|?nèi)|(GDP)|(a)|。|，|,|?|!|;|！|“|”|《|\n| |\u3000|8.4%|１２|1 218.56亿元|615 .5亿元|２０％|&nbsp;|&amp;lt;|<br>|</a>|<p"
    "|\u200b|\ufffd|相关文章|- 项目开工2023-03-17|来源:红网时刻|编辑:胡用梅|(相關資料圖)|羅茂盟 攝|记者 张三|更多>>|投资|項目|目|增长|著|著名"
    "|坝唵|纬|敝x曙|梢钥吹|。张三 摄|覆|答覆|乾隆|—|～"
)
ANY_TEXT = st.one_of(
    st.text(),
    st.lists(st.one_of(st.sampled_from(PIECES.split("|")), st.characters()), max_size=30).map("".join),
)
PARTICLE = str.maketrans("著", "着")
HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=40)


@settings(max_examples=400, deadline=None)
@given(ANY_TEXT)
@example("&amp;amp;lt;br>")
@example("1 234 567 .8亿元")
def test_clean_text_is_clean(text):
    once = clean(text).text
    assert clean(once).text == once


@settings(max_examples=300, deadline=None)
@given(ANY_TEXT)
def test_offsets_lead_there_and_back(text):
    cleaned = clean(text)
    raw_offsets = [cleaned.to_raw(offset) for offset in range(len(cleaned.text) + 1)]
    clean_offsets = [cleaned.to_clean(offset) for offset in range(len(text) + 1)]
    assert raw_offsets == sorted(raw_offsets)
    assert clean_offsets == sorted(clean_offsets)
    assert set(raw_offsets) <= set(range(len(text) + 1))
    assert set(clean_offsets) <= set(range(len(cleaned.text) + 1))


@settings(max_examples=300, deadline=None)
@given(ANY_TEXT)
def test_repairs_and_damage_lie_in_the_texts(text):
    cleaned = clean(text)
    assert all(repair.raw == text[repair.start : repair.end] for repair in cleaned.repairs)
    assert all(0 <= start < end <= len(cleaned.text) for start, end in cleaned.damaged)
    assert all(repair.kind and repair.why for repair in cleaned.repairs)


@st.composite
def edited_texts(draw):
    text = draw(st.text(max_size=40))
    places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    spans = list(zip(places[::2], places[1::2], strict=False))
    apart = [span for i, span in enumerate(spans) if i == 0 or span[0] > spans[i - 1][1]]
    return text, [Edit(start, end, draw(st.text(max_size=5)), "test", "test") for start, end in apart]


@given(edited_texts())
def test_alignment_keeps_untouched_characters_together(edited):
    text, edits = edited
    after, alignment = apply_edits(text, edits), Alignment(edits)
    touched = {place for edit in edits for place in range(edit.start, edit.end)}
    for place in set(range(len(text))) - touched:
        assert after[alignment.to_after(place)] == text[place]
        assert alignment.to_before(alignment.to_after(place)) == place
    offsets = range(len(after) + 2)
    assert alignment.all_to_before(offsets) == [alignment.to_before(offset) for offset in offsets]


@given(st.one_of(HAN, ANY_TEXT))
def test_script_is_that_of_opencc(text):
    beyond_opencc = "".join(key for key in variants())
    plain = "".join(character for character in text if character not in beyond_opencc)
    assert convert(plain) == OpenCC("t2s").convert(plain)


def test_script_of_every_character_and_phrase_is_that_of_opencc():
    converter, ours = OpenCC("t2s"), variants()
    phrases = [key for key in converter._dict_chain_data[0][0][2] if key not in ours]
    characters = [key for key in converter._dict_chain_data[0][1][2] if key not in ours]
    assert len(phrases) > 200 and len(characters) > 4000
    for text in phrases + characters:
        assert convert(text) == converter.convert(text)


def sentences(size, seed=0):
    """Return ordinary sentences made of the word list, one a line, with figures and marks between the words."""
    draw = random.Random(seed)
    words = [word for word, bits in word_bits().items() if bits > 9 and "著" not in word]
    lines, length = [], 0
    while length < size:
        parts = [
            draw.choice(words) + draw.choice(["", "", "", "", "，", "、", "12.5%", "3个", "2023年"])
            for _ in range(30)
        ]
        lines.append("".join(parts).rstrip("，、") + "。")
        length += len(lines[-1].encode())
    return "\n".join(lines)


def test_clean_text_stays_as_it_is_in_either_script():
    text = sentences(300_000)
    assert clean(text).text == text
    traditional = corrupt.traditional(text)
    assert not [repair for repair in clean(traditional).repairs]
    assert clean(traditional).text.translate(PARTICLE) == OpenCC("t2s").convert(traditional).translate(
        PARTICLE
    )


def test_every_reading_that_pages_insert_is_taken_out():
    text = corrupt.traditional("".join(character for character in readings_of() if character < "鿿")[:2000])
    assert clean(corrupt.with_readings(text)).text == clean(text).text


# Pieces around which a look at a text could miss what its tidyings find.
UNTIDY = st.lists(
    st.sampled_from([*"\n\n \t\r\x85\u2028\xa0\x1f，。；：！？、.,%‰亿万元个8２项", "218.5", "，\n"]),
    max_size=12,
).map("".join)


@settings(max_examples=500, deadline=None)
@given(UNTIDY | ANY_TEXT)
def test_what_looks_tidy_has_nothing_to_tidy(text):
    for tidyings, looks_tidy in ((SPACES, has_tidy_spaces), (DOUBLED_MARKS, has_tidy_marks)):
        for tidying in tidyings:
            if looks_tidy(text) or not tidying.sign(text):
                assert not find_untidy(text, tidying._replace(sign=lambda _: True))


@settings(max_examples=300, deadline=None)
@given(st.text("*×xX○●□■█\ufffd?.12亿元个%增长\n", max_size=12))
def test_no_figure_is_masked_without_a_mask(text):
    assert MASK.search(text) or not any(pattern.search(text) for pattern in MASKED)


@settings(max_examples=200, deadline=None)
@given(st.text("项目項建設着1，\n镕", max_size=40))
def test_pairs_that_recur_are_those_counted_one_by_one(text):
    han = "".join(RUN_OF_HAN.findall(text))
    pairs = [han[place : place + 2] for place in range(len(han) - 1)]
    page = Page(text)
    recurring = {pair for pair in pairs if pairs.count(pair) > 1}
    assert page.recurring == set(map(simplified, recurring))
    assert {(before, c) for before, row in page.recurring_after.items() for c in row} == {
        (simplified(before), character) for before, character in recurring
    }
