"""Text → quantities: a numeral with its unit and its bound, each with its span.

Here a figure is only read, not understood: thresholds, names and dates are quantities too until
the rules say otherwise. What cannot be read exactly (数十次, 一大批, 第3位, 500强) is none.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from helpers.lexicon import NOT_A_CUE, read_lexicon
from helpers.mentions.numeral import parse_hanzi, parse_numeral
from helpers.observation import Bound

PERCENT, POINT, MONEY, COUNT, PHYSICAL, MULTIPLE, DOUBLING = (
    "percent", "point", "money", "count", "physical", "multiple", "doubling",
)  # fmt: skip
LOCAL_CURRENCY = "LOCAL"


class Unit(NamedTuple):
    """A unit as written: what the table calls it, the factor to that, and what it measures."""

    canonical: str
    factor: Decimal
    measure: str


class Quantity(NamedTuple):
    """One figure as read: `text[start:end]` is the numeral with its unit; the bound's word stands beside it.

    `value` is in base units (percent, whole currency units); `unit` is LOCAL for a bare 元.
    `reach_start` and `reach_end` enclose the bound's words too.
    """

    start: int
    end: int
    value: Decimal
    unit: str
    measure: str
    bound: Bound
    reach_start: int
    reach_end: int
    bare: bool = False  # 127.6亿: no unit is written


@cache
def units() -> dict[str, Unit]:
    """The units by their written form, from lexicons/units.tsv."""
    content = files("helpers").joinpath("lexicons", "units.tsv").read_text("utf-8")
    rows = csv.DictReader((line for line in content.splitlines() if not line.startswith("#")), delimiter="\t")
    return {r["unit"]: Unit(r["canonical"], Decimal(r["factor"]), r["measure"]) for r in rows}


_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_HANZI_DIGITS = "一二两三四五六七八九零〇○"
_HANZI_NUMERALS = frozenset(f"{_HANZI_DIGITS}十百千万亿")
_HANZI = rf"[{_HANZI_DIGITS}十百千卅廿][{_HANZI_DIGITS}十百千万亿兆卅廿]*(?:[点.][{_HANZI_DIGITS}]+[十百千万亿兆]*)?"
_NOT_BEFORE = r"(?<![\d.第×*A-Za-z/])"
_DASHES = "-—–~～至到"
_DASH = f"[{_DASHES}]"
# What may not follow a measure word, for then it is a length of time or a ranking.
_TIME_TAIL = r"(?!月|季度|工作日|小时|多月|半月|交易日|自然日|星期|年头|百分点|千分点|春秋|亿(?!元(?:以上|以下|及以上|级|项目|产业|企业|园区|楼宇))|百分)"


# 156个亿元以上项目 are 156 of them.
_NOT_CLASS = r"(?![百千万]?亿元?(?:以上|以下|及以上|级|项目|产业|企业|园区|楼宇))"

# What a measure word must not run into: 百亿项目 is no number of 项.
_UNIT_TAIL = {
    "项": "(?!目)",
    "方": "(?![面案式针向位])",
    "人": "(?!民|均)",
    "台": "(?!商|湾|胞|资|企|积)",
    "位": "(?!数)",
    "个": r"(?!体|人|股|(?:(?:、|，|和|及|以及)\d+(?:\.\d+)?个?){1,12}[百千]分点)",
    "度": "(?<=[万亿]度)(?!电|假)",  # of electricity; of other degrees there are never so many
    "家": "(?!电|具|庭)",
    "户": "(?!籍|均|外)",
}


def _alternatives(words: list[str]) -> str:
    return "|".join(re.escape(w) + _UNIT_TAIL.get(w, "") for w in sorted(words, key=len, reverse=True))


_COMMON = "%元个家"  # what most units begin with


def _one_of(written: list[str]) -> str:
    """A pattern for a unit: it is tried at every step of a numeral, so what begins none is seen at once."""
    begins = "".join(sorted({unit[0] for unit in written}))
    common = [unit for unit in written if unit[0] in _COMMON]
    others = [unit for unit in written if unit[0] not in _COMMON]
    return rf"(?=[{re.escape(begins)}])(?:{_alternatives(common)}|{_alternatives(others)})"


@cache
def _figure_pattern() -> re.Pattern[str]:
    table = units()
    always = [w for w, u in table.items() if u.measure != "digits_only" and w != "平"]
    digits_only = [w for w, u in table.items() if u.measure == "digits_only"]
    unit = _one_of(always)
    return re.compile(
        rf"""
        {_NOT_BEFORE}
        (?P<sign>(?<![\d%元）)])[-−])?
        (?:
            (?P<arabic>(?:{_ARABIC})[余多来]?\ ?(?:个(?=[百千万亿]){_NOT_CLASS})?[十百千万亿兆]*?(?:(?<=[万亿兆])(?:{_ARABIC})[十百千万亿]*?){{0,3}}?[余多来]?[十百千万亿]*?)\ ?
            (?P<unit>{unit}|(?:{_alternatives(digits_only)})|(?<=万)平(?!方|台|均|安))
          | (?<=投资)(?P<bare_ten_thousands>\d+(?:\.\d+)?[余多]?万)(?=[\u4e00-\u9fff，。；、])
          | (?P<bare>(?:{_ARABIC})[余多]?(?:个{_NOT_CLASS})?[百千万]*[亿兆](?:(?:{_ARABIC})[千百万]*亿)?[余多]?)
          | (?P<hundred>百分之(?:[{_HANZI_DIGITS}十百点卅廿.]+|{_ARABIC})(?!几))
          | (?P<thousand>千分之(?:[{_HANZI_DIGITS}十百点.]+|{_ARABIC}))
          | (?P<fraction>(?P<lower>[二三四五六七八九十])分之(?P<upper>[一二两三四五六七八九]))
          | (?P<tenths>(?P<whole>[一二两三四五六七八九\d](?:\.\d+)?)成(?P<part>[一二三四五六七八九半\d])?(?:多(?=[，。；、,;）)的]|$))?(?![立为功交长员就果熟品都本效绩名因分果型]))
          | (?P<hanzi>(?:{_HANZI})[余多]?[百千万亿兆]*)(?P<hanzi_unit>{unit})
          | (?P<hanzi_bare>[{_HANZI_DIGITS}十百千万]+(?:[点.][{_HANZI_DIGITS}]+)?[余多]?[亿兆][余多]?)
          | (?P<round>[十百千万亿]+[余多]?)(?P<round_unit>{unit})
        ){_TIME_TAIL}
        """,
        re.X,
    )


_MULTIPLE = re.compile(
    rf"""
      {_NOT_BEFORE}(?P<times>(?:{_ARABIC})[余多]?|(?<![点一二两三四五六七八九十百])[一二两三四五六七八九十百]+(?:点[一二三四五六七八九零]+)?[余多]?|数)倍(?P<over>[多余])?(?!增|数)
    | 翻(?:了|一?[两三二四])?(?P<doublings>[一两二三四五]|\d)?(?:番|倍)
    | (?<=[约近占达了逾有成])(?:一)?半(?:数(?=[\u4e00-\u9fff]{2})|(?=[，。；、,;以）)是为数来属的]|$)) | (?<=[约近占达到有的逾超])一半(?!以(?!上))
    """,
    re.X,
)
_RANGE = re.compile(
    rf"{_NOT_BEFORE}(?P<low>(?:{_ARABIC})|[一二两三四五六七八九十]+)(?P<magnitude>[百千万亿]*)(?P<unit>%|[亿万]?[美港欧]?元)?{_DASH}$"
)


class _BoundWords(NamedTuple):
    """The words that bound a figure, before and after it, and what the text beside it ends and begins with there."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    ends_before: frozenset[str]
    begins_after: frozenset[str]
    meanings: dict[str, Bound | None]


