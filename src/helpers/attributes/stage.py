"""Where in their life projects stand: 在谈, 签约, 开工, 在建, 竣工."""

from __future__ import annotations

import re

from helpers.figure import Figure, Reading
from helpers.lexicon import Cue
from helpers.observation import Kind, Stage, Status
from helpers.rules.investment import RANKED_PART
from helpers.rules.project_count import OVER_SUM
from helpers.segment import Span

# What they begin with stands in front of the branches: one class is looked at far sooner than all of them.
STATISTIC = re.compile(
    r"(?=[固第房经工民基制技产实使利到外商台内直服社研农全建设业城控国集个住])(?:固定资产投资|第.产业(?:共|累计)?完成投资|房地产开发$|经济单位完成投资|工业投资|民间投资|房地产开发投资|房地产投资|基础设施投资|制造业投资|技改投资|产业投资|(?:实际)?(?:使用|利用)(?:境|国)?外资|到位|到资|到[账帐]|第.产业投资|技术改造投资|[外商台]商(?:直接|实际)?投资|[内外]资项目投资|直接投资|固投|服务业投资|民生投资|社会投资|研发|实际使用|农业投资|全社会投资|建设改造投资|设备工器具"
    r"|(?<!企)业(?:累计|共)?(?:完成)?投资|(?:城镇|农村|农户|控股|国有|集体|个体|住宅|房地产开发)(?:单位|企业)?(?:累计)?(?:完成)?投资)"
)
DONE_OF_PLAN = "what was done of the sum planned"  # 年度计划投资31亿元,1—9月完成28亿元
_CONTRACTED = re.compile(r"合同|协议|签约")
_LIFE = {stage: i for i, stage in enumerate(Stage)}


def _latest(cues: list[Cue]) -> Cue:
    """Of cues that stand together the one of the later stage."""
    return cues[0] if len(cues) == 1 else max(cues, key=lambda cue: (_LIFE[cue.meaning], cue.start))


def _adjacent_group(cues: list[Cue]) -> list[Cue]:
    """The last cue and those that run into it: 签约落户, 开工在建."""
    group = [cues[-1]]
    for cue in reversed(cues[:-1]):
        if group[-1].start - cue.end > 1:
            break
        group.append(cue)
    return group


def is_statistic(figure: Figure) -> bool:
    """Whether a sum is an area's statistical total and not one of projects: 固定资产投资, 到位资金."""
    if figure.kind is not Kind.INVESTMENT:
        return False
    indicator = (figure.dealt or "") + (figure.indicator or "")
    return STATISTIC.search(indicator) is not None and _CONTRACTED.search(indicator) is None


def _goes_on_about_total(figure: Figure) -> bool:
    """Whether a bare 完成投资 stands in a sentence that tells of totals: 制造业完成投资90亿元;房地产行业回暖,完成投资88亿元."""
    before = figure.nearest(Kind.INVESTMENT)
    bare = figure.indicator in ("完成投资", "累计完成投资") and not figure.subject
    return bare and before is not None and before.stage is None and is_statistic(before)


_MONEY_DONE = re.compile(r"(?:累计|实际|共)?完成投资")
_OF_PROJECTS = re.compile("项目|工程")


def _is_of_area(reading: Reading, figure: Figure) -> bool:
    """Whether 完成投资 is an area's, named right before it, where no projects are spoken of: 阳城县完成投资25亿元."""
    if figure.kind is not Kind.INVESTMENT or figure.indicator_span is None:
        return False
    if not _MONEY_DONE.fullmatch(figure.indicator or ""):
        return False
    start = figure.indicator_span.start
    if reading.text.endswith("分别", 0, start):
        start -= 2
    beside = any(m.end == start for m in reading.places_within(max(figure.clause.start - 1, 0), start))
    told = reading.paragraphs[figure.paragraph].start
    return beside and not _OF_PROJECTS.search(reading.text, told, start)


_NOT_YET = re.compile(r"未(?:开工|动工|投产|竣工|签约)的$")


def _are_not_yet(reading: Reading, figure: Figure) -> bool:
    """计划开工21项,未开工的4项: of projects that have not come so far, whatever the others have."""
    left = figure.left
    return reading.text.endswith("的", *left) and _NOT_YET.search(reading.text, *left) is not None


