"""What a rate is said of: the noun before it, or the level, rate or plan that it belongs to."""

from __future__ import annotations

import re

from helpers.attributes.dealing import head_of
from helpers.attributes.indicator.listed import name_before_bracket, take_measure_of_ranked, take_noun_of_list
from helpers.attributes.indicator.noun import adopt, complete_part, noun_of_clause_before, take
from helpers.figure import Figure, Reading
from helpers.observation import Kind
from helpers.phrase import left_phrase, trim_links
from helpers.rules.growth_rate import COMPARED_TIME, FORECAST, LEAD_OF_NAMES, RATE_BEFORE_NOUN, RATE_OF_NAME
from helpers.segment import Span

MIN_RATE_NAME = 3
_RATE_ALONE = frozenset({"成长率", "年增率", "衰退率", "年增幅度", "成长幅度"})
_GROWN_AFTER = re.compile(
    r"(?:左右|以上|以内)?的?(?:年度?|年均|平均|预期)*(?P<noun>(?!之|按年|同比|环比)[^，。；、\d的]{3,12}?)(?:增长|增速|增幅|涨幅)(?:目标|任务|预期)?"
)
_LEADS_IN = re.compile(r"(?:在)?继[^，。；]{2,16}(?:录得|增长|上升|下跌|下降)")
_NUMBER_WORD = re.compile(r"[，、；其中]*(?:项目)?(?:个数|数量|项目数)")


def find_rate_indicator(reading: Reading, figure: Figure, last: Figure | None) -> bool:
    """Fill in what a rate, a difference or a share is said of; whether it was found."""
    if figure.kind is Kind.RATE_DIFFERENCE:
        return _difference_indicator(reading, figure)
    if figure.kind is Kind.COMPLETION_RATE:
        return _completion_indicator(reading, figure)
    if figure.kind is Kind.SHARE:
        return _share_indicator(reading, figure)
    if figure.rule in (COMPARED_TIME, FORECAST):
        return adopt(figure, figure.earlier(Kind.GROWTH_RATE), "of the rate told before")
    if _LEADS_IN.match(reading.text, figure.clause.start, figure.quantity.start):
        figure.leads_in = figure.is_bare
    if figure.leads_in:
        return False
    if figure.rule == RATE_OF_NAME:
        return _of_name_in_brackets(reading, figure, last)
    return _growth_indicator(reading, figure, last)


def _completion_indicator(reading: Reading, figure: Figure) -> bool:
    phrase = reading.text[figure.before.start : figure.before.end]
    names_rate = phrase.endswith("率") and len(phrase) > MIN_RATE_NAME
    return (
        (names_rate and take(reading, figure, figure.before, "noun before the rate"))
        or _take_work_done(reading, figure)
        or _take_noun_before_share(reading, figure)
        or _take_sum_before_done(reading, figure)
        or adopt(figure, figure.earlier(*_LEVELS), "of the level told before")
        or take(reading, figure, figure.before, "noun before the rate")
        or adopt(figure, figure.earlier(), "of the rate told before")
        or noun_of_clause_before(reading, figure)
    )


_WORK_DONE = re.compile(r"完成了?(?P<noun>(?:总|主体|土建)?(?:工程|工作)量)的?$")


def _take_work_done(reading: Reading, figure: Figure) -> bool:
    """完成工程量的68%."""
    if not reading.text.endswith(("量", "量的"), *figure.left):
        return False
    work = _WORK_DONE.search(reading.text, *figure.left)
    return work is not None and take(reading, figure, Span(*work.span("noun")), "work that was done")


_LEVELS = (Kind.INVESTMENT, Kind.PROJECT_COUNT, Kind.AMOUNT, Kind.COUNT, Kind.QUANTITY)


def _take_noun_before_share(reading: Reading, figure: Figure) -> bool:
    """到位资金占年计划的85%."""
    of = reading.text.rfind("占", figure.left.start, figure.left.end)
    if of <= figure.left.start:
        return False
    span, _ = left_phrase(reading.text, figure.left.start, of, reading.masks)
    return take(reading, figure, span, "noun before 占")


def _take_sum_before_done(reading: Reading, figure: Figure) -> bool:
    """固定资产投资完成年度计划的85%."""
    done = reading.text.find("完成", figure.left.start, figure.left.end)
    if done <= figure.left.start:
        return False
    span, _ = left_phrase(reading.text, figure.left.start, done, reading.masks)
    return bool(reading.cues("money", *span)) and take(reading, figure, span, "noun before 完成")


