"""Damage of pages met in the wild: what can be mended is, and a figure that lacks a digit is a problem and no row."""

import json
from pathlib import Path

import pytest

from helpers.article import Article
from helpers.clean import clean
from helpers.clean.masked import find_masked
from helpers.clean.misdecoded import find_misdecoded
from helpers.extract import extract

CASES = json.loads((Path(__file__).parent / "cases" / "damage.json").read_text("utf-8"))
SHIPPED = sorted((Path(__file__).parents[1] / "data" / "raw" / "hunan").glob("*.txt"))
BROKEN = "郴州市工业投资121.5亿元，增长8.4%，签约18个项目。"


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_damage_is_mended_or_said(case):
    found = extract(Article("x", case["text"]))
    assert found.clean.text == case["clean"]
    assert [row.text for row in found.observations] == case["rows"]
    assert sum(problem.cause == "damaged_figure" for problem in found.problems) == case["damaged_figures"]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_what_is_mended_stays_as_it_is(case):
    assert clean(case["clean"]).text == case["clean"]


@pytest.mark.parametrize("path", SHIPPED, ids=[path.stem for path in SHIPPED])
def test_clean_articles_have_no_such_damage(path):
    text = clean(path.read_text("utf-8")).text
    assert not find_masked(text)
    assert find_misdecoded(text) == ([], [])


@pytest.mark.parametrize("written", ["utf-8", "gb18030"])
@pytest.mark.parametrize("read", ["latin-1", "cp1252"])
def test_whole_text_read_in_a_western_encoding_is_read_again(written, read):
    data = BROKEN.encode(written)
    as_read = "".join(byte_as_read(byte, read) for byte in data)
    assert clean(as_read).text == BROKEN


def byte_as_read(byte: int, encoding: str) -> str:
    """Return a byte as browsers read it: what cp1252 has no sign for is a control character."""
    try:
        return bytes([byte]).decode(encoding)
    except UnicodeDecodeError:
        return chr(byte)


@pytest.mark.parametrize("text", ["Café São Paulo façade naïve, 8.4%", "Ä Ö Ü ß ä ö ü", "±0.5 °C × 3 µm ¼ ½"])
def test_western_text_is_not_read_again(text):
    assert find_misdecoded(text)[0] == []
