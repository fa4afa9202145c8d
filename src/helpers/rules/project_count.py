"""Numbers of projects: 签约项目64个, 103个项目集中开工, 完成全年任务12个."""

from __future__ import annotations

import re

from helpers.figure import Figure, Reading
from helpers.observation import Kind
from helpers.rules.rule import Rule, Verdict, names_target, text_after, text_before, text_between

TOLD_AGAIN = "number of projects told again"
WHAT_THEY_ARE = "number before what so many projects are"
OVER_SUM = "threshold before a number of projects"
SAID_BEFORE = "number after what is said of projects"
PROJECT_UNITS = frozenset({"个", "项", "宗", "件", "只"})
_ITEMS = frozenset({"项", "宗", "件"})
_PROJECT_HEAD = re.compile(
    r"(?:项目|工程|专案|投资案)(?:\([^)]*\))?(?:数量?|总数|个数|建设|任务|目标|合同|协议)?$"
)


def _is_countable(figure: Figure) -> bool:
    return figure.quantity.unit in PROJECT_UNITS


_MADE = re.compile(r"(?:年产|日产|年加工|年生产|年养殖|年出栏|年存栏)[^，。；\d]{0,8}$")
_ONLY_CHANGE = re.compile(r"[，、； ]*(?:同比|环比)?(?:净?增加|减少|多|少|增|减)?")


def is_difference(reading: Reading, figure: Figure) -> bool:
    """比去年同期多107家, 增加11个: how many more, not how many."""
    before = text_before(reading, figure).rstrip("约近超过了 ")
    if not before.endswith(
        ("增加", "减少", "多", "少", "增", "减", "净增加", "上升", "下降", "增产", "减产")
    ) or before.endswith(("至少", "不少", "最多", "至多", "最少")):
        return False
    compared = reading.cues("basis", figure.clause.start, figure.left.end)
    if before.endswith(("新增", "净增")) and not compared:
        return False
    previous = figure.previous
    bare = _ONLY_CHANGE.fullmatch(before) is not None
    return bool(compared) or (bare and previous is not None and previous.quantity.measure == "count")


def projects_after(reading: Reading, figure: Figure) -> Verdict:
    """103个项目集中开工, 174个市级重点调度工业项目; what projects make is counted in pieces (年产服装150万件)."""
    if _MADE.search(text_before(reading, figure)):
        return None
    if not _is_countable(figure) or is_difference(reading, figure):
        return None
    phrase = reading.text[figure.after.start : figure.after.end]
    return (1, None) if _PROJECT_HEAD.search(phrase) and not _AREAS.match(phrase) else None


_AREAS = re.compile(
    r"(?:设区市|地州市|地市|州市|县市区|省区市|省市|县区|市县|市州|街道|乡镇)(?!重点|级|项目|共建)"
)


def projects_before(reading: Reading, figure: Figure) -> Verdict:
    """签约项目64个, 新引进三类500强项目18个."""
    in_homes = figure.quantity.unit == "家" and not _noun_follows(reading, figure)  # 亿元以上项目28家
    if not (_is_countable(figure) or in_homes) or is_difference(reading, figure):
        return None
    if figure.after.end - figure.after.start >= 2 and _noun_follows(reading, figure):
        return None
    return (1, None) if _PROJECT_HEAD.search(reading.text[figure.before.start : figure.before.end]) else None


_SAID_OF_THEM = ("主要", "均", "都", "全部")  # 未开工的4项主要受用地影响


def _noun_follows(reading: Reading, figure: Figure) -> bool:
    following = text_after(reading, figure)
    return bool(following) and not (
        following[0] in "，。；、：(）)”…,;和与及" or following.startswith(_SAID_OF_THEM)
    )


_TARGET_AFTER = re.compile(r"的?(?:全年|年度|年初|省定|市定)*(?:任务|目标|计划)(?![^，。；\d]{0,8}项目)")


def target_of_projects(reading: Reading, figure: Figure) -> Verdict:
    """完成全年任务12个的150%, after a number of projects, whatever sums stand between."""
    counted = figure.nearest(Kind.PROJECT_COUNT, Kind.COUNT)
    if not _is_countable(figure) or counted is None or counted.kind is not Kind.PROJECT_COUNT:
        return None
    is_target = names_target(reading, figure) or _TARGET_AFTER.match(text_after(reading, figure))
    return (1, None) if is_target else None


