"""What was found: cited pieces of the knowledge base, and account facts from systems of record."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import Field, JsonValue

from deskhand.domain.noun import Noun
from deskhand.domain.records import Customer

Audience = Literal["public", "internal"]


class OnlyFor(Noun):
    """Those for whom a text holds; what is empty holds for everybody."""

    plan: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()


class Reader(Noun):
    """What is known of who asks; empty is unknown, and what holds only for some is not told."""

    plan: str = ""
    region: str = ""
    channel: str = ""

    def is_meant(self, only_for: OnlyFor) -> bool:
        """Whether a text that holds for those holds for this reader."""
        return (
            (not only_for.plan or self.plan in only_for.plan)
            and (not only_for.region or self.region in only_for.region)
            and (not only_for.channel or self.channel in only_for.channel)
        )


class Passage(Noun):
    """A piece of an article that an answer can cite."""

    id: str
    article_id: str
    title: str
    heading: str = ""
    text: str
    category: str = "general"
    audience: Audience = "public"
    authority: int = 0
    """Higher is more binding: a policy above a how-to, a how-to above a blog post."""
    policy_id: str = ""
    effective_from: date | None = None
    effective_until: date | None = None
    last_reviewed: date | None = None
    language: str = "en"
    product: str = ""
    url: str = ""
    only_for: OnlyFor = OnlyFor()
    score: float = 0.0
    """The fused score of this search, 0 to 1."""
    similarity: float = 0.0
    """Cosine of the question's and the passage's vectors; what tells a question without an
    article."""
    nearness: float = 0.0
    """The same for the customer's own words, without our name for what they want before them."""


class Fact(Noun):
    """An account fact, read from a system of record for the verified customer."""

    id: str
    """`order:1001`: its kind and its key; what claims cite."""
    kind: str
    key: str
    source: str
    words: tuple[str, ...]
    """The fact in plain sentences, each true on its own and fit to be said to the customer."""
    attributes: Mapping[str, JsonValue] = Field(default_factory=dict)


Facts = Mapping[str, Fact]
"""Account facts by their ids."""


class Evidence(Noun):
    """Everything a draft may stand on."""

    passages: tuple[Passage, ...] = ()
    facts: tuple[Fact, ...] = ()
    customer: Customer | None = None
    """The verified customer; None: nobody verified, and no account fact was read."""
    queries: tuple[str, ...] = ()
    embedder: str = ""
    """The fingerprint of the embedder by which the passages are similar."""
    reader: Reader = Reader()
    """For whom the passages were looked for."""
    missing: tuple[str, ...] = ()
    """What was looked for and is not there, in words: `an order 1001 of this customer`."""
    choices: tuple[str, ...] = ()
    """What the customer has to choose from where several records fit, in words."""
    troubles: tuple[str, ...] = ()
    """Lookups that failed, in words."""

    @property
    def known(self) -> Facts:
        """The account facts by their ids."""
        return {fact.id: fact for fact in self.facts}

    @property
    def best_similarity(self) -> float:
        """How near the nearest passage is; 0 when there is none."""
        return max((passage.similarity for passage in self.passages), default=0.0)
