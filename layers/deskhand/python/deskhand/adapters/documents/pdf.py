"""Reads a PDF: the words that are seen, with the structure that their look and place tell."""

from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from deskhand.adapters.documents.page import FieldValue, Page, language_in, left_out
from deskhand.adapters.documents.pdf_blocks import Laid, markdown_of
from deskhand.adapters.documents.pdf_letters import PageLetters, letters_of
from deskhand.adapters.documents.pdf_rows import rows

MOST_PAGES = 1_000
"""A longer one is several documents."""
_TOO_UNREADABLE = 0.2
_NO_TITLE = ("microsoft word", "untitled", "unbenannt", ".doc", ".indd", ".pdf", ".qxd", ".ppt")


def read_pdf(content: bytes) -> Page:
    """The document as Markdown. ValueError: what is wrong with it and what to do."""
    document = _opened(content)
    try:
        if len(document) > MOST_PAGES:
            raise ValueError(
                f"it has {len(document):,} pages, and at most {MOST_PAGES:,} are read: split it"
            )
        pages = [_letters(document, number) for number in range(len(document))]
        said = _said(document)
    finally:
        document.close()
    _check(pages)
    text, heading = markdown_of([Laid(tuple(rows(page.lines)), page.shapes) for page in pages])
    notes = list(left_out(page.hidden for page in pages))
    if read := [number for number, page in enumerate(pages, 1) if page.from_picture]:
        notes.append(
            f"page {read[0]} is a picture, and its words are what a program read in it"
            f" ({len(read)} such pages): look whether they are right"
        )
    return Page(text, said | ({"title": heading} if heading else {}), tuple(notes))


def _opened(content: bytes) -> Any:
    try:
        return pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise ValueError("it is locked with a password: save it without one") from error
        raise ValueError(
            "the file is damaged or no PDF: open it, and print or export it as PDF again"
        ) from error


def _letters(document: Any, number: int) -> PageLetters:
    try:
        page = document[number]
    except pdfium.PdfiumError as error:
        raise ValueError(
            f"page {number + 1} is damaged: open it, and print or export it as PDF again"
        ) from error
    try:
        return letters_of(page)
    finally:
        page.close()


def _check(pages: list[PageLetters]) -> None:
    """ValueError unless there is something to read."""
    letters = sum(len(line) for page in pages for line in page.lines)
    unreadable = sum(page.unreadable for page in pages)
    if unreadable > _TOO_UNREADABLE * (letters + unreadable):
        raise ValueError(
            f"{unreadable:,} of its letters cannot be told, as its fonts do not say which they"
            " are: export it anew with Unicode text, or put its text into a Markdown file"
        )
    if letters:
        return
    hidden = next((page.hidden for page in pages if page.hidden), "")
    if hidden:
        raise ValueError(f"all its text is invisible ({hidden[:60]!r}): make it visible")
    if any(shape.picture for page in pages for shape in page.shapes):
        raise ValueError(
            "there is no text in it, only pictures: run a text recognition (OCR) over it, or put"
            " its text into a Markdown file"
        )
    raise ValueError("there is no text in it: write the article")


def _said(document: Any) -> dict[str, FieldValue]:
    """The title and the language in the document's properties."""
    title = " ".join(document.get_metadata_value("Title").split())
    if any(part in title.lower() for part in _NO_TITLE):
        title = ""
    size = raw.FPDFCatalog_GetLanguage(document.raw, None, 0)
    buffer = (raw.FPDF_WCHAR * max(size, 2))()
    raw.FPDFCatalog_GetLanguage(document.raw, buffer, size)
    language = language_in(bytes(buffer).decode("utf-16-le", "replace").rstrip("\0"))
    return {key: words for key, words in (("title", title), ("language", language)) if words}
