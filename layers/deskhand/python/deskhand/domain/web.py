"""What comes in over HTTP and what is answered, whatever carries it."""

from collections.abc import Mapping

from pydantic import Field, JsonValue

from deskhand.domain.noun import Noun


class Request(Noun):
    """One request, its body as the raw bytes that were signed."""

    route: str
    """The method and the path's pattern, as API Gateway names it: `POST /webhooks/{helpdesk}`."""
    path: Mapping[str, str] = Field(default_factory=dict)
    """The values in the path's pattern."""
    query: Mapping[str, str] = Field(default_factory=dict)
    headers: Mapping[str, str] = Field(default_factory=dict)
    """Names in lower case."""
    body: bytes = b""


class Answer(Noun):
    """What the sender is told."""

    status: int
    body: JsonValue = None
    """What is sent as JSON, unless there is a page."""
    page: str = ""
    """An HTML page instead."""


def refusal(status: int, why: str) -> Answer:
    """An answer that says what is wrong."""
    return Answer(status=status, body={"error": why})
