"""What customers attach is fetched from where it stays, whole or not at all."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import pytest

from deskhand.adapters.helpdesks.zendesk_files import ZendeskFiles
from deskhand.adapters.kept_files import S3Files
from deskhand.adapters.memory.files import MemoryFiles
from deskhand.errors import Rejected, Unavailable
from deskhand.ports import Files, FileShelf
from tests.helpdesks.desks import ZendeskStand, zendesk_stand
from tests.knowledge import a_bucket

PHOTO = b"\xff\xd8\xff a photo"


class Kept(Protocol):
    """A place where a message with a file can be left."""

    files: Files

    def leave(self, name: str, content: bytes) -> tuple[str, str]:
        """The ids of the ticket and the message that it was left with."""


@dataclass
class OnAShelf:
    files: FileShelf

    def leave(self, name: str, content: bytes) -> tuple[str, str]:
        self.files.keep("T1", "m1", name, content)
        return "T1", "m1"


class InZendesk:
    def __init__(self, stand: ZendeskStand) -> None:
        self.stand = stand
        self.files = ZendeskFiles(stand.api)

    def leave(self, name: str, content: bytes) -> tuple[str, str]:
        file = self.stand.server.attach(name, content)
        ticket_id = self.stand.server.state.open("Broken, see the photo.", attachments=(file,))[
            "id"
        ]
        (comment,) = self.stand.server.state.comments[ticket_id]
        return str(ticket_id), str(comment["id"])


@pytest.fixture(params=["memory", "s3", "zendesk"])
def kept(request: pytest.FixtureRequest) -> Iterator[Kept]:
    if request.param == "memory":
        yield OnAShelf(MemoryFiles())
    elif request.param == "s3":
        with a_bucket() as client:
            yield OnAShelf(S3Files(client, "knowledge"))
    else:
        with zendesk_stand() as stand:
            yield InZendesk(stand)


def test_a_file_comes_back_as_it_was_sent(kept: Kept) -> None:
    ticket_id, message_id = kept.leave("box.jpg", PHOTO)

    assert kept.files.content(ticket_id, message_id, "box.jpg", max_bytes=len(PHOTO)) == PHOTO


def test_a_file_that_is_too_large_is_not_read(kept: Kept) -> None:
    ticket_id, message_id = kept.leave("box.jpg", PHOTO)

    with pytest.raises(Rejected, match=f"larger than {len(PHOTO) - 1} bytes"):
        kept.files.content(ticket_id, message_id, "box.jpg", max_bytes=len(PHOTO) - 1)


@pytest.mark.parametrize(
    ("name", "message_id"), [("another.jpg", ""), ("box.jpg", "999"), ("../box.jpg", "")]
)
def test_nobody_is_given_another_file(kept: Kept, name: str, message_id: str) -> None:
    ticket_id, left_with = kept.leave("box.jpg", PHOTO)

    with pytest.raises(Rejected, match="no file"):
        kept.files.content(ticket_id, message_id or left_with, name, max_bytes=100)


@pytest.fixture
def zendesk() -> Iterator[InZendesk]:
    with zendesk_stand() as stand:
        yield InZendesk(stand)


def test_where_a_file_lies_nobody_is_told_who_we_are(zendesk: InZendesk) -> None:
    ticket_id, message_id = zendesk.leave("box.jpg", PHOTO)
    zendesk.files.content(ticket_id, message_id, "box.jpg", max_bytes=100)

    assert zendesk.stand.server.told == ["nobody"]


@pytest.mark.parametrize(
    ("bent", "why"),
    [
        ({"content_url": "https://evil.example/box.jpg"}, "not its own"),
        ({"content_url": ""}, "not its own"),
        ({"malware_scan_result": "malware_found"}, "malware"),
    ],
)
def test_a_file_that_must_not_be_fetched_is_refused(
    zendesk: InZendesk, bent: dict[str, str], why: str
) -> None:
    server = zendesk.stand.server
    file = server.attach("box.jpg", PHOTO, **bent)
    ticket_id = server.state.open("See the photo.", attachments=(file,))["id"]
    message_id = str(server.state.comments[ticket_id][0]["id"])

    with pytest.raises(Rejected, match=why):
        zendesk.files.content(str(ticket_id), message_id, "box.jpg", max_bytes=100)
    assert server.told == []


def test_a_file_over_an_open_line_is_refused(
    zendesk: InZendesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket_id, message_id = zendesk.leave("box.jpg", PHOTO)
    here = "deskhand.adapters.helpdesks.zendesk_api.is_private"
    monkeypatch.setattr(here, lambda address: address.startswith("https://"))

    with pytest.raises(Rejected, match="open line"):
        zendesk.files.content(ticket_id, message_id, "box.jpg", max_bytes=100)


def test_a_file_that_zendesk_cannot_give_now_is_worth_another_try(zendesk: InZendesk) -> None:
    ticket_id, _ = zendesk.leave("box.jpg", PHOTO)
    file = zendesk.stand.server.state.comments[int(ticket_id)][0]["attachments"][0]

    for kind in ("busy", "broken"):
        zendesk.stand.server.go_wrong(kind, method="GET")
        with pytest.raises(Unavailable):
            zendesk.stand.api.file_at(file["content_url"], max_bytes=100)


def test_a_file_that_comes_too_slowly_is_left_to_a_person(zendesk: InZendesk) -> None:
    ticket_id, message_id = zendesk.leave("box.jpg", PHOTO)
    hurried = ZendeskFiles(zendesk.stand.api, longest_s=-1.0)

    with pytest.raises(Rejected, match="too slowly"):
        hurried.content(ticket_id, message_id, "box.jpg", max_bytes=100)


def test_a_file_that_would_unfold_is_taken_as_it_was_sent(zendesk: InZendesk) -> None:
    bomb = gzip.compress(b"0" * 1_000_000)
    zendesk.stand.server.stored_with = {"content-encoding": "gzip"}
    ticket_id, message_id = zendesk.leave("box.jpg", bomb)

    assert zendesk.files.content(ticket_id, message_id, "box.jpg", max_bytes=5_000) == bomb


def test_the_files_of_one_message_are_looked_up_once(zendesk: InZendesk) -> None:
    ticket_id, message_id = zendesk.leave("box.jpg", PHOTO)
    zendesk.files.content(ticket_id, message_id, "box.jpg", max_bytes=100)
    zendesk.files.content(ticket_id, message_id, "box.jpg", max_bytes=100)

    lists = [path for _, path, _ in zendesk.stand.server.asked if "/comments" in path]
    assert len(lists) == 1
