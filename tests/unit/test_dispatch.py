"""What happens to a message between the queue and its turn, however it was delivered."""

from datetime import timedelta
from typing import Any

import pytest

from deskhand.adapters.memory.codes import MemoryCodes
from deskhand.domain.ticket import Arrival
from deskhand.domain.turn import Ended, Ending, Turn
from deskhand.domain.verdict import Objection
from deskhand.errors import Rejected, Unavailable
from deskhand.jobs.dispatch import take
from deskhand.jobs.settle import settle
from deskhand.text.consent import answer_to
from tests.builders import CONVERSATION, NOON, a_message, an_arrival, an_asker
from tests.challenges import a_challenge
from tests.memory_house import MemoryHouse, ended

PERSON = Objection(code="LEGAL", words="a lawyer is named", cure="person")


class Desk(MemoryHouse):
    """A house with one-time codes, whose queue gives what a test puts into it."""

    def takes(self, arrival: Arrival) -> None:
        take(arrival, turns=self.turns, codes=self.codes)

    def said(self, text: str, number: str, **bent: Any) -> Arrival:
        """A message that is on its ticket and still in the queue."""
        said_at = bent.pop("said_at", self.clock.now)
        arrival = an_arrival(text, says={"id": number, "said_at": said_at}, **bent)
        self.desk.open_ticket(arrival)
        return arrival

    def running(self) -> Turn:
        head = self.conversations.load(CONVERSATION)
        assert head is not None
        assert head.lease is not None
        turn = self.conversations.turn(CONVERSATION, head.lease.turn_id)
        assert isinstance(turn, Turn)
        return self.conversations.claim(turn)

    def ends(self, turn: Turn, kind: str = "answered", **bent: Any) -> None:
        given = {"kind": kind, "why": "", "at": self.clock(), "reply": "It comes on Monday."}
        assert self.turns.end(turn, Ending.model_validate(given | bent))


def a_hint(number: str = "m1") -> Arrival:
    """What a webhook says that only names its message."""
    return an_arrival("", says={"id": number}, subject="", asker=an_asker(email="")).model_copy(
        update={"hint": True}
    )


def texts(turn: Turn) -> list[str]:
    return [message.text for message in turn.messages]


# --- duplicates, late and out of order ------------------------------------------------------------


def test_a_message_that_the_queue_gives_again_is_in_one_turn() -> None:
    desk = Desk()
    arrival = desk.said("Where is my order 1001?", "m1")
    for _ in range(3):
        desk.takes(arrival)

    assert texts(desk.running()) == ["Where is my order 1001?"]
    assert len(desk.workflow.started) == 1


def test_one_message_under_two_delivery_ids_is_in_one_turn() -> None:
    desk = Desk()
    arrival = desk.said("Where is my order 1001?", "m1")
    for delivery in ("d1", "d2"):
        desk.takes(arrival.model_copy(update={"delivery_id": delivery}))

    assert len(desk.running().messages) == 1


def test_a_message_that_comes_again_after_its_answer_is_answered_once() -> None:
    desk = Desk()
    arrival = desk.said("Where is my order 1001?", "m1")
    desk.takes(arrival)
    desk.ends(desk.running())
    desk.clock.pass_by(hours=30)
    desk.takes(arrival)

    assert [one.ending.kind for one in ended(desk)] == ["answered"]
    assert len(desk.workflow.started) == 1


def test_messages_that_overtook_each_other_are_read_in_the_order_in_which_they_were_said() -> None:
    desk = Desk()
    first = desk.said("Where is my order 1001?", "m1", said_at=NOON)
    second = desk.said("And 1002?", "m2", said_at=NOON + timedelta(seconds=5))
    desk.clock.pass_by(seconds=10)
    desk.takes(second)
    desk.takes(first)

    assert texts(desk.running()) == ["Where is my order 1001?", "And 1002?"]


