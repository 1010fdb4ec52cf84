"""The permission layer with the rules that are shipped: every limit fires, and errors deny."""

from pathlib import Path

import pytest

from deskhand.adapters.cedar.permissions import CedarPermissions
from deskhand.domain.permission import Permission, PermissionRequest
from tests.builders import an_order_fact

FOLDER = Path(__file__).parents[2] / "policies"
SCHEMA = (FOLDER / "actions.cedarschema").read_text(encoding="utf-8")

CUSTOMER = {"vip": False, "flagged": False, "country": "DE"}
ORDER = dict(an_order_fact().attributes)
CONTEXT = {
    "verified": True,
    "shown": False,
    "confirmed": False,
    "approved": False,
    "stopped": False,
    "amount_cents": 42_00,
    "currency": "EUR",
    "refunds_in_7_days": 0,
    "attempts_in_1_hour": 0,
    "refunded_today_cents": 0,
    "customer_today_cents": 0,
    "ticket_cents": 0,
    "intent": "refund_request",
}
REFUND = {"arguments": {"destination": "original"}}


def a_request(action="refund_order", *, without=(), **bends) -> PermissionRequest:
    """A harmless request with what is bent, wherever that attribute stands."""
    bent = [
        {key: bends.get(key, value) for key, value in table.items() if key not in without}
        for table in (CUSTOMER, ORDER, CONTEXT)
    ]
    assert set(bends) <= {*CUSTOMER, *ORDER, *CONTEXT}
    return PermissionRequest(
        action=action,
        customer_id="c-1",
        customer=bent[0],
        resource_kind="Order",
        resource_id="1001",
        resource=bent[1],
        context=bent[2] | (REFUND if action == "refund_order" else {}),
    )


@pytest.fixture(scope="module")
def permissions() -> CedarPermissions:
    return CedarPermissions.read(FOLDER)


def codes(permission: Permission) -> list[str]:
    return [reason.code for reason in permission.reasons]


def test_a_small_refund_for_a_verified_customer_goes_by_itself(permissions):
    assert permissions.ask(a_request()) == Permission(answer="now")


def test_an_order_that_has_not_left_is_cancelled_at_once(permissions):
    assert permissions.ask(a_request("cancel_order", status="placed")).answer == "now"


FIRING = {
    "VERIFY": ("if_verified", a_request(verified=False)),
    "STOPPED": ("if_approved", a_request(stopped=True)),
    "PHOTO_MISSING": ("if_shown", a_request(intent="damaged_item")),
    "PAPERS_MISSING": ("if_shown", a_request(intent="dispute_charge")),
    "OTHER_CURRENCY": ("if_approved", a_request(currency="USD")),
    "TICKET_CAP": ("if_approved", a_request(ticket_cents=58_01)),
    "CUSTOMER_DAILY_CAP": ("if_approved", a_request(customer_today_cents=108_01)),
    "TOO_MANY_ATTEMPTS": ("if_approved", a_request(attempts_in_1_hour=3)),
    "UNKNOWN_ORDER_STATE": ("denied", a_request(status="lost")),
    "REFUND_ABOVE_LIMIT": (
        "if_approved",
        a_request(amount_cents=50_01, refundable_cents=90_00, total_cents=90_00),
    ),
    "SECOND_REFUND_IN_7_DAYS": ("if_approved", a_request(refunds_in_7_days=1)),
    "DAILY_CAP": ("if_approved", a_request(refunded_today_cents=958_01)),
    "FLAGGED_CUSTOMER": ("if_approved", a_request(flagged=True)),
    "VIP_CUSTOMER": ("if_approved", a_request(vip=True)),
    "UNUSUAL_PLACE": ("if_approved", a_request(ship_to_country="FR")),
    "ORDER_ON_ITS_WAY": ("if_approved", a_request(status="shipped", delivered_days=-1)),
    "ORDER_NOT_SENT_YET": ("denied", a_request(status="packed", delivered_days=-1)),
    "NO_AMOUNT": ("denied", a_request(amount_cents=-1)),
    "NOTHING_TO_REFUND": ("denied", a_request(refundable_cents=0)),
    "ABOVE_REFUNDABLE": ("denied", a_request(refundable_cents=41_99)),
    "REFUND_WINDOW_CLOSED": ("denied", a_request(delivered_days=31)),
    "CONFIRM": ("if_confirmed", a_request("cancel_order", status="placed", total_cents=100_01)),
    "ORDER_ALREADY_SHIPPED": ("denied", a_request("cancel_order", status="shipped")),
    "ORDER_ALREADY_DELIVERED": ("denied", a_request("cancel_order", status="delivered")),
    "ORDER_ALREADY_CANCELLED": ("denied", a_request("cancel_order", status="cancelled")),
    "ORDER_ALREADY_RETURNED": ("denied", a_request("cancel_order", status="returned")),
}


