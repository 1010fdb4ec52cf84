"""The claim check redeemed: a step runs once, and never on a turn that has moved on."""

from collections.abc import Iterator
from typing import Any

import pytest

from deskhand.domain.classification import Classification
from deskhand.domain.draft import Draft
from deskhand.domain.evidence import Evidence
from deskhand.domain.growth import grown
from deskhand.domain.turn import (
    Classified,
    Drafted,
    Ended,
    Ending,
    Envelope,
    Judged,
    Parked,
    Retrieved,
    Turn,
    dump_turn,
    grow,
    load_turn,
)
from deskhand.domain.verdict import Objection, Verdict
from deskhand.errors import Rejected, Unavailable
from deskhand.runtime import last_step, parking_step, step
from deskhand.stages.ask_person import ask_person
from deskhand.stages.escalate import escalate
from deskhand.tools.registry import OURS
from tests.builders import (
    CONVERSATION,
    NOON,
    a_classified_turn,
    a_draft,
    a_drafted_turn,
    a_judged_turn,
    a_policy,
    a_reading,
    some_evidence,
)
from tests.memory_house import MemoryHouse, ended
from tests.wired import wired_to


@pytest.fixture
def house() -> Iterator[MemoryHouse]:
    house = MemoryHouse()
    with wired_to(house):
        yield house


def check_of(turn: Turn, **bent: Any) -> dict[str, Any]:
    return Envelope.of(turn).model_dump(mode="json") | bent


def asked(turn: Judged, task_token: str) -> Parked:
    return ask_person(
        turn,
        task_token=task_token,
        policy=a_policy(),
        tools=OURS,
        link=lambda _: "",
        now=NOON,
    )


def test_a_step_runs_on_the_stage_that_it_takes_and_stores_what_it_found(
    house: MemoryHouse,
) -> None:
    runs: list[str] = []

    @step
    def classify(turn: Turn) -> Classification:
        runs.append(turn.text)
        return a_reading()

    house.arrives("Where is it?")
    turn = house.conversations.open_turn(CONVERSATION, now=NOON, lease_s=900)
    assert turn is not None
    answers = [classify(check_of(turn), None) for _ in range(2)]

    assert runs == ["Where is it?"]
    assert answers[0] == answers[1]
    assert answers[0]["decision"] == "go_on"
    stored = house.conversations.turn(CONVERSATION, turn.id)
    assert type(stored) is Classified
    assert [record.stage for record in stored.stages] == ["classify"]


def test_a_step_leaves_a_turn_alone_that_has_ended(house: MemoryHouse) -> None:
    @step
    def retrieve(turn: Classified) -> Evidence:
        raise AssertionError("it has ended")

    turn = house.stored(a_classified_turn())
    house.turns.hand_over(turn, Objection(code="X", words="x", cure="person"))
    assert retrieve(check_of(turn), None)["decision"] == "ended"


def test_a_check_for_no_turn_is_refused(house: MemoryHouse) -> None:
    @step
    def retrieve(turn: Classified) -> Evidence:
        return some_evidence()

    with pytest.raises(Rejected, match="no turn"):
        retrieve(check_of(a_classified_turn()), None)


def test_what_somebody_else_stored_meanwhile_is_read_again(house: MemoryHouse) -> None:
    turn = house.stored(a_classified_turn())

    @step
    def retrieve(turn: Classified) -> Evidence:
        house.conversations.save(turn, now=NOON, lease_s=900)
        return some_evidence()

    with pytest.raises(Unavailable, match="stored meanwhile"):
        retrieve(check_of(turn), None)


def test_what_somebody_else_ended_meanwhile_stays_ended(house: MemoryHouse) -> None:
    turn = house.stored(a_classified_turn())

    @step
    def retrieve(turn: Classified) -> Evidence:
        house.turns.hand_over(turn, Objection(code="X", words="x", cure="person"))
        return some_evidence()

    assert retrieve(check_of(turn), None)["decision"] == "ended"
    assert len(ended(house)) == 1


def test_an_ending_is_written_once_and_frees_the_conversation(house: MemoryHouse) -> None:
    turn = house.stored(a_judged_turn())

    @step
    def act(turn: Judged) -> Ending | Turn:
        return Ending(kind="answered", why="all", at=NOON)

    assert act(check_of(turn), None)["decision"] == "ended"
    assert act(check_of(turn), None)["decision"] == "ended"
    assert len(ended(house)) == 1
    assert house.conversations.load(CONVERSATION).lease is None  # type: ignore[union-attr]


