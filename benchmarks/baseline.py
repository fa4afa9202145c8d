"""Text → figures by one regular expression: the dozen lines that anyone would begin with.

What the project's accuracy and speed are measured against; it knows no period, no place and no damage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

FIGURE = re.compile(
    r"(?P<bound>超过?|突破|约|近)?(?P<number>\d+(?:\.\d+)?)(?P<scale>[万亿]?)"
    r"(?P<unit>个百分点|%|元|美元|个|家|人|吨|公里)(?P<noun>[^,，。;；\d]{0,4}项目)?"
)
SCALES = {"": 1, "万": 10**4, "亿": 10**8}
BOUNDS = {"约": "about", "近": "about", None: "exact"}
UNITS = {"%": "percent", "个百分点": "percentage_point", "元": "CNY", "美元": "USD"}


def find_figures(article: str, text: str) -> Iterator[dict]:
    """Yield a row a figure, with the columns of the observation table that a pattern can fill."""
    for found in FIGURE.finditer(text):
        before = re.split(r"[,，。;；]", text[max(0, found.start() - 12) : found.start()])[-1]
        kind = _kind(found, before)
        sign = -1 if kind == "growth_rate" and "下降" in before else 1
        yield {
            "article": article,
            "kind": kind,
            "value": sign * float(found["number"]) * SCALES[found["scale"]],
            "unit": "project" if kind == "project_count" else UNITS.get(found["unit"], found["unit"]),
            "bound": BOUNDS.get(found["bound"], "at_least"),
            "indicator": re.sub(r"同比|增长|下降|完成|达到?|为", "", before),
            "status": "planned" if "计划" in before or "预计" in before else "actual",
            "basis": "yoy" if "同比" in before else None,
            "stage": "signed" if "签约" in before else "started" if "开工" in before else None,
        }


def _kind(found: re.Match, before: str) -> str:
    if found["unit"] == "%":
        return "growth_rate" if "增" in before or "下降" in before else "share"
    if found["unit"] == "个百分点":
        return "rate_difference"
    if found["unit"] in UNITS:
        return "investment" if re.search("投资|资金|引资", before) else "amount"
    return "project_count" if found["noun"] or "项目" in before else "count"
