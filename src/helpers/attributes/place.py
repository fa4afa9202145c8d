"""The area a figure is stated for: named in its sentence, carried through the paragraph, or the article's own."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from helpers.dateline import is_of_the_press, opens_listed_name
from helpers.figure import Figure, Reading
from helpers.mentions.gazetteer import domestic_regions
from helpers.mentions.place import PlaceMention, contains, region_of
from helpers.observation import Kind
from helpers.rules.growth_rate import COMPARED_TIME
from helpers.segment import Paragraph, Span

UNNAMED = ""  # 我市 in an article on a province: some area, and not the article's own
_AREA_WORD = re.compile("[全我本][市县区州旗盟]")
ANAPHOR_REACH = 48
LISTED = 3
TIME_OPENING = 12  # 2023年1—6月,

_MEAN = ("平均水平", "平均")  # 比全省平均水平(7.3%)高1.1个百分点
_LATER_PLACE_VERB = re.compile(r"落户|落地|签约|布局|入驻|进驻|投资|建设|开工|举行|落子")


def is_unnamed_area(word: str, home: str | None) -> bool:
    """Whether a word stands for an area within the article's own that is not named: 我市 in news of a province."""
    wide = home is not None and (home == "全国" or home.endswith(("省", "自治区")))
    return wide and _AREA_WORD.fullmatch(word) is not None


@dataclass
class Scene:
    """The area that a text speaks of, as it goes on, paragraph by paragraph and sentence by sentence.

    `place` was spoken of before the sentence, in its paragraph; `named` are the places named in the sentence that a
    figure can be stated for.
    """

    reading: Reading
    place: str | None = None
    named: list[PlaceMention] = field(default_factory=list)
    heard: int = 0  # sentences of the paragraph
    headings: list[tuple[int, str]] = field(init=False)

    def __post_init__(self) -> None:
        self.headings = lines_of_areas(self.reading)

    def enter_paragraph(self, number: int) -> None:
        """Begin with the area that a paragraph opens with."""
        self.place, self.heard = opening_place(self.reading, number, self.headings), 0

    def enter_sentence(self, paragraph: Paragraph, sentence: Span) -> None:
        """Hear what the sentences before one name."""
        while paragraph.sentences[self.heard].start < sentence.start:
            self.place = place_after(self.reading, paragraph.sentences[self.heard], self.place)
            self.heard += 1
        self.named = self.reading.places_within(sentence.start, sentence.end)


def _heads_sentence(reading: Reading, figure: Figure, mention: PlaceMention) -> bool:
    """Whether a place in an earlier part of the sentence (up to ；) is the topic of the whole."""
    opening = reading.text[figure.sentence.start : mention.start]
    if "；" in opening or opening.endswith(("其中", "其中，")):
        return False
    return "，" not in opening or (len(opening) <= TIME_OPENING and "看" not in opening)


def find_place(scene: Scene, figure: Figure) -> None:
    """The area a figure is stated for: named before it in the sentence, else just after, else inherited."""
    dealt = figure.dealt_place or (figure.level and figure.level.dealt_place)
    if dealt and _take_dealt(scene.reading, figure, dealt):
        return
    if figure.rule == COMPARED_TIME and _take_beside_brackets(scene.reading, figure):
        return
    mention = _named_for(scene, figure)
    if mention is not None:
        _take(scene.reading, figure, mention, "named in the sentence")
    elif scene.place is not None:
        figure.place = scene.place or None
        figure.because("place", "named earlier in the paragraph")
    elif (site := _site_told_later(scene, figure)) is not None:
        _take(scene.reading, figure, site, "where it is to be built")
    else:
        figure.place = scene.reading.home
        figure.because("place", "the article's own area")


def _take(reading: Reading, figure: Figure, mention: PlaceMention, rule: str) -> None:
    figure.place = mention.name or None
    figure.because("place", rule, span=mention, text=reading.text)


def _take_dealt(reading: Reading, figure: Figure, dealt: PlaceMention) -> bool:
    """Take the place that a 分别 deals to a figure; an area traded with is what it is about."""
    if _is_partner(dealt, reading.home):
        figure.subject = dealt.name
        return False
    _take(reading, figure, dealt, "dealt out by 分别")
    return True


def _take_beside_brackets(reading: Reading, figure: Figure) -> bool:
    """比全省平均水平(7.3%)高: take the place that a rate in brackets is of."""
    end = figure.left.end - 1
    end -= next((len(w) for w in _MEAN if reading.text.endswith(w, 0, end)), 0)
    beside = next((m for m in reading.named_within(figure.sentence.start, end) if m.end == end), None)
    if beside is not None:
        _take(reading, figure, beside, "beside the brackets")
    return beside is not None


