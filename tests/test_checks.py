"""Whether an article's figures agree: only where a sentence states target, result and rate once each."""

from decimal import Decimal

import pandas as pd
import pytest

from helpers.checks import check_completion
from helpers.observation import Basis, Bound, Kind, Status
from helpers.table import observation_table

SENTENCE = "引进项目18个，完成全年任务12个的150%。"


@pytest.fixture
def sentence(observe):
    """Return a maker of the rows of a sentence: what was done, the target, the rate."""

    def rows(done=18, target=12, rate="150%", **changes):
        count = {"kind": Kind.PROJECT_COUNT, "unit": "project", "basis": None, "sentence": SENTENCE} | changes
        return observation_table(
            [
                observe(**count, value=Decimal(done), text=f"{done}个", start=4, end=7),
                observe(**count, value=Decimal(target), text=f"{target}个", start=14, end=17, status=Status.PLANNED),
                observe(
                    kind=Kind.COMPLETION_RATE, basis=Basis.PLAN, value=Decimal(rate[:-1]), text=rate, sentence=SENTENCE,
                    start=18, end=22,
                ),
            ]
        )  # fmt: skip

    return rows


def test_a_rate_that_fits(sentence):
    check = check_completion(sentence()).iloc[0]
    assert (check["stated"], check["computed"], check["agrees"]) == (150, 150, True)
    assert (check["done"], check["target"], check["rate"]) == ("a-001", "a-002", "a-003")


def test_a_rate_that_does_not(sentence):
    assert check_completion(sentence(rate="170%"))["agrees"].tolist() == [False]


def test_rounding_is_allowed(sentence):
    assert check_completion(sentence(done=17, rate="142%"))["agrees"].tolist() == [True]


def test_about_is_about(sentence):
    assert check_completion(sentence(rate="155%", bound=Bound.ABOUT))["agrees"].tolist() == [True]


def test_two_results_are_left_alone(sentence):
    rows = sentence()
    another = rows.head(1).assign(row="a-004", value=30.0)
    assert check_completion(pd.concat([rows, another])).empty


def test_no_rows_no_checks(sentence):
    assert check_completion(sentence().head(0)).empty
