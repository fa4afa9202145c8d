"""Which of the times said is the figure's: the nearest before it, in its paragraph or, in a bulletin, at its head."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from helpers.dateline import EVENT_OF_TIME, is_planned
from helpers.figure import Figure, Reading
from helpers.mentions.period import TimeMention, resolve, resolve_year
from helpers.observation import Kind, Status
from helpers.rules.growth_rate import COMPARED_TIME
from helpers.rules.rule import text_before, text_between
from helpers.segment import HEADING_LENGTH, Paragraph, Span, clause_end, is_heading

_RECORD = re.compile(r"的?(?:最[高大低快好]|新高|新低|首次|次[高低]|单月|同期)")
_FIRST_TIME = re.compile(r"(?:以来)?的?(?:首次|首度|首个|新高|新低|最[高低])")  # 本年首次出现负增长
_FORMER_RATE = re.compile(r"为(?:增长|下降|增|降)")
_OF_TARGET = re.compile(
    r"[^，。；\d]{0,6}(?:[\d.]+[百千]?[万亿]?美?元?)?的?[^，。；\d]{0,8}?(?:任务|目标|计划(?!投|完成|实施|总|引|新|开|安排|竣|签|建))"
)
_FORESEEN = ("预计", "计划", "力争", "将于", "有望", "拟于", "预计在", "预计到", "计划于", "预计于")
_COMPLETED_THEN = re.compile(
    r"[年底前]{0,3}(?:全面|全部|正式|整体|可以|即可|即将|可|将|有望|就能)*(?:建成|竣工|投产|完工|投用|通车|交付|达产)(?:投产|投用|使用|并网|达产|运营)*[，。；、)](?!届时|预计|可|将)"
)
_CAN = re.compile(r"[年底前]{0,3}(?:可以|即可|即将|可|将|有望|就能)")
_YEAR_OF_PLAN = re.compile(
    r"[”\"」]?(?:规划)?的?(?:良好|精彩|圆满|顺利|稳健)*(?:开局|收官|起步|第一|最后一)(?:之?年)?"
)
_IS_YEAR_OF = re.compile(r"是[^，。；\d]{2,14}之年")
_TAKES_UP = re.compile(r"(?:在|而|其中，?)?(?:上述|这些|这批|该批)")
# 3月8日,记者从市统计局获悉: the day of telling is no time of what is told.
_ANNOUNCED = re.compile(r"[电讯]|，?[^，。；\d]{0,16}(?:获悉|了解到|公布|发布|消息|通报|透露)")
# 此次签约的项目: of the day told last, whatever was told of other times since.
_STAMP = re.compile(r"\s*(?:\d{1,2}:\d{2}|来源|[|｜])")  # 2016年04月25日 04:44:55 来源
# 在2003年较高的基础上, 在今年7月6日开幕的洽谈会前: told of other times in passing.
_PART_OF_PLAN = re.compile(r"(?:计划投资|投资计划|计划)额?的?[\d.]+%")  # 占全年计划投资的35.8%
_ON_THAT_BASIS = re.compile(r"[^，。；\d]{0,6}的?基础上|(?:开幕|召开|举行|举办)的")
_OF_EVENT = re.compile(
    r"(?:据悉，|据了解，|据介绍，|(?:记者|笔者)(?:了解到|获悉)，)?在?(?:[本此这]次|[本此这]批|当[天日])"
)
# 2022年12月成立的办公室: when a body was founded is no time of what it does.
_FOUNDED = re.compile(r"(?:正式|注册|挂牌|发起)?(?:成立|设立|创立|创办|创建|组建)的(?!项目|企业)")
_OF_PRICES = re.compile(r"的?(?:平均|中间|综合)?(?:汇率|不变价|可比价|价格计算|现价)")  # 按年末汇率折合
_ALREADY = re.compile(r"已(?!建|于)")
_TURN = re.compile(r"[^，。；\d]{0,16}(?:后|以来)(?:[^，。；]{0,6}(?:首次|首度|再次|再度|重新))")
_CHANGE_IN_POINTS = re.compile(r"份?(?:提高|提升|加快|回升|回落|放缓|收窄|扩大|下降)了?[\d.]+个?百分点")
_GOAL_FOLLOWS = re.compile(r"[^。；\n]{0,16}(?:力争|争取|预期|计划|目标)")
_HEADS_SECTION = re.compile(
    r"(?:[—\-]*|[(（]?[一二三四五六七八九十\d]{1,2}[)）、.．]?)\s*(?:关于|展望|回顾)?\d{4}年(?:度)?的?"
    r"(?:全[市县区省州]|政府|主要|奋斗|预期|总体|重点|国民|经济|社会|发展|计划|执行|草案|[和及与])*"
    r"(?:工作|回顾|总结|目标|任务|安排|情况|展望|打算|思路|重点|成绩|要求|计划|成就|的)+"
)
_CAUSE = re.compile(r"(?:随着|由于|因(?![素此]))[^，。；]*$")
_NO_FIGURE = re.compile(r"[^。\n\d亿万成倍]*(?:[。\n]|$)")
_MOVED_THEN = re.compile(
    r"的?(?:升幅|跌幅|增幅|降幅|减幅)[为是]|(?:按[年季]|实质)*(?:升|跌|上升|下跌|增长|下降) ?[\d.]+%"
)
OPENING = 6  # (一)上半年, 3.上半年
_NUMBERED = re.compile(r"[(（]?[一二三四五六七八九十\d]{1,2}[)）、.．](?!\d)")
_BY_QUARTER = re.compile(r"分(?:季度?|月度?)来?看")
_OF_WHICH = ("其中", "其中，", "其中：")


@dataclass
class Clock:
    """The times of a text as they are said one after another."""

    reading: Reading
    said: int | None = None
    current: TimeMention | None = None
    current_said: int | None = None
    position: int = 0
    aside: bool = False
    told: set[str] = field(default_factory=set)
    before: tuple[int | None, TimeMention | None, int | None] = (None, None, None)
    main: tuple[int | None, TimeMention | None, int | None] = (None, None, None)
    event: tuple[int | None, TimeMention | None, int | None] = (None, None, None)
    month: tuple[int | None, TimeMention | None, int | None] = (None, None, None)
    whole: tuple[int | None, TimeMention | None, int | None] | None = None
    once: tuple[tuple[int | None, TimeMention | None, int | None], int] | None = None
    section: tuple[int | None, TimeMention | None, int | None] | None = None
    headed: tuple[int | None, TimeMention | None, int | None] = (None, None, None)
    first: tuple[int | None, TimeMention | None, int | None] = (None, None, None)
    in_heading: bool = False
    main_of_heading: bool = False
    paragraph: int = 0
    is_numbered: bool = False  # whether the text has sections at all
    ends: tuple[str, str] | None = None  # 从2011年的…增加到2016年的…: of the pairs and means told after it

    def enter_paragraph(self, paragraph: Paragraph, carries: bool) -> None:
        """Nothing said in an earlier paragraph holds in a new one, save the time of a bulletin or its section."""
        self.advance(paragraph.start)
        self.paragraph = paragraph.start
        self.in_heading = is_heading(self.reading.text, paragraph)
        self.ends = None
        if _NUMBERED.match(self.reading.text, paragraph.start):
            self.section, self.is_numbered = None, True
        heading = self._year_of_heading(paragraph)
        if heading is not None:
            self.headed = self.main = (heading.year, heading, heading.year)
        if _TAKES_UP.match(self.reading.text, paragraph.start):
            return
        if not carries and not self._tells_of_one_time():
            self.said, self.current, self.current_said = self.headed
        elif (
            self.main[1] is not None
            and self.current is not None
            and not (
                _is_target_year(self.reading, self.current) and _heads_clause(self.reading.text, self.current)
            )
        ):
            self.said, self.current, self.current_said = self.section or self.main
        elif self.main[1] is None and self.first[1] is not None:
            self.said, self.current, self.current_said = self.first

    def _tells_year_of_text(self, mention: TimeMention) -> bool:
        """Whether a time may hold for a text whose figures come later: not in a heading, nor the day of the news."""
        if self.in_heading or mention.form != "span" or mention.days or self.said is None:
            return False
        text = self.reading.text
        return not is_planned(text, mention) and not _GOAL_FOLLOWS.match(text, mention.end)

    def settle(self, mention: TimeMention, said: int | None) -> None:
        """Take the time of the first figure for what the text is about; that of a heading only until then."""
        if _lies_ahead(mention):
            return
        if self.main[1] is None or (self.main_of_heading and not self.in_heading):
            self.main, self.main_of_heading = (self.said, mention, said), self.in_heading

    def _year_of_heading(self, paragraph: Paragraph) -> TimeMention | None:
        """The year that a heading names for its section: 一、2017年工作回顾; a document's title names none."""
        if paragraph.end - paragraph.start > HEADING_LENGTH:
            return None
        times = self.reading.times_within(paragraph.start, paragraph.end)
        if len(times) != 1 or times[0].year is None or times[0].months or times[0].last_year:
            return None
        heads = _HEADS_SECTION.fullmatch(self.reading.text, paragraph.start, paragraph.end)
        return times[0] if heads else None

    def _tells_of_one_time(self) -> bool:
        """Whether all that was told before is of one time, as in a report on one event or one half-year."""
        exact = {t for t in self.told if len(t) > len("2023")}
        wider = {t for t in self.told if len(t) == len("2023") and not any(e.startswith(t) for e in exact)}
        return len(exact | wider) == 1

    def advance(self, offset: int) -> None:
        """Hear the times said before `offset`."""
        times = self.reading.times
        while self.position < len(times) and times[self.position].start < offset:
            mention = self._counted_from_section(times[self.position])
            self.position += 1
            self._take_back(mention.start)
            if (
                not mention.comparison
                and mention.form != "now"
                and not _lies_ahead(mention)
                and (period := resolve(mention, self.reading.anchor))
            ):
                self.told.add(period)
            if (
                mention.comparison
                or self.reading.text.endswith("每年", 0, mention.start)
                or _ON_THAT_BASIS.match(self.reading.text, mention.end)
                or self._only_repeats_year(mention)
                or self._names_event(mention)
                or self._belongs_to_target(mention)
                or self._is_within_year_said(mention)
                or self._only_places_year(mention)
                or self._foresees_completion(mention)
                or self._only_records(mention)
                or self._only_begins_turn(mention)
                or self._is_compared_though_unsaid(mention)
                or self._only_gives_cause(mention)
                or self._only_looks_back(mention)
                or _FOUNDED.match(self.reading.text, mention.end)
                or _OF_PRICES.match(self.reading.text, mention.end)
                or (mention.days and _ANNOUNCED.match(self.reading.text, mention.end))
            ):
                continue
            if (
                mention.form != "now"
                and mention.last_year is None
                and not self._only_begins_long_ago(mention)
                and (mention.year is not None or mention.relative is not None)
            ):
                self.said = resolve_year(mention, self.reading.anchor, self.said)
                self.aside = mention.relative is not None and mention.relative < 0
            if self._is_former_rate(mention):
                before = self.once[0] if self.once else (self.said, self.current, self.current_said)
                self.once = before, clause_end(self.reading.text, mention.end, len(self.reading.text))
            if self._is_month_of_current(mention) or self._is_quarter_of_many(mention):
                self.whole = self.whole or (self.said, self.current, self.current_said)
            else:
                self.whole = None
            self.current, self.current_said = mention, self.said
            if self.first[1] is None and self._tells_year_of_text(mention):
                self.first = self.said, mention, self.said
            if self._opens_paragraph(mention):
                self.section = self.said, mention, self.said
            if mention.months and mention.months[0] == mention.months[1] and not mention.days:
                self.month = self.said, mention, self.said
            if mention.days and not _STAMP.match(self.reading.text, mention.end):
                self.event = self.said, mention, self.said
        self._take_back(offset)

    def _only_begins_long_ago(self, mention: TimeMention) -> bool:
        """2021年以来: a year since when something goes on is not that of the months told after it."""
        this_year = self.reading.anchor.year
        return (
            mention.form == "since"
            and mention.year is not None
            and this_year is not None
            and mention.year < this_year
        )

    def _only_gives_cause(self, mention: TimeMention) -> bool:
        """随着利润在11月份由负转正,: when the cause came about is not the time of what it led to."""
        return (
            self.current is not None
            and _CAUSE.search(self.reading.text, self.paragraph, mention.start) is not None
        )

    def _only_looks_back(self, mention: TimeMention) -> bool:
        """今年以来,运行平稳。: a look back without a figure leaves the months that are told of."""
        current = self.current
        if current is None or not current.months or current.days:
            return False
        if mention.form != "since" or mention.relative != 0 or mention.months:
            return False
        return _NO_FIGURE.match(self.reading.text, mention.end) is not None

    def _is_former_rate(self, mention: TimeMention) -> bool:
        """升2.1%,而第二季的升幅为1.9%: the rate of an earlier time, told in its own clause and no further."""
        current = self.current
        if current is None or not current.months or not mention.months or mention.days:
            return False
        earlier = mention.year is None and mention.relative is None and mention.months[1] < current.months[0]
        return earlier and _MOVED_THEN.match(self.reading.text, mention.end) is not None

    def _take_back(self, offset: int) -> None:
        """Go back to the time before an aside once its clause is over."""
        if self.once is not None and offset >= self.once[1]:
            (self.said, self.current, self.current_said), self.once = self.once[0], None

    def _counted_from_section(self, mention: TimeMention) -> TimeMention:
        """今年 in the section on a year that a heading names, and 本年 after a year was said, are of that year."""
        this_year = self.reading.text.startswith("本年", mention.start)
        year = self.headed[0] or (self.said if this_year else None)
        if mention.relative is None or mention.last_year is not None or year is None:
            return mention
        return mention._replace(year=year + mention.relative, relative=None)

    def _opens_paragraph(self, mention: TimeMention) -> bool:
        """Whether a paragraph begins with a time that those after it, in the same section, go on about."""
        if not self.is_numbered or mention.form != "span" or mention.days or not mention.months:
            return False
        return mention.start - self.paragraph <= OPENING and mention.months[0] < mention.months[1]

    def _only_begins_turn(self, mention: TimeMention) -> bool:
        """自去年上半年转负后首次增长: since when it has been so is not the time of what is told."""
        text = self.reading.text
        return text[mention.start - 1 : mention.start] in ("自", "继") and bool(
            _TURN.match(text, mention.end)
        )

    def _is_compared_though_unsaid(self, mention: TimeMention) -> bool:
        """1-5月…增长22.6%,1-4月提高5个百分点: shorter months right before points, with the 比 dropped."""
        current = self.current
        return (
            current is not None
            and current.months is not None
            and mention.months is not None
            and mention.months[0] == current.months[0]
            and mention.months[1] < current.months[1]
            and _CHANGE_IN_POINTS.match(self.reading.text, mention.end) is not None
        )

    def _is_month_of_current(self, mention: TimeMention) -> bool:
        """1-5月…,其中5月份…: a part of the time told of, which holds no longer than its sentence."""
        current = self.current
        return (
            current is not None
            and current.months is not None
            and mention.months is not None
            and mention.year is None
            and current.months[0] <= mention.months[0] <= mention.months[1] <= current.months[1]
            and self.reading.text.endswith(_OF_WHICH, 0, mention.start)
        )

    def _is_quarter_of_many(self, mention: TimeMention) -> bool:
        """分季度看,一季度…,二季度…: the parts of the time told of, which is gone back to after their sentence."""
        text = self.reading.text
        sentence = text.rfind("。", self.paragraph, mention.start) + 1
        return bool(mention.months) and _BY_QUARTER.match(text, max(sentence, self.paragraph)) is not None

    def _belongs_to_target(self, mention: TimeMention) -> bool:
        """全年 in 完成全年目标任务的45% is the target's time, not the time of what is told."""
        text = self.reading.text
        whole_year = text[mention.start : mention.end] == "全年"
        of_target = _OF_TARGET.match(text, mention.end) or _PART_OF_PLAN.match(text, mention.end)
        return whole_year and bool(of_target)

    def _names_event(self, mention: TimeMention) -> bool:
        """11月25日,举行2022年四季度项目集中签约活动: part of a name, on a day that was told."""
        current = self.current
        if current is None or not current.days or mention.days or not mention.months:
            return False
        text = self.reading.text
        return "。" not in text[current.end : mention.start] and bool(EVENT_OF_TIME.match(text, mention.end))

    def _is_within_year_said(self, mention: TimeMention) -> bool:
        """年内 and 年初, where a year was said, are of that year and tell no new time."""
        return mention.vague and mention.relative == 0 and not mention.months and self.said is not None

    def _only_records(self, mention: TimeMention) -> bool:
        """2020年6月以来最大, 1-8月份为下降0.3%: how a figure compares, told in passing."""
        text = self.reading.text
        if mention.form == "since" and _RECORD.match(text, mention.end):
            return True
        if self.current is None:
            return False
        of_year = mention.relative == 0 and not mention.months and _FIRST_TIME.match(text, mention.end)
        return bool(of_year) or bool(_FORMER_RATE.match(text, mention.end))

    def _foresees_completion(self, mention: TimeMention) -> bool:
        """预计2025年底建成。: when a project will be there, not the time of the sums told after it."""
        text = self.reading.text
        ahead = text.endswith(_FORESEEN, 0, mention.start) or _CAN.match(text, mention.end)
        return bool(ahead) and bool(_COMPLETED_THEN.match(text, mention.end))

    def _only_places_year(self, mention: TimeMention) -> bool:
        """今年是十五五开局之年: said of the year and the plan, not the time of what was being told."""
        text = self.reading.text
        opens = mention.last_year is not None and _YEAR_OF_PLAN.match(text, mention.end)
        return bool(opens) or (self.current is not None and bool(_IS_YEAR_OF.match(text, mention.end)))

    def _only_repeats_year(self, mention: TimeMention) -> bool:
        """A bare year after a date of that year in one sentence: 4月7日,黑龙江省2023年重点项目开工现场会."""
        current = self.current
        if (
            current is None
            or current.days is None
            or mention.year is None
            or mention.months
            or mention.last_year
        ):
            return False
        if mention.form != "span" or self.reading.text[mention.end : mention.end + 1] in "，,。；":
            return False
        year = resolve_year(mention, self.reading.anchor, self.said)
        same = year == resolve_year(current, self.reading.anchor, self.current_said)
        return same and "。" not in self.reading.text[current.end : mention.start]

    def enter_sentence(self, start: int) -> None:
        """Hear what stands before a sentence, and remember it."""
        self.advance(start)
        if self.aside:
            self.said, self.aside = None, False  # 去年 is the year of its own sentence only
        if self.whole is not None:
            (self.said, self.current, self.current_said), self.whole = self.whole, None
        if self.event[1] is not None and _OF_EVENT.match(self.reading.text, start):
            self.said, self.current, self.current_said = self.event
        if self.month[1] is not None and self.reading.text.startswith("当月", start):
            self.said, self.current, self.current_said = self.month
        if self.current is not None and _lies_ahead(self.current) and self.current is not self.before[1]:
            self.said, self.current, self.current_said = self.before
        self.before = (self.said, self.current, self.current_said)

    def leave_sentence(self, figures: list[Figure]) -> None:
        """The time of a plan holds no longer than its sentence, unless it is all that was ever said."""
        self.advance(figures[0].sentence.end)
        if self.current is not None and self.reading.text[self.current.start - 1 : self.current.start] in (
            "由",
            "从",
        ):
            self.said, self.current, self.current_said = self.before  # 由2008年的…调整为…
            return
        told = [f for f in figures if f.kind is not None]
        if (
            not self.reading.text.startswith("其中", figures[0].sentence.end)
            and told
            and all(f.status is Status.PLANNED for f in told)
            and self.before[1] is not None
            and not _is_target_year(self.reading, self.current)
        ):
            self.said, self.current, self.current_said = self.before


