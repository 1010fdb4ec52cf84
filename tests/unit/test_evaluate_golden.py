"""What is marked about a golden ticket, and the figures that come of the marks."""

import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from deskhand.domain.evidence import Evidence
from deskhand.domain.turn import Ending
from deskhand.domain.verdict import Objection, Verdict
from scripts.evaluation import golden_marks as mark
from scripts.evaluation.golden import GoldenFileError, GoldenTurn
from scripts.evaluation.golden_baseline import (
    baseline_of,
    compared,
    read_baseline,
    write_baseline,
)
from scripts.evaluation.golden_figures import confusions, escalation_of, pass_at, share, timings_of
from scripts.evaluation.golden_html import page
from scripts.evaluation.golden_junit import junit
from scripts.evaluation.golden_report import GoldenReport
from scripts.evaluation.golden_results import TicketResult, TurnResult
from scripts.evaluation.golden_run import Plan, Results
from scripts.evaluation.golden_summary import summary
from tests.builders import (
    NOON,
    a_draft,
    a_drafted_turn,
    a_passage,
    a_policy,
    a_reading,
    a_refund,
    a_turn,
)
from tests.evaluating import a_golden_ticket

RIGHT = {"intent": True, "ending": True, "escalation": True}
REFUND = {"name": "refund_order", "ruling": "allowed"}


def a_label(**bent: Any) -> GoldenTurn:
    return GoldenTurn.model_validate({"text": "x", "endings": ["answered"]} | bent)


def a_turn_result(**bent: Any) -> TurnResult:
    given = TurnResult(
        text="Do you deliver to Norway?",
        wanted=("delivery_times",),
        read=("delivery_times",),
        endings=("answered",),
        ended="answered",
        codes=(),
        reply="Six days.",
        whole=dict(RIGHT),
        alone={"intent": True},
        differences=(),
        needs_person=False,
        had_person=False,
        rank=1,
        confidence=0.8,
        written_by="offline",
        stages_ms={"classify": 2.0, "gate": 1.0},
        stages_microusd={"classify": 0},
    )
    return replace(given, **bent)


def a_result(id_: str = "norway", *turns: TurnResult, label: str = "1234abcd") -> TicketResult:
    return TicketResult(id_, label, turns or (a_turn_result(),))


def wrong(**bent: Any) -> TurnResult:
    """A message that ended otherwise than it should have."""
    return a_turn_result(whole=RIGHT | {"ending": False}, differences=("ending: x",), **bent)


def results(*some: TicketResult) -> Results:
    return {one.id: (one,) for one in some}


def a_report(found: Results, **bent: Any) -> GoldenReport:
    plan = Plan(tickets=(a_golden_ticket(),), **bent)
    return summary(plan, found, seconds=1.0, seed=7)


def many(count: int, result: Callable[[int], TurnResult]) -> Results:
    return results(*(a_result(f"t{number:03}", result(number)) for number in range(count)))


@pytest.mark.parametrize(
    ("wanted", "read", "right"),
    [
        (["order_status"], a_reading("order_status"), True),
        (["order_status", "thanks"], a_reading("order_status"), False),
        ([], a_reading("order_status"), False),
        (["order_status"], None, False),
    ],
)
def test_an_intent_is_right_only_as_the_whole_set(wanted, read, right) -> None:
    assert mark.intent_mark(a_label(intents=wanted), read) is right


def test_retrieval_wants_one_article_and_every_record() -> None:
    found = Evidence(passages=(a_passage(article_id="delivery"),))

    assert mark.retrieval_mark(a_label(articles=["returns", "delivery"]), found) is True
    assert mark.retrieval_mark(a_label(articles=["returns"]), found) is False
    assert mark.retrieval_mark(a_label(articles=["delivery"], facts=["order:1"]), found) is False
    assert mark.retrieval_mark(a_label(), found) is None


def test_words_that_the_label_forbids_are_not_grounded_wherever_they_stand() -> None:
    turn = a_drafted_turn()

    assert mark.grounding_mark(a_label(), turn, a_policy()) is True
    said = turn.draft.claims[0].text.split()[0]
    assert mark.grounding_mark(a_label(never_says=[said]), turn, a_policy()) is False


@pytest.mark.parametrize(
    ("text", "phrase", "there"),
    [
        ("It costs 9.90 EUR.", "9.90", True),
        ("It costs 19.90 EUR.", "9.90", False),
        ("within  THIRTY days", "thirty days", True),
        ("the word", "wor", False),
    ],
)
def test_a_phrase_stands_there_as_whole_words(text: str, phrase: str, there: bool) -> None:
    assert mark.says(text, phrase) is there


