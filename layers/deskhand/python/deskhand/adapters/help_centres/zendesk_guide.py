"""Zendesk Guide: the help centre of a Zendesk, read as the agent that docs/zendesk.md describes.

Everything is listed page by page with cursors; what changed comes from the incremental export,
whose parts lead on by the time of their last change. Neither tells of archived articles. Each
language of an article is a page of its own.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Literal, TypeVar

from pydantic import ValidationError

from deskhand.adapters.help_centres.guide_shapes import (
    Exported,
    GuideArticle,
    Listed,
    Places,
    Translation,
    Translations,
)
from deskhand.adapters.help_centres.pages import Labels, as_category, as_language, read_labels
from deskhand.adapters.helpdesks.zendesk_api import NotThereError, ZendeskApi
from deskhand.domain.article import Trouble
from deskhand.domain.help_centre import HelpCentreChanges, HelpPage
from deskhand.errors import Rejected
from deskhand.ports import Clock
from deskhand.text.deliveries import in_plain_words

HELP_CENTRE = "/api/v2/help_center"
MOST_PARTS = 500
"""Of one list: 50,000 articles. Zendesk keeps 40,000."""
OVERLAP = timedelta(minutes=5)
"""By how much two clocks may differ; what comes twice changes nothing."""

TRANSLATED = {"include": "translations"}

PartT = TypeVar("PartT", Listed, Places, Translations)


class ZendeskGuide:
    """The port `HelpCentre` over Zendesk's Help Center API."""

    def __init__(self, api: ZendeskApi, clock: Clock) -> None:
        self._api = api
        self._clock = clock

    def changed_since(self, cursor: str) -> Iterator[HelpCentreChanges]:
        """What changed since, or everything; the cursor is a time in whole seconds."""
        now_at = _seconds(self._clock() - OVERLAP)
        categories = self._categories()
        if not cursor:
            for part in self._parts(Listed, "articles", **TRANSLATED):
                yield self._changes(part.articles, categories, cursor=now_at)
            return
        for exported in self._exported(int(cursor), until=int(now_at)):
            yield self._changes(exported.articles, categories, cursor=now_at)

    def _exported(self, since: int, *, until: int) -> Iterator[Exported]:
        for _ in range(MOST_PARTS):
            query = {"start_time": str(since), "sort_by": "updated_at", "sort_order": "asc"}
            part = self._get(Exported, "incremental/articles", **query, **TRANSLATED)
            yield part
            # Where more than a part changed in one second, the daily listing tells the rest.
            since = max(part.end_time, since + 1)
            if not part.next_page or not part.articles or since > until:
                return
        raise Rejected(f"Zendesk's list of changed articles has no end after {MOST_PARTS} parts")

    def _categories(self) -> Mapping[int, str]:
        """The name of its category, by the id of each section."""
        parts = (*self._parts(Places, "categories"), *self._parts(Places, "sections"))
        names = {one.id: one.name for part in parts for one in part.categories}
        return {one.id: names.get(one.category_id, "") for part in parts for one in part.sections}

    def _changes(
        self, rows: tuple[dict[str, Any], ...], categories: Mapping[int, str], *, cursor: str
    ) -> HelpCentreChanges:
        read = [_read(self._with_translations(row), categories, cursor=cursor) for row in rows]
        return HelpCentreChanges(
            pages=tuple(page for one in read for page in one.pages),
            gone=tuple(page_id for one in read for page_id in one.gone),
            troubles=tuple(trouble for one in read for trouble in one.troubles),
            cursor=cursor,
        )

    def _with_translations(self, row: dict[str, Any]) -> dict[str, Any]:
        """The row with what it says in other languages, asked for where it did not come along."""
        if isinstance(row.get("translations"), list):
            return row
        path = f"articles/{_id(row).partition('-')[2]}/translations"
        found = [one for part in self._parts(Translations, path) for one in part.translations]
        return row | {"translations": found}

    def _parts(self, shape: type[PartT], what: str, **query: str) -> Iterator[PartT]:
        after: dict[str, str] = {}
        for _ in range(MOST_PARTS):
            part = self._get(shape, what, **query, **{"page[size]": "100"}, **after)
            yield part
            if not part.meta.has_more:
                return
            if not part.meta.after_cursor:
                raise Rejected(f"Zendesk's list of {what} does not say how it goes on")
            after = {"page[after]": part.meta.after_cursor}
        raise Rejected(f"Zendesk's list of {what} has no end after {MOST_PARTS} parts")

    def _get(self, shape: type[Any], what: str, **query: str) -> Any:
        try:
            return self._api.get(shape, f"{HELP_CENTRE}/{what}", **query)
        except NotThereError as error:
            raise Rejected(
                "Zendesk has no help centre under this address: activate it in Guide, or take"
                " zendesk out of the parameter HelpCentres"
            ) from error


