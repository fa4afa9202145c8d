"""A planned page → its HTML: the notebook is run, converted with the project's template, and sealed.

Everything slow is imported here, once, in the process that the workers are forked from.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from nbconvert.exporters.templateexporter import TemplateExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode

from helpers import charts
from helpers.article import Article
from helpers.charts.layout import PAGE
from helpers.clean.script import simplified, simplified_of
from helpers.extract import extract
from helpers.fragment import component_styles, without_styles
from helpers.page.font import font_face, subset_font
from helpers.page.paging import RowPage
from helpers.page.policy import harmless, with_policy
from helpers.page.rows import rows_of_page
from helpers.paths import NOTEBOOKS, TEMPLATE
from helpers.report.notebook import run_notebook
from helpers.table import observation_table
from helpers.wording import KIND_WORDS, LANGUAGES, english, in_script, language, say, set_language

if TYPE_CHECKING:
    from helpers.report import PagePlan

CONTENTS = (
    ("key-figures", "要点"), ("articles", "文章"), ("places", "地区"), ("growth_rate", "增长率"),
    ("investment", "投资额"), ("project_count", "项目数"), ("stages", "阶段"), ("completion_rate", "完成率"),
    ("projects", "具名项目"), ("period", "时期"), ("text", "原文"), ("table", "全部数字"),
    ("corrections", "更正"), ("repairs", "清洗"),
)  # fmt: skip
COLOPHON = "战报 zhanbao：从新闻文章到每个数字都有出处的报告。"
HOMES = {"article": "../index.html", "overview": "#main", "rows": "../index.html"}
AREAS = ("evidence", "wide")
RARE = "\U00010000"  # beyond the basic plane


# Has what the lexicons, the repair of mangled text and the kinds with charts are looked up for.
SAMPLE = "2023年1至6月,株洲市完成工業(yè)投资121.5亿元,同比增长8.4%,签约项目18个,占年计划的75%。鍥芥"


def warm_up() -> None:
    """Do once what every page begins with: read the word lists, find the font, draw a chart, cut the font down."""
    rows = observation_table(extract(Article(id="sample", raw=SAMPLE)).observations)
    for chart in (charts.growth_rates(rows), charts.investments(rows)):
        for panel in chart.panels:
            panel.draw(panel, PAGE)
    subset_font(SAMPLE)


def make(plan: PagePlan, site: Path) -> None:
    """Run the notebook of a page, and write the page and the notebook as it ran."""
    set_language(plan.parameters["language"])
    ran = run_notebook(NOTEBOOKS / f"{plan.notebook}.ipynb", plan.parameters)
    path = site / plan.file
    Path(f"{path}.html").write_text(page_html(ran, plan), encoding="utf-8", newline="\n")
    ipynb = path.with_name("overview.ipynb") if plan.file == "index" else Path(f"{path}.ipynb")
    ipynb.write_text(nbformat.writes(ran) + "\n", encoding="utf-8", newline="\n")


def make_stand_in(plan: PagePlan, site: Path, seconds: int) -> None:
    """Write a page that says why there is no other, and its notebook as it is before it runs."""
    set_language(plan.parameters["language"])
    why = say("这一页超过{seconds}秒仍未做成。它的数字在总览和各表中，一个不少。", seconds=seconds)
    cells = [nbformat.v4.new_markdown_cell(f"# {plan.title}\n\n{why}", id="title")]
    path = site / plan.file
    html = page_html(nbformat.v4.new_notebook(cells=cells), plan)
    Path(f"{path}.html").write_text(html, encoding="utf-8", newline="\n")
    notebook = (NOTEBOOKS / f"{plan.notebook}.ipynb").read_text(encoding="utf-8")
    Path(f"{path}.ipynb").write_text(notebook, encoding="utf-8", newline="\n")


def make_rows(page: RowPage, plan: PagePlan, site: Path) -> None:
    """Write a page of rows of a large set, which needs no notebook to run."""
    set_language(plan.parameters["language"])
    shown = nbformat.v4.new_output("display_data", {"text/html": rows_of_page(page)._repr_html_()})
    cells = [
        nbformat.v4.new_markdown_cell(f"# {plan.title}", id="title"),
        nbformat.v4.new_code_cell(outputs=[shown], id="rows", metadata={"tags": ["wide"]}),
    ]
    html = page_html(nbformat.v4.new_notebook(cells=cells), plan)
    (site / f"{plan.file}.html").write_text(html, encoding="utf-8", newline="\n")


def page_html(ran: NotebookNode, plan: PagePlan) -> str:
    """Return the page of a notebook that has run: self-contained, with its font and its policy."""
    script = (TEMPLATE / "page.js").read_text(encoding="utf-8")
    details = {
        "lang": LANGUAGES[language()],
        "title": plan.title,
        "kind": plan.kind,
        "set_name": plan.set_name,
        "home": HOMES.get(plan.notebook, "index.html"),
        "has_evidence": any(area_of(cell) == "evidence" for cell in ran.cells),
        "parameters": {name: value for name, value in plan.parameters.items() if value != ""},
        "colophon": say(COLOPHON),
        "styles": component_styles() + (TEMPLATE / "page.css").read_text(encoding="utf-8"),
        "script": script,
        "words": json.dumps(script_words(), ensure_ascii=False),
    }
    html, _ = _exporter().from_notebook_node(ran, {"page": details})
    html = html.replace("@CONTENTS@", contents(html), 1)
    html = html.replace("@FONT@", font_face(html), 1)
    return with_policy(html.replace('"@SCRIPTS@"', both_scripts(html), 1), script)


@cache
def _exporter() -> TemplateExporter:
    # Not nbconvert's HTMLExporter, which sends each page through BeautifulSoup and so renames viewBox.
    exporter = TemplateExporter(template_name="zhanbao", extra_template_basedirs=[str(TEMPLATE)])
    exporter.template_extension = ".html.j2"
    for name, function in FILTERS.items():
        exporter.register_filter(name, function)
    return exporter


def prose_html(prose: str) -> str:
    """Return the HTML of a notebook's prose; its headings get no ids, which would come out percent-encoded."""
    renderer = IPythonRenderer(escape=False, exclude_anchor_links=True)
    return MarkdownWithMath(renderer=renderer).render(prose)


