"""What is counted or measured in pieces: the noun after the number, else the one before it."""

from __future__ import annotations

import re
from collections.abc import Callable

from helpers.attributes.indicator.noun import (
    adopt,
    adopt_from_rate,
    note_what_is_measured,
    noun_of_clause_before,
    take,
)
from helpers.figure import Figure, Reading
from helpers.observation import Kind
from helpers.phrase import left_phrase
from helpers.rules.project_count import (
    ARE_PROJECTS,
    OVER_SUM,
    SAID_BEFORE,
    SAID_OF_PROJECTS,
    TOLD_AGAIN,
    WHAT_THEY_ARE,
    is_difference,
)
from helpers.rules.rule import text_before
from helpers.segment import Span

_PROJECTS = re.compile(r"(?:项目|工程)(?=[中里]?$)")
_GENERIC_PROJECT = re.compile(r"^(?:个|大)?(?:项目|工程)$")
_STAGE_VERB = re.compile(
    r"(现场签约|集中签约|新签约|签约|新引进|引进|“揭榜”招引|招引|新开工|集中开工|开工|竣工|投产|储备|在谈|洽谈|续建|在建|落地|落户|实施|推介|招商|新建|完工|开复工|建成|复工|未开工|履约)(?:了)?$"
)
_STAGE_VERB_AFTER = re.compile(
    r"^(?:提前|已|均|全部|顺利|正式|相继|实现|陆续|同时|在|将|正)*(集中签约|集中开工|现场签约|开工|竣工|投产|签约|落地|落户|完工|在建|复工|奠基|投用|建成|具备[开动复]工条件|进场施工|进场|施工|破土|封顶)"
)


def find_count_indicator(reading: Reading, figure: Figure) -> bool:
    """Fill in what is counted; whether a noun was found."""
    if figure.is_target:
        return adopt(figure, figure.earlier(figure.kind), "of the number that the target is for")
    settle = _BY_RULE.get(figure.rule)
    if settle is not None:
        return settle(reading, figure)
    noun_follows = figure.after.end - figure.after.start >= 2
    if (
        _take_over_number(reading, figure)
        or (not noun_follows and adopt_from_rate(reading, figure))
        or (figure.kind is Kind.COUNT and _take_areas(reading, figure))
        or (figure.kind is Kind.QUANTITY and _take_what_has_quantity(reading, figure))
        or (noun_follows and _take_noun_after(reading, figure))
        or _take_area_that_does(reading, figure)
    ):
        return True
    if _tells_what_was_done(reading, figure):
        return take(reading, figure, figure.right, "what was done so often")
    return (
        _take_over_what_is_built(reading, figure)
        or _take_noun_before(reading, figure)
        or adopt(
            figure,
            figure.earlier(figure.kind, Kind.COUNT, Kind.PROJECT_COUNT),
            "of the number before in the list",
        )
        or noun_of_clause_before(reading, figure)
    )


def _take_over_number(reading: Reading, figure: Figure) -> bool:
    """比去年同期增加11个: what the number told before is of."""
    return is_difference(reading, figure) and adopt(
        figure,
        figure.earlier(Kind.PROJECT_COUNT, Kind.COUNT) or figure.earlier(),
        "of the number told before",
    )


def _take_areas(reading: Reading, figure: Figure) -> bool:
    """12个镇、8个乡: the areas that are counted."""
    area = _AREAS_COUNTED.match(reading.text, figure.right.start)
    if area is None:
        return False
    figure.indicator = area[0]
    figure.because("indicator", "areas that are counted", span=Span(*area.span()), text=reading.text)
    return True


def _take_what_has_quantity(reading: Reading, figure: Figure) -> bool:
    """面积1200平方米的厂房: the noun before a quantity that describes another noun."""
    if not reading.text.startswith("的", figure.right.start):
        return False
    if _PRODUCING.search(reading.text[figure.before.start : figure.before.end]):
        return False
    return take(reading, figure, figure.before, "noun before the quantity")


def _take_noun_after(reading: Reading, figure: Figure) -> bool:
    """8家企业, 签约8个项目."""
    if not take(reading, figure, figure.after, "noun after the number"):
        return False
    _complete_bare(reading, figure)
    note_what_is_measured(reading, figure)
    return True