def _lies_ahead(mention: TimeMention) -> bool:
    """Whether a time is one to come, counted from the article's: 明年 is told of in its own sentence only."""
    return (mention.relative or 0) > 0


def find_period(clock: Clock, figure: Figure) -> None:
    """The time nearest before the figure; for a plan the time it is planned for; None where nothing is said."""
    reading = clock.reading
    clock.advance(figure.quantity.start)
    dealt = figure.dealt_time or (figure.level and figure.level.dealt_time)
    if dealt:
        figure.period = resolve(dealt, reading.anchor, clock.said)
        figure.because("period", "dealt out by 分别", span=Span(dealt.start, dealt.end), text=reading.text)
        return
    if figure.rule == COMPARED_TIME:
        compared = next(
            (
                t
                for t in reading.times_within(figure.sentence.start, figure.left.end)
                if t.end == figure.left.end - 1
            ),
            next(iter(reversed(reading.times_within(figure.clause.start, figure.left.end))), None),
        )
        if compared is not None:
            figure.period = resolve(_same_months(clock, compared), reading.anchor, clock.said)
            figure.because(
                "period", "the compared time", span=Span(compared.start, compared.end), text=reading.text
            )
            return
    base = _former_level(clock, figure)
    if base is not None:
        figure.period, figure.is_compared_with = resolve(base, reading.anchor, clock.said), True
        figure.because("period", "the time compared with", span=Span(base.start, base.end), text=reading.text)
        _settle_estimate(reading, figure)
        return
    if clock.ends and (period := _between_ends(reading, figure, clock.ends)):
        figure.period, figure.is_compared_with = period, figure.kind in _LEVELS
        figure.because("period", "of the years that the paragraph compares")
        _settle_estimate(reading, figure)
        return
    before = figure.previous
    if (
        before is not None
        and before.is_compared_with
        and _AND.fullmatch(text_between(reading, before, figure))
    ):
        figure.period, figure.is_compared_with = before.period, True
        figure.because("period", "of the level listed before")
        return
    if figure.kind is Kind.COMPLETION_RATE and figure.previous is not None and figure.previous.is_target:
        level = figure.previous.previous
        if level is not None:
            figure.period = level.period
            figure.because("period", "of the figure that the target is for")
            return
    mention, said = clock.current, clock.current_said
    rule = "said before in the paragraph"
    if mention is None:
        later = next(
            (t for t in reading.times_within(figure.quantity.end, figure.right.end) if not t.comparison),
            None,
        )
        if later is not None and figure.status is Status.PLANNED:
            mention, said, rule = later, clock.said, "said just after"
    if mention is None and _goes_on_about_main(clock, figure):
        (_, mention, said), rule = clock.main, "the time of the text"
    if mention is None:
        _period_without_time(reading, figure)
        return
    if mention.start >= figure.sentence.start:
        rule = "said in the sentence"
    span = Span(mention.start, mention.end)
    if figure.status is Status.ACTUAL:
        clock.settle(mention, said)
    figure.period = resolve(mention, reading.anchor, said)
    if (
        figure.status is Status.ACTUAL
        and figure.kind is not Kind.COMPLETION_RATE
        and _is_target_year(reading, mention)
        and not (mention.last_year and _SO_FAR.search(reading.text, mention.end, figure.quantity.start))
    ):
        figure.status = Status.PLANNED
        figure.because("status", "a year still to come", span=span, text=reading.text)
    _settle_estimate(reading, figure)
    if figure.is_target:
        year = resolve_year(mention, reading.anchor, said)
        figure.period = str(year) if year else "XXXX"
    elif figure.status is Status.PLANNED:
        figure.period = (
            _year_of_plan(reading, figure, mention, said)
            if _PLAN_OF_YEAR.search(reading.text, figure.left.start, figure.quantity.start)
            else _planned_period(reading, figure, mention, said)
        )
    figure.because("period", rule, span=span, text=reading.text)
    if before is not None and before.is_compared_with and before.clause == figure.clause:
        clock.ends = _years_of(before, figure) or clock.ends


