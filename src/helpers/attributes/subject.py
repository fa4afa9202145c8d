"""The named thing a figure is about: a project, a company, an industry."""

from __future__ import annotations

import re

from helpers.figure import Figure, Reading
from helpers.quantity import MONEY, PHYSICAL

_NAMED = re.compile(r"(?P<name>[^，。；：、（）()“”\s的\d]{2,20}(?:项目|产业园|基地|工程))")
_COMPANY = re.compile(r"[^，。；：、（）“”\s]{2,18}?(?:有限公司|公司|集团|股份)")
_INDUSTRY = re.compile(r"[\u4e00-\u9fff]{2,8}?产业(?!园|链|项目|化|集|投|开|转|结|带|基)")


def find_subject(reading: Reading, figure: Figure) -> None:
    """The named thing a figure is about, where it is not simply the place."""
    text = reading.text
    if figure.subject:
        return
    after = text[figure.right.start : figure.right.end]
    if figure.quantity.measure in (MONEY, PHYSICAL):
        named = _NAMED.match(after.lstrip("的"))
        if named:
            figure.subject = named["name"]
            figure.because("subject", "named after the figure")
            return
    head = text[figure.sentence.start : figure.left.end]
    for pattern, rule in ((_COMPANY, "a company named before"), (_INDUSTRY, "an industry named before")):
        matches = list(pattern.finditer(head))
        if matches and figure.indicator and matches[-1][0] not in figure.indicator:
            figure.subject = re.sub(r"^(?:目前|全市|全省|全区|该|在|由|其中|今年|将|与)+", "", matches[-1][0])
            figure.because("subject", rule)
            return