@cache
def _bound_words() -> _BoundWords:
    entries = read_lexicon("bound").entries
    before = [e.cue for e in entries if e.direction == "right"]
    after = [e.cue for e in entries if e.direction == "left"]
    links = ("了", "达", "达到", "有", "为", "共", "人民币", "新台币", "每年")
    return _BoundWords(
        re.compile(rf"(?P<cue>{_alternatives(before)})(?:{_alternatives(list(links))})?\ ?$"),
        re.compile(rf"(?:[人的]?民币)?(?P<cue>{_alternatives(after)})"),
        frozenset(word[-1] for word in (*before, *links, " ")),
        frozenset(word[0] for word in (*after, "人", "的", "民")),
        {e.cue: None if e.meaning == NOT_A_CUE else Bound(e.meaning) for e in entries},
    )


_NUMERALS = rf"\d{_HANZI_DIGITS}十百千卅廿"
_RUN = f"[{_NUMERALS}点.,]"
LONGEST_NUMERAL = 60


@cache
def _heads() -> re.Pattern[str]:
    """Where a figure can begin: the pattern is tried nowhere else.

    Its numeral runs up to 万, 亿 or 兆, or to what a unit or one of the other forms goes on with: 2023年 is none.
    """
    ends = {re.sub(f"^{_RUN}+", "", unit)[:1] for unit in units()}
    after = re.escape("".join(sorted(ends)))
    return re.compile(
        rf"[-−{_NUMERALS}万亿兆](?<![\d.第×*A-Za-z/].)"
        rf"(?:(?<=[万亿兆])|(?={_RUN}{{0,{LONGEST_NUMERAL}}}+[万亿兆余多来个分成 {after}]))"
    )


