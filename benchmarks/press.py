"""A seed → articles as regional news sites carry them, and what other sites make of them: with the answer known.

All are made up from a small vocabulary, so they share far more of their wording than real ones do: a hard case.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from opencc import OpenCC

from helpers.article import Article

VOCABULARY = """
place 郴州市 衡阳市 株洲市 湘潭市 岳阳市 常德市 永州市 怀化市 娄底市 邵阳市 益阳市 长沙县 浏阳市 宁乡市 醴陵市 攸县 茶陵县 炎陵县
place 湘乡市 韶山市 衡南县 衡山县 耒阳市 常宁市 武冈市 平江县 汨罗市 临湘市 汉寿县 澧县 桃源县 石门县 慈利县 桑植县
industry 锂电材料 轨道交通装备 有色金属新材料 电子信息 先进陶瓷 生物医药 工程机械 现代物流 文化旅游 精品钢材 盐卤化工 智能家电
industry 竹木加工 服饰箱包 烟花制造 油茶加工 航空动力 功率半导体 光伏玻璃 预制食品
indicator 规模工业增加值 固定资产投资 工业投资 产业投资 社会消费品零售总额 进出口总额 高技术制造业投资
who 车间主任 项目专员 返乡青年 园区干部 总工程师 招商小组组长 质检员 仓库管理员 村里的老支书 物流调度员
how 逐项核对 抢着推进 连夜修改 重新排定 一遍遍演练 上门讲解 反复调试 当场敲定 悄悄准备 耐心梳理
what 新线的工艺参数 下个月的订单 供地手续 用电方案 招工名单 设备进场的次序 融资协议 物流线路 展会上的样品 配套厂的图纸
wish 让企业少跑几趟路 把延误的工期追回来 等第一批货发往海外 给后来的项目腾出标准厂房 争取秋天之前通上天然气
wish 让邻村的人也来上班 把样机送去检测 叫上下游都搬到隔壁 等专线开通再扩产 把余下的手续一次办完
"""
NUMBERS = (
    "1至{month}月，{place}{indicator}同比增长{rate}%，比上年同期提高{points}个百分点。",
    "全市新签约{industry}项目{count}个，总投资{sum}亿元，其中亿元以上项目{few}个。",
    "截至{month}月底，{place}在建重点项目{count}个，累计完成投资{sum}亿元，占年度计划的{share}%。",
    "{industry}产业实现产值{sum}亿元，增长{rate}%，带动就业{people}人。",
    "园区新开工项目{count}个，竣工投产项目{few}个，实际到位内资{sum}亿元。",
    "{place}引进{industry}企业{few}家，计划总投资{sum}亿元，达产后年产值可达{sum2}亿元。",
    "全年计划引进{industry}项目{count}个，已完成{few}个，完成率为{share}%。",
    "{indicator}完成{sum}亿元，增长{rate}%，增速居全省第{few}位。",
)
NARRATIVE = (
    "在{place}一家从事{industry}的工厂里，{who}正{how}{what}。",
    "“{wish}，我们就{how}{what}。”{who}说起这一年的变化时这样讲。",
    "为了把{industry}这条链做起来，当地{how}{what}，{wish}。",
    "{who}告诉记者，{industry}最难的是{what}，如今{wish}。",
    "午后的{place}，{who}还在{how}{what}，准备{wish}。",
    "从{industry}到{industry2}，{place}的办法是{how}{what}，再{wish}。",
)
HEADLINES = (
    "{place}：{wish}",
    "{industry}如何在{place}扎根",
    "{place}{how}{what}",
    "探访{place}：{who}的一天",
)
OTHER_HEADLINES = ("{who}的一天", "{industry}稳中有进", "记者手记：{wish}", "{how}{what}，{wish}")
FURNITURE = (
    "首页 > 新闻 > 地方\n来源：{place}新闻网 编辑：小何\n{text}\n责任编辑：小何\n相关新闻\n{other}\n",
    "当前位置：{place}在线\n{text}\n声明：转载此文是出于传递更多信息之目的。\n",
    "{text}\n（原标题：{other}）\n分享到：\n",
)
BULLETIN = (
    "{place}统计局发布的数据显示，1至{month}月，全市经济运行总体平稳，稳中有进。",
    "工业生产较快增长。全市规模工业增加值同比增长{rate}%，其中{industry}增长{rate}%，{industry2}增长{rate}%。",
    "投资结构继续优化。全市固定资产投资同比增长{rate}%，完成工业投资{sum}亿元，高技术制造业投资{sum}亿元。",
    "消费市场持续恢复。社会消费品零售总额{sum}亿元，同比增长{rate}%，限额以上单位零售额{sum2}亿元。",
    "重点项目有序推进。全市在建重点项目{count}个，完成投资{sum}亿元，占年度计划的{share}%。",
    "总的来看，全市经济延续恢复向好态势，但外部环境依然复杂，下阶段要抓好各项政策落实。",
)


@dataclass(frozen=True, slots=True)
class Press:
    """Articles in no order, and of each copy the article it was made from."""

    articles: tuple[Article, ...]
    original: dict[str, str]


@cache
def vocabulary() -> dict[str, list[str]]:
    """Return the words for each blank."""
    words: dict[str, list[str]] = {}
    for line in VOCABULARY.strip().splitlines():
        blank, *choices = line.split()
        words.setdefault(blank, []).extend(choices)
    return words


class Writer:
    """Writes articles; the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def words(self) -> dict[str, object]:
        """Return a value for each blank of the templates."""
        chance = self.random
        words: dict[str, object] = {blank: chance.choice(choices) for blank, choices in vocabulary().items()}
        return words | {
            "industry2": chance.choice(vocabulary()["industry"]), "month": chance.randint(2, 11),
            "rate": chance.randint(10, 299) / 10, "points": chance.randint(1, 39) / 10,
            "count": chance.randint(12, 399), "few": chance.randint(2, 30), "people": chance.randint(200, 30000),
            "sum": chance.randint(100, 99999) / 100, "sum2": chance.randint(100, 9999) / 10,
            "share": chance.randint(300, 1300) / 10,
        }  # fmt: skip

    def fill(self, template: str, **fixed: object) -> str:
        """Return a template with its blanks filled."""
        return template.format_map(self.words() | fixed)

    def story(self) -> str:
        """Return an article with a headline, of four to nine paragraphs."""
        place = self.random.choice(vocabulary()["place"])
        paragraphs = [
            "".join(
                self.fill(
                    self.random.choice(NUMBERS if self.random.random() < 0.4 else NARRATIVE), place=place
                )
                for _ in range(self.random.randint(2, 4))
            )
            for _ in range(self.random.randint(4, 9))
        ]
        return "\n".join([self.fill(self.random.choice(HEADLINES), place=place), *paragraphs])

    def bulletins(self, months: int) -> Iterator[str]:
        """Yield the monthly bulletins of one bureau: the same words, other figures."""
        fixed = {name: self.words()[name] for name in ("place", "industry", "industry2")}
        for month in range(2, 2 + months):
            lines = (self.fill(line, **fixed, month=month) for line in BULLETIN)
            yield "\n".join([f"{fixed['place']}公布1至{month}月经济运行情况", *lines])

    def copy(self, text: str) -> str:
        """Return an article as another site has it: one to three changes."""
        for change in self.random.sample(CHANGES, self.random.randint(1, 3)):
            text = change(self, text)
        return text


