"""Imported by the process that workers are forked from, so that each of them starts warm.

Its import is meant to do work: a fork server can be told what to import, and nothing else. Nothing here starts a
thread, which a forked process would be without.
"""

import gc
from contextlib import suppress

from helpers.article import Article
from helpers.corpus.dataset import extraction_or_problem
from helpers.workers import collect_seldom

# Its first words are broken, so that the word list is read, too.
SAMPLE = "來勢喜人?!坝唵纬掷m(xù)增多。\n今年1-6月，衡阳市签约项目12个，总投资30亿元，工业增加值同比增长8%。"

# What fails here fails again in the first article, where it is told of.
with suppress(Exception):
    extraction_or_problem(Article(id="sample", raw=SAMPLE))

# What is there by now stays: looked through by no worker, its memory stays that of all of them.
gc.freeze()
collect_seldom()
