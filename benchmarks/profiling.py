"""Where the CPU time goes, by step and by module, and the speed by kind of text: generated bulletins, one core."""

from __future__ import annotations

import cProfile
import pstats
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.bulletins import SCRIPTS, bulletin_of
from benchmarks.results import Measure, record
from helpers.article import Article
from helpers.clean import clean
from helpers.corpus import extraction_or_problem
from helpers.paths import PACKAGE

ARTICLES = 60  # of each kind of text
ROUNDS = 3
SHOWN = 14


def report_lines() -> Iterator[str]:
    """Yield what was measured, a line at a time as it is known; the table of results keeps it."""
    yield "one core, generated bulletins of about 2,800 characters      articles/s   cleaning ms   extraction ms"
    sets = {damage: [bulletin_of(number, damage) for number in range(ARTICLES)] for damage in SCRIPTS}
    for damage, articles in sets.items():
        whole, cleaning = (
            _seconds(extraction_or_problem, articles),
            _seconds(lambda a: clean(a.raw), articles),
        )
        name = damage.__name__.replace("_", " ")
        record([Measure("speed", name, "articles a second, one core", 1 / whole, "1/s")])
        yield f"  {name:57}{1 / whole:12.1f}{1e3 * cleaning:14.2f}{1e3 * (whole - cleaning):16.2f}"
    yield ""
    yield "share of the CPU time by module, in the mix that is generated"
    mix = [
        article
        for damage, articles in sets.items()
        for article in articles[: round(ARTICLES * SCRIPTS[damage])]
    ]
    shares = _shares(mix)
    record(
        Measure("profile", module, "share of CPU time", share, "")
        for module, share in shares.most_common(SHOWN)
    )
    for module, share in shares.most_common(SHOWN):
        yield f"  {module:40}{share:8.1%}"


def _seconds(work, articles: Sequence[Article]) -> float:
    """Return the least CPU time of an article in several rounds, once warm."""
    costs = []
    for _ in range(ROUNDS + 1):
        begin = time.process_time()
        for article in articles:
            work(article)
        costs.append(time.process_time() - begin)
    return min(costs[1:]) / len(articles)


def _shares(articles: Sequence[Article]) -> Counter[str]:
    """Return the share of each module, the time of what it calls outside the project counted as its own."""
    profile = cProfile.Profile(builtins=False)
    profile.enable()
    for article in articles:
        extraction_or_problem(article)
    profile.disable()
    spent: Counter[str] = Counter()
    for (file, _, _), (_, _, own, _, _) in pstats.Stats(profile).stats.items():
        spent[_module(file)] += own
    total = sum(spent.values())
    return Counter({module: seconds / total for module, seconds in spent.items()})


def _module(file: str) -> str:
    path = Path(file)
    if not path.is_relative_to(PACKAGE):
        return "outside the project"
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


if __name__ == "__main__":
    for line in report_lines():
        print(line, flush=True)
