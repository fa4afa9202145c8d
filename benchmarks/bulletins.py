"""A seed → bulletins and short notices in all scripts and with all damage, and the rows they truly state.

Every sentence with figures is a template beside the rows it states, so the truth is known for as many articles as
are wanted. The sentences are plainer than real ones: what is measured here is what scale and damage do, not language.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from opencc import OpenCC

from benchmarks.press import NARRATIVE, Writer
from helpers.article import Article
from tests.corrupt import dropped_byte_places, mangle, misinsertion_places, reading_places

YEAR = 2023
READINGS = 0.3  # of the characters that can carry one


class Stated(NamedTuple):
    """One true row of a template: `value` and `indicator` are templates too."""

    kind: str
    value: str
    unit: str
    indicator: str
    scale: float = 1.0
    basis: str | None = None
    stage: str | None = None
    status: str = "actual"
    bound: str = "exact"
    period: str = "{months}"


class Sentence(NamedTuple):
    """A template and the rows that it states."""

    text: str
    rows: tuple[Stated, ...]


HUNDRED_MILLION, TEN_THOUSAND = 1e8, 1e4
SENTENCES = (
    Sentence(
        "{time}，{place}完成{investment}{sum}亿元，同比增长{rate}%，增速比全省平均水平高{points}个百分点。",
        (
            Stated("investment", "{sum}", "CNY", "{investment}", HUNDRED_MILLION),
            Stated("growth_rate", "{rate}", "percent", "{investment}", basis="yoy"),
            Stated("rate_difference", "{points}", "percentage_point", "{investment}增速", basis="area"),
        ),
    ),
    Sentence(
        "{time}，{place}规模工业增加值同比增长{rate}%，社会消费品零售总额{sum}亿元，同比下降{points}%。",
        (
            Stated("growth_rate", "{rate}", "percent", "规模工业增加值", basis="yoy"),
            Stated("amount", "{sum}", "CNY", "社会消费品零售总额", HUNDRED_MILLION),
            Stated("growth_rate", "{points}", "percent", "社会消费品零售总额", -1.0, basis="yoy"),
        ),
    ),
    Sentence(
        "{time}，{place}新签约{industry}项目{count}个，总投资{sum}亿元。",
        (
            Stated("project_count", "{count}", "project", "{industry}项目", stage="signed"),
            Stated("investment", "{sum}", "CNY", "总投资", HUNDRED_MILLION, stage="signed"),
        ),
    ),
    Sentence(
        "截至{month}月底，{place}在建重点项目{count}个，累计完成投资{sum}亿元，占年度计划的{share}%。",
        (
            Stated(
                "project_count", "{count}", "project", "在建重点项目", stage="under_way", period="../{day}"
            ),
            Stated(
                "investment",
                "{sum}",
                "CNY",
                "累计完成投资",
                HUNDRED_MILLION,
                stage="under_way",
                period="../{day}",
            ),
            Stated("completion_rate", "{share}", "percent", "累计完成投资", basis="plan", period="../{day}"),
        ),
    ),
    Sentence(
        "{time}，{place}实际使用外资{people}万美元，同比增长{rate}%；引进{industry}企业{few}家。",
        (
            Stated("investment", "{people}", "USD", "实际使用外资", TEN_THOUSAND),
            Stated("growth_rate", "{rate}", "percent", "实际使用外资", basis="yoy"),
            Stated("count", "{few}", "家", "{industry}企业"),
        ),
    ),
    Sentence(
        "到2025年，{place}{industry}产业产值将突破{count}亿元。",
        (
            Stated(
                "amount",
                "{count}",
                "CNY",
                "{industry}产业产值",
                HUNDRED_MILLION,
                status="planned",
                bound="at_least",
                period="2025",
            ),
        ),
    ),
)
INVESTMENTS = ("工业投资", "固定资产投资", "产业投资", "民间投资")


class Form(NamedTuple):
    """What is written: how long, how full of figures, and how many are written before they come again."""

    letter: str  # that their ids begin with
    length: int  # characters at least
    sentences: tuple[int, int]  # of a paragraph, from and to
    share_with_figures: float  # of the sentences
    distinct: int  # more of them are the same again under other ids


BULLETIN = Form("b", 2500, (2, 4), 0.3, 100_000)
NOTICE = Form("n", 80, (1, 2), 0.6, 1_000_000)


@dataclass(frozen=True, slots=True)
class Bulletin:
    """An article as a page shows it, and the rows that it states."""

    article: Article
    rows: tuple[dict[str, object], ...]


def bulletins(number: int, form: Form = BULLETIN, seed: int = 1) -> Iterator[Bulletin]:
    """Yield so many bulletins or notices, the same for the same seed."""
    for count in range(number):
        made = _bulletin(count % form.distinct, form, seed)
        yield Bulletin(_named(made.article, f"{form.letter}{count:07}"), made.rows)


def _named(article: Article, name: str) -> Article:
    return Article(name, article.raw, published=article.published)


def bulletin_of(number: int, damage: Damage, seed: int = 1) -> Article:
    """Return a bulletin as a page of this script and damage shows it."""
    writer = Writer(seed * BULLETIN.distinct + number)
    text, _, month = _write(writer, BULLETIN)
    return Article(f"b{number}", damage(writer, text), published=f"{YEAR}-{month + 1:02}")


def _bulletin(number: int, form: Form, seed: int) -> Bulletin:
    writer = Writer(seed * form.distinct + number)
    text, rows, month = _write(writer, form)
    damage = writer.random.choices(tuple(SCRIPTS), SCRIPTS.values())[0]
    return Bulletin(Article("", damage(writer, text), published=f"{YEAR}-{month + 1:02}"), tuple(rows))


def _write(writer: Writer, form: Form) -> tuple[str, list[dict[str, object]], int]:
    """Return a text in simplified characters, its rows, and the month that it tells of."""
    words = writer.words()
    place, month = words["place"], words["month"]
    lines, rows = [f"{place}前{month}个月工业经济运行综述"], []
    while sum(map(len, lines)) < form.length:
        number = writer.random.randint(*form.sentences)
        sentences = [_sentence(writer, place, month, form.share_with_figures) for _ in range(number)]
        lines.append("".join(text for text, _ in sentences))
        rows += [row for _, stated in sentences for row in stated]
    return "\n".join(lines), rows, month


def _sentence(
    writer: Writer, place: object, month: object, share_with_figures: float
) -> tuple[str, list[dict[str, object]]]:
    if writer.random.random() > share_with_figures:
        return writer.fill(writer.random.choice(NARRATIVE), place=place), []
    template = writer.random.choice(SENTENCES)
    words = writer.words() | {
        "place": place,
        "month": month,
        "time": f"{YEAR}年1-{month}月",
        "months": f"{YEAR}-01/{YEAR}-{month:02}",
        "day": f"{YEAR}-{month:02}-{monthrange(YEAR, month)[1]}",
        "investment": writer.random.choice(INVESTMENTS),
    }
    return template.text.format_map(words), [_row(stated, words) for stated in template.rows]


def _row(stated: Stated, words: dict[str, object]) -> dict[str, object]:
    told = {
        name: str(value).format_map(words) for name, value in stated._asdict().items() if value is not None
    }
    value = float(told.pop("value")) * stated.scale
    told.pop("scale")
    return {"basis": None, "stage": None, "subject": None, **told, "value": value, "place": words["place"]}


# As pages show them.


@cache
def _to_traditional() -> OpenCC:
    return OpenCC("s2t")


def as_written(writer: Writer, text: str) -> str:
    """Return the text as it is."""
    return text


def with_page(writer: Writer, text: str) -> str:
    """Return the text with what a page puts around it, typed in full width."""
    wide = text.translate({ord("0") + digit: chr(0xFF10 + digit) for digit in range(10)})
    return f"您当前的位置：首页 > 新闻\n来源：本地新闻网 编辑：何小\n{wide}\n责任编辑：何小\n版权所有，未经授权不得转载\n"


def in_traditional(writer: Writer, text: str) -> str:
    """Return the text in traditional characters."""
    return _to_traditional().convert(text)


def mangled(writer: Writer, text: str) -> str:
    """Return the text in traditional characters, with readings, and some bytes out of step."""
    page = in_traditional(writer, text)
    dropped, misinserted = dropped_byte_places(page), misinsertion_places(page)
    places = reading_places(page, READINGS, writer.random.randrange(1 << 30))
    return mangle(page, dropped[:2], misinserted[:1], places).text


Damage = Callable[[Writer, str], str]
SCRIPTS: dict[Damage, float] = {as_written: 0.35, with_page: 0.25, in_traditional: 0.15, mangled: 0.25}
