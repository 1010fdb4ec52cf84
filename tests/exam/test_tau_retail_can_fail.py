"""Takes the strange shop's rules and preconditions away, one at a time: each time the exam is
failed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

import pytest

from deskhand.adapters.cedar.text import Statement, statements
from deskhand.domain.money import Money
from deskhand.domain.permission import Permission, PermissionRequest
from deskhand.domain.records import CustomerScope
from deskhand.domain.ticket import Asker
from deskhand.ports import Permissions
from tests.exam.shop_data import a_sitting, misses, needs_data, the_exam
from tests.exam.tau_retail.exam import Result, Sitting
from tests.exam.tau_retail.identity import OneUserASession
from tests.exam.tau_retail.pack import RULES, Pack, the_pack
from tests.exam.tau_retail.rows import Exam, Gold, Mutant
from tests.exam.tau_retail.shop import Shop
from tests.exam.tau_retail.tools.return_items import ReturnDeliveredOrderItems

pytestmark = needs_data

USER, OTHER = "olivia_ito_3591", "omar_lopez_3107"
EXAM_CODES = {"CONFIRM": "UNCONFIRMED"}
FORBIDS = [one for one in statements(RULES) if "\nforbid" in one.text]
[PERMIT] = (one for one in statements(RULES) if one.text.startswith("permit"))
ACTIONS = [word for word in PERMIT.text.split('"') if "_" in word]


def code_of(rule: Statement) -> str:
    code = rule.text.split('@code("')[1].split('"')[0]
    return EXAM_CODES.get(code, code)


def named(rule: Statement) -> str:
    return f"{code_of(rule)} of line {rule.line}"


def with_profiles() -> Exam:
    """The exam, which has no row about profiles where it lies beside the project, with two."""
    exam = the_exam()
    own = Gold.model_validate(a_move(USER) | {"write_index": 1})
    foreign = a_move(OTHER)
    confirmed = {"name": foreign["name"], "arguments": foreign["arguments"]}
    foreign |= {"kind": "other_users_profile", "before_write_index": 1, "db_patch": None}
    mutant = Mutant.model_validate(
        foreign | {"confirmed": confirmed, "expect_codes": ["NOT_OWNER"]}
    )
    return exam.model_copy(update={"gold": (*exam.gold, own), "mutants": (mutant, *exam.mutants)})


def a_move(user_id: str) -> dict[str, Any]:
    arguments = {"user_id": user_id, "address1": "1 Elm Street", "address2": "", "city": "Denver"}
    arguments |= {"state": "CO", "country": "USA", "zip": "80014"}
    about = {"task_id": "ours", "session_user": USER}
    return about | {"name": "modify_user_address", "arguments": arguments}


def part_of(code: str, sitting: Sitting) -> Iterator[Result]:
    """What of the exam is about that code."""
    if code == "REFUND_ABOVE_LIMIT":
        yield from chain.from_iterable(map(sitting.limits, sitting.exam.gold))
    if code == "BAD_PAYMENT_HISTORY":  # only who does it again gets there
        tasks = {row.task for row in sitting.exam.gold if row.name.endswith("_payment")}
        yield from chain.from_iterable(map(sitting.task, sorted(tasks)))
    rows = (row for row in sitting.exam.mutants if code in row.expect_codes)
    yield from chain.from_iterable(map(sitting.mutant, rows))


def lets_through(found: Iterator[Result]) -> bool:
    return any(not one.is_right and one.got.startswith("allow") for one in found)


@pytest.mark.parametrize("rule", FORBIDS, ids=named)
def test_without_any_one_rule_the_exam_is_failed(rule: Statement) -> None:
    sitting = a_sitting(the_pack().with_rules(RULES.replace(rule.text, "")), with_profiles())
    if "resource.whose" not in rule.text:
        assert lets_through(part_of(code_of(rule), sitting))
        return
    # Of an order that is not theirs nothing is told but whose it is, so even without this rule it
    # is in no status in which anything may be done.
    [first, *_] = (one for one in part_of(code_of(rule), sitting) if not one.is_right)
    assert first.got == "refuse for BAD_STATUS"


@pytest.mark.parametrize("action", ACTIONS)
def test_without_its_permit_an_action_that_is_right_is_refused(action: str) -> None:
    others = ", ".join(f'Action::"{one}"' for one in ACTIONS if one != action)
    permit = f"permit (principal, action in [{others}], resource);"
    pack = the_pack().with_rules(RULES.replace(PERMIT.text, permit))
    sitting = a_sitting(pack, with_profiles())
    row = next(row for row in sitting.exam.gold if row.name == action)
    wrong = misses(lambda: sitting.task(row.task))
    assert [one.got for one in wrong if one.row == row and one.group == "gold"] == [
        "refuse for NO_RULE"
    ]


@dataclass(frozen=True)
class Blind:
    """The permission layer as it would decide if one thing had not been looked at."""

    permissions: Permissions
    place: Sequence[str]
    harmless: Any

    def ask(self, request: PermissionRequest) -> Permission:
        seen = bent(request.model_dump(), self.place, self.harmless)
        return self.permissions.ask(PermissionRequest.model_validate(seen))


def bent(record: Mapping[str, Any], place: Sequence[str], value: Any) -> Mapping[str, Any]:
    """The record with another value in one place; as it is where there is no such place."""
    first, *rest = place
    if first not in record:
        return record
    if rest:
        return {**record, first: bent(record[first], rest, value)}
    return {**record, first: value(record) if callable(value) else value}


def blind(place: str, harmless: Any) -> Pack:
    permissions = Blind(the_pack().permissions, place.split("."), harmless)
    return replace(the_pack(), permissions=permissions)


def as_many_as_items(goods: Mapping[str, Any]) -> int:
    return int(goods["count"])


@pytest.mark.parametrize(
    ("code", "place", "harmless"),
    [
        ("UNCONFIRMED", "context.confirmed", True),
        ("NOT_OWNER", "resource.user_id", OTHER),
        ("BAD_STATUS", "resource.status", "pending"),
        ("BAD_STATUS", "resource.status", "delivered"),
        ("BAD_REASON", "context.arguments.reason", "no longer needed"),
        ("NO_ITEMS", "context.arguments.goods.count", 1),
        ("ITEM_NOT_IN_ORDER", "context.arguments.goods.in_order", True),
        ("LENGTH_MISMATCH", "context.arguments.goods.new_count", as_many_as_items),
        ("DIFFERENT_PRODUCT", "context.arguments.goods.same_product", True),
        ("UNAVAILABLE", "context.arguments.goods.available", True),
        ("BAD_PAYMENT_METHOD", "context.arguments.payment.kind", "paypal"),
        ("REFUND_DESTINATION", "context.arguments.payment.kind", "gift_card"),
        ("SAME_PAYMENT_METHOD", "resource.paid_with", "something else"),
        ("BAD_PAYMENT_HISTORY", "resource.payments", 1),
        ("INSUFFICIENT_GIFT_CARD", "context.arguments.payment.balance_cents", 10**9),
        ("INSUFFICIENT_GIFT_CARD", "context.arguments.payment.to_pay_cents", 0),
    ],
)
def test_without_looking_at_any_one_thing_the_exam_is_failed(
    code: str, place: str, harmless: Any
) -> None:
    sitting = a_sitting(blind(place, harmless), with_profiles())
    assert lets_through(part_of(code, sitting))


def test_without_counting_the_money_no_limit_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = Money(amount_cents=0, currency="USD")
    monkeypatch.setattr(ReturnDeliveredOrderItems, "money", lambda self, facts: nothing)
    assert lets_through(part_of("REFUND_ABOVE_LIMIT", a_sitting()))


def test_without_asking_whose_an_order_is_a_stranger_cancels_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Shop, "whose", lambda self, scope, order_id: "theirs")
    rows = [row for row in the_exam().mutants if row.kind == "other_users_order_right_status"]
    sitting = a_sitting()
    assert lets_through(chain.from_iterable(map(sitting.mutant, rows)))


def test_without_asking_who_somebody_is_anybody_is_let_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OneUserASession, "_claimed", lambda self, asker: USER)
    assert lets_through(part_of("UNAUTHENTICATED", a_sitting()))


def _by_name_alone(self: OneUserASession, asker: Asker) -> str | None:
    said = asker.name.casefold().split(",")[0]
    users = self._database.users.items()
    names = (
        (id, f"{user['name']['first_name']} {user['name']['last_name']}") for id, user in users
    )
    return next((id for id, name in names if name.casefold() == said), None)


def _whoever_comes(self: OneUserASession, asker: Asker) -> CustomerScope | None:
    claimed = self._claimed(asker)
    return CustomerScope(customer_id=claimed) if claimed else None


@pytest.mark.parametrize(
    ("name", "instead", "kind"),
    [
        ("_claimed", _by_name_alone, "wrong_zip"),
        ("_claimed", _by_name_alone, "empty_zip"),
        ("scope", _whoever_comes, "second_user_same_session"),
    ],
)
def test_a_more_careless_identity_fails_the_exam(
    monkeypatch: pytest.MonkeyPatch, name: str, instead: Callable[..., Any], kind: str
) -> None:
    monkeypatch.setattr(OneUserASession, name, instead)
    sitting = a_sitting()
    rows = [row for row in sitting.exam.auth_cases if row.kind == kind]
    assert misses(*(lambda row=row: sitting.auth_case(row) for row in rows))


def test_a_shop_that_keeps_its_gift_cards_wrong_fails_the_exam(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Shop, "_move", lambda self, scope, method_id, amount_cents: None)
    sitting = a_sitting()
    tasks = [diff.task for diff in sitting.exam.diffs if diff.users]
    wrong = misses(*(lambda task=task: sitting.task(task) for task in tasks))
    assert {one.group for one in wrong} == {"database"}
    assert all("balance" in one.why for one in wrong)
