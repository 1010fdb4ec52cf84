"""What `BuiltInDesk` promises to those who have no other helpdesk."""

from datetime import timedelta

import pytest

from deskhand.domain.ticket import CloseOut, Ticket
from deskhand.errors import Rejected
from tests.builders import NOON, a_message, an_arrival, an_asker
from tests.contract.conftest import Desk


def test_a_ticket_is_opened_by_its_first_message(desk: Desk) -> None:
    desk.built_in.open_ticket(an_arrival())

    ticket = desk.built_in.ticket("T1")
    assert (ticket.helpdesk, ticket.id, ticket.subject) == ("inbox", "T1", "My order")
    assert (ticket.asker, ticket.status, ticket.assignee) == (an_asker(), "open", "")
    assert ticket.messages == (an_arrival().message,)


def test_the_same_message_twice_is_one_message(desk: Desk) -> None:
    desk.built_in.open_ticket(an_arrival())
    desk.built_in.open_ticket(an_arrival("in other words"))
    desk.built_in.open_ticket(an_arrival(says={"id": "m2"}))

    assert [message.id for message in desk.built_in.ticket("T1").messages] == ["m1", "m2"]


def test_a_ticket_that_is_not_there_is_refused_by_name(desk: Desk) -> None:
    for ask in (
        lambda: desk.built_in.ticket("T9"),
        lambda: desk.built_in.reply("T9", "Hello", marker="k", close_out=CloseOut()),
        lambda: desk.built_in.note("T9", "Hello", marker="k", close_out=CloseOut()),
        lambda: desk.built_in.assign("T9", "Bo"),
        lambda: desk.built_in.person_says("T9", "Hello", by="Bo", at=NOON),
    ):
        with pytest.raises(Rejected, match="there is no ticket T9"):
            ask()
    assert desk.built_in.find("T9", "k") is None


def test_a_reply_and_its_close_out_are_written_together(desk: Desk) -> None:
    desk.built_in.open_ticket(an_arrival())
    close_out = CloseOut(status="solved", tags=("deskhand", "refund"), note="Refunded 42.00 EUR.")

    message_id = desk.built_in.reply("T1", "Done.", marker="k1", close_out=close_out)

    ticket = desk.built_in.ticket("T1")
    said = ticket.messages[-1]
    assert (said.id, said.author, said.text, said.said_at) == (message_id, "agent", "Done.", NOON)
    assert (ticket.status, ticket.tags) == ("solved", ("deskhand", "refund"))
    assert [note.text for note in ticket.notes] == ["Refunded 42.00 EUR."]
    assert desk.built_in.find("T1", "k1") == message_id


def test_a_note_is_for_people_only(desk: Desk) -> None:
    desk.built_in.open_ticket(an_arrival())
    close_out = CloseOut(queue="billing", priority="high")

    note_id = desk.built_in.note("T1", "Please look.", marker="k1", close_out=close_out)

    ticket = desk.built_in.ticket("T1")
    assert [(note.id, note.text) for note in ticket.notes] == [(note_id, "Please look.")]
    assert (ticket.queue, ticket.priority, ticket.status) == ("billing", "high", "open")
    assert len(ticket.messages) == 1
    assert desk.built_in.find("T1", "k1") == note_id


def test_the_same_marker_twice_is_said_once(desk: Desk) -> None:
    desk.built_in.open_ticket(an_arrival())
    first = desk.built_in.reply("T1", "Done.", marker="k1", close_out=CloseOut(note="a note"))
    ticket = desk.built_in.ticket("T1")

    assert desk.built_in.reply("T1", "Again.", marker="k1", close_out=CloseOut()) == first
    note_id = desk.built_in.note("T1", "Look.", marker="k2", close_out=CloseOut(status="pending"))
    again = desk.built_in.note("T1", "Look.", marker="k2", close_out=CloseOut(status="open"))

    assert again == note_id
    after = desk.built_in.ticket("T1")
    assert after.messages == ticket.messages
    assert [note.text for note in after.notes] == ["a note", "Look."]
    assert after.status == "pending"


