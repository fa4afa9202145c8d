"""What surrounds an article on its page is cut; what it says of the article is kept as a byline.

Works on lines of simplified text. A line goes only if the whole of it is furniture by its own words, or stands in a
run of links; what reads like a sentence stays.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .edit import Edit

KIND = "furniture"


class Byline(NamedTuple):
    """What the furniture told before it was cut."""

    title: str | None = None
    source: str | None = None
    author: str | None = None
    editor: str | None = None
    published: str | None = None

    def or_else(self, other: Byline) -> Byline:
        """Return this byline with its gaps filled from the other."""
        return Byline(*(own or others for own, others in zip(self, other, strict=True)))


class Line(NamedTuple):
    """One line with its place in the text."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """The offset behind the line's last character."""
        return self.start + len(self.text)


NO_NAME = "通讯员|记者|见习|实习|特约|编辑|作者|来源|[㐀-鿿]{0,6}(?:报道|摄影|供图)"
NAME = rf"(?!{NO_NAME})(?:[㐀-鿿·]{{2,4}}|[㐀-鿿] {{1,2}}[㐀-鿿])(?![㐀-鿿])"
# What may stand behind a name in a byline and is none.
NEXT_LABEL = "浏览|阅读|点击|字体|字号|来源|稿源|编辑|责编|责任编辑|发布|时间"
NAMES = rf"{NAME}(?:[ 、,，/]+(?!{NEXT_LABEL}){NAME})*"
DATE = r"(?:19|20)\d\d[-年./](?:0?[1-9]|1[0-2])[-月./](?:[12]\d|3[01]|0?[1-9])日?"
CLOCK = r"(?:[ T]*\d{1,2}[:：]\d\d(?:[:：]\d\d)?)?"

