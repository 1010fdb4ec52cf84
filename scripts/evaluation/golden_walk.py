"""Walks a golden ticket from its first message to its last ending, through the whole machine."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from deskhand import wiring
from deskhand.domain.approval import Approval
from deskhand.domain.ticket import Arrival
from deskhand.domain.turn import Ended, Ending, Turn
from deskhand.errors import Rejected
from deskhand.jobs.approve import Decision, decide
from deskhand.jobs.arriving_codes import without_code
from deskhand.jobs.dispatch import dispatch
from deskhand.jobs.intake import as_agent_reads
from deskhand.text.deliveries import read_delivery
from scripts.evaluation.golden import GoldenTicket
from scripts.evaluation.golden_house import GoldenHouse, Room
from scripts.evaluation.golden_writer import OFFLINE

BETWEEN_MESSAGES_S = 60.0
ATTACHED = {"name", "media_type", "size_bytes"}
SUGGESTED = "SUGGEST_MODE"
MOST_STEPS = 400
"""After which a ticket goes round in circles."""
YES = Decision(decision="approve", by="a person of the evaluation")
"""Whoever is asked says yes at once: what is asked for was labelled as right, or is a miss."""


@dataclass(frozen=True)
class Happened:
    """What came of one message."""

    turn: Turn | None
    """The turn that took it, as far as it came; None: nothing took it."""
    ending: Ending | None
    approvals: tuple[Approval, ...] = ()
    """What a person was asked about it."""
    trouble: str = ""
    """What went wrong on the way, in the words of whatever raised it."""

    @property
    def kind(self) -> str:
        """How it ended, in one word."""
        if self.ending is not None:
            return self.ending.kind
        return "refused" if self.turn is None else "lost"

    @property
    def had_person(self) -> bool:
        """Whether a person had a part in it that the mode of the intent did not give them."""
        asked = ({why.code for why in one.objections} for one in self.approvals)
        return self.kind == "handed_over" or any(codes != {SUGGESTED} for codes in asked)

    @property
    def stages_ms(self) -> dict[str, float]:
        """How long each stage took, all looks together."""
        taken: dict[str, float] = {}
        for record in self.turn.stages if self.turn else ():
            taken[record.stage] = taken.get(record.stage, 0.0) + record.duration_ms
        return taken

    @property
    def stages_microusd(self) -> dict[str, int]:
        """What each stage spent on language models, all looks together."""
        spent: dict[str, int] = {}
        for record in self.turn.stages if self.turn else ():
            spent[record.stage] = spent.get(record.stage, 0) + record.usage.cost_microusd
        return spent


def walk(house: GoldenHouse, ticket: GoldenTicket) -> tuple[Happened, ...]:
    """What came of each message of the ticket, each sent when the one before was over."""
    with house.room() as room:
        return tuple(_send(house, room, ticket, number) for number in range(len(ticket.turns)))


def arrival_of(ticket: GoldenTicket, number: int, room: Room) -> Arrival:
    """The message as it comes in. `Rejected`: the door of the desk does not take it."""
    turn = ticket.turns[number]
    body = {
        "ticket_id": ticket.id,
        "message_id": message_id(number),
        "subject": ticket.subject,
        "text": turn.text,
        "from": ticket.sender.model_dump(),
        "attachments": [one.model_dump(include=ATTACHED) for one in turn.attachments],
    }
    arrival = read_delivery(json.dumps(body).encode(), helpdesk="inbox", now=room.clock())
    return without_code(arrival, codes=wiring.codes(), clock=room.clock)


def attach(ticket: GoldenTicket, number: int) -> None:
    """Puts the files of a message where a model that reads files finds them, if they are there."""
    if wiring.setting("DESKHAND_LANGUAGE_MODEL") == OFFLINE:
        return
    for one in ticket.turns[number].attachments:
        if one.path:
            content = one.path.read_bytes()
            wiring.file_shelf().keep(ticket.id, message_id(number), one.name, content)


def message_id(number: int) -> str:
    """Of the message at that place, from 0."""
    return f"m{number + 1}"


def _send(house: GoldenHouse, room: Room, ticket: GoldenTicket, number: int) -> Happened:
    room.clock.pass_by(BETWEEN_MESSAGES_S)
    had = len(house.errors)
    try:
        arrival = arrival_of(ticket, number, room)
    except Rejected as error:
        return Happened(None, None, trouble=str(error))
    wiring.built_in_desk().open_ticket(arrival)
    attach(ticket, number)
    dispatch(as_agent_reads(arrival), turns=wiring.turns())
    _settle(room)
    troubles = "; ".join(dict.fromkeys(house.errors[had:]))
    return _came_of(arrival, room, troubles)


def _settle(room: Room) -> None:
    """Lets the machine run until nothing moves; people say yes, and waits are over at once."""
    for _ in range(MOST_STEPS):
        if awake := room.machine.awake():
            room.machine.advance(awake[0])
        elif asked := wiring.approvals().open():
            decide(asked[0].id, YES, turns=wiring.turns())
        elif waiting := room.machine.running():
            until = min(one.wake_at for one in waiting)
            room.clock.pass_by(max(0.0, (until - room.clock()).total_seconds()))
        else:
            return


def _came_of(arrival: Arrival, room: Room, trouble: str) -> Happened:
    stored = wiring.conversations().turns(arrival.conversation_id)
    took = [one for one in stored if arrival.message.id in _messages(one)]
    if not took:
        return Happened(None, None, trouble=trouble or "no turn took it")
    last = took[-1]
    turn = last.turn if isinstance(last, Ended) else last
    ending = last.ending if isinstance(last, Ended) else None
    asked = wiring.approvals().of(arrival.conversation_id)
    return Happened(turn, ending, tuple(one for one in asked if one.turn_id == turn.id), trouble)


def _messages(stored: Turn | Ended) -> Iterable[str]:
    turn = stored.turn if isinstance(stored, Ended) else stored
    return (message.id for message in turn.messages)
