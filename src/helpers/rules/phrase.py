"""The noun phrase that a figure is said of: before it (规模工业增加值 8.4%) or after it (4家龙头企业).

There is no parser: a phrase ends at closed-class words beside the figure (达, 约, 同比增长) and begins after
the last word of lexicons/phrase.tsv, a time, a place or a mark.
"""

from __future__ import annotations

import re
from functools import cache

from helpers.lexicon import read_lexicon
from helpers.segment import Span

# Words that stand between a noun phrase and its figure, longest first when compiled.
LINKS = ["达到", "达", "为", "有", "是", "约", "约为", "约有", "近", "逾", "超", "超过", "突破", "高达", "完成", "实现", "已", "已达", "共", "共计", "合计", "总计", "累计", "累计达", "累计达到", "累计完成", "了", "的", "则", "也", "均", "各", "只", "仅", "就", "便", "将", "可", "可达", "预计", "预计达", "至", "到", "增至", "升至", "降至", "增加到", "增加至", "提高到", "提高至", "提升到", "提升至", "上升到", "上升至", "下降到", "下降至", "降低到", "达成", "录得", "报", "计", "数", "分别", "分别达", "分别为", "分别达到", "同比", "环比", "比上年", "较上年", "比去年", "较去年", "同比分别", "比上年同期", "较上年同期", "比去年同期", "较去年同期", "去年同期", "上年同期", "按可比价格计算", "按可比价计算", "按不变价格计算", "按可比口径计算", "年均", "年平均", "年增", "年减", "月增", "月减", "季增", "季减", "年增率", "年成长", "按年", "按月", "按季", "增长", "增加", "上升", "提高", "上涨", "增幅", "增速", "提升", "涨幅", "攀升", "扩大", "下降", "减少", "下跌", "降低", "回落", "下滑", "降幅", "增长了", "增加了", "下降了", "减少了", "提高了", "上升了", "增", "减", "升", "降", "涨", "跌", "增长率", "增长率为", "增长率达", "增速为", "增速达", "增速达到", "增速达到了", "增幅为", "增幅达", "增幅达到", "大幅", "小幅", "略", "微", "微增", "微降", "净", "仅增长", "再", "又", "首次", "首", "大概", "大约", "左右", "最高", "最低", "不低于", "不少于", "不超过", "至少", "占", "占比", "占比达", "占比为", "比重", "比重为", "比重达", "控制在", "保持在", "保持", "稳定在", "维持在", "位于", "跃升至", "跃居", "名义", "实际", "快速", "稳步", "持续", "继续", "逆势", "强劲", "平稳", "迅速", "成长", "衰退", "负增长", "正增长", "超额完成", "超", "人民币", "新台币", "折合", "相当于", "总额达", "数量达", "总数达", "总量达", "规模达", "金额达", "其中", "、", "和", "与", "及", "以及", "，", "(", "：", ":", "“", "‘", "—", "-", "~", "；", "翻了", "翻", "较", "比", "同期", "上年", "去年", "前年", "同期相比", "相比", "目标", "每年", "平均", "每", "约占", "均为", "年", "年递增", "递增", "共有", "现有", "拥有", "不到", "不足", "低于", "高于", "多达", "已超", "已超过", "已突破", "已有", "已完成", "已实现", "为了", "能", "能够", "可以", "会", "力争", "争取", "确保", "拟", "计划", "拟定", "设为", "定为", "定", "在", "以", "按", "由", "从", "比重达到", "比重为", "占比达到", "达到了", "完成了", "实现了", "仅为", "仅有", "只有", "一共", "总共", "一举", "上", "上年末", "比上年末", "较上年末", "年末", "比年初", "较年初", "总", "呈", "出现"]  # fmt: skip

_MARKS = "，。；：！？、,;:!?（）()“”‘’《》【】[]…— \t"
BARE_HEADS = 2  # a phrase this short says too little by itself and takes its verb along: 走访企业
LIGHT = frozenset(["有", "拥有", "共有", "现有", "已有", "达", "达到", "为", "是", "共", "共计", "累计", "合计", "总计", "已", "全市", "全省", "全县", "全区", "全国", "全年", "其中", "分别", "和", "与", "及", "将", "预计", "实现", "新", "目前", "在", "对", "了", "约", "并", "且", "的", "等", "我市", "以", "由", "把", "让", "我省", "全州", "可", "可实现", "占", "主要", "平均", "每年", "最高", "年", "要", "使", "增长", "下降", "同比", "提供", "包括", "涉及", "来自", "力争", "确保", "争取", "计划", "属于", "仅", "均"])  # fmt: skip


@cache
def _link_tail() -> re.Pattern[str]:
    words = sorted({w[::-1] for w in LINKS}, key=len, reverse=True)
    return re.compile("(?:" + "|".join(map(re.escape, words)) + ")+")


def trim_links(text: str, start: int, end: int) -> int:
    """Where the text before a figure ends once the words that only link it are taken off.

    >>> t = "规模工业增加值同比增长"
    >>> t[: trim_links(t, 0, len(t))]
    '规模工业增加值'
    """
    match = _link_tail().match(text[start:end][::-1])
    return end - match.end() if match else end


