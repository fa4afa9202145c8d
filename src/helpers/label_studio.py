"""Rows ↔ tasks of Label Studio, so that a team can review them in a tool it knows, and what it found comes back.

Out: a task an article with its rows as predictions, and the labeling configuration that they are made for. Back: the
annotations of an export, compared with the rows that the reviewers were shown, as corrections or as gold. The format
is that of https://labelstud.io/guide/predictions; its offsets count code points, as Python does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from helpers.correct import brought_by_kind
from helpers.correction import (
    ADD,
    ATTRIBUTES,
    DROP,
    ENUMS,
    Correction,
    CorrectionError,
    Value,
    parse_value,
    told_by_figure,
    written,
)
from helpers.labels import COLUMN_WORDS
from helpers.observation import FIXED_UNITS, Bound, Confidence, Kind, Status, fits_kind
from helpers.quotation import best_places, occurrences, quote, same_figure
from helpers.segment import Span

if TYPE_CHECKING:
    from helpers.extract import Extraction
    from helpers.observation import Observation

TEXT = "text"  # what the text is called, in the data and in the configuration
REASON = "reason"
CHOSEN = ("bound", "basis", "status", "stage")
DEFAULTS: Mapping[str, Value] = {"bound": Bound.EXACT, "status": Status.ACTUAL}
COLOURS = ("#b0402a", "#1f5f9e", "#0b7a5e", "#8a5a00", "#7448a0", "#a8326b", "#476582", "#5e6b1f", "#75563c")
SURE = {Confidence.HIGH: 1.0, Confidence.MEDIUM: 0.5, Confidence.LOW: 0.0}
AROUND = 12  # characters of context that a gold row quotes

Row = Mapping[str, Value]


class LabelStudioError(ValueError):
    """An export that cannot be understood; the message is one line naming article, figure and cause."""


# Out.


def labeling_config() -> str:
    """Return the labeling configuration: a label a kind, and for each region its other columns.

    The value is a text, not a Number, which would lose a 0 and digits that a float does not hold.
    """
    view = ElementTree.Element("View")
    ElementTree.SubElement(view, "Style").text = ".htx-text { white-space: pre-wrap; }"
    ElementTree.SubElement(view, "Header", value="$title")
    side_by_side = ElementTree.SubElement(view, "View", style="display: flex; gap: 2rem")
    article = ElementTree.SubElement(side_by_side, "View", style="flex: 3")
    labels = ElementTree.SubElement(article, "Labels", name="kind", toName=TEXT)
    for label, colour in zip(ENUMS["kind"][1].values(), COLOURS, strict=True):
        ElementTree.SubElement(labels, "Label", value=label, background=colour)
    ElementTree.SubElement(article, "Text", name=TEXT, value=f"${TEXT}")
    columns = ElementTree.SubElement(side_by_side, "View", style="flex: 2", visibleWhen="region-selected")
    for name in (*ATTRIBUTES[1:], REASON):
        ElementTree.SubElement(columns, "Header", value=COLUMN_WORDS[name], size="5")
        columns.append(_control(name))
    ElementTree.indent(view)
    return ElementTree.tostring(view, encoding="unicode") + "\n"


def _control(name: str) -> ElementTree.Element:
    common = {"name": name, "toName": TEXT, "perRegion": "true"}
    if name not in CHOSEN:
        return ElementTree.Element("TextArea", common, rows="1", maxSubmissions="1", editable="true")
    choices = ElementTree.Element("Choices", common, choice="single", showInline="true")
    for label in ENUMS[name][1].values():
        ElementTree.SubElement(choices, "Choice", value=label)
    return choices


def annotation_task(extraction: Extraction, model_version: str) -> dict[str, Any]:
    """Return an article as a task: its text, its rows as shown, and the same rows as predictions.

    The rows stand in the data, too, for only what a task holds as data comes back with every export.
    """
    article, rows = extraction.article, extraction.observations
    title = article.title or extraction.dateline.title or extraction.clean.byline.title or article.id
    result = [item for number, seen in enumerate(rows, 1) for item in _region(f"row-{number:03}", seen)]
    score = sum(SURE[seen.confidence] for seen in rows) / len(rows) if rows else 1.0
    return {
        "data": {
            TEXT: extraction.clean.text,
            "article": article.id,
            "title": title,
            "rows": [_cells(seen) for seen in rows],
        },
        "predictions": [{"model_version": model_version, "score": round(score, 3), "result": result}],
    }


def _cells(seen: Observation) -> dict[str, Any]:
    return {"start": seen.start, "end": seen.end} | {
        name: written(getattr(seen, name)) for name in ATTRIBUTES
    }


def _region(identifier: str, seen: Observation) -> Iterator[dict[str, Any]]:
    """Yield the results of a row: its label first, then a result a column that says something."""
    yield _result(identifier, seen, "kind", "labels")
    for name in ATTRIBUTES[1:]:
        if getattr(seen, name) is not None:
            yield _result(identifier, seen, name, "choices" if name in CHOSEN else "textarea")


def _result(identifier: str, seen: Observation, name: str, sort: str) -> dict[str, Any]:
    said = written(getattr(seen, name))
    value: dict[str, Any] = {"start": seen.start, "end": seen.end, "text": seen.text}
    value["text" if sort == "textarea" else sort] = [ENUMS[name][1][said] if name in ENUMS else said]
    return {"id": identifier, "from_name": name, "to_name": TEXT, "type": sort, "value": value}


# Back.


@dataclass(frozen=True, slots=True)
class Review:
    """An article as a reviewer left it, beside the rows that the reviewer was shown, by their places."""

    article: str
    text: str
    shown: Mapping[Span, Row]
    left: Mapping[Span, Row]
    reasons: Mapping[Span, str]
    who: str
    when: str


def read_reviews(tasks: object) -> list[Review]:
    """Return the reviewed articles of an export in Label Studio's own JSON; LabelStudioError if it is none."""
    if not isinstance(tasks, list) or not all(isinstance(task, dict) for task in tasks):
        raise LabelStudioError("not an export of Label Studio: expected a list of tasks")
    reviews = [review for task in tasks for review in _understood(task)]
    seen: set[str] = set()
    for review in reviews:
        if review.article in seen:
            raise LabelStudioError(f"{review.article}: more than one task is of this article")
        seen.add(review.article)
    return reviews


