"""The kinds that stand beside the core ones: completion rates, shares, differences, amounts, counts, quantities."""

from __future__ import annotations

import re

from helpers.figure import Figure, Reading
from helpers.observation import Kind
from helpers.rules.growth_rate import LIST_GLUE
from helpers.rules.rule import Rule, Verdict, glue_between, names_target, ranked_list, text_after, text_before

_OF_PLAN = re.compile(
    r"(?:完成|占|达到?|实现|为|超|超额完成|相当于)[^，。；]{0,24}?(?:计划|任务|目标|预算(?!收入|支出|内|外)|预期|年度投资额?|年计划投资额?|序时进度|任务数|目标值)[^，。；\d]{0,6}$"
    r"|(?:完成率|达标率|达成率|任务完成率|完成进度|完成比例|完成度|进度|投资完成|完成预算|完成年初预算|完成年度预算)[^，。；\d]{0,5}$"
)


_PLAN = re.compile("计划|任务|目标|预算|预期|投资|进度|完成|达标率|达成率")  # one of them stands in _OF_PLAN
_CHANGED = re.compile(r"(?:增长|增速|下降|同比|高于|低于)[^，。；]{0,6}$")
_IN_BRACKETS = re.compile(r"\([^()]*\)")


def part_of_plan(reading: Reading, figure: Figure) -> Verdict:
    """占年计划的119.69%, 完成全年任务的150%."""
    before = reading.text[figure.clause.start : figure.left.end]
    if "(" in before:
        before = _IN_BRACKETS.sub("", before)
    if not _PLAN.search(before) or _CHANGED.search(before):
        return None
    return (1, None) if _OF_PLAN.search(before) else None


def target_before(reading: Reading, figure: Figure) -> Verdict:
    """任务12个的150%: the rate of a target told just before."""
    previous = figure.previous
    if previous is None:
        return None
    between = reading.text[previous.quantity.end : figure.quantity.reach_start]
    if between == "的" and _TO_BE_DONE.search(
        reading.text, previous.clause.start, previous.quantity.reach_start
    ):
        return 1, None
    return (1, None) if between in ("的", "，完成", "", ")", ")的") and previous.is_target else None


_RATES_IN_ORDER = re.compile(
    r"(?:完成率|完成进度|完成比例)[^，。；：\d]{0,8}(?:依次|分别|前.位的?|排列)(?:是|为)?[：，]?[^，。；：\d、%]{2,9}$"
)


def first_of_completions(reading: Reading, figure: Figure) -> Verdict:
    """各市投资完成率从高到低依次是:运城13.4%: the first of a list of areas and their completion rates."""
    start, end = figure.sentence.start, figure.left.end
    if reading.text.find("完成", start, end) < 0:
        return None
    ranked = ranked_list(reading, figure)
    if ranked is not None:
        return (1, None) if ranked["noun"].endswith(("完成率", "完成进度")) else None
    return (1, None) if _RATES_IN_ORDER.search(reading.text, start, end) else None


_TO_BE_DONE = re.compile(r"完成[^，。；\d]{0,12}(?:任务|目标|计划)(?:数|值)?$")  # 完成市下达任务100亿的100.2%
_OF_GROWTH = re.compile(r"(?:以上|左右)?的[^，。；、\d]{0,14}(?:增长|增速|增幅)")


_DONE = re.compile(r"完成(?:(?:(?!比重|占)[^，。；\d增降]){1,8}|了)?$")


def done(reading: Reading, figure: Figure) -> Verdict:
    """完成招商80%: a percentage of work done."""
    before = text_before(reading, figure)
    if "完成" not in before or not _DONE.search(before):
        return None
    return None if _OF_GROWTH.match(text_after(reading, figure)) else (1, None)


def in_list_of_completions(reading: Reading, figure: Figure) -> Verdict:
    """完成年度任务的50%、60%: a bare rate that follows a completion rate."""
    previous = figure.previous
    if previous is None or previous.kind is not Kind.COMPLETION_RATE:
        return None
    return (1, None) if LIST_GLUE.fullmatch(glue_between(reading, previous, figure)) else None


_MULTIPLE_OF_PLAN = re.compile(r"(?:为|是|完成|达到?|相当于)[^，。；\d]{0,8}(?:计划|任务|目标)的?$")


def multiple_of_plan(reading: Reading, figure: Figure) -> Verdict:
    """为年计划的1.2倍: how often a plan was done."""
    start, end = figure.left
    if not reading.text.endswith(("划", "务", "标", "的"), start, end):
        return None
    return (1, None) if _MULTIPLE_OF_PLAN.search(reading.text, start, end) else None