def _years_of(former: Figure, figure: Figure) -> tuple[str, str] | None:
    """The years of two levels of which one grew into the other, None where they are no years."""
    first, last = former.period or "", figure.period or ""
    return (first, last) if first.isdigit() and last.isdigit() and first < last else None


_ON_AVERAGE = re.compile(r"年均|年平均|平均每年|年递增")


def _between_ends(reading: Reading, figure: Figure, ends: tuple[str, str]) -> str | None:
    """The time of 从3万元增加到5万元, 年均增长8%, where years were compared before; None where another is said."""
    if reading.times_within(figure.clause.start, figure.left.end):
        return None
    before = text_before(reading, figure)
    if figure.kind in _LEVELS:
        return ends[0] if before.endswith(("从", "由")) else None
    if figure.kind is Kind.GROWTH_RATE and _ON_AVERAGE.search(before):
        return "/".join(ends)
    return None


def _goes_on_about_main(clock: Clock, figure: Figure) -> bool:
    """Whether a rate without a time is of the month or quarter that the press of Taiwan or Hong Kong tells of."""
    if clock.reading.region == "CN" or figure.status is Status.PLANNED:
        return False
    months = clock.main[1] is not None and clock.main[1].months is not None
    return months and figure.kind in (Kind.GROWTH_RATE, Kind.RATE_DIFFERENCE)