def _growth_indicator(reading: Reading, figure: Figure, last: Figure | None) -> bool:
    name = name_before_bracket(reading, figure)
    word = reading.text[figure.before.start : figure.before.end]
    return (
        (name is not None and take_noun_of_list(reading, figure, name))
        or take_measure_of_ranked(reading, figure)
        or (figure.rule == RATE_BEFORE_NOUN and _take_what_grew(reading, figure))
        or _take_number_told(reading, figure)
        or (word in _SUM_ALONE and _take_sum_told(figure))
        or _take_topic(reading, figure, last)
        or (word in _RATE_ALONE and _take_noun_of_rate_alone(reading, figure))
        or _take_noun_before(reading, figure, last)
        or (_noun_stands_in_clause_before(reading, figure) and noun_of_clause_before(reading, figure))
        or _take_noun_of_share(figure, last)
        or adopt(figure, _level_of_rate(figure), "of the level told before")
        or noun_of_clause_before(reading, figure)
    )


_SUM_ALONE = frozenset({"金额", "总额", "投资额"})


def _take_what_grew(reading: Reading, figure: Figure) -> bool:
    """8%以上的工业投资增长: the noun between a rate and its word of change."""
    grown = _GROWN_AFTER.match(reading.text, figure.right.start, figure.right.end)
    return grown is not None and take(reading, figure, Span(*grown.span("noun")), "noun after the rate")


def _take_number_told(reading: Reading, figure: Figure) -> bool:
    """签约项目8个，项目个数增长5%."""
    if not _NUMBER_WORD.match(reading.text, figure.left.start, figure.left.end):
        return False
    counted = figure.earlier(Kind.PROJECT_COUNT, Kind.COUNT)
    return adopt(figure, counted, "of the number told before")


def _take_sum_told(figure: Figure) -> bool:
    """总投资8亿元，金额增长5%."""
    return adopt(figure, figure.earlier(Kind.INVESTMENT, Kind.AMOUNT), "of the sum told before")


def _take_topic(reading: Reading, figure: Figure, last: Figure | None) -> bool:
    topic = _topic_of_segment(reading, figure)
    if topic is None or not take(reading, figure, topic, "topic of the clauses before"):
        return False
    complete_part(figure, figure.earlier() or last)
    return True


def _take_noun_of_rate_alone(reading: Reading, figure: Figure) -> bool:
    """电子业,年增率8%."""
    return noun_of_clause_before(reading, figure) or adopt(
        figure, _level_of_rate(figure), "of the level told before"
    )


def _take_noun_before(reading: Reading, figure: Figure, last: Figure | None) -> bool:
    """工业增加值增长8%; a part of what was told before is completed by what is measured of the whole."""
    if not take(reading, figure, figure.before, "noun before the rate"):
        return False
    if reading.text.startswith("增长率", figure.indicator_span.end) and figure.indicator.endswith("自然"):
        figure.indicator += "增长率"
    complete_part(figure, figure.earlier() or last)
    _complete_listed(reading, figure, last)
    return True


_OWN_MEASURE = re.compile(r"[率量额数值积口价次期费润税资额]$|指数|人数|增速")


def _complete_listed(reading: Reading, figure: Figure, last: Figure | None) -> None:
    """办公楼下降5%, after 其中,住宅销售面积下降2%, is 办公楼销售面积: of the parts of one whole the first says what is measured."""
    before = figure.previous
    if before is None or before.indicator_span is None or _OWN_MEASURE.search(figure.indicator):
        return
    if "其中" not in reading.text[figure.sentence.start : before.quantity.start]:
        return
    whole, measure = before.earlier() or last, head_of(before.indicator)
    if (
        whole is not None
        and measure
        and head_of(whole.indicator) == measure
        and not head_of(figure.indicator)
    ):
        figure.measured = measure
        figure.indicator += measure
    elif before.measured and before.indicator.endswith(before.measured) and not head_of(figure.indicator):
        figure.measured = before.measured
        figure.indicator += before.measured


def _noun_stands_in_clause_before(reading: Reading, figure: Figure) -> bool:
    """Whether the clause before is a noun with nothing said of it: 商品进口总值,将较去年衰退8%."""
    start = max(figure.sentence.start, figure.previous.quantity.reach_end if figure.previous else 0)
    end = figure.clause.start - 1
    comma = max(reading.text.rfind("，", start, end), reading.text.rfind("；", start, end))
    if comma < 0 or _HOW_RECKONED.match(reading.text, comma + 1):
        return False
    noun = reading.text[comma + 1 : trim_links(reading.text, comma + 1, end)]
    return bool(head_of(noun) or head_of(_STATE_OF_NOUN.sub("", reading.text[comma + 1 : end])))


# 房地产投资有所放缓,增长8%: how the noun does stands between it and the comma.
_STATE_OF_NOUN = re.compile(
    r"(?:有所|持续|明显|稳步|逐步|继续|总体|保持|增势|增速|态势|表现|走势|形势)*"
    r"(?:放缓|趋缓|回升|回暖|回落|下滑|强劲|平稳|较快|活跃|良好|向好|加快|低迷|疲软|亮眼|突出|稳定|迅猛|快速)(?:增长)?$"
)
_HOW_RECKONED = re.compile(r"扣除|剔除|按|若|与|[较比受因]|随着|由于")  # 扣除价格,增长7%
_OF_SHARE = re.compile(r"(?:所?占)?(?:的?(?:比重|比例|份额)|占比)$")


