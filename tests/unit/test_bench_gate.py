"""The benchmark of the gate compares like with like: Cedar and Python answer the same."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskhand.adapters.cedar.permissions import CedarPermissions
from deskhand.adapters.cedar.search import with_values
from scripts.deskhand_cli.bench_gate import PythonPermissions, questions
from scripts.deskhand_cli.bench_gate_rules import LIMITS, cedar_rules
from tests.builders import ROOT

SCHEMA = (ROOT / "policies" / "actions.cedarschema").read_text(encoding="utf-8")
NEAR = (0, 1, 30, 31, 32, 50_00, 50_01, 100_00, 100_01, 150_01, 1000_01, -1)
BENT = {
    ("principal", "vip"): st.booleans(),
    ("principal", "flagged"): st.booleans(),
    ("resource", "status"): st.sampled_from(["placed", "shipped", "delivered", "lost"]),
    ("resource", "delivered_days"): st.sampled_from(NEAR),
    ("resource", "refundable_cents"): st.sampled_from(NEAR),
    ("resource", "ship_to_country"): st.sampled_from(["NL", "FR"]),
    ("context", "verified"): st.booleans(),
    ("context", "shown"): st.booleans(),
    ("context", "approved"): st.booleans(),
    ("context", "stopped"): st.booleans(),
    ("context", "intent"): st.sampled_from(["refund_request", "damaged_item"]),
    ("context", "currency"): st.sampled_from(["EUR", "USD"]),
    ("context", "amount_cents"): st.sampled_from(NEAR),
    ("context", "refunds_in_7_days"): st.sampled_from((0, 1, 2)),
    ("context", "attempts_in_1_hour"): st.sampled_from((0, 3, 4)),
    ("context", "refunded_today_cents"): st.sampled_from(NEAR),
    ("context", "customer_today_cents"): st.sampled_from(NEAR),
    ("context", "ticket_cents"): st.sampled_from(NEAR),
}


@cache
def cedar(count: int) -> CedarPermissions:
    return CedarPermissions(cedar_rules(count), SCHEMA)


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(
    count=st.sampled_from([2, 20, 60]),
    bends=st.lists(st.sampled_from(sorted(BENT)), max_size=4, unique=True).flatmap(
        lambda places: st.fixed_dictionaries({place: BENT[place] for place in places})
    ),
)
def test_both_gates_answer_the_same_for_the_same_reasons(count, bends) -> None:
    [request, *_] = questions(cedar(20))
    request = with_values(request, bends)

    in_cedar, in_python = cedar(count).ask(request), PythonPermissions(count).ask(request)

    assert in_cedar.answer == in_python.answer
    assert [one.code for one in in_cedar.reasons] == [one.code for one in in_python.reasons]


def test_the_questions_are_one_of_each_kind() -> None:
    answers = [cedar(100).ask(request).answer for request in questions(cedar(100))]

    assert answers == ["now", "if_approved", "denied"]


@pytest.mark.parametrize("count", [20, 100])
def test_there_are_as_many_rules_as_are_said(count: int) -> None:
    assert len(cedar(count).rules.rules) == count
    assert len(LIMITS) == 19