# No number is so long, and a pattern that begins anywhere in such a run would look at all of it each time.
_NO_NUMERAL = re.compile(rf"[{_HANZI_DIGITS}十百千万亿兆卅廿点.]{{60,}}|\d{{60,}}")
# Of such a run six of every tenth character are part, one after the other: text of another kind is not looked through.
_EVERY_TENTH_OF_NO_NUMERAL = re.compile(rf"[{_HANZI_DIGITS}十百千万亿兆卅廿点.\d]{{6}}")
# Of a multiple nothing but its numeral stands before its 倍, 番 or 半.
_MULTIPLE_HEADS = re.compile(
    r"[半\d一二两三四五六七八九十数翻](?:(?<=半)|(?=[\d.,点余多了零一二两三四五六七八九十百]{0,60}+[倍番半]))"
)


def _without_endless_numerals(text: str) -> str:
    """The text with blanks for runs of digits that are longer than a number can be."""
    if not _EVERY_TENTH_OF_NO_NUMERAL.search(text[::10]):
        return text
    return _NO_NUMERAL.sub(lambda run: " " * len(run[0]), text)


def _matches(pattern: re.Pattern[str], heads: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What `pattern` finds in a text, tried only at `heads`."""
    position = 0
    for head in heads.finditer(text):
        start = head.start()
        if start >= position and (match := pattern.match(text, start)):
            position = match.end()
            yield match


_HALF = re.compile("半(?:(?<=[约近占达了逾有成]半)|(?<=一半))")


def _may_tell_multiples(text: str) -> bool:
    """Whether a multiple or a half can be in a text at all: 半导体 is none."""
    return "倍" in text or "番" in text or _HALF.search(text) is not None


_BOUND_REACH = 9  # no bound word with its link is longer


def _word_before(words: _BoundWords, text: str, start: int) -> re.Match[str] | None:
    """The word right before a figure that bounds it, None where there is none or one that only looks like it."""
    line = text.rfind("\n", max(0, start - _BOUND_REACH), start) + 1  # 项目最多 ends a heading
    word = words.before.search(text, max(line, start - _BOUND_REACH), start)
    if word is None or words.meanings[word["cue"]] is None:
        return None
    return None if word["cue"] == "上" and text[start] not in "十百千万亿" else word


def _word_after(words: _BoundWords, text: str, end: int) -> re.Match[str] | None:
    """The word right after a figure that bounds it, None where there is none or one that only looks like it."""
    word = words.after.match(text, end)
    return word if word and words.meanings[word["cue"]] else None


def _find_bound(text: str, start: int, end: int, numeral: str) -> tuple[Bound, int, int]:
    words = _bound_words()
    left = _word_before(words, text, start) if text[start - 1 : start] in words.ends_before else None
    right = _word_after(words, text, end) if text[end : end + 1] in words.begins_after else None
    if left is None and right is None:
        return (Bound.ABOUT if "余" in numeral or "多" in numeral else Bound.EXACT), start, end
    meanings = words.meanings
    reach = left.start() if left else start, right.end() if right else end
    if right and meanings[right["cue"]] is not Bound.ABOUT:
        return meanings[right["cue"]], *reach
    if left and not (right and left["cue"] == "控制在"):  # 控制在4%左右 is about 4%
        return meanings[left["cue"]], *reach
    return Bound.ABOUT, *reach


# A figure's value in base units, its unit, its numeral as written, and whether no unit is written.
_Read = tuple[Decimal | None, Unit, str, bool]


def _read_in_digits(match: re.Match[str]) -> _Read:
    sign, numeral, written = match.group("sign", "arabic", "unit")
    unit, value = units()[written], parse_numeral(numeral)
    if value:
        value *= unit.factor
    return -value if value and sign else value, unit, numeral, False


def _read_bare(match: re.Match[str]) -> _Read:
    numeral = match[match.lastgroup]
    return parse_numeral(numeral), units()["元"], numeral, True


def _read_per_hundred(match: re.Match[str]) -> _Read:
    return parse_numeral(match["hundred"][3:]), units()["%"], match["hundred"], False


def _read_per_thousand(match: re.Match[str]) -> _Read:
    value = parse_numeral(match["thousand"][3:])
    return None if value is None else value / 10, units()["%"], match["thousand"], False


def _read_fraction(match: re.Match[str]) -> _Read:
    upper, lower = parse_hanzi(match["upper"]), parse_hanzi(match["lower"])
    return (100 * upper / lower).quantize(Decimal("0.01")), units()["%"], match["fraction"], False


def _read_tenths(match: re.Match[str]) -> _Read:
    part = match["part"]
    tail = Decimal(5) if part == "半" else (parse_numeral(part) if part else Decimal(0))
    return parse_numeral(match["whole"]) * 10 + tail, units()["%"], match["tenths"], False


def _read_in_characters(match: re.Match[str]) -> _Read:
    numeral = match["hanzi"] or match["round"]
    return parse_numeral(numeral), units()[match[match.lastgroup]], numeral, False


# How each form of the pattern is read, by the group that it ends with.
_FORMS = {
    "unit": _read_in_digits,
    "bare_ten_thousands": _read_bare,
    "bare": _read_bare,
    "hundred": _read_per_hundred,
    "thousand": _read_per_thousand,
    "fraction": _read_fraction,
    "tenths": _read_tenths,
    "hanzi_unit": _read_in_characters,
    "hanzi_bare": _read_bare,
    "round_unit": _read_in_characters,
}


# A single character is a number only before things that are counted: 三个项目, 两家企业; not 五位一体, 三次产业.
_COUNTED = re.compile(r"[^，。；、]{0,10}?(?:项目|工程|企业|公司|工厂|学校|医院|人员|专家)")
_COUNTING_UNITS = frozenset(["家", "户", "名", "人", "辆", "台", "座", "所", "套", "栋", "亿"])


_ENDS = ("", *"，。；、,;）)\n")


def _counts_things(text: str, match: re.Match[str]) -> bool:
    if text[match.end() : match.end() + 1] in "的数" or text.startswith("一体", match.end()):
        return False
    unit = match["hanzi_unit"] or match["round_unit"]
    if text.endswith(("项目", "工程"), 0, match.start()) and text[match.end() : match.end() + 1] in _ENDS:
        return True  # 外资项目五个，
    noun = "\u4e00" <= text[match.end() : match.end() + 1] <= "\u9fff"
    return (unit in _COUNTING_UNITS and (noun or unit not in "座台辆所套栋")) or bool(
        _COUNTED.match(text, match.end())
    )


_GOES_UP = frozenset("冲站攀登升涨")  # 冲上五百亿元, but not 上三个台阶
_ONE = frozenset({"一", "十", "百", "千", "万", "亿", "百万", "千万"})


def _is_ordinal(text: str, start: int) -> bool:
    """Whether a number goes on from one after 第: 十四位 of 第五十四位."""
    while start and text[start - 1] in _HANZI_NUMERALS:
        start -= 1
    return text[start - 1 : start] == "第"


def _is_definite(text: str, match: re.Match[str], measure: str) -> bool:
    """数十次, 一家 and 第三个 say no number; 百余家 and 近百家 do."""
    start = match.start()
    before = text[start - 1 : start]
    if before in _HANZI_NUMERALS and _is_ordinal(text, start):
        return False
    numeral = match["hanzi"] or match["round"]
    if numeral is None:
        return True
    if (before and before in "数几每前头首") or (
        match["hanzi"] and before == "上" and text[start - 2 : start - 1] not in _GOES_UP
    ):
        return False
    if numeral in ("一", "一百", "一千", "一万") or (match["hanzi"] and measure == COUNT and numeral in _ONE):
        return False
    if measure == COUNT and len(numeral) == 1 and not _counts_things(text, match):
        return False
    if match["round"] or (match["hanzi"] and numeral in _ONE):
        bounded = numeral.endswith(("余", "多")) or (start > 0 and text[start - 1] in "近约逾超过破上达")
        return bounded or (measure == MONEY and len(numeral) > 1)
    return True


def _multiple(text: str, match: re.Match[str]) -> Quantity | None:
    start, end = match.span()
    if match["times"]:
        if match["times"] == "数":
            return None
        value, measure = parse_numeral(match["times"]), MULTIPLE
    elif match[0].startswith("翻"):
        number = re.sub(r"[翻了番倍]", "", match[0])
        count = parse_numeral(number) if number else Decimal(1)
        if count is None or count > 100:
            return None
        value, measure = (count if match[0].endswith("倍") else 2**count - 1), DOUBLING
    else:
        bound, reach_start, reach_end = _find_bound(text, start, end, "")
        return Quantity(start, end, Decimal(50), "percent", PERCENT, bound, reach_start, reach_end)
    if value is None:
        return None
    bound, reach_start, reach_end = _find_bound(
        text, start, end, (match["times"] or "") + (match["over"] or "")
    )
    return Quantity(start, end, value * 100, "percent", measure, bound, reach_start, reach_end)


_BEFORE_HIGH_END = _DASHES + "\n"


def _low_end(text: str, high: Quantity) -> Quantity | None:
    """The lower figure of a range that shares the unit of the higher: the 6 of 6-8亿元."""
    if text[high.start - 1 : high.start] not in _BEFORE_HIGH_END:
        return None
    match = _RANGE.search(text, max(0, high.start - 16), high.start)
    if not match:
        return None
    low = parse_numeral(match["low"])
    high_numeral = re.match(rf"(?:{_ARABIC})|[一二两三四五六七八九十]+", text[high.start : high.end])
    if low is None or high_numeral is None:
        return None
    head = parse_numeral(high_numeral[0])
    if not head:
        return None
    scale = high.value / head
    value = parse_numeral(match["low"] + match["magnitude"]) if match["magnitude"] else low * scale
    if value is None or value >= high.value:
        return None
    end = match.end() - 1
    bound_start = _find_bound(text, match.start("low"), end, "")[1]
    return high._replace(
        start=match.start("low"),
        end=end,
        value=value,
        bound=Bound.AT_LEAST,
        reach_start=bound_start,
        reach_end=end,
    )


def _is_range(text: str, low: Quantity, high: Quantity) -> bool:
    """Whether two figures with units of their own are the ends of one range: 8%至10%, but not 从8%至10%."""
    joined = high.start - low.end == 1 and text[low.end] in "-—–~～至到"
    return (
        joined
        and low.measure == high.measure
        and low.value < high.value
        and text[low.start - 1 : low.start] not in ("从", "由")
    )


_CURRENCY_BEFORE = re.compile(
    r"(?P<name>美金|美元|港币|港元|新台币|台币|人民币|新加坡币|澳门币|澳门元|欧元|日元|日币)约?$"
)
# 7233.1亿元(人民币,下同): the currency of every bare sum in the text.
_CURRENCY_OF_ALL = re.compile(
    r"\((?P<name>美元|港币|港元|新台币|台币|人民币|澳门币|澳门元|欧元|日元)[^()]{0,4}?(?:以)?下(?:皆|均)?同\)"
)


def currency_of_all(text: str) -> str | None:
    """The currency that a text says once for all its bare sums, None where it says none.

    >>> currency_of_all("总消费712.5亿元(澳门元,下同)"), currency_of_all("总消费712.5亿元")
    ('MOP', None)
    """
    match = _CURRENCY_OF_ALL.search(text)
    return _currency_before(match["name"], len(match["name"])) if match else None


_ENDS_OF_CURRENCY = "金元币约\n"
_CURRENCIES = {"人民币": "CNY", "新加坡币": "SGD", "日币": "JPY"}


def _currency_before(text: str, start: int) -> str | None:
    """The currency named before a sum: 美金1亿元, 新台币约52亿元."""
    if text[start - 1 : start] not in _ENDS_OF_CURRENCY:
        return None
    match = _CURRENCY_BEFORE.search(text, max(0, start - 6), start)
    if match is None:
        return None
    return _CURRENCIES.get(match["name"]) or units()[match["name"]].canonical


# 高于全国0.4、全省0.1个百分点
_POINTS_SHARED = re.compile(
    r"(?<![\d.月第%])(?P<numbers>(?:\d+(?:\.\d+)?个?(?:[、和及]|以及|(?<=个)，)(?:[全本][国省市区州县])?)+)$"
)
_UNIT_SHARED = re.compile(r"(?<![\d.年月第%])(?P<numbers>(?:\d+(?:\.\d+)?个?(?:[、和及]|以及|(?<=个)，))+)$")
_ENDS_OF_LIST = "、和及，\n"
_ENDS_OF_POINTS = _ENDS_OF_LIST + "国省市区州县"
_NUMBER_OF_LIST = re.compile(r"(?P<number>\d+(?:\.\d+)?)个?")
DEALT_REACH = 30  # 分别完成投资47.2和11.1亿元
_SHARED_REACH = 60  # so many characters hold the numbers before the last


def _sharing_unit(text: str, last: Quantity, position: int) -> list[Quantity]:
    """The numbers before a figure that share its unit: 38、27、24间, 高0.9、1.1个百分点."""
    pattern, ends = (
        (_POINTS_SHARED, _ENDS_OF_POINTS) if last.measure == POINT else (_UNIT_SHARED, _ENDS_OF_LIST)
    )
    if text[last.start - 1 : last.start] not in ends:
        return []
    dealt = last.measure == MONEY and "分别" in text[max(position, last.start - DEALT_REACH) : last.start]
    if last.measure not in (COUNT, POINT, PERCENT, PHYSICAL, MULTIPLE) and not dealt:
        return []
    match = pattern.search(text, max(position, last.start - _SHARED_REACH), last.start)
    if not match:
        return []
    numeral = re.match(r"[\d.,]+", text[last.start : last.end])
    own = parse_numeral(numeral[0]) if numeral else None
    if not own:
        return []
    return [
        last._replace(
            start=m.start(),
            end=m.end(),
            value=parse_numeral(m["number"]) * last.value / own,
            bound=Bound.EXACT,
            reach_start=m.start(),
            reach_end=m.end(),
        )
        for m in _NUMBER_OF_LIST.finditer(text, match.start("numbers"), match.end("numbers"))
    ]


_HUNDRED_SHARED = re.compile(
    rf"(?:[、和及与]|以及)(?P<number>[{_HANZI_DIGITS}十百]+点[{_HANZI_DIGITS}]+)(?=[、和及与，。；]|以及|$)"
)


def _sharing_hundred(text: str, first: Quantity) -> list[Quantity]:
    """The numbers after a percentage in characters that share its 百分之: 百分之三十九点四、三十四点五."""
    shared: list[Quantity] = []
    end = first.end
    while match := _HUNDRED_SHARED.match(text, end):
        start, end = match.span("number")
        value = parse_hanzi(match["number"])
        if value is None:
            break
        shared.append(
            first._replace(
                start=start, end=end, value=value, bound=Bound.EXACT, reach_start=start, reach_end=end
            )
        )
    return shared


def find_quantities(text: str) -> list[Quantity]:
    """The figures of a text in order, without overlap; a range gives two, at_least and at_most.

    >>> [(q.value, q.unit, str(q.bound)) for q in find_quantities("总投资约3.5亿元,增长6%至8%,走访百余家")]
    ... # doctest: +NORMALIZE_WHITESPACE
    [(Decimal('350000000.0'), 'LOCAL', 'about'), (Decimal('6'), 'percent', 'at_least'),
     (Decimal('8'), 'percent', 'at_most'), (Decimal('100'), '家', 'about')]
    """
    found: list[Quantity] = []
    position = 0
    text = _without_endless_numerals(text)
    for match in _matches(_figure_pattern(), _heads(), text):
        value, unit, numeral, bare = _FORMS[match.lastgroup](match)
        measure = COUNT if unit.measure == "digits_only" else unit.measure
        if value is None or not _is_definite(text, match, measure):
            continue
        start, end = match.span()
        bound, reach_start, reach_end = _find_bound(text, start, end, numeral)
        currency = _currency_before(text, reach_start) if measure == MONEY else None
        canonical = currency or unit.canonical
        quantity = Quantity(start, end, value, canonical, measure, bound, reach_start, reach_end, bare)
        if found and _is_range(text, found[-1], quantity):
            low_unit = quantity.unit if found[-1].bare else found[-1].unit
            found[-1] = found[-1]._replace(bound=Bound.AT_LEAST, unit=low_unit)
            quantity = quantity._replace(bound=Bound.AT_MOST)
        elif (low := _low_end(text, quantity)) and low.start >= position:
            found.append(low)
            quantity = quantity._replace(bound=Bound.AT_MOST)
        else:
            found += _sharing_unit(text, quantity, position)
        found.append(quantity)
        position = end
        if match["hundred"]:
            found += _sharing_hundred(text, quantity)
    if _may_tell_multiples(text):
        taken = [(q.start, q.end) for q in found]
        for match in _matches(_MULTIPLE, _MULTIPLE_HEADS, text):
            if any(s < match.end() and match.start() < e for s, e in taken):
                continue
            if quantity := _multiple(text, match):
                found += [*_sharing_unit(text, quantity, 0), quantity]
        found.sort()
    return found
