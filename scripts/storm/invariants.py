"""What has to hold whatever goes wrong: each a generator of what does not."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Set
from typing import NamedTuple

from deskhand.domain.ticket import Ticket
from deskhand.domain.turn import Ended, Turn
from scripts.storm.house import House
from scripts.storm.witness import Spoke

Invariant = Callable[[House, Set[str] | None], Iterator[str]]
"""Yields in words what does not hold, in these conversations or (None) in all."""


class Violation(NamedTuple):
    """Something that must not be, and where."""

    invariant: str
    words: str


def every_message_belongs_to_a_turn(house: House, which: Set[str] | None) -> Iterator[str]:
    """Whatever was accepted was taken by one turn that was not sent back, and that has ended."""
    owners: defaultdict[tuple[str, str], list[Ended]] = defaultdict(list)
    for ended in _ended(house, which):
        for message in ended.turn.messages:
            owners[ended.turn.conversation_id, message.id].append(ended)
    for conversation_id, message_id in house.witness.accepted:
        if which is not None and conversation_id not in which:
            continue
        final = [one for one in owners[conversation_id, message_id] if _is_final(one)]
        if not final:
            yield f"{conversation_id}: the message {message_id} belongs to no turn that has ended"
        # What waits for a code is read again with each answer; what is ignored, nobody saw to.
        seen_to = [one for one in final if not one.ending.asks_who and one.ending.kind != "ignored"]
        if len(seen_to) > 1:
            kinds = ", ".join(f"{one.turn.id[:8]} {one.ending.kind}" for one in final)
            yield f"{conversation_id}: the message {message_id} was seen to twice ({kinds})"


def every_turn_has_one_ending(house: House, which: Set[str] | None) -> Iterator[str]:
    """Every turn has ended, once, and as it was written first."""
    for conversation_id, turns in house.state.turns.items():
        if which is not None and conversation_id not in which:
            continue
        for turn_id, stored in turns.items():
            written = house.witness.endings.get(turn_id, [])
            ignored = isinstance(stored, Ended) and stored.ending.kind == "ignored"
            if not isinstance(stored, Ended):
                if which is None:
                    yield f"{conversation_id}: the turn {turn_id} has no ending"
            elif len(written) > 1 or (not written and not ignored):
                yield f"{conversation_id}: {turn_id} has the endings {', '.join(written) or 'none'}"


def one_public_reply_a_turn(house: House, which: Set[str] | None) -> Iterator[str]:
    """A customer hears of one turn once at most."""
    told = Counter((one.ticket_id, one.turn_id) for one in _spoken(house, which))
    for (ticket_id, turn_id), times in told.items():
        if times > 1:
            said = [one.marker for one in house.witness.spoken if one.turn_id == turn_id]
            yield f"{ticket_id}: {turn_id} spoke {times} times ({', '.join(said)})"


def nothing_is_done_twice(house: House, which: Set[str] | None) -> Iterator[str]:
    """What a customer asked for once reaches a system of record once and happens once."""
    reached = Counter((one.key, one.verb, one.subject) for one in house.witness.asked)
    for (key, verb, subject), times in reached.items():
        if times > 1:
            yield f"{verb} of {subject} was asked for {times} times with the key {key}"
    done = Counter(one[:2] for one in _deeds(house))
    for (kind, subject), times in done.items():
        if times > 1:
            yield f"{times} times {kind} of {subject}, which was wished for once"


def the_books_agree(house: House, which: Set[str] | None) -> Iterator[str]:
    """Ledger, helpdesk and system of record tell the same, and people are told what is unknown."""
    made = {key: (kind, subject) for kind, subject, key in _deeds(house)}
    asked = {one.key for one in house.witness.asked}
    said = {one.marker for one in house.witness.spoken}
    endings = {one.turn.id: one for one in _ended(house, None)}
    for key in made:
        entry = house.ledger.load(key)
        if entry is None or entry.state == "refused":
            state = entry.state if entry else "nothing"
            yield f"{' of '.join(made[key])} happened, and the ledger says {state}"
    for key in asked | {f"{turn_id}:reply" for turn_id in endings} | set(made):
        entry = house.ledger.load(key)
        if entry is None:
            continue
        happened = key in made or key in said
        if entry.state == "confirmed" and not happened:
            yield f"the ledger says that {entry.what} ({key}) is confirmed, and nobody shows it"
        ended = endings.get(entry.turn_id)
        settled = entry.state in ("confirmed", "refused")
        if not settled and ended and ended.ending.kind != "handed_over":
            yield f"{entry.what} ({key}) is {entry.state}, and nobody looks at it"
    for ended in endings.values():
        yield from _told_truly(house, ended, made, said)
    yield from _counted_too_little(house)


def _counted_too_little(house: House) -> Iterator[str]:
    """Whatever was given has its place under the limits of its ticket."""
    given: Counter[tuple[str, str]] = Counter()
    for one in {asked.key: asked for asked in house.witness.asked}.values():
        made, entry = one.system.made(one.scope, one.key), house.ledger.load(one.key)
        if made and made.kind == "refund" and made.money and entry:
            given[one.scope.customer_id, entry.conversation_id] += made.money.amount_cents
    for (customer_id, conversation_id), cents in given.items():
        now = house.state.clock()
        seen = house.ledger.counters(customer_id, conversation_id=conversation_id, now=now)
        if seen.ticket_cents < cents:
            yield f"{conversation_id}: {cents} cents were given, {seen.ticket_cents} are counted"


def _told_truly(
    house: House, ended: Ended, made: Mapping[str, tuple[str, str]], said: Set[str]
) -> Iterator[str]:
    turn, ending = ended.turn, ended.ending
    if ending.kind in ("answered", "asked_customer") and f"{turn.id}:reply" not in said:
        yield f"{turn.id} ended {ending.kind}, and nobody heard it"
    for receipt in ending.receipts:
        if receipt.kind == "action" and receipt.key not in made:
            yield f"{turn.id} shows a receipt for what did not happen: {receipt.words}"
    shown = {receipt.key for receipt in ending.receipts}
    for key, (kind, subject) in made.items():
        entry = house.ledger.load(key)
        if not key.startswith(f"{turn.id}:") or key in shown:
            continue
        named = entry is not None and entry.what in f"{ending.why} {ending.handoff}"
        if not named:
            yield f"{turn.id} ended {ending.kind} without a word of the {kind} of {subject}"


def nobody_speaks_after_a_takeover(house: House, which: Set[str] | None) -> Iterator[str]:
    """Whoever speaks has looked at the ticket, and nobody else was there."""
    for spoke in _spoken(house, which):
        stored = house.state.turns[f"inbox:{spoke.ticket_id}"].get(spoke.turn_id)
        turn = stored.turn if isinstance(stored, Ended) else stored
        if turn is None:
            yield f"{spoke.ticket_id}: {spoke.marker} is of no turn"
        elif spoke.read is None:
            yield f"{spoke.ticket_id}: {spoke.marker} was said without a look at the ticket"
        elif who := _taken_by(spoke.read, turn):
            yield f"{spoke.ticket_id}: {spoke.marker} was said although {who} was there"


def only_the_turn_that_runs_speaks(house: House, which: Set[str] | None) -> Iterator[str]:
    """A reply comes from the turn that has the conversation, and from no other."""
    for spoke in _spoken(house, which):
        if spoke.marker.endswith(":reply") and spoke.leased_to != spoke.turn_id:
            who = spoke.leased_to or "nobody"
            yield f"{spoke.ticket_id}: {spoke.marker} was said while {who} had the conversation"


def nothing_is_left(house: House, which: Set[str] | None) -> Iterator[str]:
    """After the sweep there is no lease, no message that waits, no note and no open question."""
    for head in house.state.heads.values():
        conversation = head.conversation
        if conversation.lease is not None:
            yield f"{conversation.id}: {conversation.lease.turn_id} still has the lease"
        if conversation.waiting:
            yield f"{conversation.id}: {conversation.waiting} messages still wait"
    for note in house.state.notes.values():
        yield f"{note.conversation_id}: the note {note.id} was never delivered"
    for approval in house.state.approvals.values():
        if approval.state == "open" or not approval.resumed:
            yield f"{approval.conversation_id}: the approval {approval.id} is {approval.state}"


def no_function_fails_by_mistake(house: House, which: Set[str] | None) -> Iterator[str]:
    """What fails outside is `Unavailable` or `Rejected`; anything else is a bug of ours."""
    yield from dict.fromkeys(house.witness.mistakes)


ALWAYS: Mapping[str, Invariant] = {
    one.__name__: one
    for one in (
        every_turn_has_one_ending,
        one_public_reply_a_turn,
        nobody_speaks_after_a_takeover,
        only_the_turn_that_runs_speaks,
    )
}
"""Holds at every moment; looked at after each turn, in its conversation."""

AT_THE_END: Mapping[str, Invariant] = {
    one.__name__: one
    for one in (
        every_message_belongs_to_a_turn,
        *ALWAYS.values(),
        nothing_is_done_twice,
        the_books_agree,
        nothing_is_left,
        no_function_fails_by_mistake,
    )
}
"""Holds once the sweep has nothing more to do."""


def _ended(house: House, which: Set[str] | None) -> Iterator[Ended]:
    for conversation_id, turns in house.state.turns.items():
        if which is None or conversation_id in which:
            yield from (one for one in turns.values() if isinstance(one, Ended))


def _spoken(house: House, which: Set[str] | None) -> Iterator[Spoke]:
    for spoke in house.witness.spoken:
        if which is None or f"inbox:{spoke.ticket_id}" in which:
            yield spoke


def _deeds(house: House) -> list[tuple[str, str, str]]:
    """What the systems of record show: kind, subject and key."""
    keys = {one.key: one for one in house.witness.asked}
    made = ((one.system.made(one.scope, key), key) for key, one in keys.items())
    return [(found.kind, found.subject, key) for found, key in made if found is not None]


def _is_final(ended: Ended) -> bool:
    """A turn that was overtaken gives its messages to the next; one whose request was taken back
    keeps them."""
    return ended.ending.kind != "superseded" or "REQUEST_CHANGED" in ended.ending.codes


def _taken_by(ticket: Ticket, turn: Turn) -> str:
    """Who has the ticket, or has spoken last since the turn's messages; empty: nobody."""
    asked_at = max((message.said_at for message in turn.messages), default=turn.started_at)
    since = [one for one in ticket.messages if one.author != "agent" and one.said_at > asked_at]
    spoke = bool(since) and since[-1].author == "person"
    return ticket.assignee or ("a person" if spoke else "")