def _take_noun_of_share(figure: Figure, last: Figure | None) -> bool:
    """Take the noun that a share just told was said of: 采矿业增加值占比96%,下降5%."""
    share = figure.previous
    if share is None or share.kind is not Kind.SHARE or share.indicator_span is None or not figure.is_bare:
        return False
    noun = _OF_SHARE.sub("", share.indicator)
    if not (head_of(noun) or noun.endswith("业")):
        return False
    adopt(figure, share, "of the share told before")
    figure.indicator = noun
    complete_part(figure, share.earlier() or last)
    return True


def _of_name_in_brackets(reading: Reading, figure: Figure, last: Figure | None) -> bool:
    """Take what a list of names opens with, each name being whose it is; else the name itself with what was measured."""
    start = figure.segment.start
    lead = LEAD_OF_NAMES.search(reading.text[start : figure.left.end])
    if lead is None:
        return False
    noun, _ = left_phrase(reading.text, start + lead.start("noun"), start + lead.end("noun"), reading.masks)
    if head_of(reading.text[noun.start : noun.end]) and take(
        reading, figure, noun, "what the list of names opens with"
    ):
        figure.subject = lead["name"]
        return True
    name = Span(start + lead.start("name"), start + lead.end("name"))
    if not take(reading, figure, name, "name before the brackets"):
        return False
    complete_part(figure, figure.earlier() or last)
    return True


# 9个省份增长: in them, not their number
_AREAS = re.compile(r"(?:省份|地区|城市|市县|区县|县市|州市|行业|领域)中?$")


# 光电产业则受惠关税效应等,成长7.25%: the noun stands before what made it grow.
_TOPIC = re.compile(
    r"(?<![^，。；：\n月季年])(?:至于|而|虽然|尽管|其中)?(?P<topic>[^，。；：、\d]{2,14}?)(?<!表示)(?<!指出)(?<!说明)(?<!认为)(?:则|也|亦|更|虽|，)*(?:受惠于?|受益于?|得益于|受[^，。；\d到]{2,20}(?:影响|带动|冲击|拖累)|由于|因(?![素此])为?|拜|由[^，。；\d]{2,20}所?带动|有[^，。；\d]{2,16}带动|是[^，。；\d]{2,16}效应)"
)


_CAUSES = re.compile("受|得益于|由于|因|拜|带动|效应")  # one of them stands in _TOPIC


def _topic_of_segment(reading: Reading, figure: Figure) -> Span | None:
    """What the figure's part of the sentence opens with and tells the cause of, where it names nothing else."""
    start = max(figure.segment.start, figure.previous.quantity.reach_end if figure.previous else 0)
    if start > figure.segment.start and figure.previous.segment == figure.segment and not figure.is_bare:
        start = max(start, figure.clause.start)
    if not _CAUSES.search(reading.text, start, figure.quantity.start):
        return None
    topic = next(_TOPIC.finditer(reading.text, start, figure.quantity.start), None)
    if topic is None or (not figure.is_bare and figure.clause.start > topic.start()):
        return None
    return Span(*topic.span("topic"))


def _level_of_rate(figure: Figure) -> Figure | None:
    """The level that a rate without a noun belongs to; a share told between is passed over."""
    earlier = figure.previous
    while earlier is not None and (
        not earlier.indicator
        or earlier.kind in (Kind.SHARE, Kind.RATE_DIFFERENCE)
        or (earlier.kind is Kind.COUNT and _AREAS.search(earlier.indicator))
    ):
        earlier = earlier.previous
    return earlier


_DRIVEN = re.compile(
    r"(?:拉动|上拉|带动|推动|影响|拉高|推高|下拉|拉低|助推|拖累)(?P<what>[^，。；\d]{1,16}?)(?:增长|上涨|上升|下降|增速|回落|提高|下跌|增加(?!值)|下行|上行)"
)


def drives_another(reading: Reading, figure: Figure) -> bool:
    """Whether points are what something adds to the growth of another: 分别拉动经济增长1.6、2.4个百分点."""
    return figure.kind is Kind.RATE_DIFFERENCE and bool(
        _DRIVEN.search(reading.text, figure.clause.start, figure.left.end)
    )


_CONTRIBUTES = re.compile(r"(?P<whose>.{2,}?)(?:对[^，。；]*)?贡献率$")


def contributor_of(share: Figure) -> str | None:
    """Whose contribution a share is: 第一产业 of 第一产业对经济增长贡献率."""
    match = _CONTRIBUTES.match(share.indicator or "")
    return match["whose"] if match else None


