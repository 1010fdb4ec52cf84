"""What a usual conversation costs is counted and priced so that anybody can reckon it again."""

import json

import pytest

from deskhand.domain.models import ModelChoice, Models, Price, Task
from scripts.evaluation.cost_conversations import CountedTurn, conversations_in
from scripts.evaluation.cost_report import CostReport
from scripts.evaluation.cost_tiers import (
    Cost,
    Tier,
    chance_gone,
    costs,
    judge_microusd,
    redraft_microusd,
    usage_of,
)
from scripts.evaluation.cost_tokens import CountedAsk, counted
from tests.asking import HEARD, answering
from tests.builders import a_policy, a_turn
from tests.terminal import Command, typed

HAIKU, SONNET, OPUS = "claude-haiku-5-5", "claude-sonnet-5-5", "claude-opus-5-5"
SHARES = {"cache_read_microusd": 0.1, "cache_write_microusd": 2, "output_microusd": 5}


def a_price(input_microusd: int) -> Price:
    others = {name: round(share * input_microusd) for name, share in SHARES.items()}
    return Price(input_microusd=input_microusd, **others)


def some_models(redraft: str = SONNET) -> Models:
    named: dict[Task, str] = {"classify": HAIKU, "draft": HAIKU, "redraft": redraft}
    return Models(
        tasks={
            task: ModelChoice(model=model, max_tokens=9, timeout_s=9)
            for task, model in named.items()
        },
        prices={HAIKU: a_price(100), SONNET: a_price(2_000), OPUS: a_price(4_000)},
    )


def an_ask(task: Task = "draft", steady: int = 10_000) -> CountedAsk:
    return CountedAsk(task=task, steady_tokens=steady, turn_tokens=1_000, output_tokens=100)


def a_turn_counted(*, locally_read: bool = True, steady: int = 10_000) -> CountedTurn:
    return CountedTurn(
        ending="answered",
        locally_read=locally_read,
        classify=an_ask("classify", steady),
        draft=an_ask("draft", steady),
        redraft=an_ask("redraft", steady),
        judge=an_ask("judge", steady),
    )


THREE = (a_turn_counted(),) * 3
ANEW, WRITES, READS = 1_150, 2_150, 250
"""One ask of Haiku in millionths: 100 of the turn, 50 of the answer, and the steady part."""


def first(*turns: CountedTurn, an_hour: float = 1_000.0) -> Cost:
    return costs([turns or THREE], some_models(), conversations_an_hour=an_hour)[0]


def test_each_state_of_the_cache_has_its_price() -> None:
    assert first().microusd == {"none": 3 * ANEW, "cold": WRITES + 2 * READS, "usual": 3 * READS}


def test_where_nobody_writes_for_long_every_ask_writes_the_cache_anew() -> None:
    assert first(an_hour=0.0001).microusd["usual"] == pytest.approx(3 * WRITES, abs=5)


def test_a_prefix_that_is_too_short_to_be_kept_is_paid_in_full() -> None:
    short = first(a_turn_counted(steady=400))

    assert set(short.microusd.values()) == {190}
    assert usage_of(an_ask(steady=400), HAIKU, written=True).cache_write_tokens == 0


def test_what_the_local_classifier_is_sure_of_costs_nothing() -> None:
    sure, unsure = first(*THREE), first(*(a_turn_counted(locally_read=False),) * 3)

    assert unsure.microusd["usual"] == 2 * sure.microusd["usual"]


def test_the_policys_own_models_come_first_and_then_larger_ones() -> None:
    found = costs([THREE], some_models(), conversations_an_hour=20.0)

    assert [one.tier.name for one in found] == [
        "local + Haiku",
        "Haiku + Haiku",
        "Haiku + Sonnet",
        "Sonnet + Sonnet",
        "Haiku + Opus",
    ]
    usual = [one.microusd["usual"] for one in found]
    assert usual == sorted(usual)


def test_a_turn_is_a_third_and_a_resolution_pays_for_those_that_are_none() -> None:
    cost = Cost(Tier("x", HAIKU, HAIKU), {"none": 9, "cold": 9, "usual": 1_200})

    assert (cost.turn_microusd, cost.resolution_microusd) == (400, 2_000)
    told = cost.as_json()
    assert (told["times_below_published"], told["within_target"]) == (10.83, True)


def test_an_hour_keeps_a_prefix_unless_nobody_asks() -> None:
    assert chance_gone(0) == 1
    assert chance_gone(60) < 1e-20


def test_a_draft_that_was_sent_back_costs_what_its_model_does() -> None:
    assert redraft_microusd([THREE], some_models(SONNET)) == 20 * READS
    without = some_models().model_copy(
        update={"tasks": {k: v for k, v in some_models().tasks.items() if k != "redraft"}}
    )
    assert redraft_microusd([THREE], without) == READS


def test_a_judge_costs_what_its_model_does_and_reads_only_what_was_said() -> None:
    silent = a_turn_counted().model_copy(update={"judge": None})

    assert judge_microusd([(*THREE, silent)], some_models()) == READS


def test_the_report_says_how_many_may_be_sent_back_within_the_target() -> None:
    report = CostReport([THREE], some_models(), "estimated", 1_000.0)

    assert report.redrafts_within_target == pytest.approx((4_000 - 3 * READS) / (3 * 20 * READS))
    assert any("up to 22% of turns" in line for line in report.notes())
    dear = CostReport([THREE * 6], some_models(), "estimated", 1_000.0)
    assert any("no room" in line for line in dear.notes())


def test_the_layers_and_the_shape_of_the_answer_are_steady() -> None:
    model, asked = answering(**HEARD)
    model.classify(a_turn(), intents=a_policy().intents)
    (ask,) = asked.asks
    answer = ask.answer.model_validate(HEARD)

    found = counted(ask, answer, tokens=len)
    assert found.steady_tokens > sum(map(len, ask.steady))
    assert found.turn_tokens == len(ask.turn)
    assert found.output_tokens == len(answer.model_dump_json())


def test_a_usual_conversation_has_three_turns() -> None:
    conversations = conversations_in()

    assert len(conversations) >= 5
    assert {len(one.says) for one in conversations} == {3}


@pytest.fixture
def deskhand(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs `deskhand evaluate cost`."""
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.delenv("ANTHROPIC_API_KEY", raising=False)
    return typed(monkeypatch, capsys, "evaluate", "cost")


def test_with_the_sample_shop_the_policys_models_stay_within_the_target(
    deskhand: Command,
) -> None:
    code, said, _ = deskhand("--json")

    found = json.loads(said)
    assert code == 0
    assert found["tokens"] == "estimated"
    ours = found["tiers"][0]
    assert ours["within_target"]
    assert ours["conversation_microusd"]["usual"] <= found["target_microusd"]
    turns = [turn for conversation in found["conversations"] for turn in conversation]
    assert {turn["ending"] for turn in turns} == {"answered"}
    assert len({turn["draft"]["steady_tokens"] for turn in turns}) == 1


def test_people_see_a_table_and_what_it_stands_on(deskhand: Command) -> None:
    code, said, _ = deskhand("--conversations-an-hour", "2")

    assert code == 0
    assert "local + Haiku" in said
    assert "within the target" in said
    assert "2 conversations an hour" in " ".join(said.split())
