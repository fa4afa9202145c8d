"""What is measured: the noun before the figure, after it, or that of the level it belongs to."""

from __future__ import annotations

import re
from dataclasses import replace

from helpers.attributes.stage import STATISTIC
from helpers.figure import Figure, Reading
from helpers.lexicon import Cue
from helpers.observation import Kind
from helpers.phrase import left_phrase
from helpers.quantity import MONEY
from helpers.rules.growth_rate import COMPARED_TIME, RATE_BEFORE_NOUN
from helpers.rules.investment import (
    INVESTMENT_SPOKEN_OF,
    SUM_OF_NAMED_PROJECT,
    SUM_PUT_IN,
    TARGET_OF_INVESTMENT,
    money_cue,
)
from helpers.rules.project_count import is_difference
from helpers.segment import Span

RATES = (Kind.GROWTH_RATE, Kind.RATE_DIFFERENCE, Kind.COMPLETION_RATE)
_RATE_KINDS = (*RATES, Kind.SHARE)

_POINTLESS = frozenset(
    [
        "其中",
        "全市",
        "全省",
        "全国",
        "全区",
        "全县",
        "同比",
        "分别",
        "增速",
        "增幅",
        "涨幅",
        "降幅",
        "增长",
        "下降",
        "同期",
        "年均",
        "平均",
        "数量",
        "总量",
        "总额",
        "规模",
        "排名",
        "比重",
        "占比",
        "金额",
        "微幅",
        "单月",
        "同步",
        "另外",
        "此外",
        "目前",
        "预计",
        "期末",
        "折合",
        "任务",
        "目标",
        "目标任务",
        "平均水平",
        "水平",
    ]
)
_NO_NOUN = re.compile(r"^(?:创|较|比|位居|为历|连续|高于|低于|快于|增至|减至|升至|降至|达)|(?:新高|新低)$")
_EDGES = "、 ：:"


# A named project or company before the noun is the subject: 先导科技集团|签约投资.
_OWNER = re.compile(
    r"(?P<owner>[^，。；]{2,}?(?:项目|有限公司|公司|集团|股份|产业园|基地))(?:约定|预计|将|可|共)*(?P<noun>[^项额].+)$"
)


_CLASS_OF_OWNERS = re.compile(
    r"以上|以下|类项目|重点|各类|省外|市外|新引进|(?:产业|工业|投资|建设)项目$|^(?:.|这些|全部|上述|所有)?项目$"
)


_SUM_OF_CLASS = re.compile(r"(?:年度)?(?:计划|累计|日均)*(?:完成|总)投资额?|(?:年度)?计划总?投资|投资额")


def _without_owner(reading: Reading, figure: Figure, span: Span) -> Span:
    if figure.kind in (Kind.PROJECT_COUNT, Kind.COUNT):
        return span
    match = _OWNER.match(reading.text[span.start : span.end])
    if not match or len(match["noun"]) < 2:
        return span
    if _CLASS_OF_OWNERS.search(match["owner"]) and not _SUM_OF_CLASS.fullmatch(match["noun"]):
        return span
    figure.subject = match["owner"]
    return Span(span.start + match.start("noun"), span.end)


def _take(reading: Reading, figure: Figure, span: Span, rule: str) -> bool:
    """Make the phrase in a span the indicator, unless it is no noun."""
    span = _without_owner(reading, figure, span)
    phrase = reading.text[span.start : span.end].strip(_EDGES)
    bare = phrase.strip("“”‘’")
    if len(bare) < 2 or bare in _POINTLESS or bare.isdigit() or _NO_NOUN.search(bare):
        return False
    figure.indicator, figure.indicator_span = phrase, span
    figure.because("indicator", rule, span=span, text=reading.text)
    figure.indicator_cue = figure.reasons[-1]
    return True


def _adopt(figure: Figure, other: Figure | None, rule: str, suffix: str = "") -> bool:
    """Take over the indicator and subject of another figure."""
    if other is None or not other.indicator:
        return False
    figure.indicator = other.indicator + ("" if other.indicator.endswith(suffix) else suffix)
    figure.subject = figure.subject or other.subject
    figure.indicator_cue = other.indicator_cue
    if other.indicator_cue is not None:
        figure.reasons.append(replace(other.indicator_cue, rule=rule))
    else:
        figure.because("indicator", rule)
    return True


