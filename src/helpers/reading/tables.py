"""A grid → sentences that say what its figures are: `2023年1-6月，郴州市工业投资121.5亿元，同比增长8.4%。`

A figure's row and column tell its place, time, indicator and unit; where they do not, or a cell holds anything
but a plain number, the row stays a line of cells, `| 郴州市 | 121.5 |`, from which no figure is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from helpers.reading.grid import Grid
from helpers.reading.headings import (
    BARE_YEAR,
    LEVEL,
    OTHER,
    PLAN,
    RANK,
    RATE,
    SHARE,
    TOTAL,
    Heading,
    is_place,
    is_unit,
    periods_in,
    read_heading,
    units_named,
)

_NUMBER = re.compile(
    r"(?P<bound>[约超近逾])?(?P<sign>[+\-－−﹣])?(?P<digits>\d{1,3}(?:[,， ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?) ?(?P<unit>\S{0,6})"
)
# No heading: digits, and no word of Chinese but of a note or a bound.
_LIKE_FIGURE = re.compile(r"(?=[^\d]*\d)(?:[^㐀-鿿]|[注约超近逾])+")
_NOTHING = re.compile(
    r"[-－﹣−‐‑—–―─━~～/／\\.．…·*]*|/A|[nN]/?[aA]|[nN]\.[aA]\.?|[(（]?(?:无|暂无|尚无|空|缺|暂缺|略|不详|未定|待定|未公布|未统计|保密)[)）]?"
)
# Tables of statistics number their columns below the headings: 甲 1 2 3.
_LETTER_OF_COLUMN = re.compile(r"[甲乙丙丁戊A-Ea-e]?|栏次|行次|序号")
_DIGIT = re.compile(r"\d")
_NAME_HEADING = re.compile(r"(?:项目|工程|企业|公司|园区|单位|产业|行业|产品)(?:名称|名)|名称")
_FIGURE = re.compile(r"\d\s*[%％亿]|\.\d|\d / \d")
_LONGEST_TITLE = 60
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_UNIT_LINE = re.compile(r"(?:计量)?单位[:：]\S+")
_NOUN_OF_TITLE = re.compile(
    r"(?:附?表\d*[:： ]?)?(?:[㐀-鿿]{0,8}[省市县区州])?(?:各|分)?(?:县市区|市县区|县区|市州|地区|月份?|园区)*的?"
    r"(?P<noun>(?:(?![和及与、各])[㐀-鿿]){0,8}(?:投资|增加值|总产值|生产总值|收入|外资|资金|零售总额|项目|进出口|税收))"
    r"(?:总量|完成)*(?:情况|进度|统计|一览|汇总|明细)*表?"
)
_YEAR = re.compile(r"(?:19|20)\d\d年")
_LEVEL_IN_PERCENT = re.compile(r"(?:率|比重|占比|比例|度|系数)$")


@dataclass(frozen=True, slots=True)
class _Column:
    """One column that holds figures."""

    place: int
    heading: Heading


@dataclass(frozen=True, slots=True)
class _Table:
    """A grid with its parts told apart."""

    head: tuple[tuple[str, ...], ...]
    body: tuple[tuple[str, ...], ...]
    labels: tuple[int, ...]  # columns that name a row
    unit_column: int | None
    columns: tuple[_Column, ...]
    remarks: tuple[int, ...]  # columns of text
    caption: str
    units: tuple[str, ...]
    period: str
    noun: str  # what all figures are of, where the title says so


def read_table(grid: Grid, before: Sequence[str] = ()) -> list[str]:
    """Return a table as lines: a sentence for each row that is understood, else its cells between bars.

    `before` are the lines above the table: a title or a line of the unit there speaks for it.

    >>> from helpers.reading.grid import Cell, spread
    >>> rows = [["地区", "工业投资（亿元）", "同比±%"], ["郴州市", "121.5", "8.4"], ["衡阳市", "98.2", "-3.1"]]
    >>> read_table(spread([[Cell(text) for text in row] for row in rows], "2023年1-6月工业投资"))[1:]
    ['2023年1-6月，郴州市工业投资121.5亿元，同比增长8.4%。', '2023年1-6月，衡阳市工业投资98.2亿元，同比下降3.1%。']
    """
    spanning, rows = _without_spanning_head(grid.rows)
    caption = " ".join(filter(None, (grid.caption, *spanning)))
    table = _parts(rows, caption, f"{title_above(before)} {caption}".strip())
    shown = [line for line in (grid.caption, *spanning) if line]
    if table is None:
        return shown + [_as_cells(row) for row in rows]
    return shown + list(_lines(table))


def title_above(lines: Sequence[str]) -> str:
    """Return what stands right above a table as its title: a short line, and the one above a line of its unit.

    >>> title_above(["正文结束。", "各县市区工业投资", "单位：亿元"])
    '各县市区工业投资 单位：亿元'
    """
    *_, above, last = ("", "", *lines)
    if not 0 < len(last) <= _LONGEST_TITLE or last.endswith("。"):
        return ""
    with_title = _UNIT_LINE.search(last) and len(above) <= _LONGEST_TITLE and not above.endswith("。")
    return f"{above} {last}".strip() if with_title else last


def _without_spanning_head(rows: Sequence[tuple[str, ...]]) -> tuple[list[str], list[tuple[str, ...]]]:
    """Return the titles that stretch over the whole table, and the rows below them."""
    spanning = []
    for row in rows:
        if len(row) < 2 or not _spans(row):
            break
        spanning.append(row[0] or row[-1])
    return spanning, list(rows[len(spanning) :])


def _spans(row: Sequence[str]) -> bool:
    """True for one text over all columns, or one alone at the head of a row that is otherwise empty."""
    told = {cell for cell in row if cell}
    return len(row) > 1 and len(told) == 1 and bool(row[0]) and read_number(row[0]) is None


def read_number(cell: str) -> re.Match[str] | None:
    """Return the number that a cell holds and nothing beside it but its unit; None for anything else.

    >>> read_number("1,218.56")["digits"], read_number("18个")["unit"], read_number("1-6月")
    ('1,218.56', '个', None)
    """
    match = _NUMBER.fullmatch(cell)
    return match if match and (not match["unit"] or is_unit(match["unit"])) else None


def _as_cells(row: Sequence[str]) -> str:
    """Return a row as it stands; the bars say that no figure is to be read from it."""
    return f"| {' | '.join(cell or '—' for cell in row)} |"


# Which part of a grid is what.


def _parts(rows: list[tuple[str, ...]], caption: str, above: str) -> _Table | None:
    """Return the parts of a table; None where they cannot be told apart."""
    head = _head_length(rows)
    if not 0 < head < len(rows) or len(rows[0]) < 2:
        return None
    body = tuple(rows[head + _numbers_columns(rows[head : head + 2]) :])
    top = [tuple(row[column] for row in rows[:head]) for column in range(len(rows[0]))]
    figures = [
        column
        for column in range(1, len(top))
        if (_holds_figures(body, column) or _is_meant_for_figures(body, top, column))
        and not _is_ordinal(top[column])
    ]
    if not figures:
        return None
    unit_column = next((c for c in range(figures[0]) if _holds_units(body, c)), None)
    told = [
        c
        for c in range(figures[0])
        if c != unit_column and not _is_ordinal(top[c]) and not _counts_up(body, c)
    ]
    labels = _label_columns(body, top, [c for c in told if not _is_for_figures(top[c])])
    if not labels:
        return None
    columns = _with_levels([_Column(c, read_heading(top[c])) for c in figures])
    if not _are_told_apart(columns):
        return None
    remarks = [c for c in (*told, *range(figures[0], len(top))) if c not in (*labels, *figures)]
    periods = periods_in(above)
    return _Table(
        head=tuple(rows[:head]),
        body=body,
        labels=tuple(labels),
        unit_column=unit_column,
        columns=columns,
        remarks=tuple(remarks),
        caption=caption,
        units=units_named(above),
        period=periods[0] if len(periods) == 1 else "",
        noun=noun_of_title(caption) or noun_of_title(above),
    )


def noun_of_title(title: str) -> str:
    """Return the one measure that a table's title names; nothing where it names several or none.

    >>> noun_of_title("2023年1-6月各县市区工业投资完成情况表（单位：亿元）"), noun_of_title("主要经济指标")
    ('工业投资', '')
    """
    bare = _BRACKETS.sub("", title)
    for period in periods_in(bare):
        bare = bare.replace(period, "")
    match = _NOUN_OF_TITLE.fullmatch(_UNIT_LINE.sub("", bare).strip())
    return match["noun"] if match else ""


def _head_length(rows: Sequence[tuple[str, ...]]) -> int:
    """Return how many rows are headings: those before the first that holds a figure or lacks one, or opens a section."""
    for number, row in enumerate(rows):
        values = [cell for cell in row[1:] if read_number(cell) or _LIKE_FIGURE.fullmatch(cell)]
        years = values and all(BARE_YEAR.fullmatch(cell) for cell in values) and not _DIGIT.match(row[0])
        if (values and not (years and number + 1 < len(rows))) or _spans(row) or _lacks_its_figures(row):
            return number
        if number and row[0] != rows[number - 1][0] and _names_a_row(row):
            return number
    return len(rows)


def _lacks_its_figures(row: Sequence[str]) -> bool:
    """True for a row with a mark where a figure should be: 郴州市 — 8.4."""
    return any(cell and _NOTHING.fullmatch(cell) for cell in row[1:])


def _names_a_row(row: Sequence[str]) -> bool:
    """True for a row of a place or a running number that has no heading beside it, whatever else it holds."""
    return (is_place(row[0]) or row[0].isdecimal()) and not any(_is_for_figures([cell]) for cell in row[1:])


def _numbers_columns(rows: Sequence[Sequence[str]]) -> bool:
    """True where the first of two rows numbers the columns: 甲 1 2 3; what is called 甲 with a 乙 below it does not."""
    first, *below = rows
    numbers = [int(cell) for cell in first if cell.isdecimal()]
    return (
        bool(numbers)
        and numbers in (list(range(one, one + len(numbers))) for one in (1, 2, 3))
        and all(cell.isdecimal() or _LETTER_OF_COLUMN.fullmatch(cell) for cell in first)
        and not any(_LETTER_OF_COLUMN.fullmatch(row[0]) for row in below)
    )


def _holds_figures(body: Sequence[tuple[str, ...]], column: int) -> bool:
    """True for a column that has more figures than texts."""
    cells = [cell for cell in _told(body, column) if not _NOTHING.fullmatch(cell)]
    return 2 * sum(read_number(cell) is not None for cell in cells) > len(cells)


def _is_meant_for_figures(
    body: Sequence[tuple[str, ...]], top: Sequence[tuple[str, ...]], column: int
) -> bool:
    """True for a column whose heading asks for figures, if it has some, or nothing else in their place."""
    cells = _told(body, column)
    return _is_for_figures(top[column]) and (
        any(map(read_number, cells)) or all(map(_NOTHING.fullmatch, cells))
    )


def _is_for_figures(heading: Sequence[str]) -> bool:
    """True for a heading with a unit, or of a rate or a completion rate."""
    read = read_heading(heading)
    return bool(read.unit) or read.role in (RATE, PLAN, SHARE, OTHER)


def _told(body: Sequence[tuple[str, ...]], column: int) -> list[str]:
    """Return the cells of a column that are not empty, headings of sections left out."""
    return [row[column] for row in body if row[column] and not _spans(row)]


def _is_ordinal(heading: tuple[str, ...]) -> bool:
    return read_heading(heading).role == RANK and heading[-1] in ("序号", "编号", "No.", "№")


def _counts_up(body: Sequence[tuple[str, ...]], column: int) -> bool:
    cells = _told(body, column)
    return bool(cells) and all(c.isdecimal() for c in cells) and not all(map(BARE_YEAR.fullmatch, cells))


def _holds_units(body: Sequence[tuple[str, ...]], column: int) -> bool:
    cells = [cell for cell in _told(body, column) if not _NOTHING.fullmatch(cell)]
    return bool(cells) and all(map(is_unit, cells))


def _holds_places(body: Sequence[tuple[str, ...]], column: int) -> bool:
    cells = _told(body, column)
    return 2 * sum(is_place(cell) or TOTAL.fullmatch(cell) is not None for cell in cells) > len(cells)


def _label_columns(
    body: Sequence[tuple[str, ...]], top: Sequence[tuple[str, ...]], told: list[int]
) -> list[int]:
    """Return the columns that name a row, places first."""
    places = [column for column in told if _holds_places(body, column)][:1]
    named = [column for column in told if _NAME_HEADING.fullmatch(top[column][-1])][:1]
    others = [column for column in told if column not in places]
    return places + (named or others[:1])


def _with_levels(columns: list[_Column]) -> tuple[_Column, ...]:
    """Return the columns, each rate with the time and the noun of the level before it, whose cell may be empty."""
    level, told = Heading(), []
    for column in columns:
        heading = column.heading
        if heading.role == LEVEL and not heading.former:
            level = heading
        elif not heading.indicator:
            heading = replace(heading, indicator=level.indicator, period=heading.period or level.period)
        told.append(replace(column, heading=heading))
    return tuple(told)


def _are_told_apart(columns: Sequence[_Column]) -> bool:
    """False where two columns of levels say the same of their figures: 本月, 累计."""
    levels = [replace(c.heading, words="") for c in columns if c.heading.role == LEVEL]
    return len(levels) == len(set(levels))


# What a row says.


def _lines(table: _Table) -> Iterator[str]:
    """Yield a line for each row; a heading within the table goes on saying what its rows are about."""
    section = Heading(indicator=table.noun)
    yielded_head = False
    for row in table.body:
        if _spans(row):
            section = read_heading([next(cell for cell in row if cell)])
            yield next(cell for cell in row if cell)
            continue
        sentence = _row_sentence(table, row, section)
        if sentence is None and not yielded_head:
            yield from (_as_cells(heading) for heading in table.head)
            yielded_head = True
        yield sentence or _as_cells(row)


def _row_sentence(table: _Table, row: tuple[str, ...], section: Heading) -> str | None:
    """Return what a row says; None where a figure of it cannot be told in words without doubt."""
    about = _row_heading(table, row)
    if about is None:
        return None
    if table.unit_column is not None and is_unit(row[table.unit_column]):
        about = replace(about, unit=row[table.unit_column])
    sentences: list[_Sentence] = []
    for column in table.columns:
        cell = row[column.place]
        if _NOTHING.fullmatch(cell):
            continue
        if not _add(sentences, table, about, section, column.heading, cell):
            return None
    told = [column for column in table.remarks if not _NOTHING.fullmatch(row[column])]
    if not sentences or any(read_number(row[column]) for column in told):
        return None
    remarks = [f"{table.head[-1][column]}：{row[column].rstrip('。')}。" for column in told]
    written = [sentence.written() for sentence in sentences]
    return "".join([*written, *remarks])


def _row_heading(table: _Table, row: tuple[str, ...]) -> Heading | None:
    """Return what the labels of a row say; None for totals, and where a label holds figures itself."""
    labels = ["" if _NOTHING.fullmatch(row[column]) else row[column] for column in table.labels]
    if not any(labels) or any(TOTAL.fullmatch(label) or _FIGURE.search(label) for label in labels):
        return None
    *others, name = labels
    if not _names_things(table.head[-1][table.labels[-1]]):
        read = read_heading(labels)
        return read if read.role in (LEVEL, RATE) else None
    missing = "项目" in table.head[-1][table.labels[-1]] and not name.endswith(("项目", "工程", "基地", "园"))
    return replace(read_heading(others), words=name + ("项目" if missing else ""))


def _names_things(heading: str) -> bool:
    """True for a heading of names: 项目名称, 企业名称; not 指标名称."""
    return bool(_NAME_HEADING.fullmatch(heading))


@dataclass
class _Sentence:
    """One figure, the rates that belong to it, and what it was a year before."""

    period: str
    place: str
    subject: str
    indicator: str
    clauses: list[str]
    former: str = ""

    def written(self) -> str:
        """Return the sentence."""
        time = f"{self.period}，" if self.period else ""
        clauses = [*self.clauses, *([f"上年同期为{self.former}"] if self.former else [])]
        return f"{time}{self.place}{self.subject}{self.indicator}{'，'.join(clauses)}。"


def _add(
    sentences: list[_Sentence], table: _Table, about: Heading, section: Heading, heading: Heading, cell: str
) -> bool:
    """Add what a cell says to the sentences of its row; False where that is in doubt."""
    match = read_number(cell)
    role = heading.role if heading.role != LEVEL else about.role
    if heading.role == RANK:
        return True
    indicator = _indicator(about, section, heading)
    clause = _clause(table, about, section, heading, role, match) if match else None
    if clause is None:
        return False
    period = _dated(heading.period or about.period or section.period or table.period, table.period)
    place = about.place or heading.place or section.place
    subject = about.words if about.role == LEVEL else ""
    last = next((s for s in reversed(sentences) if s.indicator == indicator or not heading.indicator), None)
    belongs = last is not None and last.place == place and (last.period == period or heading.former)
    if heading.former:
        if belongs:
            last.former = clause
        return belongs and role == LEVEL
    if role != LEVEL and belongs:
        last.clauses.append(clause)
    elif indicator:
        sentences.append(_Sentence(period, place, subject, indicator, [clause]))
    return bool(indicator) or (role != LEVEL and belongs)


def _dated(period: str, other: str) -> str:
    """Return a period with the year of the table where it has none of its own."""
    year = _YEAR.match(other)
    return f"{year[0]}{period}" if year and period and not BARE_YEAR.search(period) else period


def _indicator(about: Heading, section: Heading, heading: Heading) -> str:
    """Return the noun of a figure: that of its row, of its column, or the one after the other."""
    noun = about.indicator
    if heading.indicator and heading.indicator not in noun:
        noun = noun + heading.indicator if noun not in heading.indicator else heading.indicator
    return noun or section.indicator


def _clause(
    table: _Table, about: Heading, section: Heading, heading: Heading, role: str, match: re.Match[str]
) -> str | None:
    """Return the words of one figure with its unit; None where its unit is not told."""
    digits = re.sub("[,， ]", "", match["digits"])
    bound, negative = match["bound"] or "", bool(match["sign"]) and match["sign"] != "+"
    of_row = about.unit if heading.role == LEVEL else ""
    unit = match["unit"] or heading.unit or of_row or section.unit or _unit_of(table, role)
    if role == RATE:
        words = heading.words or about.words
        return f"{words}{'下降' if negative else '增长'}{bound}{digits}%" if unit == "%" else None
    if negative or role == OTHER:
        return None
    if role == PLAN:
        return f"{heading.words}{digits}%" if unit == "%" else None
    if role == SHARE:
        return f"{digits}%" if unit == "%" else None
    if not unit or (unit == "%" and not _LEVEL_IN_PERCENT.search(_indicator(about, section, heading))):
        return None
    return f"{bound}{digits}{unit}"


def _unit_of(table: _Table, role: str) -> str:
    """Return the one unit that the caption names for such figures."""
    named = [unit for unit in table.units if (unit == "%") == (role != LEVEL)]
    return named[0] if len(named) == 1 else ""
