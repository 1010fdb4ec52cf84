"""Acting: once, read back, told with receipts, and never over a person."""

from typing import Any

import pytest

from deskhand.domain.classification import IntentGuess
from deskhand.domain.ledger import Counters
from deskhand.domain.permission import Permission, Reason
from deskhand.domain.ticket import CloseOut
from deskhand.domain.turn import Drafted, Ending, Judged, Turn
from deskhand.domain.verdict import Objection, Verdict
from deskhand.errors import Rejected, Unavailable
from deskhand.stages.act import act
from tests.builders import (
    CONVERSATION,
    a_draft,
    a_judged_turn,
    a_policy,
    a_reading,
    a_refund,
    an_approval,
    an_order_fact,
    some_evidence,
)
from tests.memory_house import MemoryHouse, Permits

DENIED = Permission(answer="denied", reasons=(Reason(code="NO", words="no"),))


def acted(house: MemoryHouse, turn: Judged) -> Ending | Turn:
    return act(turn, policy=house.policy, world=house.world)


def a_refunding_turn(house: MemoryHouse, order_id: str = "1001", cents: int = 42_00) -> Judged:
    fact = an_order_fact(order_id, total_cents=cents, refundable_cents=cents)
    turn = a_judged_turn(
        f"Please refund order {order_id}",
        draft=a_draft(actions=(a_refund(cents, order_id),)),
        evidence=some_evidence(facts=(fact,)),
        reading=a_reading("refund_request"),
    )
    stored = house.stored(turn)
    assert isinstance(stored, Judged)
    return stored


def counted(house: MemoryHouse) -> Counters:
    return house.ledger.counters("c1", conversation_id=CONVERSATION, now=house.clock())


def said(house: MemoryHouse) -> list[str]:
    return [m.text for m in house.desk.ticket("T1").messages if m.author == "agent"]


def test_an_answer_is_sent_and_the_ticket_closed_in_one_call() -> None:
    house = MemoryHouse()
    ending = acted(house, house.stored(a_judged_turn()))  # type: ignore[arg-type]

    assert isinstance(ending, Ending)
    assert (ending.kind, ending.codes) == ("answered", ())
    ticket = house.desk.ticket("T1")
    assert ticket.status == "solved"
    assert {"deskhand", "order_status"} <= set(ticket.tags)
    assert "shipping#1" in ticket.notes[0].text
    assert said(house) == [ending.reply]


def test_a_refund_is_made_read_back_and_told_with_its_receipt() -> None:
    house = MemoryHouse()
    ending = acted(house, a_refunding_turn(house))

    assert isinstance(ending, Ending)
    assert [receipt.name for receipt in ending.receipts] == ["refund_order", "reply"]
    assert ending.receipts[0].words in said(house)[0]
    assert house.ledger.load(ending.receipts[0].key).state == "confirmed"  # type: ignore[union-attr]


def test_acting_again_changes_nothing() -> None:
    house = MemoryHouse()
    turn = a_refunding_turn(house)
    first, second = acted(house, turn), acted(house, turn)

    assert isinstance(first, Ending)
    assert isinstance(second, Ending)
    assert first.receipts == second.receipts
    assert len(said(house)) == 1


def test_a_payment_that_loses_its_answer_is_read_back() -> None:
    house = MemoryHouse()
    ending = acted(house, a_refunding_turn(house, "1005", 25_00))
    assert isinstance(ending, Ending)
    assert ending.receipts[0].name == "refund_order"


@pytest.mark.parametrize(("order_id", "code"), [("1006", "TOOL_ERROR"), ("1007", "ACTION_REFUSED")])
def test_a_payment_that_did_not_happen_goes_to_a_person_and_frees_its_place(
    order_id: str, code: str
) -> None:
    house = MemoryHouse()
    turn = a_refunding_turn(house, order_id, 25_00)
    after = acted(house, turn)

    assert isinstance(after, Judged)
    assert (after.next_step, after.troubles[-1].code) == ("escalate", code)
    counters = counted(house)
    assert counters.refunds_in_7_days == 0
    assert said(house) == []
    again = acted(house, turn)
    assert isinstance(again, Judged)
    assert again.troubles[-1].cure == "person"


def test_an_outcome_that_nobody_can_read_back_is_never_tried_again() -> None:
    house = MemoryHouse()
    billing = house.connectors.billing
    tries: list[str] = []

    class Blind:
        def refund(self, *given: Any, idempotency_key: str, **more: Any) -> str:
            tries.append(idempotency_key)
            raise Unavailable("billing")

        def made(self, *given: Any) -> None:
            raise Unavailable("billing")

    from dataclasses import replace

    house.connectors = replace(house.connectors, billing=Blind())  # type: ignore[arg-type]
    turn = a_refunding_turn(house)
    first, second = acted(house, turn), acted(house, turn)

    assert len(tries) == 1
    for after in (first, second):
        assert isinstance(after, Judged)
        assert after.troubles[-1].code == "TOOL_ERROR"
        assert "nobody knows" in after.troubles[-1].words
    assert counted(house).refunds_in_7_days == 1
    assert billing