def _last_mark(text: str, start: int, end: int, lists: bool = False) -> int:
    """Where the phrase can begin at the earliest: after the last mark, brackets and quotes kept whole."""
    depth = 0
    i = end
    while i > start:
        c = text[i - 1]
        if c in ")）”》’":
            depth += 1
        elif c in "(（“《‘":
            if not depth:
                return i
            depth -= 1
        elif not depth and c in _MARKS and not (c == "、" and (lists or _joins_nouns(text, i - 1, start))):
            return i
        i -= 1
    return i


def _joins_nouns(text: str, comma: int, start: int) -> bool:
    """Whether a 、 joins syllables of one word (停、减产企业; 光、屏) and not members of a list."""
    left = text[max(start, comma - 3) : comma]
    return 0 < len(left) < 3 and not any(c in "0123456789%元)” " for c in left)


def _quoted(region: str) -> list[tuple[int, int]]:
    """The stretches of a phrase within quotation marks or brackets: words there do not cut it."""
    return [m.span() for m in _QUOTED.finditer(region)]


_QUOTED = re.compile(r"“[^“”]*”|\([^()]*\)|《[^《》]*》|「[^「」]*」")
# 1000万元以上的项目: the 的 after a threshold belongs to the name of the class.
_THRESHOLD_DE = re.compile(r"(?:以上|以下|以内|之间|调度|[元亿万])$")


_NOT_HAVE = ("国所公民私含拥专没特稀享固持", "色机限效线害氧轨关望序")


def _cuts_alone(region: str, at: int) -> bool:
    """等 and the verb 有 cut wherever they stand; 国有, 有色 are not that verb."""
    if region[at] == "有":
        return at > 0 and region[at - 1] not in _NOT_HAVE[0] and region[at + 1] not in _NOT_HAVE[1]
    return region[at] == "等"


_NUMBERING = re.compile(r"(?:[一二三四五六七八九十]是|其次是|首先是|其中)")


def _cut(text: str, first: int, stop: int) -> tuple[int, str]:
    """Where the noun phrase in text[first:stop] begins, and the word that it begins after.

    A word of one character cuts only where another cut stands right before it: 共 in 全市共引进, not in 公共.
    """
    region = text[first:stop]
    quoted = _quoted(region)
    offset, verb = 0, ""
    for cue in read_lexicon("phrase").find(region):
        if cue.end >= len(region) or any(s < cue.end and cue.start < e for s, e in quoted):
            continue
        if cue.end - cue.start == 1 and cue.start != offset and not _cuts_alone(region, cue.start):
            continue
        offset, verb = cue.end, cue.cue
    de = region.rfind("的", offset)
    while de >= 0 and (de + 1 >= len(region) or any(s < de < e for s, e in quoted) or _THRESHOLD_DE.search(region[:de])):
        de = region.rfind("的", offset, de)
    if de >= 0:
        offset, verb = de + 1, ""
    while offset < len(region) and region[offset] in "、和与及的了":
        offset += 1
    numbering = _NUMBERING.match(region, offset)
    return first + (numbering.end() if numbering else offset), verb


def left_phrase(text: str, start: int, end: int, masks: tuple[tuple[int, int], ...] = (), lists: bool = False) -> tuple[Span, str]:
    """The noun phrase that ends before a figure, and the word that it begins after.

    `masks` are the spans of times and places: the phrase stands between them, never across. With `lists`
    a 、 is kept, for phrases that are dealt out. The span is empty where there is no noun.

    >>> t = "全市累计完成工业投资"
    >>> span, verb = left_phrase(t, 0, len(t)); t[span.start : span.end], verb
    ('工业投资', '累计完成')
    """
    stop = trim_links(text, start, end)
    while True:
        mask = next((m for m in masks if m[0] < stop <= m[1]), None)
        if mask is None or mask[0] <= start:
            if mask is not None:
                return Span(stop, stop), ""
            break
        stop = trim_links(text, start, mask[0])
    first = max([_last_mark(text, start, stop, lists), *(m[1] for m in masks if start < m[1] <= stop)])
    offset, verb = _cut(text, first, stop)
    if 0 < stop - offset <= BARE_HEADS and verb and verb not in LIGHT and offset - len(verb) >= first:
        offset -= len(verb)
    return Span(offset, stop), verb


