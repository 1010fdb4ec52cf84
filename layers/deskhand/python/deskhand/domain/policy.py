"""What may change without a release: intents, manners, escalation and prices, as the policy files
say."""

from typing import Literal

from pydantic import Field, NonNegativeInt, PositiveInt

from deskhand.domain.classification import Confidence
from deskhand.domain.macros import Macros
from deskhand.domain.models import Models
from deskhand.domain.noun import Noun
from deskhand.domain.stop import Sign, StopRule
from deskhand.domain.sureness import Sureness
from deskhand.domain.verdict import Mode, Priority


class Intent(Noun):
    """One thing customers want, and everything that is settled about it in advance."""

    name: str
    description: str
    examples: tuple[str, ...] = Field(min_length=5)
    resolved_when: str
    """What must be read back for this to count as resolved."""
    documents: tuple[str, ...] = ()
    """What must be written on the ticket when it is closed."""
    knowledge: tuple[str, ...] = ()
    """Categories of articles that may answer it; empty: all."""
    lookups: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    evidence: tuple[Literal["passage", "fact"], ...] = ()
    """What an answer has to stand on."""
    verified: bool = False
    """Whether the customer must be verified before anything of their account is read."""
    telling: tuple[str, ...] = ()
    """Words that tell this intent where something is asked to be done: `refund`, `money back`."""
    explained_by: str = ""
    """The intent that answers a question in general about this one: nothing is to be done, and
    nobody's account is looked into. Empty: this one does."""
    topic: str = ""
    """What the articles call it, put before the customer's words where they are searched; empty
    where the words themselves have to find the article."""
    ours: bool = True
    """Whether this is ours to handle; where not, the examples show what is out of scope."""
    confidence: Confidence = 0.70
    queue: str = "support"
    priority: Priority = "normal"
    mode: Mode = "auto"
    share: Confidence = 1.0
    """The share of traffic that gets this mode; the rest is only recorded (shadow)."""
    replies: bool = True
    """Whether this wants an answer at all: a plain thank-you does not."""
    always_person: bool = False
    """Whether a person handles this whatever was found."""


class Replies(Noun):
    """Manners and grounding, in numbers and words."""

    gather_s: NonNegativeInt = 0
    """How long a turn waits for more messages before it reads them."""
    min_citations: NonNegativeInt = 1
    min_similarity: float = 0.35
    """Below this the best passage counts as no passage (cosine; fits one embedder)."""
    min_support: float = 0.5
    """How well a sentence has to stand in what it cites; word for word is 1.5."""
    scope_similarity: float = 0.6
    """From here on an article by itself makes a question in scope that no intent knows."""
    max_thin_share: Confidence = 0.10
    """Of the turns of a day that need an article, the share that may find none; above it the base
    of knowledge has a gap that somebody has to look at."""
    min_retrievals: PositiveInt = 20
    """So many turns of a day have to need an article before their share says anything."""
    max_looks: NonNegativeInt = 2
    max_words: PositiveInt = 180
    max_replies_per_episode: PositiveInt = 8
    attachment_types: tuple[str, ...] = (
        "image/jpeg",
        "image/png",
        "image/gif",
        "image/webp",
        "application/pdf",
        "text/plain",
    )
    """The media types of files that a machine may open; any other file is left to a person."""
    attachment_max_bytes: PositiveInt = 10_000_000
    max_replies_an_hour: PositiveInt = 20
    """To one address, in all its conversations: two machines that answer each other are stopped."""
    max_passages: PositiveInt = 6
    lease_s: PositiveInt = 900
    approval_s: PositiveInt = 86_400
    same_matter_s: NonNegativeInt = 14_400
    """How long after a ticket was begun another one of the same customer may be about the same."""
    just_answered_s: NonNegativeInt = 600
    """How long after our answer a customer who asks the same elsewhere may not have read it."""
    confirm_s: PositiveInt = 86_400
    """How long a question whether to go on waits for the customer's yes; then it is asked anew."""
    withdrawn: str
    """Told when the customer has taken a request back; `{what}` is the request in words."""
    introduction: str
    """Said at first contact: that this is an AI."""
    signature: str
    apology: str
    offer_person: str
    verify: str
    """Asked when an account must be looked at and nobody is verified, where no codes are sent."""
    verify_by_code: str = ""
    """The same where they are; `{minutes}` is how long a code is valid. Empty: none is sent."""
    code_open: str = ""
    """Asked when a code that was sent before can still be answered."""
    code_wrong: str = ""
    """Told when the code was not right; `{tries}` is how many tries are left, in words."""
    code_expired: str = ""
    """Told before a new code is asked for because the old one came too late."""
    code_letter_subject: str = ""
    code_letter: str = ""
    """The letter with the code; `{code}` and `{minutes}`."""
    code_valid_s: PositiveInt = 600
    code_tries: PositiveInt = 5
    """After so many wrong ones the conversation is handed over."""
    codes_an_hour: PositiveInt = 3
    """How many are sent within an hour in one conversation, and to one account."""
    proof_s: PositiveInt = 3600
    """How long a right code verifies the asker in its conversation."""
    confirm: str
    """Asked before a risky action; `{action}` is the action in words."""
    denied: str
    """Told when an action is denied; `{why}` is the rule's words."""
    handed_over: str
    """Told to the customer when a person takes over, after it is true."""
    languages: tuple[str, ...] = ("en",)
    forbidden_promises: tuple[str, ...] = ()
    """Phrases that promise what nobody has read back."""


TRIGGERS_BY_WORDS = frozenset({"wish_for_a_person", "legal", "compliance", "safety"})
TRIGGERS_BY_COUNT = frozenset(
    {
        "angry_twice",
        "same_question",
        "failed_attempts",
        "large_dispute",
        "too_many_turns",
        "too_many_messages",
    }
)
TRIGGERS = (
    TRIGGERS_BY_WORDS
    | TRIGGERS_BY_COUNT
    | {
        "tool_error",
        "low_confidence",
        "vip",
        "out_of_scope",
        "policies_in_conflict",
        "missing_data",
        "language",
        "always_person",
    }
)
"""The triggers that the gate knows how to watch for, by name."""


class Trigger(Noun):
    """One reason to hand a ticket to a person."""

    code: str
    words: str
    """Why, for the person who takes over."""
    priority: Priority
    terms: tuple[str, ...] = ()
    """Words and phrases, matched as words."""
    not_terms: tuple[str, ...] = ()
    """Phrases in which the terms mean something else: `travel agent`."""
    limit: int | None = None
    """The number at which it fires, if it counts."""
    intents: tuple[str, ...] = ()
    """The intents in which it applies; empty: in all."""
    queue: str = ""
    """Where it goes; empty: to the intent's queue."""


ANY_OTHER_ACTION = "any_other_action"
"""Under this name stand the stop rules of every action that has none of its own."""


class Policy(Noun):
    """All policy files together, read once."""

    intents: dict[str, Intent]
    replies: Replies
    triggers: dict[str, Trigger]
    """By name: `wish_for_a_person`, `legal`, `angry_twice` …"""
    models: Models = Models()
    """Which model does what, its price, and the budget."""
    stops: dict[str, dict[Sign, StopRule]] = Field(default_factory=dict)
    """When an action is held for everybody, by its name; `ANY_OTHER_ACTION` where it has none."""
    macros: Macros = Macros()
    """What articles are filled with."""
    sureness: tuple[Sureness, ...] = ()
    """What makes an answer sure, for each embedder that it was fitted to."""
