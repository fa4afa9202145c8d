"""The noun phrase that a figure is said of: before it (规模工业增加值 8.4%) or after it (4家龙头企业).

There is no parser: a phrase ends at closed-class words beside the figure (达, 约, 同比增长) and begins after
the last word of lexicons/phrase.tsv, a time, a place or a mark.
"""

from __future__ import annotations

import re
from functools import cache

from helpers.lexicon import read_lexicon
from helpers.segment import Span

_MARKS = "，。；：！？、,;:!?（）()“”‘’《》【】[]…●■◆★▲·— \t"
_MARK = re.compile(f"[{re.escape(_MARKS)}]")
SELF_EVIDENT = frozenset({"就业", "税收", "产值", "利润"})
LONGEST_OPENING = 6
BARE_HEADS = 2  # a phrase this short says too little by itself and takes its verb along: 走访企业


@cache
def _words_by_edge(family: str, edge: int) -> dict[str, tuple[str, ...]]:
    """The words of a family by their first (0) or last (-1) character, the longest of each first."""
    words = sorted(read_lexicon(family).meanings, key=len, reverse=True)
    return {c: tuple(w for w in words if w[edge] == c) for c in {word[edge] for word in words}}


def _before_links(text: str, start: int, end: int) -> int:
    """Where the words begin that link text[start:end] to what follows; `end` where none does."""
    words = _words_by_edge("link", -1)
    while end > start:
        for word in words.get(text[end - 1], ()):
            if text.endswith(word, start, end):
                end -= len(word)
                break
        else:
            break
    return end


# A link word that is the last syllable of a word: 人数, 出超, 需要.
_BELONGS_TO = {"数": tuple("指人户件次家总"), "超": ("出", "入"), "要": ("需", "主", "重")}


# 升幅(即基本通胀率)为
_ASIDE = re.compile(r"(?P<word>[升跌增降减涨]幅|同比|按年)\([^()]{2,10}\)(?:为|增长|下降|上升|下跌)?$")
_FOOTNOTE = re.compile(r"\[\d{1,2}\]$")  # 生产总值[2]91.3亿元
# 资产总计, 负债合计: lines of a balance, named with their sum.
_BALANCE = ("资产", "负债", "权益")
_IN_ALL = ("总计", "合计")
_GOES_WITH_NOUN = frozenset("占总合年")  # what one of these links begin with: 所占, 总计, 四年
_YEARS_LONG = re.compile(r"(?<=..)[一二两三四五六七八九十]$")  # 工资四年翻了一番
# 出口已连续第三个月站上…: for how long it has been so is no part of the noun.
_TIME_UNITS = frozenset("月年季度")
_TIMES_RUNNING = re.compile(r"(?<=..)连续?第?[\d一二两三四五六七八九十]{1,3}个?[月年季]度?$")


# 到位资金总量排在前三位的是, 开复工率从高到低依次是: the order in which areas are told.
_RANKED = re.compile(
    r"(?<=..)(?:完成)?(?:总量)?(?:排名?|位?居|名?列|位列)?在?(?:全[省市县国])?前[\d一二三四五六七八九十]{1,2}[位名]的?(?:地区|县区|城市|县市|市州|地州市)?(?:分别|依次)?$"
    r"|(?<=..)(?:从高到低|由高到低|从快到慢|从大到小|由大到小)(?:依次|排名|分别)?(?:排列)?$"
)


_ORDER_ENDS = frozenset("位名的区市州别次低慢小列")


def _aside_before(text: str, start: int, stop: int) -> re.Match[str] | None:
    """For how long something has been so, or the order in which areas are told, right before a figure."""
    last = text[stop - 1 : stop]
    if last in _TIME_UNITS and (running := _TIMES_RUNNING.search(text, start, stop)):
        return running
    if last in _ORDER_ENDS and (text.find("前", start, stop) >= 0 or text.find("到", start, stop) >= 0):
        return _RANKED.search(text, start, stop)
    return None


