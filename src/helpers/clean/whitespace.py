"""Stray spaces, line breaks and doubled marks: one paragraph a line, figures in one piece, one mark where two stand."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from .edit import Edit

KIND = "whitespace"
HAN = "㐀-鿿"
MARKS = "，。；：！？、"
UNIT = "[%‰亿万千百个家项名户吨元公平米台套人次倍]"


class Tidying(NamedTuple):
    """What to look for, what stands there afterwards, and why; and a sign without which it need not be looked for."""

    pattern: re.Pattern[str]
    replacement: str
    why: str
    sign: Callable[[str], object] = bool


def has_blank_edge(text: str) -> bool:
    """Whether a text begins or ends with a blank."""
    return len(text.strip()) < len(text)


SPACE_IN_FIGURE = re.compile(r"\s(?<=[\d.,].)\s*[\d.,%‰亿万]", re.DOTALL)


# A group is what is cut or replaced; a pattern without one replaces all it finds. Each begins with a plain class, or
# the engine would try it at every character.
SPACES = (
    # 615 .5亿元, 1 218.56亿元, 1, 218.56亿元, 12. 5亿元, also over a line end. 1. 5家 may count items: it stays.
    Tidying(
        re.compile(
            rf"[0-9](?:(\s+)(?=\.\d|,\d{{3}}(?!\d))|,(\s+)(?=\d{{3}}(?:\.\d|{UNIT}))|\d\.(\s+)(?=\d+ ?{UNIT})"
            rf"|(?<![\d.,]\d)\d?(\s)(?=\d{{3}}(?:\.\d+)?[%亿万元吨])"
            rf"|(\s*\n\s*)(?=[%‰])|(?<=[{HAN}].)\.(\s*\n\s*)(?=\d{{1,2}}[%‰亿])"
            rf"|(?<=\.\d)\d?(\s*\n\s*)(?=[亿万](?:[美港欧日]?元|吨|平方米)))"
        ),
        "",
        "space inside a number",
        SPACE_IN_FIGURE.search,
    ),
    Tidying(re.compile(r"\s(?:(?<=\A.)\s*|\s*\Z)", re.DOTALL), "", "blank edge", has_blank_edge),
    Tidying(
        re.compile(r"\s(?:(?<=\n)\s+|(?<!\n)[^\S\n]*\n\s*|(?<=[\r\x85\u2028\u2029])\s*)"),
        "\n",
        "blank line or indent",
    ),
    Tidying(re.compile(r"[^\S\n](?:[^\S\n]+|(?<! ))"), " ", "more than one space"),
    Tidying(
        re.compile(
            rf" (?:(?<=[{HAN}] )(?=\d[\d.,]* ?{UNIT})|(?<=\d )(?={UNIT})|(?<=[{MARKS}] )(?=[{HAN}\d])|(?=[{MARKS}。]))"
        ),
        "",
        "space around a number or a mark",
    ),
)
# All that these look for: a blank that is no line end between two lines, or a figure on either side of one.
LINE_END_IN_FIGURE = re.compile(r"\n(?<=[\d.,]\n)(?=[\d.,%‰亿万])")

DOUBLED_MARKS = (
    Tidying(re.compile(r"[，。；！？、](?<=，，|。。|；；|！！|？？|、、)"), "", "doubled mark"),
    Tidying(re.compile(r"[，、；：](?:(?=。)|(?<=。[，、；])|(?<=、，)|(?<=，)(?=、))"), "", "doubled mark"),
)

TWO_MARKS = re.compile("[，。；：！？、][，。；：！？、]")

# What is left of line breaks once the lines of printed pages are joined.
BREAKS_IN_FIGURES = (
    # 完成财政总收入 | 12.96亿元，: a noun at the end of a line, and on the next a figure that goes on to more.
    Tidying(
        re.compile(
            rf"\n(?<=[{HAN}]{{2}}.)(?=\d[\d.,]{{0,12}}(?:[万亿]?(?:[美港欧日]?元)|%|个百分点)[，；。])",
            re.DOTALL,
        ),
        "",
        "line broken before a figure",
    ),
    # 加快建设的21 | 个项目: a number after a word, and on the next line what it counts.
    Tidying(
        re.compile(
            rf"\n(?:{'|'.join(rf'(?<=[{HAN}][0-9]{{{digits}}}.)' for digits in range(1, 6))})"
            r"(?=[亿万](?:[美港欧日]?元)|个(?![别人体性])|[家项户名吨](?![庭籍称单目])|万?平方米)",
            re.DOTALL,
        ),
        "",
        "line broken before a measure word",
    ),
)


def has_tidy_spaces(text: str) -> bool:
    """Whether a look shows that none of SPACES finds anything: blanks only where lines end, outside of figures."""
    return text.split() == text.split("\n") and LINE_END_IN_FIGURE.search(text) is None


def has_tidy_marks(text: str) -> bool:
    """Whether a look shows that none of DOUBLED_MARKS finds anything."""
    return TWO_MARKS.search(text) is None


def find_untidy(text: str, tidying: Tidying) -> list[Edit]:
    r"""Return the edits of one tidying.

    >>> [edit.start for edit in find_untidy("总投资615 .5亿元", SPACES[0])]
    [6]
    """
    if not tidying.sign(text):
        return []
    spans = (match.span(match.lastindex or 0) for match in tidying.pattern.finditer(text))
    return [
        Edit(start, end, tidying.replacement, KIND, tidying.why)
        for start, end in spans
        if text[start:end] != tidying.replacement
    ]


BROKEN_AT_COMMA = re.compile(rf"\n(?<=[，、]\n)(?=[{HAN}\d])")


def find_broken_at_commas(text: str) -> list[Edit]:
    r"""Return the edits that join lines of which the first ends in a comma or 、, as no paragraph does.

    >>> len(find_broken_at_commas("投资5亿元，\n增长8%。"))
    1
    """
    why = "line broken at a comma"
    return [Edit(*match.span(), "", KIND, why) for match in BROKEN_AT_COMMA.finditer(text)]


# Lines of a page that was laid out in print: all about equally wide, and ending anywhere.
NARROWEST, WIDEST = 30, 60
RAGGED = 3  # how much shorter a full line may be
FEWEST = 3
LINE_STOPS = tuple("。！？；：…”）)")
STOPS_WITHIN = (*LINE_STOPS, "—")  # ends no paragraph, and breaks off no line either


def _width(line: str) -> float:
    return len(line) - len(line.encode("latin-1", "ignore")) / 2


def find_wraps(text: str) -> list[Edit]:
    """Return the edits that join lines which a printed page broke in mid-sentence.

    Such a page has at least three lines as wide as its widest that end without a stop. A page of paragraphs has
    far wider lines, a page of headings no such lines.
    """
    lines = text.split("\n")
    if max(map(len, lines)) > 2 * WIDEST:
        return []  # wider than any page even in letters
    widths = [_width(line) for line in lines]
    widest = max(widths)
    if not NARROWEST <= widest <= WIDEST:
        return []
    full = [
        width >= widest - RAGGED and not line.endswith(LINE_STOPS)
        for line, width in zip(lines, widths, strict=True)
    ]
    if sum(full[:-1]) < FEWEST:
        return []
    edits, end = [], -1
    for line, breaks in zip(lines[:-1], full[:-1], strict=True):
        end += len(line) + 1
        if breaks:
            edits.append(Edit(end, end + 1, "", KIND, "line broken in print"))
    return edits


NARROWEST_COLUMN = 16
COLUMN_RAGGED = 8
MARKS_WITHIN = re.compile("[，、；。]")


def find_column_wraps(text: str) -> list[Edit]:
    """Return the edits that join the lines of a column that stands on a page among wider or narrower lines.

    Its paragraphs are told from lists of titles by what they end in: lines of one width, with marks within them and
    none at their ends, lead to one that ends in a stop.
    """
    lines = text.split("\n")
    width = _column_width(lines)
    if width is None:
        return []

    def breaks(line: str, _following: str, _in_run: bool) -> bool:
        return _breaks_off(line) and width - COLUMN_RAGGED <= _width(line) <= width

    def ends(line: str) -> bool:
        return line.endswith(LINE_STOPS) and _width(line) <= width

    return _joins_of_runs(lines, breaks, ends, "line broken in a column")


def _joins_of_runs(
    lines: list[str], breaks: Callable[[str, str, bool], bool], ends: Callable[[str], bool], why: str
) -> list[Edit]:
    """The edits that join runs of lines that break off with the line that ends them; a run that none ends is left.

    `breaks` is asked with a line, the one after it, and whether a run has begun.
    """
    edits: list[Edit] = []
    run: list[Edit] = []
    end = -1
    for line, following in pairwise([*lines, ""]):
        end += len(line) + 1
        if breaks(line, following, bool(run)):
            run.append(Edit(end, end + 1, "", KIND, why))
            continue
        if run and ends(line):
            edits += run
        run = []
    return edits


def _breaks_off(line: str) -> bool:
    """Whether a line has marks of a sentence within it and does not end one."""
    if line.endswith(STOPS_WITHIN) and not _ends_in_name(line):
        return False
    return MARKS_WITHIN.search(line) is not None


def _ends_in_name(line: str) -> bool:
    return line.endswith(")") and NAME_IN_BRACKETS.search(line) is not None


def _column_width(lines: list[str]) -> float | None:
    """The width that most lines which break off have, None where too few have one."""
    broken = [w for line in lines if _breaks_off(line) and NARROWEST_COLUMN <= (w := _width(line)) < WIDEST]
    fitting = {w: sum(w - COLUMN_RAGGED <= other <= w for other in broken) for w in broken}
    width = max(fitting, key=lambda w: (fitting[w], w), default=None)
    return width if width is not None and fitting[width] >= FEWEST else None


LEAST_LINE = 24
COUNTED = "[万亿%个家项场强户名人亩吨件公平倍米]"
# What a new paragraph begins with, even after one that lacks its stop.
OPENS_PARAGRAPH = re.compile(
    rf"\d(?!\d*(?:\.\d+)?{COUNTED}|\.\d{{1,2}}[、和])|[(（《“【\[|—·●■★▲◆>]|[一二三四五六七八九十]+[、是]|第[一二三四五六七八九十]|今年|去年|截至|目前|据|同时|此外"
    r"|下一步|近日|日前|[全我本该][市省县区州国]|[在为按对从与]|其中|记者|图|表|注|来源|责任|编辑|附|上一|下一|关于|本报|本网"
    r"|.{1,8}[讯电]\(|.{0,10}(?:记者|通讯员)"
)
# 罗某摄, 来源：本网, what a title cannot end in.
CREDIT = re.compile(r"(?:摄|供图|注册|登录)$|(?:来源|作者|编辑|通讯员|记者)[：:]?.{0,12}$")
NO_END_OF_TITLE = re.compile(r"[、\d的和与及等比于在对将为至从由占超]$")
BREAKS_SENTENCE = re.compile(rf"[{HAN}、\d]$|[{HAN}]\([{HAN}\d]{{2,6}}\)$")
# 8日，某地建设项目(第三批) | 集中开工: a clause that has not come to its verb, after one that tells the day.
NAME_IN_BRACKETS = re.compile(r"\d日，[^，。；()]{4,40}\([第一二三四五六七八九十期批\d]{2,6}\)$")


def find_broken_paragraphs(text: str) -> list[Edit]:
    """Return the edits that join lines which break off in mid-sentence, up to the one that ends the sentence.

    Titles are shorter or end no sentence, rows of tables have no marks, and what begins as a paragraph does is left
    alone.

    >>> len(find_broken_paragraphs("全市完成投资21亿元；其中工业投资\\n增长9%，势头良好。"))
    1
    """
    return _joins_of_runs(
        text.split("\n"),
        _breaks_within_sentence,
        lambda line: line.endswith(LINE_STOPS),
        "line broken within a sentence",
    )


def _breaks_within_sentence(line: str, following: str, in_text: bool) -> bool:
    """Whether a line is a sentence, or more, that the next goes on with; a title can look like the first of these."""
    if (
        not _breaks_off(line)
        or not _goes_on(following)
        or not BREAKS_SENTENCE.search(line)
        or CREDIT.search(line)
    ):
        return False
    if line[-1].isdigit() and following[:1].isdigit():
        return False  # 签约1 | 8个: one number or two
    if in_text or any(mark in line for mark in "。；") or _ends_in_name(line):
        return True
    return len(line) >= LEAST_LINE and bool(NO_END_OF_TITLE.search(line) or following[:1].isdigit())


def _goes_on(line: str) -> bool:
    """Whether a line can go on with the sentence of the one before."""
    return MARKS_WITHIN.search(line) is not None and OPENS_PARAGRAPH.match(line) is None