@pytest.mark.parametrize(
    ("cure", "endings", "ruling", "right"),
    [
        ("confirm", ["asked_customer"], "allowed", True),
        ("confirm", ["answered"], "allowed", False),
        ("explain", ["answered"], "denied", True),
        ("explain", ["answered"], "allowed", False),
        ("approval", ["answered"], "asked", True),
        ("rewrite", ["answered"], "allowed", False),
    ],
)
def test_a_ruling_is_what_the_label_says(
    cure: Any, endings: list[str], ruling: str, right: bool
) -> None:
    refund = a_refund()
    why = Objection(code="X", words="x", cure=cure, about=refund.id)
    said = mark.rulings(Verdict(decision="send", objections=(why,)), [refund])
    label = a_label(endings=endings, actions=[REFUND | {"ruling": ruling}])

    assert mark.ruling_mark(label, said, with_person=False) is right


def test_what_a_person_has_whole_they_are_asked_about() -> None:
    label = a_label(endings=["answered", "handed_over"], actions=[REFUND | {"ruling": "asked"}])

    assert mark.ruling_mark(label, {}, with_person=True) is True
    assert mark.ruling_mark(label, {}, with_person=False) is False


def test_a_proposal_is_right_with_the_labelled_arguments_and_no_other_action() -> None:
    label = a_label(actions=[REFUND | {"arguments": {"order_id": "1001"}}])

    assert mark.proposal_mark(label, a_draft(actions=(a_refund(),))) is True
    assert mark.proposal_mark(label, a_draft(actions=(a_refund(order_id="1002"),))) is False
    assert mark.proposal_mark(a_label(), a_draft(actions=(a_refund(),))) is False
    assert mark.proposal_mark(a_label(), a_draft()) is None


def test_an_escalation_is_right_only_for_a_labelled_reason() -> None:
    label = a_label(endings=["handed_over"], codes=["LEGAL"])

    assert mark.escalation_mark(label, asked=True, codes=["LEGAL"]) is True
    assert mark.escalation_mark(label, asked=True, codes=["VIP"]) is False
    assert mark.escalation_mark(label, asked=False, codes=[]) is False
    assert mark.escalation_mark(a_label(), asked=True, codes=[]) is False
    either = a_label(endings=["answered", "handed_over"])
    assert mark.escalation_mark(either, asked=True, codes=[]) is None


@pytest.mark.parametrize(
    ("reply", "fault"),
    [
        ("Six days.", "does not say that an AI writes"),
        ("{hello} I am sorry. So sorry.", "apologises more than once"),
        ("{hello} I promise it arrives.", "promises: i promise"),
        ("{hello} " + "word " * 400, "has 400 words"),
        ("{hello} It takes 30 days.", "says “30 days”"),
        ("{hello} It takes six days.", ""),
    ],
)
def test_a_reply_keeps_its_manners(reply: str, fault: str) -> None:
    policy = a_policy()
    text = reply.format(hello=policy.replies.introduction)
    ending = Ending(kind="answered", why="x", at=NOON, reply=text)

    found = list(mark.reply_faults(a_label(never_says=["30 days"]), a_turn(), ending, policy))

    assert found == ([fault] if fault else [])


def test_over_and_under_escalation_are_told_apart() -> None:
    found = escalation_of(
        [
            a_turn_result(needs_person=True, had_person=True),
            a_turn_result(needs_person=True, had_person=False),
            a_turn_result(needs_person=False, had_person=True),
            a_turn_result(needs_person=False, had_person=True),
            a_turn_result(needs_person=None, had_person=True),
        ]
    )

    assert (found.needed, found.brought, found.over, found.under) == (2, 3, 2, 1)
    assert found.precision == pytest.approx(1 / 3)
    assert found.recall == pytest.approx(1 / 2)


def test_what_is_read_instead_is_paired_with_what_was_wanted() -> None:
    turns = [a_turn_result(read=("gift_cards",))] * 2 + [a_turn_result(read=())]

    assert confusions(turns) == (
        ("delivery_times", "gift_cards", 2),
        ("delivery_times", "nothing more", 1),
    )


def test_pass_at_k_does_not_flatter_a_model_that_is_random() -> None:
    """Each run comes out right half of the time: four in a row do so one time in sixteen."""
    draw = Random(7)
    found = {
        f"t{number}": tuple(
            a_result(f"t{number}", a_turn_result() if draw.random() < 0.5 else wrong())
            for _ in range(8)
        )
        for number in range(4_000)
    }

    told = pass_at(found)

    assert told[1] == pytest.approx(0.5, abs=0.02)
    assert told[4] == pytest.approx(1 / 16, abs=0.01)
    assert told[8] == pytest.approx(1 / 256, abs=0.005)
    assert pass_at(results(a_result())) == {1: 1.0}


def test_time_and_cost_are_told_of_each_stage_and_of_all_together() -> None:
    turns = [
        a_turn_result(
            stages_ms={"classify": 10.0 * n, "gate": 1.0}, stages_microusd={"classify": n}
        )
        for n in range(1, 4)
    ]

    classify, gate, together = timings_of(turns)

    assert (classify.stage, classify.median_ms, classify.mean_microusd) == ("classify", 20.0, 2.0)
    assert (gate.p95_ms, gate.mean_microusd) == (1.0, 0.0)
    assert (together.median_ms, together.mean_microusd) == (21.0, 2.0)