def area_of(cell: NotebookNode) -> str:
    """Return where on the page a cell goes: the story, the evidence beside it, or the wide part below."""
    tags = cell.metadata.get("tags", ())
    return next((area for area in AREAS if area in tags), "story")


def prose_in_language(prose: str) -> str:
    """Return a notebook's prose in the chosen language, paragraph by paragraph where it is known."""
    if language() != "en":
        return prose
    return "\n\n".join(
        english().get(paragraph.replace("\n", " "), paragraph) for paragraph in prose.split("\n\n")
    )


def bare_html(html: str) -> str:
    """Return an output's HTML as the page takes it: without styles that it has, or scripts that it refuses."""
    return accessible_frame(harmless(without_styles(html)))


def accessible_frame(html: str) -> str:
    """Return the HTML of a DataFrame such that it can be scrolled by keyboard and has no empty heading."""
    if 'class="dataframe"' not in html:
        return html
    frame = html.replace("<th></th>", "<td></td>")
    return f'<div class="zb-scroll" tabindex="0" role="region" aria-label="{say("表")}">{frame}</div>'


FILTERS: dict[str, Any] = {
    "area": area_of,
    "bare_html": bare_html,
    "in_language": prose_in_language,
    "in_script": in_script,
    "prose_html": prose_html,
    "say": say,
}


def script_words() -> dict[str, Any]:
    """Return the words that the page's script shows."""
    return {
        "kind": say("全部类别"), "place": say("全部地区"), "year": say("全部年份"), "search": say("搜索"),
        "none": say("没有找到"), "scripts": "@SCRIPTS@",
        "kinds": {kind: say(word) for kind, word in KIND_WORDS.items()},
    }  # fmt: skip


def both_scripts(html: str) -> str:
    """Return the traditional characters of the simplified ones on a page, as JSON: a search finds words in either script.

    They are written as numbers, since they need not be in the page's font.
    """
    shown = set(simplified("".join(set(html))))
    pairs = {old: new for old, new in simplified_of().items() if new in shown and max(old, new) < RARE}
    known = {"traditional": "".join(pairs), "simplified": "".join(pairs.values())}
    return json.dumps(known)


def contents(html: str) -> str:
    """Return the links of the page's head: to those parts that the page has."""
    links = (f'<a href="#{part}">{say(word)}</a>' for part, word in CONTENTS if f'id="{part}"' in html)
    return in_script(" ".join(links))
