"""Money put into projects or assets: 总投资20亿元, 签约金额, 到位资金, 实际使用外资."""

from __future__ import annotations

import re

from helpers.figure import Figure, Reading
from helpers.lexicon import Cue
from helpers.observation import Kind
from helpers.rules.rule import Rule, Verdict, names_target, ranked_list, text_after, text_before, text_between

INVESTMENT = "investment"
# Words that by themselves do not tell what the money is; the projects beside them do.
INVESTMENT_SPOKEN_OF = "investment spoken of before"
SUM_OF_NAMED_PROJECT = "sum of a named project"
SUM_JOINED = "sum joined to a number of projects"
SUM_SIGNED_FOR = "sum signed for"
SUM_PUT_IN = "sum put in"
TARGET_OF_INVESTMENT = "target after an investment"
RANKED_PART = "next of the parts that a sum is ranked by"
SUM_OF_TOPIC = "sum of what the sentence is about"
_GENERIC = frozenset({"金额", "总额", "规模", "资金", "基金"})


def find_sum_word(reading: Reading, figure: Figure) -> Cue | None:
    """The word that tells what a sum is said of: the nearest before it in its clause, else right after it.

    A general word is passed over for a telling one that it follows: 外资 in 实际使用外资金额.
    """
    cues = reading.cues("money", figure.left.start, figure.left.end)
    if cues:
        return _telling(reading.text, cues)
    converted = _CONVERTED.match(reading.text, figure.right.start)
    if converted:
        after = reading.cues("money", converted.end(), min(figure.clause.end, converted.end() + NOUN_REACH))
    else:
        after = reading.cues(
            "money", figure.right.start, min(figure.right.end, figure.right.start + NOUN_REACH)
        )
    return after[0] if after else None


def _telling(text: str, cues: list[Cue]) -> Cue:
    """The last of some words for sums; where it is a general one, that which leads to it."""
    last = cues[-1]
    if last.cue not in _GENERIC:
        return last
    telling = next((c for c in reversed(cues) if c.cue not in _GENERIC), None)
    leads = telling is not None and _LEADS_TO_GENERIC.fullmatch(text, telling.end, last.start)
    return telling if leads else last


NOUN_REACH = 12
_LEADS_TO_GENERIC = re.compile(r".{0,2}|的(?:累计|合计)")
# 500亿港元(约1958亿元新台币)的投资: the noun after the same sum in another currency.
_CONVERTED = re.compile(r"\((?:约合?|折合|合|相当于)[^()，。；]{2,24}\)的")
DIFFERENCE = "difference of sums"
_MORE_BY = re.compile(r"(?:净?增加|增长|减少|下降|(?:增|减|多|少)[收支投]|多|少)(?:了|近|约)?$")
_MORE_ENDS = tuple("加长少降收支投多了近约")


def difference_of_sums(reading: Reading, figure: Figure) -> Verdict:
    """较去年同期增加15亿元: by how much, after the sum itself was told."""
    start, end = figure.left
    if not reading.text.endswith(_MORE_ENDS, start, end) or not _MORE_BY.search(reading.text, start, end):
        return None
    cues = reading.cues("basis", figure.clause.start, figure.left.end)
    compared = any(c.meaning == "yoy" for c in cues) or any(
        t.comparison for t in reading.times_within(figure.clause.start, figure.left.end)
    )
    return (1, None) if compared else None


def word_of_investment(reading: Reading, figure: Figure) -> Verdict:
    """总投资20亿元, 40亿元固定资产投资."""
    cue = figure.sum_word
    return (1, cue) if cue is not None and cue.meaning == INVESTMENT else None


def sum_of_projects(reading: Reading, figure: Figure) -> Verdict:
    """签约项目20个,总金额30亿元: a general word for a sum, said of projects just counted."""
    cue = figure.sum_word
    previous = figure.previous
    if (
        cue is not None
        and cue.cue in _GENERIC
        and previous is not None
        and previous.kind in (Kind.PROJECT_COUNT, Kind.INVESTMENT)
    ):
        return 1, cue
    return None


_GLUE = re.compile(r"[、和与及以，,(（至 ]*(?:分别)?(?:为|达|折合?|约合)?")
_OF_PROJECT = re.compile(r"(?:的)[^，。；]{1,30}?(?:项目|工程|基地|产业园)")


