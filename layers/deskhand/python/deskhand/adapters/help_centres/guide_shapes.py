"""What Zendesk Guide answers, as far as we read it: closed where we look, open for all the rest.

From developer.zendesk.com (Help Center API: articles, translations, sections, categories, user
segments, incremental article exports), as the pinned specification has no help centre.
"""

from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from deskhand.adapters.helpdesks.zendesk_shapes import Cursor, Shape


class Translation(BaseModel):
    """What an article says in one language."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    locale: str
    title: str | None
    body: str | None
    draft: bool
    html_url: str | None = None
    updated_at: AwareDatetime


class GuideArticle(Translation):
    """An article; what it says itself is in the language that it was written in. What says who may
    read it has to be there, null or not: without it nobody knows."""

    id: int = Field(gt=0)
    user_segment_id: int | None
    user_segment_ids: tuple[int, ...] | None = None
    """On Enterprise plans an article may have several, in place of the one."""
    section_id: int | None = None
    label_names: tuple[str, ...] | None = None
    edited_at: AwareDatetime | None = None
    translations: tuple[Translation, ...]


class Section(Shape):
    """What articles lie in."""

    id: int
    category_id: int = 0


class Category(Shape):
    """What sections lie in."""

    id: int
    name: str = ""


class Places(Shape):
    """A part of the list of sections, or of categories."""

    sections: tuple[Section, ...] = ()
    categories: tuple[Category, ...] = ()
    meta: Cursor


class Translations(Shape):
    """A part of the list of an article's translations, each still to be read."""

    translations: tuple[dict[str, Any], ...]
    meta: Cursor


class Listed(Shape):
    """A part of the list of all articles, each still to be read."""

    articles: tuple[dict[str, Any], ...]
    meta: Cursor


class Exported(Shape):
    """A part of what changed since a time; without an end there is no other part."""

    articles: tuple[dict[str, Any], ...]
    end_time: int = 0
    next_page: str = ""
