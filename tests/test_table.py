"""The table keeps its contract: types also where it is empty, repeats marked, and no row that breaks a rule."""

import re
from decimal import Decimal

import pandas as pd
import pytest

from helpers.observation import Basis, Bound, Kind, Stage, Status
from helpers.table import observation_table
from helpers.table.contract import TableError, check_observations
from helpers.table.schema import OBSERVATION_COLUMNS, OBSERVATION_FIELDS, data_package, table_schema

CONTRACT = [
    *(
        "article",
        "kind",
        "value",
        "unit",
        "bound",
        "indicator",
        "subject",
        "place",
        "period",
        "basis",
        "status",
    ),
    *("stage", "start", "end", "text", "sentence"),
]


def test_columns_stand_in_the_order_of_the_contract():
    assert list(OBSERVATION_COLUMNS[: len(CONTRACT)]) == CONTRACT
    assert list(observation_table([]).columns) == list(OBSERVATION_COLUMNS)


def test_types_are_the_same_with_and_without_rows(observe):
    full, empty = observation_table([observe()]), observation_table([])
    assert full.dtypes.equals(empty.dtypes)
    assert {"value": "float64", "start": "int64", "end": "int64"}.items() <= full.dtypes.astype(
        str
    ).to_dict().items()
    check_observations(full)
    check_observations(empty)


def test_row_holds_what_the_observation_says(observe):
    row = observation_table([observe(value=Decimal("-0.6"), subject=None)]).iloc[0]
    assert (row["kind"], row["value"], row["status"], row["row"]) == ("growth_rate", -0.6, "actual", "a-001")
    assert pd.isna(row["subject"])


def test_rows_stand_in_the_order_of_the_text(observe):
    table = observation_table(
        [
            observe(start=20, end=24),
            observe(),
            observe(article="004", start=90, end=94),
            observe(article="004"),
        ]
    )
    assert table["row"].tolist() == ["004-001", "004-002", "a-001", "a-002"]
    assert table["start"].tolist() == [11, 90, 11, 20]


# Repeats.


@pytest.mark.parametrize(
    ("changes", "is_repeat"),
    [
        pytest.param({}, True, id="the same again"),
        pytest.param(
            {"place": None, "period": None, "basis": None}, True, id="a title that leaves the rest open"
        ),
        pytest.param({"indicator": "规模“工业”增加值"}, True, id="with quotation marks"),
        pytest.param({"value": Decimal("8.5")}, False, id="another value"),
        pytest.param({"kind": Kind.SHARE}, False, id="another kind"),
        pytest.param({"bound": Bound.ABOUT}, False, id="another bound"),
        pytest.param({"indicator": "工业投资"}, False, id="another indicator"),
        pytest.param({"place": "衡阳市"}, False, id="another place"),
        pytest.param({"period": "2023"}, False, id="another period"),
        pytest.param({"subject": "电池产业"}, True, id="a subject that the first leaves open"),
        pytest.param({"status": Status.PLANNED}, False, id="planned, not come about"),
        pytest.param({"basis": Basis.UNSPECIFIED}, True, id="a bare 增长 after 同比增长"),
        pytest.param({"basis": Basis.MOM}, False, id="another basis"),
        pytest.param({"article": "b"}, False, id="another article"),
    ],
)
def test_repeat(observe, changes, is_repeat):
    table = observation_table([observe(), observe(start=50, end=54, **changes)])
    assert table["repeat_of"].isna().tolist() == [True, not is_repeat]


INVESTMENT = {
    "kind": Kind.INVESTMENT, "value": Decimal("520000000"), "unit": "CNY", "basis": None, "subject": "高压电瓷项目",
    "indicator": "总投资", "text": "5.2亿元", "sentence": "高压电瓷项目总投资5.2亿元。",
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "is_repeat"),
    [
        pytest.param({"indicator": "投资额"}, True, id="总投资 and 投资额 of one project"),
        pytest.param({"indicator": "项目总投资"}, True, id="and 项目总投资"),
        pytest.param({"indicator": "工业投资"}, False, id="工业投资 is something else"),
        pytest.param(
            {"indicator": "投资额", "subject": None}, True, id="of the project that the sentence names"
        ),
        pytest.param(
            {"indicator": "投资额", "subject": None, "sentence": "投资额5.2亿元。"},
            False,
            id="of no project named",
        ),
        pytest.param({"indicator": "投资额", "subject": "光伏玻璃项目"}, False, id="of another project"),
    ],
)
def test_repeated_sum_of_a_project(observe, changes, is_repeat):
    first, second = observe(**INVESTMENT), observe(start=50, end=54, **(INVESTMENT | changes))
    assert observation_table([first, second])["repeat_of"].isna().tolist() == [True, not is_repeat]


LONG = "园区盘活闲置厂房的经验已经在各县推开，规模工业增加值同比增长8.4%。"


