"""Small means of drawing: elements, wrapped text, lanes. No style attributes, which the
site's content security policy forbids: presentation attributes and classes only."""

from collections.abc import Iterable, Mapping
from xml.etree import ElementTree

Element = ElementTree.Element

NARROW, WIDE = frozenset("iIjltfr.,:;'|!()- "), frozenset("mwMW—")


def shape(parent: Element, tag: str, text: str = "", /, **attributes: object) -> Element:
    """A new element inside `parent`; `stroke_width` becomes `stroke-width`."""
    written = {name.rstrip("_").replace("_", "-"): str(value) for name, value in attributes.items()}
    element = ElementTree.SubElement(parent, tag, written)
    element.text = text or None
    return element


def wrapped(text: str, width: float, size: float) -> list[str]:
    """The text in lines that fit the width, in pixels, in any common sans-serif type."""
    if not text:
        return []
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def text_width(text: str, size: float) -> float:
    """A safe guess of how wide the text is, in pixels: for bold in a wide type (DejaVu Sans)."""
    return size * sum(
        0.42 if char in NARROW else 1.05 if char in WIDE else 0.77 if char.isupper() else 0.68
        for char in text
    )


def lanes(spans: Mapping[str, tuple[float, float]]) -> dict[str, int]:
    """A lane from 0 on for each span, so that no two in a lane overlap; short ones first."""
    taken: list[list[tuple[float, float]]] = []
    found: dict[str, int] = {}
    for name, span in sorted(spans.items(), key=lambda item: item[1][1] - item[1][0]):
        free = [lane for lane, others in enumerate(taken) if not _overlaps(span, others)]
        if not free:
            free = [len(taken)]
            taken.append([])
        taken[free[0]].append(span)
        found[name] = free[0]
    return found


def _overlaps(span: tuple[float, float], others: Iterable[tuple[float, float]]) -> bool:
    return any(span[0] <= other[1] and other[0] <= span[1] for other in others)


def written(root: Element) -> str:
    """The drawing as text, one element a line, so that changes can be read in a diff."""
    ElementTree.indent(root, " ")
    return ElementTree.tostring(root, encoding="unicode") + "\n"
