"""Articles whose rows are known, since they were written from them: every row is found whole, and nothing else."""

import pytest

from benchmarks.bulletins import bulletins
from helpers.evaluation import evaluate
from helpers.extract import extract
from helpers.table import observation_table

WRITTEN = {made.article.id: made for made in bulletins(8)}


@pytest.mark.parametrize("article", WRITTEN)
def test_what_was_written_is_read(article):
    made = WRITTEN[article]
    score = evaluate(observation_table(extract(made.article).observations), {article: list(made.rows)})
    assert score.score("row").f1 == 1.0
