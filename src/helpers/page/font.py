"""The characters of a page → a font with just these, embedded in its stylesheet."""

from __future__ import annotations

import base64
import html
import io
import re
from functools import cache

from helpers.charts.svg import FONT_FAMILY, font_file

# What browsers and scripts may still add: digits and letters, the arrows of sorted columns, an ellipsis.
ALWAYS = "".join(map(chr, range(0x20, 0x7F))) + "　…↑↓→×–—·“”‘’、。，：；？！（）《》"
_INVISIBLE = r"<(script|style)\b.*?</\1>"
_SPOKEN = r'(?:title|alt|placeholder|aria-label)="([^"]*)"'


def characters_of(page: str) -> frozenset[str]:
    """Return the characters that a page can come to show.

    >>> sorted(characters_of("<p title='x'>资&#28170;</p>") - set(ALWAYS))
    ['渊', '资']
    """
    visible = re.sub(_INVISIBLE, "", page, flags=re.DOTALL)
    words = re.sub(r"<[^>]*>", "", visible) + "".join(re.findall(_SPOKEN, visible))
    scripts = "".join(
        re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', page, flags=re.DOTALL)
    )
    return frozenset(html.unescape(words + scripts)) | frozenset(ALWAYS)


def font_face(page: str) -> str:
    """Return the CSS that gives a page its font, cut down to the characters of the page."""
    characters = "".join(sorted(characters_of(page)))
    data = base64.b64encode(subset_font(characters)).decode("ascii")
    return (
        f'@font-face{{font-family:"{FONT_FAMILY}";font-weight:400;font-display:block;'
        f'src:url(data:font/woff;base64,{data}) format("woff")}}'
    )


@cache
def subset_font(characters: str) -> bytes:
    """Return Noto Sans SC with the given characters as WOFF, without layout tables and hints."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options(
        layout_features=[], hinting=False, glyph_names=False, recalc_timestamp=False, name_IDs=[1, 2],
        drop_tables=["GSUB", "GPOS", "GDEF", "BASE", "STAT", "vhea", "vmtx", "VORG", "DSIG", "gasp", "prep"],
        notdef_outline=True,
    )  # fmt: skip
    font = TTFont(font_file(), lazy=True, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=map(ord, characters))
    subsetter.subset(font)
    font.flavor = "woff"
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()
