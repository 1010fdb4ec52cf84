"""The turn, which grows: each state of the machine adds one field, and the type says how far it
has come."""

import hashlib
from typing import Literal, Self, TypeVar

from pydantic import AwareDatetime, JsonValue, NonNegativeInt, SerializeAsAny

from deskhand.domain.approval import Approval
from deskhand.domain.classification import Classification
from deskhand.domain.draft import Draft
from deskhand.domain.evidence import Evidence
from deskhand.domain.handoff import Handoff
from deskhand.domain.memory import Memory
from deskhand.domain.noun import Noun
from deskhand.domain.outbox import OutboxEntry
from deskhand.domain.receipt import Receipt
from deskhand.domain.ticket import Asker, Message
from deskhand.domain.usage import Usage, sum_of
from deskhand.domain.verdict import Objection, Verdict

EndingKind = Literal[
    "answered", "asked_customer", "handed_over", "recorded", "superseded", "ignored"
]
NextStep = Literal[
    "go_on", "send", "await_approval", "look_again", "judge_again", "escalate", "ended"
]


def turn_id_for(conversation_id: str, first_message_id: str) -> str:
    """The one id of the turn that a message starts; also the name of its execution."""
    return hashlib.sha256(f"{conversation_id}\n{first_message_id}".encode()).hexdigest()[:32]


class StageRecord(Noun):
    """One state of the machine, as it ran for this turn."""

    stage: str
    started_at: AwareDatetime
    duration_ms: float
    outcome: str
    """What came of it, in a few words for the trace."""
    usage: Usage = Usage()


class Look(Noun):
    """An earlier draft of the same turn, and what the gate said to it."""

    draft: Draft
    verdict: Verdict


class Turn(Noun):
    """One run of the machine for all customer messages of a conversation that wait when it
    starts."""

    id: str
    conversation_id: str
    helpdesk: str
    ticket_id: str
    subject: str
    asker: Asker
    episode: int
    started_at: AwareDatetime
    revision: NonNegativeInt = 0
    messages: tuple[Message, ...] = ()
    """What this turn answers; claimed when the machine starts to classify."""
    history: tuple[Message, ...] = ()
    """What was said before in this episode, by both sides."""
    memory: Memory = Memory()
    """What the episode was about before, in short."""
    pending: tuple[Approval, ...] = ()
    """Approvals of this conversation that were still open when the turn began."""
    looks: NonNegativeInt = 0
    """How often it was sent back for better evidence or wording."""
    lessons: tuple[Objection, ...] = ()
    """What the gate objected to the last time, for the next draft to mind."""
    decisions: tuple[Approval, ...] = ()
    """What people decided about this turn."""
    looked: tuple[Look, ...] = ()
    """The drafts that were sent back, for the trace."""
    rejudged: NonNegativeInt = 0
    """How often something had changed between the verdict and the deed."""
    receipts: tuple[Receipt, ...] = ()
    """What was done before something went wrong."""
    troubles: tuple[Objection, ...] = ()
    """What went wrong after the verdict."""
    next_step: NextStep = "go_on"
    stages: tuple[StageRecord, ...] = ()

    @property
    def text(self) -> str:
        """What the customer wrote this time; a one-time code says nothing by itself."""
        said = [one.text for one in self.messages if not (one.code and one.code.alone)]
        return "\n".join(said or [one.text for one in self.messages])

    @property
    def usage(self) -> Usage:
        """What all stages together used of models, second drafts too. A call that gave nothing is
        in `Spending` alone."""
        return sum_of(stage.usage for stage in self.stages)


class Classified(Turn):
    """A turn whose messages were read."""

    classification: Classification


class Retrieved(Classified):
    """A turn with everything a draft may stand on."""

    evidence: Evidence


class Drafted(Retrieved):
    """A turn with what the model wants to say and do."""

    draft: Draft


class Judged(Drafted):
    """A turn about which the gate has decided."""

    verdict: Verdict


class Ending(Noun):
    """How a turn ended: exactly one for every turn."""

    kind: EndingKind
    why: str
    codes: tuple[str, ...] = ()
    at: AwareDatetime
    reply: str = ""
    asks_for: tuple[str, ...] = ()
    """The fingerprints of the actions that the reply asks the customer's yes to."""
    asks_who: bool = False
    """Whether the reply asks the customer who they are: what they want waits for that."""
    receipts: tuple[Receipt, ...] = ()
    handoff: Handoff | None = None
    would_have: str = ""
    """In shadow: what would have been done."""


class Parked(Noun):
    """A turn's question to a person, and the note that carries it."""

    approval: Approval
    note: OutboxEntry


class Ended(Noun):
    """A turn that is over, as far as it came, with its ending."""

    turn: SerializeAsAny[Turn]
    ending: Ending


STAGES: dict[str, type[Turn]] = {
    stage.__name__: stage for stage in (Turn, Classified, Retrieved, Drafted, Judged)
}

TurnT = TypeVar("TurnT", bound=Turn)


def grow(turn: Turn, stage: type[TurnT], **fields: object) -> TurnT:
    """The turn at another stage: later ones need their field given, earlier ones drop what came
    after."""
    kept = {name: getattr(turn, name) for name in stage.model_fields if hasattr(turn, name)}
    return stage.model_validate(kept | fields)


def dump_turn(stored: Turn | Ended) -> dict[str, JsonValue]:
    """The record of a turn, with its stage, that `load_turn` reads back."""
    turn, ending = (stored.turn, stored.ending) if isinstance(stored, Ended) else (stored, None)
    record: dict[str, JsonValue] = {
        "stage": type(turn).__name__,
        "turn": turn.model_dump(mode="json"),
    }
    return record | ({"ending": ending.model_dump(mode="json")} if ending else {})


def load_turn(record: dict[str, JsonValue]) -> Turn | Ended:
    """The turn that was stored, at the stage it had reached."""
    turn = STAGES[str(record["stage"])].model_validate(record["turn"])
    if ending := record.get("ending"):
        return Ended(turn=turn, ending=Ending.model_validate(ending))
    return turn


class Envelope(Noun):
    """The claim check that the state machine carries instead of the turn."""

    conversation_id: str
    turn_id: str
    decision: NextStep = "go_on"
    looks: NonNegativeInt = 0
    error: str = ""
    """The name of the error that led to `Escalate`, if one did."""

    @classmethod
    def of(cls, stored: Turn | Ended) -> Self:
        """The envelope of a turn as it is stored now, which says where the machine goes next."""
        turn = stored.turn if isinstance(stored, Ended) else stored
        return cls(
            conversation_id=turn.conversation_id,
            turn_id=turn.id,
            decision="ended" if isinstance(stored, Ended) else turn.next_step,
            looks=turn.looks,
        )