def find_stage(reading: Reading, figure: Figure) -> bool:
    """Where the projects of a count or a sum stand, None for an area's statistical total; whether its sentence tells."""
    if is_statistic(figure) or _goes_on_about_total(figure) or _is_of_area(reading, figure):
        figure.because("stage", "an area's total has none")
        return True
    if _are_not_yet(reading, figure):
        figure.because("stage", "what has not come yet is none")
        return True
    cue = _cue_of_state(reading, figure) or _stage_cue(reading, figure)
    if cue is not None and not _is_goal(figure, cue):
        figure.stage = Stage(cue.meaning)
        figure.because("stage", "nearest word of a stage", cue)
        return True
    if any(reason.rule == DONE_OF_PLAN for reason in figure.reasons):
        figure.stage = Stage.UNDER_WAY
        figure.because("stage", "put in of what was planned")
        return True
    previous = figure.nearest(Kind.INVESTMENT, Kind.PROJECT_COUNT)
    if previous is not None and figure.kind is Kind.PROJECT_COUNT and _is_of_money_spent(previous):
        previous = figure.nearest(Kind.PROJECT_COUNT) or previous
    if previous is not None and (_goes_on(reading, figure, previous) or _is_next_part(figure, previous)):
        figure.stage = previous.stage
        figure.because("stage", "as the figure before in the list")
        return True
    return False


def carry_stage(reading: Reading, figure: Figure, last: Figure | None, same: Figure | None) -> None:
    """Take the stage of a figure whose sentence tells none from what was told before it.

    `last` is the last count or sum of projects in the sentences before, for a sentence that goes on about them;
    `same` is an earlier figure of the same value, which tells of the same projects: 这93个项目.
    """
    if same is not None and same.stage is not None:
        figure.stage = same.stage
        figure.because("stage", "as the same figure told before")
    elif (
        opens_with_part(reading, figure)
        or divides(reading, figure, last)
        or _is_of_these(reading, figure, last)
    ):
        _take_up(reading, figure, last)


def _take_up(reading: Reading, figure: Figure, last: Figure | None) -> None:
    """The stage of what was told before, or, where no figure was, of the event that was told."""
    if last is not None:
        if last.stage is not None and not _is_of_money_spent(last):
            figure.stage = last.stage
            figure.because("stage", "as the figures of the sentence before")
        return
    told = reading.cues("stage", reading.paragraphs[figure.paragraph].start, figure.sentence.start)
    if told:
        figure.stage = Stage(told[-1].meaning)
        figure.because("stage", "the event of the sentence before", told[-1])


def _is_goal(figure: Figure, cue: Cue) -> bool:
    """Whether a word of completion only tells what is planned: 3年建成60公里路网,投资90亿元."""
    inside = (
        figure.indicator_span is not None
        and figure.indicator_span.start <= cue.start < figure.indicator_span.end
    )
    planned = figure.kind is Kind.INVESTMENT and figure.status is Status.PLANNED
    return planned and cue.meaning == Stage.COMPLETED and not inside


def _goes_on(reading: Reading, figure: Figure, previous: Figure) -> bool:
    if previous.stage is None:
        return False
    if _is_of_money_spent(previous) and figure.indicator != previous.indicator:
        return False
    return (
        previous.segment == figure.segment
        or reading.text.startswith("其中", figure.segment.start)
        or _is_part_over_semicolon(reading, figure, previous)
        or bool(_OF_ALL.match(reading.text, figure.sentence.start))
        or bool(_COMPRISES.search(reading.text, previous.sentence.start, previous.quantity.start))
    )


def _is_next_part(figure: Figure, previous: Figure) -> bool:
    """Whether a sum is the next of parts by one measure: 开发区合同外资额9亿元;保税区3亿元;…."""
    same = figure.measured and (previous.indicator or "").endswith(figure.measured)
    return bool(same) or figure.rule == RANKED_PART


def _is_of_money_spent(figure: Figure) -> bool:
    """Whether a stage is only that of money: 完成投资7亿元 tells nothing of the projects told after it."""
    cue = next((r.cue for r in figure.reasons if r.attribute == "stage"), "")
    return bool(_SPENT.search(cue))


