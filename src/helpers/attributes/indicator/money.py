"""What a sum is said of: 总投资, 签约金额, 产值; an owner before the noun is its subject."""

from __future__ import annotations

import re
from collections.abc import Callable

from helpers.attributes.indicator.listed import name_before_bracket, take_noun_of_list
from helpers.attributes.indicator.noun import (
    adopt,
    adopt_from_rate,
    complete_part,
    is_pointless,
    noun_of_clause_before,
    take,
)
from helpers.attributes.stage import DONE_OF_PLAN, STATISTIC
from helpers.figure import Figure, Reading
from helpers.lexicon import Cue
from helpers.observation import Kind, Stage
from helpers.phrase import left_phrase
from helpers.rules.context import TARGET_OF_AMOUNT
from helpers.rules.investment import (
    INVESTMENT_SPOKEN_OF,
    RANKED_PART,
    SUM_JOINED,
    SUM_OF_NAMED_PROJECT,
    SUM_PUT_IN,
    SUM_SIGNED_FOR,
    TARGET_OF_INVESTMENT,
    is_in_brackets,
    name_in_rank,
    topic_of_sums,
)
from helpers.segment import Span


def find_money_indicator(reading: Reading, figure: Figure, last: Figure | None) -> bool:
    """Fill in what a sum is said of; whether a word for it was found."""
    settle = _BY_RULE.get(figure.rule)
    if settle is not None:
        return settle(figure)
    word = figure.sum_word
    return (
        (figure.rule == RANKED_PART and _take_ranked_sum(reading, figure))
        or (word is None and _take_topic(reading, figure))
        or (is_in_brackets(reading, figure) and _of_name_before(reading, figure, last))
        or (figure.is_bare and _take_what_is_looked_at(reading, figure))
        or adopt_from_rate(reading, figure)
        or (figure.rule == INVESTMENT_SPOKEN_OF and _take_investment_spoken_of(reading, figure, last))
        or (
            figure.kind is Kind.AMOUNT
            and take_noun_of_list(reading, figure, name_before_bracket(reading, figure))
        )
        or (_by_word(reading, figure, word) if word is not None else _without_word(reading, figure))
    )


def _by_word(reading: Reading, figure: Figure, word: Cue) -> bool:
    """Fill in what a sum is said of where a word beside it tells: the noun that it stands in, else the word."""
    end = figure.quantity.end
    if word.start >= end:
        if take(reading, figure, _without_project(reading, figure.after), "noun after the sum"):
            return True
        if word.start > end and reading.text.startswith("(", end):
            return take(reading, figure, Span(word.start, word.end), "noun after the same sum in brackets")
    elif word.end <= figure.left.end:
        figure.before = _from_word(figure.before, word)
    if figure.kind is not Kind.INVESTMENT:
        return _take_noun_before(reading, figure) or take(
            reading, figure, Span(word.start, word.end), "word for the sum"
        )
    if not (_take_total_told_of(reading, figure) or _take_noun_before(reading, figure)):
        figure.indicator = word.cue
        figure.because("indicator", "word for the sum", word)
    return True


def _from_word(before: Span, word: Cue) -> Span:
    """The phrase before a sum from the word on that tells what it is, where no more than a link parts them."""
    adjoins = before.start > word.start and before.start - word.end <= 2
    return Span(word.start, max(word.end, before.end)) if adjoins else before


def _without_word(reading: Reading, figure: Figure) -> bool:
    """Fill in what a sum is said of where no word tells: its noun, else that of a figure told before."""
    if _take_what_was_done(reading, figure):
        return True
    if figure.is_bare and adopt(figure, figure.earlier(figure.kind), "of the sum before in the list"):
        return True
    if figure.kind is Kind.INVESTMENT and _take_total_told_of(reading, figure):
        return True
    if _take_noun_before(reading, figure):
        complete_part(figure, figure.earlier(Kind.INVESTMENT, Kind.AMOUNT))
        return True
    if figure.kind is Kind.INVESTMENT:
        if not adopt(figure, figure.earlier(Kind.INVESTMENT), "of the sum before in the list"):
            figure.indicator = "投资"
            figure.because("indicator", "a sum of a project")
        return True
    if take(reading, figure, figure.after, "noun after the sum"):
        return True
    counted = figure.earlier()
    word = reading.text[figure.before.start : figure.before.end]
    if counted is not None and counted.kind is Kind.COUNT and is_pointless(word):
        return adopt(figure, counted, "of the things counted before", word)
    return (
        adopt(figure, figure.earlier(Kind.AMOUNT, Kind.INVESTMENT), "of the sum before")
        or noun_of_clause_before(reading, figure)
        or adopt(figure, figure.earlier(Kind.SHARE), "of the share told before")
    )


_OF_PLAN = re.compile(r"(?:年度|全年|当年|年)*(?:计划(?:完成)?总?投资|投资计划)额?")


