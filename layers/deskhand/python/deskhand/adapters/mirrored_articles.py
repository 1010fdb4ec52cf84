"""The shelf of one help centre: its pages as Markdown, and beside them how far it was followed."""

import codecs
import re
from collections.abc import Collection, Sequence
from typing import Any
from urllib.parse import urljoin

from pydantic import ValidationError

from deskhand.adapters.article_shelf import TextShelf
from deskhand.adapters.article_texts import as_markdown, check_document, checked_id, trouble
from deskhand.adapters.documents.apart import DocumentReader
from deskhand.adapters.documents.page import without_macros
from deskhand.domain.article import Trouble
from deskhand.domain.help_centre import HelpPage, Kept, Mark
from deskhand.errors import Rejected
from deskhand.text.markdown import LONGEST_HEADING

MARK = ".mark.json"
"""Hidden, so no source of articles reads it."""
_END = ".md"
_PARTS_OF_A_SITE = re.compile(r"<(/?)(?:main|article)(?=[\s/>])", re.IGNORECASE)
"""Around a part of a page they say that the rest leads around a site; here all of it is text."""
_LINK_WITHIN = re.compile(r"\]\((?!\w+:)([^()\s]+)")


class MirroredArticles:
    """The port `Mirror` over a shelf that nobody else writes to."""

    def __init__(self, shelf: TextShelf) -> None:
        self._shelf = shelf

    def ids(self) -> frozenset[str]:
        """What lies there."""
        names = self._shelf.files().sizes
        return frozenset(name.removesuffix(_END) for name in names if name.endswith(_END))

    def keep(self, pages: Sequence[HelpPage]) -> Kept:
        """Keeps these as Markdown, where that is not what lies there; nothing of a page is run."""
        changed: list[str] = []
        troubles: list[Trouble] = []
        lying = self.ids() if pages else frozenset()
        with DocumentReader() as reader:
            for page in pages:
                name = f"{checked_id(page.id)}{_END}"
                before = self._shelf.load(name) if page.id in lying else None
                after, found = _read(page, reader)
                troubles.extend(found)
                if after == before:
                    continue
                changed.append(page.id)
                if after is None:
                    self._shelf.take_away(name)
                else:
                    self._shelf.keep(name, after)
        return Kept(changed=tuple(changed), troubles=tuple(troubles))

    def remove(self, ids: Collection[str]) -> None:
        """Takes these away; one that is not there is fine."""
        for one in ids:
            self._shelf.take_away(f"{checked_id(one)}{_END}")

    def mark(self) -> Mark | None:
        """How far the help centre was followed; None where that cannot be read, too: then all of
        it is looked at."""
        content = self._shelf.load(MARK)
        try:
            return None if content is None else Mark.model_validate_json(content)
        except ValidationError:
            return None

    def set_mark(self, mark: Mark) -> None:
        """Keeps it in place of the one before."""
        self._shelf.keep(MARK, mark.model_dump_json().encode())


def _read(page: HelpPage, reader: DocumentReader) -> tuple[bytes | None, tuple[Trouble, ...]]:
    """The article that the page becomes (None: none), and what a person should look at."""
    try:
        # Without the mark a page could say of itself that it is in another encoding.
        content = codecs.BOM_UTF8 + _PARTS_OF_A_SITE.sub(r"<\1div", page.html).encode()
        text, notes = as_markdown(f"{page.id}.html", content, said=_said(page), read=reader.read)
        text = _with_whole_links(text, page.url)
        more = check_document(page.id, text)
        kept = text.encode()
    except (ValueError, Rejected) as error:
        return None, (_of(page, trouble(page.id, error)),)
    noticed = [Trouble(name=page.id, reason=note, kind="noticed") for note in (*notes, *more)]
    return kept, tuple(_of(page, one) for one in noticed)


def _with_whole_links(text: str, url: str) -> str:
    """The text with links that a customer can follow from a letter, too."""

    def whole(link: re.Match[str]) -> str:
        try:
            return f"]({urljoin(url, link[1])}"
        except ValueError:  # no address, such as `//[`
            return link[0]

    return _LINK_WITHIN.sub(whole, text)


def _said(page: HelpPage) -> dict[str, Any]:
    """The keys of its front matter. All that the page could claim of itself is said here."""
    if not page.title.strip():
        raise ValueError("it has no title: give it one")
    return {
        "title": without_macros(page.title.strip()[:LONGEST_HEADING]),
        "category": page.category,
        "audience": page.audience,
        "authority": page.authority,
        "policy_id": page.policy_id,
        "language": page.language,
        "last_reviewed": page.last_reviewed,
        "url": page.url or None,
        "id": page.id,
    }


def _of(page: HelpPage, found: Trouble) -> Trouble:
    """The trouble with what a person finds the page by."""
    reason = found.reason.removeprefix(f"{page.id}.html: ")
    where = page.url or page.title
    return found.model_copy(update={"reason": f"{where}: {reason}"})
