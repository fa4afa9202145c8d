"""Imported by the process that page workers are forked from, so that each of them starts warm.

The one module whose import is meant to do work: a fork server can be told what to import, and nothing else.
"""

from contextlib import suppress

from helpers.report.making import warm_up

# What fails here fails again in the first page, where it is told which.
with suppress(Exception):
    warm_up()
