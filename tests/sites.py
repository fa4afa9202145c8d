"""What the tests of published pages look at: a small set of articles with everything that may go wrong in a page."""

import csv
import fcntl
import json
from contextlib import contextmanager
from functools import cache, cached_property
from html.parser import HTMLParser
from pathlib import Path

import hostile

from helpers.correction import COLUMNS

ARTICLES = {
    "growth": "株洲一季度开局\n1至3月，株洲市规模工业增加值同比增长8.4%，固定资产投资下降3.2%。完成工业投资121.5亿元，新签约项目18个，"
    "总投资约70亿元。全年计划地区生产总值增长7.5%左右。实际使用外资4478万美元。",
    "planned": "今年的打算\n2024年，渌口区计划引进产业项目18个，计划总投资120亿元。",
    "single": "一条短讯\n2023年，北湖区签约项目6个。",
    "none": "没有数字\n春天来了，江边的柳树绿了。",
    "hostile": "标题<script>alert(1)</script>\n2023年，“<img src=x onerror=alert(2)>”项目总投资5亿元，"
    'javascript:alert(3) 的项目" onmouseover="alert(4)增长9.1%。',
}
ABOUT = {
    "growth": ("株洲一季度开局", "https://example.org/a?b=1&c=2", "2023-04", "株洲市"),
    "hostile": ('"><script>alert(5)</script>', "javascript:alert(6)", "2023-05", "<b>郴州市</b>"),
}
CORRECTIONS = (
    ("growth", "18个", "", "", "stage", "开工", "<b>看错</b>", '" onmouseover="alert(7)', "2026-03-05"),
    ("growth", "18个", "", "", "place", "", "javascript:alert(8)", "李明", "2026-03"),
    ("planned", "18个", "", "", "drop", "", "=重复", "李明", "2026-03-05"),
)

FIRST = """茶陵县把闲置厂房变成新车间
2024年1至2月，茶陵县规模工业增加值同比增长9.3%，完成工业投资7.84亿元，增长16.2%，占年计划的14.9%。
茶陵县新签约项目17个，总投资41.5亿元；光伏玻璃项目总投资3000万美元，高压电瓷项目总投资1.2亿元，精密齿轮项目总投资500万欧元。
"""
ONLY_IN_REPRINT = "园区还盘活闲置厂房11.6万平方米。\n"
RATES = "USD=7.0827@2023-12-29 HKD=0.90622@2023-12-29"

SHIPPED = Path(__file__).parents[1] / "data" / "raw" / "hunan"
SHARED = Path(__file__).parents[2] / "shared" / "articles"
SETS = {
    "small": sorted(ARTICLES),
    "shipped": sorted(path.stem for path in SHIPPED.glob("*.txt")),
    "shared": sorted(path.stem for path in SHARED.glob("*.txt")),
    "notice": ["single"],  # one short notice without growth rates
    "copies": ["first", "reprint"],  # one article on two sites, its sums in several currencies
    "large": ["a000", "a001"],  # 200 articles, of which these get pages: the first of those with most figures
}
SET_PAGES = ("index", "clean", "tabulate")
ROW_PAGES = ("rows/growth_rate-001", "rows/count-001")  # of the large set: its overview has no room for rows
ARTICLE_PAGES = 2
EVERY_PAGE = 1000  # more than any other set has articles
PLACES = ("郴州市", "衡阳市", "株洲市", "湘潭市", "岳阳市", "常德市", "永州市", "怀化市", "娄底市", "邵阳市")


def pages() -> list[tuple[str, str]]:
    """Return all pages of all sets: the set, and the page's path without ending."""
    return [
        (name, page)
        for name, articles in SETS.items()
        for page in (
            *SET_PAGES,
            *(f"articles/{article}" for article in articles),
            *(ROW_PAGES if name == "large" else ()),
        )
        if articles
    ]


def articles_of(name: str, folder: Path) -> Path:
    """Return where the articles of a set lie; those that the tests make are written to the folder."""
    if name == "small":
        return write_articles(folder / "small")
    if name == "notice":
        return write_notice(folder / "notice")
    if name == "copies":
        return write_copies(folder / "copies")
    if name == "large":
        return write_many(folder / "large.jsonl")
    if name == "hostile":
        hostile.write(folder / "hostile")
        return folder / "hostile"
    return {"shipped": SHIPPED, "shared": SHARED}[name]


def write_notice(folder: Path) -> Path:
    """Write a set of one short notice, and return its folder."""
    folder.mkdir()
    (folder / "single.txt").write_text(ARTICLES["single"], encoding="utf-8")
    return folder


def write_copies(folder: Path) -> Path:
    """Write an article, and what another site made of it, and return their folder."""
    folder.mkdir()
    headline, _, text = FIRST.partition("\n")
    (folder / "first.txt").write_text(f"{headline}\n{text}", encoding="utf-8")
    (folder / "reprint.txt").write_text(f"外资项目落户茶陵\n{text}{ONLY_IN_REPRINT}", encoding="utf-8")
    about = "file,source,published\nfirst.txt,茶陵日报,2024-03-12\nreprint.txt,湘东网,2024-03-13\n"
    (folder / "articles.csv").write_text(about, encoding="utf-8")
    return folder


def write_many(path: Path, number: int = 200) -> Path:
    """Write many short articles to one file, and return it."""
    lines = (
        {
            "id": f"a{n:03}",
            "text": f"2023年1至{n % 11 + 2}月，{PLACES[n % 10]}规模工业增加值同比增长{n % 17 + 0.5}%，完成工业投资{n + 100}亿元，"
            f"签约项目{n + 3}个，占全年任务的{n % 60 + 50}%，总投资{n * 7 + 20}亿元，新增就业{n * 90 + 700}人。",
        }
        for n in range(number)
    )
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return path


def write_articles(folder: Path) -> Path:
    """Write the small set, and return its folder."""
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    with (folder / "articles.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["file", "title", "source", "url", "published", "place"])
        for name, (title, url, published, place) in ABOUT.items():
            writer.writerow([f"{name}.txt", title, "本报", url, published, place])
    with (folder / "corrections.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([COLUMNS, *CORRECTIONS])
    return folder


@contextmanager
def once(folder: Path, done: str):
    """Let one of several test processes in; the others wait, and see that it is done."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield (folder / done).exists()


class Page(HTMLParser):
    """The elements of a page: (tag, attributes), ids, links, and the text of headings."""

    VOID = frozenset({"meta", "link", "input", "img", "br", "hr", "path", "rect", "use"})

    def __init__(self, path: Path):
        super().__init__(convert_charrefs=True)
        self.path = path
        self.source = path.read_text("utf-8")
        self.elements: list[tuple[str, dict]] = []
        self.open: list[str] = []
        self.wrongly_closed: list[str] = []
        self.text: list[str] = []
        self.feed(self.source)

    def handle_starttag(self, tag, attributes):
        names = [name for name, _ in attributes]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice"
        self.elements.append((tag, dict(attributes)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.wrongly_closed.append(tag)

    def handle_data(self, data):
        if self.open and self.open[-1] not in {"script", "style"}:
            self.text.append(data)

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids that a link may lead to."""
        return frozenset(self.values("id"))

    def values(self, attribute):
        """Return the values that an attribute has anywhere on the page."""
        return [attributes[attribute] for _, attributes in self.elements if attribute in attributes]


read_page = cache(Page)
