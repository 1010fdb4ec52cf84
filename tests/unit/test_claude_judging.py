"""A judge reads sentences beside what they cite; its word can only make the gate stricter."""

from typing import Any

from deskhand.adapters.models.claude.judging import ClaudeJudge
from deskhand.domain.draft import Claim, Doubt
from deskhand.domain.usage import Usage
from tests.asking import SPENT, ScriptedAsked
from tests.builders import a_draft, a_drafted_turn, a_passage, some_evidence

ORDER = Claim(text="Your order 1001 was delivered.", supports=("order:1001",))
PARCELS = Claim(text="Parcels travel two to four days.", supports=("shipping#1", "made-up"))
KIND = Claim(text="I am always happy to help.", supports=("shipping#1",))
BARE = Claim(text="Parcels are blue.", supports=())
DONE = Claim(text="I refund it.", supports=("action:refund_order:1",))


def judged(*claims: Claim, doubts: Any = (), **bent: Any) -> Any:
    asked = ScriptedAsked(lambda _: {"doubts": list(doubts)})
    turn = a_drafted_turn(draft=a_draft(claims=claims), **bent)
    found, usage = ClaudeJudge(asked).doubts(turn)
    return found, usage, asked.asks


def test_a_doubted_sentence_is_named_with_why() -> None:
    found, usage, _ = judged(ORDER, PARCELS, doubts=[{"sentence": 2, "why": "it\nsays five"}])

    assert found == (Doubt(claim=PARCELS.text, why="it says five"),)
    assert usage == SPENT


def test_a_sentence_that_nobody_wrote_is_not_doubted() -> None:
    numbers = (0, -1, 3, 10**9)
    found, _, _ = judged(ORDER, PARCELS, doubts=[{"sentence": n, "why": "x"} for n in numbers])

    assert found == ()


def test_a_doubt_without_a_reason_is_a_doubt() -> None:
    found, _, _ = judged(ORDER, doubts=[{"sentence": 1, "why": ""}])

    assert found == (Doubt(claim=ORDER.text, why="it gave no reason"),)


def test_where_no_sentence_cites_anything_nobody_is_asked() -> None:
    assert judged(BARE, KIND, DONE) == ((), Usage(), [])


def test_a_judge_sees_the_sentences_and_what_they_cite_and_nothing_else() -> None:
    other = a_passage("Owls fly at night.", id="owls#1")
    evidence = some_evidence(passages=(a_passage(), other))
    _, _, (ask,) = judged(PARCELS, BARE, ORDER, evidence=evidence, subject="Secret", messages=())

    assert ask.task == "judge"
    assert "Sentence 1 cites P1:" in ask.turn
    assert "Sentence 2 cites F1:" in ask.turn
    assert "Parcels travel two to four days." in ask.turn
    assert not [word for word in ("Owls", "blue", "Secret", "refundable") if word in ask.turn]


def test_what_a_judge_is_told_of_records_is_what_a_customer_is_told() -> None:
    _, _, (ask,) = judged(ORDER)

    assert "Your order 1001 was delivered." in ask.turn
    assert "total_cents" not in ask.turn
