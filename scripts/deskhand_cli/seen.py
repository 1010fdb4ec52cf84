"""A conversation as the API shows it, and what can be told from that."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from deskhand.domain.approval import Approval
from deskhand.domain.conversation import Conversation
from deskhand.domain.receipt import Receipt
from deskhand.domain.turn import Classified, Ended, Ending, Turn, dump_turn, load_turn
from deskhand.domain.usage import Usage, sum_of


@dataclass(frozen=True)
class Seen:
    """The head, the turns and the approvals of one conversation at one moment."""

    conversation: Conversation
    turns: tuple[Turn | Ended, ...]
    approvals: tuple[Approval, ...] = ()

    @classmethod
    def read(cls, body: Mapping[str, Any]) -> Self:
        """What `GET /v1/conversations/{id}` answers; task tokens are never shown."""
        return cls(
            conversation=Conversation.model_validate(body["conversation"]),
            turns=tuple(load_turn(record) for record in body["turns"]),
            approvals=tuple(
                Approval.model_validate(approval | {"task_token": ""})
                for approval in body["approvals"]
            ),
        )

    def as_json(self) -> dict[str, Any]:
        """For machines, as the API tells it."""
        return {
            "conversation": self.conversation.model_dump(mode="json"),
            "turns": [dump_turn(stored) for stored in self.turns],
            "approvals": [
                approval.model_dump(mode="json", exclude={"task_token"})
                for approval in self.approvals
            ],
        }

    @property
    def endings(self) -> tuple[Ending, ...]:
        """Of all turns that are over, in the order of their start."""
        return tuple(stored.ending for stored in self.turns if isinstance(stored, Ended))

    @property
    def last_ending(self) -> Ending | None:
        """The one that was written last."""
        return max(self.endings, key=lambda ending: ending.at, default=None)

    @property
    def open_approvals(self) -> tuple[Approval, ...]:
        """What a person is asked and has not answered, oldest first."""
        return tuple(approval for approval in self.approvals if approval.state == "open")

    @property
    def receipts(self) -> tuple[Receipt, ...]:
        """Of actions, each once: what was done, whether or not its turn went well afterwards."""
        found: dict[str, Receipt] = {}
        for stored in self.turns:
            done = turn_of(stored).receipts
            if isinstance(stored, Ended):
                done = (*done, *stored.ending.receipts)
            found |= {receipt.key: receipt for receipt in done if receipt.kind == "action"}
        return tuple(found.values())

    @property
    def intent(self) -> str:
        """What the first turn that was read wants."""
        read = (turn_of(stored) for stored in self.turns)
        return next((t.classification.intent for t in read if isinstance(t, Classified)), "")

    @property
    def usage(self) -> Usage:
        """What was used of models, all turns together."""
        return sum_of(turn_of(stored).usage for stored in self.turns)

    @property
    def cost_microusd(self) -> int:
        """What that cost."""
        return self.usage.cost_microusd

    def rests(self, message_ids: Iterable[str]) -> bool:
        """Whether nothing happens by itself: these messages belong to turns, none of which runs."""
        known = {message.id for stored in self.turns for message in turn_of(stored).messages}
        if not known.issuperset(message_ids):
            return False
        if self.conversation.waiting or self.conversation.lease:
            return False
        asking = {approval.turn_id for approval in self.open_approvals}
        return all(isinstance(stored, Ended) or stored.id in asking for stored in self.turns)


def turn_of(stored: Turn | Ended) -> Turn:
    """The turn, whether or not it is over."""
    return stored.turn if isinstance(stored, Ended) else stored