def trim_links(text: str, start: int, end: int) -> int:
    """Where the text before a figure ends once the words that only link it are taken off.

    >>> t = "规模工业增加值同比增长"
    >>> t[: trim_links(t, 0, len(t))]
    '规模工业增加值'
    """
    if text[end - 1 : end] == "]" and (footnote := _FOOTNOTE.search(text, start, end)):
        end = footnote.start()
    if text.find(")", start, end) >= 0 and (aside := _ASIDE.search(text, start, end)):
        end = aside.end("word")
    stop = _before_links(text, start, end)
    links = stop < end
    if text[stop : stop + 1] in _GOES_WITH_NOUN:
        if text.startswith("所占", stop - 1):
            stop -= 1
        if text.startswith(_IN_ALL, stop) and text.endswith(_BALANCE, 0, stop):
            stop += 2
        if text.startswith("年", stop) and _YEARS_LONG.search(text, start, stop):
            return trim_links(text, start, stop - 1)
    if aside := _aside_before(text, start, stop):
        return trim_links(text, start, aside.start())
    if not links:
        return end
    return stop + 1 if text.endswith(_BELONGS_TO.get(text[stop : stop + 1], ()), 0, stop) else stop


def commas_in_names(text: str, start: int, end: int) -> frozenset[int]:
    """Where a 、 stands within the name of one industry: 电力、热力、燃气及水生产和供应业."""
    if text.find("、", start, end) < 0:
        return frozenset()
    names = read_lexicon("industries").find(text[start:end])
    return frozenset(
        start + i for name in names for i in range(name.start, name.end) if text[start + i] == "、"
    )


def _last_mark(text: str, start: int, end: int, lists: bool = False) -> int:
    """Where the phrase can begin at the earliest: after the last mark, brackets and quotes kept whole."""
    if not _MARK.search(text, start, end):
        return min(start, end)
    depth = 0
    i = end
    within = commas_in_names(text, start, end)
    while i > start:
        c = text[i - 1]
        if c in ")）”》’":
            depth += 1
        elif c in "(（“《‘":
            if not depth:
                return i
            depth -= 1
        elif (
            not depth
            and c in _MARKS
            and not (c == "、" and (lists or i - 1 in within or _joins_nouns(text, i - 1, start)))
            and not (c == " " and text[i] == "(")  # 生产总值 (GDP)
        ):
            return i
        i -= 1
    return i if depth <= 0 else max((j + 1 for j in range(start, end) if text[j] in ")）”》’"), default=i)


_STAGES = frozenset(["签约", "开工", "竣工", "投产", "动工", "落地"])


def _joins_nouns(text: str, comma: int, start: int) -> bool:
    """Whether a 、 joins syllables of one word (停、减产企业; 光、屏) and not members of a list."""
    if text[comma - 2 : comma] in _STAGES and text[comma + 1 : comma + 3] in _STAGES:
        return True  # 集中签约、开工、投产项目
    left = text[max(start, comma - 3) : comma]
    return 0 < len(left) < 3 and not any(c in "0123456789%元)” " for c in left)


def _quoted(region: str) -> list[tuple[int, int]]:
    """The stretches of a phrase within quotation marks or brackets: words there do not cut it."""
    return [m.span() for m in _QUOTED.finditer(region)] if _QUOTED.search(region) else []


