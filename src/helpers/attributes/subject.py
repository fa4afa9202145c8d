"""The named thing a figure is about where that is not simply the place: a project, a company, an event, an industry.

Only names that stand where a subject stands are taken; a wrong subject is worse than none.
"""

from __future__ import annotations

import re

from helpers.attributes.named_project import find_project_told_of
from helpers.attributes.stage import is_statistic
from helpers.figure import Figure, Reading
from helpers.mentions.quantity import MONEY, PHYSICAL
from helpers.observation import Kind
from helpers.segment import Span

_NAMED_AFTER = re.compile(
    r"(?:(?:投资)?(?:建设|兴建|新建|投建|打造|开发))?的?(?P<name>(?:“[^“”，。；]{2,16}”|[^，。；：、（）()“”\s的\d])[^，。；：、（）()“”\s的\d]{0,20}(?:项目|产业园|基地|工程)(?:[一二三]期(?:项目)?)?)"
)
# 总投资3.3亿元的节能变压器、总投资2.6亿元的阀门: each of a list of sums has its name right after it.
_LISTED_NAME = re.compile(
    r"的(?P<name>[^，。；：、\s\d][^，。；：、\s]{2,26}?)(?=、(?:计划|协议)?(?:总?投资|总投)|等(?:\d|项目|，|。))"
)
LIST_MARK = 8  # 、计划总投资
_GENERIC = re.compile(
    r"^(?:个|大|重大|重点|优质|产业|工业|招商|招商引资|签约|投资|固定资产投资|外资)*(?:项目|工程)$|投资的|等(?:项目|工程)"
)
_BUILT = re.compile(r"(?:开工|动工|建设|新建|实施|打造|用于|投向|规模的?)*")
_CHANGE_KINDS = frozenset({Kind.GROWTH_RATE, Kind.RATE_DIFFERENCE})
_EVENT_KINDS = frozenset({Kind.PROJECT_COUNT, Kind.INVESTMENT, Kind.COUNT})
_SHARING_KINDS = frozenset({Kind.INVESTMENT, Kind.COMPLETION_RATE})
_EVENTS = "大会|论坛|推介会|洽谈会|签约活动|签约仪式|开工活动|博览会|主题月|招商周"
_EVENT = re.compile(
    rf"(?P<name>(?:20\d\d年?)?(?:“[^“”]{{2,12}}”)?[\u4e00-\u9fff·]{{0,10}}?(?:{_EVENTS}))(?=上|中|期间|签约|现场|共|，)"
    r"|(?P<quoted>“[^“”]{2,10}(?:周|月|节|会)”)(?=期间|上|活动)"
)
_EVENT_WORD = re.compile(rf"{_EVENTS}|周”|月”|节”|会”")  # branches of letters alone are searched for fastest
_EVENT_LEAD = re.compile(
    r"^(?:其中|全市|全省|全县|全区|我市|我省|在|于|先后|成功|举办|举行|召开|开展|本次|此次|这次|的|年|日|和|暨|等|了|将|组织|参加|出席|借助)+"
)
_EVENT_VERB = re.compile(r"^.*?(?:举[行办]的?|召开|开了|[一二三两几\d]次|仅在)")
_COMPANY = re.compile(
    r"(?:^|[，。；：“])(?:由|而|其中|目前|据悉|原来|日前)?，?(?P<name>[^，。；：、“”\s]{2,18}?(?:(?:集团)?(?:股份)?有限(?:责任)?公司|集团(?:公司)?|公司|股份)(?:\([^)]*\))?)(?!的|党|内|外|等)"
)
_INDUSTRY = re.compile(
    r"(?:^|[，。；：]|全[市省县区]|[我该][市省县区])(?P<name>[\u4e00-\u9fff]{2,7}产业|[\u4e00-\u9fff]{2,12}产业(?:集群|链))(?=新增|招商|累计|规模|签约|共|已|实现|完成|有|上|，|项目|投资)"
)
_VERB_WITHIN = re.compile(
    r"约定|解散|开工|落户|上市公司$|引入|间公司|家公司|引进|全年|发展|打造|推动|支持|累计|实施|培育|围绕|聚焦|依托"
    r"|发布|推出|招引|签约|推介|储备|谋划|新增|完成|实现|建设"
)
_ANY_INDUSTRY = re.compile(r"^(?:重点|主导|优势|特色|支柱|传统|相关|新兴|战略性新兴|各大|各|大|.大)*产业$")
_MODIFIER = re.compile(r"^(?:与|和|同|由|对|向|目前|今年|去年|其中|全市|全省|新增|发展|推进|壮大)+")
SPECIFIC_CLASS = 6
TOLD_CLASS = 4
_OWN_CLASS = re.compile(r"项目(?!总?投资|投资额)")  # 省外亿元以上项目到位资金
_OWN_NAME = re.compile(r"的[^，。；：、\d]{4,}")
_OWN_VERB = re.compile(r"^(?:新?签约|新?引进|招引|实施|共|集中)")


def find_subject(reading: Reading, figure: Figure) -> None:
    """Fill in the subject: named after the figure, before it, or shared with the figure before in its list."""
    if figure.subject:
        if (figure.indicator or "").startswith(figure.subject):
            figure.subject = None  # 第二产业增加值 names the branch itself
        return
    if figure.kind in _CHANGE_KINDS:
        return
    if _named_after(reading, figure) or _event_before(reading, figure) or _shared(reading, figure):
        return
    if _topic_before(reading, figure):
        return
    told = find_project_told_of(reading, figure) if not is_statistic(figure) else None
    if told is not None and told.start >= figure.segment.start:
        _take(reading, figure, told, "the project told of")
        return
    before = reading.text[figure.segment.start : figure.left.end]
    if "项目等" in before and figure.kind is Kind.PROJECT_COUNT:
        return  # 甲公司电池项目等12个项目: one of their owners
    name, rule = _company_before(figure, before), "a company at the head of a clause"
    if name is None:
        name, rule = _industry_before(figure, before), "an industry at the head of a clause"
    if name is None:
        name, rule = told, "the project told of"
    if name is not None:
        _take(reading, figure, name, rule)