_AND = re.compile(r"[和及、]|以及")
_RATES = frozenset([Kind.GROWTH_RATE, Kind.SHARE, Kind.COMPLETION_RATE])
_TO_ITS_RATE = re.compile(
    r"的?[^，。；：、\d]{0,6}(?:是|为)(?:同比)?(?:增长|下降)?|(?:(?<=[由从][上去前]年)|(?<=[由从][上去前]年的)|(?<=[由从][上去前]年同期)|(?<=[由从]\d{4}年)|(?<=[由从]\d{4}年的))的?[^，。；：、\d]{0,6}"
    r"|(?:(?<=[较比][上去前]年)|(?<=[较比][上去前]年同期)|(?<=[较比]第[一二三四]季)|(?<=[较比]上半年))的"
)
_RATE_WORD = re.compile(r"的(?:跌幅|升幅|增幅|降幅|减幅|增速)")
_LEVELS = frozenset([Kind.INVESTMENT, Kind.PROJECT_COUNT, Kind.AMOUNT, Kind.COUNT, Kind.QUANTITY])
_TO_ITS_LEVEL = re.compile(r"的?(?:[^，。；：、\d多少增减升降高低快慢超]{0,8}(?:是|为|有|仅|约))?")


def _former_level(clock: Clock, figure: Figure) -> TimeMention | None:
    """The time of a level that is only compared with: 较上年同期的2亿元减少33%, 去年同期为8个."""
    glue = _TO_ITS_LEVEL if figure.kind in _LEVELS else _TO_ITS_RATE if figure.kind in _RATES else None
    if glue is None:
        return None
    reading = clock.reading
    compared = [
        t
        for t in reading.times_within(figure.clause.start, figure.left.end)
        if t.comparison or (figure.previous and _FORMER_RATE.match(reading.text, t.end))
    ]
    if compared and (
        glue.fullmatch(reading.text, compared[-1].end, figure.quantity.reach_start)
        or (figure.kind in _LEVELS and _opens_clause_with_level(reading, figure, compared[-1]))
    ):
        return _same_months(clock, compared[-1])
    if (
        compared
        and compared[-1].end == figure.quantity.reach_start
        and _RATE_WORD.match(reading.text, figure.quantity.reach_end)
    ):
        return compared[-1]  # 比第1季-24.5%的跌幅为大
    opening = _opening_year_before(reading, figure) if figure.kind in _LEVELS else None
    return None if opening is None else _same_months(clock, opening)


