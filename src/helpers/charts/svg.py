"""Matplotlib figure → small inline SVG that is text, follows the page's colours and leads to its proof.

Text stays text (searchable, read aloud, set in the page's font); style attributes become plain
attributes, because a strict Content-Security-Policy forbids them; the colours of PALETTE become CSS
variables, so that the page's dark scheme reaches the charts; each marked artist becomes a link.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FONT_FAMILY = "Noto Sans SC"
SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"

# Light values; the page's stylesheet gives the dark ones under the same names.
PALETTE = {
    "ink": "#20242b",
    "muted": "#5c6470",
    "rule": "#dadde2",
    "axis": "#8a919c",
    "mark": "#121820",
    "growth_rate": "#b0402a",
    "investment": "#1f5f9e",
    "project_count": "#0b7a5e",
    "completion_rate": "#8a5a00",
    "share": "#7448a0",
    "rate_difference": "#a8326b",
    "amount": "#476582",
    "count": "#5e6b1f",
    "quantity": "#75563c",
}
_VARIABLES = {colour: f"var(--{name},{colour})" for name, colour in PALETTE.items()}
# What browsers assume anyway.
_DEFAULTS = {
    ("opacity", "1"),
    ("stroke-linecap", "butt"),
    ("stroke-linejoin", "miter"),
    ("text-anchor", "start"),
    ("stroke-width", "1"),
    ("stroke", "none"),
}
PART = "~"


@dataclass(frozen=True, slots=True)
class Mark:
    """What a bar or point of a chart leads to: its artists carry `key`, or `key~part`, as gid."""

    key: str
    name: str
    href: str | None = None
    data: Mapping[str, str] = field(default_factory=dict)


@cache
def font_file() -> Path:
    """Return the file of Noto Sans SC that the package zhplot carries, without importing the package."""
    spec = find_spec("zhplot")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("the package zhplot, which carries the font Noto Sans SC, is not installed")
    return Path(spec.origin).parent / "fonts" / "NotoSansSC-Regular.ttf"


@cache
def _register_font() -> None:
    from matplotlib.font_manager import fontManager

    fontManager.addfont(font_file())


def drawing_style() -> dict[str, Any]:
    """Return the rcParams that charts are drawn under."""
    from cycler import cycler

    _register_font()
    colours = [
        PALETTE[name]
        for name in ("investment", "project_count", "growth_rate", "share", "completion_rate", "amount")
    ]
    return {
        "axes.prop_cycle": cycler(color=colours),
        "axes.facecolor": "none",
        "figure.facecolor": "none",
        "axes.spines.top": False,
        "axes.spines.right": False,
        "legend.frameon": False,
        "font.family": FONT_FAMILY,
        "font.size": 13,
        "svg.fonttype": "none",
        "svg.hashsalt": "zhanbao",
        "text.color": PALETTE["ink"],
        "axes.edgecolor": PALETTE["axis"],
        "axes.labelcolor": PALETTE["muted"],
        "axes.unicode_minus": False,
        "xtick.color": PALETTE["muted"],
        "ytick.color": PALETTE["muted"],
        "hatch.linewidth": 1.3,
        "path.simplify": False,
    }


def figure_svg(figure: Figure, marks: Iterable[Mark], *, prefix: str, label: str, classes: str = "") -> str:
    """Return a figure as inline SVG: `label` is its accessible name, `prefix` keeps its ids apart."""
    root = ET.fromstring(_saved(figure))
    _drop_furniture(root)
    parents = {child: parent for parent in root.iter() for child in parent}
    drawn = _artists_by_key(root)
    for mark in marks:
        _link(mark, drawn.get(mark.key, []), parents)
    for element in root.iter():
        _plain_attributes(element)
    _prefix_ids(root, prefix)
    return _serialized(root, label, classes)


def _saved(figure: Figure) -> str:
    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    written = io.StringIO()
    with matplotlib.rc_context(drawing_style()):
        FigureCanvasSVG(figure).print_svg(written, metadata={"Date": None, "Creator": None})
    return written.getvalue()


def _drop_furniture(root: ET.Element) -> None:
    """Remove metadata, the stylesheet, and definitions left empty."""
    for parent in list(root.iter()):
        for child in list(parent):
            tag = child.tag.rpartition("}")[2]
            if tag in {"metadata", "style"} or (
                tag == "defs" and all(c.tag.endswith("style") for c in child)
            ):
                parent.remove(child)


def _artists_by_key(root: ET.Element) -> dict[str, list[ET.Element]]:
    drawn: dict[str, list[ET.Element]] = {}
    for element in root.iter():
        if identifier := element.get("id"):
            drawn.setdefault(identifier.partition(PART)[0], []).append(element)
    return drawn


def _link(mark: Mark, drawn: list[ET.Element], parents: dict[ET.Element, ET.Element]) -> None:
    """Gather the artists of a mark in one link with a name that is read aloud and shown on hover."""
    if not drawn:
        return
    holder = ET.Element(f"{{{SVG}}}{'a' if mark.href else 'g'}", {"class": "zb-mark"})
    if mark.href:
        holder.set("href", mark.href)
        holder.set("aria-label", mark.name)
    for name, value in mark.data.items():
        holder.set(f"data-{name}", value)
    ET.SubElement(holder, f"{{{SVG}}}title").text = mark.name
    first = parents[drawn[0]]
    first.insert(list(first).index(drawn[0]), holder)
    for element in drawn:
        parents[element].remove(element)
        element.attrib.pop("id", None)
        holder.append(element)


def _plain_attributes(element: ET.Element) -> None:
    """Turn the style attribute into presentation attributes, colours into the page's variables."""
    href = element.attrib.pop(f"{{{XLINK}}}href", None)
    if href is not None:
        element.set("href", href)
    transform = element.get("transform", "")
    if transform.startswith("rotate(-0 "):
        del element.attrib["transform"]
    for name, value in _declarations(element.attrib.pop("style", "")):
        if name == "font":
            size = re.search(r"([\d.]+)px", value)
            element.set("font-size", size[1] if size else "13")
        elif name != "font-family" and (name, value) not in _DEFAULTS:
            element.set(name, _VARIABLES.get(value, value))
    for name in ("fill", "stroke"):
        if element.get(name) in _VARIABLES:
            element.set(name, _VARIABLES[element.attrib[name]])