def with_other_headline(writer: Writer, text: str) -> str:
    """Return the article under another headline."""
    return writer.fill(writer.random.choice(OTHER_HEADLINES)) + "\n" + text.partition("\n")[2]


def with_furniture(writer: Writer, text: str) -> str:
    """Return the article with what a page puts around it."""
    other = writer.fill(writer.random.choice(OTHER_HEADLINES))
    return writer.fill(writer.random.choice(FURNITURE), text=text, other=other)


def with_a_cut(writer: Writer, text: str) -> str:
    """Return the article without one of its paragraphs, never the first."""
    lines = text.split("\n")
    if len(lines) > 4:
        del lines[writer.random.randrange(2, len(lines))]
    return "\n".join(lines)


def in_traditional(writer: Writer, text: str) -> str:
    """Return the article in traditional characters."""
    return OpenCC("s2t").convert(text)


def with_slips(writer: Writer, text: str) -> str:
    """Return the article with two characters that are not numbers mistyped."""
    words = [match.start() for match in re.finditer(r"[\u4e00-\u9fff]", text)]
    for place in writer.random.sample(words, 2):
        text = text[:place] + "某" + text[place + 1 :]
    return text


Change = Callable[[Writer, str], str]
CHANGES: tuple[Change, ...] = (
    with_other_headline,
    with_furniture,
    with_a_cut,
    in_traditional,
    with_slips,
)


def press(number: int, share_of_copies: float = 0.2, seed: int = 1) -> Press:
    """Return so many articles: a share of copies, a tenth monthly bulletins, the rest stories of their own."""
    writer = Writer(seed)
    copies = round(number * share_of_copies)
    texts = [text for _ in range(number // 100) for text in writer.bulletins(10)]
    texts += [writer.story() for _ in range(number - copies - len(texts))]
    names = [f"n{name:06}" for name in writer.random.sample(range(10 * number), number)]
    articles = {name: Article(name, text) for name, text in zip(names, texts, strict=False)}
    original = {}
    for name in names[len(texts) :]:
        chosen = writer.random.choice(names[: len(texts)])
        original[name] = chosen
        articles[name] = Article(name, writer.copy(articles[chosen].raw))
    shuffled = list(articles.values())
    writer.random.shuffle(shuffled)
    return Press(tuple(shuffled), original)
