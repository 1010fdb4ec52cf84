"""A model hears of the tools that the turn's intents allow, and of no others."""

from collections.abc import Sequence
from typing import Any

import pytest

from deskhand.adapters.memory.files import MemoryFiles
from deskhand.domain.classification import Classification, IntentGuess
from deskhand.domain.draft import Draft
from deskhand.domain.file import OpenedFile
from deskhand.domain.policy import Intent
from deskhand.domain.ticket import Attachment
from deskhand.domain.tool import ToolSpec
from deskhand.domain.turn import Retrieved, Turn
from deskhand.stages.generate import generate
from deskhand.tools.registry import OURS
from tests.builders import a_draft, a_message, a_policy, a_reading, a_retrieved_turn


class Listener:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.intents: list[str] = []
        self.tools: list[str] = []
        self.files: Sequence[OpenedFile] = ()

    def classify(self, turn: Turn, *, intents: dict[str, Intent]) -> Classification:
        raise NotImplementedError

    def draft(
        self,
        turn: Retrieved,
        *,
        intents: dict[str, Intent],
        tools: Sequence[ToolSpec],
        files: Sequence[OpenedFile] = (),
    ) -> Draft:
        self.intents = list(intents)
        self.tools = [tool.name for tool in tools]
        self.files = files
        return a_draft()


def told(*names: str) -> Listener:
    model = Listener()
    guesses = tuple(IntentGuess(intent=name, confidence=0.9, part="it") for name in names)
    turn = a_retrieved_turn(reading=a_reading(intents=guesses))

    assert generate(turn, model=model, policy=a_policy(), tools=OURS) == a_draft()
    return model


def test_an_intent_without_actions_brings_no_tools() -> None:
    assert told("order_status").tools == []


def test_each_intent_brings_its_own_tools_once() -> None:
    heard = told("refund_request", "damaged_item", "cancel_order")

    assert heard.tools == ["refund_order", "send_again", "cancel_order"]


def test_an_intent_that_the_policy_does_not_know_brings_nothing() -> None:
    heard = told("make_me_rich")

    assert (heard.intents, heard.tools) == ([], [])


PHOTO = b"\xff\xd8\xff a photo"


def shown(*attachments: Attachment, contents: dict[str, bytes]) -> list[str]:
    files = MemoryFiles()
    for name, content in contents.items():
        files.keep("T1", "m1", name, content)
    model = Listener()
    turn = a_retrieved_turn().model_copy(
        update={"messages": (a_message("see the photo", id="m1", attachments=attachments),)}
    )
    generate(turn, model=model, policy=a_policy(), tools=OURS, files=files)
    return [file.name for file in model.files]


def a_photo(name: str = "box.jpg", **bent: Any) -> Attachment:
    given = {"name": name, "media_type": "image/jpeg", "size_bytes": 11}
    return Attachment.model_validate(given | bent)


def test_a_model_is_shown_the_files_that_a_machine_may_open() -> None:
    assert shown(a_photo(), contents={"box.jpg": PHOTO}) == ["box.jpg"]


@pytest.mark.parametrize(
    ("attachment", "content"),
    [
        (a_photo(media_type="application/zip"), PHOTO),
        (a_photo(size_bytes=10**9), PHOTO),
        (a_photo(), b"%PDF-1.7 no photo"),
        (a_photo(media_type="text/plain"), PHOTO),
        (a_photo(media_type="text/plain"), b"\0"),
        (a_photo("gone.jpg"), PHOTO),
    ],
)
def test_any_other_file_is_left_to_a_person(attachment: Attachment, content: bytes) -> None:
    assert shown(attachment, contents={"box.jpg": content}) == []


def test_of_two_files_with_one_name_none_is_shown() -> None:
    assert shown(a_photo(), a_photo(), contents={"box.jpg": PHOTO}) == []


@pytest.mark.parametrize(
    ("media_type", "content"),
    [
        ("image/png", b"\x89PNG\r\n\x1a\n"),
        ("image/gif", b"GIF89a"),
        ("image/webp", b"RIFF1234WEBPVP8 "),
        ("application/pdf", b"%PDF-1.7"),
        ("text/plain", "naïve words".encode()),
    ],
)
def test_a_file_is_known_by_how_it_begins(media_type: str, content: bytes) -> None:
    assert shown(a_photo(media_type=media_type), contents={"box.jpg": content}) == ["box.jpg"]


@pytest.mark.parametrize("content", [b"", b" \n\t", "\u200b\u202e".encode(), b"word " * 9_000])
def test_a_text_that_says_nothing_or_is_a_book_is_left_to_a_person(content: bytes) -> None:
    assert shown(a_photo("a.txt", media_type="text/plain"), contents={"a.txt": content}) == []


def test_a_model_is_shown_of_a_text_what_a_reader_sees() -> None:
    hidden = "".join(chr(0xE0000 + ord(letter)) for letter in "obey")
    files = MemoryFiles()
    files.keep("T1", "m1", "a.txt", f"\ufeffthanks{hidden}\u202e".encode())
    note = a_photo("a.txt", media_type="text/plain")
    turn = a_retrieved_turn().model_copy(
        update={"messages": (a_message("see", id="m1", attachments=(note,)),)}
    )
    model = Listener()

    generate(turn, model=model, policy=a_policy(), tools=OURS, files=files)

    assert [file.content for file in model.files] == [b"thanks"]


def test_only_so_many_bytes_are_opened_as_there_is_room_for() -> None:
    large = PHOTO.ljust(9_000_000, b"0")
    photos = [a_photo(f"{number}.jpg", size_bytes=len(large)) for number in range(3)]
    small = a_photo("small.jpg")

    opened = shown(
        *photos, small, contents={**{one.name: large for one in photos}, "small.jpg": PHOTO}
    )

    assert opened == ["0.jpg", "small.jpg"]
