"""What a webhook only named is fetched from where it lies."""

from typing import Any

import pytest

from deskhand.adapters.memory.desk import MemoryBuiltInDesk
from deskhand.domain.ticket import Arrival, Asker, Attachment, Message, Note, Ticket
from deskhand.errors import Rejected, Unavailable
from deskhand.jobs.fetch import completed
from tests.builders import NOON, a_message, an_arrival, an_asker

EVE = Asker(email="eve@example.com", name="Eve", verified=True)


class OneTicket(MemoryBuiltInDesk):
    """A helpdesk with one ticket, as it is given."""

    def __init__(self, *messages: Message, notes: tuple[Note, ...] = ()) -> None:
        super().__init__()
        given = {"helpdesk": "zendesk", "id": "35", "subject": "My order", "asker": an_asker()}
        self._one = Ticket.model_validate(given | {"messages": messages, "notes": notes})

    def ticket(self, ticket_id: str) -> Ticket:
        if ticket_id != self._one.id:
            raise Rejected(f"there is no ticket {ticket_id}")
        return self._one


def a_hint(message_id: str = "m1", **bent: Any) -> Arrival:
    message = a_message("", id=message_id)
    given = {"helpdesk": "zendesk", "ticket_id": "35", "subject": "", "asker": Asker(email="")}
    return an_arrival(message=message, hint=True, **(given | bent))


def test_what_came_whole_is_left_as_it_is() -> None:
    arrival = an_arrival(noise="an auto-reply")
    assert completed(arrival, OneTicket()) is arrival


def test_a_hint_becomes_the_message_that_it_names() -> None:
    first, second = a_message("Where?"), a_message("And when?", id="m2", by=an_asker())

    arrival = completed(a_hint("m2"), OneTicket(first, second))

    assert arrival.message == a_message("And when?", id="m2")
    assert (arrival.subject, arrival.asker, arrival.noise) == ("My order", an_asker(), "")
    assert arrival.hint is False
    assert arrival.delivery_id == a_hint("m2").delivery_id


def test_hints_that_come_in_another_order_name_the_same_messages() -> None:
    desk = OneTicket(a_message("Where?"), a_message("And when?", id="m2"))
    texts = [completed(a_hint(id_), desk).message.text for id_ in ("m2", "m1", "m2")]
    assert texts == ["And when?", "Where?", "And when?"]


def test_who_wrote_it_is_the_asker_not_who_opened_the_ticket() -> None:
    arrival = completed(a_hint(), OneTicket(a_message("Refund it to me.", by=EVE)))
    assert arrival.asker == EVE


@pytest.mark.parametrize(
    ("said", "noise"),
    [
        ({"author": "agent"}, "our own message"),
        ({"author": "person"}, "a person at the desk"),
        ({"noise": "an automatic message, says Zendesk"}, "says Zendesk"),
        ({"text": "This is an automated reply."}, "an automatic reply, by its words"),
    ],
)
def test_what_nobody_asks_is_noise(said: dict[str, str], noise: str) -> None:
    arrival = completed(a_hint(), OneTicket(a_message(**said)))
    assert noise in arrival.noise


def test_a_note_is_noise_and_its_words_stay_with_people() -> None:
    note = Note(id="m1", text="She is a VIP.", written_at=NOON)
    arrival = completed(a_hint(), OneTicket(notes=(note,)))

    assert arrival.noise == "a note for people"
    assert "VIP" not in arrival.model_dump_json()


def test_a_message_that_the_helpdesk_does_not_show_yet_is_asked_for_again() -> None:
    with pytest.raises(Unavailable, match="message m2, which ticket 35 does not show yet"):
        completed(a_hint("m2"), OneTicket(a_message()))


def test_a_hint_at_no_ticket_is_refused() -> None:
    with pytest.raises(Rejected, match="no ticket 36"):
        completed(a_hint(ticket_id="36"), OneTicket())


def test_a_picture_without_a_word_is_a_customer_speaking() -> None:
    photo = Attachment(name="tin.jpg", media_type="image/jpeg", size_bytes=9)
    desk = OneTicket(a_message(), a_message("", id="m2", attachments=(photo,)))

    assert completed(a_hint("m2"), desk).noise == ""


def test_whoever_writes_on_a_ticket_that_an_auto_reply_began_is_heard() -> None:
    desk = OneTicket(a_message("I am away."), a_message("Where is my order?", id="m2"))
    desk._one = desk._one.model_copy(update={"subject": "Automatic reply: your order"})

    assert completed(a_hint("m1"), desk).noise == "an automatic reply, by its subject"
    assert completed(a_hint("m2"), desk).noise == ""