def _understood(task: Mapping[str, Any]) -> list[Review]:
    try:
        return list(_reviews_of(task))
    except (AttributeError, KeyError, TypeError, CorrectionError) as error:
        raise LabelStudioError(
            f"task {task.get('id', '?')}: not as Label Studio writes one ({type(error).__name__}: {error})"
        ) from error


def _reviews_of(task: Mapping[str, Any]) -> Iterator[Review]:
    """Yield the review of a task if it has one: the one marked as ground truth, or the one that all agree on."""
    data = task.get("data")
    if not isinstance(data, dict) or not {TEXT, "article", "rows"} <= data.keys():
        raise LabelStudioError(
            f"task {task.get('id', '?')}: its data are not those that zhanbao annotate wrote"
        )
    if "annotations" not in task:
        raise LabelStudioError(f"{data['article']}: no annotations; export as JSON, not as JSON-MIN")
    done = [one for one in task["annotations"] if not one.get("was_cancelled")]
    reviews = [_review(data, one) for one in [x for x in done if x.get("ground_truth")] or done]
    if any(other.left != reviews[0].left for other in reviews[1:]):
        raise LabelStudioError(
            f"{data['article']}: reviewed {len(reviews)} times, not alike; mark one annotation as ground truth"
        )
    yield from reviews[:1]


def _review(data: Mapping[str, Any], annotation: Mapping[str, Any]) -> Review:
    article, text = str(data["article"]), str(data[TEXT])
    shown = {
        Span(row["start"], row["end"]): {name: parse_value(name, row[name]) for name in ATTRIBUTES}
        for row in data["rows"]
    }
    left: dict[Span, Row] = {}
    reasons: dict[Span, str] = {}
    for region in _regions(annotation):
        place = _place(article, text, region)
        if place in left:
            raise LabelStudioError(f"{article}: {text[slice(*place)]!r} is labelled twice")
        said = {name: _said(result) for name, result in region.items()}
        reasons[place] = said.pop(REASON, "")
        left[place] = _row(article, text[slice(*place)], said, shown.get(place, {}))
    when = str(annotation.get("updated_at") or annotation["created_at"])[:10]
    return Review(article, text, shown, left, reasons, _reviewer(annotation.get("completed_by")), when)