def test_what_changed_since_the_verdict_is_judged_again_with_what_is_true_now() -> None:
    house = MemoryHouse(permissions=Permits(DENIED))
    after = acted(house, a_refunding_turn(house))

    assert type(after) is Drafted
    assert (after.next_step, after.rejudged) == ("judge_again", 1)
    assert after.evidence.facts[-1].source == "sample shop" or after.evidence.facts


def test_a_lost_reservation_is_judged_again_and_gives_its_other_places_back() -> None:
    house = MemoryHouse(permissions=Permits(Permission(answer="now"), DENIED))
    facts = (an_order_fact("1001"), an_order_fact("1005", refundable_cents=25_00))
    turn = a_judged_turn(
        "Refund both please",
        draft=a_draft(actions=(a_refund(42_00, "1001"), a_refund(25_00, "1005"))),
        evidence=some_evidence(facts=facts),
        reading=a_reading("refund_request"),
    )
    after = acted(house, house.stored(turn))  # type: ignore[arg-type]

    assert type(after) is Drafted
    assert counted(house).refunds_in_7_days == 0


def test_what_keeps_changing_goes_to_a_person() -> None:
    house = MemoryHouse(permissions=Permits(DENIED, DENIED))
    turn = a_refunding_turn(house).model_copy(update={"rejudged": 2})
    after = acted(house, turn)

    assert isinstance(after, Judged)
    assert after.troubles[-1].code == "KEPT_CHANGING"


def test_an_order_that_is_gone_is_judged_without_it() -> None:
    house = MemoryHouse()
    after = acted(house, a_refunding_turn(house, "4444"))

    assert type(after) is Drafted
    assert after.evidence.facts == ()


def test_nothing_is_done_for_somebody_who_is_not_verified() -> None:
    house = MemoryHouse()
    turn = a_refunding_turn(house)
    stranger = turn.model_copy(update={"asker": turn.asker.model_copy(update={"verified": False})})
    with pytest.raises(Rejected, match="without a verified customer"):
        acted(house, stranger)


def test_a_newer_message_supersedes_before_anything_is_done() -> None:
    house = MemoryHouse()
    turn = a_refunding_turn(house)
    house.arrives("No wait, do not!", number="m2")
    ending = acted(house, turn)

    assert isinstance(ending, Ending)
    assert ending.kind == "superseded"
    assert house.ledger.load(f"{turn.id}:{turn.draft.actions[0].fingerprint}") is None


@pytest.mark.parametrize("how", ["assigned", "spoke"])
def test_a_person_who_took_over_is_not_talked_over(how: str) -> None:
    house = MemoryHouse()
    turn = a_refunding_turn(house)
    house.clock.pass_by(minutes=1)
    if how == "assigned":
        house.desk.assign("T1", "Mia")
    else:
        house.desk.person_says("T1", "I am on it.", by="Mia", at=house.clock())
    after = acted(house, turn)

    assert isinstance(after, Judged)
    assert after.troubles[-1].code == "PERSON_TOOK_OVER"
    assert said(house) == []


@pytest.mark.parametrize("how", ["assigned", "spoke"])
def test_a_person_who_comes_in_while_the_refund_is_made_is_not_talked_over(how: str) -> None:
    house = MemoryHouse()
    turn = a_refunding_turn(house)
    house.clock.pass_by(minutes=1)
    refund = house.connectors.billing.refund

    def meanwhile(*given: Any, **more: Any) -> str:
        if how == "assigned":
            house.desk.assign("T1", "Mia")
        else:
            house.desk.person_says("T1", "I am on it.", by="Mia", at=house.clock())
        return refund(*given, **more)

    house.connectors.billing.refund = meanwhile  # type: ignore[method-assign]
    after = acted(house, turn)

    assert isinstance(after, Judged)
    assert after.troubles[-1].code == "PERSON_TOOK_OVER"
    assert [receipt.name for receipt in after.receipts] == ["refund_order"]
    assert said(house) == []


def test_a_lease_that_somebody_else_has_is_waited_for() -> None:
    house = MemoryHouse()
    house.arrives()
    house.opened()
    with pytest.raises(Unavailable, match="lease"):
        acted(house, a_judged_turn(id="another turn"))


def test_a_conversation_that_a_person_has_got_meanwhile_is_left_alone() -> None:
    house = MemoryHouse()
    turn = house.stored(a_judged_turn())
    head = house.conversations.load(turn.conversation_id)
    assert head is not None

    class Taken:
        def commit_to_send(self, turn: Turn) -> bool:
            return False

        def load(self, conversation_id: str) -> Any:
            return head.model_copy(update={"owner": "person"})

    house.conversations = Taken()  # type: ignore[assignment]
    after = acted(house, turn)  # type: ignore[arg-type]
    assert isinstance(after, Judged)
    assert after.troubles[-1].code == "PERSON_TOOK_OVER"


