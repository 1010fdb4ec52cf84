"""A message that could not be dispatched is with a person, and can be tried again, once."""

import json
from datetime import timedelta
from typing import Any

import pytest

from deskhand.adapters.memory.dead_letters import MemoryDeadLetters
from deskhand.adapters.memory.inbox import MemoryInbox
from deskhand.domain.dead_letter import DeadLetter
from deskhand.domain.turn import Ended, Turn
from deskhand.domain.web import Answer, Request
from deskhand.errors import Unavailable
from deskhand.jobs.dead_letters import DeadLetterRoutes, see_to
from deskhand.jobs.dispatch import dispatch
from deskhand.ports import Inbox
from tests.builders import CONVERSATION, NOON, an_arrival
from tests.memory_house import MemoryHouse


def a_letter(text: str = "Where is my order 1001?", number: int = 1, **bent: Any) -> DeadLetter:
    arrival = an_arrival(text, says={"id": f"m{number}"}, **bent.pop("arrival", {}))
    given = {
        "id": f"letter-{number}",
        "group": arrival.conversation_id,
        "body": arrival.model_dump_json(),
        "sent_at": NOON + timedelta(seconds=number),
        "helpdesk": arrival.helpdesk,
        "ticket_id": arrival.ticket_id,
    }
    return DeadLetter.model_validate(given | bent)


class Desk:
    """A house with a queue and its dead letters."""

    def __init__(self) -> None:
        self.house = MemoryHouse()
        self.kept = MemoryDeadLetters()
        self.inbox = MemoryInbox()
        self.routes = DeadLetterRoutes(
            self.kept, self._queue, self.house.conversations, self.house.clock
        )
        self.house.desk.open_ticket(an_arrival())

    def _queue(self) -> Inbox:
        return self.inbox

    def sees_to(self, *letters: DeadLetter) -> None:
        for letter in letters:
            see_to(letter, kept=self.kept, turns=self.house.turns)

    def state(self, letter: DeadLetter) -> str:
        kept = self.kept.load(letter.id)
        return kept.state if kept else "unknown"

    def listed(self) -> Any:
        return self.routes.listed(Request(route="")).body

    def redrive(self, letter: DeadLetter, by: str = "Mia") -> Answer:
        body = json.dumps({"by": by}).encode()
        asked = Request(route="", path={"letter_id": letter.id}, body=body)
        return self.routes.redrive(asked)

    def dispatched(self) -> list[str]:
        """What the queue brought to dispatch, by the messages' ids."""
        taken = self.inbox.take()
        for arrival in taken:
            dispatch(arrival, turns=self.house.turns)
        return [arrival.message.id for arrival in taken]

    def claimed(self) -> list[str]:
        """What the turn that was started last has before it."""
        turn_id = self.house.workflow.started[-1].envelope.turn_id
        stored = self.house.conversations.turn(CONVERSATION, turn_id)
        assert isinstance(stored, Turn)
        messages = self.house.conversations.claim(stored).messages
        return [message.text for message in messages]

    def endings(self) -> list[Ended]:
        stored = self.house.conversations.turns(CONVERSATION)
        return [turn for turn in stored if isinstance(turn, Ended)]


# --- a person has it -----------------------------------------------------------------------------


def test_a_dead_letter_hands_its_conversation_over_and_is_kept() -> None:
    desk, letter = Desk(), a_letter()
    desk.sees_to(letter)

    (turn,) = desk.endings()
    assert (turn.ending.kind, turn.ending.codes) == ("handed_over", ("POISON_MESSAGE",))
    assert desk.state(letter) == "handed_over"


def test_the_same_letter_again_hands_nothing_over_twice() -> None:
    desk = Desk()
    desk.sees_to(a_letter(), a_letter())

    assert len(desk.endings()) == 1


def test_a_letter_waits_in_its_queue_for_the_turn_that_runs_and_is_kept_meanwhile() -> None:
    desk, letter = Desk(), a_letter(number=2)
    desk.house.arrives()
    desk.house.opened()

    with pytest.raises(Unavailable, match="another turn runs"):
        desk.sees_to(letter)
    assert desk.state(letter) == "kept"


def test_a_letter_whose_message_a_turn_has_taken_needs_nobody() -> None:
    desk, letter = Desk(), a_letter()
    desk.house.arrives()
    desk.house.opened()
    desk.sees_to(letter)

    assert desk.endings() == []
    assert desk.state(letter) == "taken_up"
    answer = desk.redrive(letter)
    assert answer.status == 409
    assert "a turn had taken its message up" in str(answer.body)


def test_a_letter_that_nobody_can_read_is_with_a_person_as_an_excerpt() -> None:
    desk, letter = Desk(), a_letter(body="{broken")
    desk.sees_to(letter)

    (turn,) = desk.endings()
    assert turn.turn.messages[0].text == "(unreadable message) {broken"
    assert desk.redrive(letter).status == 409


