"""Charts: bars as long as their values, labelled, hatched where planned, a panel a unit, each mark a link."""

import re
from decimal import Decimal
from itertools import pairwise

import pytest

from helpers import charts
from helpers.charts.layout import PAGE, PHONE, text_width
from helpers.charts.svg import PALETTE
from helpers.observation import Bound, Kind, Stage, Status
from helpers.table import observation_table

SUM = {
    "kind": Kind.INVESTMENT,
    "unit": "CNY",
    "basis": None,
    "indicator": "总投资",
    "stage": Stage.SIGNED,
    "text": "1亿元",
    "sentence": "总投资1亿元。",
}


@pytest.fixture
def table(observe):
    """Return a maker of rows with links, one for each set of changes."""

    def rows(*changes):
        made = observation_table(
            [observe(start=10 * n, end=10 * n + 4, **change) for n, change in enumerate(changes)]
        )
        return made.assign(link="#t-" + made["row"].str[-3:])

    return rows


def widths(chart):
    return sorted(patch.get_width() for patch in chart.figure.axes[0].patches)


def texts(chart):
    return {text.get_text() for text in chart.figure.axes[0].texts}


def test_bars_are_as_long_as_values(table):
    rows = table({"value": Decimal("8.4")}, {"value": Decimal(24), "indicator": "工业投资"})
    assert widths(charts.growth_rates(rows)) == [8.4, 24.0]


def test_bars_are_sorted_from_the_top(table):
    rows = table({"value": Decimal("8.4")}, {"value": Decimal(24), "indicator": "工业投资"})
    bars = charts.growth_rates(rows).figure.axes[0].patches
    assert [bar.get_width() for bar in sorted(bars, key=lambda bar: bar.get_y())] == [24.0, 8.4]


def test_equal_names_are_not_averaged(table):
    rows = table({"value": Decimal(10)}, {"value": Decimal(20), "text": "20%", "sentence": "20%"})
    assert widths(charts.growth_rates(rows)) == [10.0, 20.0]


def test_falling_rates_go_to_the_left(table):
    rows = table({"value": Decimal("8.4")}, {"value": Decimal(-3), "indicator": "税收"})
    axes = charts.growth_rates(rows).figure.axes[0]
    assert min(patch.get_width() for patch in axes.patches) == -3
    assert axes.get_xlim()[0] < -3


def test_bounds_are_written_out(table):
    rows = table({"value": Decimal("7.5"), "bound": Bound.ABOUT, "text": "7.5%", "sentence": "7.5%"})
    assert "约7.5%" in texts(charts.growth_rates(rows))


def test_planned_is_hatched_and_explained(table):
    rows = table({"value": Decimal(8)}, {"value": Decimal(7), "status": Status.PLANNED, "indicator": "税收"})
    chart = charts.growth_rates(rows)
    assert sorted(bool(bar.get_hatch()) for bar in chart.figure.axes[0].patches) == [False, True]
    assert "计划、目标或预计" in chart.html


def test_currencies_never_share_an_axis(table):
    rows = table(SUM | {"value": Decimal(10**8)}, SUM | {"value": Decimal(10**7), "unit": "USD"})
    panels = charts.investments(rows).panels
    assert [panel.unit for panel in panels] == ["CNY", "USD"]
    assert all(len(panel.bars) == 1 for panel in panels)


def test_a_bar_by_itself_tells_what_the_chart_does_not(table):
    rows = table(
        SUM | {"value": Decimal(10**8), "place": "北湖区"},
        SUM | {"value": Decimal(10**7), "place": "渌口区", "unit": "USD", "period": "2021"},
    )
    contexts = [list(panel.bars["context"]) for panel in charts.investments(rows).panels]
    assert contexts == [["北湖区·2022年1—11月·签约"], ["渌口区·2021年·签约"]]


def test_what_the_heading_leaves_out_is_said(table):
    other = {"value": Decimal(50), "text": "50%", "sentence": "50%。", "basis": "annual_average"}
    chart = charts.growth_rates(table({}, other))
    assert chart.notes == ("标题只比较口径为“同比”的增长率。",)
    assert "标题只比较口径为“同比”的增长率。" in chart.html


def test_counts_have_whole_ticks(table):
    count = {"kind": Kind.PROJECT_COUNT, "unit": "project", "basis": None, "text": "2个", "sentence": "2个"}
    axes = charts.project_counts(table(count | {"value": Decimal(2)})).figure.axes[0]
    assert all(tick == int(tick) for tick in axes.get_xticks())


def test_completion_stands_beside_the_year(table):
    rate = {"kind": Kind.COMPLETION_RATE, "basis": "plan", "value": Decimal("119.69"), "text": "119.69%"}
    chart = charts.completion_rates(table(rate | {"sentence": "119.69%"}))
    assert "比时间进度快28.2个百分点" in chart.html
    assert "时间进度（" in chart.html


