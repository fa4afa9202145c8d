"""Written numerals → Decimal: 1,218.56, 3.5万, 两千, 1兆4,191亿, 五十三点五.

A numeral is read exactly or not at all; what surrounds it (units, bounds, ranges) is quantity.py's.
"""

from __future__ import annotations

import re
from decimal import Decimal

_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "○": 0, "两": 2, "俩": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
_SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
# 兆 is 10¹² in Taiwan's press; in a mainland unit (兆瓦) it belongs to the unit, never to the numeral.
_LARGE = {"万": 10**4, "亿": 10**8, "兆": 10**12}

DIGITS = "".join(_DIGIT)
APPROXIMATE = "余多来几"

_ARABIC_PART = re.compile(r"(\d[\d,]*(?:\.\d+)?)([十百千万亿兆拾佰仟]*)")
_PLAIN = re.compile(r"([0-9]+(?:\.[0-9]+)?)([万亿]?)")
_ONLY_DIGITS = re.compile(rf"[{DIGITS}]+")


def _hanzi_integer(text: str) -> Decimal | None:
    total = section = number = 0
    last_unit = 0
    for at, c in enumerate(text):
        if c in _DIGIT:
            digit_before = at and text[at - 1] in _DIGIT
            number = 10 * number + _DIGIT[c] if digit_before else _DIGIT[c]
        elif c in _SMALL:
            section += (number or 1) * _SMALL[c]
            last_unit, number = _SMALL[c], 0
        else:
            section += number
            total = (
                (total + (section or (0 if total else 1))) * _LARGE[c]
                if total < _LARGE[c]
                else total + (section or 1) * _LARGE[c]
            )
            last_unit, section, number = _LARGE[c], 0, 0
    if number and last_unit >= 100 and text[-2] not in "零〇" and text[-2] in "百千万亿佰仟":
        number *= last_unit // 10  # 三百五 is 350, 两万三 is 23,000
    return Decimal(total + section + number)


def parse_hanzi(text: str) -> Decimal | None:
    """The value of a numeral in characters, None where it is none.

    Digits read one by one (二〇二三) count as such; 点 begins the decimals; 半 alone is a half.

    >>> parse_hanzi("三十九亿"), parse_hanzi("五十三点五"), parse_hanzi("二〇二三"), parse_hanzi("两万三"), parse_hanzi("五万亿")
    (Decimal('3900000000'), Decimal('53.5'), Decimal('2023'), Decimal('23000'), Decimal('5000000000000'))
    """
    whole, point, decimals = text.replace(".", "点").partition("点")
    if not whole or any(c not in _DIGIT and c not in _SMALL and c not in _LARGE for c in whole):
        return None
    if point:
        scale = decimals.lstrip(DIGITS)
        decimals = decimals[: len(decimals) - len(scale)]
        if not decimals or any(c not in _SMALL and c not in _LARGE for c in scale):
            return None
        head = parse_hanzi(whole)
        value = head + Decimal("0." + "".join(str(_DIGIT[c]) for c in decimals))
        for c in scale:
            value *= _SMALL.get(c) or _LARGE[c]
        return value
    if len(whole) > 1 and _ONLY_DIGITS.fullmatch(whole):
        return Decimal("".join(str(_DIGIT[c]) for c in whole))
    return _hanzi_integer(whole)


def _scale(magnitudes: str) -> int:
    value = 1
    for c in magnitudes:
        value *= _SMALL.get(c) or _LARGE[c]
    return value


def _parse_arabic(text: str) -> Decimal | None:
    total, position = Decimal(0), 0
    for part in _ARABIC_PART.finditer(text):
        if part.start() != position:
            return None
        digits = part[1]
        if "," in digits and not re.fullmatch(
            r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,4}(?:,\d{4})+(?:\.\d+)?", digits
        ):
            return None
        total += Decimal(digits.replace(",", "")) * _scale(part[2])
        position = part.end()
    return total if position == len(text) and position else None


def parse_numeral(text: str) -> Decimal | None:
    """The value of a numeral in digits, characters or both, None where it is none.

    余, 多, 来, 几 and a 个 before 亿 are passed over: they bound the value, they do not change it.

    >>> [int(parse_numeral(x)) for x in ("1,218", "3.5万", "1兆4,191亿", "2百多亿", "10万余", "百余", "1个亿", "３万")]
    [1218, 35000, 1419100000000, 20000000000, 100000, 100, 100000000, 30000]
    >>> parse_numeral("500强") is parse_numeral("1,2") is None
    True
    """
    if plain := _PLAIN.fullmatch(text):  # most are; the rest of the way is for what is written otherwise
        digits, magnitude = plain.groups()
        return Decimal(digits) * _LARGE[magnitude] if magnitude else Decimal(digits)
    plain = text.translate(_FOLD)
    if not plain:
        return None
    sign = -1 if plain[0] == "-" else 1
    plain = plain.lstrip("-")
    value = _parse_arabic(plain) if plain[:1].isdigit() else parse_hanzi(plain)
    return None if value is None else sign * value


_FOLD = {ord("０") + i: str(i) for i in range(10)} | {
    ord("．"): ".",
    ord("，"): ",",
    ord("−"): "-",
    ord("－"): "-",
}
_FOLD |= {ord(c): None for c in APPROXIMATE + "个 "} | {ord("卅"): "三十", ord("廿"): "二十", ord("○"): "〇"}