def _named_for(scene: Scene, figure: Figure) -> PlaceMention | None:
    """The place of its sentence that a figure is stated for, None where it is only passed by or measured against."""
    reading = scene.reading
    mention = None
    for m in scene.named:
        if m.start < figure.quantity.start:
            if mention is not None and is_passing(reading, m, mention.name):
                continue  # 厦门进出口78.7亿美元,占福建省的53%
            if m.start >= figure.segment.start or _heads_sentence(reading, figure, m):
                mention = m
        elif mention is not None:
            break
        elif m.end <= figure.clause.end and (
            reading.text[m.start - 1] in "在于"
            or _LATER_PLACE_VERB.search(reading.text, figure.quantity.end, m.start + 1)
        ):
            mention = m
            break
    if mention is None:
        return None
    if figure.kind is Kind.RATE_DIFFERENCE and _is_yardstick(reading, mention):
        return None
    if scene.place is not None and is_passing(reading, mention, scene.place):
        return None
    return mention


def _is_partner(mention: PlaceMention, home: str | None) -> bool:
    """Whether an area is one that is traded with: a country, or a region of countries such as 东盟."""
    if mention.kind == "country" or (mention.name in OVERSEAS and region_of(home) == "CN"):
        return True
    return mention.kind == "region" and mention.name not in domestic_regions()


def _is_yardstick(reading: Reading, mention: PlaceMention) -> bool:
    """Whether a place is only what a rate is measured against: 和全国(5.0%)相比分别高0.9个百分点."""
    if opens_clause(reading.text, mention) or mention.name == reading.home:
        return False
    return mention.name == "全国" or bool(reading.home and contains(mention.name, reading.home))


_BUILT_THERE = re.compile(r"[^，。；]{0,6}?(?:建设|投资|新建|设立|布局|兴建|建厂|建置|扩建|扩厂|建)")


def _site_told_later(scene: Scene, figure: Figure) -> PlaceMention | None:
    """签约投资17亿元,拟在耒阳建设…: the site that the rest of the sentence tells."""
    if not scene.named:
        return None
    text = scene.reading.text
    later = scene.reading.places_within(figure.quantity.end, figure.segment.end)
    if later and text[later[0].start - 1] in "在于" and _BUILT_THERE.match(text, later[0].end):
        return later[0]
    return None


def is_passing(reading: Reading, mention: PlaceMention, spoken_of: str) -> bool:
    """A wider area named in passing (衡阳区域总部) while a narrower one is spoken of."""
    if mention.name == spoken_of or mention.kind == "relative" or opens_clause(reading.text, mention):
        return False
    return contains(mention.name, spoken_of) is True


# What follows a place that no figure is stated for. Names hold none of the marks that join them, or a long list could be
# taken apart in too many ways.
_OF_MANY = re.compile(
    r"平均|及各|和各|等各|以及各"  # 分布在高新区及各县市区: everywhere
    r"|(?:\([^()]{0,30}\))?(?:(?:、|(?<!呼)和)(?:[^，。；、和()]|(?<=呼)和){2,8}(?:\([^()]{0,30}\))?){0,16}相比"
    # 济南、青岛、菏泽9市: a list of areas that is summed up tells of none of them.
    r"|(?:、[\u4e00-\u9fff]{2,6}){0,16}等?(?:\d+|[二三四五六七八九十]+)个?(?:设区)?(?:市州|县区|县市|[市县区州省])(?![级\d])"
)
_BEFORE_MANY = frozenset("平及和等以(、相0123456789二三四五六七八九十")  # what such words begin with
_PUT_ON_LIST = ("列入", "纳入")  # 列入全市重点项目44个: of whose list, not where
_WORKS_ON = ("加快", "加快推进", "推进", "做好", "抓好")
# 甲新区建设项目集中开工活动在全省举行
_HELD_EVERYWHERE = re.compile(r"建设项目[^，。；]{0,24}在全[省市州区县]")
_WAS_BUILT = re.compile(
    r"当年(?:签约|开工|动工|建设)、当年"
    r"|(?:正式|全面|顺利)?(?:建成|投产|竣工|开园|投用)(?:投产|投用|使用)?[，、；。]"
)
_TELLS_ITS_SUM = re.compile(r"(?:总投资|投资|签约)[\d.]")  # 甲园区总投资20亿元的物流项目和乙镇总投资…
LISTED_NAME = 16
_PARK_OF_LIST = re.compile(r"、[^，。；、\n]{2,12}\($")  # 各县、甲产业园(乙高新区)
SHARE_LENGTH = 8
_AFTER_SHARE = re.compile(r"\d(?:亿元|万元|[个项件家宗户])、$")
_RANKING = re.compile(r"(?:民营企业)?\d+强")  # 中国500强企业
_COUNTED_IN = re.compile(r"\(含[^()]*$")  # 南疆地区(含吐鲁番市、哈密市)
_SITE = re.compile(
    r"[^，。；]{0,8}?(?:开工|动工|奠基|竣工|投产|落户|落地|建成|建设|扩厂|扩建|设厂|建厂|兴建|建置|投资)"
)
_VENUE = re.compile(r"[^，。；]{0,12}?(?:举行|召开|举办|开幕|启幕|闭幕|揭幕|启动)")
# Told of in mainland news as partners of trade and investment, not as areas reported on.
OVERSEAS = frozenset({"香港", "澳门", "台湾"})
OWN_ECONOMIES = frozenset({"HK", "MO", "TW"})
# 据厦门海关统计: who counts, for more than its own city.
_CUSTOMS = re.compile(r"海关[^，。；\d]{0,6}(?:统计|数据|获悉|消息|公布|发布)")
_CLAUSE_HEAD = "，。；：！？\n"