# Lines that are furniture wherever they stand.
NOTICES: dict[str, re.Pattern[str]] = {
    "picture notice": re.compile(
        r"[(【\[]?(?:相关)?(?:资料图|资料图片|图片来源于网络|配图)[^，。]{0,6}[)】\]]?"
    ),
    "copyright": re.compile(
        r".{0,12}(?:版权归.{0,12}所有|未经.{0,12}(?:授权|许可|允许).{0,20}|转载(?:请|须|务必).{0,30}|侵权.{0,20}(?:联系|删除)"
        r"|(?:版权|免责)声明[:：]|不代表本[网站].{0,20}|仅供参考.{0,20}投资).{0,120}"
    ),
    "hot line": re.compile(
        r".{0,20}(?:热线|爆料|报料|投稿|联系我们|举报)(?:电话|热线|邮箱|QQ)?[:：][ \d\-@.A-Za-z()、,，;；/]{5,60}.{0,10}"
    ),
    "breadcrumb": re.compile(
        r"(?:您?(?:所在|当前|现在)?的?位置 ?[:：].{2,60}|首 ?页(?: ?[>＞»›/] ?[^>。]{2,20}){1,5}|首 ?页(?: [㐀-鿿]{2,12}){4,})"
    ),
    "link past the menu": re.compile(
        r"(?:跳到|跳至|跳转到?)(?:主要|正文)?(?:内容|正文)(?:区域?)?|Skip to (?:main )?content"
    ),
    "picture caption": re.compile(rf"[^，。；：\d]{{2,20}} {NAME} ?(?:摄|供图|[/／]摄)"),
    "page control": re.compile(
        r"(?:【?(?:字体|字号|打印|大 中 小|分享到?|收藏|关闭窗口|返回顶部|扫一扫|阅读原文|点击查看更多).{0,30}"
        r"|[上下]一[篇页条][:：].{0,60}|(?:浏览|阅读|点击)(?:次数|量|数)?[:：]? ?\d+.{0,10})"
    ),
    "keywords": re.compile(r"(?:相关热词搜索|热搜词|关键词|标签|Tags?)[:：].{0,60}"),
    "ranking": re.compile(
        r"(?:更多(?:>|＞|»){1,3}.{0,16}|(?:[^，。]{0,8})(?:热门|点击|新闻|社区|阅读)排行榜?)"
    ),
    "advertisement": re.compile(
        r"[(（【\[]?广告[)）】\]]?|\(adsbygoogle.{0,100}|.{0,8}(?:领取|抢|送).{0,8}红包.{0,10}"
        r"|(?:点击|长按|扫描|扫码|识别|下载|打开)[^。]{0,20}(?:下载|关注|二维码|客户端|APP|公众号)[^。]{0,30}|展开(?:全文|阅读).{0,10}"
    ),
    "rules of comment": re.compile(r"·.{0,20}(?:请注意语言文明|管理员有权|法律责任).{0,60}"),
}
# No notice is without one of these; asking for them first is much cheaper, if each begins with a plain character.
NOTICE_WORDS = re.compile(
    r"资料图|图片来源|配图|版权|转载|授权|许可|允许|侵权|声明|不代表|仅供参考|热线|爆料|报料|投稿|联系我们|举报|位置|首页|字体|字号|打印"
    r"|大 中 小|分享|收藏|关闭窗口|返回顶部|扫一扫|阅读|点击|上一[篇页条]|下一[篇页条]|浏览|热词|热搜词|关键词|标签|Tag|更多|排行|语言文明"
    r"|管理员|法律责任|首 页|跳到|跳至|跳转|Skip|摄|供图|广告|adsbygoogle|红包|二维码|客户端|APP|公众号|展开"
)
# What a list of links stands under.
LINKS_HEADING = re.compile(
    r"[【\[■●▍|]?(?:相关(?:文章|阅读|新闻|链接|报道|推荐)|你可能(?:也|还)?会?(?:喜欢|感兴趣).{0,4}|猜你喜欢|最近更新|最新(?:文章|更新|资讯)"
    r"|(?:推荐|延伸|热门|精彩)(?:阅读|文章|新闻|推荐|资讯)|热门排行|今日热点|更多(?:新闻|内容|精彩).{0,4})[】\]]?[:：]?"
)
LINK = re.compile(
    rf"(?P<bullet>[-·•●■▪◆*] ?|\d{{1,2}}[.、] ?)?(?P<title>.{{4,80}}?)[ \[(]*(?P<date>{DATE})?{CLOCK}[\])]?"
)
DATE_AT_END = re.compile(rf"{DATE}{CLOCK}[\])]?\Z")
BULLETS = frozenset("-·•●■▪◆*0123456789")
LONGEST_LINK = 120
LONGEST_HEADING = 20
LONGEST_NOTICE = 150
CREDIT = re.compile(r"(?<=[。！？”)])[ (]*(?:[㐀-鿿]{1,4} ?){1,4}(?:摄影?|供图|/摄|/图)\)?$")
CREDIT_ENDS = ("摄", "影", "图", ")")
SENTENCE = re.compile(r"[。；]")
LABEL = {
    "source": re.compile(r"(?:来源|稿源|信息来源|文章来源|转自)[:：] ?([^\s，。|/]{2,24})"),
    "author": re.compile(rf"(?:作者[:：]?|撰文[:：]?|文/) ?({NAMES})"),
    "editor": re.compile(rf"(?:责任编辑|责编|编辑|编审|审核|校对)[:：] ?({NAMES}|[A-Za-z]\w{{2,15}})"),
    "published": re.compile(rf"(?:发布(?:时间|日期)?|时间|日期)?[:：]? ?({DATE})"),
}
LABELLED = re.compile(
    rf"(?:[\[【(]?(?:(?:来源|稿源|信息来源|文章来源|转自)[:：] ?[^\s，。|]{{2,24}}|(?:作者|撰文|文)[:：/] ?(?:{NAMES})"
    rf"|(?:责任编辑|责编|编辑|编审|审核|校对|一审|二审|三审)[:：] ?(?:{NAMES}|[A-Za-z]\w{{2,15}})"
    rf"|(?:浏览|阅读|点击)(?:次数|量|数)?[:：] ?\d+ ?次?|【?字[体号][:：] ?[【\[]?大? ?中? ?小?"
    rf"|(?:发布(?:时间|日期)?|时间|日期)?[:：]? ?{DATE}{CLOCK})[\]】)]?[ |丨/]*)+"
)
REPORTERS = re.compile(
    rf"(?P<source>[㐀-鿿A-Za-z]{{0,16}}?)(?:全媒体|融媒体|新闻|本报|实习|首席|特约)*记者[: ：]+(?P<author>{NAMES})"
    rf"(?: ?(?:通讯员|见习记者|实习生|特约记者)[: ：]+(?P<others>{NAMES}))?(?P<place> ?[㐀-鿿]{{0,8}}(?:报道|讯|电))?"
)
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔"
    "钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢"
    "安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单裴霍涂成苗谷盛曲翁冉骆蓝路游辛"
    "靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧"
    "闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)
