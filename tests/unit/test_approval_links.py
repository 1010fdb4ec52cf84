"""A link answers one question, for as long as it is open, and only if we signed it."""

from datetime import timedelta

import pytest

from deskhand.errors import Rejected
from deskhand.jobs.approval_links import ApprovalLinks
from tests.builders import NOON, a_turn, an_approval

LINKS = ApprovalLinks(key=lambda: "a key", public_url="https://desk.example/")
APPROVAL = an_approval(a_turn())


def token(links: ApprovalLinks = LINKS) -> str:
    return links.link(APPROVAL).rpartition("/")[2]


def test_a_link_says_which_approval_it_opens_and_until_when() -> None:
    address = LINKS.link(APPROVAL)

    assert address.startswith("https://desk.example/approve/")
    linked = LINKS.read(token())
    assert (linked.approval_id, linked.expires_at) == (APPROVAL.id, APPROVAL.expires_at)


def test_a_link_never_expires_before_its_approval() -> None:
    late = an_approval(a_turn(), expires_at=NOON + timedelta(microseconds=1))
    assert LINKS.read(LINKS.link(late).rpartition("/")[2]).expires_at >= late.expires_at


def test_no_two_links_are_the_same() -> None:
    assert len({token() for _ in range(20)}) == 20


def test_without_a_public_address_there_is_no_link_and_no_key_is_asked_for() -> None:
    def no_key() -> str:
        raise AssertionError("nobody asked for it")

    assert ApprovalLinks(key=no_key, public_url="").link(APPROVAL) == ""


def test_a_link_holds_letters_that_every_mail_program_leaves_alone() -> None:
    assert set(token()) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.")


@pytest.mark.parametrize(
    "bend",
    [
        lambda text: "",
        lambda text: ".",
        lambda text: text[:-1],
        lambda text: text + "A",
        lambda text: text + "=",
        lambda text: text.partition(".")[0],
        lambda text: text.partition(".")[2],
        lambda text: text.replace(".", ".."),
        lambda text: text + "\n",
        lambda text: f" {text}",
        lambda text: "ü" * 20,
        lambda text: text * 20,
        lambda text: ".".join(reversed(text.split("."))),
    ],
)
def test_what_was_bent_is_none_of_ours(bend: object) -> None:
    with pytest.raises(Rejected, match="not one of ours"):
        LINKS.read(bend(token()))  # type: ignore[operator]


def test_no_single_letter_of_a_link_can_be_changed() -> None:
    given = token()
    for place, letter in enumerate(given):
        bent = given[:place] + ("A" if letter != "A" else "B") + given[place + 1 :]
        with pytest.raises(Rejected):
            LINKS.read(bent)


def test_a_link_under_another_key_is_none_of_ours() -> None:
    other = ApprovalLinks(key=lambda: "another key", public_url="https://desk.example")
    with pytest.raises(Rejected, match="not one of ours"):
        LINKS.read(token(other))


def test_without_a_key_nothing_is_signed_nor_believed() -> None:
    none = ApprovalLinks(key=lambda: "", public_url="https://desk.example")
    with pytest.raises(Rejected, match="none is set"):
        none.link(APPROVAL)
    with pytest.raises(Rejected, match="none is set"):
        none.read(token())