def test_every_message_and_note_has_an_id_of_its_own(desk: Desk) -> None:
    desk.built_in.open_ticket(an_arrival())
    for marker in ("k1", "k2"):
        desk.built_in.reply("T1", "Hello", marker=marker, close_out=CloseOut(note="n"))
        desk.built_in.note("T1", "Hello", marker=f"{marker}n", close_out=CloseOut(note="n"))

    ticket = desk.built_in.ticket("T1")
    ids = [thing.id for thing in (*ticket.messages, *ticket.notes)]
    assert len(ids) == len(set(ids)) == 9


def test_a_marker_that_was_not_used_is_not_found(desk: Desk) -> None:
    desk.built_in.open_ticket(an_arrival())

    assert desk.built_in.find("T1", "k1") is None


def test_a_close_out_leaves_what_it_does_not_name(desk: Desk) -> None:
    desk.built_in.open_ticket(an_arrival())
    desk.built_in.assign("T1", "Bo")
    desk.built_in.note("T1", "a", marker="k1", close_out=CloseOut(tags=("a", "b"), queue="billing"))
    desk.built_in.note("T1", "b", marker="k2", close_out=CloseOut(tags=("b", "c")))

    ticket = desk.built_in.ticket("T1")
    assert (ticket.tags, ticket.queue, ticket.assignee) == (("a", "b", "c"), "billing", "Bo")
    desk.built_in.note("T1", "c", marker="k3", close_out=CloseOut(assignee=""))
    assert desk.built_in.ticket("T1").assignee == ""


def test_a_customer_who_writes_again_opens_a_solved_ticket(desk: Desk) -> None:
    desk.built_in.open_ticket(an_arrival())
    desk.built_in.reply("T1", "Done.", marker="k1", close_out=CloseOut(status="solved"))

    desk.built_in.open_ticket(an_arrival(says={"id": "m2"}, noise="an auto-reply"))
    assert desk.built_in.ticket("T1").status == "solved"
    desk.built_in.open_ticket(an_arrival(says={"id": "m3"}))
    assert desk.built_in.ticket("T1").status == "open"


def test_a_person_says_how_the_ticket_stands_or_leaves_that(desk: Desk) -> None:
    desk.built_in.open_ticket(an_arrival())

    desk.built_in.person_says("T1", "Solved.", by="Bo", at=NOON, status="solved")
    assert desk.built_in.ticket("T1").status == "solved"
    desk.built_in.person_says("T1", "One more thing.", by="Bo", at=NOON)
    assert desk.built_in.ticket("T1").status == "solved"


def test_a_person_takes_a_ticket_by_answering_it(desk: Desk) -> None:
    desk.built_in.open_ticket(an_arrival())

    message_id = desk.built_in.person_says("T1", "I am on it.", by="Bo", at=NOON)

    ticket = desk.built_in.ticket("T1")
    said = ticket.messages[-1]
    assert (said.id, said.author, said.text) == (message_id, "person", "I am on it.")
    assert ticket.assignee == "Bo"
    desk.built_in.person_says("T1", "Me too.", by="Cy", at=NOON)
    assert desk.built_in.ticket("T1").assignee == "Bo"


def test_a_ticket_is_taken_and_given_back(desk: Desk) -> None:
    desk.built_in.open_ticket(an_arrival())

    desk.built_in.assign("T1", "Bo")
    assert desk.built_in.ticket("T1").assignee == "Bo"
    desk.built_in.assign("T1", "")
    assert desk.built_in.ticket("T1").assignee == ""


