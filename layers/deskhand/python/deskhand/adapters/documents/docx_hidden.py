"""Takes out of a DOCX what its readers do not see: hidden, white or dot-sized writing."""

from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NO = {"0", "false", "off", "none"}
_WHITES = {"FFFFFF", "FEFEFE", "FDFDFD", "FCFCFC"}
TINIEST_HALF_POINTS = 2


def without_hidden(part: bytes, styles: bytes) -> tuple[bytes, list[str]]:
    """The part of the document with what is seen, and the words that were hidden."""
    hidden_styles = set(_hidden_styles(styles))
    root = ElementTree.fromstring(part)
    hidden = list(_take_out(root, hidden_styles))
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True), hidden


def _take_out(root: Element, hidden_styles: set[str]) -> Iterator[str]:
    said: list[str] = []
    shaded_cells = {run for cell in root.iter(f"{W}tbl") for run in cell.iter(f"{W}r")}
    for paragraph in list(root.iter(f"{W}p")):
        gone = _style(paragraph.find(f"{W}pPr"), "pStyle") in hidden_styles
        shaded = paragraph.find(f"{W}pPr/{W}shd") is not None
        for holder in [paragraph, *paragraph.iter()]:
            for run in [child for child in holder if child.tag == f"{W}r"]:
                properties = run.find(f"{W}rPr")
                # What lies behind a table's words is mostly said by its style: too little to judge.
                may_be_white = not shaded and run not in shaded_cells
                if gone or _is_hidden(properties, hidden_styles, may_be_white=may_be_white):
                    said.append("".join(text.text or "" for text in run.iter(f"{W}t")))
                    holder.remove(run)
        if said:
            yield "".join(said)
            said = []


def _is_hidden(properties: Element | None, styles: set[str], *, may_be_white: bool) -> bool:
    if properties is None:
        return False
    if _style(properties, "rStyle") in styles or _vanishes(properties):
        return True
    size = properties.find(f"{W}sz")
    half_points = size.get(f"{W}val", "") if size is not None else ""
    if half_points.isdecimal() and int(half_points) <= TINIEST_HALF_POINTS:
        return True
    colour = properties.find(f"{W}color")
    white = colour is not None and colour.get(f"{W}val", "").upper() in _WHITES
    behind = any(properties.find(f"{W}{name}") is not None for name in ("shd", "highlight"))
    return white and may_be_white and not behind


def _vanishes(properties: Element) -> bool:
    mark = properties.find(f"{W}vanish")
    return mark is not None and mark.get(f"{W}val", "true").lower() not in _NO


def _style(properties: Element | None, kind: str) -> str:
    named = properties.find(f"{W}{kind}") if properties is not None else None
    return named.get(f"{W}val", "") if named is not None else ""


def _hidden_styles(styles: bytes) -> Iterator[str]:
    """The styles whose writing vanishes, and those made from them."""
    if not styles:
        return
    based: dict[str, str] = {}
    hidden: set[str] = set()
    for style in ElementTree.fromstring(styles).iter(f"{W}style"):
        name = style.get(f"{W}styleId", "")
        parent = style.find(f"{W}basedOn")
        based[name] = parent.get(f"{W}val", "") if parent is not None else ""
        properties = style.find(f"{W}rPr")
        if properties is not None and _vanishes(properties):
            hidden.add(name)
    for name in based:
        seen: set[str] = set()
        ancestor = name
        while ancestor and ancestor not in seen:
            seen.add(ancestor)
            if ancestor in hidden:
                yield name
                break
            ancestor = based.get(ancestor, "")