_LEVEL_ALONE = re.compile(r"[^，。；：、\d多少增减升降高低快慢超比]{2,10}")


def _opens_clause_with_level(reading: Reading, figure: Figure, mention: TimeMention) -> bool:
    """去年同期到位资金38亿元, a clause of its own: the level of the former time."""
    opens = mention.start == figure.clause.start and reading.text[mention.start : mention.end].endswith(
        "同期"
    )
    return (
        opens and _LEVEL_ALONE.fullmatch(reading.text, mention.end, figure.quantity.reach_start) is not None
    )


def _opening_year_before(reading: Reading, figure: Figure) -> TimeMention | None:
    """去年同期，全市完成投资250亿元: the time that opens a sentence by itself holds for its levels."""
    times = list(reading.times_within(figure.sentence.start, figure.left.end))
    if len(times) != 1 or times[0].start != figure.sentence.start:
        return None
    opens = reading.text[times[0].start : times[0].end + 1]
    return times[0] if opens.endswith(("同期，", "同期,")) else None


def _same_months(clock: Clock, mention: TimeMention) -> TimeMention:
    """去年同期 as the months that are spoken of, a year before; 上年 as the year before the one that is spoken of."""
    current = clock.current
    if current is None or not clock.reading.text[mention.start : mention.end].endswith("同期"):
        last_year = mention.relative == -1 and clock.reading.text.startswith("上年", mention.start)
        if last_year and clock.said is not None:
            return mention._replace(year=clock.said - 1, relative=None)
        return mention
    year = resolve_year(current, clock.reading.anchor, clock.current_said)
    if mention.relative != -1 or mention.months is not None:
        return mention
    return current._replace(year=None if year is None else year - 1, relative=None)


