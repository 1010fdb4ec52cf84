"""What `Retrievals` promises: each turn that needed an article is counted once, as it ends."""

from datetime import timedelta

import pytest

from deskhand.domain.retrieval import LONGEST_QUESTION, Retrieval
from deskhand.domain.turn import Ended, EndingKind, Judged
from deskhand.domain.verdict import Articles, Verdict
from tests.builders import CONVERSATION, NOON, TICKET
from tests.contract.conftest import Desk, MockedAws, a_desk_over
from tests.contract.steps import LEASE_S, arrive, ending, judged

A_MOMENT = timedelta(seconds=1)


def with_articles(desk: Desk, articles: Articles, name: str = "m1") -> Judged:
    """A stored turn of which the gate has found this."""
    arrive(desk, name)
    verdict = Verdict(decision="escalate", articles=articles)
    turn = judged(desk).model_copy(update={"verdict": verdict})
    saved = desk.conversations.save(turn, now=desk.clock(), lease_s=LEASE_S)
    assert isinstance(saved, Judged)
    return saved


def kept(desk: Desk) -> list[Retrieval]:
    return list(desk.retrievals.between(NOON, NOON + A_MOMENT))


def test_a_turn_that_found_nothing_is_kept_with_its_question(desk: Desk) -> None:
    turn = with_articles(desk, "thin")
    desk.conversations.end(Ended(turn=turn, ending=ending("handed_over")))

    (one,) = kept(desk)
    assert (one.conversation_id, one.turn_id, one.ticket_id) == (CONVERSATION, turn.id, TICKET)
    assert (one.at, one.thin, one.intent) == (NOON, True, "order_status")
    assert one.question == "Where is my order 1001?"


def test_a_turn_that_found_enough_counts_without_its_words(desk: Desk) -> None:
    turn = with_articles(desk, "enough")
    desk.conversations.end(Ended(turn=turn, ending=ending()))

    (one,) = kept(desk)
    assert (one.thin, one.question) == (False, "")


def test_of_a_long_story_the_beginning_is_kept(desk: Desk) -> None:
    turn = with_articles(desk, "thin")
    story = turn.classification.model_copy(update={"question": "word " * 5_000})
    told = turn.model_copy(update={"classification": story})
    desk.conversations.end(Ended(turn=told, ending=ending("handed_over")))

    assert [len(one.question) for one in kept(desk)] == [LONGEST_QUESTION]


@pytest.mark.parametrize(
    ("articles", "kind"),
    [("unasked", "handed_over"), ("thin", "superseded"), ("enough", "superseded")],
)
def test_a_turn_that_wanted_nothing_of_articles_or_comes_again_does_not_count(
    desk: Desk, articles: Articles, kind: EndingKind
) -> None:
    turn = with_articles(desk, articles)
    desk.conversations.end(Ended(turn=turn, ending=ending(kind)))

    assert kept(desk) == []


def test_an_ending_that_is_not_written_counts_nothing(desk: Desk) -> None:
    turn = with_articles(desk, "enough")
    assert desk.conversations.end(Ended(turn=turn, ending=ending()))
    thin = turn.model_copy(update={"verdict": Verdict(decision="send", articles="thin")})
    assert not desk.conversations.end(Ended(turn=thin, ending=ending("handed_over")))

    assert [one.thin for one in kept(desk)] == [False]


def test_days_are_read_oldest_first_and_each_ends_before_the_next(desk: Desk) -> None:
    at = [NOON, NOON + timedelta(hours=11), NOON + timedelta(days=1), NOON + timedelta(days=3)]
    for number, moment in enumerate(at):
        turn = with_articles(desk, "enough", f"m{number}")
        desk.conversations.end(Ended(turn=turn, ending=ending(at=moment)))

    found = desk.retrievals.between(NOON, at[3])
    assert [one.at for one in found] == at[:3]
    assert list(desk.retrievals.between(NOON - timedelta(days=3), NOON)) == []


def test_what_was_asked_is_forgotten_with_the_turn(aws: MockedAws) -> None:
    table = aws.table()
    desk = a_desk_over(table, table.clock)  # type: ignore[arg-type]
    turn = with_articles(desk, "thin")
    desk.conversations.end(Ended(turn=turn, ending=ending("handed_over")))

    items = aws.dynamodb.scan(TableName="desk")["Items"]
    expiry = {item["sk"]["S"].partition("#")[0]: item.get("expires_at") for item in items}
    assert expiry["retrieval"] == expiry["turn"]