def is_reference_area(text: str, mention: PlaceMention, home: str | None) -> bool:
    """Whether figures can be stated for a place that is mentioned.

    A venue, a country traded with and a place of another province do not count, unless the clause
    begins with it as its topic.
    """
    if mention.in_name or mention.aside or is_of_the_press(text, mention):
        return False
    before, after = text[mention.start - 1 : mention.start], text[mention.end : mention.end + 1]
    if before in ("较", "比") or (after in _BEFORE_MANY and _OF_MANY.match(text, mention.end)):
        return False
    if before == "入" and text.endswith(_PUT_ON_LIST, 0, mention.start):
        return False
    if _is_counted_in(text, mention) or opens_listed_name(text, mention):
        return False
    if mention.kind == "park" and _is_park_in_passing(text, mention):
        return False
    if mention.kind in ("park", "relative") and _is_one_of_list(text, mention):
        return False
    if before in ("在", "于"):
        if _SITE.match(text, mention.end):
            return True
        if before == "在" and _VENUE.match(text, mention.end):
            return False
    if mention.kind == "country" and _RANKING.match(text, mention.end):
        return False
    if home == mention.name or mention.kind == "relative" or mention.name == "全国":
        return True
    if _CUSTOMS.match(text, mention.end):
        return False
    if mention.kind == "country" or (mention.name in OVERSEAS and region_of(home) == "CN"):
        return False
    if region_of(home) in OWN_ECONOMIES and region_of(mention.name) != region_of(home):
        return False  # 香港住客 in Macao's press
    if mention.kind == "region" and (mention.name not in domestic_regions() or home == "全国"):
        return mention.name in domestic_regions()
    if home is None:
        in_full = text.endswith(mention.name, mention.start, mention.end)
        return in_full or before not in ("、", "和", "及", "与")
    if contains(home, mention.name) is not True and mention.kind != "park":
        return opens_clause(text, mention)
    return True


def _is_counted_in(text: str, mention: PlaceMention) -> bool:
    """南疆地区(含吐鲁番市、哈密市): whether a place is only said to be counted in."""
    start = max(0, mention.start - LISTED_NAME)
    return text.rfind("(含", start, mention.start) >= 0 and (
        _COUNTED_IN.search(text, start, mention.start) is not None
    )


def _is_park_in_passing(text: str, mention: PlaceMention) -> bool:
    """Whether a park is named for what was done with it, or as one of a list with another in brackets."""
    return (
        _HELD_EVERYWHERE.match(text, mention.end) is not None
        or _WAS_BUILT.match(text, mention.end) is not None  # 甲产业园建成投产，工业总产值突破8000亿元
        or text.endswith(_WORKS_ON, 0, mention.start)  # 加快甲产业园建设
        or _PARK_OF_LIST.search(text, max(0, mention.start - LISTED_NAME), mention.start) is not None
    )


def _is_one_of_list(text: str, mention: PlaceMention) -> bool:
    """甲园区、乙园区形成了…: whether a park is one of a list, which is the whole area; in 甲园区5件、乙园区2件 each is told of."""
    if _AFTER_SHARE.search(text, max(0, mention.start - SHARE_LENGTH), mention.start):
        return False
    listed = text.endswith(("、", "和", "及"), 0, mention.start) or text.startswith("、", mention.end)
    return listed and _TELLS_ITS_SUM.match(text, mention.end) is None


def opens_clause(text: str, mention: PlaceMention) -> bool:
    """Whether a place stands at the head of a clause, as its topic."""
    return (
        mention.start == 0
        or text[mention.start - 1] in _CLAUSE_HEAD
        or text.endswith("其中", 0, mention.start)
    )