_PART = re.compile(
    r"(?:签约|开工|竣工|投产|落地|完工|在建|续建|新建|储备|在谈|引进|建成|复工|动工|未开工|拟开工|开复工|履约|新开工|已投产|落户|洽谈|试生产|开工建设|建成投产|竣工投产|正在施工|前期|已完成|实际完成)(?:的|了|有|项目)?(?:为|达|共)?$"
)


def part_of_projects(reading: Reading, figure: Figure) -> Verdict:
    """项目142个,已开工85个: a stage word alone before a number, after a number of projects."""
    if not _is_countable(figure) or is_difference(reading, figure) or _noun_follows(reading, figure):
        return None
    if not _PART.search(text_before(reading, figure)):
        return None
    told = figure.nearest(Kind.PROJECT_COUNT) is not None
    spoken_of = reading.text[figure.sentence.start : figure.left.end]
    told = told or "项目" in spoken_of or "工程" in spoken_of
    return (1, None) if told or _is_measure_of_projects(reading, figure) else None


# 重点工程28项, 12项重点工程: a measure that counts other things too, with projects beside it.
_IN_ITEMS = re.compile(r"\d+余?(?P<unit>[项件宗])(?!目)")
_PROJECTS_LEAD = re.compile(r"(?:项目|工程)[^，。；：、\d]{0,8}$")
_PROJECTS_FOLLOW = re.compile(r"[^，。；：、\d]{0,12}?(?:项目|工程|投资案)")
LEAD_OF_PROJECTS = 12


def _is_measure_of_projects(reading: Reading, figure: Figure) -> bool:
    """Whether what was counted last in the measure of a figure, in the sentences before it, is projects."""
    text, unit, start = reading.text, figure.quantity.unit, reading.paragraphs[figure.paragraph].start
    if unit not in _ITEMS or text.find(unit, start, figure.sentence.start) < 0:
        return False
    counted = [m for m in _IN_ITEMS.finditer(text, start, figure.sentence.start) if m["unit"] == unit]
    if not counted or figure.nearest(Kind.COUNT) is not None:
        return False
    last, end = counted[-1].span()
    leads = _PROJECTS_LEAD.search(text, max(last - LEAD_OF_PROJECTS, start), last)
    return bool(leads or _PROJECTS_FOLLOW.match(text, end, figure.sentence.start))


SAID_OF_PROJECTS = re.compile(
    r"(?P<noun>[^，。；：、]{0,14}项目)(?:签约)?(?:个?数量?)?(?:最多|居多|居首|仍|还|主要|集中|占多数|占大头|多)[^，。；\d]{0,12}，(?:共有?|达到?|有|为|多达)*$"
)


def number_said_of_projects(reading: Reading, figure: Figure) -> Verdict:
    """服务业项目最多,达到49个: a number alone after what the clause before says of projects."""
    if not _is_countable(figure) or _noun_follows(reading, figure) or not figure.is_bare:
        return None
    start = figure.previous.quantity.end if figure.previous else figure.sentence.start
    said = SAID_OF_PROJECTS.search(reading.text[start : figure.quantity.reach_start])
    return (1, None) if said else None


ARE_PROJECTS = re.compile(r"(?:为|是|属于|系)(?P<noun>[^，。；\d]{1,40}项目)(?=[，。；、]|$)")


def projects_by_what_they_are(reading: Reading, figure: Figure) -> Verdict:
    """97个项目中,有89个为区外项目: a number and what so many are, after a number of projects."""
    if not _is_countable(figure) or figure.nearest(Kind.PROJECT_COUNT) is None:
        return None
    return (1, None) if ARE_PROJECTS.match(text_after(reading, figure)) else None


_STAGE_AFTER = re.compile(
    r"(?:项目)?(?:提前|已经?|均|正在?|将|即将|实现|全部)*(?:具备[开动复]工条件|建成|投产|竣工|开工|动工|签约|落地|在建|完工|复工|奠基|试生产|投用|履约|进场|施工|破土|封顶)"
)


