"""Whatever is drafted, asked and true: the gate never lets through what no rule allows."""

from hypothesis import given, settings
from hypothesis import strategies as st

from deskhand.domain.ledger import Counters
from deskhand.stages.gate import judge, permission_request
from deskhand.stages.objections.reading import checked
from deskhand.tools.registry import OURS
from tests.builders import (
    a_cancellation,
    a_customer,
    a_policy,
    a_reading,
    a_refund,
    an_approval,
    an_order_fact,
    some_evidence,
)
from tests.judging import a_request_turn, asking, guesses, saying, shipped_permissions

ASKED = asking(a_cancellation(), words="the cancellation of order 1001")
CLAIMS = (
    ("Your order 1001 was delivered.", "order:1001"),
    ("Parcels travel two to nine days.", "shipping#1"),
    ("I have refunded everything.", "order:1001"),
    ("Hello!",),
)
orders = st.builds(
    an_order_fact,
    st.sampled_from(["1001", "1002"]),
    status=st.sampled_from(["placed", "packed", "shipped", "delivered", "cancelled", "returned"]),
    total_cents=st.integers(0, 200_00),
    refundable_cents=st.integers(0, 200_00),
    delivered_days=st.integers(-1, 60),
    ship_to_country=st.sampled_from(["DE", "FR"]),
)
actions = st.one_of(
    st.builds(a_refund, st.integers(-1, 200_00), st.sampled_from(["1001", "1002", "9"])),
    st.builds(a_cancellation, st.sampled_from(["1001", "1002", "9"])),
)


@st.composite
def turns(draw):
    customer = draw(st.none() | st.builds(a_customer, vip=st.booleans(), flagged=st.booleans()))
    facts = tuple({fact.id: fact for fact in draw(st.lists(orders, max_size=2))}.values())
    proposed = tuple(draw(st.lists(actions, max_size=3)))
    names = draw(
        st.lists(st.sampled_from(["refund_request", "cancel_order", "thanks", "x"]), max_size=2)
    )
    turn = a_request_turn(
        draw(st.sampled_from(["Please.", "yes", "no", "yes, but later", "my lawyer"])),
        reading=a_reading(intents=guesses(*names)),
        draft=saying(
            *draw(st.lists(st.sampled_from(CLAIMS), max_size=2)),
            actions=proposed,
            question=draw(st.sampled_from(["", "Which one?"])),
        ),
        evidence=some_evidence(customer=customer, facts=facts),
        history=draw(st.sampled_from([(), (ASKED,)])),
        looks=draw(st.integers(0, 2)),
    )
    if not draw(st.booleans()):
        return turn
    state = draw(st.sampled_from(["approved", "rejected", "expired"]))
    decision = an_approval(turn, state=state, actions=proposed[:1])
    return turn.model_copy(update={"decisions": (decision,)})


counted = st.builds(
    Counters,
    refunds_in_7_days=st.integers(0, 2),
    attempts_in_1_hour=st.integers(0, 4),
    refunded_today_cents=st.integers(0, 1_100_00),
)


@settings(max_examples=300, deadline=None)
@given(turns(), counted)
def test_what_may_be_done_was_proposed_is_allowed_and_is_nobodys_else(turn, counters):
    verdict = judge(
        turn, policy=a_policy(), permissions=shipped_permissions(), counters=counters, tools=OURS
    )

    assert set(map(id_of, verdict.actions)) <= set(map(id_of, turn.draft.actions))
    if verdict.decision != "send":
        return
    for proposed in verdict.actions:
        action = checked(proposed, OURS)
        assert action is not None
        assert turn.evidence.customer is not None
        request = permission_request(
            turn, action, turn.evidence.known, counters, policy=a_policy(), tools=OURS
        )
        assert shipped_permissions().ask(request).answer == "now"


@settings(max_examples=300, deadline=None)
@given(turns(), counted)
def test_the_decision_follows_from_the_cures(turn, counters):
    verdict = judge(
        turn, policy=a_policy(), permissions=shipped_permissions(), counters=counters, tools=OURS
    )
    cures = {objection.cure for objection in verdict.objections}

    if "person" in cures:
        assert verdict.decision == "escalate"
    if verdict.decision == "send":
        assert not cures & {"person", "approval", "rewrite", "look_again"}
    if verdict.decision == "await_approval":
        assert "approval" in cures
    if verdict.decision == "look_again":
        assert turn.looks < a_policy().replies.max_looks
    if verdict.decision == "escalate":
        assert cures & {"person", "rewrite", "look_again"}


def id_of(action):
    return action.id
