"""Tickets go out as their files say, people decide when asked, every ending is awaited."""

from pathlib import Path
from typing import Any

import pytest

from deskhand.domain.approval import Approval
from deskhand.domain.conversation import Conversation
from deskhand.domain.turn import Ended, Ending, Turn
from scripts.deskhand_cli import runner
from scripts.deskhand_cli.api import Decision
from scripts.deskhand_cli.outcome import Outcome
from scripts.deskhand_cli.problems import CommandError
from scripts.deskhand_cli.runner import by_customer, go_on, run_tickets
from scripts.deskhand_cli.seen import Seen
from scripts.sample.ticket_file import SampleAttachment, SampleMessage, SampleTicket
from tests.builders import CONVERSATION, NOON, a_message, a_turn, an_approval, an_asker


class FakeDesk:
    """A desk that answers each message at once, asks a person about `refund`, forgets `lost`."""

    def __init__(self) -> None:
        self.log: list[str] = []
        self.turns: list[Turn | Ended] = []
        self.approvals: list[Approval] = []

    def deliver(self, delivery: dict[str, Any]) -> str:
        return self._take("webhook", delivery)

    def post_ticket(self, delivery: dict[str, Any]) -> str:
        return self._take("api", delivery)

    def conversation(self, conversation_id: str) -> Seen | None:
        head = Conversation(
            id=conversation_id, helpdesk="inbox", ticket_id="T1", subject="", asker=an_asker()
        )
        return Seen(head, tuple(self.turns), tuple(self.approvals)) if self.turns else None

    def decide(self, approval_id: str, decision: Decision) -> dict[str, Any]:
        self.log.append(f"{decision.by}: {decision.decision}")
        (asked,) = (one for one in self.approvals if one.state == "open")
        self.approvals = [asked.model_copy(update={"state": "approved"})]
        kind = "handed_over" if decision.decision == "reject" else "answered"
        self.turns = [an_end(turn, kind) if isinstance(turn, Turn) else turn for turn in self.turns]
        return {}

    def put_file(self, ticket_id: str, message_id: str, name: str, content: bytes) -> None:
        self.log.append(f"{name} of {message_id}: {len(content)} bytes")

    def last_code_to(self, address: str) -> str:
        return f"the code of {address}"

    def _take(self, way: str, delivery: dict[str, Any]) -> str:
        self.log.append(f"{way}: {delivery['text']}")
        turn = a_turn(id=f"t{len(self.turns) + 1}").model_copy(
            update={"messages": (a_message(delivery["text"], id=delivery["message_id"]),)}
        )
        if delivery["text"] == "lost":
            return CONVERSATION
        if delivery["text"] == "refund":
            self.turns.append(turn)
            self.approvals.append(an_approval(turn))
        else:
            self.turns.append(an_end(turn, "answered"))
        return CONVERSATION


def an_end(turn: Turn, kind: str) -> Ended:
    return Ended(turn=turn, ending=Ending.model_validate({"kind": kind, "why": "", "at": NOON}))


def a_ticket(*messages: dict[str, str], **bent: Any) -> SampleTicket:
    given = {
        "id": "t",
        "about": "A test.",
        "from": {"email": "a@example.com"},
        "messages": messages or ({"text": "hello"},),
        "expect": {"ending": "answered"},
    }
    return SampleTicket.model_validate(given | bent)


def run(desk: FakeDesk, ticket: SampleTicket, patience_s: float = 5.0) -> Outcome:
    (outcome,) = run_tickets((ticket,), desk=desk, report=lambda *_: None, patience_s=patience_s)
    return outcome


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "FIRST_PAUSE_S", 0.0)


def test_a_ticket_goes_in_by_the_way_that_it_names() -> None:
    for way in ("webhook", "api"):
        desk = FakeDesk()
        assert run(desk, a_ticket(via=way)).as_expected
        assert desk.log == [f"{way}: hello"]


def test_a_file_is_there_before_the_message_that_names_it(tmp_path: Path) -> None:
    desk = FakeDesk()
    photo = tmp_path / "box.jpg"
    photo.write_bytes(b"a photo")
    message = SampleMessage(text="broken", attachments=(SampleAttachment.of(photo),))

    assert run(desk, a_ticket().model_copy(update={"messages": (message,)})).as_expected
    assert desk.log == ["box.jpg of m1: 7 bytes", "webhook: broken"]
    assert message.attachments[0].media_type == "image/jpeg"


