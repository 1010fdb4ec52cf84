"""Reads the letters of a PDF page: those that are seen and where, and those that are not."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

SMALLEST_POINTS = 2.0
"""Nobody prints smaller: a footnote has 6 points or more."""
LINE_EMS = 0.6
"""Letters further above or below each other than this are not of one line; a raised figure is."""
_WHITE = 250
_UNSEEN_MODES = {raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP}
_HEAVY = 600
_MOST_SHAPES = 20_000
_NEWLINES = {"\r", "\n"}
_HYPHENS = {"\x02", "\ufffe", "\xad"}


class Letter(NamedTuple):
    """One letter; distances in points, from the page's lower left corner."""

    char: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool
    link: str


class Shape(NamedTuple):
    """A picture or a painted figure, by its box."""

    left: float
    bottom: float
    right: float
    top: float
    dark: bool
    """Whether white letters could be read on it."""
    picture: bool

    def holds(self, x: float, y: float) -> bool:
        """Whether the point lies on it."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top


@dataclass(frozen=True)
class PageLetters:
    """What stands on one page."""

    lines: tuple[tuple[Letter, ...], ...]
    """In the order of the page's own stream, which follows columns."""
    hidden: str
    shapes: tuple[Shape, ...]
    from_picture: bool
    """Whether the words were laid unseen over a picture of them, as programs that read scans do."""
    unreadable: int
    """How many letters have no meaning: their font does not say which they are."""


class _Style(NamedTuple):
    size: float
    bold: bool
    unseen: bool
    white: bool


_PLAIN = _Style(size=10.0, bold=False, unseen=False, white=False)


def letters_of(page: Any) -> PageLetters:
    """The letters of one page of an open document."""
    shapes = tuple(_shapes(page))
    text = page.get_textpage()
    try:
        found = list(_styled(text.raw))
    finally:
        text.close()
    links = list(_links(page))
    printed = [style for char, *_, style in found if not char.isspace()]
    has_picture = any(shape.picture for shape in shapes)
    from_picture = has_picture and bool(printed) and all(style.unseen for style in printed)
    left, bottom, right, top = page.get_bbox()
    dark = [shape for shape in shapes if shape.dark]
    lines: list[list[Letter]] = [[]]
    hidden: list[str] = []
    last_hidden = 0.0
    for char, x0, x1, y, style in found:
        if char in _NEWLINES:
            lines.append([])
            continue
        middle = (x0 + x1) / 2
        unseen = (style.unseen and not from_picture) or style.size < SMALLEST_POINTS
        white = style.white and not any(shape.holds(middle, y + style.size / 3) for shape in dark)
        off = not (left <= middle <= right and bottom - 1 <= y <= top + 1)
        if unseen or white or off:
            hidden.append(char if y == last_hidden else f" {char}")
            last_hidden = y
            continue
        link = next((to for box, to in links if box.holds(middle, y + style.size / 3)), "")
        # A word that is parted by a hyphen comes without a line's end between its parts.
        if lines[-1] and abs(lines[-1][-1].baseline - y) > LINE_EMS * style.size:
            lines.append([])
        lines[-1].append(Letter(char, x0, x1, y, style.size, style.bold, link))
    unreadable = sum(1 for char, *_ in found if char == "\ufffd" or "\x00" <= char < "\t")
    kept = tuple(tuple(line) for line in lines if line)
    words = "".join(hidden).strip()
    return PageLetters(kept, words, shapes, from_picture, unreadable)


def _styled(text: Any) -> Iterator[tuple[str, float, float, float, _Style]]:
    """Each letter with its left, right, baseline and style."""
    styles: dict[int | None, _Style] = {}
    box = raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(raw.FPDFText_CountChars(text)):
        code = raw.FPDFText_GetUnicode(text, index)
        char = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        if char in _NEWLINES:
            yield char, 0, 0, 0, _PLAIN
            continue
        raw.FPDFText_GetLooseCharBox(text, index, box)
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        held = raw.FPDFText_GetTextObject(text, index)
        key = ctypes.cast(held, ctypes.c_void_p).value
        if key not in styles:
            styles[key] = _style(held) if key else _PLAIN
        shown = "-" if char in _HYPHENS else char
        yield shown, box.left, box.right, y.value, styles[key]


def _style(held: Any) -> _Style:
    size, matrix = ctypes.c_float(), raw.FS_MATRIX()
    raw.FPDFTextObj_GetFontSize(held, size)
    raw.FPDFPageObj_GetMatrix(held, matrix)
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    coloured = raw.FPDFPageObj_GetFillColor(held, red, green, blue, alpha)
    font = raw.FPDFTextObj_GetFont(held)
    name = ctypes.create_string_buffer(200)
    raw.FPDFFont_GetBaseFontName(font, name, 200)
    return _Style(
        size=round(abs(size.value) * ((matrix.c**2 + matrix.d**2) ** 0.5), 1),
        bold=raw.FPDFFont_GetWeight(font) >= _HEAVY or b"Bold" in name.value,
        unseen=raw.FPDFTextObj_GetTextRenderMode(held) in _UNSEEN_MODES
        or (bool(coloured) and alpha.value == 0),
        white=bool(coloured) and min(red.value, green.value, blue.value) >= _WHITE,
    )


def _shapes(page: Any) -> Iterator[Shape]:
    kinds = [raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE]
    for number, held in enumerate(page.get_objects(filter=kinds, max_depth=4)):
        if number >= _MOST_SHAPES:
            return
        try:
            left, bottom, right, top = held.get_bounds()
        except pdfium.PdfiumError:
            continue
        picture = held.type == raw.FPDF_PAGEOBJ_IMAGE
        yield Shape(left, bottom, right, top, picture or _is_dark(held.raw), picture)


def _is_dark(path: Any) -> bool:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, mode, stroke)
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    raw.FPDFPageObj_GetFillColor(path, red, green, blue, alpha)
    painted = mode.value != raw.FPDF_FILLMODE_NONE and alpha.value > 0
    return painted and min(red.value, green.value, blue.value) < _WHITE - 16


def _links(page: Any) -> Iterator[tuple[Shape, str]]:
    """The boxes that lead to the web, with their addresses."""
    position, link, box = ctypes.c_int(0), raw.FPDF_LINK(), raw.FS_RECTF()
    while raw.FPDFLink_Enumerate(page.raw, position, link):
        action = raw.FPDFLink_GetAction(link)
        if not action or not raw.FPDFLink_GetAnnotRect(link, box):
            continue
        buffer = ctypes.create_string_buffer(2_000)
        raw.FPDFAction_GetURIPath(page.pdf.raw, action, buffer, len(buffer))
        address = buffer.value.decode("utf-8", "replace")
        if address.startswith(("https://", "http://", "mailto:")):
            yield Shape(box.left, box.bottom, box.right, box.top, False, False), address