def _take_what_was_done(reading: Reading, figure: Figure) -> bool:
    """年度计划投资31亿元,1—9月完成28亿元: what has been put in of the sum planned before."""
    if figure.kind is not Kind.INVESTMENT or not reading.text.endswith("完成", *figure.left):
        return False
    planned = figure.earlier(Kind.INVESTMENT)
    if not figure.is_bare or planned is None or not _OF_PLAN.fullmatch(planned.indicator):
        return False
    figure.indicator, figure.subject = "完成投资", figure.subject or planned.subject
    done = Span(figure.left.end - len("完成"), figure.left.end)
    figure.because("indicator", DONE_OF_PLAN, span=done, text=reading.text)
    return True


def _take_noun_before(reading: Reading, figure: Figure) -> bool:
    """总投资20亿元, 工业利润5亿元."""
    if not take(reading, figure, figure.before, "noun before the sum"):
        return False
    _shorten_to_cue(reading, figure)
    return True


def _take_ranked_sum(reading: Reading, figure: Figure) -> bool:
    """其次为乙业的30亿元: the sum that is ranked, and whose this part is."""
    if not adopt(figure, figure.earlier(Kind.INVESTMENT), "of the sum that is ranked"):
        return False
    figure.subject = name_in_rank(reading, figure)
    return True


def _take_topic(reading: Reading, figure: Figure) -> bool:
    topic = topic_of_sums(reading, figure)
    return topic is not None and _of_topic(reading, figure, topic)


def _take_investment_spoken_of(reading: Reading, figure: Figure, last: Figure | None) -> bool:
    spoken_of = figure.earlier(Kind.INVESTMENT) or last
    return adopt(figure, spoken_of, "of the investment spoken of") or _of_list_opened(reading, figure)


def _name_investment(figure: Figure) -> bool:
    figure.indicator = "投资"
    figure.because("indicator", "what is put in")
    return True


def _name_sum_signed_for(figure: Figure) -> bool:
    figure.indicator = "签约金额"
    figure.because("indicator", "what is signed for")
    return True


def _name_sum_of_projects(figure: Figure) -> bool:
    """签约9个项目、187亿元: the projects before tell what is done with them."""
    signed = figure.previous.stage is Stage.SIGNED
    return _name_sum_signed_for(figure) if signed else _name_investment(figure)


def _of_topic(reading: Reading, figure: Figure, topic: Cue) -> bool:
    """合同外资方面，服务业达37亿元: the topic is what is measured, the noun beside the figure whose it is."""
    span, _ = left_phrase(reading.text, figure.sentence.start, topic.end, reading.masks)
    if not take(reading, figure, span, "what the sentence is about"):
        return False
    name = _NAME_BEFORE.search(reading.text, figure.segment.start, figure.left.end)
    owner = reading.text[figure.before.start : figure.before.end]
    figure.subject = name["name"] if name else owner or None
    return True


# 固定资产投资增势强劲,累计完成投资202亿元: the total that the clause before tells of.
_TOTAL_TOLD_OF = re.compile(
    r"(?P<noun>(?:固定资产|工业|民间|制造业|服务业|房地产开发|基础设施|第[一二三]产业|技改|高技术产业)投资)"
    r"(?:增势|增速|增长|保持|运行|稳步|平稳|持续|快速|较快|呈现|总体|继续|稳定|稳中)[^，。；\d]{0,16}，$"
)


def _take_total_told_of(reading: Reading, figure: Figure) -> bool:
    """Take the total that the clause before tells of, for a sum that says only 完成投资."""
    if not _ONLY_DONE.fullmatch(reading.text, figure.left.start, figure.left.end):
        return False
    start = figure.previous.quantity.end if figure.previous else figure.sentence.start
    told = _TOTAL_TOLD_OF.search(reading.text[start : figure.clause.start])
    return told is not None and take(
        reading,
        figure,
        Span(start + told.start("noun"), start + told.end("noun")),
        "the total told of before",
    )


_ONLY_DONE = re.compile(r"(?:全[市县省区州])?(?:累计|共|已|实际)*完成投资(?:额)?(?:达|为)?")
# 从资金到位情况看,完成48亿元: what the sentence says it looks at.
_LOOKED_AT = re.compile(r"[从就](?P<noun>[^，。；：\d]{2,12}?)的?(?:情况|方面|角度|指标)?(?:上|来)?看，")


def _take_what_is_looked_at(reading: Reading, figure: Figure) -> bool:
    """Take the word for sums that the clause before looks at, where no sum was told since."""
    start = figure.previous.quantity.end if figure.previous else figure.sentence.start
    looked = (
        _LOOKED_AT.search(reading.text, start, figure.clause.start) if start < figure.clause.start else None
    )
    if looked is None or looked.end() != figure.clause.start:
        return False
    named = reading.cues("money", *looked.span("noun"))
    return bool(named) and take(reading, figure, Span(*looked.span("noun")), "what the sentence looks at")


