"""Approvals by the link in the note, end to end: over HTTP, through the real state machine."""

import re
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import httpx
import pytest

from deskhand import wiring
from deskhand.domain.turn import Ended
from deskhand.jobs.approval_links import ApprovalLinks
from deskhand.jobs.settle import settle
from tests.builders import a_policy
from tests.contract.racing import RACERS, race
from tests.flow.conftest import House
from tests.flow.policies import with_replies

BIG = "I want my money back for order HR-1002 please."


@pytest.fixture
def desk(house: House) -> House:
    """The house with a public address, so that its notes have links."""
    house.furnish(approval_links=links(house))
    return house


def links(house: House) -> ApprovalLinks:
    return ApprovalLinks(key=lambda: "a key of links", public_url=house.stack.api_url)


def link(house: House, ticket: str) -> str:
    """The link in the note that asks."""
    house.asked(ticket)
    text = house.ticket(ticket).notes[-1].text
    found = re.search(r"reject it here: (\S+)", text)
    assert found, text
    return found.group(1)


def opened(address: str) -> httpx.Response:
    return httpx.get(address, timeout=30, trust_env=False)


def sent(address: str, decision: str = "approve", by: str = "Mia", **fields: str) -> httpx.Response:
    form = {"decision": decision, "by": by} | fields
    return httpx.post(address, data=form, timeout=30, trust_env=False)


def refunds(ended: Ended) -> list[str]:
    return [one.words for one in ended.ending.receipts if one.name == "refund_order"]


def test_a_link_that_is_opened_shows_the_question_and_decides_nothing(desk: House) -> None:
    desk.says("opened", BIG)
    address = link(desk, "opened")
    pages = [opened(address) for _ in range(3)]

    assert {page.status_code for page in pages} == {200}
    assert "80.00 EUR" in pages[0].text
    assert pages[0].headers["content-type"].startswith("text/html")
    assert "frame-ancestors 'none'" in pages[0].headers["content-security-policy"]
    (approval,) = wiring.approvals().of("inbox:opened")
    assert approval.state == "open"
    assert approval.task_token not in pages[0].text


def test_a_yes_by_link_is_done_once_however_often_it_is_clicked(desk: House) -> None:
    desk.says("yes", BIG)
    address = link(desk, "yes")
    first = sent(address)
    again = sent(address)
    (turn,) = desk.ended("yes")
    late = sent(address, "reject", "Tom", reason="wait")

    assert (first.status_code, again.status_code, late.status_code) == (200, 200, 409)
    assert "Mia (by link) approved it" in first.text
    assert "changes nothing" in late.text
    assert "approved it" in late.text
    (refund,) = refunds(turn)
    assert refund.rstrip(".") in opened(address).text
    assert len(desk.said("yes")) == 1


def test_a_no_by_link_needs_its_reason_and_hands_over_with_it(desk: House) -> None:
    desk.says("no", BIG)
    address = link(desk, "no")
    unsaid = sent(address, "reject", reason=" ")
    nobody = sent(address, by="")

    assert (unsaid.status_code, nobody.status_code) == (400, 400)
    assert "the reason is missing" in unsaid.text
    assert "your name is missing" in nobody.text
    assert sent(address, "reject", reason="call them first").status_code == 200
    (turn,) = desk.ended("no")
    assert (turn.ending.kind, refunds(turn)) == ("handed_over", [])
    assert any("call them first" in note.text for note in desk.ticket("no").notes)


def test_a_click_after_the_time_is_told_so_and_a_person_has_the_ticket(desk: House) -> None:
    desk.says("late", BIG)
    address = link(desk, "late")
    desk.clock.pass_by(days=2)
    late = sent(address)

    assert late.status_code == 410
    assert "It expired" in late.text
    (turn,) = desk.ended("late")
    assert (turn.ending.kind, refunds(turn)) == ("handed_over", [])
    assert "APPROVAL_EXPIRED" in turn.ending.codes
    assert opened(address).status_code == 410


def test_a_sweep_hands_over_what_nobody_answered_and_the_link_says_so(desk: House) -> None:
    desk.says("swept", BIG)
    address = link(desk, "swept")
    desk.clock.pass_by(days=2)
    settle(wiring.turns())

    (turn,) = desk.ended("swept")
    assert "APPROVAL_EXPIRED" in turn.ending.codes
    assert "nobody answered" in opened(address).text


def test_who_clicks_after_the_customer_took_it_back_is_told(desk: House) -> None:
    desk.says("back", BIG)
    address = link(desk, "back")
    desk.says("back", "Forget the refund, I will keep it.")
    desk.until(lambda: all(isinstance(turn, Ended) for turn in desk.turns("back")))
    late = sent(address)

    assert late.status_code == 409
    assert "The customer took it back" in late.text
    assert [refunds(turn) for turn in desk.ended("back", 2)] == [[], []]


