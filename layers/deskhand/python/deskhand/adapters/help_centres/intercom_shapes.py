"""What Intercom answers about its help centre (API 2.16), as far as we read it.

Closed where we look, open for all the rest.
"""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

State = Literal["published", "draft"]


class Shape(BaseModel):
    """An object of an answer."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Content(Shape):
    """What an article says in one language."""

    title: str | None = None
    body: str | None = None
    state: State
    url: str | None = None
    updated_at: int = Field(ge=0)


class Tag(Shape):
    """A word that people put on an article."""

    name: str = ""


class Tags(Shape):
    """All of them."""

    tags: tuple[Tag, ...] = ()


class IntercomArticle(Content):
    """An article; what it says itself is in its default language."""

    id: str = Field(pattern=r"^[0-9]{1,20}$")
    parent_ids: tuple[int, ...] | None = None
    tags: Tags | None = None
    help_center_audience: str | None = None
    """`everyone`, or to whom it is limited; null or missing: nobody has limited it."""
    default_locale: str | None = None
    translated_content: dict[str, Content] = Field(default_factory=dict)
    """By locale, the default one among them."""

    @field_validator("translated_content", mode="before")
    @classmethod
    def _without_type(cls, given: Any) -> Any:
        return contents_of(given)


def contents_of(given: Any) -> dict[str, Any]:
    """What is said in each locale, as Intercom wrote it; beside those stands a `type`."""
    said = given if isinstance(given, dict) else {}
    return {locale: one for locale, one in said.items() if isinstance(one, dict)}


class Collection(Shape):
    """What articles lie in; it may lie in another one."""

    id: str
    name: str | None = None
    parent_id: str | None = None


class Next(Shape):
    """Where a list goes on."""

    starting_after: str | None = None


class Pages(Shape):
    """Which part of a list this is."""

    next: Next | None = None
    page: int = 1
    total_pages: int = 1


class Listed(Shape):
    """A part of a list, each row still to be read."""

    data: tuple[dict[str, Any], ...]
    pages: Pages | None = None
    total_count: int
