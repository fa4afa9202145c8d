"""Accuracy on the shipped gold, and CPU time, of the project beside the baseline and the installed peers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pandas as pd

from benchmarks.baseline import find_figures
from benchmarks.peers import Peer, installed_peers
from helpers.article import Article, read_article_set
from helpers.corpus import extraction_or_problem
from helpers.evaluation import GROUPS, Evaluation, evaluate, read_gold
from helpers.extract import Extraction
from helpers.paths import ROOT, SHIPPED_SET
from helpers.table import observation_table
from helpers.table.schema import OBSERVATION_COLUMNS

GOLD = ROOT / "tests" / "gold"
SECONDS = 3.0
SUMS = ("investment", "amount")


def report_lines() -> Iterator[str]:
    """Yield what was measured, a line at a time as it is known."""
    articles = read_article_set(SHIPPED_SET).articles
    peers = installed_peers()
    yield from _accuracy_lines(articles, GOLD, peers)
    yield ""
    yield from _speed_lines(articles, peers)


def _accuracy_lines(
    articles: tuple[Article, ...], gold_folder: Path, peers: Mapping[str, Peer | None]
) -> Iterator[str]:
    gold = read_gold(gold_folder)
    yield f"accuracy on {len(gold)} shipped articles (F1)   core kind   core row   all kind    all row       sums"
    for name, rows in (("baseline", baseline_rows(articles)), ("zhanbao", our_rows(articles))):
        yield f"  {name:42}" + "".join(f"{f1:11.3f}" for f1 in _f1s(evaluate(rows, gold)))
    for name, peer in peers.items():
        if peer is None:
            yield f"  {name:37} skipped: not installed"
        else:
            yield f"  {name:42}{'':44}{_f1_of_sums(evaluate(rows_of_peer(articles, peer), gold)):11.3f}"


def _f1s(evaluation: Evaluation) -> Iterator[float]:
    for group in ("core", "all"):
        for level in ("kind", "row"):
            yield evaluation.score(level, GROUPS[group]).f1
    yield _f1_of_sums(evaluation)


def _f1_of_sums(evaluation: Evaluation) -> float:
    """Return how well sums of money are read, whatever they are said of."""
    return evaluation.score("value", SUMS).f1


def baseline_rows(articles: tuple[Article, ...]) -> pd.DataFrame:
    """Return what the regular expression finds in the raw texts."""
    rows = [row for article in articles for row in find_figures(article.id, article.raw)]
    return pd.DataFrame(rows, columns=OBSERVATION_COLUMNS)


def rows_of_peer(articles: tuple[Article, ...], peer: Peer) -> pd.DataFrame:
    """Return the sums that a peer finds in the raw texts; what they are said of it does not tell."""
    rows = [
        {"article": article.id, "kind": "amount", "value": value, "unit": unit}
        for article in articles
        for value, unit in peer.sums(article.raw)
    ]
    return pd.DataFrame(rows, columns=OBSERVATION_COLUMNS)


def our_rows(articles: tuple[Article, ...]) -> pd.DataFrame:
    """Return the table of observations."""
    extractions = (x for x in map(extraction_or_problem, articles) if isinstance(x, Extraction))
    return observation_table(seen for extraction in extractions for seen in extraction.observations)


def _speed_lines(articles: tuple[Article, ...], peers: Mapping[str, Peer | None]) -> Iterator[str]:
    characters = sum(len(article.raw) for article in articles) / len(articles)
    yield f"one core, articles of {characters:.0f} characters      articles/s   times the baseline's CPU"
    baseline = _cpu_seconds(lambda a: list(find_figures(a.id, a.raw)), articles)
    yield _speed_line("baseline", baseline, baseline)
    yield _speed_line("zhanbao", _cpu_seconds(extraction_or_problem, articles), baseline)
    for name, peer in peers.items():
        if peer is None:
            yield f"  {name:37} skipped: not installed"
        else:
            yield _speed_line(name, _cpu_seconds(lambda a, read=peer.read: read(a.raw), articles), baseline)


def _speed_line(name: str, seconds: float, baseline: float) -> str:
    return f"  {name:37}{1 / seconds:11.1f}{seconds / baseline:27.1f}"


def _cpu_seconds(read: Callable[[Article], object], articles: tuple[Article, ...]) -> float:
    """Return the CPU time an article takes once warm: the whole set again and again for a few seconds."""
    for article in articles:
        read(article)
    rounds, begin = 0, time.process_time()
    while time.process_time() - begin < SECONDS:
        for article in articles:
            read(article)
        rounds += 1
    return (time.process_time() - begin) / (rounds * len(articles))