def test_a_question_back_leaves_the_ticket_pending() -> None:
    house = MemoryHouse()
    asks = Objection(code="WHICH_RECORD", words="which order is meant", cure="ask")
    turn = a_judged_turn(
        draft=a_draft(claims=(), question="Which order do you mean?"),
        verdict=Verdict(decision="send", objections=(asks,)),
    )
    ending = acted(house, house.stored(turn))  # type: ignore[arg-type]

    assert isinstance(ending, Ending)
    assert (ending.kind, ending.codes) == ("asked_customer", ("WHICH_RECORD",))
    assert house.desk.ticket("T1").status == "pending"


def test_a_thank_you_gets_no_answer() -> None:
    house = MemoryHouse()
    thanks = IntentGuess(intent="thanks", confidence=0.9, part="thanks!")
    turn = house.stored(a_judged_turn("thanks!", reading=a_reading(intents=(thanks,))))
    ending = acted(house, turn)  # type: ignore[arg-type]

    assert isinstance(ending, Ending)
    assert ending.kind == "ignored"
    assert said(house) == []


def test_in_shadow_nothing_happens_and_what_would_have_is_recorded() -> None:
    house = MemoryHouse()
    turn = a_refunding_turn(house)
    verdict = turn.verdict.model_copy(update={"mode": "shadow"})
    ending = acted(house, turn.model_copy(update={"verdict": verdict}))

    assert isinstance(ending, Ending)
    assert ending.kind == "recorded"
    assert ending.would_have.startswith("send with refund_order: ")
    assert said(house) == []
    assert counted(house).attempts_in_1_hour == 0


def test_a_changed_request_withdraws_what_a_person_was_asked() -> None:
    house = MemoryHouse()
    turn = house.stored(a_judged_turn())
    approval = an_approval(turn)
    house.state.approvals[approval.id] = approval
    verdict = Verdict(decision="send", withdraws=(approval.id, "no such approval"))
    acted(house, turn.model_copy(update={"verdict": verdict}))  # type: ignore[arg-type]

    assert house.approvals.load(approval.id).state == "withdrawn"  # type: ignore[union-attr]


class BrokenDesk:
    """A helpdesk whose replies fail in the way that it was told."""

    def __init__(self, desk: Any, *errors: Exception, arrives: bool) -> None:
        self.desk, self.errors, self.arrives = desk, list(errors), arrives

    def __getattr__(self, name: str) -> Any:
        return getattr(self.desk, name)

    def reply(self, ticket_id: str, text: str, *, marker: str, close_out: CloseOut) -> str:
        if self.arrives:
            self.desk.reply(ticket_id, text, marker=marker, close_out=close_out)
        raise self.errors[0]


def test_a_reply_that_arrived_without_an_answer_is_found_by_its_marker() -> None:
    house = MemoryHouse()
    turn = house.stored(a_judged_turn())
    house.desk = BrokenDesk(house.desk, Unavailable("the helpdesk"), arrives=True)
    ending = acted(house, turn)  # type: ignore[arg-type]

    assert isinstance(ending, Ending)
    assert ending.kind == "answered"
    assert len(said(house)) == 1


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (Unavailable("the helpdesk"), "nobody knows whether the reply arrived"),
        (Rejected("the ticket is closed"), "refused the reply: the ticket is closed"),
    ],
)
def test_a_reply_that_did_not_arrive_is_not_sent_again_but_handed_over(
    error: Exception, words: str
) -> None:
    house = MemoryHouse()
    turn = house.stored(a_judged_turn())
    house.desk = BrokenDesk(house.desk, error, arrives=False)
    for _ in range(2):
        after = acted(house, turn)  # type: ignore[arg-type]
        assert isinstance(after, Judged)
        assert words in after.troubles[-1].words
    assert said(house) == []


def test_a_helpdesk_that_cannot_even_be_asked_leaves_it_to_a_person() -> None:
    house = MemoryHouse()
    turn = house.stored(a_judged_turn())

    class Gone(BrokenDesk):
        def find(self, ticket_id: str, marker: str) -> str | None:
            raise Unavailable("the helpdesk")

    house.desk = Gone(house.desk, Unavailable("the helpdesk"), arrives=True)
    after = acted(house, turn)  # type: ignore[arg-type]
    assert isinstance(after, Judged)
    assert after.troubles[-1].code == "REPLY_FAILED"


def test_the_policy_of_the_repository_is_what_these_tests_run_with() -> None:
    assert a_policy().intents["thanks"].replies is False
