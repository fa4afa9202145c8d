"""What a person says of exchange rates, USD=7.0827@2023-12-29 → rates that sums are converted at.

Nothing is looked up: a rate is the reader's own, and its date is stated wherever a converted sum is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

_CODE = r"[A-Z]{3}"
_RATE = re.compile(rf"(?P<currency>{_CODE})=(?P<rate>\d+(?:\.\d+)?)@(?P<day>\d{{4}}-\d\d-\d\d)")
LOCAL = "CNY"


class RatesError(ValueError):
    """Rates that cannot be read; the message is one line that names the one and the cause."""


@dataclass(frozen=True, slots=True)
class Rate:
    """What one unit of a currency was worth on a day."""

    currency: str
    rate: Decimal
    day: date

    def __str__(self) -> str:
        return f"{self.currency}={self.rate}@{self.day}"


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates given, and the currency that they lead to; without a rate nothing is converted."""

    currency: str = LOCAL
    rates: tuple[Rate, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.rates)

    def __str__(self) -> str:
        return " ".join(map(str, self.rates))

    def factor(self, unit: str) -> Decimal | None:
        """Return what a sum in a unit is multiplied by, None where it is in a currency without a rate, or no money."""
        if not self.rates:
            return None
        known = {rate.currency: rate.rate for rate in self.rates} | {self.currency: Decimal(1)}
        return known.get(unit)


NO_RATES = Rates()


def read_rates(text: str, currency: str = LOCAL) -> Rates:
    """Return the rates that a text states, separated by spaces or commas; RatesError where one cannot be read.

    >>> str(read_rates("USD=7.0827@2023-12-29, HKD=0.90622@2023-12-29"))
    'USD=7.0827@2023-12-29 HKD=0.90622@2023-12-29'
    >>> read_rates("USD=7.08")
    Traceback (most recent call last):
    helpers.rates.RatesError: rate 'USD=7.08' is not like USD=7.0827@2023-12-29
    """
    if not re.fullmatch(_CODE, currency):
        raise RatesError(f"currency {currency!r} is not an ISO 4217 code like {LOCAL}")
    rates = tuple(map(_read_rate, re.split(r"[\s,]+", text.strip(" ,")))) if text.strip(" ,") else ()
    named = [rate.currency for rate in rates]
    for code in named:
        if code == currency:
            raise RatesError(f"rate of {code} is given, which is the currency converted to")
        if named.count(code) > 1:
            raise RatesError(f"rate of {code} is given twice")
    return Rates(currency, rates)


def _read_rate(text: str) -> Rate:
    match = _RATE.fullmatch(text)
    if match is None:
        raise RatesError(f"rate {text!r} is not like USD=7.0827@2023-12-29")
    try:
        day = date.fromisoformat(match["day"])
    except ValueError:
        raise RatesError(f"rate {text!r} is of a day that does not exist") from None
    rate = Decimal(match["rate"])
    if not rate:
        raise RatesError(f"rate {text!r} is zero")
    return Rate(match["currency"], rate, day)
