"""The time that a text speaks of, as it goes on: heard mention by mention, kept for a sentence, a paragraph, a section.

Apart from the period of a figure, since it needs nothing of figures but whether they are planned.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from helpers.attributes.asides import FORMER_RATE, is_said_in_passing, sets_scene
from helpers.dateline import is_planned
from helpers.figure import Figure, Reading
from helpers.mentions.period import TimeMention, resolve, resolve_year
from helpers.observation import Status
from helpers.segment import Paragraph, clause_end, is_heading

# 上述项目中, 通过的案件中, 开工项目里: what the paragraph before has counted.
_TAKES_UP = re.compile(
    r"(?:在|而|其中，?)?(?:上述|这些|这批|该批|[\u4e00-\u9fff]{0,2}(?:签约|开工|通过|核准|获批|引进|落户|跟进)的?(?:项目|投资案|案件|计划)(?:当?中|里)(?!心))"
)
_STAMP = re.compile(r"\s*(?:\d{1,2}:\d{2}|来源|[|｜])")  # 2016年04月25日 04:44:55 来源
# 此次签约的项目: of the day told last, whatever was told of other times since.
_OF_EVENT = re.compile(
    r"(?:据悉，|据了解，|据介绍，|(?:记者|笔者)(?:了解到|获悉)，)?在?(?:[本此这]次|[本此这]批|当[天日])"
)
_GOAL_FOLLOWS = re.compile(r"[^。；\n]{0,16}(?:力争|争取|预期|计划|目标)")
_HEADS_SECTION = re.compile(
    r"(?:[—\-]*|[(（]?[一二三四五六七八九十\d]{1,2}[)）、.．]?)\s*(?:关于|展望|回顾)?\d{4}年(?:度)?的?"
    r"(?:全[市县区省州]|政府|主要|奋斗|预期|总体|重点|国民|经济|社会|发展|计划|执行|草案|[和及与])*"
    r"(?:工作|回顾|总结|目标|任务|安排|情况|展望|打算|思路|重点|成绩|要求|计划|成就|的)+"
)
_MOVED_THEN = re.compile(
    r"的?(?:升幅|跌幅|增幅|降幅|减幅)[为是]|(?:按[年季]|实质)*(?:升|跌|上升|下跌|增长|下降) ?[\d.]+%"
)
OPENING = 6  # (一)上半年, 3.上半年
_NUMBERED = re.compile(r"[(（]?[一二三四五六七八九十\d]{1,2}[)）、.．](?!\d)")
_BY_QUARTER = re.compile(r"分(?:季度?|月度?)来?看")
_OF_WHICH = ("其中", "其中，", "其中：")
# 2028年投产后年产值可达9亿元: told of the project of the sentence only.
_ONCE_BUILT = re.compile(r"[年底前初中末]{0,3}(?:全面|全部|正式)?(?:建成|投产|完工|竣工|量产|达产|投用|启用)")
_FORETELLS = ("计划", "预计", "拟", "将", "力争", "可", "要")
_STRIVING = ("力争", "争取", "确保", "计划", "目标是", "预计", "努力")


class Told(NamedTuple):
    """A time as it was heard: the year said last until then, the mention, and the year that the mention counts by."""

    said: int | None = None
    mention: TimeMention | None = None
    year: int | None = None


UNTOLD = Told()


@dataclass
class Clock:
    """The times of a text as they are said one after another; `now` is the one that holds.

    `before` held at the sentence's start, `main` is that of the first figure, `first` of the first words, `headed` of
    the heading above, `section` of the paragraph that opened a numbered section, `event` the last day told and `month`
    the last month; `whole` is gone back to after the sentence, `once` after the clause that ends at its offset.
    `scene` is the day on which a reporter saw a site, and `span` the last time in the paragraph that flows are summed over.
    `compared` is where the last time begins that something was compared with, or whose level a rate told of;
    `ends` are the years of 从2011年的…增加到2016年的…, for the pairs and means told after it.
    """

    reading: Reading
    now: Told = UNTOLD
    before: Told = UNTOLD
    main: Told = UNTOLD
    first: Told = UNTOLD
    headed: Told = UNTOLD
    event: Told = UNTOLD
    month: Told = UNTOLD
    section: Told | None = None
    whole: Told | None = None
    once: tuple[Told, int] | None = None
    scene: TimeMention | None = None
    span: Told = UNTOLD
    ends: tuple[str, str] | None = None
    told: set[str] = field(default_factory=set)
    told_years: set[str] = field(default_factory=set)
    position: int = 0
    compared: int = -1
    paragraph: int = 0
    aside: bool = False
    in_heading: bool = False
    main_of_heading: bool = False
    is_numbered: bool = False  # whether the text has sections at all

    def enter_paragraph(self, paragraph: Paragraph, carries: bool) -> None:
        """Nothing said in an earlier paragraph holds in a new one, save the time of a bulletin or its section."""
        self.advance(paragraph.start)
        self.paragraph = paragraph.start
        self.in_heading = is_heading(self.reading.text, paragraph)
        self.ends, self.span = None, UNTOLD
        if _NUMBERED.match(self.reading.text, paragraph.start):
            self.section, self.is_numbered = None, True
        heading = self._year_of_heading(paragraph)
        if heading is not None:
            self.headed = self.main = Told(heading.year, heading, heading.year)
        if _TAKES_UP.match(self.reading.text, paragraph.start):
            return
        if not carries and not self._tells_of_one_time():
            self.now = self.headed
        elif (
            self.main.mention is not None
            and self.now.mention is not None
            and not (
                is_target_year(self.reading, self.now.mention)
                and heads_clause(self.reading.text, self.now.mention)
            )
        ):
            self.now = self.section or self.main
        elif self.main.mention is None and self.first.mention is not None:
            self.now = self.first

    def _tells_year_of_text(self, mention: TimeMention) -> bool:
        """Whether a time may hold for a text whose figures come later: not in a heading, nor the day of the news."""
        if self.in_heading or mention.form != "span" or mention.days or self.now.said is None:
            return False
        text = self.reading.text
        return not is_planned(text, mention) and not _GOAL_FOLLOWS.match(text, mention.end)

    def settle(self, mention: TimeMention, said: int | None) -> None:
        """Take the time of the first figure for what the text is about; that of a heading only until then."""
        if mention is self.scene:
            return
        is_open = self.main.mention is None or (self.main_of_heading and not self.in_heading)
        if is_open and not lies_ahead(mention):
            self.main, self.main_of_heading = Told(self.now.said, mention, said), self.in_heading

    def _year_of_heading(self, paragraph: Paragraph) -> TimeMention | None:
        """The year that a heading names for its section: 一、2017年工作回顾; a document's title names none."""
        if not self.in_heading:
            return None
        times = self.reading.times_within(paragraph.start, paragraph.end)
        if len(times) != 1 or times[0].year is None or times[0].months or times[0].last_year:
            return None
        heads = _HEADS_SECTION.fullmatch(self.reading.text, paragraph.start, paragraph.end)
        return times[0] if heads else None

    def _tells_of_one_time(self) -> bool:
        """Whether all that was told before is of one time, as in a report on one event or one half-year.

        A year is no other time than what is told within it; a day without its month is only that of the news.
        """
        main = self.main.mention
        if len(self.told) > 1 or (main is not None and main.days and not main.months):
            return False
        within = next(iter(self.told), "")
        wider = sum(not within.startswith(year) for year in self.told_years)
        return len(self.told) + wider == 1

    def advance(self, offset: int) -> None:
        """Hear the times said before `offset`."""
        times = self.reading.times
        while self.position < len(times) and times[self.position].start < offset:
            mention = times[self.position]
            if mention.comparison or FORMER_RATE.match(self.reading.text, mention.end):
                self.compared = mention.start
            self._hear(self._within_month_told(self._counted_from_section(mention)))
            self.position += 1
        if self.once is not None:
            self._take_back(offset)

    def _hear(self, mention: TimeMention) -> None:
        """Take a time for the one that holds from here, unless it is said in passing."""
        if self.once is not None:
            self._take_back(mention.start)
        if mention.days and sets_scene(self, mention):
            self._see_site(mention)
            return
        if mention.days and self.reading.text.startswith(("前", "之前"), mention.end):
            self._keep_for_clause(mention)  # 12月20日前第一条生产线投产: a deadline
            self.now = Told(self.now.said, mention, self.now.said)
            return
        self._note_told(mention)
        if is_said_in_passing(self, mention):
            return
        self._note_year(mention)
        if mention.months is None:
            self.whole = None
            if self._foretells_in_clause(mention):
                self._keep_for_clause(mention)
        else:
            self._set_beside_current(mention)
        self.now = Told(self.now.said, mention, self.now.said)
        self._keep_for_later(mention)

    def _set_beside_current(self, mention: TimeMention) -> None:
        """Keep what is to be gone back to after months that are told of only for a clause or a sentence."""
        if self._is_former_rate(mention):
            self._keep_for_clause(mention)
        is_part = self._is_month_of_current(mention) or self._is_quarter_of_many(mention)
        self.whole = (self.whole or self.now) if is_part else None

    def _keep_for_clause(self, mention: TimeMention) -> None:
        """Go back to the time that holds now once the clause of a mention is over."""
        before = self.once[0] if self.once else self.now
        self.once = before, clause_end(self.reading.text, mention.end, len(self.reading.text))

    def _foretells_in_clause(self, mention: TimeMention) -> bool:
        """9月6日签约12个,年内计划投资9亿元,包括…: what is planned for the year, told beside what was done on a day."""
        day = self.now.mention
        if not mention.vague or mention.relative != 0 or day is None or not day.days:
            return False
        return self.reading.text.startswith(_FORETELLS, mention.end)

    def _see_site(self, mention: TimeMention) -> None:
        """Take the day of a scene for its paragraph, and for no time of the text."""
        self.scene = mention
        self.now = Told(self.now.said, mention, self.now.said)

    def _note_told(self, mention: TimeMention) -> None:
        if len(self.told) > 1:
            return  # it is no text of one time, whatever else it tells
        if mention.comparison or mention.form == "now" or lies_ahead(mention):
            return
        if period := resolve(mention, self.reading.anchor):
            (self.told if len(period) > len("2023") else self.told_years).add(period)

    def _note_year(self, mention: TimeMention) -> None:
        """The year that the times after a mention are of, where it tells one."""
        tells = mention.year is not None or mention.relative is not None
        if not tells or mention.form == "now" or mention.last_year is not None:
            return
        if mention.form != "since" or not self._only_begins_long_ago(mention):
            said = resolve_year(mention, self.reading.anchor, self.now.said)
            self.now = Told(said, self.now.mention, self.now.year)
            self.aside = mention.relative is not None and mention.relative < 0

    def _keep_for_later(self, mention: TimeMention) -> None:
        """Remember the time that holds now as what it may be gone back to: of the text, a section, a month, an event."""
        if self.first.mention is None and self._tells_year_of_text(mention):
            self.first = self.now
        if self.is_numbered and self._opens_paragraph(mention):
            self.section = self.now
        if mention.months and mention.months[0] == mention.months[1] and not mention.days:
            self.month = self.now
        if mention.form == "span" and not mention.days:
            self.span = self.now
        if mention.days and not _STAMP.match(self.reading.text, mention.end):
            self.event = self.now

    def _only_begins_long_ago(self, mention: TimeMention) -> bool:
        """2021年以来: a year since when something goes on is not that of the months told after it."""
        this_year = self.reading.anchor.year
        return mention.year is not None and this_year is not None and mention.year < this_year

    def _is_former_rate(self, mention: TimeMention) -> bool:
        """升2.1%,而第二季的升幅为1.9%: the rate of an earlier time, told in its own clause and no further."""
        current = self.now.mention
        if current is None or not current.months or mention.days:
            return False
        earlier = mention.year is None and mention.relative is None and mention.months[1] < current.months[0]
        return earlier and _MOVED_THEN.match(self.reading.text, mention.end) is not None

    def _take_back(self, offset: int) -> None:
        """Go back to the time before an aside once its clause is over."""
        if self.once is not None and offset >= self.once[1]:
            self.now, self.once = self.once[0], None

    def _counted_from_section(self, mention: TimeMention) -> TimeMention:
        """今年 in the section on a year that a heading names, and 本年 after a year was said, are of that year."""
        if mention.relative is None or mention.last_year is not None:
            return mention
        this_year = self.reading.text.startswith("本年", mention.start)
        year = self.headed.said or (self.now.said if this_year else None)
        if year is None:
            return mention
        return mention._replace(year=year + mention.relative, relative=None)

    def _within_month_told(self, mention: TimeMention) -> TimeMention:
        """9月5日开幕,8日签约: a day alone is of the month of the day told before it, where it can be."""
        day = self.event.mention
        if not mention.days or mention.months or mention.vague or day is None or not day.months:
            return mention
        if mention.days[0] < day.days[1] or self.reading.text.rfind("\n", day.end, mention.start) >= 0:
            return mention
        return mention._replace(months=(day.months[1], day.months[1]), year=day.year)

    def _opens_paragraph(self, mention: TimeMention) -> bool:
        """Whether a paragraph begins with a time that those after it, in the same section, go on about."""
        if mention.form != "span" or mention.days or not mention.months:
            return False
        return mention.start - self.paragraph <= OPENING and mention.months[0] < mention.months[1]

    def _is_month_of_current(self, mention: TimeMention) -> bool:
        """1-5月…,其中5月份…: a part of the time told of, which holds no longer than its sentence."""
        current = self.now.mention
        return (
            current is not None
            and current.months is not None
            and mention.year is None
            and current.months[0] <= mention.months[0] <= mention.months[1] <= current.months[1]
            and self.reading.text.endswith(_OF_WHICH, 0, mention.start)
        )

    def _is_quarter_of_many(self, mention: TimeMention) -> bool:
        """分季度看,一季度…,二季度…: the parts of the time told of, which is gone back to after their sentence."""
        text = self.reading.text
        sentence = text.rfind("。", self.paragraph, mention.start) + 1
        return _BY_QUARTER.match(text, sentence or self.paragraph) is not None

    def enter_sentence(self, start: int) -> None:
        """Hear what stands before a sentence, and remember it."""
        self.advance(start)
        if self.aside:
            # 去年 is the year of its own sentence only
            self.now, self.aside = self.now._replace(said=None), False
        if self.whole is not None:
            self.now, self.whole = self.whole, None
        if self.event.mention is not None and _OF_EVENT.match(self.reading.text, start):
            self.now = self.event
        if self.month.mention is not None and self.reading.text.startswith("当月", start):
            self.now = self.month
        if (
            self.now.mention is not None
            and lies_ahead(self.now.mention)
            and self.now.mention is not self.before.mention
        ):
            self.now = self.before
        self.before = self.now

    def leave_sentence(self, figures: list[Figure]) -> None:
        """The time of a plan holds no longer than its sentence, unless it is all that was ever said."""
        self.advance(figures[0].sentence.end)
        now = self.now.mention
        if now is not None and self.reading.text.endswith(("由", "从"), 0, now.start):
            self.now = self.before  # 由2008年的…调整为…
            return
        if (
            self.before.mention is not None
            and _are_planned(figures)
            and not self.reading.text.startswith("其中", figures[0].sentence.end)
            and (
                not is_target_year(self.reading, self.now.mention)
                or _ONCE_BUILT.match(self.reading.text, self.now.mention.end)
            )
        ):
            self.now = self.before


def _are_planned(figures: list[Figure]) -> bool:
    """Whether figures were understood and all of them are of a plan."""
    planned = False
    for figure in figures:
        if figure.kind is not None:
            if figure.status is not Status.PLANNED:
                return False
            planned = True
    return planned


def lies_ahead(mention: TimeMention) -> bool:
    """Whether a time is one to come, counted from the article's: 明年 is told of in its own sentence only."""
    return (mention.relative or 0) > 0


def is_target_year(reading: Reading, mention: TimeMention) -> bool:
    """到2025年 at the head of a clause, for a year that the article has not seen."""
    text = reading.text
    if mention.year is None or mention.form == "since":
        return False
    if reading.anchor.year is not None:
        return (mention.last_year or mention.year) > reading.anchor.year
    return text[mention.start] in "到至" and (
        mention.start == 0
        or text[mention.start - 1] in "，。；：\n—“ "
        or text.endswith(_STRIVING, 0, mention.start)
    )


def heads_clause(text: str, mention: TimeMention) -> bool:
    """Whether a time stands where a clause begins: 到2025年,…; not 预计2025到2027年."""
    return mention.start == 0 or text[mention.start - 1] in "，。；：\n" or text[mention.start] in "到至"
