"""What is Zendesk's own: its people, its flags, its limits, and how it misbehaves."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from deskhand.adapters.helpdesks.zendesk_account import read_account
from deskhand.adapters.helpdesks.zendesk_api import ZendeskApi
from deskhand.adapters.helpdesks.zendesk_desk import ZendeskDesk
from deskhand.domain.ticket import Attachment, CloseOut
from deskhand.errors import Rejected, Unavailable
from tests.builders import NOON
from tests.helpdesks.desks import ZendeskStand, a_zendesk_api, zendesk_stand
from tests.helpdesks.zendesk_server import FaultKind
from tests.helpdesks.zendesk_state import ADA, BO, CY, EVE, US, a_user

NOTHING = CloseOut()


@pytest.fixture
def stand() -> Iterator[ZendeskStand]:
    with zendesk_stand() as stand:
        yield stand


def reply(stand: ZendeskStand, ticket_id: str, **bent: Any) -> str:
    given = {"marker": "t1:reply", "close_out": NOTHING} | bent
    return stand.helpdesk.reply(ticket_id, given.pop("text", "On its way."), **given)


# --- who speaks ----------------------------------------------------------------------------------


def test_our_agent_other_agents_and_customers_are_told_apart(stand: ZendeskStand) -> None:
    ticket_id = stand.open("Hello?")
    for author in (BO, CY, EVE, US):
        stand.server.state.says(int(ticket_id), "Words.", by=author)

    authors = [said.author for said in stand.helpdesk.ticket(ticket_id).messages]
    assert authors == ["customer", "person", "person", "customer", "agent"]


def test_an_author_who_is_not_known_any_more_is_a_person_not_to_be_talked_over(
    stand: ZendeskStand,
) -> None:
    ticket_id = stand.open("Hello?")
    stand.server.state.says(int(ticket_id), "Bye.", by=BO)
    del stand.server.state.users[BO]

    assert stand.helpdesk.ticket(ticket_id).messages[-1].author == "person"


@pytest.mark.parametrize(
    ("comment", "user"),
    [
        ({"channel": "email"}, {}),
        ({"channel": "api"}, {}),
        ({"channel": "web", "flags": (3,)}, {}),
        ({"channel": "web", "flags": (11,)}, {}),
        ({"channel": "web"}, {"verified": False}),
        ({"channel": "web"}, {"suspended": True}),
    ],
    ids=str,
)
def test_a_customer_counts_as_verified_only_where_zendesk_had_them_signed_in(
    stand: ZendeskStand, comment: dict[str, Any], user: dict[str, Any]
) -> None:
    stand.server.state.users[ADA] = a_user(ADA, "Ada", **user)
    doubtful = str(stand.server.state.open("Hello?", **comment)["id"])
    stand.server.state.users[CY] = a_user(CY, "Cyd")
    sure = str(stand.server.state.open("Hello?", by=CY, channel="native_messaging")["id"])

    assert stand.helpdesk.ticket(doubtful).asker.verified is False
    assert stand.helpdesk.ticket(sure).asker.verified is True


def test_a_message_says_how_it_came(stand: ZendeskStand) -> None:
    ticket_id = str(stand.server.state.open("Hello?", by=CY, channel="native_messaging")["id"])
    stand.server.state.says(int(ticket_id), "Are you there?", by=CY, channel="email")
    messages = stand.helpdesk.ticket(ticket_id).messages

    assert [message.channel for message in messages] == ["native_messaging", "email"]


def test_a_customer_is_as_sure_as_of_what_they_said_last(stand: ZendeskStand) -> None:
    ticket_id = stand.open("Hello?")
    assert stand.helpdesk.ticket(ticket_id).asker.verified is True

    stand.server.state.says(int(ticket_id), "Refund me.", by=ADA, channel="email")

    assert stand.helpdesk.ticket(ticket_id).asker.verified is False


def test_somebody_else_in_the_ticket_speaks_for_themselves_alone(stand: ZendeskStand) -> None:
    ticket_id = stand.open("Hello?")
    stand.server.state.says(int(ticket_id), "Refund it to me.", by=EVE)

    ticket = stand.helpdesk.ticket(ticket_id)
    assert [said.by.email for said in ticket.messages if said.by] == [
        "ada@example.com",
        "eve@example.com",
    ]
    assert ticket.asker.email == "ada@example.com"


def test_what_zendesk_hides_from_customers_is_no_message(stand: ZendeskStand) -> None:
    ticket_id = stand.open("Hello?")
    stand.server.state.says(int(ticket_id), "Psst.", by=BO, public=False)
    stand.server.state.says(int(ticket_id), "Forwarded.", by=EVE, public=False, flags=(2,))

    ticket = stand.helpdesk.ticket(ticket_id)
    assert len(ticket.messages) == 1
    assert [note.text for note in ticket.notes] == ["Psst.", "Forwarded."]


def test_quoted_mail_is_left_out_and_attachments_are_named(stand: ZendeskStand) -> None:
    file = {"file_name": "box.jpg", "content_type": "image/jpeg", "size": 9, "content_url": "x"}
    text = "It is broken.\n\nOn 20 Nov 2026, Desk <desk@shop.example> wrote:\n> How can we help?"
    ticket_id = str(stand.server.state.open(text, attachments=(file,))["id"])

    (said,) = stand.helpdesk.ticket(ticket_id).messages
    assert said.text == "It is broken."
    assert said.attachments == (Attachment(name="box.jpg", media_type="image/jpeg", size_bytes=9),)
    assert said.said_at == NOON + timedelta(seconds=1)


@pytest.mark.parametrize(
    ("zendesks", "ours"),
    [("new", "open"), ("hold", "pending"), ("pending", "pending"), ("closed", "solved")],
)
def test_each_status_of_zendesk_is_one_of_ours(
    stand: ZendeskStand, zendesks: str, ours: str
) -> None:
    ticket_id = stand.open("Hello?")
    stand.server.state.changes(int(ticket_id), BO, status=zendesks)

    assert stand.helpdesk.ticket(ticket_id).status == ours


# --- what we write -------------------------------------------------------------------------------


def test_every_update_with_fields_is_made_only_to_the_ticket_that_was_read(
    stand: ZendeskStand,
) -> None:
    ticket_id = stand.open("Hello?")
    stamp = stand.server.state.tickets[int(ticket_id)]["updated_at"]

    reply(stand, ticket_id, close_out=CloseOut(status="solved", tags=("Late Parcel",), note="n"))

    said, note = (body["ticket"] for body in stand.server.writes)
    assert said == {
        "comment": {"body": "On its way.", "public": True},
        "metadata": {"deskhand": "t1:reply"},
        "safe_update": True,
        "updated_stamp": stamp,
        "status": "solved",
        "tags": ["late_parcel"],
    }
    assert note == {
        "comment": {"body": "n", "public": False},
        "metadata": {"deskhand": "t1:reply:note"},
    }


def test_a_tag_that_somebody_adds_in_that_moment_is_kept(stand: ZendeskStand) -> None:
    ticket_id = stand.open("Hello?")
    stand.helpdesk.ticket(ticket_id)
    stand.before_next_write(
        lambda: stand.server.state.changes(int(ticket_id), BO, tags=["vip"], priority="urgent")
    )

    reply(stand, ticket_id, close_out=CloseOut(tags=("refund",)))

    ticket = stand.helpdesk.ticket(ticket_id)
    assert (ticket.tags, ticket.priority) == (("vip", "refund"), "urgent")
    assert len(stand.server.writes) == 2  # the first was refused with 409


def test_a_customer_who_writes_in_that_moment_is_not_answered_past(stand: ZendeskStand) -> None:
    ticket_id = stand.open("Hello?")
    stand.helpdesk.ticket(ticket_id)
    stand.before_next_write(lambda: stand.customer_says(ticket_id, "Forget it."))

    with pytest.raises(Rejected, match="before the reply was sent"):
        reply(stand, ticket_id)


def test_a_ticket_that_changes_all_the_time_is_left_for_later(stand: ZendeskStand) -> None:
    ticket_id = stand.open("Hello?")
    for _ in range(3):
        stand.before_next_write(lambda: stand.server.state.changes(int(ticket_id), BO))

    with pytest.raises(Unavailable, match="which changes all the time"):
        reply(stand, ticket_id)
    assert len(stand.helpdesk.ticket(ticket_id).messages) == 1


def test_a_queue_that_zendesk_has_no_group_for_is_named_in_the_note(stand: ZendeskStand) -> None:
    ticket_id = stand.open("Hello?")

    stand.helpdesk.note(ticket_id, "Look.", marker="h1", close_out=CloseOut(queue="pigeons"))

    ticket = stand.helpdesk.ticket(ticket_id)
    assert ticket.queue == ""
    assert "'pigeons', but Zendesk has no group of that name" in ticket.notes[0].text


def test_a_note_that_is_too_long_for_zendesk_is_cut_and_says_so(stand: ZendeskStand) -> None:
    ticket_id = stand.open("Hello?")

    stand.helpdesk.note(ticket_id, "ü" * 40_000, marker="h1", close_out=NOTHING)

    (note,) = stand.helpdesk.ticket(ticket_id).notes
    assert note.text == "ü" * 30_000 + "\n(cut here: it was longer)"


def test_a_closed_ticket_takes_no_reply_and_says_so(stand: ZendeskStand) -> None:
    ticket_id = stand.open("Hello?")
    stand.server.state.changes(int(ticket_id), BO, status="closed")

    with pytest.raises(Rejected, match=r"422.*closed prevents ticket update"):
        reply(stand, ticket_id)


def test_an_assignee_is_a_number_to_zendesk(stand: ZendeskStand) -> None:
    ticket_id = stand.open("Hello?")
    stand.helpdesk.note(ticket_id, "n", marker="h1", close_out=CloseOut(assignee=str(BO)))
    assert stand.helpdesk.ticket(ticket_id).assignee == "Bo"

    with pytest.raises(Rejected, match="by number, not to 'Bo'"):
        stand.helpdesk.note(ticket_id, "n", marker="h2", close_out=CloseOut(assignee="Bo"))


# --- how it misbehaves ---------------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["broken but saved", "cut off"])
def test_what_was_saved_without_an_answer_is_read_back(
    stand: ZendeskStand, fault: FaultKind
) -> None:
    ticket_id = stand.open("Hello?")
    stand.server.go_wrong(fault)

    with pytest.raises(Unavailable, match="Zendesk"):
        reply(stand, ticket_id)

    assert stand.helpdesk.find(ticket_id, "t1:reply") == (
        stand.helpdesk.ticket(ticket_id).messages[-1].id
    )
    assert len(stand.server.writes) == 1


@pytest.mark.parametrize(("fault", "saved"), [("silent", False), ("silent but saved", True)])
def test_silence_ends_after_the_time_limit(
    stand: ZendeskStand, fault: FaultKind, saved: bool
) -> None:
    ticket_id = stand.open("Hello?")
    impatient = ZendeskDesk(a_zendesk_api(stand.server.address, timeout_s=0.5))
    impatient.ticket(ticket_id)
    stand.server.go_wrong(fault)

    with pytest.raises(Unavailable, match="Zendesk"):
        impatient.reply(ticket_id, "On its way.", marker="t1:reply", close_out=NOTHING)

    assert (stand.helpdesk.find(ticket_id, "t1:reply") is not None) is saved


def test_what_was_not_saved_is_not_found_and_was_not_tried_again(stand: ZendeskStand) -> None:
    ticket_id = stand.open("Hello?")
    stand.server.go_wrong("broken")

    with pytest.raises(Unavailable, match="500"):
        reply(stand, ticket_id)

    assert stand.helpdesk.find(ticket_id, "t1:reply") is None
    assert len(stand.server.writes) == 1


@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_a_short_pause_that_zendesk_asks_for_is_kept_once(stand: ZendeskStand, method: str) -> None:
    ticket_id = stand.open("Hello?")
    stand.server.go_wrong("busy", method=method, retry_after="2")

    reply(stand, ticket_id)

    assert stand.pauses == [2.0]
    assert len(stand.helpdesk.ticket(ticket_id).messages) == 2


@pytest.mark.parametrize(
    ("times", "retry_after", "pauses"),
    [(1, "60", []), (1, "", []), (1, "soon", []), (2, "1", [1.0])],
)
def test_a_long_pause_is_left_to_whoever_tries_again(
    stand: ZendeskStand, times: int, retry_after: str, pauses: list[float]
) -> None:
    ticket_id = stand.open("Hello?")
    stand.server.go_wrong(*["busy"] * times, retry_after=retry_after)

    with pytest.raises(Unavailable, match="asks for a pause"):
        reply(stand, ticket_id)
    assert stand.pauses == pauses
    assert len(stand.helpdesk.ticket(ticket_id).messages) == 1


def test_a_reply_is_never_called_refused_when_only_its_note_was(stand: ZendeskStand) -> None:
    ticket_id = stand.open("Hello?")
    stand.before_next_write(lambda: stand.server.go_wrong("locked out"))

    with pytest.raises(Unavailable, match="the note after the reply"):
        reply(stand, ticket_id, close_out=CloseOut(note="Done."))

    assert stand.helpdesk.find(ticket_id, "t1:reply") is not None
    reply(stand, ticket_id, close_out=CloseOut(note="Done."))
    assert [note.text for note in stand.helpdesk.ticket(ticket_id).notes] == ["Done."]


def test_nobody_is_followed_elsewhere_with_our_token(stand: ZendeskStand) -> None:
    ticket_id = stand.open("Hello?")
    stand.server.go_wrong("elsewhere", method="GET")

    with pytest.raises(Rejected, match=r"302.*DESKHAND_ZENDESK_URL"):
        stand.helpdesk.ticket(ticket_id)
    assert len(stand.server.asked) == 1


def test_a_wrong_token_is_no_reason_to_try_again(stand: ZendeskStand) -> None:
    ticket_id = stand.open("Hello?")
    desk = ZendeskDesk(a_zendesk_api(stand.server.address, token="wrong"))

    with pytest.raises(Rejected, match=r"401.*API token"):
        desk.ticket(ticket_id)


def test_a_zendesk_that_cannot_be_reached_is_unavailable() -> None:
    with zendesk_stand() as stand:
        address = stand.server.address
    with pytest.raises(Unavailable, match="Zendesk"):
        ZendeskDesk(a_zendesk_api(address)).ticket("1")


def test_an_answer_that_is_not_what_it_should_be_is_named(stand: ZendeskStand) -> None:
    ticket_id = stand.open("Hello?")
    stand.server.state.tickets[int(ticket_id)]["tags"] = "vip"

    with pytest.raises(Rejected, match=r"cannot read: ticket\.tags"):
        stand.helpdesk.ticket(ticket_id)


def test_long_lists_are_read_page_by_page(stand: ZendeskStand) -> None:
    stand.server.page_size = 2
    ticket_id = stand.open("1")
    for number in range(2, 6):
        stand.customer_says(ticket_id, str(number))
    said = reply(stand, ticket_id)

    assert len(stand.helpdesk.ticket(ticket_id).messages) == 6
    assert stand.helpdesk.find(ticket_id, "t1:reply") == said


# --- how it is connected -------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["http://shop.zendesk.com", "shop.zendesk.com", "ftp://x"])
def test_a_token_goes_out_over_https_alone(address: str) -> None:
    with pytest.raises(Rejected, match="has to begin with https://"):
        ZendeskApi(address, lambda: read_account("{}"))


def test_the_secret_says_what_it_lacks_and_nothing_of_what_it_holds() -> None:
    good = '{"agent": "desk@shop.example", "api_token": "abc", "signing_secret": "s"}'
    assert read_account(good).agent == "desk@shop.example"

    for text, lacks in (
        ("hunter2", "JSON"),
        ('{"agent": "desk@shop.example", "apitoken": "hunter2"}', "api_token: Field required"),
        ('{"agent": "hunter2", "api_token": "hunter2"}', "agent"),
    ):
        with pytest.raises(Rejected, match=lacks) as caught:
            read_account(text)
        assert "hunter2" not in str(caught.value)