_PART_OF_LIST = re.compile(r"；(?:\d+[百千]?[万亿]美?元以[上下])?[^，。；\d]{2,16}\d")


def _is_part_over_semicolon(reading: Reading, figure: Figure, previous: Figure) -> bool:
    """其中甲县项目13个,总投资23亿元;乙县项目2个: parts of one whole, told one after another."""
    return (
        previous.sentence == figure.sentence
        and _PART_OF_LIST.match(reading.text, figure.segment.start - 1) is not None
        and (
            reading.text.find("其中", figure.sentence.start, figure.segment.start) >= 0
            or _ANOTHER_CLASS.match(reading.text, figure.sentence.start) is not None
            or _counts_the_same(figure)
        )
    )


def _counts_the_same(figure: Figure) -> bool:
    """高新区签约9个项目;经开区14个: whether a number took over what was counted before it."""
    counted = figure.nearest(Kind.PROJECT_COUNT)
    same = counted is not None and counted.indicator == figure.indicator
    return same and figure.rule in _BREAKDOWN_RULES


# 7个签约项目中,外企项目4个;民企项目2个: all parts of the sentence are of these.
_OF_ALL = re.compile(
    r"(?:据[^，。；]{1,10}，)?[^，。；]{0,30}(?:项目|工程)当?中[，：]|从[^，。；]{2,8}看，[^，。；]{0,6}(?:签约|开工|竣工|投产)项目中"
)
_COMPRISES = re.compile(r"，(?:包[含括]|分别为|分别是)")
_BREAKDOWN = re.compile(r"从[^，：]{2,12}看|按[^，：]{1,8}分|分[^，：]{1,8}看")
_PART_OPENING = re.compile(
    rf"其中|该项目|该产业园|项目总投资|这些项目|上述项目|总投资|包[含括]|涵盖|涉及|{_BREAKDOWN.pattern}"
)


_BREAKDOWN_RULES = frozenset({"class before a number of projects", "number in a list of projects", OVER_SUM})


def opens_with_part(reading: Reading, figure: Figure) -> bool:
    """Whether the figure's sentence goes on about what was told before: 其中, 该项目, 分产业看."""
    breakdown = figure.rule in _BREAKDOWN_RULES
    if _goes_on_dividing(reading, figure):
        return True
    return breakdown or bool(_PART_OPENING.match(reading.text, figure.sentence.start))


_ANOTHER_CLASS = re.compile(
    r"(?:(?:投资)?(?:[\d.-]+亿元|百亿元?)(?:以上|以下)?的?|[^，。；\d]{2,10}|[^，。；\d]{4,36}等[^，。；\d]{0,8})项目有?\d+[个项]"
)


_THESE = re.compile(
    r"(?:据悉，|据了解，|据介绍，)?(?:这批|此次|本次|这些|该批)[^，。；]{0,4}(?:签约|开工|竣工|投产)"
)


# 此次签约的项目有两个特点。一是个头大,每个项目平均投资额…: all of the paragraph is of these.
_FEATURES = re.compile(
    r"(?:据[^，。；\d]{1,14}，)?(?:这批|此次|本次|这些|该批)(?:集中)?(?:签约|开工|竣工|投产)的?项目[^，。；\d]{0,8}(?:有[^，。；]{0,4}特点|呈现)"
)
_OF_THEM = re.compile(
    r"(?:其中，?)?(?:每个项目|单个项目|项目平均|平均(?:每个)?|[^，。；\d]{0,6}投资额?(?:在|超)?[\d.]+亿元以?上?)"
)


def _is_of_these(reading: Reading, figure: Figure, last: Figure | None) -> bool:
    """Whether a class stands in a paragraph about projects that were not counted: 这批集中开工的项目涉及…。工业项目30个."""
    paragraph = reading.paragraphs[figure.paragraph]
    opens = _THESE.match(reading.text, paragraph.start) is not None
    if _FEATURES.match(reading.text, paragraph.start) and _OF_THEM.match(reading.text, figure.clause.start):
        return True
    return last is None and opens and _ANOTHER_CLASS.match(reading.text, figure.sentence.start) is not None