@pytest.mark.parametrize("code", FIRING)
def test_every_limit_can_fire_alone_and_names_its_cure(permissions, code):
    answer, request = FIRING[code]

    permission = permissions.ask(request)

    assert (permission.answer, codes(permission)) == (answer, [code])


@pytest.mark.parametrize(
    "harmless",
    [
        {"amount_cents": 50_00, "total_cents": 50_00, "refundable_cents": 50_00},
        {"refunded_today_cents": 958_00},
        {"customer_today_cents": 108_00},
        {"ticket_cents": 58_00},
        {"intent": "damaged_item", "shown": True},
        {"attempts_in_1_hour": 2},
        {"delivered_days": 30},
        {"status": "returned"},
        {"amount_cents": 10_00, "refundable_cents": 10_00, "refunded_cents": 32_00},
    ],
)
def test_what_stays_just_within_a_limit_goes(permissions, harmless):
    assert permissions.ask(a_request(**harmless)).answer == "now"


def test_a_refund_of_the_nothing_that_is_left_is_told_as_nothing_left(permissions):
    permission = permissions.ask(a_request(amount_cents=0, refundable_cents=0))

    assert codes(permission) == ["NOTHING_TO_REFUND"]


def test_an_approval_lifts_several_limits_at_once_and_all_are_named(permissions):
    permission = permissions.ask(a_request(vip=True, refunds_in_7_days=1, verified=False))

    assert permission.answer == "if_approved"
    assert codes(permission) == ["VERIFY", "VIP_CUSTOMER", "SECOND_REFUND_IN_7_DAYS"]


def test_a_refusal_that_nothing_lifts_is_told_without_what_an_approval_would_lift(permissions):
    permission = permissions.ask(a_request(flagged=True, delivered_days=31))

    assert (permission.answer, codes(permission)) == ("denied", ["REFUND_WINDOW_CLOSED"])


def test_an_action_that_was_approved_goes_now(permissions):
    assert permissions.ask(a_request(approved=True, vip=True)).answer == "now"


def test_an_approval_does_not_say_who_the_customer_is(permissions):
    assert permissions.ask(a_request(approved=True, verified=False)).answer == "if_verified"


def test_a_photo_comes_before_the_customers_yes_and_that_before_a_persons(permissions):
    request = a_request("cancel_order", status="placed", total_cents=100_01)
    unknown = request.model_copy(update={"context": request.context | {"verified": False}})

    assert permissions.ask(unknown).answer == "if_confirmed"
    rungs = {rung.answer: rung.allowed for rung in permissions.ladder(unknown)}
    assert list(rungs) == ["now", "if_verified", "if_shown", "if_confirmed", "if_approved"]
    assert list(rungs.values()) == [False, False, False, True, True]


def test_a_person_may_believe_who_cannot_send_a_photo(permissions):
    assert permissions.ask(a_request(intent="damaged_item", approved=True)).answer == "now"


@pytest.mark.parametrize("said", ["verified", "shown", "confirmed", "approved", "stopped"])
def test_a_request_that_does_not_say_what_people_said_is_denied(permissions, said):
    assert codes(permissions.ask(a_request(without=(said,)))) == ["POLICY_ERROR"]


@pytest.mark.parametrize(
    "bends",
    [
        {"amount_cents": "42"},
        {"amount_cents": 42.5},
        {"amount_cents": 2**70},
        {"amount_cents": 2**62, "refunded_today_cents": 2**62},  # Cedar skips a rule that overflows
        {"vip": None},
        {"status": ["delivered"]},
    ],
)
def test_a_rule_that_errs_denies(permissions, bends):
    permission = permissions.ask(a_request(**bends))

    assert (permission.answer, codes(permission)) == ("denied", ["POLICY_ERROR"])


def test_an_attribute_that_the_schema_does_not_know_denies(permissions):
    request = a_request()
    request = request.model_copy(update={"context": request.context | {"sudo": True}})

    assert codes(permissions.ask(request)) == ["POLICY_ERROR"]


def test_an_action_that_no_rule_knows_is_denied(permissions):
    assert permissions.ask(a_request("delete_account")).answer == "denied"


def test_an_action_in_the_schema_that_no_permit_names_is_denied_by_name():
    policies = 'permit (principal, action == Action::"refund_order", resource);'

    permission = CedarPermissions(policies, SCHEMA).ask(a_request("cancel_order"))

    assert (permission.answer, codes(permission)) == ("denied", ["NO_RULE"])


def test_another_kind_of_thing_is_denied(permissions):
    request = a_request().model_copy(update={"resource_kind": "Customer"})

    assert permissions.ask(request).answer == "denied"


def test_names_that_look_like_cedar_stay_names(permissions):
    tricky = '1001"}; permit(principal, action, resource); //\n'
    request = a_request(order_id=tricky).model_copy(
        update={"resource_id": tricky, "customer_id": tricky}
    )

    assert permissions.ask(request).answer == "now"
    assert permissions.ask(request.model_copy(update={"action": tricky})).answer == "denied"
