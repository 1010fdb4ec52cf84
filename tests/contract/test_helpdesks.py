"""The kit: what every helpdesk keeps to, the built-in one and those that are reached by HTTP."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from deskhand.domain.ticket import CloseOut
from deskhand.errors import Rejected, Unavailable
from deskhand.jobs.fetch import completed
from deskhand.wiring.outside import HELPDESKS
from tests.builders import NOON
from tests.helpdesks.desks import NOWHERE, REMOTE, STANDS, RemoteStand, Stand

DONE = CloseOut(
    status="solved", tags=("deskhand", "refund"), queue="billing", priority="high", note="Refunded."
)


@pytest.fixture(params=STANDS)
def stand(request: pytest.FixtureRequest) -> Iterator[Stand]:
    with STANDS[request.param]() as stand:
        yield stand


@pytest.fixture(params=REMOTE)
def remote(request: pytest.FixtureRequest) -> Iterator[RemoteStand]:
    with REMOTE[request.param]() as stand:
        yield stand


def public(stand: Stand, ticket_id: str) -> list[tuple[str, str]]:
    """Who has said what to whom it may concern."""
    return [(said.author, said.text) for said in stand.helpdesk.ticket(ticket_id).messages]


def notes(stand: Stand, ticket_id: str) -> list[str]:
    return [note.text for note in stand.helpdesk.ticket(ticket_id).notes]


def test_every_helpdesk_that_can_be_connected_is_held_against_this_kit() -> None:
    assert set(STANDS) == set(HELPDESKS)


def test_a_ticket_tells_who_asks_and_what_was_said_in_order(stand: Stand) -> None:
    ticket_id = stand.open("Where is my order?")
    message_id = stand.customer_says(ticket_id, "Hello?")

    ticket = stand.helpdesk.ticket(ticket_id)

    assert (ticket.id, ticket.subject, ticket.status) == (ticket_id, "My order", "open")
    assert (ticket.asker.email, ticket.asker.name) == ("ada@example.com", "Ada")
    assert (ticket.assignee, ticket.queue, ticket.priority) == ("", "", "normal")
    assert public(stand, ticket_id) == [
        ("customer", "Where is my order?"),
        ("customer", "Hello?"),
    ]
    assert ticket.messages[-1].id == message_id
    assert ticket.messages[0].said_at < ticket.messages[1].said_at


def test_a_reply_is_said_once_whoever_asks_again(stand: Stand) -> None:
    ticket_id = stand.open("Where is my order?")

    first = stand.helpdesk.reply(ticket_id, "On its way.", marker="t1:reply", close_out=DONE)
    again = stand.helpdesk.reply(ticket_id, "On its way!", marker="t1:reply", close_out=DONE)

    assert first == again
    assert public(stand, ticket_id)[1:] == [("agent", "On its way.")]
    assert stand.helpdesk.ticket(ticket_id).messages[-1].id == first


def test_a_note_is_written_once_and_customers_never_see_it(stand: Stand) -> None:
    ticket_id = stand.open("Where is my order?")

    first = stand.helpdesk.note(ticket_id, "Please look.", marker="h1", close_out=CloseOut())
    again = stand.helpdesk.note(ticket_id, "Please look.", marker="h1", close_out=CloseOut())

    assert first == again
    assert notes(stand, ticket_id) == ["Please look."]
    assert len(public(stand, ticket_id)) == 1


def test_what_was_written_is_found_by_its_marker_and_nothing_else_is(stand: Stand) -> None:
    ticket_id = stand.open("Where is my order?")
    assert stand.helpdesk.find(ticket_id, "t1:reply") is None

    said = stand.helpdesk.reply(ticket_id, "On its way.", marker="t1:reply", close_out=DONE)
    noted = stand.helpdesk.note(ticket_id, "Look.", marker="h1", close_out=CloseOut())

    assert stand.helpdesk.find(ticket_id, "t1:reply") == said
    assert stand.helpdesk.find(ticket_id, "h1") == noted
    for other in ("t1", "t1:replyy", "T1:REPLY", ""):
        assert stand.helpdesk.find(ticket_id, other) is None


def test_a_reply_leaves_the_ticket_closed_out(stand: Stand) -> None:
    ticket_id = stand.open("Where is my order?")

    stand.helpdesk.reply(ticket_id, "Done.", marker="t1:reply", close_out=DONE)

    ticket = stand.helpdesk.ticket(ticket_id)
    assert (ticket.status, ticket.priority, ticket.queue.lower()) == ("solved", "high", "billing")
    assert ticket.tags == ("deskhand", "refund")
    assert notes(stand, ticket_id) == ["Refunded."]
    assert ticket.assignee == ""  # it is nobody else's


def test_the_reply_and_everything_that_closes_out_is_one_call(remote: RemoteStand) -> None:
    ticket_id = remote.open("Where is my order?")
    before = remote.calls_that_wrote()

    without_note = DONE.model_copy(update={"note": ""})
    remote.helpdesk.reply(ticket_id, "Done.", marker="t1:reply", close_out=without_note)

    assert remote.calls_that_wrote() - before == 1


def test_a_note_and_everything_that_closes_out_is_one_call(remote: RemoteStand) -> None:
    ticket_id = remote.open("Where is my order?")
    before = remote.calls_that_wrote()

    remote.helpdesk.note(ticket_id, "Please look.", marker="h1", close_out=DONE)

    assert remote.calls_that_wrote() - before == 1
    assert remote.helpdesk.ticket(ticket_id).status == "solved"


def test_tags_are_added_and_none_is_lost(stand: Stand) -> None:
    ticket_id = stand.open("Where is my order?")

    for marker, tags in (("h1", ("vip", "deskhand")), ("h2", ("refund", "deskhand"))):
        stand.helpdesk.note(ticket_id, "Note.", marker=marker, close_out=CloseOut(tags=tags))

    assert stand.helpdesk.ticket(ticket_id).tags == ("vip", "deskhand", "refund")


def test_what_a_close_out_does_not_name_stays(stand: Stand) -> None:
    ticket_id = stand.open("Where is my order?")
    stand.person_takes(ticket_id)
    set_up = CloseOut(tags=("vip",), queue="billing", priority="urgent", status="pending")
    stand.helpdesk.note(ticket_id, "Note.", marker="h1", close_out=set_up)

    stand.helpdesk.note(ticket_id, "Another.", marker="h2", close_out=CloseOut())

    ticket = stand.helpdesk.ticket(ticket_id)
    assert (ticket.tags, ticket.queue.lower(), ticket.priority) == (("vip",), "billing", "urgent")
    assert (ticket.status, ticket.assignee) == ("pending", "Bo")


def test_a_ticket_can_be_taken_from_everybody(stand: Stand) -> None:
    ticket_id = stand.open("Where is my order?")
    stand.person_takes(ticket_id)

    stand.helpdesk.note(ticket_id, "Note.", marker="h1", close_out=CloseOut(assignee=""))

    assert stand.helpdesk.ticket(ticket_id).assignee == ""


def test_a_person_who_speaks_or_takes_the_ticket_is_seen(stand: Stand) -> None:
    ticket_id = stand.open("Where is my order?")

    stand.person_says(ticket_id, "I am on it.")
    stand.person_takes(ticket_id)

    assert public(stand, ticket_id)[-1] == ("person", "I am on it.")
    assert stand.helpdesk.ticket(ticket_id).assignee == "Bo"


def test_a_customer_who_writes_again_opens_a_solved_ticket(stand: Stand) -> None:
    ticket_id = stand.open("Where is my order?")
    stand.helpdesk.reply(ticket_id, "Done.", marker="t1:reply", close_out=DONE)

    stand.customer_says(ticket_id, "It is not.")

    assert stand.helpdesk.ticket(ticket_id).status == "open"


def test_a_ticket_that_is_not_there_is_refused_by_name(stand: Stand) -> None:
    for ask in (
        lambda: stand.helpdesk.ticket(NOWHERE),
        lambda: stand.helpdesk.reply(NOWHERE, "Hello", marker="k", close_out=CloseOut()),
        lambda: stand.helpdesk.note(NOWHERE, "Hello", marker="k", close_out=CloseOut()),
    ):
        with pytest.raises(Rejected, match=f"there is no ticket {NOWHERE}"):
            ask()
    assert stand.helpdesk.find(NOWHERE, "k") is None


@pytest.mark.parametrize("ticket_id", ["../users/me", "1/comments", "1?a=b", "", "٣", "1" * 30])
def test_a_ticket_id_never_leads_elsewhere(stand: Stand, ticket_id: str) -> None:
    with pytest.raises(Rejected, match="there is no ticket"):
        stand.helpdesk.ticket(ticket_id)


def test_a_long_conversation_is_read_to_its_end(stand: Stand) -> None:
    ticket_id = stand.open("1")
    for number in range(2, 121):
        stand.customer_says(ticket_id, str(number))
    said = stand.helpdesk.reply(ticket_id, "All read.", marker="t1:reply", close_out=CloseOut())

    ticket = stand.helpdesk.ticket(ticket_id)
    assert [one.text for one in ticket.messages[:-1]] == [str(n) for n in range(1, 121)]
    assert stand.helpdesk.find(ticket_id, "t1:reply") == said == ticket.messages[-1].id


# --- what it tells us ---------------------------------------------------------------------------


def test_each_message_comes_to_us_signed_and_is_told_from_every_other(remote: RemoteStand) -> None:
    ticket_id = remote.open("One")
    remote.customer_says(ticket_id, "Two")
    webhooks = remote.webhooks(ticket_id)

    for headers, body in webhooks:
        door, secret = remote.door, remote.secret
        assert door.verify(headers, body, secret=secret, now=NOON) == ""
        assert door.verify(headers, body + b" ", secret=secret, now=NOON) != ""
        assert door.verify(headers, body, secret=f"{secret}x", now=NOON) != ""
        assert door.verify(headers, body, secret="", now=NOON) != ""
        assert door.verify(headers, body, secret=secret, now=NOON + timedelta(minutes=6)) != ""
        assert door.verify({}, body, secret=secret, now=NOON) != ""
    arrivals = [remote.door.read(headers, body) for headers, body in webhooks * 2]
    assert len({arrival.delivery_id for arrival in arrivals}) == 2
    whole = [completed(arrival, remote.helpdesk) for arrival in arrivals]
    assert [arrival.message.text for arrival in whole] == ["One", "Two", "One", "Two"]
    assert {arrival.asker.email for arrival in whole} == {"ada@example.com"}


def test_what_is_no_webhook_of_the_helpdesk_is_refused_in_words(remote: RemoteStand) -> None:
    headers, _ = remote.webhooks(remote.open("One"))[0]
    for body in (b"", b"{}", b"[1]", b"\xff"):
        with pytest.raises(Rejected):
            remote.door.read(headers, body)


# --- when it goes wrong --------------------------------------------------------------------------


def test_a_write_whose_answer_was_lost_is_found_and_not_said_again(remote: RemoteStand) -> None:
    ticket_id = remote.open("Where is my order?")
    remote.lose_next_answer()

    with pytest.raises(Unavailable):
        remote.helpdesk.reply(ticket_id, "On its way.", marker="t1:reply", close_out=CloseOut())

    found = remote.helpdesk.find(ticket_id, "t1:reply")
    assert found is not None
    again = remote.helpdesk.reply(ticket_id, "Again", marker="t1:reply", close_out=CloseOut())
    assert again == found
    assert public(remote, ticket_id)[1:] == [("agent", "On its way.")]


def test_nobody_is_talked_over_who_speaks_between_our_read_and_our_write(
    remote: RemoteStand,
) -> None:
    ticket_id = remote.open("Where is my order?")
    remote.helpdesk.ticket(ticket_id)
    remote.before_next_write(lambda: remote.person_says(ticket_id, "I am on it."))

    with pytest.raises(Rejected, match=f"somebody wrote in ticket {ticket_id} before the reply"):
        remote.helpdesk.reply(ticket_id, "On its way.", marker="t1:reply", close_out=DONE)

    assert public(remote, ticket_id)[-1] == ("person", "I am on it.")
    assert remote.helpdesk.ticket(ticket_id).status != "solved"
    assert remote.helpdesk.find(ticket_id, "t1:reply") is None


def test_nobody_is_talked_over_who_takes_the_ticket_in_that_moment(remote: RemoteStand) -> None:
    ticket_id = remote.open("Where is my order?")
    remote.helpdesk.ticket(ticket_id)
    remote.before_next_write(lambda: remote.person_takes(ticket_id))

    with pytest.raises(Rejected, match=f"somebody took ticket {ticket_id} before the reply"):
        remote.helpdesk.reply(ticket_id, "On its way.", marker="t1:reply", close_out=DONE)

    assert len(public(remote, ticket_id)) == 1


def test_a_note_reaches_people_who_have_come_in_meanwhile(remote: RemoteStand) -> None:
    ticket_id = remote.open("Where is my order?")
    remote.before_next_write(lambda: remote.person_says(ticket_id, "I am on it."))

    remote.helpdesk.note(
        ticket_id, "Found so far: …", marker="h1", close_out=CloseOut(tags=("ai",))
    )

    assert notes(remote, ticket_id) == ["Found so far: …"]
    assert remote.helpdesk.ticket(ticket_id).tags == ("ai",)