def sums_up(reading: Reading, figure: Figure, total: Figure | None) -> bool:
    """Whether a sentence tells the sum of all projects counted before: 共30项,其中…3项。总投资519亿元."""
    opens = reading.text.startswith(("总投资", "项目总投资", "计划总投资"), figure.sentence.start)
    return total is not None and figure.kind is Kind.INVESTMENT and opens


def divides(reading: Reading, figure: Figure, total: Figure | None) -> bool:
    """Whether a sentence goes on with a class of the projects told before: 签约30个,…。工业项目27个,…."""
    if total is None or total.stage is None or figure.kind is not Kind.PROJECT_COUNT:
        return False
    smaller = total.kind is Kind.PROJECT_COUNT and figure.quantity.value < total.quantity.value
    return smaller and _ANOTHER_CLASS.match(reading.text, figure.sentence.start) is not None


def _goes_on_dividing(reading: Reading, figure: Figure) -> bool:
    """工业类项目178项, in a paragraph that began to divide projects: 此次开工项目中,产业类项目234个."""
    start = reading.paragraphs[figure.paragraph].start
    return bool(
        _ANOTHER_CLASS.match(reading.text, figure.sentence.start) and _OF_ALL.match(reading.text, start)
    )


def opens_breakdown(reading: Reading, figure: Figure) -> bool:
    """Whether the figure's sentence divides what was told before: 从行业看, 分产业看."""
    return bool(_BREAKDOWN.match(reading.text, figure.sentence.start))


# 甲项目总投资5亿元,占地30亩,已开工建设;…: how a single project stands, told once its sum is.
_STATE = re.compile(
    r"[^；。元个]{0,40}?，(?:目前|现在?|项目|，)*(?P<state>(?:已(?!经?完成)|正)[^，；。\d]{2,12})(?=[，；。\n]|$)"
)


def state_told_after(reading: Reading, figure: Figure) -> Span | None:
    """Where a later clause tells how the project of a sum stands: 投资4亿元的甲项目,|已开工建设|."""
    if figure.kind is not Kind.INVESTMENT or figure.nearest(Kind.PROJECT_COUNT) is not None:
        return None
    if reading.text.find("项目", figure.segment.start, figure.segment.end) < 0:
        return None
    state = _STATE.match(reading.text, figure.quantity.reach_end, figure.segment.end)
    return Span(*state.span("state")) if state else None


def _cue_of_state(reading: Reading, figure: Figure) -> Cue | None:
    """The stage that a later clause tells of a single project, where the sum's own clause tells none."""
    if reading.cues("stage", figure.clause.start, figure.clause.end):
        return None
    state = state_told_after(reading, figure)
    told = reading.cues("stage", *state) if state else []
    return _latest(told) if told and told[-1].meaning != Stage.NEGOTIATING else None


_OTHER_COUNT = re.compile(r"\d[个项家]")
_ALL_OF_THEM = re.compile(
    r"(?:均|都|全部|皆|已全部|陆续|相继)(?:已经?|顺利|正式|按计划|按期|如期|[是为系])*$"
)


HEAD_OF_LIST = 4  # 在谈众智通讯等34个项目
_PUSHING = ("推进", "推动", "促成", "实施")  # 推进9个项目签约落地 tells what comes of them
# 重点项目14个,完成投资6亿元: what was spent tells where that money stands, not where the projects do.
_SPENT = re.compile(r"完成.*投资|投资完成")
_FORESEEN = re.compile(r"(?:预计|计划|力争|有望|将于?)[^，。；]{0,12}$")  # 预计2025年底建成


def _is_of_number_after(reading: Reading, figure: Figure, cue: Cue) -> bool:
    """172个项目|已开工|165个: a stage right before the next number is of so many of them alone.

    A sum that was put in is of all of them: 16个项目|完成投资|40亿元.
    """
    return (
        cue.end == figure.right.end
        and not cue.cue.endswith("投资")
        and figure.after.end < cue.start
        and reading.text[cue.end : cue.end + 1].isdecimal()
    )


