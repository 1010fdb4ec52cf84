"""A long conversation is remembered in short, and another subject begins with a clean slate."""

import pytest

from deskhand.adapters.memory.conversations import MemoryConversations
from deskhand.adapters.memory.state import MemoryDesk
from deskhand.adapters.models.claude.drafting import ask_for_draft
from deskhand.domain.classification import Entities, IntentGuess
from deskhand.domain.conversation import Conversation
from deskhand.domain.evidence import Evidence
from deskhand.domain.memory import Matter, Memory
from deskhand.domain.receipt import Receipt
from deskhand.domain.records import Customer
from deskhand.domain.turn import Classified, Ended, Ending, Retrieved, Turn, grow
from deskhand.text.matters import LINE_CHARS, MOST_MATTERS, remember
from deskhand.text.memory import RECENT, remembered
from deskhand.text.tokens import estimated_tokens
from tests.builders import (
    CONVERSATION,
    NOON,
    StoppedClock,
    a_customer,
    a_message,
    a_reading,
    a_retrieved_turn,
    a_turn,
    an_arrival,
    an_order_fact,
    some_evidence,
)

LEASE_S = 900


def an_end(turn: Turn, kind: str = "answered", **bent: object) -> Ended:
    given = {"kind": kind, "why": "", "at": NOON, "reply": "It is on its way."}
    return Ended(turn=turn, ending=Ending.model_validate(given | bent))


def about(intent: str, *references: str) -> dict[str, object]:
    guess = IntentGuess(intent=intent, confidence=0.9, part="it")
    return {"intents": (guess,), "entities": Entities(references=references)}


def a_matter(intent: str = "order_status", *references: str, asked: str = "Where is it?") -> Matter:
    return Matter(
        messages=("m0",),
        intents=(intent,),
        references=references,
        asked=asked,
        came_of_it="answered: It is on its way.",
        customer="c1",
        found=("Order 1001 was shipped.",),
    )


def test_what_was_asked_found_and_said_is_kept() -> None:
    turn = a_retrieved_turn(
        "Where is order 1001?",
        reading=a_reading(**about("order_status", "1001")),
        evidence=some_evidence(facts=(an_order_fact(),)),
    )
    (matter,) = remember(Memory(), an_end(turn)).matters

    assert matter.asked == "Where is order 1001?"
    assert matter.came_of_it == "answered: It is on its way."
    assert matter.references == ("1001",)
    assert "1001" in matter.found[0]


def test_what_was_done_is_kept_by_its_receipt() -> None:
    receipt = Receipt(
        key="k",
        kind="action",
        name="refund_order",
        reference="re_1",
        words="I have refunded 12.00 EUR.",
        read_back_at=NOON,
    )
    (matter,) = remember(Memory(), an_end(a_turn("Refund it."), receipts=(receipt,))).matters

    assert matter.came_of_it.startswith("done: I have refunded 12.00 EUR.")


@pytest.mark.parametrize("kind", ["superseded", "ignored", "recorded"])
def test_a_turn_that_said_nothing_leaves_no_trace(kind: str) -> None:
    assert remember(Memory(), an_end(a_turn(), kind)) == Memory()


def test_why_a_person_has_it_is_kept() -> None:
    (matter,) = remember(Memory(), an_end(a_turn(), "handed_over", why="a VIP")).matters

    assert matter.came_of_it == "given to a person: a VIP"


def test_only_the_last_matters_are_kept_each_in_a_line() -> None:
    memory = Memory()
    for number in range(MOST_MATTERS + 3):
        memory = remember(memory, an_end(a_turn(f"{number} " + "words\n" * 999)))

    assert len(memory.matters) == MOST_MATTERS
    assert memory.forgotten == 3
    assert all(len(one.asked) == LINE_CHARS and "\n" not in one.asked for one in memory.matters)


def asked_now(text: str, intent: str, *references: str, memory: Memory) -> Classified:
    turn = a_turn(text).model_copy(update={"memory": memory, "history": HISTORY})
    return grow(turn, Classified, classification=a_reading(**about(intent, *references)))


HISTORY = (
    a_message("Where is it?", id="m0"),
    a_message("It is on its way.", id="r0", author="agent"),
)
SHIPPED = Memory(matters=(a_matter("order_status"),))


def test_the_last_messages_are_told_as_they_are_and_not_once_more_in_short() -> None:
    told = remembered(asked_now("And when?", "order_status", memory=SHIPPED))

    assert told.recent == HISTORY
    assert told.summary == ""