def test_a_person_decides_when_asked() -> None:
    desk = FakeDesk()
    person = [{"does": "approve", "by": "Ruben"}]
    assert run(desk, a_ticket({"text": "refund"}, person=person)).as_expected
    assert desk.log == ["webhook: refund", "Ruben: approve"]


def test_a_message_comes_while_the_person_has_not_decided() -> None:
    desk = FakeDesk()
    ticket = a_ticket(
        {"text": "refund"},
        {"text": "any news?", "when": "while_parked"},
        person=[{"does": "reject", "by": "Ruben", "reason": "No."}],
        expect={"endings": ["handed_over", "answered"]},
    )
    assert run(desk, ticket).as_expected
    assert desk.log == ["webhook: refund", "webhook: any news?", "Ruben: reject"]


def test_a_message_after_an_ending_waits_for_the_person_too() -> None:
    desk = FakeDesk()
    ticket = a_ticket(
        {"text": "refund"},
        {"text": "thanks", "when": "after_ending"},
        person=[{"does": "approve", "by": "Ruben"}],
        expect={"endings": ["answered", "answered"]},
    )
    assert run(desk, ticket).as_expected
    assert desk.log == ["webhook: refund", "Ruben: approve", "webhook: thanks"]


def test_messages_at_once_wait_for_nothing() -> None:
    desk = FakeDesk()
    ticket = a_ticket({"text": "refund"}, {"text": "hello", "when": "at_once"})
    found = run(desk, ticket)
    assert desk.log == ["webhook: refund", "webhook: hello"]
    assert "a person is asked, and the file has nobody left who decides" in found.differences


def test_nobody_being_asked_is_said_when_a_message_should_come_then() -> None:
    ticket = a_ticket({"text": "hello"}, {"text": "news?", "when": "while_parked"})
    found = run(FakeDesk(), ticket)
    assert found.differences == ("no person was asked while the next message should come",)


def test_a_message_that_never_comes_to_a_turn_is_given_up() -> None:
    found = run(FakeDesk(), a_ticket({"text": "lost"}), patience_s=0.0)
    assert found.differences == (
        "no ending within 0 s: nothing was kept of it",
        "nothing was kept of it",
    )


def test_a_desk_that_refuses_is_a_difference_and_stops_no_other_ticket() -> None:
    class Refusing(FakeDesk):
        def deliver(self, delivery: dict[str, Any]) -> str:
            raise CommandError("refused with 400: text: too long")

    desk = Refusing()
    outcomes = run_tickets(
        (a_ticket(), a_ticket(id="other", via="api")), desk=desk, report=lambda *_: None
    )
    assert [outcome.as_expected for outcome in outcomes] == [False, True]
    assert outcomes[0].differences[0] == "refused with 400: text: too long"


def test_the_tickets_of_one_customer_are_sent_one_after_another() -> None:
    one, two = a_ticket(id="one"), a_ticket(id="two", **{"from": {"email": "A@Example.com"}})
    other = a_ticket(id="other", **{"from": {"email": "b@example.com"}})
    assert by_customer([one, other, two]) == [[one, two], [other]]


def test_the_same_file_can_be_sent_twice() -> None:
    seen: list[str] = []

    class Noting(FakeDesk):
        def deliver(self, delivery: dict[str, Any]) -> str:
            seen.append(str(delivery["ticket_id"]))
            return super().deliver(delivery)

    for _ in range(2):
        run(Noting(), a_ticket())
    assert len(set(seen)) == 2


def test_a_conversation_that_there_is_goes_on_with_the_next_message() -> None:
    desk = FakeDesk()
    run(desk, a_ticket({"text": "one"}, {"text": "two", "when": "after_ending"}))
    outcome = go_on(a_ticket({"text": "three"}), "T1", desk=desk)

    assert outcome.seen is not None
    assert [stored.turn.messages[0].id for stored in outcome.seen.turns] == ["m1", "m2", "m3"]  # type: ignore[union-attr]


def test_a_message_carries_the_code_that_was_posted_to_its_sender() -> None:
    desk = FakeDesk()
    code = {"text": "It is", "when": "after_ending", "code": "from the mailbox"}
    run(desk, a_ticket({"text": "one"}, code))

    assert desk.log == ["webhook: one", "webhook: It is the code of a@example.com"]


def test_a_ticket_that_there_is_not_cannot_go_on() -> None:
    with pytest.raises(CommandError, match="there is no ticket T9; `deskhand tickets` lists them"):
        go_on(a_ticket(), "T9", desk=FakeDesk())