def projects_by_stage_after(reading: Reading, figure: Figure) -> Verdict:
    """项目19个,其中4个已建成投产: a number and a stage, after a number of projects."""
    if not _is_countable(figure):
        return None
    after = text_after(reading, figure)
    spoken_of = figure.nearest(Kind.PROJECT_COUNT) is not None or _ONLY_OF_PROJECTS.match(after)
    return (1, None) if spoken_of and _STAGE_AFTER.match(after) else None


# 有28项提前开工建设: what else is begun like this is named.
_ONLY_OF_PROJECTS = re.compile(r"(?:提前|已经?|均|全部|陆续|实现)*(?:开工|动工|竣工|建成)(?:建设|投产)")
_CLASS = re.compile(
    r"(?:以上|以下|亿元|万元|[国省市区县]重点|国家级|省级|市级|区级|县级|产业|领域|专班|类|制造业|服务业|工业|农业|农林|文旅|旅游|商贸|物流|能源|材料|装备|电子|信息|医药|食品|化工|基础设施|民生|城建|交通|水利|其他|方面|板块|合作|签约的|的|招来|引来)$"
)


_STATE_OF_SOME = re.compile(r"(?:完成|建设|建成|投产|开工|在建|签约|洽谈|落地)的$")  # 已建设完成的4个
_SOME_OF_THEM = re.compile(r"的(?:只有|仅有|仅|有|占)$")  # 达成意向的仅4个


def _is_part_of_these(reading: Reading, figure: Figure) -> bool:
    """在谈项目虽有40个,真正达成意向的仅12个: what some do, after projects alone were counted in the same measure."""
    if not _SOME_OF_THEM.search(reading.text, figure.left.start, figure.left.end):
        return False
    counted = figure.nearest(Kind.PROJECT_COUNT, Kind.COUNT)
    return counted.kind is Kind.PROJECT_COUNT and counted.quantity.unit == figure.quantity.unit


def class_of_projects(reading: Reading, figure: Figure) -> Verdict:
    """引进项目28个,其中宜都市3个,工业9个: a place or a class before a number, after a number of projects."""
    if not _is_countable(figure) or is_difference(reading, figure) or _noun_follows(reading, figure):
        return None
    previous = figure.previous
    if previous is None or figure.nearest(Kind.PROJECT_COUNT) is None:
        return None
    before = text_before(reading, figure).rstrip("有为共达的 ")
    ends_in_place = any(m.end == figure.left.start + len(before) for m in reading.named)
    told = before and (
        ends_in_place or _CLASS.search(before) or _STATE_OF_SOME.search(text_before(reading, figure))
    )
    return (1, None) if told or _is_part_of_these(reading, figure) else None


LINES_OF_LIST = 8


def place_of_projects(reading: Reading, figure: Figure) -> Verdict:
    """其中,宜都市3个: a place before a number, in a sentence that divides the projects told before."""
    if not _is_countable(figure) or is_difference(reading, figure) or _noun_follows(reading, figure):
        return None
    start = figure.sentence.start
    begins_line = start == reading.paragraphs[figure.paragraph].start
    in_list = begins_line and reading.text.endswith(("：", "；"), 0, max(start - 1, 0))
    if not (in_list or reading.text.startswith("其中", start)):
        return None
    end = figure.left.start + len(text_before(reading, figure).rstrip("有为共达"))
    is_class = reading.text.endswith(("的", "领域", "产业"), figure.left.start, end) or (
        reading.text.endswith("类", figure.left.start, end) and _is_measure_of_projects(reading, figure)
    )
    if not is_class and not any(m.end == end for m in reading.named):
        return None
    above = max(figure.paragraph - LINES_OF_LIST, 0) if in_list or begins_line else figure.paragraph
    return (1, None) if "项目" in reading.text[reading.paragraphs[above].start : start] else None


_OVER_SUM = re.compile(r"投资额?(?:超过?|过|逾)?[\d.]+[百千]?[万亿]元?(?:以上|以下)?的(?:有|共|达|为)*$")


def projects_over_sum(reading: Reading, figure: Figure) -> Verdict:
    """签约项目80个,…。单体投资10亿元以上的有12个: so many of the projects told before, each over a sum."""
    if not _is_countable(figure) or _noun_follows(reading, figure):
        return None
    if not _OVER_SUM.search(reading.text, figure.left.start, figure.left.end):
        return None
    told = reading.paragraphs[figure.paragraph].start
    return (1, None) if reading.text.find("项目", told, figure.left.start) >= 0 else None


