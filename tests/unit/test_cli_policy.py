"""What a support lead types to see the rules, to check them, and to ask why."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskhand import wiring
from tests.builders import ROOT, StoppedClock
from tests.terminal import Command, typed

CUSTOMER = ("--customer", "ines.faber@example.com")


@pytest.fixture
def clock() -> Iterator[StoppedClock]:
    """The day on which the prices that are shipped were compared, at noon."""
    clock = StoppedClock()
    wiring.replace({"clock": clock})
    yield clock
    wiring.reset()


@pytest.fixture
def deskhand(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], clock: StoppedClock
) -> Command:
    """Runs a command; gives its exit code and what it said on each stream."""
    monkeypatch.setenv("COLUMNS", "300")
    return typed(monkeypatch, capsys)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the policy files that are shipped, to be spoiled."""
    return shutil.copytree(ROOT / "policies", tmp_path / "policies")


def bend(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_rules_that_are_shipped_are_without_mistakes(deskhand: Command) -> None:
    code, said, trouble = deskhand("policy", "check", "--json")

    assert (code, trouble) == (0, "")
    found = json.loads(said)
    assert found["mistakes"] == []
    [refund] = [one for one in found["actions"] if one["action"] == "refund_order"]
    [limit] = [one for one in refund["limits"] if one["code"] == "REFUND_ABOVE_LIMIT"]
    assert limit["lifted_by"] == ["if_approved"]
    assert limit["words"] == "The refund is above 50.00."


def test_old_prices_are_reminded_of_and_are_no_mistake(
    deskhand: Command, clock: StoppedClock
) -> None:
    clock.pass_by(days=180)
    assert deskhand("policy", "check")[::2] == (0, "")

    clock.pass_by(days=1)
    code, said, trouble = deskhand("policy", "check", "--json")
    assert code == 0
    assert "compared 181 days ago" in trouble
    assert [line in trouble for line in json.loads(said)["reminders"]] == [True]


def test_prices_that_say_nothing_of_their_day_are_a_mistake_and_not_old(
    deskhand: Command, folder: Path, clock: StoppedClock
) -> None:
    bend(folder, "prices.toml", "checked = 2026-11-21\n", "")

    code, _, trouble = deskhand("policy", "check", str(folder))
    assert code == 1
    assert '"checked" should say when' in trouble
    assert "days ago" not in trouble


def test_every_action_is_listed_with_its_limits_and_what_lifts_them(deskhand: Command) -> None:
    code, said, _ = deskhand("policy", "check")

    assert code == 0
    assert "refund_order" in said
    assert "nobody lifts this" in said
    assert "REFUND_WINDOW_CLOSED" in said


def test_one_actions_limits_are_told_in_full(deskhand: Command) -> None:
    code, said, _ = deskhand("policy", "check", "--action", "cancel_order")

    assert code == 0
    assert "Cancelling an order above 100.00 needs the customer's explicit yes." in said
    assert "REFUND_ABOVE_LIMIT" not in said


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("actions.cedar", "principal.vip", "principal.vipp", "attribute `vipp`"),
        ("actions.cedar", "context.amount_cents > 5000", "context.amount_cents > ", "valid Cedar"),
        (
            "actions.cedar",
            "context.ticket_cents + context.amount_cents > 10000",
            "context.ticket_cents > 10 && context.ticket_cents < 5",
            "TICKET_CAP can never fire: no request meets all of its conditions.",
        ),
        ("actions.cedarschema", "vip: Bool", "vip: Bol", "actions.cedarschema, line"),
        (
            "intents.toml",
            'actions = ["cancel_order"]',
            'actions = ["cancel_oder"]',
            "intents.toml: cancel_order may propose cancel_oder, which no rule permits",
        ),
        ("intents.toml", "verified = true", 'verified = "perhaps"', "intents.toml"),
        ("actions.cedar", "The refund is above 50.00.", "too much", "write whole sentences"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_the_command_fails(
    deskhand: Command, folder: Path, name: str, old: str, new: str, told: str
) -> None:
    bend(folder, name, old, new)

    code, _, said = deskhand("policy", "check", str(folder))

    assert code == 1
    assert told in said
    assert said.splitlines()[-1].startswith("deskhand: ")


def test_an_action_of_another_kind_of_thing_than_its_tools_is_a_mistake(
    deskhand: Command, folder: Path
) -> None:
    rules = folder / "actions.cedar"
    rules.write_text('permit (principal, action == Action::"file_bug", resource);', "utf-8")
    bend(folder, "actions.cedarschema", "resource: Device", "resource: Order")
    for settings in folder.glob("*.toml"):
        settings.unlink()

    code, _, said = deskhand("policy", "check", str(folder))

    assert code == 1
    assert "file_bug is done to Device, and declared for Order." in said


def test_a_folder_that_is_not_there_is_named(deskhand: Command) -> None:
    code, _, said = deskhand("policy", "check", "nowhere")

    assert (code, "nowhere is not a folder" in said) == (2, True)


def test_a_harmless_request_is_bent_by_what_is_set_and_explained(deskhand: Command) -> None:
    code, said, _ = deskhand(
        *("policy", "explain", "refund_order", "--json"),
        *("--set", "resource.status=delivered", "--set", "context.amount_cents=8000"),
        *("--set", "principal.vip=true"),
    )

    found = json.loads(said)
    assert code == 0
    assert found["answer"] == "if_approved"
    assert [one["code"] for one in found["reasons"]] == ["VIP_CUSTOMER", "REFUND_ABOVE_LIMIT"]
    assert [rung["when"] for rung in found["ladder"] if rung["allowed"]] == ["if_approved"]
    assert found["request"]["resource"]["status"] == "delivered"
    assert all(one["line"] for one in found["reasons"])


@pytest.mark.parametrize(
    ("sets", "answer"),
    [
        ((), "now"),
        (("context.verified=false",), "if_verified"),
        (("context.intent=damaged_item",), "if_shown"),
        (("context.stopped=true",), "if_approved"),
        (("resource.delivered_days=31",), "denied"),
    ],
)
def test_each_rung_is_explained(deskhand: Command, sets: tuple[str, ...], answer: str) -> None:
    bends = [part for one in sets for part in ("--set", one)]

    _, said, _ = deskhand("policy", "explain", "refund_order", "--json", *bends)

    assert json.loads(said)["answer"] == answer


def test_a_customers_own_order_is_explained_as_the_shop_has_it(deskhand: Command) -> None:
    code, said, _ = deskhand("policy", "explain", "refund_order", *CUSTOMER, "--order", "HR-4088")

    assert code == 0
    assert "refund_order: it would be denied, and the customer told why (denied)." in said
    assert "The order arrived more than 30 days ago" in said
    assert "REFUND_WINDOW_CLOSED" in said


def test_what_is_told_beside_the_shops_records_counts(deskhand: Command) -> None:
    on = ("refund_order", *CUSTOMER, "--order", "HR-4088", "--set", "resource.delivered_days=3")

    _, harmless, _ = deskhand("policy", "explain", "--json", *on)
    _, much, _ = deskhand("policy", "explain", "--json", *on, "--set", "context.ticket_cents=9999")

    assert json.loads(harmless)["answer"] == "now"
    assert [one["code"] for one in json.loads(much)["reasons"]] == ["TICKET_CAP"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("refund_oder",), "no rule permits refund_oder, so it is never done; there are"),
        (("refund_order", "--set", "resource.stat=1"), "refund_order has no resource.stat"),
        (("refund_order", "--set", "resource=1"), "refund_order has no resource"),
        (("refund_order", "--set", "principal.vip"), "write it as resource.status=delivered"),
        (("refund_order", "--set", "principal.vip=perhaps"), "it has to be true or false"),
        (("refund_order", "--set", "context.amount_cents=4.2"), "it has to be a whole number"),
        (("refund_order", "--set", "resource.line_ids=1"), "it has to be a list"),
        (("refund_order", "--order", "HR-4088"), "say --customer EMAIL too"),
        (("refund_order", "--customer", "nobody@example.com"), "has no customer nobody@"),
        (("refund_order", *CUSTOMER), "order_id: Field required"),
        (("refund_order", *CUSTOMER, "--order", "HR-4061"), "has no order HR-4061"),
        (
            ("refund_order", *CUSTOMER, "--order", "HR-4088", "--arg", "amount_cents=-1"),
            "amount_cents: Input should be greater than or equal to 0",
        ),
        (("refund_order", *CUSTOMER, "--arg", "order_id"), "write it as amount_cents=4200"),
    ],
)
def test_a_question_that_cannot_be_asked_says_what_to_write(
    deskhand: Command, arguments: tuple[str, ...], told: str
) -> None:
    code, said, trouble = deskhand("policy", "explain", *arguments)

    assert (code, said) == (2, "")
    assert told in " ".join(trouble.split())


def test_rules_that_cannot_be_read_explain_nothing(deskhand: Command, folder: Path) -> None:
    bend(folder, "actions.cedar", "principal.vip", "principal.vipp")

    code, _, said = deskhand("policy", "explain", "refund_order", "--policies", str(folder))

    assert code == 1
    assert "actions.cedar, line" in said