def _stage_cue(reading: Reading, figure: Figure) -> Cue | None:
    start, end = figure.quantity.start, figure.quantity.reach_end
    later = [
        c
        for c in reading.cues("stage", end, figure.segment.end)
        if (c.meaning != Stage.COMPLETED or not _FORESEEN.search(reading.text, end, c.start))
        and not (c.start >= figure.clause.end and _SPENT.search(c.cue))
        and not _is_of_number_after(reading, figure, c)
    ]
    for cue in later:
        if _ALL_OF_THEM.search(reading.text, max(end, cue.start - 6), cue.start) and not _OTHER_COUNT.search(
            reading.text, figure.clause.end, cue.start
        ):
            return _latest(_group_from(later, cue))
    near = reading.cues("stage", figure.left.start, start)
    if figure.indicator_span is not None:
        inside = reading.cues("stage", figure.indicator_span.start, figure.indicator_span.end)
        if inside and inside[-1].cue in _OF_ORIGIN and _tells_more(figure, [*near, *later]):
            near = [c for c in near if c.cue not in _OF_ORIGIN]
            later = [c for c in later if c.cue not in _OF_ORIGIN]
        elif inside and near and near[-1].start >= figure.indicator_span.end:
            return _latest(_adjacent_group(near))  # 新签合同项目|开工35个
        elif inside:
            return _latest([*_adjacent_group(inside), *_leading_in(reading, figure, near)])
    after = [c for c in later if c.end <= figure.right.end]
    listed = reading.text.endswith("等", figure.left.start, start)  # names before their number tell less
    if listed:
        near = [c for c in near if c.start - figure.left.start <= HEAD_OF_LIST]
    pushed = near and near[-1].cue in _PUSHING and after
    if near and not (listed and after) and not pushed:
        return _latest(_adjacent_group(near))
    if after:
        return _latest(_group_from(after, after[0]))
    previous = figure.previous
    if (
        previous is not None
        and previous.stage is not None
        and previous.segment == figure.segment
        and previous.kind in (Kind.PROJECT_COUNT, Kind.INVESTMENT)
    ):
        return None
    ceremony = _CEREMONY.match(reading.text, end, figure.clause.end)
    if ceremony and figure.kind is Kind.PROJECT_COUNT:
        return Cue(*ceremony.span("what"), ceremony["what"], _OF_CEREMONY[ceremony["what"]], "both", "clause")
    in_clause = [c for c in later if c.end <= figure.clause.end]
    if in_clause:
        return _latest(_group_from(in_clause, in_clause[0]))
    before = [
        c
        for c in reading.cues("stage", figure.segment.start, start)
        if c.scope == "sentence"
        and not _SPENT.search(c.cue)
        and not reading.text.startswith(("企业", "的企业"), c.end)
    ]
    return _latest(_adjacent_group(before)) if before else None


# 9个项目举行了集中签约仪式: a ceremony names a stage that its name alone hides.
_OF_CEREMONY = {"签约": Stage.SIGNED, "开工": Stage.STARTED, "竣工": Stage.COMPLETED, "投产": Stage.COMPLETED}
_CEREMONY = re.compile(
    r"[^，。；\d]{0,10}项目[^，。；\d]{0,6}举行了?[^，。；\d]{0,6}?(?P<what>签约|开工|竣工|投产)(?:仪式|活动)"
)
# 招商引资项目 tells where projects come from: 集中开工的招商引资项目 are started.
_OF_ORIGIN = frozenset({"招商引资项目", "招商项目"})


def _tells_more(figure: Figure, cues: list[Cue]) -> bool:
    """Whether a cue in the clause of a figure tells more of its projects than where they come from."""
    return any(c.cue not in _OF_ORIGIN and c.end <= figure.clause.end for c in cues)


def _leading_in(reading: Reading, figure: Figure, near: list[Cue]) -> list[Cue]:
    """The word of a stage that describes the noun from before it: 集中开工的|签约项目."""
    noun = figure.indicator_span.start
    return [c for c in near if c.end <= noun and reading.text[c.end : noun] == "的"][-1:]


def _group_from(cues: list[Cue], first: Cue) -> list[Cue]:
    """A cue and those that run on from it: 签约落地, 竣工投产."""
    group = [first]
    for cue in cues:
        if cue.start > first.start and cue.start - group[-1].end <= 1 and cue.start >= group[-1].end:
            group.append(cue)
    return group