_PLANNED_SUM = re.compile(r"投资计划$")  # a sum of its own: 总投资60亿元,年度投资计划15亿元
_RATES_BETWEEN = (Kind.GROWTH_RATE, Kind.RATE_DIFFERENCE, Kind.COMPLETION_RATE)


def target_of_investment(reading: Reading, figure: Figure) -> Verdict:
    """完成目标任务589亿元的37.22%, after an investment."""
    previous = figure.previous
    while previous is not None and previous.kind in _RATES_BETWEEN:
        previous = previous.previous
    if (
        previous is None
        or previous.kind is not Kind.INVESTMENT
        or _PLANNED_SUM.search(text_before(reading, figure))
    ):
        return None
    return (1, None) if names_target(reading, figure) else None


_PART = re.compile(r"(?:业|地区|行业|领域|方面|园区|开发区|保税区|高新区|经开区|新区)$")


def in_list_of_investments(reading: Reading, figure: Figure) -> Verdict:
    """总投资分别为5亿元、6亿元: a sum with no noun of its own that follows an investment."""
    if figure.sum_word is not None:
        return None
    previous = figure.previous
    while previous is not None and previous.quantity.measure != "money":
        previous = previous.previous
    if previous is None or previous.kind is not Kind.INVESTMENT:
        return None
    between = text_between(reading, previous, figure)
    part = _PART.search(reading.text[figure.before.start : figure.before.end])
    return (1, None) if figure.is_bare or part or _GLUE.fullmatch(between) else None


# 投资额最多的是甲业,…;其次为乙业的30亿元,占2成;最少的是丙业,仅有3亿元.
_NEXT_IN_RANK = re.compile(
    r"(?:其次|其后(?:依次)?|再次|接着|第[二三四五]|最[少低小末]的?)[为是](?P<name>[^，。；：\d]{2,16}?)(?:的|，?[仅只]?有|，?达)?(?:约|逾|近)?$"
)
_NEXT_AFTER_SHARE = re.compile(r"%\)(?:、|以?及|和)(?P<name>[^，。；：\d()]{2,16})$")


def name_in_rank(reading: Reading, figure: Figure) -> str | None:
    """Whose a sum is that is told as the next in rank, or as the next in a list with the share of each."""
    text, previous = reading.text, figure.previous
    if previous is None:
        return None
    before = text[max(previous.quantity.end, figure.segment.start) : figure.quantity.reach_start]
    match = _NEXT_IN_RANK.search(before)
    if match is None and figure.clause == previous.clause:
        match = _NEXT_AFTER_SHARE.search(text, previous.quantity.start, figure.quantity.reach_start)
    return match["name"] if match else None


def next_in_rank(reading: Reading, figure: Figure) -> Verdict:
    """其次为乙业的30亿元, after an investment in the sentence."""
    if figure.sum_word is not None:
        return None
    previous = figure.nearest(Kind.INVESTMENT, Kind.AMOUNT)
    if previous is None or previous.kind is not Kind.INVESTMENT:
        return None
    return (1, None) if name_in_rank(reading, figure) else None


_TOPIC = re.compile(r"(?:从|在|就)?[^，。；：\d]{2,14}?(?=方面[，：])")


def topic_of_sums(reading: Reading, figure: Figure) -> Cue | None:
    """The word for sums that a sentence opens with as its topic: 合同外资 in 合同外资方面，服务业达37亿元.

    None where the figure has a word of its own, or a noun that is no industry, area or name with brackets.
    """
    if figure.sum_word is not None:
        return None
    topic = _TOPIC.match(reading.text, figure.sentence.start, figure.quantity.start)
    if topic is None:
        return None
    part = _PART.search(reading.text[figure.before.start : figure.before.end])
    if not (figure.is_bare or part or text_before(reading, figure).endswith("(")):
        return None
    cue = reading.last_cue("money", figure.sentence.start, topic.end())
    return cue if cue is not None and cue.end == topic.end() else None


def sum_of_topic(reading: Reading, figure: Figure) -> Verdict:
    """合同外资方面，服务业达37亿元: what is measured is said once, at the head of the sentence."""
    cue = topic_of_sums(reading, figure)
    return (1, cue) if cue is not None and cue.meaning == INVESTMENT else None


_JOINED = re.compile(r"[^，。；、：\d]{0,10}[、，](?:共|总计|合计|共计)?")