def test_acting_may_send_the_turn_back(house: MemoryHouse) -> None:
    turn = house.stored(a_judged_turn())

    @step
    def act(turn: Judged) -> Ending | Turn:
        return grow(turn, Drafted, next_step="judge_again")

    assert act(check_of(turn), None)["decision"] == "judge_again"
    assert act(check_of(turn), None)["decision"] == "judge_again"
    assert type(house.conversations.turn(CONVERSATION, turn.id)) is Drafted


def test_asking_a_person_parks_the_turn_and_frees_the_lease(house: MemoryHouse) -> None:
    turn = house.stored(a_judged_turn(next_step="await_approval"))

    @parking_step
    def ask(turn: Judged, task_token: str) -> Parked:
        return asked(turn, task_token)

    ask(check_of(turn, task_token="token-1"), None)
    (approval,) = house.approvals.of(CONVERSATION)
    assert approval.task_token == "token-1"
    assert house.conversations.load(CONVERSATION).lease is None  # type: ignore[union-attr]
    assert house.desk.ticket("T1").notes

    ask(check_of(turn, task_token="token-2"), None)
    (approval,) = house.approvals.of(CONVERSATION)
    assert approval.task_token == "token-2"


@pytest.mark.parametrize(
    "answered",
    [a_drafted_turn(next_step="judge_again"), a_judged_turn(next_step="escalate")],
)
def test_a_turn_that_was_answered_meanwhile_goes_on_with_the_new_token(
    house: MemoryHouse, answered: Turn
) -> None:
    turn = house.stored(answered)
    house.workflow.park("token-1")

    @parking_step
    def ask(turn: Judged, task_token: str) -> Parked:
        raise AssertionError("there is nothing to ask")

    ask(check_of(turn, task_token="token-1"), None)
    assert house.approvals.of(CONVERSATION) == ()
    ((token, check),) = house.workflow.resumed
    assert (token, check.decision) == ("token-1", answered.next_step)


def test_a_question_to_a_person_that_comes_too_late_is_tried_again(house: MemoryHouse) -> None:
    turn = house.stored(a_judged_turn(next_step="await_approval"))

    @parking_step
    def ask(turn: Judged, task_token: str) -> Parked:
        house.conversations.save(turn, now=NOON, lease_s=900)
        return asked(turn, task_token)

    with pytest.raises(Unavailable):
        ask(check_of(turn, task_token="token-1"), None)


def test_every_error_leads_to_a_person_with_its_name(house: MemoryHouse) -> None:
    @last_step
    def hand_over(turn: Turn, error: str) -> Ended:
        ending = escalate(turn, error=error, policy=a_policy(), now=NOON)
        return Ended(turn=turn, ending=ending)

    house.arrives("Where is it?")
    turn = house.conversations.open_turn(CONVERSATION, now=NOON, lease_s=900)
    assert turn is not None
    for _ in range(2):
        assert hand_over(check_of(turn, error="KeyError"), None)["decision"] == "ended"

    (over,) = ended(house)
    assert "KeyError" in over.ending.why
    assert [message.text for message in over.turn.messages] == ["Where is it?"]


# --- how a turn grows ----------------------------------------------------------------------------


def test_a_turn_grows_stage_by_stage() -> None:
    turn = a_drafted_turn()
    assert type(grown(grow(turn, Turn), a_reading())) is Classified
    assert type(grown(grow(turn, Classified), some_evidence())) is Retrieved
    assert type(grown(grow(turn, Retrieved), a_draft())) is Drafted
    assert type(grown(turn, Verdict(decision="send"))) is Judged


def test_another_look_drops_what_came_after_the_reading_and_keeps_the_lesson() -> None:
    lesson = Objection(code="THIN_EVIDENCE", words="nothing fits", cure="look_again")
    verdict = Verdict(decision="look_again", objections=(lesson,))
    again = grown(a_drafted_turn(), verdict)

    assert type(again) is Classified
    assert (again.looks, again.lessons, again.next_step) == (1, (lesson,), "look_again")
    assert again.looked[0].verdict == verdict


def test_in_shadow_every_verdict_leads_to_where_it_is_recorded() -> None:
    verdict = Verdict(decision="await_approval", mode="shadow")
    assert grown(a_drafted_turn(), verdict).next_step == "send"


def test_a_verdict_needs_a_draft() -> None:
    with pytest.raises(TypeError, match="Classified has no draft"):
        grown(a_classified_turn(), Verdict(decision="send"))


@pytest.mark.parametrize("looks", [0, 1])
def test_a_stored_turn_is_read_back_at_its_stage(looks: int) -> None:
    turn = a_judged_turn(looks=looks)
    over = Ended(turn=turn, ending=Ending(kind="answered", why="all", at=NOON))
    for stored in (turn, over):
        again = load_turn(dump_turn(stored))
        assert again == stored
        assert Envelope.of(again).looks == looks
    assert isinstance(a_draft(), Draft)
