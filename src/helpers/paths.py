"""Where things lie: the folders of a checkout, and the two that each article set gets."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
ROOT = PACKAGE.parents[1]
RAW = ROOT / "data" / "raw"
PROCESSED = ROOT / "data" / "processed"
REPORTS = ROOT / "reports"
NOTEBOOKS = ROOT / "notebooks"
LEXICONS = PACKAGE / "lexicons"
TEMPLATE = PACKAGE / "template"
SHIPPED_SET = RAW / "hunan"


def processed_directory(set_name: str) -> Path:
    """Return the folder that the tables of an article set are written to."""
    return PROCESSED / set_name


def report_directory(set_name: str) -> Path:
    """Return the folder that the reports of an article set are published in."""
    return REPORTS / set_name