MULTIPLE_OF_PLAN_RULES = (Rule("multiple of a plan", Kind.COMPLETION_RATE, multiple_of_plan),)
COMPLETION_RULES = (
    Rule("part of a plan", Kind.COMPLETION_RATE, part_of_plan),
    Rule("part of the target just told", Kind.COMPLETION_RATE, target_before),
    Rule("part of the work done", Kind.COMPLETION_RATE, done),
    Rule("first of completions told in order", Kind.COMPLETION_RATE, first_of_completions),
    Rule("completion in a list of completions", Kind.COMPLETION_RATE, in_list_of_completions),
)


def share_word(reading: Reading, figure: Figure) -> Verdict:
    """占比26.5%, 集聚度达80.4%, or a percentage that nothing else explains."""
    return 1, None


SHARE_RULES = (Rule("percentage of a whole", Kind.SHARE, share_word),)

_UP = re.compile(
    r"高于|高出|高(?!技术|新|端|耗)|快于|快|提高|提升|上升|加快|扩大|增加(?!值)|领先|多|回升|反弹|拉动|贡献|增长|上涨|攀升|上调|上修|加速|好于|优于|超|升(?!幅)|增(?![速幅加])|拉高|推高|上拉"
)
_DOWN = re.compile(
    r"低于|低|慢于|慢|回落|下降|下滑|收窄|放缓|减少|降低|减缓|落后|少|缩小|拖累|下拉|降(?!幅)|收缩|减(?!幅)|下调|下修|下行|跌(?!幅)"
)
_FALL_CHANGED = re.compile("收窄|缩小|扩大|加深|回升|减小|放大")
_FALL_LESSENED = re.compile("收窄|缩小|回升|减小")
_OF_FALL = re.compile(r"(?:降幅|跌幅|减幅|负增长)[^，。；]{0,16}$")


def _last_end(pattern: re.Pattern[str], text: str) -> int:
    """Where the last match of a pattern ends; -1 where there is none."""
    end = -1
    for match in pattern.finditer(text):
        end = match.end()
    return end


def difference(reading: Reading, figure: Figure) -> Verdict:
    """比全省高1.1个百分点, 回落0.6个百分点, 降幅收窄2个百分点."""
    before = text_before(reading, figure)
    clause = reading.text[figure.clause.start : figure.left.end]
    last_up, last_down = _last_end(_UP, before), _last_end(_DOWN, before)
    if last_up < 0 and last_down < 0:
        before = clause
        last_up, last_down = _last_end(_UP, before), _last_end(_DOWN, before)
    if last_up < 0 and last_down < 0:
        previous = figure.previous
        if previous is not None and previous.kind is Kind.RATE_DIFFERENCE:
            return previous.value_sign, None
        return 1, None
    sign = 1 if last_up > last_down else -1
    rate = figure.previous
    fell = rate is not None and rate.kind is Kind.GROWTH_RATE and rate.value_sign < 0 and figure.is_bare
    if _FALL_CHANGED.search(before) and (fell or _OF_FALL.search(clause)):
        sign = 1 if _FALL_LESSENED.search(before) else -1
    return sign, None


DIFFERENCE_RULES = (Rule("points between two rates", Kind.RATE_DIFFERENCE, difference),)


TARGET_OF_AMOUNT = "target after an amount"


def anything(reading: Reading, figure: Figure) -> Verdict:
    """Whatever no rule before has claimed."""
    return 1, None


def target_of_amount(reading: Reading, figure: Figure) -> Verdict:
    """占任务数16900万元的63.7%, after another sum of money."""
    previous = figure.previous
    while previous is not None and previous.kind in (Kind.GROWTH_RATE, Kind.COMPLETION_RATE):
        previous = previous.previous
    if previous is None or previous.kind is not Kind.AMOUNT:
        return None
    return (1, None) if names_target(reading, figure) else None


AMOUNT_RULES = (
    Rule(TARGET_OF_AMOUNT, Kind.AMOUNT, target_of_amount),
    Rule("sum of money", Kind.AMOUNT, anything),
)


_CAPACITY = re.compile("产能|年产(?!值)|年产量|产量")


def new_capacity(reading: Reading, figure: Figure) -> Verdict:
    """新增产能9270台(套): what an installation can make is a quantity, whatever it is counted in."""
    return (
        (1, None)
        if figure.quantity.unit not in ("家", "个", "户", "项")
        and _CAPACITY.search(reading.text, figure.left.start, figure.left.end)
        else None
    )


def target_of_count(reading: Reading, figure: Figure) -> Verdict:
    """引进企业19家(任务数15家): a target in the unit of the number before it."""
    counted = figure.nearest(Kind.PROJECT_COUNT, Kind.COUNT)
    if counted is None or counted.kind is not Kind.COUNT or counted.quantity.unit != figure.quantity.unit:
        return None
    return (1, None) if names_target(reading, figure) else None


COUNT_RULES = (
    Rule("capacity counted in pieces", Kind.QUANTITY, new_capacity),
    Rule("target after a number", Kind.COUNT, target_of_count),
    Rule("number of things", Kind.COUNT, anything),
)
QUANTITY_RULES = (Rule("physical quantity", Kind.QUANTITY, anything),)
