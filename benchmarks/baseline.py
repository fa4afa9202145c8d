"""Text → figures by one regular expression: the dozen lines that anyone would begin with.

What the project's accuracy and speed are measured against; it knows no period, no place and no damage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

FIGURE = re.compile(
    r"(?P<indicator>[一-鿿]{0,8}?)(?P<cue>同比|增长|下降|达到?|完成|总)*(?P<bound>超过?|突破|约|近)?"
    r"(?P<number>\d+(?:\.\d+)?)(?P<scale>万|亿)?(?P<unit>个百分点|%|元|美元|个|家|人|吨|公里)(?P<noun>项目|以上)?"
)
SCALES = {None: 1, "万": 10**4, "亿": 10**8}
BOUNDS = {"约": "about", "近": "about", None: "exact"}
UNITS = {"%": "percent", "个百分点": "percentage_point", "元": "CNY", "美元": "USD"}


def find_figures(article: str, text: str) -> Iterator[dict]:
    """Yield a row a figure, with the columns of the observation table that a pattern can fill."""
    for found in FIGURE.finditer(text):
        number = float(found["number"]) * SCALES[found["scale"]]
        yield {
            "article": article,
            "kind": _kind(found),
            "value": -number if found["cue"] == "下降" else number,
            "unit": "project" if found["noun"] == "项目" else UNITS.get(found["unit"], found["unit"]),
            "bound": BOUNDS.get(found["bound"], "at_least"),
            "indicator": found["indicator"] or found["noun"] or "",
            "status": "actual",
            "basis": "yoy" if found["unit"] == "%" else None,
            "text": found[0],
        }


def _kind(found: re.Match) -> str:
    if found["unit"] == "%":
        return "growth_rate" if found["cue"] in ("同比", "增长", "下降") else "share"
    if found["unit"] in UNITS:
        return "rate_difference" if found["unit"] == "个百分点" else "investment"
    return "project_count" if found["noun"] == "项目" else "count"
