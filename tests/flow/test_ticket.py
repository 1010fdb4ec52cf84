"""Whole tickets through the real graph: each arrow that a verdict can take."""

from deskhand.domain.draft import Claim, Draft
from deskhand.domain.turn import Judged, Retrieved
from tests.builders import a_policy, an_asker
from tests.flow.conftest import House
from tests.flow.policies import with_intent
from tests.flow.scripted import ScriptedModel


def test_a_question_is_answered_from_the_record(house: House) -> None:
    house.says("where", "Where is my order HR-1003?")

    (turn,) = house.ended("where")
    assert turn.ending.kind == "answered"
    assert any("PW1" in text for text in house.said("where"))
    assert house.ticket("where").status == "solved"


def test_a_small_refund_is_made_and_told_with_its_receipt(house: House) -> None:
    house.says("small", "Please refund my order HR-1001, I want my money back.")

    (turn,) = house.ended("small")
    assert turn.ending.kind == "answered"
    assert [receipt.name for receipt in turn.ending.receipts] == ["refund_order", "reply"]
    assert "42.00 EUR" in house.said("small")[0]


def test_an_order_that_has_not_left_is_cancelled(house: House) -> None:
    house.says("cancel", "Please cancel my order HR-1004.")

    (turn,) = house.ended("cancel")
    assert [receipt.name for receipt in turn.ending.receipts] == ["cancel_order", "reply"]


def test_a_denied_customer_is_told_why_and_offered_a_person(house: House) -> None:
    house.says("denied", "Please cancel my order HR-1003, I do not want it any more.")

    (turn,) = house.ended("denied")
    assert turn.ending.kind == "answered"
    assert [receipt.name for receipt in turn.ending.receipts] == ["reply"]
    assert a_policy().replies.offer_person in house.said("denied")[0]


def test_a_payment_that_loses_its_answer_is_read_back(house: House) -> None:
    house.says("lost", "I want my money back for order HR-1005 please.")

    (turn,) = house.ended("lost")
    assert turn.ending.kind == "answered"
    assert [receipt.name for receipt in turn.ending.receipts] == ["refund_order", "reply"]


def test_a_payment_that_never_happened_goes_to_a_person(house: House) -> None:
    house.says("never", "I want my money back for order HR-1006 please.")

    (turn,) = house.ended("never")
    assert turn.ending.kind == "handed_over"
    assert "TOOL_ERROR" in turn.ending.codes


def test_somebody_who_is_not_verified_is_asked_to_prove_it(house: House) -> None:
    house.says("who", "Where is my order HR-1003?", asker=an_asker(verified=False))

    (turn,) = house.ended("who")
    assert turn.ending.kind == "asked_customer"
    assert "PW1" not in house.said("who")[0]


def test_a_wish_for_a_person_is_granted_with_the_packet(house: House) -> None:
    house.says("human", "Let me talk to a human being please. It is about order HR-1003.")

    (turn,) = house.ended("human")
    assert turn.ending.kind == "handed_over"
    assert "WISH_FOR_A_PERSON" in turn.ending.codes
    ticket = house.ticket("human")
    assert ticket.queue
    assert any("HR-1003" in note.text for note in ticket.notes)
    assert house.said("human") == [a_policy().replies.handed_over]


def test_a_draft_that_invents_is_written_anew(house: House) -> None:
    def invents_once(turn: Retrieved, offline: Draft) -> Draft:
        if turn.looks:
            return offline
        invented = Claim(text="You get 500 EUR back.", supports=("nothing#1",))
        return offline.model_copy(update={"claims": (invented,)})

    house.furnish(language_model=ScriptedModel(invents_once))
    house.says("again", "Where is my order HR-1003?")

    (turn,) = house.ended("again")
    assert turn.ending.kind == "answered"
    assert turn.turn.looks == 1
    assert [look.verdict.decision for look in turn.turn.looked] == ["look_again"]


def test_a_draft_that_goes_on_inventing_goes_to_a_person(house: House) -> None:
    def invents(turn: Retrieved, offline: Draft) -> Draft:
        sentence = f"You get {500 + turn.looks} EUR back."
        invented = Claim(text=sentence, supports=("nothing#1",))
        return offline.model_copy(update={"claims": (invented,)})

    house.furnish(language_model=ScriptedModel(invents))
    house.says("never-true", "Where is my order HR-1003?")

    (turn,) = house.ended("never-true")
    assert turn.ending.kind == "handed_over"
    assert turn.turn.looks <= a_policy().replies.max_looks


def test_in_shadow_nothing_is_said_and_everything_is_recorded(house: House) -> None:
    house.furnish(policy=with_intent(a_policy(), "order_status", mode="shadow"))
    house.says("shadow", "Where is my order HR-1003?")

    (turn,) = house.ended("shadow")
    assert turn.ending.kind == "recorded"
    assert "PW1" in turn.ending.would_have
    assert house.said("shadow") == []
    assert house.ticket("shadow").notes == ()


def test_a_second_refund_in_a_week_asks_a_person(house: House) -> None:
    house.says("first", "I want my money back for order HR-1001 please.")
    house.ended("first")
    house.says("second", "I want my money back for order HR-1005 please.")

    house.asked("second")
    stored = house.turns("second")[0]
    assert isinstance(stored, Judged)
    codes = [objection.code for objection in stored.verdict.objections]
    assert "SECOND_REFUND_IN_7_DAYS" in codes


def test_an_auto_reply_is_kept_and_ignored(house: House) -> None:
    house.says("away", "I am out of the office until Monday.", noise="an auto-reply")

    (turn,) = house.ended("away")
    assert turn.ending.kind == "ignored"
    assert turn.ending.why == "an auto-reply"
    assert house.said("away") == []
