"""Measures each stage by itself: what comes before it is made from the label, and right."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from deskhand import wiring
from deskhand.adapters.memory.state import MemoryDesk
from deskhand.domain.classification import Classification
from deskhand.domain.evidence import Evidence
from deskhand.domain.ticket import Arrival
from deskhand.domain.turn import (
    Classified,
    Drafted,
    Ended,
    Ending,
    Envelope,
    Judged,
    Retrieved,
    Turn,
)
from deskhand.domain.verdict import Verdict
from deskhand.errors import Rejected
from scripts.evaluation import golden_oracle as oracle
from scripts.evaluation import golden_oracle_draft as oracle_draft
from scripts.evaluation.golden import GoldenTicket, GoldenTurn
from scripts.evaluation.golden_house import GoldenHouse, Room
from scripts.evaluation.golden_walk import BETWEEN_MESSAGES_S, arrival_of, attach


@dataclass(frozen=True)
class Alone:
    """What each stage made of one message, given everything before it as it should have been; None
    where the stage raised something, or has nothing to do."""

    asked: Turn
    """The turn before anything was read."""
    classification: Classification | None
    evidence: Evidence | None
    drafted: Drafted | None
    verdict: Verdict | None
    ending: Ending | None
    told: Drafted
    """What was given to the gate: the draft that the label stands for."""
    rules: bool
    """Whether the label says enough of its actions to be ruled on."""
    acts: bool
    """Whether it does, and something may be done or said."""


def each_alone(house: GoldenHouse, ticket: GoldenTicket) -> tuple[Alone | None, ...]:
    """What each stage makes of each message; None where the door lets a message into no stage.

    The conversation goes on as labelled: what a stage makes of a message is in nobody's history.
    """
    with house.room() as room:
        return tuple(_message(house, room, ticket, number) for number in range(len(ticket.turns)))


def _message(house: GoldenHouse, room: Room, ticket: GoldenTicket, number: int) -> Alone | None:
    room.clock.pass_by(BETWEEN_MESSAGES_S)
    label = ticket.turns[number]
    try:
        arrival = arrival_of(ticket, number, room)
    except Rejected:
        return None
    wiring.built_in_desk().open_ticket(arrival)
    attach(ticket, number)
    turn = _opened(arrival, room)
    if turn is None:
        return None
    try:
        return _stages(_Bench(house, room, turn), turn, label)
    finally:
        room.clock.pass_by(1)


def _stages(bench: "_Bench", turn: Turn, label: GoldenTurn) -> Alone:
    policy = wiring.policy()
    read = oracle.read(turn, label, policy)
    found = oracle.found(read, label, policy, bench.house.passages)
    told = oracle_draft.drafted(found, label, policy)
    judged = oracle_draft.judged(told, label)
    rules = oracle_draft.says_enough(told)
    classified = bench.after("classify", turn)
    retrieved = bench.after("retrieve", read)
    drafted = bench.after("generate", found)
    ruled = bench.after("gate", told) if rules else None
    acts = rules and oracle_draft.may_act(judged)
    acted = bench.after("act", judged) if acts else None
    bench.end(judged, oracle_draft.ended(judged, label, policy))
    return Alone(
        asked=turn,
        classification=classified.classification if isinstance(classified, Classified) else None,
        evidence=retrieved.evidence if isinstance(retrieved, Retrieved) else None,
        drafted=drafted if isinstance(drafted, Drafted) else None,
        verdict=ruled.verdict if isinstance(ruled, Judged) else None,
        ending=acted.ending if isinstance(acted, Ended) else None,
        told=told,
        rules=rules,
        acts=acts,
    )


def _opened(arrival: Arrival, room: Room) -> Turn | None:
    conversations = wiring.conversations()
    if arrival.noise:
        conversations.ignore(arrival, why=arrival.noise, at=room.clock())
        return None
    conversations.append(arrival)
    turn = conversations.open_turn(arrival.conversation_id, now=room.clock(), lease_s=900)
    return conversations.claim(turn) if turn else None


@dataclass(frozen=True)
class _Bench:
    """One turn of one conversation, on which one stage after another is tried."""

    house: GoldenHouse
    room: Room
    turn: Turn

    def after(self, stage: str, before: Turn) -> Turn | Ended | None:
        """What is stored once the stage has run on this turn; None: it raised something. Then all
        is as it was, but for what the stage has done outside the desk."""
        state = self.room.state
        stored = before.model_copy(update={"revision": self.turn.revision})
        with _untouched(state):
            state.turns[before.conversation_id][before.id] = stored
            try:
                self.house.invoke(stage, Envelope.of(stored).model_dump(mode="json"))
            except Exception:
                return None  # noted by the house; the score of the stage shows it
            return state.turns[before.conversation_id][before.id]

    def end(self, turn: Judged, ending: Ending) -> None:
        """The conversation goes on as if the turn had ended so."""
        state = self.room.state
        stored = turn.model_copy(update={"revision": self.turn.revision})
        state.turns[turn.conversation_id][turn.id] = stored
        wiring.conversations().end(Ended(turn=stored, ending=ending))


@contextmanager
def _untouched(state: MemoryDesk) -> Iterator[None]:
    """After the block the desk's memory is as it was before it."""
    flat: tuple[dict[Any, Any], ...] = (
        *(state.heads, state.approvals, state.notes),
        *(state.audit, state.retrievals, state.senders),
    )
    nested: tuple[dict[Any, Any], ...] = (state.messages, state.turns)
    kept = [dict(one) for one in flat]
    kept += [{key: dict(inside) for key, inside in one.items()} for one in nested]
    try:
        yield
    finally:
        for living, before in zip((*flat, *nested), kept, strict=True):
            living.clear()
            living.update(before)