def test_a_message_that_comes_late_is_answered_by_a_turn_of_its_own() -> None:
    desk = Desk()
    first = desk.said("Where is my order 1001?", "m1", said_at=NOON)
    desk.clock.pass_by(minutes=1)
    desk.takes(desk.said("And what about 1002?", "m2"))
    desk.ends(desk.running())
    desk.clock.pass_by(minutes=20)
    desk.takes(first)

    late = desk.running()
    assert texts(late) == ["Where is my order 1001?"]
    assert [said.text for said in late.history] == ["And what about 1002?", "It comes on Monday."]


# --- a webhook that is only a hint ----------------------------------------------------------------


def test_what_a_webhook_only_named_is_fetched_before_it_is_kept() -> None:
    desk = Desk()
    desk.said("Where is my order 1001?", "m1")
    desk.takes(a_hint())

    turn = desk.running()
    assert texts(turn) == ["Where is my order 1001?"]
    assert (turn.asker.email, turn.subject) == ("ada@example.com", "My order")


def test_a_message_that_the_ticket_does_not_show_yet_is_taken_when_it_does() -> None:
    desk = Desk()
    desk.said("Where is my order 1001?", "m0")
    with pytest.raises(Unavailable, match="m1"):
        desk.takes(a_hint())
    assert desk.conversations.load(CONVERSATION) is None

    desk.said("And 1002?", "m1")
    desk.takes(a_hint())
    assert texts(desk.running()) == ["And 1002?"]


def test_a_ticket_that_is_not_there_is_no_message() -> None:
    with pytest.raises(Rejected, match="no ticket T1"):
        Desk().takes(a_hint())


def test_a_one_time_code_that_was_fetched_counts_and_is_kept_nowhere() -> None:
    desk = Desk()
    desk.codes = MemoryCodes()
    desk.codes.issue(a_challenge(), "314159", most_an_hour=3)
    desk.said("Here it is: 314159", "m1")
    for _ in range(2):
        desk.takes(a_hint())

    (message,) = desk.running().messages
    assert message.code is not None
    assert message.code.result == "right"
    assert "314159" not in message.text


# --- the end of loops -----------------------------------------------------------------------------


def answered_often(desk: Desk, times: int) -> None:
    """The address has begun so many tickets, each with an answer."""
    for number in range(times):
        desk.clock.pass_by(seconds=30)
        ticket = f"B{number}"
        arrival = desk.said(f"What does article {number} cost?", "m1", ticket_id=ticket)
        desk.takes(arrival)
        (turn,) = desk.conversations.turns(f"inbox:{ticket}")
        assert isinstance(turn, Turn)
        desk.ends(desk.conversations.claim(turn))


def test_an_address_that_answers_every_answer_with_a_new_ticket_is_told_nothing_any_more() -> None:
    desk = Desk()
    most = desk.policy.replies.max_replies_an_hour
    answered_often(desk, most)
    before = len(desk.workflow.started)
    desk.takes(desk.said("Your message was received as ticket 4711.", "m1"))

    assert len(desk.workflow.started) == before == most
    (last,) = ended(desk)
    assert (last.ending.kind, last.ending.codes) == ("handed_over", ("ANSWERED_TOO_OFTEN",))
    ticket = desk.desk.ticket("T1")
    assert (
        f"{most} automatic answers within an hour went to ada@example.com" in ticket.notes[0].text
    )
    assert [said.author for said in ticket.messages] == ["customer"]


def test_what_is_said_after_that_is_ignored_until_a_person_gives_the_conversation_back() -> None:
    desk = Desk()
    answered_often(desk, desk.policy.replies.max_replies_an_hour)
    for number in range(1, 4):
        desk.takes(desk.said(f"Your message was received, {number}.", f"m{number}"))

    assert [one.ending.kind for one in ended(desk)] == ["handed_over", "ignored", "ignored"]
    assert len(desk.desk.ticket("T1").notes) == 1