def find_indicator(reading: Reading, figure: Figure, last: Figure | None) -> None:
    """What is measured: the noun phrase before the figure, after it, or that of the level it belongs to.

    `last` is the last figure of the sentences before in the paragraph, for a figure that names nothing.
    """
    if figure.dealt and figure.quantity.measure == MONEY and (word := _word_after_names(reading, figure)):
        figure.subject, figure.indicator = figure.dealt, word.cue
        figure.because("indicator", "word for the sums dealt out by 分别", word)
        return
    if figure.dealt:
        figure.indicator = figure.dealt
        figure.because("indicator", "dealt out by 分别", span=figure.before, text=reading.text)
        return
    if figure.level is not None and _adopt(figure, figure.level, "dealt out to the figures before"):
        return
    if figure.kind in _RATE_KINDS:
        found = _rate_indicator(reading, figure, last)
    elif figure.quantity.measure == MONEY:
        found = _money_indicator(reading, figure, last)
    else:
        found = _count_indicator(reading, figure) or _adopt(
            figure, figure.earlier(), "of the figure told before"
        )
    if not found and figure.kind in (*RATES, Kind.INVESTMENT, Kind.AMOUNT):
        _adopt(figure, last, "of the sentence before")


_NAMES = re.compile(r"(?:项目|公司|集团|股份|园|基地|企业|矿业|科技)$")


def _word_after_names(reading: Reading, figure: Figure) -> Cue | None:
    """The word for sums that are dealt out to owners: 投资 in 甲项目和乙项目分别投资6亿元、9亿元."""
    at = reading.text.rfind("分别", figure.clause.start, figure.quantity.start)
    cues = reading.cues("money", max(at, 0), figure.quantity.start) if at >= 0 else []
    return cues[0] if cues else None


def adopt_from_follower(figure: Figure, follower: Figure | None) -> None:
    """Give a figure that names nothing the noun of the next of its kind: 38、27、24间企业."""
    if figure.indicator is None and follower is not None and follower.kind is figure.kind:
        _adopt(figure, follower, "of the figure told after")


# An industry, a kind of owner or an area: what is measured of it was said before.
_PART = re.compile(r"(?:业|企业|行业|产业|工业|地区|城市|城镇|农村|乡村|经济|类)$")


_MEASURE = re.compile(
    r"(?:工业|固定资产|房地产开发|居民消费|社会消费品|合同利用|实际利用|实际使用|实际到位|到位|出口交货|主营业务|营业|商品房)*"
    r"(?:投资|增加值|产值|价格|销售额|零售总?额|销售面积|总额|产量|销量|收入|支出|出口|进口|利润|税收|余额|接单|订单"
    r"|排放量|金额|外资|资金|用电量|营业额)$"
)


def _complete_part(figure: Figure, whole: Figure | None) -> None:
    """制造业增长6%, after 规模工业增加值增长5%, is 制造业工业增加值."""
    phrase = figure.indicator or ""
    if whole is None or not whole.indicator or not _PART.search(phrase):
        return
    match = _MEASURE.search(whole.indicator)
    measured = whole.measured or (match[0] if match else "")
    if not measured or whole.kind is Kind.SHARE:
        return
    figure.subject, figure.measured = phrase, measured
    figure.indicator = phrase + measured.removeprefix(phrase)


_GROWN_AFTER = re.compile(
    r"(?:左右|以上|以内)?的?(?:年度?|年均|平均|预期)*(?P<noun>(?!之|按年|同比|环比)[^，。；、\d的]{3,12}?)(?:增长|增速|增幅|涨幅)(?:目标|任务|预期)?"
)
_NUMBER_WORD = re.compile(r"[，、；其中]*(?:项目)?(?:个数|数量|项目数)")