@pytest.mark.parametrize(
    ("sentence", "start", "is_repeat"),
    [
        pytest.param(LONG, 400, True, id="a second copy whose place is lost"),
        pytest.param("增加值增长8.4%。", 400, False, id="a short sentence may be said of two places"),
        pytest.param(LONG, 20, False, id="two figures of one sentence"),
    ],
)
def test_sentence_told_again(observe, sentence, start, is_repeat):
    again = observe(sentence=sentence, start=start, end=start + 4, place="永州市")
    table = observation_table([observe(sentence=sentence), again])
    assert table["repeat_of"].isna().tolist() == [True, not is_repeat]


def test_copy_repeats_its_original(observe):
    rows = [observe(article=article) for article in ("a", "b", "c")]
    table = observation_table(rows, {"a": "c", "b": "c"})
    assert table["repeat_of"].tolist()[:2] == ["c-001", "c-001"]
    assert table["repeat_of"].isna().tolist() == [False, False, True]


def test_every_repeat_points_to_the_first(observe):
    table = observation_table([observe(start=start, end=start + 4) for start in (11, 50, 90)])
    assert table["repeat_of"].tolist()[1:] == ["a-001", "a-001"]


# Checks.

BREACHES = [
    pytest.param({"value": Decimal("inf")}, "value is not finite", id="infinite"),
    pytest.param({"value": Decimal("nan")}, "value is empty", id="no number"),
    pytest.param({"start": 10}, "start and end do not span", id="span longer than the text"),
    pytest.param({"start": -4, "end": 0}, "start and end do not span", id="span before the text"),
    pytest.param({"sentence": "全文完。"}, "sentence does not hold", id="another sentence"),
    pytest.param({"unit": "CNY"}, "the unit is none", id="money for a rate"),
    pytest.param(
        {"kind": Kind.INVESTMENT, "unit": "元", "basis": None}, "the unit is none", id="no ISO code"
    ),
    pytest.param({"basis": Basis.PLAN}, "the basis is none", id="plan for a growth rate"),
    pytest.param(
        {"kind": Kind.INVESTMENT, "unit": "CNY", "basis": Basis.YOY}, "the basis is none", id="basis of a sum"
    ),
    pytest.param({"stage": Stage.SIGNED}, "a stage is said", id="stage of a rate"),
    pytest.param({"period": "2022年"}, "period is malformed", id="no EDTF"),
    pytest.param({"kind": "growth"}, "kind is none of", id="unknown kind"),
]


@pytest.mark.parametrize(("changes", "cause"), BREACHES)
def test_breach_is_named_with_its_article(observe, changes, cause):
    table = observation_table([observe(), observe(article="004", **changes)])
    with pytest.raises(TableError) as error:
        check_observations(table)
    assert str(error.value).startswith("004: ")
    assert cause in str(error.value)


def test_missing_column_is_named(observe):
    with pytest.raises(TableError, match="column 'basis' is missing"):
        check_observations(observation_table([observe()]).drop(columns="basis"))


def test_empty_cell_of_a_required_column_is_named(observe):
    table = observation_table([observe()])
    with pytest.raises(TableError, match="a: indicator is empty"):
        check_observations(table.assign(indicator=pd.Series([None], dtype="str")))


def test_column_of_another_type_is_named(observe):
    table = observation_table([observe()])
    with pytest.raises(TableError, match="column 'start' is of type float64"):
        check_observations(table.assign(start=table["start"].astype(float)))


PERIODS = [
    "2018",
    "2022-01/2022-11",
    "../2022-11-30",
    "2023/..",
    "2023-06-30",
    "XXXX-01/XXXX-11",
    "../2023-07",
    "2023~",
]


@pytest.mark.parametrize("period", PERIODS)
def test_period_of_the_contract_passes(observe, period):
    check_observations(observation_table([observe(period=period)]))


@pytest.mark.parametrize("period", ["2022-1", "2022/", "../..", "2022-01-2022-11", " 2022"])
def test_period_of_no_contract_does_not(observe, period):
    with pytest.raises(TableError, match="period is malformed"):
        check_observations(observation_table([observe(period=period)]))


# The schema.


def test_schema_says_what_the_table_holds():
    fields = {field["name"]: field for field in table_schema()["fields"]}
    assert list(fields) == list(OBSERVATION_COLUMNS)
    assert fields["stage"]["constraints"] == {"required": False, "enum": [str(stage) for stage in Stage]}
    assert fields["value"]["type"] == "number"
    assert all(field["description"] for field in fields.values())


def test_patterns_of_the_schema_compile():
    assert all(re.compile(field.pattern) for field in OBSERVATION_FIELDS if field.pattern)


def test_package_describes_each_file_and_is_the_same_twice():
    package = data_package("湖南 2023")
    assert [resource["path"] for resource in package["resources"]] == [
        "articles.csv",
        "observations.csv",
        "problems.csv",
        "corrections.csv",
    ]
    assert re.fullmatch(r"[a-z0-9._-]+", package["name"])
    assert package == data_package("湖南 2023")
