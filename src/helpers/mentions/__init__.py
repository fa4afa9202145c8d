"""Text → what it mentions, each with its span: numerals, quantities, times and places.

Each module knows how one sort of thing is written and nothing of the figures around it.
"""