# A paragraph that opens with what was spoken of before goes on about the same place. What the branches begin with stands
# in front of them: one class is looked at far sooner.
_THING = "(?:项目|公司|企业|园区|产业园|基地|区|县|市)"
_ANAPHOR = re.compile(
    rf"(?=[该这上此项园公])(?:(?:该|这|上述|此){_THING}|(?:项目|园区|公司|这里)(?<![^\n，。]..)(?!攻坚))"
)
_GOES_ON = re.compile(r"(?<![^\n])(?:其|(?:据悉，|据了解，)?[本此]次|为此|同时，|此外，|另外，)")


def opening_place(reading: Reading, number: int, headings: list[tuple[int, str]]) -> str | None:
    """The area that a paragraph opens with: where it goes on about it, that of the one before, else its project's."""
    start, end, _ = reading.paragraphs[number]
    if _GOES_ON.match(reading.text, start) or _ANAPHOR.search(
        reading.text, start, min(end, start + ANAPHOR_REACH)
    ):
        return _place_at_end(reading, reading.paragraphs[number - 1]) if number else None
    return place_of_project(reading, number) or _place_of_heading(headings, number)


SECTION_REACH = 12  # paragraphs under the name of an area


def lines_of_areas(reading: Reading) -> list[tuple[int, str]]:
    """The lines that are nothing but the name of an area, each with its number: 鹤壁 and 开封, each over its news."""
    lines = {(line.start, line.end): number for number, line in enumerate(reading.paragraphs)}
    return [(lines[m.start, m.end], m.name) for m in reading.places if (m.start, m.end) in lines]


def _place_of_heading(headings: list[tuple[int, str]], number: int) -> str | None:
    """The area that the nearest line of its own names above a paragraph."""
    above = bisect_left(headings, (number,)) - 1
    if above < 0 or headings[above][0] < number - SECTION_REACH:
        return None
    return headings[above][1]


PROJECT_REACH = 200  # paragraphs; more than articles have


def _stands_in_list(text: str, mention: PlaceMention) -> bool:
    """Whether a place is set beside others: 东部、中部地区."""
    marks = ("、", "和", "及", "与")
    return text.startswith(marks, mention.end) or text.endswith(marks, 0, mention.start)


def place_after(reading: Reading, sentence: Span, before: str | None) -> str | None:
    """The area spoken of after a sentence, where `before` was spoken of before it.

    A list of parts (甲县10个,乙县3个,丙区5个) and a part told after 其中 leave the whole to be spoken of.
    """
    inside = reading.places_within(sentence.start, sentence.end)
    if not inside:
        return before
    named = [
        m for m in inside if m.name != "全国" and (m.kind != "region" or not _stands_in_list(reading.text, m))
    ]
    if len(named) >= LEAST_PARTS and _tells_parts(reading.text, named):
        return before
    for m in named:
        is_part = reading.text.endswith(("其中", "其中，"), 0, m.start)
        if not is_part and not (before and is_passing(reading, m, before)):
            before = m.name
    return before


def _tells_parts(text: str, named: list[PlaceMention]) -> bool:
    """Whether a sentence lists parts, or tells of one after the other: 在嘉兴,…;在宁波,…."""
    names = len({m.name for m in named})
    return names >= LISTED or (
        names >= LEAST_PARTS
        and all(m.start and text[m.start - 1] == "在" for m in named)
        and "；" in text[named[0].end : named[-1].start]
    )


LEAST_PARTS = 2


def _place_at_end(reading: Reading, paragraph: Paragraph) -> str | None:
    """The area that is spoken of where a paragraph ends."""
    place = None
    for sentence in paragraph.sentences:
        place = place_after(reading, sentence, place)
    return place


_PROJECT = "项目"
_NAMED_PROJECT = re.compile(rf"[\u4e00-\u9fff]{{4}}{_PROJECT}")
_NO_NAME = re.compile(
    r"重点|产业|招商|签约|引资|投资|开工|在建|重大|工业|个|全部|优质|建设|这些|各类|签下|引进|期项"
)


def place_of_project(reading: Reading, number: int) -> str | None:
    """The area named where a project that the paragraph speaks of was last spoken of before."""
    text, here = reading.text, reading.paragraphs[number]
    if text.find(_PROJECT, here.start, here.end) < 0:
        return None
    names = [m[0] for m in _NAMED_PROJECT.finditer(text, here.start, here.end) if not _NO_NAME.search(m[0])]
    least, most = reading.paragraphs[max(0, number - PROJECT_REACH)].start, here.start
    while names and (last := max(text.rfind(name, least, most) for name in names)) >= 0:
        earlier = reading.paragraphs[bisect_right(reading.paragraphs, (last, len(text))) - 1]
        place = last_place(reading, earlier)
        if place is not None:
            return place
        most = earlier.start
    return None


def last_place(reading: Reading, paragraph: Paragraph) -> str | None:
    """The area that a paragraph names last."""
    inside = [m.name for m in reading.places_within(paragraph.start, paragraph.end) if m.name != "全国"]
    return inside[-1] if inside else None
