"""Zendesk Guide: the help centre of a Zendesk, read as the agent that docs/zendesk.md describes.

Everything is listed page by page with cursors; what changed comes from the incremental export,
whose parts lead on by the time of their last change. Neither tells of archived articles.
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
)
from deskhand.adapters.help_centres.pages import as_category, as_language, read_labels
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

PartT = TypeVar("PartT", Listed, Places)


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
            for part in self._parts(Listed, "articles"):
                yield _changes(part.articles, categories, cursor=now_at)
            return
        for exported in self._exported(int(cursor), until=int(now_at)):
            yield _changes(exported.articles, categories, cursor=now_at)

    def _exported(self, since: int, *, until: int) -> Iterator[Exported]:
        for _ in range(MOST_PARTS):
            part = self._get(Exported, "incremental/articles", start_time=str(since))
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

    def _parts(self, shape: type[PartT], what: str) -> Iterator[PartT]:
        after: dict[str, str] = {}
        for _ in range(MOST_PARTS):
            part = self._get(shape, what, **{"page[size]": "100"}, **after)
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


def _changes(
    rows: tuple[dict[str, Any], ...], categories: Mapping[int, str], *, cursor: str
) -> HelpCentreChanges:
    pages: list[HelpPage] = []
    gone: list[str] = []
    troubles: list[Trouble] = []
    for row in rows:
        page_id = _id(row)
        if row.get("draft") is True:
            gone.append(page_id)
            continue
        try:
            page, said = _page(GuideArticle.model_validate(row), page_id, categories)
        except ValidationError as error:
            troubles.append(_trouble(page_id, row, in_plain_words(error)))
            if _is_restricted(row):
                gone.append(page_id)
        except ValueError as error:
            troubles.append(_trouble(page_id, row, str(error)))
            gone.append(page_id)
        else:
            pages.append(page)
            troubles.extend(_trouble(page_id, row, one, kind="noticed") for one in said)
    return HelpCentreChanges(
        pages=tuple(pages), gone=tuple(gone), troubles=tuple(troubles), cursor=cursor
    )


def _page(
    article: GuideArticle, page_id: str, categories: Mapping[int, str]
) -> tuple[HelpPage, tuple[str, ...]]:
    """The page, and what is wrong with its labels. ValueError: why it cannot be one of ours."""
    labels = read_labels(article.label_names or ())
    page = HelpPage(
        id=page_id,
        title=article.title or "",
        html=article.body or "",
        category=labels.category or as_category(categories.get(article.section_id or 0, "")),
        audience="internal" if _is_restricted(article.model_dump()) else "public",
        language=as_language(article.locale),
        authority=labels.authority,
        policy_id=labels.policy_id,
        last_reviewed=(article.edited_at or article.updated_at).date(),
        url=article.html_url or "",
    )
    return page, labels.troubles


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