def test_tickets_are_listed_by_their_latest_message_and_no_more_than_asked_for(desk: Desk) -> None:
    for minutes, ticket in ((1, "T1"), (3, "T3"), (2, "T2")):
        says = {"said_at": NOON + timedelta(minutes=minutes)}
        desk.built_in.open_ticket(an_arrival(ticket_id=ticket, says=says))

    assert [ticket.id for ticket in desk.built_in.tickets()] == ["T3", "T2", "T1"]
    assert [ticket.id for ticket in desk.built_in.tickets(limit=2)] == ["T3", "T2"]
    desk.built_in.person_says("T1", "Hello", by="Bo", at=NOON + timedelta(minutes=9))
    assert [ticket.id for ticket in desk.built_in.tickets()] == ["T1", "T3", "T2"]


# --- the tickets of one address ------------------------------------------------------------------


def test_an_address_has_the_tickets_that_it_opened_newest_first(desk: Desk) -> None:
    ben = an_asker(email="ben@example.com")
    for minutes, ticket, asker in ((1, "T1", an_asker()), (3, "T3", an_asker()), (2, "T2", ben)):
        says = {"said_at": NOON + timedelta(minutes=minutes)}
        desk.built_in.open_ticket(an_arrival(ticket_id=ticket, says=says, asker=asker))
    desk.built_in.person_says("T1", "Hello", by="Bo", at=NOON + timedelta(minutes=9))

    own = desk.built_in.tickets_of("ada@example.com")
    assert [ticket.id for ticket in own] == ["T3", "T1"]
    assert own[1].messages[-1].text == "Hello"
    assert [t.id for t in desk.built_in.tickets_of("ada@example.com", limit=1)] == ["T3"]
    assert [ticket.id for ticket in desk.built_in.tickets_of("ben@example.com")] == ["T2"]


def test_an_address_is_the_same_in_capital_letters_and_no_other_address_is(desk: Desk) -> None:
    desk.built_in.open_ticket(an_arrival(asker=an_asker(email="Ada@Example.com")))

    assert len(desk.built_in.tickets_of("ada@example.COM ")) == 1
    for other in ("ada@example.co", "a@example.com", "", "ada@example.com.evil.example"):
        assert desk.built_in.tickets_of(other) == ()


def test_a_ticket_stays_with_the_address_that_opened_it(desk: Desk) -> None:
    desk.built_in.open_ticket(an_arrival())
    desk.built_in.open_ticket(an_arrival(says={"id": "m2"}, asker=an_asker(email="eve@x.example")))

    assert len(desk.built_in.tickets_of("ada@example.com")) == 1
    assert desk.built_in.tickets_of("eve@x.example") == ()


# --- tickets that we open ourselves --------------------------------------------------------------


def a_ticket_of_ours(**bent: object) -> Ticket:
    said = a_message("We look again.", id="opened", author="agent")
    given = {"helpdesk": "inbox", "id": "F1", "subject": "Later", "asker": an_asker()}
    return Ticket.model_validate(given | {"status": "pending", "messages": (said,)} | bent)


def test_a_ticket_of_ours_is_kept_as_it_is_and_found_by_its_marker(desk: Desk) -> None:
    ticket = a_ticket_of_ours(tags=("follow-up",))

    assert desk.built_in.open_own(ticket, marker="k") == ticket

    assert desk.built_in.ticket("F1") == ticket
    assert desk.built_in.find("F1", "k") == "opened"
    assert [one.id for one in desk.built_in.tickets_of("ada@example.com")] == ["F1"]


def test_a_ticket_of_ours_is_opened_once_whatever_is_asked_the_second_time(desk: Desk) -> None:
    first = desk.built_in.open_own(a_ticket_of_ours(), marker="k")

    assert desk.built_in.open_own(a_ticket_of_ours(subject="Else"), marker="k") == first
    assert desk.built_in.ticket("F1").subject == "Later"


def test_a_customer_who_answers_a_ticket_of_ours_opens_it_again(desk: Desk) -> None:
    desk.built_in.open_own(a_ticket_of_ours(), marker="k")

    desk.built_in.open_ticket(an_arrival("Any news?", ticket_id="F1"))

    ticket = desk.built_in.ticket("F1")
    assert [message.author for message in ticket.messages] == ["agent", "customer"]
    assert ticket.status == "open"