def test_an_interval_grows_with_messages_that_belong_together() -> None:
    apart = many(100, lambda n: a_turn_result() if n % 2 else wrong())
    together = results(
        *(
            a_result(f"t{n}", *([a_turn_result()] * 10 if n % 2 else [wrong()] * 10))
            for n in range(10)
        )
    )

    one = share(apart, lambda turn: turn.whole, "ending", seed=7)
    other = share(together, lambda turn: turn.whole, "ending", seed=7)

    assert one
    assert other
    assert (one.value, one.of, other.value, other.of) == (0.5, 100, 0.5, 100)
    assert other.high - other.low > 2 * (one.high - one.low)


def test_a_real_drop_is_told_from_noise() -> None:
    before = baseline_of(many(200, lambda n: a_turn_result()), model="offline")
    a_few = many(200, lambda n: wrong() if n < 2 else a_turn_result())
    flat = many(200, lambda n: wrong() if n < 20 else a_turn_result())

    noise = compared(a_few, before, model="offline", seed=7)
    drop = compared(flat, before, model="offline", seed=7)

    assert (noise.drops, noise.worse) == ((), ("t000", "t001"))
    assert [(one.measure, one.way) for one in drop.drops] == [("ending", "whole")]
    assert compared(flat, before, model="claude", seed=7).drops == ()


def test_what_is_new_or_labelled_otherwise_is_not_compared() -> None:
    before = baseline_of(results(a_result("old"), a_result("same")), model="offline")
    now = results(a_result("old", wrong(), label="other"), a_result("same"), a_result("new"))

    found = compared(now, before, model="offline", seed=7)

    assert (found.compared, found.left_out, found.drops) == (1, ("old", "new"), ())


def test_a_ticket_that_is_not_walked_any_more_is_named() -> None:
    before = baseline_of(results(a_result("gone", wrong()), a_result("same")), model="offline")
    found = compared(results(a_result("same")), before, model="offline", seed=7)

    assert (found.compared, found.missing) == (1, ("gone",))


def test_a_baseline_is_one_line_a_ticket_and_reads_back(tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    kept = baseline_of(results(a_result("a", wrong()), a_result("b")), model="offline")

    write_baseline(kept, file)

    assert read_baseline(file) == kept
    assert '    "a": {"label": "1234abcd", "whole": {"ending": 0.0}},\n' in file.read_text()
    file.write_text("{}")
    with pytest.raises(GoldenFileError, match="this is no baseline"):
        read_baseline(file)


def test_what_customers_write_stands_in_the_page_as_text() -> None:
    nasty = '<script>alert("x")</script><img src=x onerror=y>'
    found = results(a_result("norway", wrong(reply=nasty) and replace(wrong(), text=nasty)))

    told = page(a_report(found), found, None)

    assert "<script" not in told
    assert "<img" not in told
    assert "&lt;script&gt;alert(&quot;x&quot;)" in told
    assert "http" not in told.replace("http-equiv", "")


def test_the_page_tells_what_has_changed() -> None:
    before = baseline_of(many(200, lambda n: a_turn_result()), model="offline")
    now = many(200, lambda n: wrong() if n < 20 else a_turn_result())

    told = page(a_report(now), now, compared(now, before, model="offline", seed=7))

    assert "a real drop" in told
    assert "100.0%" in told
    assert "90.0%" in told


def test_ci_fails_only_for_what_was_right_before() -> None:
    before = baseline_of(results(a_result("known", wrong()), a_result("fresh")), model="offline")
    now = results(a_result("known", wrong()), a_result("fresh", wrong()))
    comparison = compared(now, before, model="offline", seed=7)

    root = ElementTree.fromstring(junit(a_report(now), now, comparison))

    tickets, scores = root.findall("testsuite")
    cases = {case.get("name"): [one.tag for one in case] for case in tickets}
    assert cases == {"known": ["skipped"], "fresh": ["failure"]}
    assert (tickets.get("tests"), tickets.get("failures"), tickets.get("skipped")) == (
        *("2", "1", "1"),
    )
    assert {case.get("name") for case in scores} >= {"intent", "ending"}


def test_what_xml_forbids_is_not_written_to_it() -> None:
    found = results(a_result("norway", replace(wrong(), differences=("bad \x00\x1b\ud800 text",))))

    ElementTree.fromstring(junit(a_report(found), found, None))


def test_a_ticket_has_another_fingerprint_once_its_label_is_another_one() -> None:
    one, same, other = (
        a_golden_ticket(),
        a_golden_ticket(),
        a_golden_ticket(subject="Norway"),
    )

    assert one.fingerprint == same.fingerprint != other.fingerprint
    assert json.loads(one.model_dump_json(by_alias=True))["from"]["email"] == "ada@example.com"
