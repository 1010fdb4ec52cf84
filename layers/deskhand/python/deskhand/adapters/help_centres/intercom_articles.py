"""Intercom Articles: a help centre that lists its articles latest change first.

There is no export of changes, so the list is read until it comes to what was known. Each language
of an article is a page of its own. Archived articles are told of by neither.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError

from deskhand.adapters.help_centres.intercom_api import IntercomApi
from deskhand.adapters.help_centres.intercom_shapes import (
    Collection,
    Content,
    IntercomArticle,
    Listed,
    contents_of,
)
from deskhand.adapters.help_centres.pages import Labels, as_category, as_language, read_labels
from deskhand.domain.article import Trouble
from deskhand.domain.help_centre import HelpCentreChanges, HelpPage
from deskhand.errors import Rejected, Unavailable
from deskhand.text.deliveries import in_plain_words

A_PART = "50"
MOST_PARTS = 1_000
EVERYBODY = (None, "everyone")
_LOCALE_IN_ADDRESS = re.compile(r"/([A-Za-z]{2}(?:-[A-Za-z]{2})?)/articles/")
_DEEPEST = 10


class IntercomArticles:
    """The port `HelpCentre` over Intercom's API."""

    def __init__(self, api: IntercomApi) -> None:
        self._api = api

    def changed_since(self, cursor: str) -> Iterator[HelpCentreChanges]:
        """What changed since, or everything; the cursor is when the latest change was made."""
        since = int(cursor or "0")
        categories = self._categories()
        latest = cursor
        seen: set[str] = set()
        totals: set[int] = set()
        for part in self._parts("/articles"):
            new = [row for row in part.data if _changed_at(row) >= since]
            if new:
                latest = latest if seen else str(max(_changed_at(row) for row in new))
            seen.update(_id(row) for row in new)
            totals.add(part.total_count)
            yield _changes(new, categories, cursor=latest or "0")
            if len(new) < len(part.data):
                return
        # One that is archived meanwhile moves another into a part that was read; what was missed so
        # would be taken for archived as well.
        if not since and totals != {len(seen)}:
            raise Unavailable("Intercom, whose list changed while it was read,")

    def _parts(self, path: str) -> Iterator[Listed]:
        query = {"per_page": A_PART}
        for number in range(1, MOST_PARTS + 1):
            part = self._api.get(Listed, path, **query)
            yield part
            pages = part.pages
            if pages is None or not part.data:
                return
            if pages.next is not None and pages.next.starting_after:
                query = {"per_page": A_PART, "starting_after": pages.next.starting_after}
            elif number < pages.total_pages:
                query = {"per_page": A_PART, "page": str(number + 1)}
            else:
                return
        raise Rejected(f"Intercom's list at {path} has no end after {MOST_PARTS} parts")

    def _categories(self) -> Mapping[str, str]:
        """The category of each collection: the name of the outermost that it lies in."""
        rows = [row for part in self._parts("/help_center/collections") for row in part.data]
        try:
            collections = {one.id: one for one in map(Collection.model_validate, rows)}
        except ValidationError as error:
            words = in_plain_words(error)
            raise Rejected(f"Intercom has a collection that we cannot read: {words}") from error
        return {id_: as_category(_outermost(id_, collections)) for id_ in collections}


def _outermost(collection_id: str, collections: Mapping[str, Collection]) -> str:
    one = collections[collection_id]
    for _ in range(_DEEPEST):
        parent = collections.get(one.parent_id or "")
        if parent is None:
            break
        one = parent
    return one.name or ""


def _changes(
    rows: list[dict[str, Any]], categories: Mapping[str, str], *, cursor: str
) -> HelpCentreChanges:
    pages: list[HelpPage] = []
    gone: list[str] = []
    troubles: list[Trouble] = []
    for row in rows:
        where = row.get("url") or row.get("title")
        try:
            article = IntercomArticle.model_validate(row)
        except ValidationError as error:
            ids = _ids(row)
            reason = f"{where}: {in_plain_words(error)}"
            troubles.extend(Trouble(name=one, reason=reason) for one in ids)
            if _is_restricted(row) or row.get("state") == "draft":
                gone.extend(ids)
            continue
        labels = read_labels(tag.name for tag in article.tags.tags) if article.tags else Labels()
        for wrong in labels.troubles:
            troubles.append(Trouble(name=_id(row), reason=f"{where}: {wrong}", kind="noticed"))
        for locale, content in _contents(article).items():
            page_id = _id_in(row, locale, _locale(article))
            if content.state == "draft":
                gone.append(page_id)
                continue
            try:
                pages.append(_page(article, content, page_id, locale, labels, categories))
            except ValueError as error:
                troubles.append(Trouble(name=page_id, reason=f"{where}: {error}"))
                gone.append(page_id)
    return HelpCentreChanges(
        pages=tuple(pages), gone=tuple(gone), troubles=tuple(troubles), cursor=cursor
    )


def _contents(article: IntercomArticle) -> dict[str, Content]:
    """By locale, what the article says; itself it says so in its default one."""
    return {**article.translated_content, _locale(article): article}


def _ids(row: Mapping[str, Any]) -> list[str]:
    """Every id that pages of this row may have."""
    others = contents_of(row.get("translated_content"))
    return [_id(row), *(_id_in(row, locale, "") for locale in others)]


def _id_in(row: Mapping[str, Any], locale: str, default: str) -> str:
    """The id of the page in that locale; in the default one it is the article's own."""
    return _id(row) if locale == default else f"{_id(row)}-{locale.lower()}"


def _page(
    article: IntercomArticle,
    content: Content,
    page_id: str,
    locale: str,
    labels: Labels,
    categories: Mapping[str, str],
) -> HelpPage:
    parents = (categories.get(str(parent)) for parent in article.parent_ids or ())
    named = next((category for category in parents if category), "general")
    return HelpPage(
        id=page_id,
        title=content.title or "",
        html=content.body or "",
        category=labels.category or named,
        audience="internal" if _is_restricted(article.model_dump()) else "public",
        language=as_language(locale),
        authority=labels.authority,
        policy_id=labels.policy_id,
        last_reviewed=datetime.fromtimestamp(content.updated_at, UTC).date(),
        url=content.url or "",
    )


def _locale(article: IntercomArticle) -> str:
    """The locale of what it says itself: only a help centre of several languages names it."""
    if article.default_locale:
        return article.default_locale
    found = _LOCALE_IN_ADDRESS.search(article.url or "")
    return found[1] if found else "en"


def _is_restricted(row: Mapping[str, Any]) -> bool:
    return row.get("help_center_audience") not in EVERYBODY


def _id(row: Mapping[str, Any]) -> str:
    number = row.get("id")
    if not (isinstance(number, str) and number.isascii() and number.isdecimal()):
        raise Rejected("Intercom lists an article without an id, so what is mirrored stays")
    return f"intercom-{number}"


def _changed_at(row: Mapping[str, Any]) -> int:
    moment = row.get("updated_at")
    if not isinstance(moment, int) or moment < 0:
        raise Rejected("Intercom lists an article without the time of its last change")
    return moment
