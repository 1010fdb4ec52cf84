"""Reads an HTML page: its text without what runs, hides or only leads around the site."""

import codecs
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.dammit import EncodingDetector

from deskhand.adapters.documents.html_invisible import drop_invisible
from deskhand.adapters.documents.html_markdown import to_markdown, tree_of
from deskhand.adapters.documents.page import FieldValue, Page, language_in, left_out, typed

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Pages that say so are written in Windows' own superset of it, as browsers know.
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252"}
_OURS = "deskhand:"


def read_html(content: bytes) -> Page:
    """The page as Markdown. ValueError: what is wrong with it and what to do."""
    return read_page(decoded_html(content))


def read_page(html: str) -> Page:
    """The same for a page that is decoded already."""
    soup = tree_of(html)
    titles = [_words(tag) for tag in soup.find_all("title")]
    language = language_in(str(soup.html.get("lang", ""))) if soup.html else ""
    ours = dict(_ours(soup))
    hidden = drop_invisible(soup)
    part = _main_part(soup)
    titles = [_words(tag) for tag in part.find_all("h1")] + titles
    title = next((words for words in titles if words), "")
    found: dict[str, FieldValue] = {"title": title} if title else {}
    if language:
        found["language"] = language
    return Page(to_markdown(soup, part), found | ours, left_out(hidden))


def decoded_html(content: bytes) -> str:
    """The page's characters, by its byte order mark, by what it says of itself, or as UTF-8."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _decoded(content, encoding, "its first bytes say")
    said = EncodingDetector.find_declared_encoding(content, is_html=True) or ""
    if said:
        return _decoded(content, _known(said), "it says")
    return _decoded(content, "utf-8", "")


def _known(said: str) -> str:
    try:
        name = codecs.lookup(said).name
    except LookupError as error:
        raise ValueError(
            f"it says that its charset is {said[:40]!r}, which is none: save the page as UTF-8"
        ) from error
    # Whoever could read "utf-16" in a <meta> has read it as something else.
    return "utf-8" if name.startswith(("utf-16", "utf-32")) else _MEANT.get(name, name)


def _decoded(content: bytes, encoding: str, who_says: str) -> str:
    try:
        return content.decode(encoding)
    except (UnicodeError, LookupError) as error:
        place = f"byte {error.start}" if isinstance(error, UnicodeDecodeError) else "some byte"
        if who_says:
            problem = f"{place} is no {encoding}, which {who_says} that it is"
        else:
            problem = f"{place} is no UTF-8, and the page names no other charset"
        raise ValueError(f"{problem}: save the page as UTF-8") from error


def _ours(soup: BeautifulSoup) -> Iterator[tuple[str, FieldValue]]:
    """What `<meta name="deskhand:category" content="…">` and its like say."""
    read: set[str] = set()
    for tag in soup.find_all("meta"):
        name, content = (
            str(tag.get("name", "")).strip().lower(),
            str(tag.get("content", "")).strip(),
        )
        if not name.startswith(_OURS):
            continue
        if name in read or not content:
            wrong = "stands there twice" if name in read else "is empty"
            raise ValueError(f"{name} {wrong}: say it once, or take it out")
        read.add(name)
        yield name.removeprefix(_OURS), typed(content)


def _main_part(soup: BeautifulSoup) -> Tag:
    """The one part that the page names as its text, or all of it."""
    for name in ("main", "article"):
        named = [tag for tag in soup.find_all(name) if _words(tag)]
        if len(named) == 1:
            return named[0]
    return soup.body or soup


def _words(tag: Tag) -> str:
    return " ".join(tag.get_text(" ", strip=True).split())
