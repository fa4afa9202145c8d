"""What the tests of the later stages start from: one observation, made by hand."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from helpers.observation import Basis, Bound, Confidence, Kind, Observation, Status

GROWTH = Observation(
    article="a",
    kind=Kind.GROWTH_RATE,
    value=Decimal("8.4"),
    unit="percent",
    bound=Bound.EXACT,
    indicator="规模工业增加值",
    subject=None,
    place="郴州市",
    period="2022-01/2022-11",
    basis=Basis.YOY,
    status=Status.ACTUAL,
    stage=None,
    start=11,
    end=15,
    text="8.4%",
    sentence="规模工业增加值同比增长8.4%。",
    rule="rate",
    confidence=Confidence.HIGH,
)


@pytest.fixture
def observe() -> Callable[..., Observation]:
    """Return a maker of observations: a growth rate of 8.4%, but for what is asked for."""
    return lambda **changes: replace(GROWTH, **changes)
