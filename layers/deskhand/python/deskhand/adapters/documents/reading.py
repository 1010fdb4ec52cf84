"""Reads a document of any kind that we know as Markdown."""

from deskhand.adapters.documents.kinds import Kind, kind_of
from deskhand.adapters.documents.page import Page
from deskhand.errors import Rejected

LARGEST_BYTES = 20_000_000
"""Of one document: a hundred times a long handbook without its pictures. What is larger is a film,
a scan or a mistake, and would not fit beside the embedder in a function's memory."""
MOST_CHARACTERS = 2_000_000
"""Of one article: a thousand printed pages. Nobody can keep a longer one right."""


def read_document(name: str, content: bytes) -> Page:
    """The document with what it says about itself; `Rejected`: what is wrong and what to do.

    Whatever the document holds, nothing of it is run, and nothing outside it is fetched. For bytes
    from strangers use `DocumentReader`, which sets limits to time and memory too.
    """
    try:
        check_size(len(content))
        page = _read(kind_of(name, content), content)
        check_length(page.text)
        if not page.text.strip():
            raise ValueError("there is no text in it that a reader sees: write the article")
    except ValueError as error:
        raise Rejected(f"{name}: {error}") from error
    return page


def check_size(size_bytes: int) -> None:
    """ValueError where a document is too large to be opened."""
    if size_bytes > LARGEST_BYTES:
        raise ValueError(
            f"it has {size_bytes:,} bytes, and at most {LARGEST_BYTES:,} are read: take out"
            " pictures, or split it into one page a subject"
        )


def check_length(text: str) -> None:
    """ValueError where an article is too long to be kept right."""
    if len(text) > MOST_CHARACTERS:
        raise ValueError(
            f"its text has {len(text):,} characters, and at most {MOST_CHARACTERS:,} are read:"
            " split it into one page a subject"
        )


def _read(kind: Kind, content: bytes) -> Page:
    # Each kind brings its own library, which is loaded for the first document of that kind.
    match kind:
        case "html":
            from deskhand.adapters.documents.html import read_html

            return read_html(content)
        case "pdf":
            from deskhand.adapters.documents.pdf import read_pdf

            return read_pdf(content)
        case "docx":
            from deskhand.adapters.documents.docx import read_docx

            return read_docx(content)
        case "markdown":
            try:
                return Page(content.decode("utf-8-sig"))
            except UnicodeDecodeError as error:
                raise ValueError(
                    f"byte {error.start} is no UTF-8: save the file as UTF-8"
                ) from error
