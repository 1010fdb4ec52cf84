"""What the knowledge base is made of: articles from a source, cut into chunks."""

from datetime import date
from typing import Literal

from deskhand.domain.evidence import Audience, OnlyFor
from deskhand.domain.noun import Noun


class Trouble(Noun):
    """What is wrong with one article, for the person who looks after it."""

    name: str
    """The file or page, as its source calls it."""
    reason: str
    """What is wrong, where, and what to do."""
    kind: Literal["left_out", "noticed"] = "left_out"
    """Whether nothing of it can be found, or it is indexed and a person should look at it."""


class Article(Noun):
    """One page of knowledge with what its front matter says about it."""

    id: str
    title: str
    text: str
    """Markdown without the front matter."""
    category: str = "general"
    audience: Audience = "public"
    authority: int = 0
    policy_id: str = ""
    effective_from: date | None = None
    effective_until: date | None = None
    last_reviewed: date | None = None
    language: str = "en"
    product: str = ""
    """What of ours it is about, in the customers' words."""
    url: str = ""
    """Where customers can read it themselves."""
    only_for: OnlyFor = OnlyFor()
    name: str = ""
    """The file or page, as its source calls it, for whoever looks for a fault in it."""
    first_line: int = 1
    """The line of the file on which the text begins."""


class Chunk(Noun):
    """A piece of an article, as it is indexed."""

    id: str
    """Stable: the article's id, the heading's place and a hash of the words, so an edit touches
    only its chunks."""
    article_id: str
    title: str
    heading: str
    text: str
    content_hash: str
    category: str
    audience: Audience
    authority: int
    policy_id: str
    effective_from: date | None
    effective_until: date | None
    last_reviewed: date | None = None
    language: str
    product: str = ""
    url: str = ""
    only_for: OnlyFor = OnlyFor()
