"""What the knowledge base is made of: articles from a source, cut into chunks."""

from datetime import date

from deskhand.domain.evidence import Audience
from deskhand.domain.noun import Noun


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
    language: str