def _of_list_opened(reading: Reading, figure: Figure) -> bool:
    """工业引资一路上扬：4月份为7.7亿元: what is listed stands before the colon."""
    colon = reading.text.rfind("：", figure.segment.start, figure.left.end)
    cue = reading.last_cue("money", figure.segment.start, max(colon, figure.segment.start))
    if cue is None:
        return False
    span, _ = left_phrase(reading.text, figure.segment.start, cue.end, reading.masks)
    return take(reading, figure, span, "what the list is of")


_NAME_BEFORE = re.compile(r"(?P<name>[^，。；：、（(]{2,})\($")


def _of_name_before(reading: Reading, figure: Figure, last: Figure | None) -> bool:
    """到位资金居前的为:新能源(5亿元)、化工(3亿元): the names are whose, the sum spoken of before is what."""
    name = _NAME_BEFORE.search(reading.text, figure.segment.start, figure.left.end)
    if not name or "：" not in reading.text[figure.segment.start : name.start()]:
        return False
    earlier = figure.earlier(Kind.INVESTMENT, Kind.AMOUNT)
    cue = reading.last_cue("money", figure.segment.start, name.start())
    if earlier is None and cue is not None and cue.cue != "投资":
        span, _ = left_phrase(reading.text, figure.segment.start, cue.end, reading.masks)
        if not take(reading, figure, span, "of the sums listed"):
            return False
    elif not adopt(figure, earlier or last, "of the sums listed"):
        return False
    figure.subject = name["name"]
    return True


_INTENT = re.compile(r"[将拟欲则](?:再|又|大手笔|约)*投资$|(?:规划|企业|公司|厂商)投资$")
_INVEST_VERBS = (
    "累计完成",
    "计划完成",
    "完成",
    "年度计划",
    "计划",
    "签约",
    "追加",
    "再",
    "总",
    "意向",
    "协议",
    "合同",
    "新增",
)


def _without_project(reading: Reading, span: Span) -> Span:
    match = re.search(r"的?(?:\d+个)?项目$", reading.text[span.start : span.end])
    return Span(span.start, span.start + match.start()) if match and match.start() > 1 else span


def _shorten_to_cue(reading: Reading, figure: Figure) -> None:
    """投资 alone takes its verb along; a long phrase that ends in an investment word begins with that word."""
    span = figure.indicator_span
    if ")" in figure.indicator and (match := _AFTER_BRACKET.search(figure.indicator)):
        span = figure.indicator_span = Span(span.end - len(match["noun"]), span.end)
        figure.indicator = match["noun"]
    phrase = figure.indicator
    if phrase.endswith("投资") and (intent := _INTENT.search(phrase)):
        figure.subject = phrase[: intent.start()] or figure.subject
        figure.indicator, figure.indicator_span = "投资", Span(span.end - 2, span.end)
        return
    if phrase == "投资":
        for verb in _INVEST_VERBS:
            if reading.text.startswith(verb, max(0, span.start - len(verb)), span.start):
                figure.indicator = verb + phrase
                figure.indicator_span = Span(span.start - len(verb), span.end)
                return
    elif (
        figure.kind is Kind.INVESTMENT
        and figure.sum_word is not None
        and (match := _EVENT_SUM.search(phrase))
        and not STATISTIC.search(phrase)
    ):
        figure.indicator = match[0]
        figure.indicator_span = Span(span.start + match.start(), span.start + match.end())


# 前十位国家(以投入金额计)实际投入外资总额: what stands before a bracket within the noun tells whose.
_AFTER_BRACKET = re.compile(r"\)(?P<noun>[^()]{4,})$")
_EVENT_SUM = re.compile(
    r"(?:年度)?(?:计划|协议|合同|意向|签约|累计完成|完成|项目)?(?:总投资额?|投资总额|总投资规模|签约金额|签约额|合同金额|协议金额|投资额|总金额|追加投资|签约投资)$"
)


def word_after_names(reading: Reading, figure: Figure) -> Cue | None:
    """The word for sums that are dealt out to owners: 投资 in 甲项目和乙项目分别投资6亿元、9亿元."""
    at = reading.text.rfind("分别", figure.clause.start, figure.quantity.start)
    cues = reading.cues("money", max(at, 0), figure.quantity.start) if at >= 0 else []
    return cues[0] if cues else None


# Where the rule that told the kind tells what the sum is of, nothing else is looked at.
_BY_RULE: dict[str, Callable[[Figure], bool]] = {
    SUM_PUT_IN: _name_investment,
    SUM_JOINED: _name_sum_of_projects,
    SUM_SIGNED_FOR: _name_sum_signed_for,
    SUM_OF_NAMED_PROJECT: _name_investment,
    TARGET_OF_AMOUNT: lambda figure: adopt(
        figure, figure.earlier(Kind.AMOUNT), "of the sum that the target is for"
    ),
    TARGET_OF_INVESTMENT: lambda figure: adopt(
        figure, figure.earlier(Kind.INVESTMENT), "of the sum that the target is for"
    ),
}
