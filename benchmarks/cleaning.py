"""CPU time of cleaning beside that of extraction on the shipped articles, and the speed on text with nothing broken."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from helpers.article import Article, read_article_set
from helpers.clean import CleanText, clean
from helpers.dateline import find_dateline
from helpers.extract import find_observations
from helpers.paths import SHIPPED_SET

ROUNDS = 25
LARGE = 30  # times the set in the large block


def report_lines() -> Iterator[str]:
    """Yield what was measured, a line at a time as it is known."""
    articles = read_article_set(SHIPPED_SET).articles
    yield f"CPU of {ROUNDS} warm rounds, ms an article        cleaning   extraction        ratio"
    costs = [_costs(article) for article in articles]
    for article, (cleaning, extraction) in zip(articles, costs, strict=True):
        yield _cost_line(article.id, cleaning, extraction)
    yield _cost_line("all", *map(sum, zip(*costs, strict=True)))
    yield ""
    yield "simplified text with nothing broken, one core     characters         MB/s"
    texts = [clean(article.raw).text for article in articles]
    yield _speed_line("the articles once clean", texts)
    yield _speed_line("the same in one large block", ["\n".join(texts * LARGE)])


def _cost_line(name: str, cleaning: float, extraction: float) -> str:
    return f"  {name:42}{1e3 * cleaning:12.1f}{1e3 * extraction:13.1f}{cleaning / extraction:13.2f}"


def _costs(article: Article) -> tuple[float, float]:
    """Return the CPU seconds that cleaning and extraction take, measured turn by turn on the same machine."""
    cleaned = clean(article.raw)
    _extract(article, cleaned)
    cleaning = extraction = 0.0
    for _ in range(ROUNDS):
        cleaning += _cpu_seconds(lambda: clean(article.raw))
        extraction += _cpu_seconds(lambda: _extract(article, cleaned))
    return cleaning / ROUNDS, extraction / ROUNDS


def _extract(article: Article, cleaned: CleanText) -> None:
    find_observations(article.id, cleaned, find_dateline(article, cleaned))


def _speed_line(name: str, texts: list[str]) -> str:
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    rounds = ROUNDS if megabytes < 0.1 else 1
    seconds = _cpu_seconds(lambda: [clean(text) for text in texts * rounds])
    return f"  {name:42}{sum(map(len, texts)):16,}{megabytes * rounds / seconds:13.1f}"


def _cpu_seconds(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin
