"""A figure → the project that its text is telling of: 盐碱产业园项目 for 总投资101.8亿元 a clause or a sentence later.

Apart from the other subjects, which stand beside their figure: here the name is said once and holds on.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from helpers.figure import Figure, Reading
from helpers.observation import Kind
from helpers.phrase import left_phrase
from helpers.segment import Span

LONGEST_NAME = 32
SHORTEST_NAME = 5
_HEAD = re.compile(r"(?:项目|工程(?!师|机械|学|技术|建设)|产业园|基地)(?:[一二三]期(?:项目|工程)?)?")
_CAPTION = "图为"  # 图为光伏玻璃项目: what a picture shows is told of in the text, too
_MARKS = re.compile(r"[，。；：、！？\n]")
# Words that make a class of projects and no name: 市级重点产业项目, 5亿元以上在建项目.
_CLASS = re.compile(
    r"(?:本次|此次|这[些批个]?|那|该|上述|全部|各|所有|一批|一个|多个|其他|其余|有关|相关|首个|第[一二三]个|重点|重大|关键|核心|标志性|支撑性"
    r"|战略性?|新兴|优质|高质量|大|好|新|老|单体|招商引资|招商|引资|产业化?|工业|农业|服务业|制造业|文旅|旅游|民生|基础设施|城建|交通|水利|能源"
    r"|生态|环保|社会|事业|商贸|物流|科技|创新|技改|技术改造|高新技术|签约|集中|现场|开工|竣工|投产|在建|续建|新建|储备|前期|建设|投资|引进|落地"
    r"|合作|外资|内资|外商|实施|计划|年度|固定资产|亿元|万元|以上|以下|十|百|千|亿|万|个|项|类|国家|省|市|县|区|级|重点调度|拉练|观摩|企业|园区|生产|示范|[“”的、和\d.])*"
    r"(?:项目|工程|产业园|基地)"
)
_LISTED_AFTER = ("、", "等", "和", "及", "与", "以及", "在内")
_LISTED_BEFORE = ("、", "和", "及", "与")
_LEAD = re.compile(r".*(?:签约|签订|签下)|是")  # 甲集团签约|二期项目, 启动的|是|永磁动力产业项目
# What stands after the name of a project that is the subject of its sentence.
_SPOKEN_OF = re.compile(
    r"[，(（]|总投资|计划|投资|占地|位于|由|于|自|是|为|正式|签约|落户|落地|开工|动工|奠基|建设(?!和|与|及)|规划|预计|全部|达产|投产|建成|竣工|已|正在?|的?建设现场|的?施工现场|的?工地|现场|用地|一期|二期|可|将|拟"
)
# No name holds these: 要在城西建一座…产业园, 把锂电列为头号工程, 近400名项目….
_NO_NAME = re.compile(
    r"抓好|统筹|第[一二三四五六七八九十]名|把|列为|作为|要在|启动|支持|推进|推动|确定|首创|给予|了解|建一|关于|围绕|\d[名家户个项间条]|年(?!产)"
)
# What a project brings: its output and taxes, and not what its district raises.
_YIELD = re.compile(r"产值|税|收入|销售|利润|营收|就业|岗位|产能")
# A sentence that goes on about the project told of before.
_GOES_ON = re.compile(
    r"(?:据悉|据了解|据介绍|目前|其中|预计|届时)?，?(?:该项目|该工程|该产业园|该基地|这一项目|此项目|项目(?!全部)|工程(?!师|机械)|建成后|建成|投产|达产|一期|二期|总投资|计划总投资|占地|规划|主要建设|总占地|总建筑|届时)"
)


@lru_cache(maxsize=4)
def _names(text: str) -> tuple[Span, ...]:
    """Where projects are named in a text."""
    found = []
    for head in _HEAD.finditer(text):
        if not _is_spoken_of(text, head.end()):
            continue
        start = max(0, head.start() - LONGEST_NAME)
        marks = [m.end() for m in _MARKS.finditer(text, start, head.start())]
        span, _ = left_phrase(text, marks[-1] if marks else start, head.end())
        if text.startswith(_CAPTION, span.start):
            span = Span(span.start + len(_CAPTION), span.end)
        lead = _LEAD.match(text, span.start, span.end)
        name = Span(lead.end() if lead else span.start, span.end)
        if name.end == head.end() and _is_name(text, name):
            found.append(name)
    return tuple(found)


def _is_spoken_of(text: str, end: int) -> bool:
    """Whether the text goes on as it does after the name of a project that it tells of, and not as in a list."""
    return _SPOKEN_OF.match(text, end) is not None and not text.startswith(_LISTED_AFTER, end)


def _is_name(text: str, span: Span) -> bool:
    if span.end - span.start < SHORTEST_NAME or _CLASS.fullmatch(text, span.start, span.end):
        return False
    if "签订" in text[span.start : span.end] or _NO_NAME.search(text, span.start, span.end):
        return False
    listed = text.endswith(_LISTED_BEFORE, 0, span.start)
    return not listed and not text[span.start].isdigit() and text[span.start] not in "()"


def find_project_told_of(reading: Reading, figure: Figure) -> Span | None:
    """Where the project is named that a figure is told of, None where no one project is."""
    if figure.kind not in (Kind.INVESTMENT, Kind.QUANTITY) and not (
        figure.kind in (Kind.AMOUNT, Kind.COUNT) and _YIELD.search(figure.indicator or "")
    ):
        return None
    names = _names(reading.text)
    last = bisect_left(names, (figure.quantity.start,)) - 1
    if last < 0:
        return None
    name = names[last]
    if name.start >= figure.sentence.start:
        return name if not _told_of_others(figure, name) else None
    here = reading.paragraphs[figure.paragraph]
    if name.start >= here.start and _GOES_ON.match(reading.text, figure.sentence.start):
        return name
    return None


def _told_of_others(figure: Figure, name: Span) -> bool:
    """Whether projects were counted between a name and the figure."""
    earlier = figure.previous
    while earlier is not None and earlier.quantity.start > name.start:
        if earlier.kind is Kind.PROJECT_COUNT:
            return True
        earlier = earlier.previous
    return False