def _take_area_that_does(reading: Reading, figure: Figure) -> bool:
    """77个村全部完成改革: a noun of one character, before its verb or a mark."""
    area = _AREA.match(reading.text, figure.right.start, figure.right.end)
    if area is None:
        return False
    figure.indicator, figure.indicator_span = area[0], Span(*area.span())
    figure.because("indicator", "areas counted", span=figure.indicator_span, text=reading.text)
    return True


def _tells_what_was_done(reading: Reading, figure: Figure) -> bool:
    """Whether a number of times stands before what was done so often: 3次赴外地招商."""
    start, end = figure.right
    return (
        figure.quantity.unit in ("次", "场次")
        and figure.after.end <= figure.after.start
        and end - start >= 3
        and reading.text[start] in "到赴深入来"
    )


# 一期建生产线8条,二期再建6条: the verb alone.
_BUILT = re.compile(r"(?:[一二三四]期)?(?:累计|[已再又新续])*(?:建成?|上马?|扩建|竣工|投产)")


def _take_over_what_is_built(reading: Reading, figure: Figure) -> bool:
    """新建厂房12万平方米,累计建成86万平方米: what was built before, in the same measure."""
    if not _BUILT.fullmatch(reading.text, *figure.before):
        return False
    before = figure.earlier(figure.kind)
    same = before is not None and before.quantity.unit == figure.quantity.unit
    return same and adopt(figure, before, "of what was built before")


def _take_noun_before(reading: Reading, figure: Figure) -> bool:
    """签约项目8个, 粮食产量5万吨."""
    if not take(reading, figure, figure.before, "noun before the number"):
        return False
    if figure.kind is Kind.PROJECT_COUNT:
        _complete_bare(reading, figure)
    elif figure.kind is Kind.QUANTITY:
        _complete_quantity(reading, figure)
    return True


def _take_what_they_are(reading: Reading, figure: Figure) -> bool:
    """97个项目中,有89个为区外项目."""
    noun = ARE_PROJECTS.match(reading.text, figure.right.start, figure.right.end).span("noun")
    return take(reading, figure, Span(*noun), "what so many projects are")


def _take_what_is_said(reading: Reading, figure: Figure) -> bool:
    """服务业项目最多,达到49个."""
    start = figure.previous.quantity.end if figure.previous else figure.sentence.start
    said = SAID_OF_PROJECTS.search(reading.text[start : figure.quantity.reach_start])
    noun, _ = left_phrase(reading.text, start, start + said.end("noun"), reading.masks)
    return take(reading, figure, noun, "the projects that something is said of")


def _name_told_again(reading: Reading, figure: Figure) -> bool:
    """纳入通报的67项中: 项目 with what is said of them."""
    if not take(reading, figure, figure.before, "what is said of the projects told before"):
        figure.indicator = ""
    figure.indicator = figure.indicator.removesuffix("项目") + "项目"
    return True


def _name_by_stage_after(reading: Reading, figure: Figure) -> bool:
    """项目19个,其中4个已建成投产."""
    match = _STAGE_VERB_AFTER.match(reading.text[figure.right.start : figure.right.end])
    figure.indicator = (match[1] if match else "") + "项目"
    figure.because("indicator", "stage word and the projects told before")
    return True


def _name_by_stage_before(reading: Reading, figure: Figure) -> bool:
    """项目142个,已开工85个: the projects, where they stand before their stage word, else 项目 with that word."""
    match = _STAGE_VERB.search(text_before(reading, figure).rstrip("有为达已共的"))
    if match:
        start = figure.left.start
        named, _ = left_phrase(reading.text, start, start + match.start(), reading.masks)
        projects = _PROJECTS.search(reading.text, named.start, named.end)
        if projects:
            noun = Span(named.start, projects.end())
            return take(reading, figure, noun, "projects before their stage word")
    figure.indicator = (match[1] if match else "") + "项目"
    figure.because(
        "indicator", "stage word and the projects told before", span=figure.before, text=reading.text
    )
    return True


