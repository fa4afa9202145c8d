"""Values and codes of the table → words for people: 121856000000 CNY is 1218.56亿元, 2022-01/2022-11 is 2022年1—11月.

Labels are written in simplified Chinese where they are used; `say` gives them in the language that
`set_language` chose, English out of template/english.tsv, traditional Chinese through OpenCC.
"""

from __future__ import annotations

import csv
import re
from contextvars import ContextVar
from functools import cache
from typing import Any

import pandas as pd

# The pages take these from here, together with what makes phrases of them.
from helpers.labels import (  # noqa: F401
    BASIS_WORDS,
    BOUND_LABELS,
    BOUND_WORDS,
    COLUMN_WORDS,
    CURRENCY_WORDS,
    KIND_WORDS,
    STAGE_WORDS,
    STATUS_WORDS,
)
from helpers.paths import TEMPLATE

LANGUAGES = {"zh-Hans": "zh-CN", "zh-Hant": "zh-Hant", "en": "en"}

CONFIDENCE_WORDS = {"high": "高", "medium": "中", "low": "低"}
REPAIR_WORDS = {
    "mangled": "修复乱码",
    "reading": "删去夹在字后的读音",
    "script": "繁体转为简体",
    "width": "统一全角半角",
    "markup": "去掉网页标记",
    "furniture": "去掉正文之外的文字",
    "whitespace": "整理空白",
}
PROBLEM_WORDS = {
    "damaged_figure": "数字损坏，无法修复",
    "no_indicator": "数字没有说明指标",
    "empty": "空文件",
    "undecodable": "无法解码",
    "unreadable": "无法读取",
    "unsupported": "不支持的文件",
    "broken_line": "损坏的行",
    "broken": "损坏的文件",
    "encrypted": "有密码或加密的文件",
    "link": "链接，未读取",
    "no_text_layer": "没有文字层的 PDF",
    "too_large": "超出大小上限",
    "too_long": "超出长度上限",
    "too_many": "文件过多",
    "too_slow": "超出时间上限",
    "failed": "处理失败",
}
CURRENCY_NAMES = CURRENCY_WORDS | {"CNY": "人民币", "TWD": "新台币"}
SIDED = ("at_least", "at_most")
LONG_NAME = 14  # characters; longer ones take a 的 between subject and indicator
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_language: ContextVar[str] = ContextVar("language", default="zh-Hans")


class LanguageError(ValueError):
    """A language that the reports do not speak; the message names those that they do."""


def set_language(language: str) -> None:
    """Choose the language of all labels from here on: zh-Hans, zh-Hant or en."""
    if language not in LANGUAGES:
        raise LanguageError(f"language {language!r} is none of {', '.join(LANGUAGES)}")
    _language.set(language)


def language() -> str:
    """Return the language that the labels are in."""
    return _language.get()