def _rate_spoken_of(figure: Figure) -> Figure | None:
    """The figure before whose rate is compared; the rates of compared times are passed over."""
    rate = figure.previous
    while rate is not None and (not rate.indicator or rate.rule == COMPARED_TIME):
        rate = rate.previous
    return rate


def _difference_indicator(reading: Reading, figure: Figure) -> bool:
    driven = _DRIVEN.search(reading.text, figure.clause.start, figure.left.end)
    if driven and driven["what"] not in ("全市", "全省", "全国", "约"):
        end = driven.end() if driven["what"] == "经济" else driven.end("what")
        return take(reading, figure, Span(driven.start("what"), end), "what is driven up or down")
    against = _AGAINST.search(reading.text, figure.left.start, figure.left.end)
    lead = _CONJUNCTIONS.match(reading.text, figure.left.start, figure.left.end).end()
    if against and against.start() - lead < 2:
        rate = _rate_spoken_of(figure)
        suffix = (
            ""
            if rate is not None and (rate.kind is Kind.SHARE or _IS_RATE.search(rate.indicator))
            else "增速"
        )
        if adopt(figure, rate, "of the rate told before", suffix):
            return True
    if against and against.start() - lead >= 2:
        span, _ = left_phrase(reading.text, figure.left.start, against.start(), reading.masks)
        if take(reading, figure, span, "noun before the comparison"):
            word = _RATE_WORD.match(reading.text, figure.indicator_span.end)
            figure.indicator += word[0] if word and word.end() <= figure.left.end else ""
            return True
    phrase = reading.text[figure.before.start : figure.before.end]
    if (
        len(phrase) >= 2
        and not _COMPARED.search(phrase)
        and take(reading, figure, figure.before, "noun before the difference")
    ):
        word = _RATE_WORD.match(reading.text, figure.indicator_span.end)
        figure.indicator += "增速" if word and word.end() <= figure.left.end else ""
        return True
    rate = _rate_spoken_of(figure)
    if rate is None:
        return take(reading, figure, figure.before, "noun before the difference")
    suffix = "增速" if rate.kind is Kind.GROWTH_RATE or "增速" in phrase or "增幅" in phrase else ""
    suffix = "" if _IS_RATE.search(rate.indicator) else suffix
    return adopt(figure, rate, "of the rate told before", suffix)


_IS_RATE = re.compile(r"(?:成长|增长|年增|增)率$")
_CONJUNCTIONS = re.compile(r"(?:但|且|并|仍|还|也|却|而|分别|，)*")
_AGAINST = re.compile(r"(?:(?<![同环])比|较|高于|低于|快于|慢于|高出|超出|超过|好于|优于)[^，。；]*$")
_RATE_WORD = re.compile(r"增速|增幅|涨幅")
_COMPARED = re.compile(
    r"平均|^仍?(?:比|较|高于|低于|快于|全省|全国|全市|目标|预期|计划|增速|增幅|时序)|(?:水平|增幅|增速|目标|进度)$"
)


# 第三产业对经济增长的贡献率
_CONTRIBUTION = re.compile(
    r"(?P<whose>[^，。；]{0,12}?)(?P<noun>对[^，。；]{2,24}的?贡献率)(?:合计|累计|分别)?[为达到约]*$"
)
_WHOLES = tuple(kind for kind in Kind if kind is not Kind.RATE_DIFFERENCE)
_SHARE_WORD = re.compile(r"占比|比重")


def _share_indicator(reading: Reading, figure: Figure) -> bool:
    whole = figure.earlier(*_WHOLES)
    of = reading.text.rfind("占", figure.left.start, figure.left.end)
    if of < 0:
        of = reading.text.find("相当于", figure.left.start, figure.left.end)
    if of >= 0 and not reading.text.startswith("占比", of):
        span, _ = left_phrase(reading.text, figure.left.start, of)
        if take(reading, figure, span, "noun before 占"):
            return True
        return adopt(figure, whole, "of the level told before") or noun_of_clause_before(reading, figure)
    contribution = _CONTRIBUTION.search(reading.text, figure.clause.start, figure.left.end)
    if contribution and take(reading, figure, Span(*contribution.span("noun")), "what is contributed to"):
        figure.subject = figure.subject or reading.text[slice(*contribution.span("whose"))] or None
        return True
    if take(reading, figure, figure.before, "noun before the percentage"):
        word = _SHARE_WORD.match(reading.text, figure.indicator_span.end)
        figure.indicator += word[0] if word and word.end() <= figure.left.end else ""
        return True
    if take(reading, figure, figure.after, "noun after the percentage"):
        return True
    return adopt(figure, whole, "of the level told before") or noun_of_clause_before(reading, figure)