def _rate_indicator(reading: Reading, figure: Figure, last: Figure | None) -> bool:
    if figure.kind is Kind.RATE_DIFFERENCE:
        return _difference_indicator(reading, figure)
    if figure.kind is Kind.COMPLETION_RATE:
        phrase = reading.text[figure.before.start : figure.before.end]
        if (
            phrase.endswith("率")
            and len(phrase) > MIN_RATE_NAME
            and _take(reading, figure, figure.before, "noun before the rate")
        ):
            return True
        level = figure.earlier(Kind.INVESTMENT, Kind.PROJECT_COUNT, Kind.AMOUNT, Kind.COUNT, Kind.QUANTITY)
        return (
            _adopt(figure, level, "of the level told before")
            or _take(reading, figure, figure.before, "noun before the rate")
            or _adopt(figure, figure.earlier(), "of the rate told before")
        )
    if figure.kind is Kind.SHARE:
        return _share_indicator(reading, figure)
    if figure.rule == COMPARED_TIME:
        return _adopt(figure, figure.earlier(Kind.GROWTH_RATE), "of the rate told before")
    grown = _GROWN_AFTER.match(reading.text, figure.right.start, figure.right.end)
    if (
        figure.rule == RATE_BEFORE_NOUN
        and grown
        and _take(reading, figure, Span(*grown.span("noun")), "noun after the rate")
    ):
        return True
    word = reading.text[figure.before.start : figure.before.end]
    if _NUMBER_WORD.match(reading.text, figure.left.start, figure.left.end) and _adopt(
        figure, figure.earlier(Kind.PROJECT_COUNT, Kind.COUNT), "of the number told before"
    ):
        return True
    if word in ("金额", "总额", "投资额") and _adopt(
        figure, figure.earlier(Kind.INVESTMENT, Kind.AMOUNT), "of the sum told before"
    ):
        return True
    if _take(reading, figure, figure.before, "noun before the rate"):
        if reading.text.startswith("增长率", figure.indicator_span.end) and figure.indicator.endswith("自然"):
            figure.indicator += "增长率"
        _complete_part(figure, figure.earlier() or last)
        return True
    if _adopt(figure, _level_of_rate(reading, figure), "of the level told before"):
        return True
    return _clause_before(reading, figure)


def _level_of_rate(reading: Reading, figure: Figure) -> Figure | None:
    """The level that a rate without a noun belongs to; a share told between is passed over."""
    earlier = figure.previous
    while earlier is not None and (
        not earlier.indicator or earlier.kind in (Kind.SHARE, Kind.RATE_DIFFERENCE)
    ):
        earlier = earlier.previous
    return earlier


def _clause_before(reading: Reading, figure: Figure) -> bool:
    if figure.clause.start <= figure.sentence.start:
        return False
    start = figure.previous.quantity.reach_end if figure.previous else figure.sentence.start
    if start >= figure.clause.start - 1:
        return False
    span, _ = left_phrase(reading.text, start, figure.clause.start - 1)
    return _take(reading, figure, span, "noun of the clause before")


_DRIVEN = re.compile(
    r"(?:拉动|带动|推动|影响|拉高|推高|下拉|拉低|助推|拖累)(?P<what>[^，。；\d]{1,16}?)(?:增长|上涨|上升|下降|增速|回落|提高|下跌|增加|下行|上行)"
)


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
        return _take(reading, figure, Span(driven.start("what"), end), "what is driven up or down")
    against = _AGAINST.search(reading.text, figure.left.start, figure.left.end)
    if (
        against
        and against.start() - figure.left.start < 2
        and _adopt(figure, _rate_spoken_of(figure), "of the rate told before", "增速")
    ):
        return True
    if against and against.start() - figure.left.start >= 2:
        span, _ = left_phrase(reading.text, figure.left.start, against.start(), reading.masks)
        if _take(reading, figure, span, "noun before the comparison"):
            rate = _RATE_WORD.match(reading.text, figure.indicator_span.end)
            figure.indicator += rate[0] if rate and rate.end() <= figure.left.end else ""
            return True
    phrase = reading.text[figure.before.start : figure.before.end]
    if (
        len(phrase) >= 2
        and not _COMPARED.search(phrase)
        and _take(reading, figure, figure.before, "noun before the difference")
    ):
        rate = _RATE_WORD.match(reading.text, figure.indicator_span.end)
        figure.indicator += "增速" if rate and rate.end() <= figure.left.end else ""
        return True
    rate = _rate_spoken_of(figure)
    if rate is None:
        return _take(reading, figure, figure.before, "noun before the difference")
    suffix = "增速" if rate.kind is Kind.GROWTH_RATE or "增速" in phrase or "增幅" in phrase else ""
    return _adopt(figure, rate, "of the rate told before", suffix)


_AGAINST = re.compile(r"(?:比|较|高于|低于|快于|慢于|高出|好于|优于)[^，。；]*$")
_RATE_WORD = re.compile(r"增速|增幅|涨幅")
_COMPARED = re.compile(
    r"平均|^(?:比|较|高于|低于|快于|全省|全国|全市|目标|预期|计划|增速|增幅|时序)|(?:水平|增幅|增速|目标|进度)$"
)


_SHARE_WORD = re.compile(r"占比|比重")


