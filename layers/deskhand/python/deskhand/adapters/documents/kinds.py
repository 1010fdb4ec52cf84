"""Which kind of document some bytes are: by what they begin with, as the ends of names lie."""

import re
from typing import Literal

Kind = Literal["markdown", "html", "pdf", "docx"]

SUFFIXES: dict[str, Kind] = {
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".docx": "docx",
}
_PDF_WITHIN_BYTES = 1_024
"""A PDF may begin with something else, such as a mail's last line."""
_LOOKS_LIKE_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b"
)
_NOT_READ = (
    (b"\xd0\xcf\x11\xe0", "an old Word file, or one locked with a password: save it as plain DOCX"),
    (b"\x89PNG", "a picture: put its words into a Markdown file"),
    (b"\xff\xd8\xff", "a picture: put its words into a Markdown file"),
    (b"GIF8", "a picture: put its words into a Markdown file"),
    (b"{\\rtf", "a rich text file: save it as DOCX, PDF or HTML"),
    (b"\x1f\x8b", "packed with gzip: unpack it"),
)


def kind_of(name: str, content: bytes) -> Kind:
    """The kind of the document. ValueError: one that is not read, and what to do instead."""
    for begins, what in _NOT_READ:
        if content.startswith(begins):
            raise ValueError(f"it is {what}")
    said = SUFFIXES.get(suffix_of(name))
    text_about_pdf = said in ("markdown", "html") and not content.lstrip().startswith(b"%PDF-")
    if b"%PDF-" in content[:_PDF_WITHIN_BYTES] and not text_about_pdf:
        return "pdf"
    if content.startswith(b"PK\x03\x04"):
        return "docx"
    if said in ("pdf", "docx"):
        where = f"its first bytes are {content[:8]!r}" if content else "the file is empty"
        raise ValueError(f"it is no {said.upper()} ({where}): save or export it anew")
    if said != "html" and _LOOKS_LIKE_HTML.match(content[:_PDF_WITHIN_BYTES].lower()):
        return "html"
    return said or "markdown"


def suffix_of(name: str) -> str:
    """The end of a file's name from its last dot, in small letters."""
    dot = name.rfind(".")
    return name[dot:].lower() if dot > name.rfind("/") else ""
