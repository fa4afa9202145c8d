"""Each derived column follows from the row as it stands, and is empty wherever it would be a guess."""

from decimal import Decimal

import pandas as pd
import pytest

from helpers.article import Article
from helpers.extract import extract
from helpers.observation import Basis, Kind
from helpers.rates import Rates, RatesError, read_rates
from helpers.table import observation_table
from helpers.table.contract import check_fields
from helpers.table.derived import (
    DERIVED_COLUMNS,
    derived_fields,
    first_and_last_day,
    with_derived,
    year_elapsed,
)
from helpers.table.schema import OBSERVATION_COLUMNS

RATES = "USD=7.0827@2023-12-29 HKD=0.90622@2023-12-29"


def rows_of(text: str, **about: str) -> pd.DataFrame:
    return with_derived(observation_table(extract(Article("a", text, **about)).observations))


def only_row(observe, rates: Rates | None = None, **changes) -> pd.Series:
    table = observation_table([observe(**changes)])
    return (with_derived(table, rates) if rates else with_derived(table)).iloc[0]


def value(cell: object) -> object:
    return None if pd.isna(cell) else cell


# The table as a whole.


def test_columns_follow_those_of_the_contract_and_change_none_of_them(observe):
    rows = observation_table([observe(), observe(start=50, end=54, place=None)])
    table = with_derived(rows)
    assert list(table.columns) == [*OBSERVATION_COLUMNS, *DERIVED_COLUMNS]
    pd.testing.assert_frame_equal(table[list(OBSERVATION_COLUMNS)], rows)
    check_fields(table, derived_fields())


def test_types_are_the_same_without_rows(observe):
    full, empty = (with_derived(observation_table(seen)) for seen in ([observe()], []))
    assert full.dtypes.equals(empty.dtypes)


def test_deriving_twice_changes_nothing(observe):
    table = with_derived(observation_table([observe(), observe(start=50, end=54)]))
    pd.testing.assert_frame_equal(with_derived(table), table)


def test_rows_that_an_analyst_has_picked_keep_their_index():
    rows = rows_of(
        "1至6月，茶陵县新签约项目17个，总投资41.5亿元。完成工业投资7.84亿元，占年计划的52%。"
    ).iloc[::-1]
    pd.testing.assert_frame_equal(with_derived(rows), rows)


# Where and when.


@pytest.mark.parametrize(
    ("place", "province"),
    [
        ("郴州市", "湖南省"), ("渌口区", "湖南省"), ("湖南省", "湖南省"), ("海淀区", "北京市"), ("香港", "香港"), ("台北市", "台湾"),
        ("衡阳高新区", "湖南省"), ("全国", None), ("东部地区", None), (None, None),
    ],
)  # fmt: skip
def test_province(observe, place, province):
    assert value(only_row(observe, place=place)["province"]) == province


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2018", "2018-01-01", "2018-12-31"),
        ("2022-01/2022-11", "2022-01-01", "2022-11-30"),
        ("2023-06", "2023-06-01", "2023-06-30"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-06-30", "2023-06-30", "2023-06-30"),
        ("2023-01-28/2023-02-03", "2023-01-28", "2023-02-03"),
        ("2021/2025", "2021-01-01", "2025-12-31"),
        ("../2022-11-30", None, "2022-11-30"),
        ("../2023-07", None, "2023-07-31"),
        ("2023/..", "2023-01-01", None),
        ("2023~", None, None),
        ("2023~/2024", None, "2024-12-31"),
        ("XXXX-01/XXXX-11", None, None),
        ("2023-XX", None, None),
        ("2023-02-30", None, None),
        ("2023-13", None, None),
        (None, None, None),
    ],
)
def test_first_and_last_day(period, first, last):
    assert tuple(day and day.isoformat() for day in first_and_last_day(period)) == (first, last)


def test_first_day_is_never_after_the_last(observe):
    row = only_row(observe, period="2022-01/2022-11")
    assert row["period_start"] <= row["period_end"]


# A plan and the year.


@pytest.mark.parametrize(
    ("period", "elapsed"),
    [
        pytest.param("2023-01/2023-06", 49.6, id="half a year"),
        pytest.param("2024-01/2024-02", 16.4, id="of a leap year"),
        pytest.param("2023-01/2023-12", 100.0, id="to its end"),
        pytest.param("../2023-06-30", 49.6, id="as of a day"),
        pytest.param("2023-06-30", 49.6, id="on a day"),
        pytest.param("2023-01", 8.5, id="the first month"),
        pytest.param("2023", None, id="the year, nobody says when"),
        pytest.param("../2023", None, id="some time in the year"),
        pytest.param("../2023-07", None, id="some day of the month"),
        pytest.param("2023-06", None, id="one month amid the year"),
        pytest.param("2023-04/2023-06", None, id="one quarter amid the year"),
        pytest.param("2021-01/2023-06", None, id="more than a year"),
        pytest.param("2021/2023", None, id="whole years"),
        pytest.param("2023/..", None, id="open"),
        pytest.param("XXXX-01/XXXX-06", None, id="unknown year"),
        pytest.param(None, None, id="nothing said"),
    ],
)
def test_year_elapsed(period, elapsed):
    assert year_elapsed(period) == elapsed


COMPLETION = {
    "kind": Kind.COMPLETION_RATE,
    "value": Decimal("60"),
    "basis": Basis.PLAN,
    "period": "2023-01/2023-06",
}


