"""Whatever a model answers in the right shape becomes a reading or a draft that the gate judges."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from deskhand.adapters.models.claude.answers import (
    LONGEST_ARGUMENTS,
    LONGEST_SENTENCE,
    MOST_ACTIONS,
    MOST_CITED,
    MOST_CLAIMS,
    MOST_WISHES,
)
from deskhand.adapters.models.claude.judging import ClaudeJudge
from deskhand.domain.turn import Drafted, dump_turn, grow, load_turn
from tests.asking import ScriptedAsked, answering
from tests.builders import a_draft, a_policy, a_retrieved_turn
from tests.judging import judged

bounded = settings(max_examples=150, deadline=None, derandomize=True, database=None)
anything = st.text(max_size=60) | st.sampled_from(
    [
        "order_status",
        "refund_request",
        "P1",
        "F1",
        "A1",
        "[P1]",
        "P99",
        "order:1001",
        "\u202e\0",
        "",
    ]
)
numbers = st.floats(allow_nan=False, allow_infinity=False) | st.floats(0, 1)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=12,
)
arguments = st.text(max_size=80) | st.fixed_dictionaries(
    {}, optional={"order_id": values | st.just("1001"), "amount_cents": values, "why": values}
).map(lambda read: json.dumps(read)[:LONGEST_ARGUMENTS])
tools = anything | st.sampled_from(["refund_order", "give_credit", "delete_account", "file_bug"])
sentences = st.fixed_dictionaries(
    {
        "text": anything | st.just("Parcels travel two to four days."),
        "supports": st.lists(anything, max_size=MOST_CITED),
        "quotes": st.lists(anything, max_size=MOST_CITED),
    }
)
written = st.fixed_dictionaries(
    {
        "claims": st.lists(sentences, max_size=MOST_CLAIMS),
        "actions": st.lists(
            st.fixed_dictionaries({"tool": tools, "arguments": arguments}), max_size=MOST_ACTIONS
        ),
        "question": anything,
        "missing": anything,
        "confidence": numbers,
    }
)
readings = st.fixed_dictionaries(
    {
        "intents": st.lists(
            st.fixed_dictionaries({"intent": anything, "confidence": numbers, "part": anything}),
            max_size=MOST_WISHES,
        ),
        "question": st.text(max_size=LONGEST_SENTENCE),
        "language": anything,
        "sentiment": st.sampled_from(["angry", "unhappy", "neutral", "happy"]),
        "urgency": st.sampled_from(["low", "normal", "high"]),
        "wants_person": st.booleans(),
    }
)


@bounded
@given(answer=written)
def test_every_answer_becomes_a_draft_that_can_be_judged_and_stored(answer: Any) -> None:
    model, _ = answering(**answer)
    turn = a_retrieved_turn()
    draft = model.draft(turn, intents=a_policy().intents, tools=[])
    stored = load_turn(dump_turn(grow(turn, Drafted, draft=draft)))

    assert isinstance(stored, Drafted)
    assert stored.draft == draft
    assert judged(stored).decision in {"send", "await_approval", "look_again", "escalate"}
    assert len(draft.actions) == len(answer["actions"])


@bounded
@given(answer=readings)
def test_every_reading_names_intents_of_the_policy_and_no_others(answer: Any) -> None:
    model, _ = answering(**answer)
    reading = model.classify(a_retrieved_turn(), intents=a_policy().intents)
    named = [guess.intent for guess in reading.intents]

    assert len(set(named)) == len(named)
    assert set(named) <= {name for name, one in a_policy().intents.items() if one.ours}
    assert all(0 < guess.confidence <= 0.9 and guess.part for guess in reading.intents)


@bounded
@given(
    answer=st.lists(
        st.fixed_dictionaries({"sentence": st.integers(), "why": anything}), max_size=MOST_CLAIMS
    )
)
def test_a_judge_never_doubts_what_nobody_said(answer: Any) -> None:
    draft = a_draft()
    asked = ScriptedAsked(lambda _: {"doubts": answer})
    doubts, _ = ClaudeJudge(asked).doubts(grow(a_retrieved_turn(), Drafted, draft=draft))

    assert {doubt.claim for doubt in doubts} <= {claim.text for claim in draft.claims}
    assert all(doubt.why for doubt in doubts)