def _regions(annotation: Mapping[str, Any]) -> list[dict[str, Mapping[str, Any]]]:
    """Return the results of an annotation, a dict a region: by the column that each is for."""
    regions: dict[str, dict[str, Mapping[str, Any]]] = {}
    for result in annotation.get("result", ()):
        if result.get("from_name") in (*ATTRIBUTES, REASON):
            regions.setdefault(str(result.get("id")), {})[result["from_name"]] = result
    return list(regions.values())


def _said(result: Mapping[str, Any]) -> str:
    """Return what a result says: its label, its choice, or its text, of several the last."""
    value = result.get("value", {})
    said = value.get({"labels": "labels", "choices": "choices"}.get(str(result.get("type")), "text")) or [""]
    return str(said if isinstance(said, str) else said[-1]).strip()


def _place(article: str, text: str, region: Mapping[str, Mapping[str, Any]]) -> Span:
    """Return where a region stands, without the blanks that a reviewer has marked along with it.

    Older versions of Label Studio counted UTF-16 units; the words that a result quotes tell.
    """
    value = (region.get("kind") or next(iter(region.values())))["value"]
    given = Span(int(value["start"]), int(value["end"]))
    quoted = value.get("text")
    for place in (given, Span(*(_code_points(text, unit) for unit in given))):
        figure = text[slice(*place)]
        if figure.strip() and (
            not isinstance(quoted, str) or same_figure(figure, quoted.replace("\\n", "\n"))
        ):
            start = place.start + len(figure) - len(figure.lstrip())
            return Span(start, start + len(figure.strip()))
    raise LabelStudioError(
        f"{article}: a region of {quoted!r} is not where its offsets say, {given[0]}:{given[1]}"
    )


