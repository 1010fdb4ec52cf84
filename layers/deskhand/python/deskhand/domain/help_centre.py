"""What a help centre publishes, and how far we have followed it."""

from datetime import date

from pydantic import AwareDatetime

from deskhand.domain.article import Trouble
from deskhand.domain.evidence import Audience
from deskhand.domain.noun import Noun


class HelpPage(Noun):
    """A published article of a help centre, as it stands there."""

    id: str
    """Of the article that it becomes: `zendesk-123`."""
    title: str
    html: str
    """Untrusted: whoever may edit there has written it."""
    category: str
    audience: Audience
    """`internal` where not everybody may read it."""
    language: str
    authority: int = 0
    policy_id: str = ""
    last_reviewed: date | None = None
    url: str = ""


class HelpCentreChanges(Noun):
    """A part of what has changed in a help centre."""

    pages: tuple[HelpPage, ...] = ()
    gone: tuple[str, ...] = ()
    """The ids of what is no longer published."""
    troubles: tuple[Trouble, ...] = ()
    """What was not understood, by its id: what was mirrored of it stays, unless it is gone."""
    cursor: str
    """From where to ask the next time, once all parts are kept."""


class Kept(Noun):
    """What became of pages that were to be kept."""

    changed: tuple[str, ...] = ()
    """The ids of what reads otherwise now, or is gone as it could not be read."""
    troubles: tuple[Trouble, ...] = ()


class Mark(Noun):
    """How far a help centre was followed."""

    cursor: str
    complete_at: AwareDatetime
    """When the last run began that looked at everything."""


class Mirrored(Noun):
    """What a run has changed on one shelf."""

    source: str
    complete: bool
    """Whether it looked at everything, or only at what had changed."""
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    troubles: tuple[Trouble, ...] = ()