def _share_indicator(reading: Reading, figure: Figure) -> bool:
    of = reading.text.rfind("占", figure.left.start, figure.left.end)
    if of >= 0 and not reading.text.startswith("占比", of):
        span, _ = left_phrase(reading.text, figure.left.start, of)
        if _take(reading, figure, span, "noun before 占"):
            return True
        return _adopt(figure, figure.earlier(), "of the level told before") or _clause_before(reading, figure)
    if _take(reading, figure, figure.before, "noun before the percentage"):
        word = _SHARE_WORD.match(reading.text, figure.indicator_span.end)
        figure.indicator += word[0] if word and word.end() <= figure.left.end else ""
        return True
    if _take(reading, figure, figure.after, "noun after the percentage"):
        return True
    return _adopt(figure, figure.earlier(), "of the level told before") or _clause_before(reading, figure)


def _money_indicator(reading: Reading, figure: Figure, last: Figure | None) -> bool:
    if figure.rule in (SUM_PUT_IN, SUM_OF_NAMED_PROJECT):
        figure.indicator = "投资"
        figure.because("indicator", "what is put in")
        return True
    if figure.rule == TARGET_OF_INVESTMENT:
        return _adopt(figure, figure.earlier(Kind.INVESTMENT), "of the sum that the target is for")
    if figure.rule == INVESTMENT_SPOKEN_OF and _adopt(
        figure, figure.earlier(Kind.INVESTMENT) or last, "of the investment spoken of"
    ):
        return True
    cue = money_cue(reading, figure)
    if cue is not None and cue.start >= figure.quantity.end:
        after = _without_project(reading, figure.after)
        if _take(reading, figure, after, "noun after the sum"):
            return True
    if (
        cue is None
        and figure.is_bare
        and _adopt(figure, figure.earlier(figure.kind), "of the sum before in the list")
    ):
        return True
    if (
        cue is not None
        and cue.end <= figure.left.end
        and not figure.before.start <= cue.start < figure.before.end
    ):
        figure.before = (
            Span(cue.start, max(cue.end, figure.before.end))
            if figure.before.start > cue.start and figure.before.start - cue.end <= 2
            else figure.before
        )
    if _take(reading, figure, figure.before, "noun before the sum"):
        _shorten_to_cue(reading, figure, cue)
        if cue is None:
            _complete_part(figure, figure.earlier(Kind.INVESTMENT))
        return True
    if cue is not None and figure.kind is Kind.INVESTMENT:
        figure.indicator = cue.cue
        figure.because("indicator", "word for the sum", cue)
        return True
    if cue is not None:
        return _take(reading, figure, Span(cue.start, cue.end), "word for the sum")
    if figure.kind is Kind.INVESTMENT:
        if _adopt(figure, figure.earlier(Kind.INVESTMENT), "of the sum before in the list"):
            return True
        figure.indicator = "投资"
        figure.because("indicator", "a sum of a project")
        return True
    if _take(reading, figure, figure.after, "noun after the sum"):
        return True
    counted = figure.earlier()
    word = reading.text[figure.before.start : figure.before.end]
    if counted is not None and counted.kind is Kind.COUNT and word in _POINTLESS:
        return _adopt(figure, counted, "of the things counted before", word)
    return _adopt(figure, figure.earlier(Kind.AMOUNT, Kind.INVESTMENT), "of the sum before")


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
MIN_RATE_NAME = 3


def _without_project(reading: Reading, span: Span) -> Span:
    match = re.search(r"的?(?:\d+个)?项目$", reading.text[span.start : span.end])
    return Span(span.start, span.start + match.start()) if match and match.start() > 1 else span


def _shorten_to_cue(reading: Reading, figure: Figure, cue: Cue | None) -> None:
    """投资 alone takes its verb along; a long phrase that ends in an investment word begins with that word."""
    span = figure.indicator_span
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
        and cue is not None
        and (match := _EVENT_SUM.search(phrase))
        and not STATISTIC.search(phrase)
    ):
        figure.indicator = match[0]
        figure.indicator_span = Span(span.start + match.start(), span.start + match.end())


_EVENT_SUM = re.compile(
    r"(?:年度)?(?:计划|协议|合同|意向|签约|累计完成|完成|项目)?(?:总投资额?|投资总额|总投资规模|签约金额|签约额|合同金额|协议金额|投资额|总金额|追加投资|签约投资)$"
)
_PROJECTS = re.compile(r"(?:项目|工程)$")
_GENERIC_PROJECT = re.compile(r"^(?:个|大)?(?:项目|工程)$")
_STAGE_VERB = re.compile(
    r"(现场签约|集中签约|新签约|签约|新引进|引进|“揭榜”招引|招引|新开工|集中开工|开工|竣工|投产|储备|在谈|洽谈|续建|在建|落地|落户|实施|推介|招商|新建|完工|开复工|建成|复工|未开工)(?:了)?$"
)
_STAGE_VERB_AFTER = re.compile(
    r"^(?:已|均|全部|顺利|正式|相继|实现|陆续|同时|在|将|正)*(集中签约|集中开工|现场签约|开工|竣工|投产|签约|落地|落户|完工|在建|复工|奠基|投用|建成)"
)


