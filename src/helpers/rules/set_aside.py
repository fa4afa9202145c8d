"""Quantities that are no figures: titles, names, thresholds that name a class, rankings, capacities in names."""

from __future__ import annotations

import re

from helpers.mentions.quantity import COUNT, MONEY, PHYSICAL, Quantity
from helpers.segment import Span

_QUOTED_NAME = 12
_CLASS_NOUN = r"(?:项目|企业|工程|单位|公司|产业|园区|集群|大户|小区|产品|客户|村|镇|县|市|合同|订单|主体|店|商家|税源|大项目|品牌)"
_THRESHOLD = re.compile(
    rf"(?:\(含\)|\(不含\)|含)?[及或]?(?:以上|以下|以内|级|规模以上|元级)(?:\(含\)|、[^，。；]{{0,8}}以下)?(?:的)?(?:[^，。；、\d]{{0,14}}?){_CLASS_NOUN}"
)
_CLASS_BESIDE = re.compile(
    r"[^，。；、\d元的]{1,4}资项目(?=\d)|(?:项目|企业)(?=\d|[，。、；]|有|共|达|数)|(?:以上|以下)的?(?:有|共|达)?(?=\d+[个项家宗])"
)
# 5亿元或1亿美元以上工业项目: the same threshold in another currency.
_OR_IN_CURRENCY = re.compile(
    rf"(?:或者?|/)(?=\d)[\d.]+(?:[-~至][\d.]+)?[百千]?[万亿](?:[美港欧日]|人民币)?元(?:\(含\))?(?:以上|以下|以内)?的?[^，。；、\d]{{0,8}}{_CLASS_NOUN}"
)
# 5亿元和10亿元以上项目
_SHARES_THRESHOLD = re.compile(r"(?:[和及、]|以及)\d+(?:\.\d+)?[百千]?[万亿]?元(?:以上|以下|级)")
# 总投资超50亿元的有2个: so many of them, each over the threshold.
_COUNTED_CLASS = re.compile(
    r"(?:以上|以下)?的(?:(?:有|共有|达|为)\d+[个项家宗户]|\d+[个项家宗户](?=[，。；、]))"
)
_GENERIC_CLASS = re.compile(
    rf"(?:级)?的?(?:单体|重大|重点|大|新|工业|产业|招商|招商引资|制造业|外资|内资|服务业|旅游|农业|签约|开工|在建|科技|园区|市场|优质|引进|入园|入驻|规上|规模|投资(?=项目))*{_CLASS_NOUN}(?!投资)"
)
_CAPACITY_NAME = re.compile(
    r"[^，。；、\d]{1,22}?(?:、\d[^，。；、]{2,20})?(?:项目|工程|生产线|基地)(?![^、]{0,4}年产)"
)
_CAPACITY = re.compile(r"(?:年产|日产|年处理|总装机|年加工)(?:[^，。；、]{2,16}[、及和])?\s*$")
_NOTED = re.compile(r"\([^()]{1,8}\)(?=以上|以下)")  # 5亿元(人民币,下同)以上签约项目
# 超亿元或超千万美元投资项目: one threshold or the other.
_EITHER = re.compile(
    r"(?:以上)?或者?(?:超过?|过)?[\d.]*[百千万亿]*[美港]?元(?:以上)?的?[^，。；、\d]{0,6}(?:项目|企业|共|有|\d)"
)
_BROUGHT_IN = re.compile(r"(?:引进|培育|新增|入规|招引|落户|促成)$")  # 引进5户以上企业
_HEADS = frozenset({"头", "羽", "只", "株"})  # 30万头生猪屠宰加工厂、…等26个项目
_SESSION = re.compile(r"[一二三四五六七八九十\d]届$")  # 十三届三次全会
_CAPACITY_OF_NAME = re.compile(r"[^，。；、\d]{1,14}?(?:项目|工程)(?=[、等])")  # 对70万吨烯烃项目、…进行检查
_RANK_MOVED = re.compile(r"(?:排名|位次|名次|前移|后移|位居|上升|提升|跃升|下降)[^，。；]{0,6}$")
_NAMED_IN_LIST = re.compile(
    r"[^，。；、\d][^，。；、]{1,38}(?:、[^，。；、]{2,24}){0,9}等\d+[个项](?:[^，。；]{0,16})项目"
)


