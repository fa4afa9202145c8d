"""A piece of a page: HTML that shows itself in JupyterLab with its styles and enters a published page without.

Whatever comes from an article or a table goes through `markup`, which escapes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import count

from markupsafe import Markup

from helpers.paths import TEMPLATE
from helpers.wording import in_script

_OPEN, _CLOSE = '<style class="zb-components">', "</style>"
_numbers: dict[str, Iterator[int]] = {}


@cache
def component_styles() -> str:
    """Return the stylesheet of everything that fragments are made of."""
    return (TEMPLATE / "components.css").read_text(encoding="utf-8")


def markup(template: str, *values: object, **named: object) -> Markup:
    """Return HTML whose {fields} are filled with escaped values.

    >>> markup("<b>{}</b>", "<script>")
    Markup('<b>&lt;script&gt;</b>')
    """
    return Markup(template).format(*values, **named)


def joined(pieces: Iterable[object], separator: str = "") -> Markup:
    """Return pieces of HTML one after the other."""
    return Markup(separator).join(pieces)


def unique_id(stem: str) -> str:
    """Return an id that no other fragment of this notebook has: text, text-2, text-3 …"""
    number = next(_numbers.setdefault(stem, count(1)))
    return stem if number == 1 else f"{stem}-{number}"


@dataclass(frozen=True, slots=True, repr=False)
class Fragment:
    """A piece of HTML that a notebook shows."""

    html: str

    def __repr__(self) -> str:
        return f"<Fragment of {len(self.html)} characters>"

    def _repr_html_(self) -> str:
        return f"{_OPEN}{component_styles()}{_CLOSE}{in_script(self.html)}"


def without_styles(html: str) -> str:
    """Return the HTML of a fragment as JupyterLab got it, less the stylesheet that the page has anyway."""
    return re.sub(f"{re.escape(_OPEN)}.*?{re.escape(_CLOSE)}", "", html, flags=re.DOTALL)