def _count_indicator(reading: Reading, figure: Figure) -> bool:
    if figure.rule.startswith("target after"):
        return _adopt(figure, figure.earlier(figure.kind), "of the number that the target is for")
    if figure.rule == "number before a stage word":
        match = _STAGE_VERB_AFTER.match(reading.text[figure.right.start : figure.right.end])
        figure.indicator = (match[1] if match else "") + "项目"
        figure.because("indicator", "stage word and the projects told before")
        return True
    if is_difference(reading, figure) and _adopt(figure, figure.earlier(), "of the number told before"):
        return True
    if figure.rule == "stage word before a number of projects":
        match = _STAGE_VERB.search(reading.text[figure.left.start : figure.left.end].rstrip("有为达已共的"))
        if match:
            named, _ = left_phrase(reading.text, figure.left.start, figure.left.start + match.start())
            if (
                _PROJECTS.search(reading.text[named.start : named.end])
                and named.end == figure.left.start + match.start()
            ):
                return _take(reading, figure, named, "projects before their stage word")
        figure.indicator = (match[1] if match else "") + "项目"
        figure.because(
            "indicator", "stage word and the projects told before", span=figure.before, text=reading.text
        )
        return True
    if figure.rule in (
        "class before a number of projects",
        "number in a list of projects",
        "the number of the projects spoken of",
    ):
        return _class_indicator(reading, figure)
    if (
        figure.kind is Kind.QUANTITY
        and reading.text.startswith("的", figure.right.start)
        and not _PRODUCING.search(reading.text[figure.before.start : figure.before.end])
        and _take(reading, figure, figure.before, "noun before the quantity")
    ):
        return True
    if figure.after.end - figure.after.start >= 2 and _take(
        reading, figure, figure.after, "noun after the number"
    ):
        _complete_bare(reading, figure)
        return True
    if figure.quantity.unit in ("次", "场次") and figure.after.end <= figure.after.start:
        end = figure.right.end
        if end - figure.right.start >= 3 and reading.text[figure.right.start] in "到赴深入来":
            return _take(reading, figure, Span(figure.right.start, end), "what was done so often")
    if _take(reading, figure, figure.before, "noun before the number"):
        if figure.kind is Kind.PROJECT_COUNT and _GENERIC_PROJECT.match(figure.indicator):
            _complete_bare(reading, figure)
        return True
    if _adopt(
        figure,
        figure.earlier(figure.kind, Kind.COUNT, Kind.PROJECT_COUNT),
        "of the number before in the list",
    ):
        return True
    return _clause_before(reading, figure)


_PRODUCING = re.compile(r"^(?:年产|日产|年处理|年加工|建设|形成)*$|年产$")


def _class_indicator(reading: Reading, figure: Figure) -> bool:
    text = reading.text
    phrase = text[figure.before.start : figure.before.end]
    if re.search(r"(?:以上|以下|产业|工业|制造业|服务业|农业|类|领域)$", phrase):
        figure.indicator, figure.indicator_span = phrase + "项目", figure.before
        figure.because("indicator", "class of the projects told before", span=figure.before, text=text)
        return True
    earlier = figure.previous
    while earlier is not None and earlier.kind is not Kind.PROJECT_COUNT:
        earlier = earlier.previous
    if _adopt(figure, earlier, "of the projects told before"):
        return True
    span = re.search(r"[^，。；、：从]{0,10}项目", text[figure.sentence.start : figure.left.end])
    return bool(span) and _take(
        reading,
        figure,
        Span(figure.sentence.start + span.start(), figure.sentence.start + span.end()),
        "projects spoken of",
    )


def _complete_bare(reading: Reading, figure: Figure) -> None:
    """项目 alone takes its stage word along: 签约8个项目, 19个项目实现开工."""
    if not _GENERIC_PROJECT.match(figure.indicator):
        return
    before = _STAGE_VERB.search(
        reading.text[figure.left.start : min(figure.left.end, figure.indicator_span.start)].rstrip(
            "有为达已共的"
        )
    )
    after = _STAGE_VERB_AFTER.match(
        reading.text[max(figure.indicator_span.end, figure.quantity.end) : figure.right.end]
    )
    verb = before or after
    if verb:
        figure.indicator = verb[1] + figure.indicator
