"""What one address has begun and was answered is remembered for a day, in whichever store."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from deskhand.domain.sender import Sender
from deskhand.domain.turn import Ended, Turn
from tests.builders import NOON, an_arrival, an_asker
from tests.contract.conftest import Desk
from tests.contract.racing import RACERS, race
from tests.contract.steps import LEASE_S, a_note, ending

ADA = "ada@example.com"


def begins(desk: Desk, ticket: str, email: str = ADA) -> None:
    desk.conversations.append(an_arrival(ticket_id=ticket, asker=an_asker(email=email)))


def runs(desk: Desk, ticket: str) -> Turn:
    opened = desk.conversations.open_turn(f"inbox:{ticket}", now=desk.clock(), lease_s=LEASE_S)
    assert opened is not None
    return desk.conversations.claim(opened)


def answers(desk: Desk, sender: Sender, ticket: str, episode: int = 1) -> int:
    since = desk.clock() - timedelta(hours=1)
    return sender.answers_since(since, conversation_id=f"inbox:{ticket}", episode=episode)


def begun(sender: Sender) -> list[str]:
    return [one.conversation_id for one in sender.begun]


def test_who_has_never_written_has_begun_nothing(desk: Desk) -> None:
    assert desk.conversations.lately(ADA) == Sender()


def test_what_an_address_begins_is_known_in_order_and_once(desk: Desk) -> None:
    for ticket in ("T1", "T2", "T1"):
        begins(desk, ticket)
    begins(desk, "T3", "bob@example.com")

    ours = desk.conversations.lately("ADA@Example.com ")
    assert begun(ours) == ["inbox:T1", "inbox:T2"]
    assert [one.conversation_id for one in ours.before("inbox:T2")] == ["inbox:T1"]
    assert ours.before("inbox:T1") == ()


def test_who_gives_no_address_is_not_remembered(desk: Desk) -> None:
    begins(desk, "T1", " ")
    assert desk.conversations.lately(" ") == Sender()


def test_an_answer_counts_once_however_often_its_ending_is_written(desk: Desk) -> None:
    begins(desk, "T1")
    ended = Ended(turn=runs(desk, "T1"), ending=ending("answered", reply="Here it is."))
    assert [desk.conversations.end(ended) for _ in range(2)] == [True, False]

    assert answers(desk, desk.conversations.lately(ADA), "T1") == 1


def test_the_word_that_a_colleague_takes_over_is_an_answer_too(desk: Desk) -> None:
    begins(desk, "T1")
    turn = runs(desk, "T1")
    told = a_note(turn, tell_customer="A colleague takes over.")
    desk.conversations.end(Ended(turn=turn, ending=ending("handed_over")), notes=[told])

    assert answers(desk, desk.conversations.lately(ADA), "T2") == 1


def test_what_tells_the_customer_nothing_is_no_answer(desk: Desk) -> None:
    begins(desk, "T1")
    desk.conversations.end(Ended(turn=runs(desk, "T1"), ending=ending("ignored")))

    assert answers(desk, desk.conversations.lately(ADA), "T1") == 0


def test_what_went_out_before_a_person_gave_the_conversation_back_counts_only_elsewhere(
    desk: Desk,
) -> None:
    begins(desk, "T1")
    desk.conversations.end(Ended(turn=runs(desk, "T1"), ending=ending("answered", reply="So.")))
    sender = desk.conversations.lately(ADA)

    assert [answers(desk, sender, "T1", episode) for episode in (1, 2)] == [1, 0]
    assert answers(desk, sender, "T2", episode=2) == 1


def test_a_day_later_it_is_forgotten(desk: Desk) -> None:
    begins(desk, "T1")
    desk.conversations.end(Ended(turn=runs(desk, "T1"), ending=ending("answered", reply="So.")))
    desk.clock.pass_by(hours=25)
    begins(desk, "T2")

    sender = desk.conversations.lately(ADA)
    assert (begun(sender), sender.answered) == (["inbox:T2"], ())


def test_what_was_said_in_this_episode_is_told_in_order_without_what_was_ignored(
    desk: Desk,
) -> None:
    for number in (1, 2):
        says = {"id": f"m{number}", "said_at": NOON}
        desk.conversations.append(an_arrival(f"question {number}", says=says))
    noise = an_arrival("I am away.", says={"id": "m3"}, noise="an auto-reply")
    desk.conversations.ignore(noise, why=noise.noise, at=NOON)
    turn = runs(desk, "T1")
    desk.conversations.end(Ended(turn=turn, ending=ending("answered", reply="An answer.")))
    desk.conversations.append(an_arrival("question 4", says={"id": "m4"}))

    said = desk.conversations.said("inbox:T1")
    assert [one.text for one in said] == ["question 1", "question 2", "An answer.", "question 4"]
    assert desk.conversations.said("inbox:none") == ()


def test_tickets_that_are_begun_at_the_same_moment_have_one_order(
    racing_desk: Desk, ticket: str, pool: ThreadPoolExecutor
) -> None:
    email = f"{ticket}@example.com"
    names = [f"{ticket}-{number}" for number in range(RACERS)]

    race(pool, *[lambda name=name: begins(racing_desk, name, email) for name in names])

    assert sorted(begun(racing_desk.conversations.lately(email))) == sorted(
        f"inbox:{name}" for name in names
    )