HEAD_LINES = 6
FOOT_LINES = 12
TITLE_LENGTH = range(6, 61)
FEWEST_HAN = 2  # characters that a headline has at least


def find_furniture(text: str) -> tuple[list[Edit], Byline]:
    """Return the edits that cut furniture, and what it said of the article.

    >>> edits, byline = find_furniture("项目开工。\\n来源:红网时刻\\n编辑:胡用梅")
    >>> len(edits), byline.source, byline.editor
    (2, '红网时刻', '胡用梅')
    """
    lines = split_lines(text)
    cut = _notices(lines) | _bylines(lines) | _links(lines)
    foot = next((place + 1 for place in reversed(range(len(lines))) if place not in cut), 0)
    cuts = [_cut_line(lines[place], why, at_foot=place >= foot > 0) for place, why in sorted(cut.items())]
    edits = [edit._replace(end=min(edit.end, len(text))) for edit in cuts]
    credits = (_credit(line) for place, line in enumerate(lines) if place not in cut)
    byline = _read_byline(lines, cut)
    return sorted([*edits, *filter(None, credits)], key=lambda edit: edit.start), byline


def split_lines(text: str) -> list[Line]:
    """Return the lines of a text with their places."""
    lines, start = [], 0
    for line in text.split("\n"):
        lines.append(Line(start, line))
        start += len(line) + 1
    return lines


def _cut_line(line: Line, why: str, at_foot: bool) -> Edit:
    """Return the edit that cuts a line with its line end, or at the foot with the one before it."""
    if at_foot:
        return Edit(line.start - 1, line.end, "", KIND, why)
    return Edit(line.start, line.end + 1, "", KIND, why)


def _credit(line: Line) -> Edit | None:
    if not line.text.endswith(CREDIT_ENDS):
        return None
    match = CREDIT.search(line.text)
    return Edit(line.start + match.start(), line.end, "", KIND, "picture credit") if match else None


def _notices(lines: list[Line]) -> dict[int, str]:
    """Return place → reason for lines that are furniture by their own words."""
    return {
        place: why
        for place, line in enumerate(lines)
        if len(line.text) < LONGEST_NOTICE and NOTICE_WORDS.search(line.text)
        for why, pattern in NOTICES.items()
        if pattern.fullmatch(line.text)
    }


def _bylines(lines: list[Line]) -> dict[int, str]:
    """Return place → reason for lines at head or foot that name source, author, editor or date and nothing else."""
    places = {*range(min(HEAD_LINES, len(lines))), *range(max(len(lines) - FOOT_LINES, 0), len(lines))}
    return {place: "byline" for place in sorted(places) if _is_byline(lines[place].text, place)}


def _is_byline(line: str, place: int) -> bool:
    """True for a line of labels, of reporters without a place, or, below a title, of names alone."""
    if not 2 <= len(line) < 100:
        return False
    reporters = REPORTERS.fullmatch(line)
    return bool(LABELLED.fullmatch(line) or (reporters and not reporters["place"])) or (
        0 < place < HEAD_LINES and _is_names(line)
    )


def _is_names(line: str) -> bool:
    """True for two or more personal names and nothing else: 羅 徽 賀游磊."""
    names = re.findall(NAME, line) if re.fullmatch(NAMES, line) and len(line) < 30 else []
    return len(names) > 1 and all(name[0] in SURNAMES for name in names)


