"""Our mock Zendesk is none of our invention: it keeps to the vendor's own specification."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema
import pytest
import yaml

from deskhand.domain.ticket import CloseOut
from tests.builders import ROOT
from tests.helpdesks.desks import ZendeskStand, zendesk_stand
from tests.helpdesks.zendesk_rules import (
    BESIDE_THE_FILE,
    OPERATIONS,
    TICKET,
    TICKET_UPDATE,
    operation,
    wrong_with,
)
from tests.helpdesks.zendesk_state import ADA, BO, GROUPS

SPECS = ROOT.parent / "shared" / "data" / "specs"
FILES = ("tickets", "ticket-comments", "users")

needs_specs = pytest.mark.skipif(
    not SPECS.is_dir(), reason=f"Zendesk's specification is looked for in {SPECS}"
)


@cache
def spec(name: str) -> Any:
    text = (SPECS / f"zendesk-{name}-api-openapi.yml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.CSafeLoader)


def schema(name: str, of: str) -> Any:
    """A schema of the file as JSON Schema has it: `nullable` is a type of its own there."""
    return _plain(spec(of)["components"]["schemas"][of_ref(name)], spec(of))


def of_ref(name: str) -> str:
    return name.rsplit("/", 1)[-1]


def _plain(node: Any, file: Any) -> Any:
    if isinstance(node, list):
        return [_plain(one, file) for one in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return _plain(file["components"]["schemas"][of_ref(node["$ref"])], file)
    plain = {name: _plain(one, file) for name, one in node.items() if name != "nullable"}
    return {"anyOf": [plain, {"type": "null"}]} if node.get("nullable") is True else plain


@pytest.fixture
def stand() -> Iterator[ZendeskStand]:
    with zendesk_stand() as stand:
        yield stand


@pytest.fixture
def used(stand: ZendeskStand) -> ZendeskStand:
    """A stand where everything that we do has been done."""
    ticket_id = stand.open("Hello?")
    stand.helpdesk.ticket(ticket_id)
    group = next(iter(GROUPS.values())).lower()
    closing = CloseOut(
        status="solved", tags=("a", "b c"), queue=group, priority="high", assignee="", note="n"
    )
    stand.helpdesk.reply(ticket_id, "Done.", marker="k", close_out=closing)
    stand.helpdesk.note(ticket_id, "n", marker="h", close_out=CloseOut(assignee=str(BO)))
    stand.helpdesk.find(ticket_id, "k")
    return stand


@needs_specs
@pytest.mark.parametrize(
    "one",
    [one for one in OPERATIONS if one.in_the_file],
    ids=lambda one: f"{one.method} {one.path}",
)
def test_every_path_that_we_call_is_in_the_specification(one: Any) -> None:
    paths: dict[str, Any] = {}
    for name in FILES:
        paths |= spec(name)["paths"]

    assert one.method.lower() in paths[one.path]


@needs_specs
def test_every_field_that_we_write_is_in_the_specification_or_named_as_missing_there() -> None:
    ours = TICKET_UPDATE["properties"]["ticket"]["properties"]
    theirs = schema("TicketUpdate", "tickets")["properties"]

    assert set(ours) - set(theirs) == BESIDE_THE_FILE
    assert set(ours["comment"]["properties"]) <= set(theirs["comment"]["properties"])


@needs_specs
def test_every_update_that_goes_out_is_one_by_the_specification(used: ZendeskStand) -> None:
    theirs = schema("TicketUpdate", "tickets")

    assert len(used.server.writes) == 3
    for body in used.server.writes:
        jsonschema.validate(body["ticket"], theirs)


@needs_specs
def test_every_answer_of_the_mock_is_one_by_the_specification(used: ZendeskStand) -> None:
    state = used.server.state
    for ticket_id, ticket in state.tickets.items():
        jsonschema.validate(ticket, schema("Ticket", "tickets"))
        for comment in state.comments[ticket_id]:
            jsonschema.validate(comment, schema("Comment", "tickets"))
    for user in state.users.values():
        jsonschema.validate(user, schema("User", "users"))


@needs_specs
def test_the_specification_tells_a_wrong_ticket_from_a_right_one() -> None:
    for wrong in ({"status": "sold"}, {"group_id": "billing"}, {"tags": "vip"}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, schema("TicketUpdate", "tickets"))


@pytest.mark.parametrize(
    ("method", "path", "body", "wrong"),
    [
        ("PUT", f"{TICKET}", {"ticket": {"state": "solved"}}, "state"),
        ("PUT", f"{TICKET}", {"ticket": {"status": "sold"}}, "sold"),
        ("PUT", f"{TICKET}", {"ticket": {"tags": ["two words"]}}, "two words"),
        ("PUT", f"{TICKET}", {"ticket": {"comment": {"public": True}}}, "body"),
        ("PUT", f"{TICKET}", {"status": "solved"}, "ticket"),
        ("GET", f"{TICKET}", {"ticket": {}}, "takes no body"),
    ],
)
def test_the_mock_refuses_what_zendesk_would_not_understand(
    method: str, path: str, body: Any, wrong: str
) -> None:
    found = operation(method, path.replace("{ticket_id}", "7"))
    assert found is not None
    assert wrong in wrong_with(found[0], [], body)


def test_the_mock_knows_no_other_path_and_no_other_parameter() -> None:
    assert operation("POST", "/api/v2/tickets/7") is None
    assert operation("GET", "/api/v2/tickets/seven") is None
    found = operation("GET", "/api/v2/users/me")
    assert found is not None
    assert wrong_with(found[0], ["all"], None) == "/api/v2/users/me knows no all"


def test_a_stale_stamp_changes_nothing_at_all(stand: ZendeskStand) -> None:
    ticket_id = int(stand.open("Hello?"))
    stamp = stand.server.state.tickets[ticket_id]["updated_at"]
    stand.server.state.says(ticket_id, "Hello again?", by=ADA)
    before = dict(stand.server.state.tickets[ticket_id])
    update = {"status": "solved", "comment": {"body": "x"}, "safe_update": True}

    status, _ = stand.server.answer(
        "PUT", f"/api/v2/tickets/{ticket_id}", {"ticket": update | {"updated_stamp": stamp}}
    )

    assert status == 409
    assert stand.server.state.tickets[ticket_id] == before
    assert len(stand.server.state.comments[ticket_id]) == 2