def test_one_answer_fewer_stops_nobody_and_an_hour_later_it_begins_anew() -> None:
    desk = Desk()
    most = desk.policy.replies.max_replies_an_hour
    answered_often(desk, most - 1)
    before = len(desk.workflow.started)
    desk.takes(desk.said("What does the lamp cost?", "m1"))
    assert len(desk.workflow.started) == before + 1
    desk.ends(desk.running())

    desk.clock.pass_by(minutes=61)
    desk.takes(desk.said("And the tent?", "m2"))
    assert len(desk.workflow.started) == before + 2


def test_another_address_is_answered_as_ever() -> None:
    desk = Desk()
    answered_often(desk, desk.policy.replies.max_replies_an_hour)
    before = len(desk.workflow.started)
    desk.takes(desk.said("Where is it?", "m1", asker=an_asker(email="bob@example.com")))

    assert len(desk.workflow.started) == before + 1


# --- reopened -------------------------------------------------------------------------------------


def test_what_was_given_back_goes_on_in_a_new_episode_and_is_not_handed_over_again() -> None:
    desk = Desk()
    for number in range(desk.policy.replies.max_replies_an_hour):
        desk.takes(desk.said(f"Question {number}?", f"q{number}"))
        desk.ends(desk.running())
    desk.takes(desk.said("One more?", "m1"))
    assert ended(desk)[-1].ending.codes == ("ANSWERED_TOO_OFTEN",)

    desk.conversations.give_back(CONVERSATION, by="Mia")
    desk.takes(desk.said("Is my order 1001 there?", "m2"))

    turn = desk.running()
    assert (turn.episode, turn.history) == (2, ())
    assert texts(turn) == ["Is my order 1001 there?"]


def test_nothing_gives_a_conversation_back_but_a_person() -> None:
    desk = Desk()
    desk.takes(desk.said("Where is my order 1001?", "m1"))
    assert desk.turns.hand_over(desk.running(), PERSON)
    for number in range(2, 5):
        desk.clock.pass_by(days=5)
        desk.takes(desk.said("Hello?", f"m{number}"))
        settle(desk.turns)

    head = desk.conversations.load(CONVERSATION)
    assert head is not None
    assert (head.owner, head.episode) == ("person", 1)
    assert [one.ending.kind for one in ended(desk)] == ["handed_over", *["ignored"] * 3]


def test_a_customer_who_comes_back_after_days_starts_a_new_episode() -> None:
    desk = Desk()
    desk.takes(desk.said("Where is my order 1001?", "m1"))
    desk.ends(desk.running())
    desk.clock.pass_by(hours=71)
    desk.takes(desk.said("And 1002?", "m2"))
    assert (desk.running().episode, len(desk.running().history)) == (1, 2)
    desk.ends(desk.running())

    desk.clock.pass_by(hours=73)
    desk.takes(desk.said("Can I return it?", "m3"))
    assert (desk.running().episode, desk.running().history) == (2, ())


def test_a_burst_that_meets_a_running_turn_is_answered_by_the_next_one_together() -> None:
    desk = Desk()
    desk.takes(desk.said("Question 1?", "m1"))
    first = desk.running()
    for number in range(2, 6):
        desk.takes(desk.said(f"Question {number}?", f"m{number}"))
    assert not desk.conversations.commit_to_send(first)
    desk.ends(first, "superseded", reply="")

    assert texts(desk.running()) == [f"Question {number}?" for number in range(1, 6)]
    assert len(desk.workflow.started) == 2
    assert [one.ending.kind for one in ended(desk) if isinstance(one, Ended)] == ["superseded"]


@pytest.mark.parametrize(("said_s", "answer"), [(-3, ""), (1, "yes")])
def test_a_yes_that_was_on_its_way_before_we_asked_is_no_yes(said_s: int, answer: str) -> None:
    what = "the cancellation of order 1001"
    asked = a_message(f"Shall I go ahead with {what}?", author="agent", asks_for=("f1",))
    yes = a_message("Yes, please!", id="m2", said_at=NOON + timedelta(seconds=said_s))

    assert answer_to("f1", what, history=[asked], messages=[yes], valid_s=3600) == answer
