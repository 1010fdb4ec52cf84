"""Opens the package that a DOCX is: no more than fits, each part checked before it is read."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.parsers import expat

LARGEST_UNPACKED_BYTES = 60_000_000
"""Of all the XML in it: a thousand pages have about 20 MB; a bomb has as much as it can."""
DEEPEST = 150
"""Levels of XML: tables in tables in text boxes come to about 60."""
DOCUMENT = "word/document.xml"
_READ = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/core\.xml|word/[^/]+\.xml|word/_rels/[^/]+\.rels"
)
_OTHERS = {
    "xl/workbook.xml": "a spreadsheet",
    "ppt/presentation.xml": "a slide show",
    "content.xml": "an OpenDocument",
}


def opened(content: bytes) -> dict[str, bytes]:
    """The XML parts that are read, by their names. ValueError: why it is not opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return dict(_parts(package))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise ValueError(
            f"the file is damaged ({error}): open it in a word processor and save it again"
        ) from error


def closed(parts: dict[str, bytes]) -> bytes:
    """The parts as a package again."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return made.getvalue()


def _parts(package: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    names = set(package.namelist())
    for name, what in _OTHERS.items():
        if name in names:
            raise ValueError(f"it is {what}: save it as DOCX, PDF or HTML")
    if DOCUMENT not in names:
        raise ValueError(f"it has no {DOCUMENT}, so it is no DOCX: save it as DOCX anew")
    wanted = [part for part in package.infolist() if _READ.fullmatch(part.filename)]
    size = sum(part.file_size for part in wanted)
    if size > LARGEST_UNPACKED_BYTES:
        raise ValueError(
            f"it unpacks to {size:,} bytes of text, and at most {LARGEST_UNPACKED_BYTES:,} are"
            " read: split the document"
        )
    if any(part.flag_bits & 1 for part in wanted):
        raise ValueError("it is locked with a password: save it without one")
    for part in wanted:
        content = package.read(part)
        _check(part.filename, content)
        yield part.filename, content


def _check(name: str, content: bytes) -> None:
    """ValueError unless it is plain XML: no declarations of its own, and not nested endlessly."""
    depth = 0

    def begin(_tag: str, _attributes: object) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise ValueError(f"{name} is nested more than {DEEPEST} deep: save it as DOCX anew")

    def end(_tag: str) -> None:
        nonlocal depth
        depth -= 1

    def declares(*_what: object) -> None:
        raise ValueError(f"{name} declares a DOCTYPE, which no word processor writes: save it anew")

    parser = expat.ParserCreate(namespace_separator=" ")  # and prefixes are checked
    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = declares
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise ValueError(
            f"{name} is damaged ({error}): open it in a word processor and save it again"
        ) from error
