"""分别: figures dealt out to names in order, 货物进口及服务进口分别上升25.7%及58.2%.

The names stand before 分别 in its clause, or are those of as many figures told just before:
财政总收入50.8亿元,其中一般预算收入18.8亿元,分别增长26.7%和18.9%. Places and times are dealt out in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

from helpers.figure import Figure, Reading
from helpers.lexicon import read_lexicon
from helpers.mentions.period import TimeMention
from helpers.mentions.place import PlaceMention
from helpers.mentions.quantity import PERCENT, POINT
from helpers.phrase import left_phrase, trim_links

DEALS = "分别"
Mention = TypeVar("Mention", PlaceMention, TimeMention)
_GLUE = re.compile(r"[、，,和与及至]*(?:以及)?(?:分别)?(?:为|达|达到)?")
# 分别下降29.8%、增长6.5%和增长4.1%: each rate says its own direction.
_DEALT_GLUE = re.compile(
    r"[、，,和与及]*(?:以及)?(?:同比)?(?:增长|下降|上升|下跌|回升|回落|减少|增加|增|降)?"
)
_SPLITS = (
    re.compile("、"),
    re.compile(
        "、|(?:以及|及|和|与)(?!.*(?:、|以及|及|和|与))"
    ),  # 批发和零售、邮电及其他服务业: the last word of its kind
    re.compile("、|和"),
    re.compile("、|以及|和|及|与|，"),
)
_JOINED = re.compile(r"[、和及与，,]|以及")
_LOCAL = frozenset({"prefecture", "county", "park", "town"})
FAR = 24  # 鹤壁、漯河等市投资进度表现优异,分别完成…
NEAR = 14  # 2016年至2018年,我市的投资分别
# What a list of names can share at its end: 第一、二、三产业增加值; 食品、衣着价格.
_HEADS = re.compile(
    r"(?:(?:综合|居民)?(?:消费者?|生产者?)?(?:物价|价格))指数|(?:居民)?(?:人均)?(?:可支配收入|纯收入|消费支出)|(?:固定资产)?投资|(?:规模以上|规模|规上)?(?:工业)?增加值|(?:工业)?总产值|产值|价格|销售额|零售额|营业额|营收|进口额|出口额|销售面积|总额|总值|货值|货量|价值|总量|产量|销量|收入|支出|出口|进口|利润|税收|余额|接单|订单|面积|项目|产业|贷款|存款|排放量|人数|人次|金额|外资|到位资金|消费|服务业|制造业|行业|产品|企业"
)


def _run_from(reading: Reading, figures: list[Figure], first: int) -> int:
    """How many figures from `first` on stand in one list."""
    last = first
    while last + 1 < len(figures) and _goes_on(reading.text, figures[first], *figures[last : last + 2]):
        last += 1
    return last - first + 1


def _goes_on(text: str, head: Figure, member: Figure, follower: Figure) -> bool:
    """Whether a list that begins with `head` goes on from one of its figures to the next."""
    here, there = member.quantity, follower.quantity
    between = text[here.reach_end : there.reach_start]
    if not _GLUE.fullmatch(between):
        dealt = head.quantity.measure in _RATES and _DEALT_GLUE.fullmatch(between)
        if not dealt or text.find(DEALS, head.left.start, head.left.end) < 0:
            return False
    # 增长面达52.9%，16个行业…
    return here.measure == there.measure or (here.measure in _RATES and there.measure in _RATES)


def head_of(name: str) -> str:
    """What is measured, at the end of a name; empty where it names only a thing: 投资 in 第二产业投资."""
    heads = list(_HEADS.finditer(name))
    return heads[-1][0] if heads and heads[-1].end() == len(name) else ""


def complete_names(names: list[str]) -> list[str]:
    """The names of a list, each with the head or the beginning that the list says only once.

    >>> complete_names(["食品", "衣着价格"]), complete_names(["第一", "二", "三产业增加值"])
    (['食品价格', '衣着价格'], ['第一产业增加值', '第二产业增加值', '第三产业增加值'])
    >>> complete_names(["城镇", "农村居民人均可支配收入"])
    ['城镇居民人均可支配收入', '农村居民人均可支配收入']
    """
    last = names[-1]
    ordinals = [n.removeprefix("第")[:1] for n in names]
    tail = last.removeprefix("第")[1:]
    if all(n in (o, "第" + o) for n, o in zip(names[:-1], ordinals, strict=False)) and tail.startswith("产"):
        return ["第" + ordinal + tail for ordinal in ordinals]
    if (rest := _OVER_THRESHOLD.match(last)) and all(_THRESHOLD.fullmatch(n) for n in names[:-1]):
        return [*(n + last[rest.end("sum") :] for n in names[:-1]), last]
    head = head_of(last)
    if head == last and (crop := _AREA_OF_CROP.fullmatch(names[0])):
        return [*names[:-1], crop["crop"] + last]
    if not head or head == last:
        return names
    if any(own and (own == head or not own.endswith(_KINDS)) for own in map(head_of, names[:-1])):
        return names
    return [*(n + head for n in names[:-1]), last]


_THRESHOLD = re.compile(r"[\d.]+[百千]?[万亿]?元")  # 5亿元和10亿元以上项目投资
_OVER_THRESHOLD = re.compile(rf"(?P<sum>{_THRESHOLD.pattern})以[上下]")
_AREA_OF_CROP = re.compile(r"(?P<crop>.{2,}?)(?:播种|种植)?(?:总?面积)")  # 小麦面积和产量
_KINDS = ("业", "产品")  # what can itself be measured: 制造业、采矿业利润
# 新能源、新材料、生物经济三大主导产业: what they are together is no part of the last name.
_TOGETHER = re.compile(
    r"(?:[两二三四五六七八九十]|\d)[大类个][\u4e00-\u9fff]{0,6}(?:产业|行业|领域|板块|园区|门类|集群)$"
)
# 矿产加工业和电子信息增幅最大,分别为22.5%和21.6%
_STATE_TAIL = re.compile(
    r"(?:增长|增幅|增速|涨幅|降幅|升幅|增势|拉动|表现|发展)?(?:较|最|居|相对|更|明显|均)(?:为)?[快大高多前好慢小低强显][^，。；]{0,4}$"
)


# 三次产业投资分别增长…: the three have names of their own.
_SECTORS = re.compile(
    r"(?:三次|三大|[一1]、?[二2]、?[三3]次?)产业?(?!化|链|园|集|体|能)(?P<measure>[^，。；：、\d]*)$"
)
_SECTOR_NAMES = ("第一产业", "第二产业", "第三产业")


def _names_of_sectors(text: str, start: int, stop: int) -> list[str] | None:
    """What is dealt out to the three sectors of an economy together: 三次产业对经济增长贡献率."""
    sectors = _SECTORS.search(text[start:stop])
    if sectors is None:
        return None
    first = start + sectors.start("measure")
    measure = text[first : trim_links(text, first, stop)].removeprefix("完成").removeprefix("实现")
    return [sector + measure for sector in _SECTOR_NAMES]


def split_names(phrase: str, count: int) -> list[str] | None:
    """A phrase as exactly `count` names, None where it cannot be split so."""
    phrase = _with_names_closed(_TOGETHER.sub("", phrase))
    for separator in _SPLITS:
        names = [n.translate(_OPENED) for n in separator.split(phrase) if n]
        if len(names) == count:
            return complete_names(names)
    return None


# What joins the words of one industry's name, and what stands for it while lists are split.
_CLOSED = str.maketrans("、和及与", "\ue000\ue001\ue002\ue003")
_OPENED = {sign: chr(joint) for joint, sign in _CLOSED.items()}


def _with_names_closed(phrase: str) -> str:
    """The phrase with no joint left within the names of industries: 电力、热力生产和供应业 is one name."""
    names = read_lexicon("industries").find(phrase) if "、" in phrase else []
    for name in names:
        closed = phrase[name.start : name.end].translate(_CLOSED)
        phrase = phrase[: name.start] + closed + phrase[name.end :]
    return phrase


def deal_out(reading: Reading, figures: list[Figure], masks: tuple[tuple[int, int], ...]) -> None:
    """Give each figure of a dealt list the name that it belongs to; leave it where the numbers do not match."""
    i = 0
    while i < len(figures):
        count = _run_from(reading, figures, i)
        figure = figures[i]
        if count > 1:
            at = reading.text.rfind(DEALS, figure.clause.start, figure.left.end)
            stop = at if at >= 0 else figure.left.end
            _deal_places_and_times(reading, figures[i : i + count], stop)
            span, _ = left_phrase(
                reading.text, max(figure.left.start, figure.clause.start), stop, masks, lists=True
            )
            names = (
                split_names(reading.text[span.start : span.end], count) if span.end - span.start > 2 else None
            )
            if names is None and count == len(_SECTOR_NAMES):
                names = _names_of_sectors(reading.text, max(figure.left.start, figure.clause.start), stop)
            if names is None and at >= 0:
                names = _names_over_clauses(reading, figure, count, stop)
            if names is None and at >= 0 and span.end - span.start < 2:
                names = _names_in_clause_before(reading, figure, count) or _indices_before(
                    reading, figure, count
                )
            if names:
                for member, name in zip(figures[i : i + count], names, strict=True):
                    member.dealt = name
            elif (
                i >= count
                and figure.dealt_place is None
                and (at >= 0 or figure.quantity.measure in (PERCENT, POINT))
                and (span.end - span.start < 2 or _follows_run(reading, figures, i, count))
            ):
                _deal_to_levels(reading, figures, i, count)
        i += count


_CAUSE = re.compile(
    r"(?:^|[，。；：])(?:虽然|尽管|而|其中)?(?P<names>[^，。；：\d]{3,24}?)(?:则|均|都)?(?:因(?![素此])|受|由于|受惠于)[^，。；\d]{2,24}，$"
)


def _names_in_clause_before(reading: Reading, figure: Figure, count: int) -> list[str] | None:
    """The names that the clause before says something of together: 增幅最大,分别为22.5%和21.6%."""
    start = figure.previous.quantity.reach_end if figure.previous else figure.sentence.start
    if (cause := _CAUSE.search(reading.text[start : figure.clause.start])) is not None:
        return split_names(cause["names"], count)
    states = _STATE_TAIL.search(reading.text, start, max(start, figure.clause.start - 1))
    if not states:
        return None
    span, _ = left_phrase(reading.text, start, states.start(), reading.masks, lists=True)
    return split_names(reading.text[span.start : span.end], count)


def _names_over_clauses(reading: Reading, figure: Figure, count: int, stop: int) -> list[str] | None:
    """Names that 、 stands within and ， between: 交通运输、仓储和邮政业,房地产业增加值分别增长24%和14%."""
    start = figure.previous.quantity.reach_end if figure.previous else figure.sentence.start
    text = reading.text[start : trim_links(reading.text, start, stop)]
    parts = text.rsplit("，", count - 1)
    if len(parts) < count or not any("、" in part for part in parts):
        return None
    parts[0] = re.split("其中|[，：；]", parts[0])[-1]
    if not head_of(parts[-1]) or not all(part.endswith("业") or head_of(part) for part in parts[:-1]):
        return None
    shared = _OF_INDUSTRY.fullmatch(parts[-1])
    if shared and all(part.endswith("业") for part in parts[:-1]):
        return [*(part + shared["what"] for part in parts[:-1]), parts[-1]]
    return complete_names(parts)


_OF_INDUSTRY = re.compile(r"[^，]*业(?P<what>[^，业]{2,})")  # 房地产业|增加值
_INDEX = re.compile(r"指数(?=(?:为|达|是)?\d)")


def _indices_before(reading: Reading, figure: Figure, count: int) -> list[str] | None:
    """The indices whose points were told, which are no figures: 工业生产指数115.1、制造业生产指数116.0,分别年增14%、15%."""
    start = figure.previous.quantity.reach_end if figure.previous else figure.sentence.start
    ends = [m.end() for m in _INDEX.finditer(reading.text, start, figure.clause.start)]
    if len(ends) != count:
        return None
    spans = [left_phrase(reading.text, start, end, reading.masks)[0] for end in ends]
    return [reading.text[span.start : span.end] for span in spans]


# 一月入境的中国大陆、香港及台湾旅客,分别比…: where guests are from is not where they were counted
_COME_FROM = re.compile(r"[居市]?民?(?:过夜|留宿)?(?:旅客|访客|游客|观光客)")


def _deal_places_and_times(reading: Reading, run: list[Figure], stop: int) -> None:
    """Give each of a run of figures its place and time, where as many were listed before."""
    start = run[0].left.start if run[0].previous else run[0].sentence.start
    heads_clause = stop <= run[0].clause.start
    begin = run[0].sentence.start if heads_clause else run[0].clause.start
    places = reading.named_within(begin, stop)
    if heads_clause:
        places = [m for m in places if m.kind in _LOCAL]
    if heads_clause and places and stop - places[-1].end <= FAR:
        if _COME_FROM.match(reading.text, places[-1].end):
            return
        listed = _listed(reading.text, places, len(run), places[-1].end)
        for member, place in zip(run, listed, strict=False):
            member.dealt_place = place
        return
    times = [
        t
        for t in reading.times_within(start, stop)
        if not t.comparison or reading.text.endswith(("和", "与"), 0, t.start)
    ]
    for member, place in zip(run, _listed(reading.text, places, len(run), stop), strict=False):
        member.dealt_place = place
    for member, time in zip(run, _listed(reading.text, _years_apart(times), len(run), stop), strict=False):
        member.dealt_time = time


def _years_apart(times: list[TimeMention]) -> list[TimeMention]:
    """A range of years as its years, where nothing else is said: 2016年至2018年."""
    if len(times) != 1 or times[0].year is None or times[0].last_year is None:
        return times
    return [times[0]._replace(year=y, last_year=None) for y in range(times[0].year, times[0].last_year + 1)]


def _listed(text: str, mentions: Sequence[Mention], count: int, stop: int) -> Sequence[Mention]:
    """The last mentions before `stop` where they are a list of exactly `count`, else none."""
    if len(mentions) < count or stop - mentions[-1].end > NEAR:
        return ()
    first = len(mentions) - 1
    while first and (
        mentions[first - 1].end == mentions[first].end
        or _JOINED.fullmatch(text, mentions[first - 1].end, mentions[first].start)
    ):
        first -= 1
    return mentions[first:] if len(mentions) - first == count else ()


_AGAINST = re.compile(r"，(?:分别)?(?:高于|低于|快于|慢于|比|较)[^，。；、\d]*$")


_ON_AVERAGE = re.compile(r"，(?:[两三四五]年)?(?:平均|年均)(?:分别)?(?:增长|下降)")
_OF_WHOLE = re.compile(r"，(?:分别|依次|各)*占[^，。；、\d]*$")


def _follows_run(reading: Reading, figures: list[Figure], first: int, count: int) -> bool:
    """Whether points follow as many rates that they compare: 增长9%、8%和7%,高于规上工业2、3和4个百分点."""
    figure, before = figures[first], figures[first - 1]
    between = reading.text[before.quantity.reach_end : figure.quantity.reach_start]
    compared = figure.quantity.measure == POINT and _AGAINST.fullmatch(between) is not None
    of_whole = figure.quantity.measure == PERCENT and _OF_WHOLE.fullmatch(between) is not None
    on_average = _ON_AVERAGE.fullmatch(between) is not None
    return (compared or of_whole or on_average) and _run_from(reading, figures, first - count) == count


_SHARE_OF = re.compile(r"占(?![^，。；]*(?:计划|任务|目标))")
_RATES = frozenset(["percent", "multiple", "doubling"])


def _deal_to_levels(reading: Reading, figures: list[Figure], first: int, count: int) -> None:
    levels = figures[first - count : first]
    start, end = figures[first].left.start, figures[first].left.end
    share = _SHARE_OF.search(reading.text, start, end) or _ON_AVERAGE.match(reading.text, start - 1, end)
    if len({f.quantity.measure for f in levels}) > 1 and figures[first].quantity.measure in _RATES:
        same = [f for f in figures[:first] if f.quantity.measure == levels[-1].quantity.measure]
        levels = same[-count:] if len(same) >= count and len(levels) > 2 else levels
    if not share and len({f.quantity.measure in _RATES for f in (*levels, figures[first])}) == 1:
        return
    for member, level in zip(figures[first : first + count], levels, strict=True):
        member.level = level