def _code_points(text: str, units: int) -> int:
    """Return how many characters of a text its first UTF-16 units are.

    >>> _code_points("😀12个", 2)
    1
    """
    return len(text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore"))


def _row(article: str, figure: str, said: Mapping[str, str], shown: Row) -> Row:
    """Return the columns of a region; what is left open and its figure tells, or the contract, is filled in."""
    try:
        row = {name: parse_value(name, text) for name, text in said.items() if text}
        if "kind" not in row:
            raise CorrectionError("no label says its kind")
        kind = Kind(row["kind"])
        row = {**dict.fromkeys(ATTRIBUTES), **DEFAULTS, **told_by_figure(figure, kind), **row}
        if kind != shown.get("kind", kind):
            row |= brought_by_kind(kind, {name: row[name] for name in ATTRIBUTES if row[name] == shown[name]})
        _refuse_misfits(kind, row)
    except CorrectionError as error:
        raise LabelStudioError(f"{article}: {figure!r}: {error}") from None
    return row


def _refuse_misfits(kind: Kind, row: Row) -> None:
    """Stop at a row that lacks what every row needs, or holds what its kind cannot have."""
    for name in ("indicator", "value", "unit"):
        if row[name] is None:
            raise CorrectionError(f"column {name!r} may not be empty")
    for name in ("unit", "basis", "stage"):
        if not fits_kind(kind, name, row[name]):
            raise CorrectionError(f"{kind} cannot have the {name} {written(row[name])}")


def _reviewer(completed_by: object) -> str:
    """Return who an annotation is by: an address where the export has it, else the user's number."""
    if isinstance(completed_by, dict):
        completed_by = completed_by.get("email") or completed_by.get("id")
    if isinstance(completed_by, int) or not completed_by:
        return f"Label Studio user {completed_by}" if completed_by else "Label Studio"
    return str(completed_by)


# Reviews → corrections.


@dataclass(frozen=True, slots=True)
class Findings:
    """What reviews come to: the corrections, and the figures that no quotation tells apart."""

    corrections: tuple[Correction, ...]
    untold: tuple[str, ...] = ()


def corrections_of(review: Review, reason: str, existing: Iterable[Correction] = ()) -> Findings:
    """Return what a reviewer has changed, dropped and added; `reason` stands where none is noted.

    `existing` are the corrections that the set has already: what they have dropped the rules may find again, so a row
    that is drawn there anew tells all its columns.
    """
    texts = {review.article: review.text}
    once_dropped = {_target(one, texts) for one in existing if one.column == DROP}
    corrections: list[Correction] = []
    untold: list[str] = []
    for place in sorted({*review.shown, *review.left}):
        columns = _changed_columns(review, place, whole=(review.article, place) in once_dropped)
        quotation = quote(review.text, place) if columns else None
        if columns and quotation is None:
            untold.append(f"{review.article}: {review.text[slice(*place)]!r} at {place.start}")
            continue
        why = review.reasons.get(place) or reason
        corrections += [
            Correction(review.article, quotation, column, value, why, review.who, review.when)
            for column, value in columns.items()
        ]
    return Findings(tuple(corrections), tuple(untold))


def _changed_columns(review: Review, place: Span, whole: bool) -> dict[str, Value]:
    """Return the columns of the lines that make a row what the reviewer left; none where nothing has changed."""
    shown, left = review.shown.get(place), review.left.get(place)
    if left is None:
        return {DROP: None}
    kind = Kind(left["kind"])
    if shown is None:
        known = dict.fromkeys(ATTRIBUTES) | dict(DEFAULTS) | told_by_figure(review.text[slice(*place)], kind)
        needed = ("indicator", *(() if kind in FIXED_UNITS else ("unit",)))
        others = {n: v for n, v in left.items() if n != "kind" and (whole or n in needed or v != known[n])}
        return {ADD: kind, **others}
    expected = dict(shown) | {"kind": kind}
    if kind != shown["kind"]:
        expected |= brought_by_kind(kind, shown)
    changed = {name: left[name] for name in ATTRIBUTES[1:] if left[name] != expected[name]}
    return ({"kind": kind} if kind != shown["kind"] else {}) | changed


def merged(
    existing: Sequence[Correction], reviews: Iterable[Review], found: Sequence[Correction]
) -> list[Correction]:
    """Return the lines of a corrections.csv after a review: the old ones that stand, then the new ones.

    A new line takes the place of an old one on the same column of the same figure; a row that an old line had added
    and the reviewer has taken out needs neither.
    """
    texts = {review.article: review.text for review in reviews}
    new: dict[tuple, dict[str, Correction]] = {}
    for correction in found:
        new.setdefault(_target(correction, texts), {})[correction.attribute] = correction
    kept, no_longer_added = [], set()
    for old in existing:
        target = _target(old, texts)
        lines = new.get(target, {})
        if DROP in lines and old.column == ADD:
            no_longer_added.add(target)
        if not lines or not (old.column == DROP or DROP in lines or old.attribute in lines):
            kept.append(old)
    return [*kept, *(one for one in found if _target(one, texts) not in no_longer_added)]


def _target(correction: Correction, texts: Mapping[str, str]) -> tuple:
    """Return what tells whether two corrections are for one figure: its place in the text that was reviewed."""
    text, quotation = texts.get(correction.article, ""), correction.quotation
    places = best_places(text, quotation, occurrences(text, quotation.figure))
    return (correction.article, places[0] if len(places) == 1 else quotation)


# Reviews → gold.


def gold(review: Review) -> dict[str, Any]:
    """Return the rows that a reviewer left as gold annotations, as `helpers.evaluation.read_gold` reads them."""
    return {
        "article": review.article,
        "reviewed": f"{review.who}, {review.when}",
        "observations": [_gold_row(review.text, place, row) for place, row in sorted(review.left.items())],
    }


def _gold_row(text: str, place: Span, row: Row) -> dict[str, Any]:
    context = text[max(0, place.start - AROUND) : place.end + AROUND]
    cells = {name: None if row[name] is None else str(row[name]) for name in ATTRIBUTES}
    return {
        "quote": text[slice(*place)],
        "context": " ".join(context.split()),
        **cells,
        "value": float(row["value"]),
    }