def _heads_clause(text: str, mention: TimeMention) -> bool:
    """Whether a time stands where a clause begins: 到2025年,…; not 预计2025到2027年."""
    return mention.start == 0 or text[mention.start - 1] in "，。；：\n" or text[mention.start] in "到至"


_STRIVING = ("力争", "争取", "确保", "计划", "目标是", "预计", "努力")


def _is_target_year(reading: Reading, mention: TimeMention) -> bool:
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


_SO_FAR = re.compile(f"累计|{_ALREADY.pattern}")  # 十四五期间累计引进, told before the five years are over
_REPORT = re.compile(
    "工作报告|报告指出|报告回顾"
)  # it is given early in the year after the one that it looks back on
_ESTIMATES = ("预计", "预估", "估计", "预测")


def _is_estimate_of_past(reading: Reading, figure: Figure) -> bool:
    """预计 said of a year before the article's own is a first estimate of what has been."""
    cue = next((r.cue for r in figure.reasons if r.attribute == "status"), "")
    year = (
        int(figure.period.split("/")[-1][:4])
        if figure.period and figure.period[:4].isdigit() and ".." not in figure.period
        else None
    )
    if cue not in _ESTIMATES or year is None or reading.anchor.year is None:
        return False
    month = _LAST_MONTH.search(figure.period)
    over = month is not None and reading.anchor.month is not None and int(month[0]) < reading.anchor.month
    expected = cue == "预计"  # 5月预测2.74% stays a forecast
    reports_it = reading.anchor.month is None and _REPORT.search(reading.text) is not None
    if year == reading.anchor.year:
        return reports_it or (over and expected)
    return year < reading.anchor.year


