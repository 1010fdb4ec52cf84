"""Bugs to be planted, one for each thing that must hold in the storm."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from deskhand.domain.turn import Turn
from deskhand.jobs import turns as jobs_turns
from deskhand.stages import act as act_stage
from deskhand.stages import escalate as escalate_stage
from deskhand.stages.world import World
from scripts.storm.house import Bug, Ports


class But:
    """A port of which one verb does something else; it is given the true verb first."""

    def __init__(self, port: Any, **verbs: Callable[..., Any]) -> None:
        self._port, self._verbs = port, verbs

    def __getattr__(self, verb: str) -> Any:
        thing = getattr(self._port, verb)
        if verb not in self._verbs:
            return thing
        return lambda *given, **named: self._verbs[verb](thing, *given, **named)


def but(port: str, **verbs: Callable[..., Any]) -> Bug:
    """The bug in one port."""

    def plant(ports: Ports) -> Ports:
        return ports | {port: But(ports[port], **verbs)}

    return plant


def loses_a_message(append: Any, arrival: Any) -> bool:
    return False if arrival.message.id == "m2" else bool(append(arrival))


def ends_anew(ports: Ports) -> Ports:
    """An ending is written over the one that is there."""
    conversations = ports["conversations"]

    def end(true: Any, ended: Any, **named: Any) -> bool:
        if not true(ended, **named):
            stored = conversations._desk.turns[ended.turn.conversation_id]
            stored[ended.turn.id] = ended.turn
            return bool(true(ended, **named))
        return True

    return ports | {"conversations": But(conversations, end=end)}


def begins_anew(begin: Any, entry: Any) -> None:
    """Whatever was begun before is forgotten."""
    begin(entry)


def forgets_what_was_confirmed(record: Any, entry: Any) -> None:
    if entry.state != "confirmed":
        record(entry)


def frees_the_lease_too_early(ports: Ports) -> Ports:
    conversations = ports["conversations"]

    def commit_to_send(true: Any, turn: Any) -> bool:
        may = bool(true(turn))
        heads = conversations._desk.heads
        if may:
            heads[turn.conversation_id] = heads[turn.conversation_id].with_conversation(lease=None)
        return may

    return ports | {"conversations": But(conversations, commit_to_send=commit_to_send)}


def divides_by_zero(_draft: Any, *_given: Any, **_named: Any) -> None:
    raise ZeroDivisionError("a bug")


def nothing_in_the_house(ports: Ports) -> Ports:
    return ports


def tells_twice(monkeypatch: pytest.MonkeyPatch) -> Bug:
    """The word that a colleague takes over goes out whatever was said before."""

    def told(turn: Any, ending: Any, policy: Any) -> Any:
        entry = escalate_stage.handoff_entry(turn, ending, policy)
        return entry.model_copy(update={"tell_customer": policy.replies.handed_over})

    monkeypatch.setattr(jobs_turns, "handoff_entry", told)
    return nothing_in_the_house


def sees_nobody(monkeypatch: pytest.MonkeyPatch) -> Bug:
    """Who speaks looks at the ticket, and does not heed who is there."""

    def took_over(turn: Turn, world: World) -> bool:
        world.helpdesk.ticket(turn.ticket_id)
        return False

    monkeypatch.setattr(act_stage, "person_took_over", took_over)
    return nothing_in_the_house


PLANTED: Mapping[str, Callable[[pytest.MonkeyPatch], Bug]] = {
    "every_message_belongs_to_a_turn": lambda _: but("conversations", append=loses_a_message),
    "every_turn_has_one_ending": lambda _: ends_anew,
    "one_public_reply_a_turn": tells_twice,
    "nothing_is_done_twice": lambda _: but("ledger", begin=begins_anew),
    "the_books_agree": lambda _: but("ledger", record=forgets_what_was_confirmed),
    "nobody_speaks_after_a_takeover": sees_nobody,
    "only_the_turn_that_runs_speaks": lambda _: frees_the_lease_too_early,
    "nothing_is_left": lambda _: but("outbox", due=lambda due, **_: (), of=lambda of, _id: ()),
    "no_function_fails_by_mistake": lambda _: but("language_model", draft=divides_by_zero),
}
