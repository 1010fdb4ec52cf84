"""Several at once over one store: of those who want the same thing exactly one gets it."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from deskhand.domain.conversation import Conversation
from deskhand.domain.turn import Ended, EndingKind, Turn
from tests.builders import NOON, an_approval, an_arrival
from tests.contract.conftest import Desk
from tests.contract.racing import RACERS, race
from tests.contract.steps import LEASE_S, a_note, ending


@pytest.fixture
def desk(racing_desk: Desk) -> Desk:
    return racing_desk


def arrive(desk: Desk, ticket: str, name: str) -> bool:
    return desk.conversations.append(an_arrival(name, ticket_id=ticket, says={"id": name}))


def open_turn(desk: Desk, ticket: str) -> Turn | None:
    return desk.conversations.open_turn(f"inbox:{ticket}", now=NOON, lease_s=LEASE_S)


def opened(desk: Desk, ticket: str) -> Turn:
    turn = open_turn(desk, ticket)
    assert turn is not None
    return turn


def head_of(desk: Desk, ticket: str) -> Conversation:
    head = desk.conversations.load(f"inbox:{ticket}")
    assert head is not None
    return head


def test_one_of_many_opens_the_turn(desk: Desk, ticket: str, pool: ThreadPoolExecutor) -> None:
    arrive(desk, ticket, "m1")

    turns = race(pool, *[lambda: open_turn(desk, ticket)] * RACERS)

    winners = [turn for turn in turns if turn is not None]
    assert len(winners) == 1
    assert desk.conversations.turns(f"inbox:{ticket}") == tuple(winners)


def test_the_same_message_is_kept_by_one_of_many(
    desk: Desk, ticket: str, pool: ThreadPoolExecutor
) -> None:
    kept = race(pool, *[lambda: arrive(desk, ticket, "m1")] * RACERS)

    assert sorted(kept) == [False] * (RACERS - 1) + [True]
    assert head_of(desk, ticket).waiting == 1


def test_different_messages_are_all_kept(desk: Desk, ticket: str, pool: ThreadPoolExecutor) -> None:
    names = [f"m{number}" for number in range(RACERS)]

    assert all(race(pool, *[lambda name=name: arrive(desk, ticket, name) for name in names]))

    claimed = desk.conversations.claim(opened(desk, ticket))
    assert sorted(message.text for message in claimed.messages) == sorted(names)


@pytest.mark.parametrize("seed", range(3))
def test_a_message_that_meets_the_claim_is_claimed_or_waits(
    desk: Desk, ticket: str, pool: ThreadPoolExecutor, seed: int
) -> None:
    arrive(desk, ticket, "m1")
    turn = opened(desk, ticket)
    names = [f"m{number}" for number in range(2, 2 + RACERS - 1)]
    appends = [lambda name=name: arrive(desk, ticket, name) for name in names]

    race(pool, lambda: desk.conversations.claim(turn), *appends)

    first = desk.conversations.turn(f"inbox:{ticket}", turn.id)
    assert isinstance(first, Turn)
    head = head_of(desk, ticket)
    assert len(first.messages) + head.waiting == RACERS
    desk.conversations.end(Ended(turn=first, ending=ending("superseded")))
    second = desk.conversations.claim(opened(desk, ticket))
    assert {message.id for message in second.messages} == {"m1", *names}


def test_a_message_that_meets_the_commitment_forbids_it_or_waits_for_the_next_turn(
    desk: Desk, ticket: str, pool: ThreadPoolExecutor
) -> None:
    arrive(desk, ticket, "m1")
    turn = desk.conversations.claim(opened(desk, ticket))

    committed, _ = race(
        pool,
        lambda: desk.conversations.commit_to_send(turn),
        lambda: arrive(desk, ticket, "m2"),
    )

    head = head_of(desk, ticket)
    assert head.lease is not None
    assert (head.waiting, head.lease.sending) == (1, committed)


def test_one_of_many_saves_the_same_revision(
    desk: Desk, ticket: str, pool: ThreadPoolExecutor
) -> None:
    arrive(desk, ticket, "m1")
    turn = desk.conversations.claim(opened(desk, ticket))
    mine = [turn.model_copy(update={"looks": number}) for number in range(RACERS)]

    saved = race(
        pool,
        *[lambda one=one: desk.conversations.save(one, now=NOON, lease_s=LEASE_S) for one in mine],
    )

    (winner,) = [one for one in saved if one is not None]
    assert desk.conversations.turn(f"inbox:{ticket}", turn.id) == winner


def test_one_of_many_endings_is_written(desk: Desk, ticket: str, pool: ThreadPoolExecutor) -> None:
    arrive(desk, ticket, "m1")
    turn = desk.conversations.claim(opened(desk, ticket))
    kinds: tuple[EndingKind, ...] = ("answered", "handed_over", "recorded", "superseded") * 2
    endings = [
        Ended(turn=turn, ending=ending(kind, reply=f"{number}"))
        for number, kind in enumerate(kinds)
    ]

    written = race(pool, *[lambda one=one: desk.conversations.end(one) for one in endings])

    assert sorted(written) == [False] * (RACERS - 1) + [True]
    winner = endings[written.index(True)]
    assert desk.conversations.turn(f"inbox:{ticket}", turn.id) == winner
    head = head_of(desk, ticket)
    assert (head.owner == "person") == (winner.ending.kind == "handed_over")
    assert head.waiting == (1 if winner.ending.kind == "superseded" else 0)


def test_a_parked_turn_and_a_new_one_never_run_together(
    desk: Desk, ticket: str, pool: ThreadPoolExecutor
) -> None:
    arrive(desk, ticket, "m1")
    turn = desk.conversations.claim(opened(desk, ticket))
    desk.conversations.park(turn, an_approval(turn), note=a_note(turn))
    parked = desk.conversations.turn(f"inbox:{ticket}", turn.id)
    assert isinstance(parked, Turn)
    arrive(desk, ticket, "m2")

    resumed, new = race(
        pool,
        lambda: desk.conversations.resume(parked, now=NOON, lease_s=LEASE_S),
        lambda: open_turn(desk, ticket),
    )

    assert (resumed is None) != (new is None)


def test_one_of_many_decisions_is_kept(desk: Desk, ticket: str, pool: ThreadPoolExecutor) -> None:
    arrive(desk, ticket, "m1")
    turn = desk.conversations.claim(opened(desk, ticket))
    approval = an_approval(turn)
    desk.conversations.park(turn, approval, note=a_note(turn))
    decisions = [
        approval.model_copy(update={"state": state, "decided_by": f"{state} {number}"})
        for number, state in enumerate(("approved", "rejected") * (RACERS // 2))
    ]

    kept = race(pool, *[lambda one=one: desk.approvals.decide(one) for one in decisions])

    assert len({one.decided_by for one in kept}) == 1
    assert desk.approvals.load(approval.id) == kept[0]