_LAST_MONTH = re.compile(r"(?<=\d{4}-)\d\d$")


_TO_COME = re.compile(
    r"(?:建成|投产|达产|竣工|达效|满产|运营|投用|完工|达纲)后|预计(?:每年|年可|可|能|年均可|年实现|年产|年新增)"
)


def _settle_estimate(reading: Reading, figure: Figure) -> None:
    """Make an estimate of a year already over a result; what a project will bring, once it runs, is none."""
    if figure.status is not Status.PLANNED:
        return
    is_to_come = _TO_COME.search(reading.text, figure.sentence.start, figure.quantity.start)
    if not is_to_come and _is_estimate_of_past(reading, figure):
        figure.status = Status.ACTUAL
        figure.because("status", "an estimate of a year already over")


_PLAN_OF_YEAR = re.compile(
    r"(?:年度|当年|全年)(?:投资)?计划|年度(?:计划)?投资|(?:全年|年度|年初)(?:预期)?目标增"
)


def _year_of_plan(reading: Reading, figure: Figure, mention: TimeMention, said: int | None) -> str:
    """1至2月…年度计划投资57亿元: a plan of the year, whatever part of it was told of."""
    year = resolve_year(mention, reading.anchor, said, planned=True)
    return "XXXX" if year is None else str(year)