def _declarations(style: str) -> Iterator[tuple[str, str]]:
    for declaration in style.split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            yield name.strip(), value.strip()


def _prefix_ids(root: ET.Element, prefix: str) -> None:
    """Give the ids that something refers to a prefix, drop the others."""
    text = ET.tostring(root, encoding="unicode")
    used = set(re.findall(r"url\(#([^)]+)\)", text)) | {
        element.attrib["href"][1:]
        for element in root.iter(f"{{{SVG}}}use")
        if element.get("href", "").startswith("#")
    }
    for element in root.iter():
        identifier = element.get("id")
        if identifier in used:
            element.set("id", f"{prefix}-{identifier}")
        elif identifier is not None:
            del element.attrib["id"]
        for name, value in list(element.attrib.items()):
            if "url(#" in value:
                element.set(name, value.replace("url(#", f"url(#{prefix}-"))
        if element.tag == f"{{{SVG}}}use":
            element.set("href", f"#{prefix}-{element.attrib['href'][1:]}")


def _serialized(root: ET.Element, label: str, classes: str) -> str:
    for name in ("width", "height", "version"):
        root.attrib.pop(name, None)
    root.set("class", f"zb-svg {classes}".strip())
    root.set("role", "group")
    root.set("aria-label", label)
    ET.register_namespace("", SVG)
    text = ET.tostring(root, encoding="unicode", short_empty_elements=True)
    text = re.sub(r' xmlns(:\w+)?="[^"]*"', "", text, count=3)
    return re.sub(r">\s+<", "><", text).replace(" />", "/>")
