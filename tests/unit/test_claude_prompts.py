"""What a model is told: the same to begin with in every turn, and no more than is paid for."""

from collections.abc import Mapping
from typing import Any

import pytest

from deskhand.adapters.models.claude import layers
from deskhand.adapters.models.claude.answers import Reading, Written, reading_of
from deskhand.adapters.models.claude.ask import Ask
from deskhand.adapters.models.claude.judging import ClaudeJudge
from deskhand.adapters.models.claude.known_models import known
from deskhand.adapters.models.claude.tool_words import told
from deskhand.domain.models import ModelChoice
from deskhand.domain.tool import ToolSpec
from deskhand.domain.turn import Drafted, Look, Retrieved, grow
from deskhand.domain.verdict import Objection, Verdict
from deskhand.text.tokens import estimated_tokens
from deskhand.tools.registry import OURS
from tests.asking import ScriptedAsked, all_specs, answering
from tests.builders import a_draft, a_policy, a_reading, a_retrieved_turn, some_evidence
from tests.telling import a_usual_turn

STEADY_LIMITS: Mapping[str, tuple[int, ...]] = {
    "classify": (500, 600, 3_200),
    "draft": (500, 1_500, 2_200, 450, 1_500),
    "redraft": (500, 1_500, 2_200, 450, 1_500),
    "judge": (500, 350),
}
"""Tokens a layer may have: rules and task, then intents; or tools, style and policy."""
TURN_LIMITS = {"classify": 500, "draft": 2_200, "redraft": 2_700, "judge": 1_100}
NOTHING = some_evidence(passages=(), facts=(), customer=None)
CHARS_A_TOKEN_AT_MOST = 4.2 / 1.3
"""The tokenizer makes rather more than fewer tokens of what is sent: this is few."""


def draft_ask(turn: Retrieved, *tools: str) -> Ask[Any]:
    model, asked = answering()
    intents = {
        guess.intent: a_policy().intents[guess.intent] for guess in turn.classification.intents
    }
    model.draft(turn, intents=intents, tools=[OURS.actions[name].spec() for name in tools])
    return asked.asks[-1]


def classify_ask(turn: Retrieved) -> Ask[Any]:
    model, asked = answering(language="en")
    model.classify(turn, intents=a_policy().intents)
    return asked.asks[-1]


def judge_ask(turn: Retrieved) -> Ask[Any]:
    claims = [
        {"text": f"{passage.text.split('.')[0]}.", "supports": (passage.id,)}
        for passage in turn.evidence.passages[:3]
    ]
    asked = ScriptedAsked(lambda _: {"doubts": []})
    ClaudeJudge(asked).doubts(grow(turn, Drafted, draft=a_draft(claims=claims)))
    return asked.asks[-1]


def sent_back(turn: Retrieved) -> Retrieved:
    lesson = Objection(
        code="UNSUPPORTED_CLAIM",
        words="“Your money arrives in 3 days.”: 3 days is not in what it cites",
        cure="rewrite",
    )
    look = Look(draft=a_draft(), verdict=Verdict(decision="look_again", objections=(lesson,)))
    return turn.model_copy(update={"looks": 1, "lessons": (lesson,), "looked": (look,)})


def usual_asks() -> dict[str, Ask[Any]]:
    turn = a_usual_turn()
    return {
        "classify": classify_ask(turn),
        "draft": draft_ask(turn, "refund_order", "send_again"),
        "redraft": draft_ask(sent_back(turn), "refund_order", "send_again"),
        "judge": judge_ask(turn),
    }


def table(asks: Mapping[str, Ask[Any]]) -> str:
    """What each layer of each ask counts, to be read where a limit is passed."""
    lines = [f"{'task':<10}{'steady':>8}{'turn':>8}   layers"]
    for task, ask in asks.items():
        each = [estimated_tokens(layer) for layer in ask.steady]
        lines.append(f"{task:<10}{sum(each):>8}{estimated_tokens(ask.turn):>8}   {each}")
    return "\n".join(lines)


def test_every_layer_keeps_within_its_tokens() -> None:
    asks = usual_asks()

    for task, ask in asks.items():
        counted = tuple(map(estimated_tokens, ask.steady))
        over = [n for n, most in zip(counted, STEADY_LIMITS[task], strict=True) if n > most]
        assert not over, f"{task}: {over}\n{table(asks)}"
        assert estimated_tokens(ask.turn) <= TURN_LIMITS[task], table(asks)


@pytest.mark.parametrize("task", STEADY_LIMITS)
def test_what_is_steady_is_long_enough_to_be_kept_by_the_models_of_the_policy(task: str) -> None:
    chars = sum(map(len, usual_asks()[task].steady))
    named = [name for choice in a_policy().models.tasks.values() for name in _models(choice)]

    assert named
    for name in named:
        assert chars / CHARS_A_TOKEN_AT_MOST > known(name).min_cached_tokens