def _company_before(figure: Figure, before: str) -> Span | None:
    """甲集团有限公司完成投资8亿元: the company that the sum is told of."""
    if "公司" in before or "集团" in before or "股份" in before:
        return _last_head(figure, before, _COMPANY)
    return None


def _industry_before(figure: Figure, before: str) -> Span | None:
    """储能产业签约项目8个: the industry that the projects are of."""
    return _last_head(figure, before, _INDUSTRY) if "产业" in before else None


def _last_head(figure: Figure, before: str, pattern: re.Pattern[str]) -> Span | None:
    """The last name at the head of a clause in the part of the sentence before a figure, None where it names nobody."""
    heads = list(pattern.finditer(before))
    name = _MODIFIER.sub("", heads[-1]["name"]) if heads else ""
    if len(name) <= 2 or _ANY_INDUSTRY.match(name) or _VERB_WITHIN.search(name):
        return None
    end = figure.segment.start + heads[-1].end("name")
    return None if name in (figure.indicator or "") else Span(end - len(name), end)


# 现代产业项目加快建设,完成投资673亿元: the topic of the clause before.
_TOPIC = re.compile(
    r"(?:^|[，；：。])(?:其中，?)?(?P<name>[\u4e00-\u9fff“”、]{2,20}?(?:项目|工程))"
    r"(?:支撑|加快|有序|加速|顺利|稳步|全面|全部|进展|正在|持续|扎实|快速|推进|推动|建设|整体|总体|平稳|进度)[^，。；\d]{0,12}，$"
)


def _topic_before(reading: Reading, figure: Figure) -> bool:
    """Take the projects that the clause before tells of, for the money spent on them."""
    if figure.kind is not Kind.INVESTMENT or "完成" not in (figure.indicator or ""):
        return False
    start = figure.previous.quantity.reach_end if figure.previous else figure.segment.start
    topic = _TOPIC.search(reading.text[max(start, figure.segment.start) : figure.clause.start])
    if topic is None:
        return False
    offset = max(start, figure.segment.start)
    return _take(
        reading,
        figure,
        Span(offset + topic.start("name"), offset + topic.end("name")),
        "topic of the clause before",
    )


def _take(reading: Reading, figure: Figure, span: Span, rule: str) -> bool:
    figure.subject = reading.text[span.start : span.end]
    figure.because("subject", rule, span=span, text=reading.text)
    return True


def _named_after(reading: Reading, figure: Figure) -> bool:
    """投资198亿元的科力远项目, 总投资406亿元上海安能项目."""
    if figure.quantity.measure not in (MONEY, PHYSICAL):
        return False
    if listed := _LISTED_NAME.match(reading.text, figure.right.start, figure.right.end + LIST_MARK):
        return _take(reading, figure, Span(*listed.span("name")), "named after the figure")
    match = _NAMED_AFTER.match(reading.text, figure.right.start, figure.right.end)
    if not match:
        return False
    start = match.start("name") + len(_BUILT.match(match["name"])[0])
    if start >= match.end("name") or _GENERIC.search(reading.text[start : match.end("name")]):
        return False
    return _take(reading, figure, Span(start, match.end("name")), "named after the figure")


def _event_before(reading: Reading, figure: Figure) -> bool:
    """2023衡商大会签约重大项目32个, “港洽周”期间签约项目31个."""
    if figure.kind not in _EVENT_KINDS:
        return False
    span = figure.segment.start, figure.left.end
    matches = list(_EVENT.finditer(reading.text, *span)) if _EVENT_WORD.search(reading.text, *span) else []
    if not matches:
        return False
    group = "name" if matches[-1]["name"] else "quoted"
    name = _EVENT_LEAD.sub("", _EVENT_VERB.sub("", matches[-1][group]))
    if len(name) < 4:
        return False
    end = matches[-1].end(group)
    return _take(reading, figure, Span(end - len(name), end), "an event named before")


def _shared(reading: Reading, figure: Figure) -> bool:
    """签约项目20个,总投资30亿元: a list shares its subject, and a class of projects is that of its sum."""
    previous = figure.previous
    if figure.kind not in _SHARING_KINDS or previous is None or previous.segment != figure.segment:
        return False
    if previous.kind is not Kind.PROJECT_COUNT and previous.kind is not Kind.INVESTMENT:
        return False
    if _OWN_NAME.match(reading.text, figure.right.start, figure.right.end):
        return False
    if previous.subject and not _OWN_CLASS.search(figure.indicator or ""):
        figure.subject = previous.subject
        figure.because("subject", "as the figure before in the list")
        return True
    name = previous.indicator or ""
    if figure.kind is Kind.COMPLETION_RATE or _OWN_CLASS.search(figure.indicator or ""):
        return False
    told_of = previous.clause == figure.clause and previous.after.end - previous.after.start >= TOLD_CLASS
    least = TOLD_CLASS if told_of else SPECIFIC_CLASS  # 50个续建项目完成投资40亿元
    if previous.kind is Kind.PROJECT_COUNT and len(name) >= least and (told_of or not _OWN_VERB.match(name)):
        figure.subject = name
        figure.because("subject", "the class of projects counted before")
        return True
    return False
