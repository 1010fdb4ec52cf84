"""Reads a DOCX: what a reader of it sees, with its headings, lists, tables and links."""

import io
from xml.etree import ElementTree

import mammoth

from deskhand.adapters.documents.docx_hidden import without_hidden
from deskhand.adapters.documents.docx_package import DOCUMENT, closed, opened
from deskhand.adapters.documents.html_markdown import to_markdown, tree_of
from deskhand.adapters.documents.page import FieldValue, Page, language_in, left_out

_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
"""
_DC = "{http://purl.org/dc/elements/1.1/}"
_WRITTEN = (DOCUMENT, "word/footnotes.xml", "word/endnotes.xml")


def read_docx(content: bytes) -> Page:
    """The document as Markdown. ValueError: what is wrong with it and what to do."""
    parts = opened(content)
    hidden: list[str] = []
    for name in _WRITTEN:
        if name in parts:
            parts[name], here = without_hidden(parts[name], parts.get("word/styles.xml", b""))
            hidden.extend(here)
    soup = tree_of(_as_html(closed(parts)))
    heading = soup.find("h1")
    said = _said(parts.get("docProps/core.xml", b""))
    title = " ".join(heading.get_text(" ").split()) if heading else ""
    found: dict[str, FieldValue] = said | ({"title": title} if title else {})
    return Page(to_markdown(soup, soup.body or soup), found, left_out(hidden))


def _as_html(package: bytes) -> str:
    try:
        made = mammoth.convert_to_html(
            io.BytesIO(package), style_map=_STYLES, convert_image=lambda _image: []
        )
    except RecursionError as error:
        raise ValueError("it is nested too deep: save it as DOCX anew") from error
    except Exception as error:  # it tells what a document lacks by errors of many kinds
        raise ValueError(
            f"it cannot be read ({type(error).__name__}: {str(error)[:80]}):"
            " open it in a word processor and save it again"
        ) from error
    return str(made.value)


def _said(core: bytes) -> dict[str, FieldValue]:
    """The title and the language in the document's properties."""
    if not core:
        return {}
    root = ElementTree.fromstring(core)
    title = " ".join((root.findtext(f".//{_DC}title") or "").split())
    language = language_in(root.findtext(f".//{_DC}language") or "")
    found = {"title": title, "language": language}
    return {key: words for key, words in found.items() if words}