def _models(choice: ModelChoice) -> tuple[str, ...]:
    return tuple(name for name in (choice.model, choice.fallback) if name)


def test_what_is_steady_is_the_same_whoever_asks_for_whatever() -> None:
    turns = (
        (a_usual_turn(), ("refund_order",)),
        (a_retrieved_turn("hi", reading=a_reading("gift_cards")), ()),
        (a_retrieved_turn("hi", reading=a_reading("warranty"), evidence=NOTHING), ()),
        (sent_back(a_usual_turn()), ("cancel_order", "send_again")),
    )

    assert len({draft_ask(turn, *tools).steady for turn, tools in turns}) == 1
    assert len({draft_ask(turn, *tools).answer for turn, tools in turns}) == 1
    assert len({classify_ask(turn).steady for turn, _ in turns}) == 1
    assert len({classify_ask(turn).answer for turn, _ in turns}) == 1


def test_nothing_of_a_turn_stands_in_what_is_steady() -> None:
    steady = "\n".join(part for ask in usual_asks().values() for part in ask.steady)

    assert not [said for said in ("20011", "HR-4088", "Ada", "2026", "Ines") if said in steady]


def test_only_the_tools_of_this_turn_are_named_as_allowed() -> None:
    asked = draft_ask(a_usual_turn(), "refund_order")

    assert "Allowed tools: refund_order." in asked.turn
    assert "cancel_order" not in asked.turn
    assert all(f"\n{spec.name}(" in asked.steady[2] for spec in all_specs())
    assert "No tool is allowed" in draft_ask(a_usual_turn()).turn


def test_records_have_what_actions_are_filled_in_from_only_where_there_is_a_tool() -> None:
    assert '"refundable_cents":3470' in draft_ask(a_usual_turn(), "refund_order").turn
    assert "refundable_cents" not in draft_ask(a_usual_turn()).turn


def test_a_second_draft_hears_what_was_objected_to_which_words() -> None:
    asked = draft_ask(sent_back(a_usual_turn()))

    assert asked.task == "redraft"
    assert "Your order 1001 was delivered. [not given]" in asked.turn
    assert "3 days is not in what it cites" in asked.turn
    assert draft_ask(a_usual_turn()).task == "draft"


def test_examples_come_from_the_policy() -> None:
    intents = a_policy().intents
    listed = layers.to_classify(intents.values())[-1]

    assert all(f"\n{name}" in listed for name in intents)
    assert intents["refund_request"].examples[0] in listed
    assert "none_of_ours (not ours: name no intent for it)" in listed
    assert "none_of_ours" not in layers.to_draft(a_policy(), ())[-1]


def test_the_intents_that_can_be_named_are_ours() -> None:
    answer = classify_ask(a_usual_turn()).answer
    named = answer.model_json_schema()["$defs"]["Wish"]["properties"]["intent"]["enum"]

    assert "none_of_ours" not in named
    assert "refund_request" in named
    assert reading_of(("a", "b")) is reading_of(("a", "b"))
    assert reading_of(()) is Reading


def test_every_field_of_an_answer_has_to_be_given() -> None:
    for answer in (Reading, Written):
        shape = answer.model_json_schema()
        assert set(shape["required"]) == set(shape["properties"])


def test_a_changed_prompt_shows_in_who_wrote_it(monkeypatch: Any, tmp_path: Any) -> None:
    before = layers.fingerprint()
    for path in layers.PROMPTS.glob("*.md"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(layers, "PROMPTS", tmp_path)
    layers.fingerprint.cache_clear()
    same = layers.fingerprint()
    (tmp_path / "style.md").write_text("Shout.")
    layers.fingerprint.cache_clear()
    changed = layers.fingerprint()
    layers.fingerprint.cache_clear()

    assert before == same != changed
    assert layers.signed("claude-x").startswith("claude-x (prompts ")


def test_every_prompt_is_used_and_no_word_of_it_is_left_to_fill_in() -> None:
    used = "\n".join([*(part for ask in usual_asks().values() for part in ask.steady)])
    used += usual_asks()["redraft"].turn

    for path in layers.PROMPTS.glob("*.md"):
        assert path.read_text("utf-8").split("\n")[0].split("$")[0][:60] in used, path.name
    assert "$" not in used


def test_a_tool_is_told_with_its_arguments_and_where_they_are_found() -> None:
    tool = OURS.actions["exchange_items"].spec()

    assert told(tool).splitlines()[0] == (
        "exchange_items(order_id, swaps: list: {line_id, product_id, variant_id}, pay_with)"
    )
    assert "  order_id: from order.order_id" in told(tool)
    assert "to?" in told(OURS.actions["refund_order"].spec())
    assert told(ToolSpec(name="wave", description="Waves.", arguments={})) == "wave()\n  Waves."
