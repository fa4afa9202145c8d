"""What may be put over a chart: true of its rows, also where they tie, fall, are only planned, or are none."""

from decimal import Decimal

import pytest

from helpers.charts import findings
from helpers.observation import Basis, Bound, Kind, Stage, Status
from helpers.table import observation_table

GROWTH = {"kind": Kind.GROWTH_RATE}
MONEY = {"kind": Kind.INVESTMENT, "unit": "CNY", "basis": None, "indicator": "投资"}
PROJECTS = {
    "kind": Kind.PROJECT_COUNT,
    "unit": "project",
    "basis": None,
    "indicator": "签约项目",
    "stage": Stage.SIGNED,
}
DONE = {"kind": Kind.COMPLETION_RATE, "basis": Basis.PLAN, "indicator": "任务"}
PLANNED = {"status": Status.PLANNED}


def figure(value, text, **changes):
    return {"value": Decimal(value), "text": text, "sentence": f"{text}。"} | changes


CASES = {
    "growth, none": ("growth_rate", [], "没有提到增长率"),
    "growth, one": ("growth_rate", [GROWTH | figure("8.4", "8.4%")], "郴州市规模工业增加值增长8.4%"),
    "growth, several": (
        "growth_rate",
        [GROWTH | figure("8.4", "8.4%"), GROWTH | figure("24", "24.0%", indicator="工业投资")],
        "郴州市工业投资增长最快，24.0%",
    ),
    "growth, tie": (
        "growth_rate",
        [GROWTH | figure("8", "8%", indicator="税收"), GROWTH | figure("8", "8%", indicator="就业")],
        "郴州市税收、郴州市就业增长最快，均为8%",
    ),
    "growth, all fall": (
        "growth_rate",
        [GROWTH | figure("-3", "3%", indicator="税收"), GROWTH | figure("-5.0", "5.0%", indicator="产量")],
        "郴州市产量降幅最大，下降5.0%",
    ),
    "growth, one falls": ("growth_rate", [GROWTH | figure("-3", "3%", indicator="税收")], "郴州市税收下降3%"),
    "growth, only planned": (
        "growth_rate",
        [GROWTH | PLANNED | figure("7.5", "7.5%", bound=Bound.ABOUT, indicator="地区生产总值")],
        "郴州市地区生产总值的目标是增长约7.5%",
    ),
    "growth, a plan is no growth": (
        "growth_rate",
        [GROWTH | figure("8.4", "8.4%"), GROWTH | PLANNED | figure("72", "72%", indicator="产量")],
        "郴州市规模工业增加值增长8.4%",
    ),
    "growth, month on month is not compared with year on year": (
        "growth_rate",
        [
            GROWTH | figure("8.4", "8.4%"),
            GROWTH | figure("7", "7%", indicator="税收"),
            GROWTH | figure("30", "30%", basis=Basis.MOM),
        ],
        "郴州市规模工业增加值同比增长最快，8.4%",
    ),
    "investment, none": ("investment", [], "没有提到投资额"),
    "investment, one": ("investment", [MONEY | figure("1E8", "1亿元")], "郴州市投资1亿元"),
    "investment, several": (
        "investment",
        [MONEY | figure("1E8", "1亿元"), MONEY | figure("406E8", "406亿元", subject="上海安能项目")],
        "金额最大的是郴州市上海安能项目投资，406亿元",
    ),
    "investment, only planned": (
        "investment",
        [MONEY | PLANNED | figure("1E8", "1亿元"), MONEY | PLANNED | figure("2E8", "2亿元", indicator="总投资")],
        "计划金额最大的是郴州市总投资，2亿元",
    ),
    "investment, dollars are not compared with yuan": (
        "investment",
        [MONEY | figure("9E9", "90亿美元", unit="USD"), MONEY | figure("1E8", "1亿元")],
        "郴州市投资1亿元",
    ),
    "projects, several": (
        "project_count",
        [PROJECTS | figure("18", "18个"), PROJECTS | figure("64", "64个", place="衡阳市")],
        "数量最多的是衡阳市签约项目，64个",
    ),
    "completion, some": (
        "completion_rate",
        [DONE | figure("150", "150%"), DONE | figure("75.4", "75.4%", indicator="补助资金")],
        "2项计划中1项已经完成，最高的达150%",
    ),
    "completion, none yet": (
        "completion_rate",
        [DONE | figure("80", "80%"), DONE | figure("75.4", "75.4%", indicator="补助资金")],
        "2项计划都还没有完成，进度最快的达80%",
    ),
}  # fmt: skip
FINDINGS = {
    "growth_rate": findings.growth_finding,
    "investment": findings.investment_finding,
    "project_count": findings.project_finding,
    "completion_rate": findings.completion_finding,
}


@pytest.mark.parametrize(("kind", "figures", "expected"), CASES.values(), ids=CASES)
def test_finding(observe, kind, figures, expected):
    rows = observation_table([observe(**changes) for changes in figures])
    assert FINDINGS[kind](rows) == expected


LEFT_OUT = {
    "the largest is compared": (findings.growth_compared, [GROWTH | figure("8", "8%"), GROWTH | figure("5", "5%", basis=Basis.MOM)], ""),
    "another basis leads": (
        findings.growth_compared,
        [GROWTH | figure("8", "8%"), GROWTH | figure("50", "50%", basis=Basis.ANNUAL_AVERAGE)],
        "标题只比较口径为“同比”的增长率。",
    ),
    "the commonest basis is unsaid": (
        findings.growth_compared,
        [GROWTH | figure(x, f"{x}%", basis=Basis.UNSPECIFIED) for x in ("8", "9")] + [GROWTH | figure("50", "50%", basis=Basis.MOM)],
        "标题只比较口径为“口径未明”的增长率。",
    ),
    "a plan leads": (findings.growth_compared, [GROWTH | figure("8", "8%"), GROWTH | PLANNED | figure("72", "72%")], "标题不比较计划、目标或预计的数字。"),
    "plans alone": (findings.growth_compared, [GROWTH | PLANNED | figure("72", "72%")], ""),
    "a plan among sums": (
        findings.sums_compared,
        [MONEY | figure("100000000", "1亿元"), MONEY | PLANNED | figure("300000000", "3亿元")],
        "标题不比较计划、目标或预计的数字。",
    ),
    "a plan in another currency": (
        findings.sums_compared,
        [MONEY | figure("100000000", "1亿元"), MONEY | PLANNED | figure("300000000", "3亿美元", unit="USD")],
        "",
    ),
    "no sums": (findings.sums_compared, [], ""),
}  # fmt: skip


@pytest.mark.parametrize(("compared", "figures", "expected"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_what_a_finding_does_not_compare_is_said_where_it_leads(observe, compared, figures, expected):
    assert compared(observation_table([observe(**changes) for changes in figures])) == expected


def test_repeats_are_left_out(observe):
    rows = observation_table([observe(start=1, end=5), observe(start=31, end=35)])
    assert len(findings.without_repeats(rows, "growth_rate")) == 1