_RIGHT_STOPS = ["进行", "组成", "实现", "集中开工", "集中签约", "就", "在", "被", "已", "正", "均", "将", "开工", "竣工", "签约", "投产", "参加", "落户", "落地", "参会", "入驻", "获得", "获批", "达到", "达", "完成", "开展", "同比", "比", "较", "占", "为", "是", "有", "由", "从", "向", "对", "与会", "参与", "等", "解决", "发放", "建成", "投入", "顺利", "相继", "陆续", "先后", "成功", "全部", "正式", "建设", "推进", "实施", "增长", "下降", "共", "合计", "总投资", "计划", "预计", "涉及", "涵盖", "分别", "提供", "通过", "纳入", "列入", "也", "还", "都", "可", "能", "以", "使", "让", "并", "且", "而", "集中", "加快", "全面", "实行", "立足", "致力", "到", "来", "及时", "进入", "到访", "前来", "走进", "接受", "成立", "出席", "现场", "正在", "加紧", "有序", "扎实", "快速", "如期", "按时", "到位", "上门", "更", "齐", "同时", "尚", "未", "仍", "则", "曾", "突破", "超过", "总", "年产值", "排名", "位居", "居", "用于", "来自", "分布", "覆盖", "惠及", "受益", "上线", "投运", "验收", "通车", "复工", "动工", "奠基", "得到", "引进", "遍布", "助力", "带动", "拉动", "促进", "支撑", "拥有", "涌现", "荣获", "上市", "挂牌", "揭牌", "亮相", "启动", "签订", "签署", "达成", "报名", "注册", "聚集", "集聚", "落成", "运营", "运行", "营业", "开业", "开通", "开园", "入园", "入库", "入统", "入规", "入选", "当选"]  # fmt: skip


# Syllables after which a stop word is part of another word: 就业, 在线, 可再生.
_NOT_STOP = {
    "就": "(?!业|医|读|诊|学|餐)", "在": "(?!建|线|岗|校|谈|库|册|园|手|职|用)", "可": "(?!再生|支配|持续|视)", "有": "(?!色|机|效|限|线|轨)",
    "总": "(?!部|量|额|成)", "以": "(?!上|下|内)", "更": "(?!新)", "来": "(?!自|访|料|源)", "让": "(?!利)", "使": "(?!用|馆)",
    "还": "(?!款|建)", "为": "(?!民)", "对": "(?!外|口|接)", "将": "(?!军)", "集中": "(?!供|式|连)", "由": "(?!来)", "能": "(?!源|耗|力|效)",
    "建设": "(?!用地|项目|工程|银行|标准|规模)", "服务": "(?!业|专员|站|中心|平台|器)", "是": "(?!否)", "分布": "(?!式)", "正": "(?!极|规|向)", "同时": "", "向": "(?!阳)",
}  # fmt: skip


@cache
def _right_stop() -> re.Pattern[str]:
    words = sorted(_RIGHT_STOPS, key=len, reverse=True)
    return re.compile("(?:" + "|".join(re.escape(w) + _NOT_STOP.get(w, "") for w in words) + r")(?!的?(?:项目|工程|企业|面积|商户|资金))|[，。；：！？,;:!?…\n]")


_KEEP_WHOLE = re.compile(
    r"(?:在建|在谈|拟建|新建|续建|开工|竣工|投产|签约|已建|落户|落地|拟竣工|未开工|重点建设|建设|引进|集中签约|计划实施|实施|推进|总部|正式|全面|开复工|可开复工|入库|入统|入规|在库|上市|运营|拟入规|规上|获批|注册|入驻|参展|参会|来访)"
)
_HEAD = re.compile(r"项目|工程|企业(?!家|负责|主|法人|代表|高管|服务|员工|职工|职业|技术|集团|类|人才|联合|名录|信用|精神|发展)|公司|机构")


# What may follow 项目 or 企业 within one noun: 项目服务专员, 企业(项目)服务专员.
_NOUN_TAIL = re.compile(r"(?:人员|专员|人才|人士|代表|骨干|干部|中心|平台|机构|政策|制度|资金|活动|会议|站|点|岗位|事项|问题|负责人|团队|班|库|单位|主体|家|者|品|车间|基地|产品|合同|协议|专班|户|群)$")


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
_DESCRIBED = re.compile(r"(?:促进|支持|推动|加快|服务|帮扶|解决|涉及|用于|关于|实施|推进|提升|优化|加强|完善|参与|从事|面向)[^，。；：、]{2,14}的[^，。；：、的\d]{2,8}(?=[，。；：、]|$)")


def right_phrase(text: str, start: int, end: int) -> Span:
    """The noun phrase that follows a figure; empty where a verb or a mark follows.

    >>> t = "个纳入省重点调度的工业项目集中开工"
    >>> span = right_phrase(t, 1, len(t)); t[span.start : span.end]
    '纳入省重点调度的工业项目'
    """
    while start < end and text[start] in "的 ":
        start += 1
    region = text[start:end]
    keep = _KEEP_WHOLE.match(region)
    search_from = keep.end() if keep else (2 if region.startswith(("纳入", "列入")) else 0)
    stop = _right_stop().search(region, search_from)
    if stop and stop[0][0] not in _MARKS and stop.start() >= 2 and re.match(r"[，。；！？、…]|$", text[start + stop.end() : start + stop.end() + 1]) and stop[0] in ("建设", "签订", "运营", "服务"):
        stop = _right_stop().search(region, stop.end())
    length = stop.start() if stop else len(region)
    if length < 2 and (described := _DESCRIBED.match(region)):
        length = described.end()
    length = _end_of_head(region, length)
    phrase = region[:length].rstrip("、和与及的(（“ ")
    if phrase and phrase[0] in "，。；：、）)”":
        return Span(start, start)
    if phrase.count("(") > phrase.count(")"):
        phrase = phrase[: phrase.rindex("(")]
    return Span(start, start + len(phrase))
