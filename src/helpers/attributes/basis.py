"""What a rate or a difference is measured against: 同比, 环比, 比全省, 年均."""

from __future__ import annotations

import re

from helpers.attributes.stage import opens_with_part
from helpers.figure import Figure, Reading
from helpers.lexicon import Cue
from helpers.mentions.period import TimeMention
from helpers.mentions.quantity import DOUBLING
from helpers.observation import Basis, Kind, Status
from helpers.rules.growth_rate import COMPARED_TIME, FORECAST
from helpers.rules.project_count import is_difference
from helpers.rules.rule import text_before

LONGEST_TIME = 16  # characters: 二〇二三年十月至十二月


def find_basis(reading: Reading, figure: Figure, last: Figure | None, section: Basis | None) -> None:
    """What a rate, a difference or a plan's completion is measured against.

    `last` is the last rate of the sentences before, which results of one paragraph and a sentence that opens
    with 其中 go on from; `section` is what the heading above says of all rates under it.
    """
    if figure.kind in _COUNTED_KINDS:
        _find_basis_of_count(reading, figure)
    elif figure.kind is Kind.COMPLETION_RATE:
        figure.basis = Basis.PLAN
        figure.because("basis", "completion is of a plan")
    else:
        _find_basis_of_change(reading, figure, last, section)


_COUNTED_KINDS = frozenset({Kind.COUNT, Kind.QUANTITY})


def _find_basis_of_change(
    reading: Reading, figure: Figure, last: Figure | None, section: Basis | None
) -> None:
    """What a rate or a difference of rates is measured against: said, shared, or carried from before."""
    if figure.rule == COMPARED_TIME:
        earlier = figure.earlier(Kind.GROWTH_RATE)
        figure.basis = earlier.basis if earlier is not None else Basis.UNSPECIFIED
        figure.because("basis", "as the rate that it is compared with")
    elif _take_word_or_time(reading, figure):
        return
    elif figure.kind is Kind.RATE_DIFFERENCE:
        _difference_basis(reading, figure)
    elif _is_of_months_before(reading, figure):
        figure.basis = Basis.MOM
        figure.because("basis", "adjusted for the season, against the time before")
    elif not _take_that_of_list(figure):
        _carry_basis(reading, figure, last, section)


def _find_basis_of_count(reading: Reading, figure: Figure) -> None:
    """比上年多29件: how many more or fewer there are; a count itself is compared with nothing."""
    if not is_difference(reading, figure):
        return
    cue = reading.last_cue("basis", figure.clause.start, figure.left.end)
    # The contract knows one basis for a difference of counts, whatever it is measured against.
    figure.basis = Basis.YOY
    figure.lessens = bool(re.search(r"(?:减少|少|减|下降|减产)了?$", text_before(reading, figure)))
    figure.because("basis", "a difference of counts", cue)


def _take_word_or_time(reading: Reading, figure: Figure) -> bool:
    """Take the basis that a word (同比) or a time compared with (较2021年) says; whether one does."""
    cue, since = _word_of_comparison(reading, figure), figure.clause.start
    introduced = cue is None and _COMPARISON_BEFORE.search(
        reading.text, figure.sentence.start, figure.clause.start
    )
    if introduced:
        since = introduced.start()
        cue = reading.last_cue("basis", since, figure.clause.start)
    if cue is not None:
        figure.basis = Basis(cue.meaning)
        figure.because("basis", "word of comparison", cue)
        return True
    if _shares_comparison(reading, figure):
        since = figure.previous.clause.start
    compared = next((t for t in reading.times_within(since, figure.quantity.start) if t.comparison), None)
    if compared is None or figure.is_compared_with or _goes_on_from_former(figure, compared):
        return False
    figure.basis = _basis_of_time(reading, figure, compared)
    figure.because("basis", "compared with a time", span=compared, text=reading.text)
    return True


def _goes_on_from_former(figure: Figure, compared: TimeMention) -> bool:
    """由上半年的下降2%转为增长1%: whether the months told are only those of the rate before, of the same indicator."""
    before = figure.previous
    if compared.months is None or compared.year is not None or compared.relative is not None:
        return False
    if before is None or not before.is_compared_with or before.clause != figure.clause:
        return False
    return before.kind is figure.kind is Kind.GROWTH_RATE


def _word_of_comparison(reading: Reading, figure: Figure) -> Cue | None:
    """The word beside the figure that tells what it is measured against, None where it tells something else."""
    cue = _last_word(reading, figure.left.start, figure.quantity.start)
    if cue is None and figure.kind is Kind.GROWTH_RATE:
        after = reading.cues("basis", figure.right.start, min(figure.right.end, figure.right.start + 8))
        cue = after[0] if after and after[0].meaning in (Basis.ANNUAL_AVERAGE, Basis.YOY) else None
    if cue is None and figure.left.start > figure.clause.start:
        cue = _last_word(reading, figure.clause.start, figure.quantity.start)
    if cue is None:
        return None
    if figure.kind is Kind.GROWTH_RATE:
        tells_otherwise = cue.meaning == Basis.AREA or cue.cue in ("拉动", "贡献", "贡献率")
    else:
        tells_otherwise = cue.cue.startswith("平均")  # the mean of other places: 比各县平均增速高2个百分点
    return None if tells_otherwise else cue