@cache
def english() -> dict[str, str]:
    """Return the English of every label, keyed by its Chinese."""
    with (TEMPLATE / "english.tsv").open(encoding="utf-8", newline="") as lines:
        next(lines)  # says what the file is
        return dict(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def say(label: str, **values: Any) -> str:
    """Return a label in the chosen language, its {fields} filled in.

    >>> say("{name}增长最快，{value}", name="工业投资", value="24.0%")
    '工业投资增长最快，24.0%'
    """
    if language() != "en":
        return label.format(**values) if values else label
    text = english().get(label, label)
    if not values:
        return text
    return re.sub(r"\s+(?=[:,.]|$)", "", re.sub(r" {2,}", " ", text.format(**values)))


@cache
def _traditional_converter() -> Any:
    from opencc import OpenCC

    return OpenCC("s2tw")


def in_script(html: str) -> str:
    """Return HTML with its visible text in traditional characters where these were chosen.

    Tags stay as they are but for what they say aloud, so that links and ids keep working; so does a line that is
    to be copied, which must hold the words as they were read.
    """
    if language() != "zh-Hant":
        return html
    convert = _traditional_converter().convert
    spoken = re.compile(r'((?:aria-label|title|alt|placeholder)=")([^"]*)')
    pieces = re.split(
        r"(<style.*?</style>|<code class=\"zb-line\">.*?</code>|<[^>]*>)", html, flags=re.DOTALL
    )
    return "".join(
        spoken.sub(lambda found: found[1] + convert(found[2]), piece)
        if piece.startswith("<")
        else convert(piece)
        for piece in pieces
    )


def is_missing(value: Any) -> bool:
    """Return whether a cell of the table says nothing."""
    return value is None or value is pd.NA or value != value


def plain_number(value: float) -> str:
    """Return a number with no digit more than it has.

    >>> plain_number(1218.56), plain_number(12.0)
    ('1218.56', '12')
    """
    rounded = round(value, 6)
    return f"{rounded:.6f}".rstrip("0").rstrip(".")


def percent_number(value: float, written: str = "") -> str:
    """Return a percentage with the decimals that the article wrote, 24.0 for 24.0%.

    >>> percent_number(24.0, "24.0%"), percent_number(-0.6, "回落0.6"), percent_number(220, "2.2倍")
    ('24.0', '-0.6', '220')
    """
    found = re.search(r"\d+(?:\.(\d+))?", written)
    if found and found[1] and float(found[0]) == abs(value):
        return f"{value:.{len(found[1])}f}"
    return plain_number(value)


def scaled(value: float) -> str:
    """Return a large number with 万, 亿 or 万亿 as Chinese writes it, each digit kept.

    >>> scaled(121_856_000_000), scaled(42_110_000), scaled(9270)
    ('1218.56亿', '4211万', '9270')
    """
    for size, word in ((1e12, "万亿"), (1e8, "亿"), (1e4, "万")):
        if abs(value) >= size:
            return plain_number(value / size) + word
    return plain_number(value)


def scaled_english(value: float) -> str:
    """Return a large number in mn, bn or tn, each digit kept."""
    for size, word in ((1e12, " tn"), (1e9, " bn"), (1e6, " mn")):
        if abs(value) >= size:
            return plain_number(value / size) + word
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"


def measured(value: float, unit: str, written: str = "") -> str:
    """Return a value with its unit, without the bound.

    >>> measured(24.0, "percent", "24.0%"), measured(4478e4, "USD"), measured(64, "project")
    ('24.0%', '4478万美元', '64个')
    """
    if language() == "en":
        return _measured_in_english(value, unit, written)
    if unit == "percent":
        return percent_number(value, written) + "%"
    if unit == "percentage_point":
        return percent_number(value, written) + "个百分点"
    if unit == "project":
        return scaled(value) + "个"
    return scaled(value) + CURRENCY_WORDS.get(unit, unit)


def _measured_in_english(value: float, unit: str, written: str) -> str:
    if unit == "percent":
        return percent_number(value, written) + "%"
    if unit == "percentage_point":
        return percent_number(value, written) + " pp"
    if unit == "project":
        return scaled_english(value) + (" project" if value == 1 else " projects")
    if unit in CURRENCY_WORDS:
        return f"{unit} {scaled_english(value)}"
    return f"{scaled_english(value)} {unit}"


def value_words(row: Any) -> str:
    """Return the value of a row for people, its bound written out.

    >>> value_words({"value": 35e8, "unit": "CNY", "bound": "at_least", "text": "35亿元"})
    '至少35亿元'
    >>> value_words({"value": -5.2, "unit": "percent", "bound": "at_least", "text": "5.2%"})
    '下降至少5.2%'
    """
    number, bound = float(row["value"]), say(BOUND_WORDS[row["bound"]]) if row["bound"] != "exact" else ""
    if number < 0 and row["bound"] in SIDED:  # 下降5.2%以上 is less than -5.2%, not at least that
        bound, number = say("下降{bound}", bound=bound), -number
    value = measured(number, row["unit"], row["text"])
    return f"{bound} {value}" if bound and language() == "en" else bound + value


def period_words(period: str | None) -> str:
    """Return an EDTF period for people, nothing for None.

    >>> period_words("2022-01/2022-11"), period_words("../2022-11-30"), period_words("2023/..")
    ('2022年1—11月', '截至2022年11月30日', '2023年以来')
    >>> period_words("2020/2022"), period_words("XXXX-01/XXXX-11"), period_words("2018")
    ('2020—2022年', '1—11月', '2018年')
    """
    if is_missing(period):
        return ""
    english_wanted = language() == "en"
    day = _day_in_english if english_wanted else _day_in_chinese
    first, _, last = str(period).partition("/")
    if not last:
        return day(first)
    if first == "..":
        return f"as of {day(last)}" if english_wanted else f"截至{day(last)}"
    if last == "..":
        return f"since {day(first)}" if english_wanted else f"{day(first)}以来"
    return (_span_in_english if english_wanted else _span_in_chinese)(first, last)


def _date_parts(date: str) -> list[str]:
    return [part.lstrip("0") for part in date.split("-")]


def _day_in_chinese(date: str) -> str:
    parts = _date_parts(date)
    return "".join(part + mark for part, mark in zip(parts, "年月日", strict=False) if part != "XXXX")


def _span_in_chinese(first: str, last: str) -> str:
    start, end = _date_parts(first), _date_parts(last)
    if len(start) == len(end) == 1:
        return f"{start[0]}—{end[0]}年"
    if len(start) == len(end) == 2 and start[0] == end[0]:
        year = "" if start[0] == "XXXX" else f"{start[0]}年"
        return f"{year}{start[1]}月" if start[1] == end[1] else f"{year}{start[1]}—{end[1]}月"
    return f"{_day_in_chinese(first)}至{_day_in_chinese(last)}"


def _day_in_english(date: str) -> str:
    year, *rest = _date_parts(date)
    month = MONTHS[int(rest[0]) - 1] if rest and rest[0].isdigit() and 1 <= int(rest[0]) <= 12 else ""
    words = [*rest[1:], month, "" if year == "XXXX" else year]
    return " ".join(word for word in words if word)


def _span_in_english(first: str, last: str) -> str:
    start, end = _date_parts(first), _date_parts(last)
    if len(start) == len(end) == 2 and start[0] == end[0]:
        return f"{_day_in_english('XXXX-' + start[1])}–{_day_in_english(last)}"
    return f"{_day_in_english(first)}–{_day_in_english(last)}"


def year_of(period: str | None) -> str:
    """Return the year that a period ends in, or begins in where its end is open; nothing where it is unknown.

    >>> year_of("2022-01/2022-11"), year_of("2023/.."), year_of("XXXX-05")
    ('2022', '2023', '')
    """
    years = [] if is_missing(period) else re.findall(r"(?<![\d-])\d{4}(?![\dX])", str(period))
    return years[-1] if years else ""


def measure_words(row: Any) -> str:
    """Return what a row measures: the subject, where it has one, then the indicator, nothing said twice.

    >>> measure_words({"subject": "科力远项目", "indicator": "投资"})
    '科力远项目投资'
    >>> measure_words({"subject": "三类500强项目", "indicator": "项目总投资额"})
    '三类500强项目总投资额'
    >>> measure_words({"subject": "市级重点调度工业项目", "indicator": "累计完成投资"})
    '市级重点调度工业项目的累计完成投资'
    """
    subject, indicator = row["subject"], row["indicator"]
    if is_missing(subject) or subject in indicator:
        return indicator
    overlap = max(n for n in range(len(indicator) + 1) if subject.endswith(indicator[:n]))
    link = "" if overlap or len(subject) + len(indicator) <= LONG_NAME else "的"
    return subject + link + indicator[overlap:]


def full_measure_words(row: Any) -> str:
    """Return what a row measures with its place before it, unless the words name the place already."""
    words, place = measure_words(row), row["place"]
    if is_missing(place) or place in words:
        return words
    return f"{place}{words}"