def sum_joined_to_projects(reading: Reading, figure: Figure) -> Verdict:
    """签约9个项目、187亿元: a sum with no noun of its own right after a number of projects."""
    projects = figure.previous
    if figure.sum_word is not None or projects is None or projects.kind is not Kind.PROJECT_COUNT:
        return None
    if not _ends_clause(reading.text, figure):
        return None
    return (1, None) if _JOINED.fullmatch(text_between(reading, projects, figure)) else None


_CLAUSE_ENDS = ("，", "。", "；", "、", "）", ")", "\n")
_PUT_IN = re.compile(r"(?:[又再拟将共]|总共)投(?:入|了)?$|投下了?$|(?:砸下|豪掷)$")
_SIGNED_FOR = ("签下", "签约", "揽下", "揽金")


def sum_put_in(reading: Reading, figure: Figure) -> Verdict:
    """又投百亿: the bare verb of a heading."""
    return (1, None) if _PUT_IN.search(reading.text, figure.left.start, figure.left.end) else None


def sum_signed_for(reading: Reading, figure: Figure) -> Verdict:
    """代表团签下412亿元: where the text tells of investment brought in; elsewhere it may be of orders."""
    text = reading.text
    if not text.endswith(_SIGNED_FOR, figure.left.start, figure.left.end) or not _ends_clause(text, figure):
        return None
    return (1, None) if _BROUGHT_IN.search(text) else None


_BROUGHT_IN = re.compile("招商|引资|投资额|总投资")


def _ends_clause(text: str, figure: Figure) -> bool:
    end = figure.quantity.reach_end
    return end == len(text) or text.startswith(_CLAUSE_ENDS, end)


def sum_of_named_project(reading: Reading, figure: Figure) -> Verdict:
    """20亿元的新材料项目."""
    if figure.sum_word is None and _OF_PROJECT.match(text_after(reading, figure)):
        return 1, None
    return None


def is_in_brackets(reading: Reading, figure: Figure) -> bool:
    """Whether a sum stands alone in brackets after the name that it belongs to: 新加坡(3.5亿美元)."""
    return text_before(reading, figure).endswith("(") and text_after(reading, figure).startswith(")")


_ITEM = re.compile(r"(?:项目|工程|领域|设施)$")


def _is_item(reading: Reading, figure: Figure) -> bool:
    """Whether a sum follows the name of an item in a list after a colon: 投资安排:水利项目5.8亿元、城建项目5.5亿元."""
    return (
        "：" in reading.text[figure.segment.start : figure.left.start + 1] or figure.previous is not None
    ) and bool(_ITEM.search(reading.text[figure.before.start : figure.before.end]))


def investment_of_sentence(reading: Reading, figure: Figure) -> Verdict:
    """实际投入外资总额居前的依次为:香港(247.7亿美元): no noun beside the sum, an investment spoken of before."""
    if figure.sum_word is not None:
        return None
    alone = figure.is_bare or is_in_brackets(reading, figure) or _is_item(reading, figure)
    if not alone and ranked_list(reading, figure) is None:
        return None
    cue = reading.last_cue("money", figure.segment.start, figure.left.end)
    if cue is not None and cue.cue in _GENERIC:
        telling = [c for c in reading.cues("money", figure.segment.start, cue.end) if c.cue not in _GENERIC]
        cue = telling[-1] if telling else cue
    return (1, cue) if cue is not None and cue.meaning == INVESTMENT else None


RULES = (
    Rule(DIFFERENCE, Kind.AMOUNT, difference_of_sums),
    Rule(TARGET_OF_INVESTMENT, Kind.INVESTMENT, target_of_investment),
    Rule("word of investment beside the sum", Kind.INVESTMENT, word_of_investment),
    Rule("sum said of projects", Kind.INVESTMENT, sum_of_projects),
    Rule(RANKED_PART, Kind.INVESTMENT, next_in_rank),
    Rule(SUM_OF_TOPIC, Kind.INVESTMENT, sum_of_topic),
    Rule(SUM_JOINED, Kind.INVESTMENT, sum_joined_to_projects),
    Rule("sum in a list of investments", Kind.INVESTMENT, in_list_of_investments),
    Rule(SUM_SIGNED_FOR, Kind.INVESTMENT, sum_signed_for),
    Rule(SUM_PUT_IN, Kind.INVESTMENT, sum_put_in),
    Rule(SUM_OF_NAMED_PROJECT, Kind.INVESTMENT, sum_of_named_project),
    Rule(INVESTMENT_SPOKEN_OF, Kind.INVESTMENT, investment_of_sentence),
)