def _shares_comparison(reading: Reading, figure: Figure) -> bool:
    """比上年增加5亿元,增长8%: whether the clause of the figure before says what both are compared with."""
    before = figure.previous
    if before is None:
        return False
    more = figure.is_bare and _MORE_OR_LESS.search(reading.text[before.left.start : before.left.end])
    return bool(more) or before.is_compared_with


_LISTED_KINDS = _COUNTED_KINDS | {Kind.GROWTH_RATE}


def _take_that_of_list(figure: Figure) -> bool:
    """同比增长8%、9%: take the basis that the list has told."""
    earlier = figure.previous
    while earlier is not None and earlier.sentence == figure.sentence:
        if earlier.basis is not None and earlier.kind in _LISTED_KINDS:
            carries = earlier.basis is not Basis.OTHER or figure.is_bare
            if carries and earlier.basis is not Basis.UNSPECIFIED and earlier.status is figure.status:
                figure.basis = earlier.basis
                figure.because("basis", "as the rate before in the list")
                return True
            return False
        earlier = earlier.previous
    return False


def _carry_basis(reading: Reading, figure: Figure, last: Figure | None, section: Basis | None) -> None:
    """Take the basis of a rate that nothing in its sentence compares from what was told before it."""
    if section is not None:
        figure.basis = section
        figure.because("basis", "the heading of the section")
    elif last is not None and last.basis is not None and opens_with_part(reading, figure):
        figure.basis = last.basis
        figure.because("basis", "as the rate of which it is a part")
    elif last is not None and last.basis is Basis.YOY and last.status is figure.status is Status.ACTUAL:
        figure.basis = Basis.YOY
        figure.because("basis", "as the results before in the paragraph")
    elif figure.quantity.measure == DOUBLING:
        figure.basis = Basis.OTHER
        figure.because("basis", "doubled since an earlier time")
    else:
        figure.basis = Basis.UNSPECIFIED
        figure.because("basis", "no word of comparison")


_MONTHS_BEFORE = re.compile(
    r"[与和同较比]?(?:先前|此前|前|上)的?[一三3]?个?[月季]|第[一二三四]季(?:度)?比?[较相]"
)


def _is_of_months_before(reading: Reading, figure: Figure) -> bool:
    """与先前3个月比较,经季节性调整的甲下跌3%,而经季节性调整的乙下跌4%: what the sentence compares holds for both."""
    if reading.text.find("季节", figure.clause.start, figure.left.end) < 0:
        return False
    return _MONTHS_BEFORE.search(reading.text, figure.sentence.start, figure.clause.start) is not None


def _last_word(reading: Reading, start: int, end: int) -> Cue | None:
    """The last word of comparison in a span that is none by chance: 月增 is no word in 5月|增长."""
    for cue in reversed(reading.cues("basis", start, end)):
        if cue.meaning != Basis.MOM:
            return cue
        times = reading.times_within(max(0, start - LONGEST_TIME), cue.start)
        if not any(cue.start < t.end for t in times):
            return cue
    return None


def _basis_of_time(reading: Reading, figure: Figure, compared: TimeMention) -> Basis:
    """Year on year where the compared year is the one before the figure's own."""
    own = figure.period or ""
    own_year = int(own[:4]) if own[:4].isdigit() else None
    own_year = int(own[3:7]) if own.startswith("../") and own[3:7].isdigit() else own_year
    if own_year is None and reading.anchor.year is not None:
        own_year = reading.anchor.year
    if compared.relative == -1 or (
        compared.year is not None and own_year is not None and compared.year == own_year - 1
    ):
        return Basis.YOY
    return Basis.OTHER


_MORE_OR_LESS = re.compile(r"(?:增加|减少|多|少|增长|上升|下降)了?$")
_COMPARISON_BEFORE = re.compile(
    r"(?:(?:与|同|跟|和|比)[^，。；%]{2,12}(?:相比)?|从[^，。；]{2,8}看|(?:环比|同比)[^，。；]{0,4}看)，$"
)
_AREA = re.compile(
    r"全国|全省|全市|全区|全州|平均|省均|市均|高于.{2,10}[省市县区州]|低于.{2,10}[省市县区州]|比.{2,10}[省市县区州]"
)
_CHANGED = re.compile(
    r"提高|提升|上升|加快|回落|下降|收窄|扩大|放缓|减缓|降低|回升|加速|增长|减少|增加|上涨|上调|下调"
)


def _difference_basis(reading: Reading, figure: Figure) -> None:
    before = reading.text[figure.clause.start : figure.quantity.start]
    from_forecast = figure.previous is not None and figure.previous.rule == FORECAST
    if from_forecast or re.search(
        r"拉动|贡献|[上下]拉|拉高|推高|影响|拖累|预测|预期|预估|目标|计划|进度", before
    ):
        figure.basis = Basis.OTHER
    elif _AREA.search(before):
        figure.basis = Basis.AREA
    elif re.search(r"环比|上月|上季|比1|较1|一季度|上半年", before):
        figure.basis = Basis.MOM
    elif _CHANGED.search(before):
        figure.basis = Basis.YOY
    else:
        figure.basis = Basis.OTHER
    figure.because("basis", "how the difference is worded")
