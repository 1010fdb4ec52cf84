"""People in the graph: approvals, edits, changed requests, takeovers, and giving back."""

from deskhand import wiring
from deskhand.domain.turn import Ended
from deskhand.jobs.approve import Decision, decide
from deskhand.jobs.settle import settle
from tests.builders import a_policy
from tests.flow.conftest import House
from tests.flow.policies import with_intent, with_replies

BIG = "I want my money back for order HR-1002 please."


def approve(house: House, ticket: str, **bent: str) -> None:
    given = {"decision": "approve", "by": "Mia"} | bent
    decide(house.asked(ticket), Decision.model_validate(given), turns=wiring.turns())


def test_an_approved_refund_is_made_once(house: House) -> None:
    house.says("big", BIG)
    approve(house, "big")
    approval_id = wiring.approvals().of("inbox:big")[0].id
    again = decide(approval_id, Decision(decision="reject", by="Tom"), turns=wiring.turns())

    (turn,) = house.ended("big")
    assert turn.ending.kind == "answered"
    assert [receipt.name for receipt in turn.ending.receipts] == ["refund_order", "reply"]
    assert (again.approval.decided_by, again.taken) == ("Mia", False)


def test_a_person_finds_the_question_on_the_ticket(house: House) -> None:
    house.says("asks", BIG)
    approval_id = house.asked("asks")

    (note,) = house.ticket("asks").notes
    assert approval_id in note.text
    assert "80.00 EUR" in note.text
    assert house.said("asks") == []


def test_an_edited_reply_goes_out_in_the_persons_words(house: House) -> None:
    house.says("edit", BIG)
    approve(house, "edit", decision="edit", reply="Done, and sorry for the wait. Yours, Mia")

    house.ended("edit")
    assert "Yours, Mia" in house.said("edit")[0]


def test_a_rejected_refund_is_handed_over_with_the_reason(house: House) -> None:
    house.says("no", BIG)
    approve(house, "no", decision="reject", reason="call them first")

    (turn,) = house.ended("no")
    assert turn.ending.kind == "handed_over"
    assert "REJECTED_BY_PERSON" in turn.ending.codes
    assert any("call them first" in note.text for note in house.ticket("no").notes)


def test_nobody_answering_in_time_hands_over(house: House) -> None:
    house.says("late", BIG)
    house.asked("late")
    house.clock.pass_by(days=2)
    settle(wiring.turns())

    (turn,) = house.ended("late")
    assert turn.ending.kind == "handed_over"
    assert "APPROVAL_EXPIRED" in turn.ending.codes


def test_the_machine_itself_stops_waiting(house: House) -> None:
    house.furnish(policy=with_replies(a_policy(), approval_s=1))
    house.says("timeout", BIG)

    (turn,) = house.ended("timeout")
    assert turn.ending.kind == "handed_over"
    assert "TIMED_OUT" in turn.ending.codes
    (approval,) = wiring.approvals().of("inbox:timeout")
    assert approval.state == "expired"
    late = decide(approval.id, Decision(decision="approve", by="Mia"), turns=wiring.turns())
    assert (late.state, late.taken) == ("ended", False)


def test_any_news_is_answered_while_a_person_decides(house: House) -> None:
    house.says("news", BIG)
    approval_id = house.asked("news")
    house.says("news", "Any news on my refund?")

    house.until(lambda: len(house.said("news")) == 1)
    assert wiring.approvals().load(approval_id).state == "open"  # type: ignore[union-attr]
    approve(house, "news")
    house.until(lambda: all(isinstance(turn, Ended) for turn in house.turns("news")))
    kinds = [turn.ending.kind for turn in house.ended("news", 2)]
    assert kinds == ["answered", "answered"]


def test_a_changed_request_takes_the_question_back(house: House) -> None:
    house.says("changed", BIG)
    approval_id = house.asked("changed")
    house.says("changed", "Forget the refund, I will keep it.")

    house.until(lambda: all(isinstance(turn, Ended) for turn in house.turns("changed")))
    parked, _ = house.ended("changed", 2)
    assert parked.ending.kind == "superseded"
    assert wiring.approvals().load(approval_id).state == "withdrawn"  # type: ignore[union-attr]


def test_suggest_sends_nothing_before_a_person_has_said_yes(house: House) -> None:
    house.furnish(policy=with_intent(a_policy(), "order_status", mode="suggest"))
    house.says("suggest", "Where is my order HR-1003?")
    house.asked("suggest")

    assert house.said("suggest") == []
    assert any("PW1" in note.text for note in house.ticket("suggest").notes)
    approve(house, "suggest")
    (turn,) = house.ended("suggest")
    assert turn.ending.kind == "answered"
    assert "PW1" in house.said("suggest")[0]


def test_the_agent_is_silent_until_the_ticket_is_given_back(house: House) -> None:
    house.says("taken", "I want to speak to a human please.")
    house.ended("taken")
    house.says("taken", "Where is my order HR-1003?")

    _, silent = house.ended("taken", 2)
    assert silent.ending.kind == "ignored"
    wiring.conversations().give_back("inbox:taken")
    wiring.built_in_desk().assign("taken", "")
    house.says("taken", "Where is my order HR-1003?")
    answered = house.ended("taken", 3)[-1]
    assert answered.ending.kind == "answered"
    assert answered.turn.episode == 2


def test_a_person_who_takes_the_ticket_meanwhile_is_not_talked_over(house: House) -> None:
    wiring.built_in_desk()
    house.says("meanwhile", BIG)
    house.asked("meanwhile")
    wiring.built_in_desk().assign("meanwhile", "Mia")
    approve(house, "meanwhile")

    (turn,) = house.ended("meanwhile")
    assert turn.ending.kind == "handed_over"
    assert "PERSON_TOOK_OVER" in turn.ending.codes
    assert house.said("meanwhile") == []
    assert turn.ending.receipts == ()
