"""The kit finds what it is for: each of these planted bugs fails the test that stands against
it."""

from collections.abc import Callable
from typing import Any

import pytest

from deskhand.adapters.helpdesks import zendesk_desk, zendesk_writing
from deskhand.adapters.helpdesks.zendesk_desk import ZendeskDesk
from deskhand.adapters.helpdesks.zendesk_door import ZendeskDoor
from tests.contract import test_helpdesks as kit
from tests.helpdesks.desks import zendesk_stand

Plant = Callable[[pytest.MonkeyPatch], None]
PLAIN_UPDATE = zendesk_writing.update


def bent_update(bend: Callable[[dict[str, Any]], Any]) -> Plant:
    """Every update goes out bent."""

    def update(*args: Any, **kwargs: Any) -> dict[str, Any]:
        body = PLAIN_UPDATE(*args, **kwargs)
        bend(body)
        return body

    return lambda patch: patch.setattr(zendesk_desk, "update", update)


def without(name: str) -> Plant:
    return bent_update(lambda body: body.pop(name, None))


def method(name: str, replacement: Callable[..., Any]) -> Plant:
    return lambda patch: patch.setattr(ZendeskDesk, name, replacement)


def never_marked(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(zendesk_desk, "_marked", lambda *_: None)


def any_mark(patch: pytest.MonkeyPatch) -> None:
    def first(audits: Any, _: str) -> str | None:
        return next((str(one.comment.id) for one in audits if one.metadata.custom), None)

    patch.setattr(zendesk_desk, "_marked", first)


def believes_everybody(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ZendeskDoor, "verify", lambda *_, **__: "")


BUGS: dict[str, tuple[Plant, Callable[..., None]]] = {
    "writes over what has changed": (
        without("safe_update"),
        kit.test_nobody_is_talked_over_who_speaks_between_our_read_and_our_write,
    ),
    "looks at nobody who has come in": (
        method("_refuse_if_overtaken", lambda *_: None),
        kit.test_nobody_is_talked_over_who_takes_the_ticket_in_that_moment,
    ),
    "sends without a marker": (
        without("metadata"),
        kit.test_a_write_whose_answer_was_lost_is_found_and_not_said_again,
    ),
    "finds no marker": (never_marked, kit.test_a_reply_is_said_once_whoever_asks_again),
    "takes any marker for this one": (
        any_mark,
        kit.test_what_was_written_is_found_by_its_marker_and_nothing_else_is,
    ),
    "loses tags": (
        bent_update(lambda body: body.update(tags=body.get("tags", [])[-1:])),
        kit.test_tags_are_added_and_none_is_lost,
    ),
    "shows notes to customers": (
        bent_update(lambda body: body["comment"].update(public=True)),
        kit.test_a_note_is_written_once_and_customers_never_see_it,
    ),
    "forgets to close": (without("status"), kit.test_a_reply_leaves_the_ticket_closed_out),
    "believes everybody": (
        believes_everybody,
        kit.test_each_message_comes_to_us_signed_and_is_told_from_every_other,
    ),
}


@pytest.mark.parametrize("bug", BUGS)
def test_the_kit_finds_a_helpdesk_that(bug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plant, finds = BUGS[bug]
    with zendesk_stand() as healthy:
        finds(healthy)
    plant(monkeypatch)
    with zendesk_stand() as broken, pytest.raises((AssertionError, pytest.fail.Exception)):
        finds(broken)