_AMONG = ("中，", "中有", "中已", "里，", "里有")


def projects_told_again(reading: Reading, figure: Figure) -> Verdict:
    """重点项目67项,…。纳入通报的67项中,…: the number of projects told before, of which a part is to be told."""
    q = figure.quantity
    if q.unit not in _ITEMS or not reading.text.startswith(_AMONG, q.reach_end):
        return None
    written = reading.text[q.start : q.end]
    told = reading.text.find(written, 0, q.start)
    lead = max(told - LEAD_OF_PROJECTS, 0)
    return (1, None) if told > 0 and _PROJECTS_LEAD.search(reading.text, lead, told) else None


_COUNTED_ANEW = re.compile(r"\([^()，。；]{0,12}(?:共|共计|合计|为)$")


def counted_anew_in_brackets(reading: Reading, figure: Figure) -> Verdict:
    """320项(拆分后共405项): the same projects, counted in another way."""
    previous = figure.previous
    if previous is None or previous.kind is not Kind.PROJECT_COUNT:
        return None
    same_unit = previous.quantity.unit == figure.quantity.unit
    return (
        (1, None) if same_unit and _COUNTED_ANEW.fullmatch(text_between(reading, previous, figure)) else None
    )


def number_of_class_counted(reading: Reading, figure: Figure) -> Verdict:
    """14个产业集群项目337个: the projects of so many classes, and their number."""
    previous = figure.previous
    if not _is_countable(figure) or previous is None or _noun_follows(reading, figure):
        return None
    phrase = reading.text[previous.after.start : previous.after.end]
    adjoins = previous.after.end == figure.quantity.reach_start
    return (1, None) if adjoins and _PROJECT_HEAD.search(phrase) else None


def number_of_projects(reading: Reading, figure: Figure) -> Verdict:
    """从重点项目情况看,数量达到1000个: the word for a number, after projects in the sentence."""
    if not _is_countable(figure) or _noun_follows(reading, figure):
        return None
    if (
        re.search(
            r"(?:(?:项目)?(?:数量|个数|总数)|项目[^，。；\d]{2,4}数)[为达到共有]*$",
            text_before(reading, figure),
        )
        and "项目" in reading.text[figure.sentence.start : figure.left.end]
    ):
        return 1, None
    return None


_BARE_GLUE = re.compile(r"[、，和与及以为]*(?:分别)?(?:为|有)?")


def in_list_of_projects(reading: Reading, figure: Figure) -> Verdict:
    """分别为12个、9个和7个."""
    previous = figure.previous
    if (
        not _is_countable(figure)
        or previous is None
        or previous.kind is not Kind.PROJECT_COUNT
        or _noun_follows(reading, figure)
    ):
        return None
    return (1, None) if _BARE_GLUE.fullmatch(text_between(reading, previous, figure)) else None


RULES = (
    Rule("target after a number of projects", Kind.PROJECT_COUNT, target_of_projects),
    Rule("number before projects", Kind.PROJECT_COUNT, projects_after),
    Rule("projects before their number", Kind.PROJECT_COUNT, projects_before),
    Rule("stage word before a number of projects", Kind.PROJECT_COUNT, part_of_projects),
    Rule("number before a stage word", Kind.PROJECT_COUNT, projects_by_stage_after),
    Rule(WHAT_THEY_ARE, Kind.PROJECT_COUNT, projects_by_what_they_are),
    Rule(SAID_BEFORE, Kind.PROJECT_COUNT, number_said_of_projects),
    Rule("class before a number of projects", Kind.PROJECT_COUNT, class_of_projects),
    Rule("place before a number of projects", Kind.PROJECT_COUNT, place_of_projects),
    Rule(OVER_SUM, Kind.PROJECT_COUNT, projects_over_sum),
    Rule(TOLD_AGAIN, Kind.PROJECT_COUNT, projects_told_again),
    Rule("projects counted anew in brackets", Kind.PROJECT_COUNT, counted_anew_in_brackets),
    Rule("number of the projects of classes counted", Kind.PROJECT_COUNT, number_of_class_counted),
    Rule("the number of the projects spoken of", Kind.PROJECT_COUNT, number_of_projects),
    Rule("number in a list of projects", Kind.PROJECT_COUNT, in_list_of_projects),
)
