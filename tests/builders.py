"""Builds the nouns of the desk for tests: each says only what it bends."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from deskhand.adapters.policy_files import read_policy
from deskhand.domain.approval import Approval
from deskhand.domain.classification import Classification, IntentGuess
from deskhand.domain.draft import Claim, Draft, ProposedAction
from deskhand.domain.evidence import Evidence, Fact, Passage
from deskhand.domain.money import Money
from deskhand.domain.policy import Policy
from deskhand.domain.records import Customer
from deskhand.domain.ticket import Arrival, Asker, Message
from deskhand.domain.turn import Classified, Drafted, Judged, Retrieved, Turn, turn_id_for
from deskhand.domain.verdict import Verdict

ROOT = Path(__file__).resolve().parents[1]
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
TICKET = "T1"
CONVERSATION = f"inbox:{TICKET}"


class StoppedClock:
    """A clock that moves only when it is told to."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **duration: float) -> None:
        self.now += timedelta(**duration)


@cache
def a_policy() -> Policy:
    """The policy files as they lie in the repository."""
    return read_policy(ROOT / "policies")


def a_message(text: str = "Where is my order 1001?", **bent: Any) -> Message:
    given = {"id": "m1", "author": "customer", "text": text, "said_at": NOON}
    return Message.model_validate(given | bent)


def an_asker(**bent: Any) -> Asker:
    given = {"email": "ada@example.com", "name": "Ada", "verified": True}
    return Asker.model_validate(given | bent)


def an_arrival(text: str = "Where is my order 1001?", **bent: Any) -> Arrival:
    message = bent.pop("message", None) or a_message(text, **bent.pop("says", {}))
    given = {
        "helpdesk": "inbox",
        "ticket_id": TICKET,
        "subject": "My order",
        "asker": an_asker(),
        "message": message,
        "delivery_id": f"d-{message.id}",
    }
    return Arrival.model_validate(given | bent)


def a_turn(*texts: str, **bent: Any) -> Turn:
    """A turn with its messages claimed."""
    messages = tuple(
        a_message(text, id=f"m{number}")
        for number, text in enumerate(texts or ("Where is my order 1001?",), start=1)
    )
    given = {
        "id": turn_id_for(CONVERSATION, "m1"),
        "conversation_id": CONVERSATION,
        "helpdesk": "inbox",
        "ticket_id": TICKET,
        "subject": "My order",
        "asker": an_asker(),
        "episode": 1,
        "started_at": NOON,
        "messages": messages,
    }
    return Turn.model_validate(given | bent)


def a_reading(intent: str = "order_status", **bent: Any) -> Classification:
    guess = IntentGuess(intent=intent, confidence=0.95, part="Where is my order 1001?")
    given = {"intents": (guess,), "question": "Where is my order 1001?"}
    return Classification.model_validate(given | bent)


def a_passage(text: str = "Parcels travel two to four days.", **bent: Any) -> Passage:
    given = {
        "id": "shipping#1",
        "article_id": "shipping",
        "title": "Shipping",
        "text": text,
        "score": 0.9,
        "similarity": 0.8,
    }
    return Passage.model_validate(given | bent)


def an_order_line(line_id: str = "1", **bent: Any) -> dict[str, Any]:
    """One line as an order's fact has it."""
    return {
        "line_id": line_id,
        "product": "Dune tent",
        "product_id": "tent",
        "variant_id": "tent-green",
        "quantity": 1,
        "unit_price_cents": 21_00,
    } | bent


def an_order_fact(order_id: str = "1001", **bent: Any) -> Fact:
    attributes: Mapping[str, Any] = {
        "order_id": order_id,
        "status": "delivered",
        "total_cents": 42_00,
        "refundable_cents": 42_00,
        "refunded_cents": 0,
        "sent_again_cents": 0,
        "currency": "EUR",
        "age_days": 9,
        "delivered_days": 5,
        "ship_to_country": "DE",
        "ship_to": "Elm Street 1, 10115 Berlin, DE",
        "payment_method": "card-1",
        "changed": False,
        "line_ids": ["1", "2"],
        "lines": [an_order_line("1"), an_order_line("2", product_id="lamp", variant_id="lamp-s")],
    } | bent
    return Fact(
        id=f"order:{order_id}",
        kind="order",
        key=order_id,
        source="sample shop",
        words=(f"Your order {order_id} was delivered.",),
        attributes=attributes,
    )


def a_customer(**bent: Any) -> Customer:
    given = {"id": "c1", "name": "Ada", "email": "ada@example.com", "country": "DE"}
    return Customer.model_validate(given | bent)


def some_evidence(**bent: Any) -> Evidence:
    given = {
        "passages": (a_passage(),),
        "facts": (an_order_fact(),),
        "customer": a_customer(),
        "queries": ("Where is my order 1001?",),
    }
    return Evidence.model_validate(given | bent)


def a_refund(amount_cents: int = 42_00, order_id: str = "1001") -> ProposedAction:
    return ProposedAction(
        name="refund_order", arguments={"order_id": order_id, "amount_cents": amount_cents}
    )


def a_cancellation(order_id: str = "1001") -> ProposedAction:
    return ProposedAction(name="cancel_order", arguments={"order_id": order_id})


def a_draft(**bent: Any) -> Draft:
    given = {
        "claims": (
            Claim(text="Your order 1001 was delivered.", supports=("order:1001",)),
            Claim(text="Parcels travel two to four days.", supports=("shipping#1",)),
        ),
        "confidence": 0.95,
        "written_by": "a test",
    }
    return Draft.model_validate(given | bent)


def _with(turn: Turn, **fields: Any) -> dict[str, Any]:
    return {name: getattr(turn, name) for name in type(turn).model_fields} | fields


def a_classified_turn(
    *texts: str, reading: Classification | None = None, **bent: Any
) -> Classified:
    turn = a_turn(*texts, **bent)
    return Classified(**_with(turn, classification=reading or a_reading()))


def a_retrieved_turn(*texts: str, evidence: Evidence | None = None, **bent: Any) -> Retrieved:
    turn = a_classified_turn(*texts, **bent)
    return Retrieved(**_with(turn, evidence=evidence or some_evidence()))


def a_drafted_turn(*texts: str, draft: Draft | None = None, **bent: Any) -> Drafted:
    turn = a_retrieved_turn(*texts, **bent)
    return Drafted(**_with(turn, draft=draft or a_draft()))


def a_judged_turn(*texts: str, verdict: Verdict | None = None, **bent: Any) -> Judged:
    """A turn that was judged; by default everything that its draft proposes may be done."""
    turn = a_drafted_turn(*texts, **bent)
    judged = verdict or Verdict(decision="send", actions=turn.draft.actions)
    return Judged(**_with(turn, verdict=judged))


def an_approval(turn: Turn, **bent: Any) -> Approval:
    given = {
        "id": f"{turn.id}.1",
        "conversation_id": turn.conversation_id,
        "turn_id": turn.id,
        "actions": (a_refund(80_00),),
        "summary": "a refund of 80.00 EUR for order 1001",
        "reply": "We have refunded you.",
        "objections": (),
        "asked_at": NOON,
        "expires_at": NOON + timedelta(days=1),
        "task_token": "token-1",
    }
    return Approval.model_validate(given | bent)


def some_money(amount_cents: int = 42_00) -> Money:
    return Money(amount_cents=amount_cents, currency="EUR")
