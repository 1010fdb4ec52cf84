"""What Zendesk answers, as far as we read it: closed where we look, open for all the rest.

From the pinned specification (tickets, ticket comments, users) and, for what it leaves out, from
developer.zendesk.com: audits (`metadata.custom` holds the `metadata` of an update), the flags of
comments, side-loaded users, groups, `meta` of cursor pagination.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator


class Shape(BaseModel):
    """An object of an answer; what is null is as good as absent."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    @model_validator(mode="before")
    @classmethod
    def _null_is_absent(cls, given: Any) -> Any:
        if not isinstance(given, Mapping):
            return given
        return {name: value for name, value in given.items() if value is not None}


class User(Shape):
    """An end user, or somebody at the desk."""

    id: int
    name: str = ""
    email: str = ""
    role: str = "end-user"
    verified: bool = False
    suspended: bool = False


class File(Shape):
    """An attachment."""

    file_name: str = "file"
    content_type: str = "application/octet-stream"
    size: int = 0
    content_url: str = ""
    malware_scan_result: str = ""


class Via(Shape):
    """How something came in."""

    channel: str | int = ""


class Metadata(Shape):
    """What is known about an update: what its writer has put there, and Zendesk's own flags."""

    custom: Mapping[str, Any] = Field(default_factory=dict)
    flags: tuple[int, ...] = ()
    trusted: bool = True


class Comment(Shape):
    """A public reply or a private note."""

    id: int
    author_id: int
    body: str = ""
    public: bool = True
    created_at: AwareDatetime
    attachments: tuple[File, ...] = ()
    via: Via = Via()
    metadata: Metadata = Metadata()


class Event(Shape):
    """One thing that an update did; a comment's id is that of its event."""

    id: int = 0
    type: str = ""
    public: bool = False
    author_id: int = 0


class Audit(Shape):
    """One update of a ticket."""

    author_id: int = 0
    metadata: Metadata = Metadata()
    events: tuple[Event, ...] = ()

    @property
    def comment(self) -> Event | None:
        """The comment that came with this update."""
        return next((event for event in self.events if event.type.endswith("Comment")), None)


class TicketRow(Shape):
    """A ticket without its comments."""

    id: int
    subject: str = ""
    status: str = "open"
    priority: str = "normal"
    tags: tuple[str, ...] = ()
    requester_id: int = 0
    assignee_id: int = 0
    group_id: int = 0
    updated_at: str
    """As Zendesk wrote it: an update is compared with these very characters."""


class Group(Shape):
    """A group of people at the desk: what a queue is to us."""

    id: int
    name: str


class TicketAnswer(Shape):
    """One ticket with those who are named in it."""

    ticket: TicketRow
    users: tuple[User, ...] = ()
    groups: tuple[Group, ...] = ()


class UpdateAnswer(Shape):
    """A ticket that was changed, and what the change consisted of."""

    ticket: TicketRow
    audit: Audit


class MeAnswer(Shape):
    """Who we are to Zendesk."""

    user: User


class Cursor(Shape):
    """Where a list goes on."""

    has_more: bool = False
    after_cursor: str = ""


class Page(Shape):
    """A part of a list; it has one of these."""

    comments: tuple[Comment, ...] = ()
    users: tuple[User, ...] = ()
    audits: tuple[Audit, ...] = ()
    groups: tuple[Group, ...] = ()
    meta: Cursor = Cursor()