_AMONG_FIRST = re.compile(r"(?<![目此之以年月日天])前$")


def _is_rank(text: str, quantity: Quantity, sentence: Span) -> bool:
    """Whether a number is a place in an order: 上升2位, 前50名."""
    if _AMONG_FIRST.search(text, sentence.start, quantity.reach_start):
        return True
    return quantity.unit == "位" and bool(_RANK_MOVED.search(text, sentence.start, quantity.start))


LEAST_BARS = 3  # of a row of two cells; a bar before or after a paragraph is a scrap of a page


def _in_row_of_cells(text: str, quantity: Quantity) -> bool:
    """Whether a figure stands in a row of a table that was left as its cells: | 郴州市 | 121.5亿元 |."""
    start = text.rfind("\n", 0, quantity.start) + 1
    if not text.startswith("| ", start):
        return False
    end = text.find("\n", quantity.end)
    return text.count("|", start, end if end >= 0 else len(text)) >= LEAST_BARS


_SAMPLE = re.compile(r"[^，。；\d]{0,8}抽样调查")  # 5‰人口变动抽样调查
_ITEM = re.compile(r"[^，。；、\d]{2,20}(?:项目|工程)(?:[、等。；]|$)")  # 、1200米商业步行街开发项目、


def _runs_into_numbering(quantity: Quantity, sentence: Span) -> bool:
    """Whether a sentence opens with a part of a thing, which is the number of an item and that of things: 3.15个项目."""
    return quantity.start == sentence.start and quantity.measure == COUNT and quantity.value % 1 != 0


def _in_title(text: str, quantity: Quantity, sentence: Span) -> bool:
    opening = text.rfind("《", sentence.start, quantity.start)
    return (
        opening >= 0
        and text.find("》", opening, quantity.start) < 0
        and "》" in text[quantity.end : sentence.end]
    )


def _in_quoted_name(text: str, quantity: Quantity, sentence: Span) -> bool:
    """Inside short quotation marks a number is part of a name or slogan; in quoted speech it is a figure."""
    opening = max(
        text.rfind("“", sentence.start, quantity.start), text.rfind("「", sentence.start, quantity.start)
    )
    if opening < 0 or any(c in "”」" for c in text[opening : quantity.start]):
        return False
    closing = min(
        (i for i in (text.find("”", quantity.end), text.find("」", quantity.end)) if i >= 0), default=-1
    )
    quoted = text[opening + 1 : closing]
    return (
        0 <= closing <= sentence.end + 1
        and len(quoted) <= _QUOTED_NAME
        and not any(c in "，。；" for c in quoted)
    )


# 20个以上项目 bounds the number; 100人以上企业 names a class.
_CLASS_REACH = 30  # so far from a figure is looked for the class that it names
_CLASS_OF_SUM = re.compile(
    "|".join(
        pattern.pattern
        for pattern in (
            _EITHER, _COUNTED_CLASS, _OR_IN_CURRENCY, _SHARES_THRESHOLD, _THRESHOLD, _CLASS_BESIDE,
        )
    )
)  # fmt: skip
_COUNTED_ONE_BY_ONE = frozenset({"个", "项", "家", "宗", "件"})


def is_threshold(text: str, quantity: Quantity) -> bool:
    """Whether a figure names a class instead of stating a value: 2亿元以上项目, 投资过百亿的单体项目, 百亿级产业."""
    if quantity.measure not in (MONEY, COUNT, PHYSICAL) or quantity.unit in _COUNTED_ONE_BY_ONE:
        return False
    if quantity.unit == "户" and _BROUGHT_IN.search(text, max(0, quantity.start - 4), quantity.start):
        return False
    noted = _NOTED.match(text, quantity.end)
    start = noted.end() if noted else quantity.end
    class_beside = _CLASS_OF_SUM if quantity.measure == MONEY else _THRESHOLD
    if class_beside.match(text, start, start + _CLASS_REACH):
        return True
    if quantity.measure != MONEY:
        return False
    if quantity.value <= MOST_OF_STATISTICS and _STATISTICAL.match(text, quantity.end):
        return True
    return _bounds_class(text, quantity)