def _read(row: dict[str, Any], categories: Mapping[int, str], *, cursor: str) -> HelpCentreChanges:
    """What one row tells."""
    pages: list[HelpPage] = []
    gone: list[str] = []
    troubles: list[Trouble] = []
    try:
        article = GuideArticle.model_validate(row)
    except ValidationError as error:
        ids = _ids(row)
        hidden = _is_restricted(row) or row.get("draft") is True
        return HelpCentreChanges(
            gone=tuple(ids) if hidden else (),
            troubles=tuple(_trouble(one, row, in_plain_words(error)) for one in ids),
            cursor=cursor,
        )
    labels = read_labels(article.label_names or ())
    troubles.extend(_trouble(_id(row), row, one, kind="noticed") for one in labels.troubles)
    by_locale = {one.locale: one for one in (*article.translations, article)}
    for locale, content in by_locale.items():
        page_id = _id_in(row, locale)
        if content.draft:
            gone.append(page_id)
            continue
        try:
            pages.append(_page(article, content, page_id, labels, categories))
        except ValueError as error:
            troubles.append(_trouble(page_id, row, str(error)))
            gone.append(page_id)
    return HelpCentreChanges(
        pages=tuple(pages), gone=tuple(gone), troubles=tuple(troubles), cursor=cursor
    )


def _page(
    article: GuideArticle,
    content: Translation,
    page_id: str,
    labels: Labels,
    categories: Mapping[int, str],
) -> HelpPage:
    """The page in one language. ValueError: why it cannot be one of ours."""
    edited_at = article.edited_at if content is article else None
    return HelpPage(
        id=page_id,
        title=content.title or "",
        html=content.body or "",
        category=labels.category or as_category(categories.get(article.section_id or 0, "")),
        audience="internal" if _is_restricted(article.model_dump()) else "public",
        language=as_language(content.locale),
        authority=labels.authority,
        policy_id=labels.policy_id,
        last_reviewed=(edited_at or content.updated_at).date(),
        url=content.html_url or "",
    )


def _ids(row: Mapping[str, Any]) -> list[str]:
    """Every id that pages of this row may have."""
    said = [one.get("locale") for one in row["translations"] if isinstance(one, dict)]
    locales = [locale for locale in said if isinstance(locale, str)]
    return list(dict.fromkeys((_id(row), *(_id_in(row, locale) for locale in locales))))


def _id_in(row: Mapping[str, Any], locale: str) -> str:
    """The id of the page in that locale; in the one of the row it is the article's own."""
    return _id(row) if locale == row.get("locale") else f"{_id(row)}-{locale.lower()}"


def _is_restricted(row: Mapping[str, Any]) -> bool:
    """Whether only some may read it: a segment of users is never everybody."""
    return row.get("user_segment_id") is not None or bool(row.get("user_segment_ids"))


def _id(row: Mapping[str, Any]) -> str:
    number = row.get("id")
    if not isinstance(number, int) or number <= 0:
        raise Rejected("Zendesk lists an article without an id, so what is mirrored stays")
    return f"zendesk-{number}"


def _trouble(
    page_id: str,
    row: Mapping[str, Any],
    reason: str,
    kind: Literal["left_out", "noticed"] = "left_out",
) -> Trouble:
    where = row.get("html_url") or row.get("title")
    return Trouble(name=page_id, reason=f"{where}: {reason}", kind=kind)


def _seconds(moment: datetime) -> str:
    return str(int(moment.timestamp()))