def test_an_empty_kind_says_so(table):
    chart = charts.investments(table({}))
    assert "没有提到投资额" in chart.html
    assert "<svg" not in chart.html


def test_a_thousand_rows_end_at_the_limit_and_say_so(table):
    rows = table(*({"value": Decimal(n), "indicator": f"指标{n}"} for n in range(1000)))
    chart = charts.growth_rates(rows)
    assert len(chart.panels[0].bars) == charts.MAX_BARS
    assert chart.panels[0].bars["value"].min() == 1000 - charts.MAX_BARS
    assert "其余940个" in chart.html


def test_of_two_currencies_each_says_that_its_largest_are_shown(table):
    sums = [(Decimal(n + 1) * 10**8, unit) for unit in ("CNY", "USD") for n in range(charts.MAX_BARS + 20)]
    rows = table(
        *(
            {"kind": "investment", "value": value, "unit": unit, "indicator": f"指标{n}"}
            for n, (value, unit) in enumerate(sums)
        )
    )
    chart = charts.bars(rows, "investment", "投资")
    assert f"每种单位至多取最大的{charts.MAX_BARS}个，其余40个" in chart.html


@pytest.mark.parametrize("bars", [1, 2, 60])
@pytest.mark.parametrize("layout", [PAGE, PHONE], ids=["page", "phone"])
def test_labels_stay_within_the_chart(table, bars, layout):
    rows = table(
        *({"value": Decimal(n + 1), "indicator": f"很长的一个指标名称之{n}" * 3} for n in range(bars))
    )
    panel = charts.growth_rates(rows).panels[0]
    low, high = panel.draw(panel, layout).axes[0].get_xlim()
    pixels = (layout.width - layout.name_width) / (high - low)
    ends = [(row.value - low) * pixels + 6 + text_width(row.label, 13) for row in panel.bars.itertuples()]
    assert max(ends) <= layout.width - layout.name_width + 1


def test_bars_do_not_overlap(table):
    rows = table(*({"value": Decimal(n + 1), "indicator": "名" * (n * 4 + 1)} for n in range(12)))
    bars = sorted(charts.growth_rates(rows).figure.axes[0].patches, key=lambda bar: bar.get_y())
    assert all(a.get_y() + a.get_height() < b.get_y() for a, b in pairwise(bars))


def test_each_mark_is_a_named_link(table):
    html = charts.growth_rates(table({"value": Decimal("8.4")})).html
    links = re.findall(r'<a class="zb-mark" href="([^"]*)" aria-label="([^"]*)"', html)
    assert set(links) == {("#t-001", "郴州市规模工业增加值 8.4%，2022年1—11月，同比")}
    assert len(links) == 2  # for the page and for the phone


def test_names_from_articles_stay_text(table):
    html = charts.growth_rates(
        table({"indicator": "<img src=x onerror=alert(1)>", "place": '"><script>'})
    ).html
    assert "<img" not in html
    assert "<script" not in html


def test_svg_is_text_without_style_attributes(table):
    svg = re.search(r"<svg.*?</svg>", charts.growth_rates(table({})).html, re.DOTALL)[0]
    assert "style=" not in svg
    assert ">规模工业增加值</text>" in svg
    assert f"var(--growth_rate,{PALETTE['growth_rate']})" in svg


def test_ids_do_not_repeat_across_charts(table):
    rows = table({"status": Status.PLANNED})
    html = charts.growth_rates(rows).html + charts.growth_rates(rows).html
    ids = re.findall(r'\sid="([^"]*)"', html)
    assert len(ids) == len(set(ids)) > 2


def test_changes_reach_both_drawings(table):
    chart = charts.growth_rates(table({})).on_axes(lambda axes: axes.set_title("改过"))
    assert chart.figure.axes[0].get_title() == "改过"
    assert chart.html.count(">改过</text>") == 2


def test_same_rows_same_bytes(table):
    rows = table({"status": Status.PLANNED}, {"value": Decimal(3), "indicator": "税收"})
    first, second = (re.sub(r"growth_rate-?\d*", "", charts.growth_rates(rows).html) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("period", "span"),
    [
        ("2022", (2022, 2023)),
        ("2022-01/2022-12", (2022, 2023)),
        ("2020/2022", (2020, 2023)),
        ("2023/..", (2023, 2024)),
        ("../2022-12-31", (2022, 2023)),
        ("XXXX-01/XXXX-11", None),
        ("2022-XX", None),
        (None, None),
    ],
)
def test_period_spans(period, span):
    assert charts.period_span(period) == span
