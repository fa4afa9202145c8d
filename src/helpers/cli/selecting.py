"""The command that chooses from a large set: select."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from helpers.cli.telling import say
from helpers.storage import location, require_writable

if TYPE_CHECKING:
    from helpers.corpus.selection import Selected
    from helpers.storage import Location


def select_command(options: argparse.Namespace) -> int:
    """Write the articles that meet the conditions as a set of its own, with what was corrected in them."""
    from helpers.corpus.selection import SelectionError, articles_that_say, parse_condition, write_articles

    output = location(options.output)
    paths = [location(path) for path in options.paths]
    if output.resolve() in [path.resolve() for path in paths]:
        raise SelectionError(f"{options.output}: is what is to be chosen from")
    require_writable(output)
    conditions = [parse_condition(condition) for condition in options.where]
    chosen = articles_that_say(location(options.parts), conditions)
    if not chosen:
        raise SelectionError(f"{options.parts}: no article says that")
    selected = write_articles(paths, chosen, output)
    if lacking := len(chosen) - len(selected.articles):
        say(f"{lacking} articles of {options.parts} are in none of the sets named")
    _write_corrections(selected, output)
    say(f"{len(selected.articles)} articles in {output}")
    return 0


def _write_corrections(selected: Selected, output: Location) -> None:
    """Write what people have corrected beside the set, but never over what they have written there since."""
    from helpers.article.corrections import corrections_of_archive
    from helpers.correction import corrections_text
    from helpers.storage import write_text

    if not selected.corrections:
        return
    path = corrections_of_archive(output)
    if path.exists():
        say(f"{path}: is there already and stays as it is")
        return
    write_text(corrections_text(selected.corrections), path)