_TARGETS_OF_YEAR = (Kind.GROWTH_RATE, Kind.SHARE)  # told on a day, they are of its year
_SPAN_OF_YEARS = re.compile(r"[\d一二三四五六七八九十]年(?:时间|之?间|之?内)")
# 项目规划占地30亩,总投资2亿元: told of a design, in another paragraph than the year.
_DESIGNED = re.compile(r"规划|拟建|拟新建|计划总投资|设计")
_AFTER_COMPLETION = re.compile(
    r"(?:建成|投产|达产|竣工|达效|满产|运营|投用|完工|落地|达纲)(?:后|，(?:届时|预计(?!将?于)|可|将)[^，。；]{0,12}年)"
)


def _planned_period(reading: Reading, figure: Figure, mention: TimeMention, said: int | None) -> str | None:
    """The time a figure is planned for; a past day on which it was told is not that time."""
    told_before = mention.start < figure.sentence.start
    if told_before and _SPAN_OF_YEARS.search(reading.text, figure.sentence.start, figure.sentence.end):
        return None  # 用3年时间投资90亿元
    completed = _AFTER_COMPLETION.search(reading.text, figure.sentence.start, figure.quantity.start)
    if completed and mention.start < completed.start():
        return None
    year = resolve_year(mention, reading.anchor, said, planned=True)
    if mention.form == "now" or mention.form == "since":
        return None
    unsaid = told_before or mention.year is None
    if unsaid and year and reading.anchor.year and year < reading.anchor.year and _sets_target(figure):
        return str(reading.anchor.year)  # 2022年增长2.7%。州里定出预期目标，增长3%
    past_year = mention.months is None and not mention.days and mention.last_year is None
    if (
        past_year
        and mention.start < reading.paragraphs[figure.paragraph].start
        and _DESIGNED.search(reading.text, figure.sentence.start, figure.quantity.start)
    ):
        return None
    if mention.form == "as_of" and (mention.at_end or mention.months is None):
        return None if year is None else str(year)
    if mention.days and figure.kind not in (Kind.INVESTMENT, Kind.PROJECT_COUNT):
        of_year = figure.kind in _TARGETS_OF_YEAR and mention.start < figure.sentence.start
        return None if year is None or not of_year else str(year)
    if (
        mention.start < figure.sentence.start
        and mention.months
        and figure.kind not in (Kind.GROWTH_RATE, Kind.INVESTMENT, Kind.PROJECT_COUNT)
    ):
        return None
    return resolve(mention, reading.anchor, said, planned=True)


def _sets_target(figure: Figure) -> bool:
    """Whether a rate is a target that is set in so many words."""
    why = next((r for r in figure.reasons if r.attribute == "status"), None)
    if why is None or figure.kind not in (Kind.GROWTH_RATE, Kind.SHARE):
        return False
    return why.rule == "in a list of targets" or "目标" in why.cue


def _period_without_time(reading: Reading, figure: Figure) -> None:
    text = reading.text
    before = text[figure.clause.start : figure.quantity.start]
    if figure.is_target and reading.anchor.year:
        figure.period = str(reading.anchor.year)
        figure.because("period", "a target of the year")
    elif figure.status is Status.ACTUAL and _ALREADY.search(before) and reading.anchor.edtf:
        figure.period = f"../{reading.anchor.edtf}"
        figure.because("period", "已 with no time: as of the article's date")
    elif (
        figure.status is Status.PLANNED
        and figure.kind is Kind.GROWTH_RATE
        and reading.anchor.year
        and "年均" not in before
    ):
        figure.period = str(reading.anchor.year)
        figure.because("period", "a target of the year")
    else:
        figure.because("period", "no time said")
