"""Many people answer in one moment: one answer holds, the turn goes on once, and all are told."""

from concurrent.futures import ThreadPoolExecutor

from deskhand.domain.turn import Ended
from deskhand.jobs.approve import Decision, decide
from deskhand.jobs.standing import Standing
from tests.builders import NOON, an_approval, an_arrival
from tests.contract.conftest import Desk
from tests.contract.racing import RACERS, race
from tests.contract.steps import a_note, ending, judged
from tests.contract.test_stored_records import turns_over


def asked(desk: Desk, ticket: str) -> str:
    """The id of an approval on a ticket of its own, whose turn waits."""
    arrival = an_arrival(ticket_id=ticket, says={"said_at": NOON})
    desk.built_in.open_ticket(arrival)
    desk.conversations.append(arrival)
    turn = judged(desk, f"inbox:{ticket}")
    approval = an_approval(turn, task_token=ticket)
    assert desk.conversations.park(turn, approval, note=a_note(turn))
    return approval.id


def test_eight_answers_at_once_are_one_decision(
    racing_desk: Desk, ticket: str, pool: ThreadPoolExecutor
) -> None:
    approval_id = asked(racing_desk, ticket)
    turns, workflow = turns_over(racing_desk, ticket)

    def says(number: int) -> Standing:
        said = "approve" if number % 2 else "reject"
        return decide(
            approval_id,
            Decision.model_validate({"decision": said, "by": f"person {number}"}),
            turns=turns,
        )

    told = race(pool, *(lambda number=number: says(number) for number in range(RACERS)))

    (decider,) = {one.approval.decided_by for one in told}
    assert [one.taken for one in told].count(True) == 1
    assert all(decider in one.words for one in told)
    assert len(workflow.resumed) == 1
    assert len(racing_desk.audit.of(f"inbox:{ticket}")) == 1


def test_an_answer_and_an_ending_in_one_moment_never_both_hold(
    racing_desk: Desk, ticket: str, pool: ThreadPoolExecutor
) -> None:
    approval_id = asked(racing_desk, ticket)
    turns, workflow = turns_over(racing_desk, ticket)
    waiting = racing_desk.conversations.turns(f"inbox:{ticket}")[0]
    assert not isinstance(waiting, Ended)

    def answers() -> Standing | bool:
        return decide(approval_id, Decision(decision="approve", by="Mia"), turns=turns)

    def ends() -> Standing | bool:
        return turns.end(waiting, ending("recorded"))

    told, is_over = race(pool, answers, ends)

    assert isinstance(told, Standing)
    assert told.taken is not is_over
    assert [check.decision for _, check in workflow.resumed] in (["judge_again"], ["ended"], [])
    assert approval_id not in {waiting.id for waiting in racing_desk.approvals.open()}