_AREAS_COUNTED = re.compile(r"[镇乡村](?=[、，。；和及]|$)")
_YIELD = re.compile(r"(?:总|平均)?(?:产量?|单产|亩产|公顷产量|总产)")
_AREA_OF_CROP = re.compile(r"(?P<crop>.{2,}?)(?:播种|种植|收获|栽培|养殖)?(?:总?面积)$")
_PART = re.compile(r"(?:企业|单位|县属|市属|农户|部门|行业|地区|乡镇|农场)$")


_MADE = re.compile(r"(?:累计|共)*(?:实现|完成|达到)$")


def product_of_yield(reading: Reading, figure: Figure) -> str:
    """What is made, before the verb of its yield: 植物油 of 植物油实现产量3万吨; empty where nothing stands there."""
    start, end = figure.left.start, figure.indicator_span.start
    made = _MADE.search(reading.text[start:end])
    if made is None:
        return ""
    product, _ = left_phrase(reading.text, start, start + made.start(), reading.masks)
    return reading.text[product.start : product.end]


def _complete_quantity(reading: Reading, figure: Figure) -> None:
    """产量 after 粮食播种面积 is that of 粮食; of 县属企业, after 原煤产量, that of the mines in the county's hands."""
    if _YIELD.fullmatch(figure.indicator) and (product := product_of_yield(reading, figure)):
        figure.indicator = product + figure.indicator
        return
    before = figure.earlier(Kind.QUANTITY)
    if before is None:
        return
    crop = _AREA_OF_CROP.fullmatch(before.indicator)
    if crop and _YIELD.fullmatch(figure.indicator):
        figure.indicator = crop["crop"] + figure.indicator
    elif _PART.search(figure.indicator) and before.quantity.unit == figure.quantity.unit:
        figure.indicator += before.indicator


# 77个村全部完成改革: a noun of one character.
_AREA = re.compile(r"[村镇乡县市区州国](?=[，。；、的全均都已共实完])")
_THRESHOLD = re.compile(
    r"(?P<of>(?:计划|协议)?(?:总投资额?|投资额?))?(?:超过?|过|逾)?(?:\d[\d.]*[百千]?|(?<=[，、：；])[十百千])[亿万]元?(?:以上|以下)?(?=的?(?:有|共|达|为)*$)"
)
_PRODUCING = re.compile(r"^(?:年产|日产|年处理|年加工|建设|形成)*$|年产$")


def _name_by_class(reading: Reading, figure: Figure) -> bool:
    """引进项目28个,其中工业9个: the class with 项目, else the projects told before."""
    if _take_over_number(reading, figure):
        return True
    text = reading.text
    phrase = text[figure.before.start : figure.before.end]
    threshold = _THRESHOLD.search(text, figure.left.start, figure.left.end)
    if threshold:
        figure.indicator = threshold[0] + ("的" if threshold["of"] else "") + "项目"
        figure.because(
            "indicator", "threshold of the projects told before", span=Span(*threshold.span()), text=text
        )
        return True
    if re.search(r"(?:以上|以下|产业|工业|制造业|服务业|农业|类|领域|重点)$", phrase):
        figure.indicator, figure.indicator_span = phrase + "项目", figure.before
        figure.because("indicator", "class of the projects told before", span=figure.before, text=text)
        return True
    if adopt(figure, figure.nearest(Kind.PROJECT_COUNT), "of the projects told before"):
        return True
    span = re.search(r"[^，。；、：从]{0,10}项目", text[figure.sentence.start : figure.left.end])
    if span is None:
        figure.indicator = "项目"
        figure.because("indicator", "the projects spoken of above")
        return True
    return take(
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


# Where the rule that told the kind has seen the noun, nothing else is looked at.
_BY_RULE: dict[str, Callable[[Reading, Figure], bool]] = {
    "projects counted anew in brackets": lambda reading, figure: adopt(
        figure, figure.previous, "of the projects told before"
    ),
    WHAT_THEY_ARE: _take_what_they_are,
    SAID_BEFORE: _take_what_is_said,
    "number before a stage word": _name_by_stage_after,
    "stage word before a number of projects": _name_by_stage_before,
    "class before a number of projects": _name_by_class,
    "place before a number of projects": _name_by_class,
    OVER_SUM: _name_by_class,
    TOLD_AGAIN: _name_told_again,
    "number in a list of projects": _name_by_class,
    "the number of the projects spoken of": _name_by_class,
}