@pytest.mark.parametrize(
    ("changes", "elapsed", "gap"),
    [
        pytest.param({}, 49.6, 10.4, id="ahead"),
        pytest.param({"value": Decimal("43.4")}, 49.6, -6.2, id="behind"),
        pytest.param({"sentence": "完成“十四五”规划目标的8.4%。"}, None, None, id="plan of five years"),
        pytest.param({"sentence": "完成季度计划的8.4%。"}, None, None, id="plan of a quarter"),
        pytest.param(
            {"sentence": "“十四五”重大项目完成年度计划的8.4%。"}, 49.6, 10.4, id="plan of the year, named"
        ),
        pytest.param({"period": "2023"}, None, None, id="nobody says when"),
        pytest.param({"kind": Kind.SHARE, "basis": None}, None, None, id="no completion rate"),
    ],
)
def test_time_elapsed_and_gap(observe, changes, elapsed, gap):
    row = only_row(observe, **(COMPLETION | changes))
    assert (value(row["time_elapsed"]), value(row["time_gap"])) == (elapsed, gap)


# The sum a project.


@pytest.mark.parametrize(
    ("sentence", "average"),
    [
        pytest.param("1至6月，茶陵县新签约项目16个，总投资40亿元。", 250_000_000.0, id="number, sum"),
        pytest.param(
            "1至6月，茶陵县新签约项目16个、总投资40亿元。", 250_000_000.0, id="with the mark of a list"
        ),
        pytest.param(
            "1至6月，茶陵县16个重点项目累计完成投资40亿元。", 250_000_000.0, id="number of what is done"
        ),
        pytest.param(
            "2023年，茶陵县引进项目16个，计划总投资40亿元。", 250_000_000.0, id="sum that is planned"
        ),
        pytest.param(
            "1至6月，茶陵县新签约项目16个，其中制造业总投资40亿元。", None, id="sum of some of them"
        ),
        pytest.param("1至6月，茶陵县新签约项目16个，单个项目最大投资40亿元。", None, id="sum of one of them"),
        pytest.param("1至6月，茶陵县新签约项目16个，平均投资4亿元。", None, id="an average already"),
        pytest.param("1至6月，茶陵县新签约项目16个，开工项目总投资40亿元。", None, id="of another stage"),
        pytest.param("1至6月，茶陵县新签约项目16个，攸县总投资40亿元。", None, id="of another place"),
        pytest.param(
            "1至6月，茶陵县新签约项目16个、新引进项目5个，总投资40亿元。", None, id="two numbers, one sum"
        ),
        pytest.param("1至6月，茶陵县新签约项目1个，总投资40亿元。", None, id="one project"),
        pytest.param("1至6月，茶陵县新签约项目16个。6月底完成投资40亿元。", None, id="another sentence"),
        pytest.param("1至6月，茶陵县新签约项目16个，实现税收40亿元。", None, id="other money"),
    ],
)
def test_average_per_project(sentence, average):
    averages = rows_of(sentence)["average_per_project"].dropna().tolist()
    assert averages == ([] if average is None else [average])


def test_each_sum_of_a_list_goes_with_its_own_number():
    rows = rows_of("2023年，茶陵县签约项目20个，总投资50亿元；攸县签约项目8个，总投资32亿元。")
    assert rows["average_per_project"].dropna().tolist() == [250_000_000.0, 400_000_000.0]


# In one currency.

MONEY = {"kind": Kind.INVESTMENT, "basis": None, "value": Decimal("44780000")}


@pytest.mark.parametrize(
    ("unit", "converted"),
    [("USD", 317163306.0), ("HKD", 40580531.6), ("CNY", 44780000.0), ("EUR", None)],
)
def test_sum_in_yuan(observe, unit, converted):
    assert value(only_row(observe, read_rates(RATES), **MONEY, unit=unit)["converted"]) == converted


def test_sum_in_another_currency(observe):
    rates = read_rates("CNY=0.1412@2023-12-29", "USD")
    assert only_row(observe, rates, **MONEY, unit="CNY")["converted"] == 6322936.0


def test_without_rates_nothing_is_converted(observe):
    assert all(pd.isna(only_row(observe, **MONEY, unit=unit)["converted"]) for unit in ("CNY", "USD"))


def test_what_is_no_money_is_not_converted(observe):
    assert pd.isna(only_row(observe, read_rates(RATES))["converted"])


def test_rates_are_told_where_the_column_is_described():
    described = {field.name: field.description for field in derived_fields(read_rates(RATES))}
    assert RATES in described["converted"]
    assert "CNY" in described["converted"]
    assert "no exchange rates" in {field.name: field.description for field in derived_fields()}["converted"]


@pytest.mark.parametrize(
    ("text", "currency", "cause"),
    [
        ("USD=7.0827", "CNY", "rate 'USD=7.0827' is not like USD=7.0827@2023-12-29"),
        ("usd=7@2023-12-29", "CNY", "rate 'usd=7@2023-12-29' is not like"),
        ("USD=-7@2023-12-29", "CNY", "is not like"),
        ("USD=7@2023-02-30", "CNY", "is of a day that does not exist"),
        ("USD=0@2023-12-29", "CNY", "is zero"),
        ("USD=7@2023-12-29 USD=8@2023-12-30", "CNY", "rate of USD is given twice"),
        ("CNY=1@2023-12-29", "CNY", "rate of CNY is given, which is the currency converted to"),
        ("", "yuan", "currency 'yuan' is not an ISO 4217 code"),
    ],
)
def test_rates_that_cannot_be_read(text, currency, cause):
    with pytest.raises(RatesError, match=cause) as error:
        read_rates(text, currency)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("text", ["", " ", ","])
def test_no_rates(text):
    assert not read_rates(text)
