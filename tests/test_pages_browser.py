"""The published pages in a real browser: accessible, quiet, within their width, and working when used."""

import shutil
from importlib.util import find_spec
from itertools import product
from pathlib import Path

import pytest
import sites

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
playwright = pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on the path")

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
RULES_OF_COLOURS = ("color-contrast",)  # all that the dark page can break: no other rule looks at colours


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser, publish_once):
    """Return what opens a page of the small set, with all it says on its console and all it asks for."""
    contexts = []

    def visit(name, *, of="small", width=1200, scheme="light", **options):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.said, page.asked = [], []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("dialog", lambda dialog: (page.said.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto((publish_once(of) / f"{name}.html").as_uri())
        return page

    yield visit
    for context in contexts:
        context.close()


def violations(page, rules=RULES) -> list[str]:
    """Return what axe finds against a page, a line each."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(axe_source())
    looked_at = {"include": ["html"], "exclude": ["tbody tr:nth-child(n+25)"]}  # rows are alike
    asked = {"runOnly": rules, "resultTypes": ["violations"]}  # else axe describes all that is right, too
    found = page.evaluate("([where, asked]) => axe.run(where, asked)", [looked_at, asked])
    return [f"{one['id']}: {node['html'][:120]}" for one in found["violations"] for node in one["nodes"]]


def axe_source() -> str:
    spec = find_spec("axe_playwright_python")
    if spec is None:
        pytest.skip("axe-playwright-python, which carries axe-core, is not installed")
    return (Path(spec.origin).parent / "axe.min.js").read_text("utf-8") + ";undefined"


@pytest.mark.parametrize(("of", "name"), sites.pages())
def test_page_is_accessible_quiet_and_within_its_width(visit, of, name):
    page = visit(name, of=of)
    for width, scheme in product((1200, 390), ("light", "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        rules = RULES if scheme == "light" else RULES_OF_COLOURS
        assert (width, scheme, violations(page, rules)) == (width, scheme, [])
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.said == []
    assert [url for url in page.asked if not url.startswith(("file:", "data:"))] == []
    assert len([url for url in page.asked if url.startswith("file:")]) == 1


def test_a_bar_leads_to_its_sentence_and_back_to_its_row(visit):
    page = visit("articles/growth")
    bar = page.locator("#growth_rate svg.zb-wide a.zb-mark").first
    bar.click()
    mark = page.locator(":target")
    assert mark.get_attribute("id") == bar.get_attribute("href")[1:]
    assert mark.is_visible()
    box, window = mark.bounding_box(), page.viewport_size
    assert 0 <= box["y"] <= window["height"]
    mark_link = mark.get_attribute("href")
    mark.click()
    row = page.locator(":target")
    assert row.get_attribute("data-row") == bar.get_attribute("data-row")
    assert row.get_attribute("id") == mark_link[1:]
    row.locator(".zb-number a").click()
    assert page.locator(":target").get_attribute("href") == mark_link


def test_the_text_lies_beside_the_story_and_never_over_the_tables(visit):
    page = visit("articles/hunan-001", of="shipped")
    page.locator("#table tbody tr").last.scroll_into_view_if_needed()
    pane, table = page.locator(".evidence").bounding_box(), page.locator("#table").bounding_box()
    assert pane["y"] + pane["height"] <= table["y"]
    page.locator("#table tbody tr .zb-number a").last.click()
    seen = """() => {
        const target = document.querySelector(":target"), box = target.getBoundingClientRect();
        return document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2) === target;
    }"""
    assert page.evaluate(seen)


def test_bars_can_be_reached_by_tab(visit):
    page = visit("articles/growth")
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.closest('.zb-mark')?.dataset.row ?? ''"))
    assert reached >= set(
        page.locator("#growth_rate svg.zb-wide a.zb-mark").evaluate_all("all => all.map(a => a.dataset.row)")
    )


def test_the_overview_leads_to_the_sentence(visit):
    page = visit("index")
    page.locator("#growth_rate svg.zb-broad a.zb-mark").first.click()
    page.wait_for_url("**/articles/*.html#t-*")
    assert page.locator(":target").is_visible()


def test_sorting(visit):
    page = visit("articles/growth")
    values = "all => all.map(cell => Number(cell.dataset.sort))"
    cells = page.locator("#table td.zb-number")
    for _ in range(2):
        page.get_by_role("button", name="数值").click()
        shown = cells.evaluate_all(values)
        assert shown in (sorted(shown), sorted(shown, reverse=True))
    assert shown == sorted(shown, reverse=True)
    assert page.locator("#table th[aria-sort]").get_attribute("aria-sort") == "descending"


def test_one_filter_drives_table_and_charts(visit):
    page = visit("articles/growth")
    page.get_by_label("全部类别").select_option("growth_rate")
    shown = page.locator("#table tbody tr:visible")
    assert set(shown.evaluate_all("all => all.map(row => row.dataset.kind)")) == {"growth_rate"}
    assert page.locator("#growth_rate .zb-wide .zb-off").count() == 0
    assert page.locator("#investment .zb-wide a:not(.zb-off)").count() == 0
    assert violations(page) == []


def test_search(visit):
    page = visit("articles/growth")
    page.get_by_label("搜索").fill("121.5")
    assert page.locator("#table tbody tr:visible").count() == 1
    page.get_by_label("搜索").fill("")
    assert page.locator("#table tbody tr:visible").count() == page.locator("#table tbody tr").count()


def test_search_finds_words_in_either_script(visit):
    page = visit("articles/growth")
    shown = page.locator("#table tbody tr:visible")
    page.get_by_label("搜索").fill("投资")
    found = shown.all_text_contents()
    page.get_by_label("搜索").fill("投資")
    assert 0 < len(found) < page.locator("#table tbody tr").count()
    assert shown.all_text_contents() == found


def test_search_finds_key_figures_too_and_says_where_there_are_none(visit):
    page = visit("articles/growth")
    page.get_by_label("搜索").fill("121.5")
    assert page.locator(".zb-keys li:visible strong").all_text_contents() == ["121.5亿元"]
    page.get_by_label("搜索").fill("不在文中")
    assert page.locator(".zb-keys li:visible").count() == 0
    assert page.locator("#filters output").text_content() == "没有找到"
    page.get_by_label("搜索").fill("")
    assert page.locator(".zb-keys li:visible").count() > 1
    assert page.locator("#filters output").text_content() == ""


@pytest.mark.parametrize("width", [1200, 800, 390])
def test_the_whole_menu_is_seen(visit, width):
    page = visit("index", of="shipped", width=width)
    cut = """all => all.filter(link => {
        const box = link.getBoundingClientRect();
        return document.elementFromPoint(box.left + box.width - 2, box.top + box.height / 2) !== link;
    }).map(link => link.textContent)"""
    assert page.locator(".bar nav a").count() > 10
    assert page.locator(".bar nav a").evaluate_all(cut) == []


@pytest.mark.parametrize(("name", "table"), [("tabulate", "kinds"), ("clean", "counts")])
def test_columns_of_counts_keep_their_headings_on_a_phone(visit, name, table):
    page = visit(name, width=390)
    assert page.locator(f"#{table} thead th").last.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_table_that_goes_on_beyond_the_edge_is_shaded_there(visit):
    page = visit("index", of="shipped", width=390)
    box = page.locator("#places .zb-scroll")
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    assert box.evaluate("box => getComputedStyle(box).backgroundAttachment") == "local, local, scroll, scroll"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_row_gives_the_line_that_corrects_it_at_a_click(visit, scripts):
    page = visit("articles/growth", java_script_enabled=scripts)
    line = page.locator("#table .zb-line").first
    assert not line.is_visible()
    page.locator("#table .zb-fix summary").first.click()
    assert line.is_visible()
    line.click()
    if scripts:
        assert page.evaluate("getSelection().toString()") == line.text_content()


def test_everything_is_there_without_javascript(visit):
    page = visit("articles/growth", java_script_enabled=False)
    assert page.locator("#table tbody tr").first.is_visible()
    assert page.locator("#growth_rate svg.zb-wide").is_visible()
    assert page.locator("#text a.zb-figure").first.is_visible()
    assert not page.locator("#filters").is_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_one_button_shows_the_code(visit, scripts):
    page = visit("articles/growth", java_script_enabled=scripts)
    code = page.locator("pre.code").first
    assert not code.is_visible()
    page.locator("#show-code").click()
    assert code.is_visible()


@pytest.mark.parametrize(
    ("width", "shown", "hidden"), [(1200, "zb-wide", "zb-narrow"), (390, "zb-narrow", "zb-wide")]
)
def test_each_screen_gets_its_drawing(visit, width, shown, hidden):
    page = visit("articles/growth", width=width)
    assert page.locator(f"#growth_rate svg.{shown}").is_visible()
    assert not page.locator(f"#growth_rate svg.{hidden}").is_visible()


def test_chart_text_is_large_enough_on_a_phone(visit):
    page = visit("articles/growth", width=390)
    heights = page.locator("#growth_rate svg.zb-narrow text").evaluate_all(
        "all => all.map(t => t.getBoundingClientRect().height)"
    )
    assert min(heights) >= 10


def test_the_embedded_font_is_used(visit):
    page = visit("articles/growth")
    page.evaluate("document.fonts.ready")
    assert page.evaluate("document.fonts.check('16px \"Noto Sans SC\"', '增长')")
    assert page.evaluate("[...document.fonts].every(font => font.status === 'loaded')")


def test_printing(visit):
    page = visit("articles/growth")
    page.emulate_media(media="print")
    assert not page.locator(".bar").is_visible()
    assert not page.locator(".zb-fix").first.is_visible()
    assert not page.locator(".zb-how").is_visible()
    assert page.locator("#table tbody tr").last.is_visible()
    assert len(page.pdf()) > 10_000