def test_who_clicks_after_the_machine_stopped_waiting_is_told(house: House) -> None:
    house.furnish(policy=with_replies(a_policy(), approval_s=2), approval_links=links(house))
    house.says("ended", BIG)
    address = link(house, "ended")
    (turn,) = house.ended("ended")
    late = sent(address)

    assert turn.ending.kind == "handed_over"
    assert late.status_code == 409
    assert "has ended (handed over)" in late.text


def test_words_that_were_changed_go_out_and_the_amount_that_was_changed_is_paid(
    desk: House,
) -> None:
    desk.says("less", BIG)
    address = link(desk, "less")
    fields = {"0.amount_cents": "6000", "reply": "Sixty euros are on their way. Yours, Mia"}
    answered = sent(address, "edit", **fields)

    assert answered.status_code == 200
    assert "amount_cents 6000 instead of 8000" in answered.text
    (turn,) = desk.ended("less")
    (refund,) = refunds(turn)
    assert "60.00 EUR" in refund
    assert "Yours, Mia" in desk.said("less")[0]


def test_an_amount_that_the_gate_refuses_is_not_paid_whoever_wrote_it(desk: House) -> None:
    desk.says("more", BIG)
    address = link(desk, "more")
    fields = {"0.amount_cents": "900000", "reply": "Nine thousand euros are on their way."}
    assert sent(address, "edit", **fields).status_code == 200

    (turn,) = desk.ended("more")
    assert refunds(turn) == []
    assert not any("Nine thousand" in said for said in desk.said("more"))


@pytest.mark.parametrize("amount", ["", "many", "6000.5", '"6000"', "null", "[" * 4000])
def test_an_amount_that_is_none_is_told_and_nothing_is_decided(desk: House, amount: str) -> None:
    desk.says(f"odd{len(amount)}", BIG)
    address = link(desk, f"odd{len(amount)}")
    answered = sent(address, "edit", **{"0.amount_cents": amount})

    assert answered.status_code == 400
    assert "Nothing was decided" in answered.text
    assert "amount" in answered.text
    (approval,) = wiring.approvals().of(f"inbox:odd{len(amount)}")
    assert approval.state == "open"


def test_a_link_outlives_a_restart_of_everything(desk: House) -> None:
    desk.says("restart", BIG)
    address = link(desk, "restart")
    connectors, clock = wiring.connectors(), desk.clock
    desk.stack._handlers.clear()
    wiring.reset()
    kept = desk._kept | {"clock": clock, "policy": a_policy(), "connectors": connectors}
    wiring.replace(kept | {"approval_links": links(desk)})

    assert sent(address).status_code == 200
    (turn,) = desk.ended("restart")
    assert len(refunds(turn)) == 1


def test_a_link_that_was_tampered_with_opens_nothing(desk: House) -> None:
    desk.says("forged", BIG)
    address = link(desk, "forged")
    parts = urlsplit(address)
    folder, _, token = parts.path.rpartition("/")
    swapped = ("A" if token[0] != "A" else "B") + token[1:]
    for forged in (token[:-2], swapped, token.partition(".")[0], "x", "x.y"):
        bent = parts._replace(path=f"{folder}/{forged}").geturl()
        assert opened(bent).status_code == 404
        assert sent(bent).status_code == 404
    (approval,) = wiring.approvals().of("inbox:forged")
    assert approval.state == "open"


def test_of_eight_people_who_answer_at_once_one_decides_and_all_are_told_who(desk: House) -> None:
    desk.says("race", BIG)
    address = link(desk, "race")

    def says(number: int) -> httpx.Response:
        decision = "approve" if number % 2 else "reject"
        return sent(address, decision, f"Person {number}", reason="so")

    with ThreadPoolExecutor(RACERS) as pool:
        told = race(pool, *(lambda number=number: says(number) for number in range(RACERS)))

    (turn,) = desk.ended("race")
    (approval,) = wiring.approvals().of("inbox:race")
    assert [answer.status_code for answer in told].count(200) == 1
    assert all(approval.decided_by in answer.text for answer in told)
    assert len(refunds(turn)) == (approval.state == "approved")


def test_the_audit_says_who_decided_and_what_was_done(desk: House) -> None:
    desk.says("audit", BIG)
    sent(link(desk, "audit"))
    desk.ended("audit")

    decision, turn = wiring.audit().of("inbox:audit")
    assert (decision.who, decision.what.split()[0]) == ("Mia (by link)", "approved")
    assert (turn.who, turn.customer_id, turn.intent) == ("the agent", "c1", "refund_request")
    (done,) = turn.actions
    assert (done.came_to, done.name) == ("done", "refund_order")
    assert done.reference
    assert "order:HR-1002" in turn.evidence
    assert turn.decisions == ("approved by Mia (by link)",)
    assert decision.actions[0].fingerprint == done.fingerprint