def test_a_letter_that_names_no_ticket_is_kept_to_be_looked_at() -> None:
    desk, letter = Desk(), a_letter(body="{broken", helpdesk="", ticket_id="")
    desk.sees_to(letter)

    assert desk.endings() == []
    (listed,) = desk.listed()
    assert (listed["state"], listed["why"]) == ("kept", "its body could not be read")


# --- and lets it be tried again ------------------------------------------------------------------


def test_a_redriven_letter_is_dispatched_and_the_agent_has_its_conversation_again() -> None:
    desk, letter = Desk(), a_letter()
    desk.sees_to(letter)
    assert desk.redrive(letter).status == 200

    assert desk.dispatched() == ["m1:again"]
    head = desk.house.conversations.load(CONVERSATION)
    assert head is not None
    assert (head.owner, head.episode) == ("agent", 2)
    assert desk.claimed() == ["Where is my order 1001?"]


def test_a_letter_is_redriven_once_and_the_second_person_is_told_who_did() -> None:
    desk, letter = Desk(), a_letter()
    desk.sees_to(letter)
    desk.redrive(letter)
    again = desk.redrive(letter, by="Tom")

    assert again.status == 409
    assert "was redriven by Mia already" in str(again.body)
    assert len(desk.dispatched()) == 1


def test_two_people_who_redrive_at_once_make_one_message() -> None:
    desk, letter = Desk(), a_letter()
    desk.sees_to(letter)
    handed_over = desk.kept.load(letter.id)
    assert handed_over is not None
    desk.redrive(letter)
    desk.kept.keep(handed_over)  # as the other one had read it a moment before
    desk.redrive(letter, by="Tom")
    desk.dispatched()

    head = desk.house.conversations.load(CONVERSATION)
    assert head is not None
    assert head.waiting == 1


def test_older_letters_of_the_same_conversation_go_first() -> None:
    desk = Desk()
    first, second, third = (a_letter(f"word {number}", number) for number in (1, 2, 3))
    other = a_letter("of another ticket", 4, arrival={"ticket_id": "T2"})
    desk.house.desk.open_ticket(an_arrival(ticket_id="T2"))
    desk.sees_to(first, other, second, third)
    answer = desk.redrive(second)

    assert [one["id"] for one in answer.body] == [first.id, second.id]  # type: ignore[index, union-attr, call-overload]
    assert desk.dispatched() == ["m1:again", "m2:again"]
    assert desk.state(third) == "handed_over"
    assert desk.state(other) == "handed_over"


def test_a_letter_that_a_later_release_can_read_goes_under_its_own_name() -> None:
    """It was handed over as an excerpt, so its conversation has never had the message itself."""
    desk, letter = Desk(), a_letter()
    unreadable = letter.model_copy(update={"body": "{broken"})
    desk.sees_to(unreadable)
    handed_over = desk.kept.load(letter.id)
    assert handed_over is not None
    desk.kept.keep(handed_over.model_copy(update={"body": letter.body}))
    desk.redrive(letter)

    assert desk.dispatched() == ["m1"]


def test_a_queue_that_cannot_be_reached_leaves_the_letter_to_be_redriven_again() -> None:
    desk, letter = Desk(), a_letter()
    desk.sees_to(letter)

    class Down(MemoryInbox):
        def put(self, arrival: object) -> None:
            raise Unavailable("the ticket queue")

    desk.inbox = Down()
    with pytest.raises(Unavailable):
        desk.redrive(letter)
    assert desk.state(letter) == "handed_over"


@pytest.mark.parametrize("body", [b"{}", b'{"by": " "}', b"by Mia"])
def test_nothing_is_redriven_without_the_name_of_who_has_looked(body: bytes) -> None:
    desk, letter = Desk(), a_letter()
    desk.sees_to(letter)
    asked = Request(route="", path={"letter_id": letter.id}, body=body)

    assert desk.routes.redrive(asked).status == 400
    assert desk.inbox.take() == ()


def test_an_unknown_letter_is_named() -> None:
    asked = Request(route="", path={"letter_id": "nothing"}, body=b'{"by": "Mia"}')
    for answer in (Desk().routes.shown(asked), Desk().routes.redrive(asked)):
        assert (answer.status, answer.body) == (404, {"error": "there is no dead letter nothing"})


def test_a_list_tells_no_word_of_a_customer_and_a_single_letter_shows_all() -> None:
    desk, letter = Desk(), a_letter()
    desk.sees_to(letter)
    shown = desk.routes.shown(Request(route="", path={"letter_id": letter.id}))

    assert "Where is my order" not in str(desk.listed())
    assert shown.body["body"] == letter.body  # type: ignore[index, call-overload]
    assert shown.body["conversation_id"] == CONVERSATION  # type: ignore[index, call-overload]
