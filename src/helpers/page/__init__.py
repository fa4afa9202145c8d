"""The pieces of a page that are not charts: rows, text and repairs → HTML in which every number leads to its proof."""

from helpers.page.about import citation, masthead, problems_met, repairs_made
from helpers.page.checks import checks_made
from helpers.page.cleaning import clean_set, most_repaired, repair_counts, repair_examples, repaired_text
from helpers.page.corrections import corrections_made, how_to_correct
from helpers.page.figures import key_figures
from helpers.page.opening import OpenArticle, OpenSet, open_article, open_set
from helpers.page.overview import (
    article_list,
    places_side_by_side,
    project_register,
    set_downloads,
    set_masthead,
    stage_matrix,
)
from helpers.page.rows import table_of_set
from helpers.page.table import kinds_found, whole_table
from helpers.page.text import article_text

__all__ = [
    "OpenArticle",
    "OpenSet",
    "article_list",
    "article_text",
    "checks_made",
    "citation",
    "clean_set",
    "corrections_made",
    "how_to_correct",
    "key_figures",
    "kinds_found",
    "masthead",
    "most_repaired",
    "open_article",
    "open_set",
    "places_side_by_side",
    "problems_met",
    "project_register",
    "repair_counts",
    "repair_examples",
    "repaired_text",
    "repairs_made",
    "set_downloads",
    "set_masthead",
    "stage_matrix",
    "table_of_set",
    "whole_table",
]