def _links(lines: list[Line]) -> dict[int, str]:
    """Return place → reason for headings of link lists and the links under them, or for dated links in a row."""
    cut: dict[int, str] = {}
    dated = {place for place, line in enumerate(lines) if DATE_AT_END.search(line.text[-24:])}
    under_heading = False
    for place, line in enumerate(lines):
        if len(line.text) < LONGEST_HEADING and LINKS_HEADING.fullmatch(line.text):
            cut[place] = "heading of a list of links"
            under_heading = True
        elif _is_link(line.text, in_list=under_heading or not dated.isdisjoint((place - 1, place + 1))):
            cut[place] = "link to another page"
        elif under_heading:
            under_heading = _only_links_follow(lines, place)
            if under_heading:
                cut[place] = "link to another page"
    return cut


def _is_link(line: str, in_list: bool) -> bool:
    """True for a title with a bullet before it and a date behind it; in a list, one of the two is enough."""
    if len(line) > LONGEST_LINK or "。" in line:
        return False
    match = LINK.fullmatch(line) if line[:1] in BULLETS or DATE_AT_END.search(line[-24:]) else None
    if not match:
        return False
    return bool(match["bullet"] or match["date"]) if in_list else bool(match["bullet"] and match["date"])


def _only_links_follow(lines: list[Line], place: int) -> bool:
    """True where no line from here to the end reads like a sentence."""
    return all(len(line.text) < 60 and not SENTENCE.search(line.text) for line in lines[place:])


def _read_byline(lines: list[Line], cut: dict[int, str]) -> Byline:
    """Return what the lines cut, and a line that reporters open, say of the article."""
    heard = [line.text for place, line in enumerate(lines) if cut.get(place) == "byline"]
    kept = [line.text for place, line in enumerate(lines) if place not in cut]
    names = [
        line.text for place, line in enumerate(lines) if cut.get(place) == "byline" and _is_names(line.text)
    ]
    byline = _own_link(lines, cut, kept)
    for line in heard:
        byline = byline.or_else(_labelled(line))
    for line in heard + kept[:3]:
        byline = byline.or_else(_reporters(line))
    return byline.or_else(Byline(title=_title(kept), author=names[0] if names else None))


def _labelled(line: str) -> Byline:
    found = {name: match[1].strip() for name, label in LABEL.items() if (match := label.search(line))}
    if "published" in found:
        found["published"] = iso_date(found["published"])
    return Byline(**found)


def _reporters(line: str) -> Byline:
    match = REPORTERS.match(line) if "记者" in line else None
    if not match:
        return Byline()
    return Byline(
        source=match["source"] or None, author=" ".join(filter(None, (match["author"], match["others"])))
    )


def _own_link(lines: list[Line], cut: dict[int, str], kept: list[str]) -> Byline:
    """Return title and date from the link to this very article, if the list has one."""
    head = _han("".join(kept[:3])) if cut else ""
    for place in cut:
        match = LINK.fullmatch(lines[place].text)
        if match and match["date"] and len(_han(match["title"])) > 7 and _han(match["title"]) in head:
            return Byline(title=match["title"], published=iso_date(match["date"]))
    return Byline()


def _title(kept: list[str]) -> str | None:
    """Return the first line if it reads like a title: short, and no sentence."""
    line = headline(kept[0]) if len(kept) > 2 else None
    looks_so = (
        line is not None
        and len(line) in TITLE_LENGTH
        and not re.search(r"[。；]|[，：、]$", line)
        and not REPORTERS.match(line)
    )
    return line if looks_so else None


def headline(line: str) -> str | None:
    """Return a line without the bars and dashes that pages set around headlines; None where no words are left.

    >>> headline("上半年工业经济稳中有进 |"), headline("|")
    ('上半年工业经济稳中有进', None)
    """
    words = line.strip(" \t\u3000|｜丨·•_—–-").removeprefix("原标题：")
    return words if len(re.findall("[㐀-鿿]", words)) >= FEWEST_HAN else None


def iso_date(written: str) -> str:
    """Return a date as EDTF.

    >>> iso_date("2023年3月7日")
    '2023-03-07'
    """
    return "{:0>4}-{:0>2}-{:0>2}".format(*re.findall(r"\d+", written))


def _han(text: str) -> str:
    return re.sub(r"[^㐀-鿿0-9]", "", text)