def _bounds_class(text: str, quantity: Quantity) -> bool:
    """Whether a sum with a bound stands right before the class that it names: 过百亿的单体项目."""
    bounded = quantity.reach_start < quantity.start or text[quantity.start] in "百千万亿十"
    if quantity.bound == "about" or not (bounded or quantity.bound in ("at_least", "at_most")):
        return False
    class_follows = _GENERIC_CLASS.match(text, quantity.end)
    if not class_follows:
        return False
    return not re.search(
        r"总投资额?$", text[max(0, quantity.reach_start - 4) : quantity.reach_start]
    ) or bool(re.match(r"[\d共有达为]", text[class_follows.end() : class_follows.end() + 1]))


# 全年500万元以上固定资产投资增长8%: from what sum on investment is counted; a plan may be of 50亿元以上.
_STATISTICAL = re.compile(r"(?:\(含\))?[及或]?以上(?:\(含\))?的?(?:城镇|工业|项目)*固定资产投资")
MOST_OF_STATISTICS = 50_000_000
# 12GW电池项目, 220千伏变电站: how large the thing that they name is.
_POWER = frozenset({"GW", "MW", "kW", "kV", "吉瓦", "兆瓦", "千瓦", "千伏", "GWh", "MWh", "吉瓦时", "兆瓦时"})
_OF_POWER = re.compile(r"[^，。；、的\d]{0,14}?(?:项目|工程|变电站|电站|输变电|线路)")


def _is_size_in_name(text: str, quantity: Quantity) -> bool:
    """Whether a power stands right before what it is the size of: 12GW高效光伏电池项目."""
    return quantity.unit in _POWER and _OF_POWER.match(text, quantity.end) is not None


_STOPS = frozenset("，。；")  # nothing that follows one says more of the quantity before it


def reason_to_set_aside(text: str, quantity: Quantity, sentence: Span) -> str | None:
    """Why a quantity is no figure of its own, None where it is one."""
    if _in_row_of_cells(text, quantity):
        return "表格中行列含义不明的数字"
    if _runs_into_numbering(quantity, sentence):
        return "序号与数字相连"
    if _in_title(text, quantity, sentence):
        return "文件标题中的数字"
    if _in_quoted_name(text, quantity, sentence):
        return "名称或口号中的数字"
    if text.startswith(("位次", "名次"), quantity.end) or (
        quantity.unit in ("位", "名") and _is_rank(text, quantity, sentence)
    ):
        return "名次"
    if quantity.unit == "次" and _SESSION.search(text, max(0, quantity.start - 6), quantity.start):
        return "会议的届次"
    if text[quantity.end : quantity.end + 1] not in _STOPS and (why := _reason_after(text, quantity)):
        return why
    if text.endswith("≈", 0, quantity.start) or text.startswith("≈", quantity.end):
        return "单位换算"
    return "项目名称中的规模" if _sizes_project(text, quantity, sentence) else None


def _reason_after(text: str, quantity: Quantity) -> str | None:
    """What the words after a quantity make of it, where no stop stands before them."""
    if is_threshold(text, quantity):
        return "称呼一类对象的门槛"
    return "名称或口号中的数字" if _SAMPLE.match(text, quantity.end) else None


def _sizes_project(text: str, quantity: Quantity, sentence: Span) -> bool:
    """Whether a number of things only tells in its name how large a project is: 年产30万吨烯烃项目."""
    if quantity.measure not in (PHYSICAL, COUNT) or text[quantity.end : quantity.end + 1] in _STOPS:
        return False
    if _is_size_in_name(text, quantity):
        return True
    if quantity.measure == PHYSICAL or quantity.unit in _HEADS:
        listed = quantity.measure == PHYSICAL and text.endswith(("、", "："), 0, quantity.start)
        if listed and _ITEM.match(text, quantity.end):
            return True
        if _NAMED_IN_LIST.match(text, quantity.end) or _CAPACITY_OF_NAME.match(text, quantity.end):
            return True
    return bool(
        _CAPACITY.search(text, max(sentence.start, quantity.start - 24), quantity.start)
        and _CAPACITY_NAME.match(text, quantity.end)
    )