TOLD = "- The customer: Where is order 1001? We answered: It is on its way."
FOUND = " Found: Order 1001 was shipped."


def later(evidence: Evidence) -> Retrieved:
    """A turn long after the matter, in which this was found."""
    turn = a_retrieved_turn("And when?", reading=a_reading(), evidence=evidence)
    memory = Memory(matters=(a_matter(asked="Where is order 1001?"),), forgotten=2)
    history = tuple(a_message(f"{n}", id=f"x{n}") for n in range(9))
    return turn.model_copy(update={"memory": memory, "history": history})


def test_what_came_before_those_is_told_in_short() -> None:
    told = remembered(later(some_evidence(customer=a_customer())))

    assert len(told.recent) == RECENT
    assert told.summary == f"(2 earlier matters are left out.)\n{TOLD}{FOUND}"


@pytest.mark.parametrize("who", [None, a_customer(id="c2")])
def test_what_an_account_says_is_told_to_its_owner_only(who: Customer | None) -> None:
    assert remembered(later(some_evidence(customer=who))).summary.endswith(TOLD)


@pytest.mark.parametrize(
    ("text", "intent", "references", "kept"),
    [
        ("Do you sell gift cards?", "gift_card", (), False),
        ("Do you sell gift cards for it?", "gift_card", (), True),
        ("And the other one?", "gift_card", (), True),
        ("When will my parcel come?", "order_status", (), True),
        ("Please cancel order 1001", "cancel_order", ("1001",), True),
        ("Please cancel order 1002", "cancel_order", ("1002",), False),
    ],
)
def test_another_subject_begins_with_a_clean_slate(
    text: str, intent: str, references: tuple[str, ...], kept: bool
) -> None:
    memory = Memory(matters=(a_matter("order_status", "1001"),))
    told = remembered(asked_now(text, intent, *references, memory=memory))

    assert bool(told.recent) is kept


def a_talk(turns: int) -> tuple[Conversation, list[Retrieved]]:
    """A conversation of so many turns, each asked, found, answered and stored."""
    clock = StoppedClock()
    desk = MemoryConversations(MemoryDesk(clock))
    walked = []
    for number in range(turns):
        clock.pass_by(minutes=2)
        desk.append(
            an_arrival(f"Where is my parcel number {number} now?", says={"id": f"m{number}"})
        )
        opened = desk.open_turn(CONVERSATION, now=clock(), lease_s=LEASE_S)
        assert opened is not None
        turn = desk.claim(opened)
        retrieved = grow(
            turn,
            Retrieved,
            classification=a_reading(**about("order_status", "1001")),
            evidence=some_evidence(facts=(an_order_fact(),)),
        )
        saved = desk.save(retrieved, now=clock(), lease_s=LEASE_S)
        assert isinstance(saved, Retrieved)
        walked.append(saved)
        assert desk.end(an_end(saved, reply=f"Number {number} is on its way.", at=clock()))
    conversation = desk.load(CONVERSATION)
    assert conversation is not None
    return conversation, walked


def test_what_is_told_stops_growing() -> None:
    _, turns = a_talk(30)
    sizes = []
    for turn in turns:
        told = remembered(turn)
        sizes.append(len(told.summary) + sum(len(said.text) for said in told.recent))

    assert sizes[29] <= 1.05 * sizes[9]
    assert "parcel number 28" in remembered(turns[29]).recent[-2].text
    assert "parcel number 25" in remembered(turns[29]).summary


def test_what_a_turn_costs_stays_flat_over_thirty_turns() -> None:
    _, turns = a_talk(30)
    tokens = [estimated_tokens(drafted(turn)) for turn in turns]

    # From the eighth turn on as much is told as ever will be.
    assert max(tokens) <= 1.06 * tokens[8]


def drafted(turn: Retrieved) -> str:
    """What a model is told of the turn, beside what is the same for every turn."""
    ask = ask_for_draft(turn, steady=(), intents={}, tools=(), files=())
    return ask.turn


def test_a_new_episode_remembers_nothing() -> None:
    conversation, _ = a_talk(2)
    assert len(conversation.memory.matters) == 2
    state = MemoryDesk(StoppedClock())
    again = MemoryConversations(state)
    again.append(an_arrival())
    head = state.heads[CONVERSATION]
    state.heads[CONVERSATION] = head.with_conversation(owner="person", memory=conversation.memory)

    again.give_back(CONVERSATION)
    given_back = again.load(CONVERSATION)
    assert given_back is not None
    assert given_back.memory == Memory()
