"""The rows of the shipped set, kept as CSV, so that a change of a rule shows as a diff of rows.

Where the diff is wanted, renew the table with `make golden` and say in CHANGELOG.md which rows moved and why.
"""

import difflib
from pathlib import Path

from helpers.corpus import tabulate
from helpers.export import csv_text
from helpers.paths import SHIPPED_SET

GOLDEN = Path(__file__).parent / "golden" / "hunan.csv"


def test_rows_of_the_shipped_set_are_the_golden_ones():
    tables = tabulate(SHIPPED_SET)
    kept, found = GOLDEN.read_text("utf-8-sig").splitlines(), csv_text(tables.observations).splitlines()
    moved = list(difflib.unified_diff(kept, found, "golden", "found", lineterm="", n=0))
    assert not moved, "rows moved; if they should, run make golden:\n" + "\n".join(moved[:40])


def test_every_article_of_the_shipped_set_could_be_worked_on():
    assert "failed" not in set(tabulate(SHIPPED_SET).problems["cause"])