def _overlaps(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    return bool(spans) and any(s < end and start < e for s, e in spans)


_QUOTED = re.compile(r"“[^“”]*”|\([^()]*\)|《[^《》]*》|「[^「」]*」")
# 1000万元以上的项目: the 的 after a threshold belongs to the name of the class.
_THRESHOLD_DE = re.compile(r"(?:以上|以下|以内|之间|调度|[元亿万])$")


LONGEST_VERB_OF_SUM = 4  # 三类500强企业|共引进6个: the noun stands before 共
# Verbs that cut wherever they stand, but not after or before these: 国有, 有色, 供给, 给水.
_CUTS_ALONE = {
    "等": ("", ""),
    "有": ("国所公民私含拥专没特稀享固持", "色机限效线害氧轨关望序"),
    "给": ("供补自配", "水排付养予"),
    "共": ("公一总", "同享建性计有产青和识鸣治管赢用生轨交"),
}


def _cuts_alone(region: str, at: int) -> bool:
    """Whether a word of one character cuts in the middle of a region: the verb 有 does, 国有 and 有色 hold none."""
    if region[at] not in _CUTS_ALONE or (region[at] == "共" and len(region) - at <= LONGEST_VERB_OF_SUM):
        return False
    not_after, not_before = _CUTS_ALONE[region[at]]
    return region[at - 1] not in not_after and region[at + 1] not in not_before


LONGEST_DESCRIPTION = 10  # 五大支柱产业的项目: without it 项目 tells nothing
_GOES_ON_AFTER_DE = ("生产和供应", "生产供应", "生产与供应")  # 水的生产和供应业 is one noun
_OF_WHICH = re.compile(r"含[\d百千亿]")  # 亿元以上项目28个,含10亿元以上项目3个
_NUMBERING = re.compile(
    r"(?:(?:\([一二三四五六七八九十\d]{1,2}\))?[从分按][^，。；、\d]{1,8}看(?![到待法好])|其次则[是为]|其次为|其(?=进|出|中)|各(?:市州|县区|县市|地市|[市县区州])(?=[^，。；]{4})|\d{1,2}[市县州](?=[^，。；\d]{3})|[一二三四五六七八九十]是|其次是|首先是|其中|但|而(?=第)|起(?![重点步征运诉降飞始])|惟(?!一)|第[一二三四五]为|[单当]月(?!份)|当季|至于|此外|另外|而且|并且|(?:企业|公司|客商|单位)(?=签约|签订|签署))"
)


# 亿元以上|新签约项目: a threshold names the class together with what has become of it.
_CLASS_BEFORE = ("以上", "以下")
# 收购量, 实现率: a verb before one of these alone is part of the noun.
_BOUND_SYLLABLES = frozenset(["", *"率量额值感数面比度"])


def _last_word_that_cuts(region: str) -> tuple[int, int]:
    """The span of the last word that a noun phrase in the region begins after; (0, 0) where there is none.

    A word of one character cuts only where another cut stands right before it: 共 in 全市共引进, not in 公共.
    """
    words = read_lexicon("phrase").find_spans(region)
    if not words:
        return 0, 0
    quoted = _quoted(region)
    cut = (0, 0)
    for start, end in words:
        if region[end:] in _BOUND_SYLLABLES or _overlaps(quoted, start, end):
            continue
        if end - start == 1 and start != cut[1] and not _cuts_alone(region, start):
            continue
        joined = region.startswith("、", end) and region[end + 1 : end + 3] in _STAGES
        if joined or region.endswith(_CLASS_BEFORE, 0, start):
            continue
        cut = start, end
    return cut


def _last_de_that_cuts(region: str, offset: int) -> int:
    """Where the last 的 stands that a noun phrase begins after; -1 where there is none."""
    de = region.rfind("的", offset)
    quoted = _quoted(region)
    while de >= 0 and (
        de + 1 >= len(region)
        or (region[de + 1 :] == "项目" and de - offset <= LONGEST_DESCRIPTION)
        or region.startswith(_GOES_ON_AFTER_DE, de + 1)
        or _overlaps(quoted, de, de + 1)
        or _THRESHOLD_DE.search(region[:de])
    ):
        de = region.rfind("的", offset, de)
    return de


def _cut(text: str, first: int, stop: int) -> tuple[int, str]:
    """Where the noun phrase in text[first:stop] begins, and the word that it begins after."""
    if first >= stop:
        return first, ""
    ratio = text.rfind("每百元", first, stop)  # 每百元营业收入中的成本 is one noun
    region = text[first : ratio if ratio >= 0 else stop]
    start, offset = _last_word_that_cuts(region)
    verb = region[start:offset]
    if "的" in region and (de := _last_de_that_cuts(region, offset)) >= 0:
        offset, verb = de + 1, ""
    if verb and region.startswith("(", offset):
        offset = start  # 新开工(运营)项目
    while offset < len(region) and region[offset] in "、和与及的了":
        offset += 1
    if _OF_WHICH.match(region, offset):
        offset += 1
    numbering = _NUMBERING.match(region, offset)
    return first + (numbering.end() if numbering else offset), verb


def _mask_at(masks: tuple[tuple[int, int], ...], stop: int) -> tuple[int, int] | None:
    """The first of the masks that `stop` lies within or at the end of."""
    for mask in masks:
        if mask[0] < stop <= mask[1]:
            return mask
    return None


_BY_THEN = ("底前", "末前")


def left_phrase(
    text: str,
    start: int,
    end: int,
    masks: tuple[tuple[int, int], ...] = (),
    *,
    lists: bool = False,
    with_verb: bool = False,
) -> tuple[Span, str]:
    """The noun phrase that ends before a figure, and the word that it begins after.

    `masks` are the spans of times and places: the phrase stands between them, never across. With `lists`
    a 、 is kept, for phrases that are dealt out; `with_verb` leaves a short noun its verb (走访企业). The span
    is empty where there is no noun.

    >>> t = "全市累计完成工业投资"
    >>> span, verb = left_phrase(t, 0, len(t)); t[span.start : span.end], verb
    ('工业投资', '完成')
    """
    stop = trim_links(text, start, end)
    while mask := _mask_at(masks, stop):
        if mask[0] <= start:
            return Span(stop, stop), ""
        stop = trim_links(text, start, mask[0])
    first = _last_mark(text, start, stop, lists)
    for _, mask_end in masks:
        if first < mask_end <= stop:
            first = mask_end + text.startswith(_BY_THEN, mask_end - 1)  # 年底|前|开工率
    comma = text.find("、", first, stop) if lists else -1
    offset, verb = _cut(text, first, comma if comma > first else stop)
    if (
        with_verb
        and 0 < stop - offset <= BARE_HEADS
        and text[offset:stop] not in SELF_EVIDENT
        and verb
        and verb not in read_lexicon("light").meanings
        and text.startswith(verb, max(first, offset - len(verb)))
    ):
        offset -= len(verb)
    return Span(offset, stop), verb


# 4家上市企业: a word before one of these describes it and does not end the noun.
_DESCRIBES = re.compile("的?(?:项目|工程|企业|面积|商户|资金)")
_RIGHT_MARK = re.compile(r"[，。；：！？,;:!?…\n]")


_GO_TO_SEE = frozenset({"走访", "拜访"})  # 6个小组走访企业340家: the companies are what is gone to


def _goes_to_see(region: str, first: int, end: int) -> bool:
    return first > 1 and region[first:end] in _GO_TO_SEE


def _right_stop(region: str, start: int) -> tuple[int, int] | None:
    """The word or mark from `start` on that ends the noun after a figure; None if all of the region is noun."""
    mark = _RIGHT_MARK.search(region, start)
    reach = mark.start() if mark else len(region)
    for first, end in read_lexicon("stop").find_spans(region[start:reach]):
        if not _DESCRIBES.match(region, start + end) or _goes_to_see(region, start + first, start + end):
            return start + first, start + end
    return mark.span() if mark else None


_HEAD = re.compile(
    r"项目|专案|工程(?!师)|企业(?!家|负责|主|法人|代表|高管|服务|员工|职工|职业|技术|集团|类|人才|联合|名录|信用|精神|发展)|公司|机构"
    r"|行业(?!协会|标准|龙头|领军|领先|骨干|头部|冠军|门类|大类|中类|小类|[^，。；]{0,6}(?:企业|项目|人才))"
)


# What may follow 项目 or 企业 within one noun: 项目服务专员, 企业(项目)服务专员.
_NOUN_TAIL = re.compile(
    r"(?:人员|专员|人才|人士|代表|骨干|干部|中心|平台|机构|政策|制度|资金|活动|会议|站|点|岗位|事项|问题|负责人|团队|班|库|单位|主体|家|者|品|车间|基地|产品|合同|协议|专班|户|群)$"
)


def _end_of_head(region: str, length: int) -> int:
    """Where a phrase ends that holds a project or a company: at that noun, unless it goes on to another."""
    for head in _HEAD.finditer(region, 0, length):
        rest = region[head.end() : length]
        if not rest or rest[0] in "的、和与及":
            return head.end()
        if rest[0] == "(":
            close = rest.find(")")
            return length if _NOUN_TAIL.search(rest) else head.end() + close + 1 if close > 0 else head.end()
        if not _NOUN_TAIL.search(rest):
            return head.end()
    return length


# 17条促进工业平稳增长的措施: what stands before the 的 describes the noun.
_DESCRIBED = re.compile(
    r"(?:促进|支持|推动|加快|服务|帮扶|解决|涉及|用于|关于|实施|推进|提升|优化|加强|完善|参与|从事|面向)[^，。；：、]{2,14}的[^，。；：、的\d]{2,8}(?=[，。；：、]|$)"
    r"|(?:具有|富有|带有|符合|契合)[^，。；：、]{2,10}的[^，。；：、的\d]{0,8}?(?:项目|企业|产品|工程)"
)


# 涵盖不同行业的新增职位: the noun alone is what is counted.
_COVERING = re.compile(
    r"(?:涵盖|覆盖|来自|分布在)[^，。；：、的]{2,14}的(?P<noun>[^，。；：、的\d]{2,8})(?=[，。；、]|$)"
)


# 3个园区建设。: at the end of a clause these are the noun's own last word.
_ENDS_NOUNS = frozenset(["建设", "签订", "运营", "服务"])


_NO_NOUN_OPENS = frozenset("，。；：、（(）)”")
# Nor with a mark that ends it or what leads on to another noun: 工业项目8个和服务类项目12个.
_NO_NOUN_FOLLOWS = _NO_NOUN_OPENS | frozenset("！？,;:!?…\n和及与")


def _opening(text: str, start: int, end: int) -> int:
    """Where the verb ends that a noun after a figure begins with (在建项目); `start` where none stands there."""
    for word in _words_by_edge("opening", 0).get(text[start], ()):
        if text.startswith(word, start, end):
            return start + len(word)
    return start


def right_phrase(text: str, start: int, end: int) -> Span:
    """The noun phrase that follows a figure; empty where a verb or a mark follows.

    >>> t = "个纳入省重点调度的工业项目集中开工"
    >>> span = right_phrase(t, 1, len(t)); t[span.start : span.end]
    '纳入省重点调度的工业项目'
    """
    while start < end and text[start] in "的 ":
        start += 1
    if start >= end or text[start] in _NO_NOUN_FOLLOWS:
        return Span(start, start)
    region = text[start:end]
    stop = _right_stop(region, _opening(text, start, min(end, start + LONGEST_OPENING)) - start)
    if (
        stop
        and stop[0] >= 2
        and region[slice(*stop)] in _ENDS_NOUNS
        and re.match(r"[，。；！？、…]|$", region[stop[1] :])
    ):
        stop = _right_stop(region, stop[1])
    length = stop[0] if stop else len(region)
    if length < 2 and (covering := _COVERING.match(region)):
        start, region, length = start + covering.start("noun"), covering["noun"], len(covering["noun"])
        if region[0] in _NO_NOUN_OPENS:
            return Span(start, start)
    elif length < 2 and (described := _DESCRIBED.match(region)):
        length = described.end()
    length = _end_of_head(region, length)
    gap = region.find(" ", 2, length)  # the halves of a heading: 引进5件投资案 上半年增长8%
    if gap > 0 and "\u4e00" <= region[gap + 1 : gap + 2] <= "\u9fff":
        length = gap
    phrase = region[:length].rstrip("、和与及的(（“ ")
    if phrase.count("(") > phrase.count(")"):
        phrase = phrase[: phrase.rindex("(")]
    return Span(start, start + len(phrase))
