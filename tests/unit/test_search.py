"""What the people's API finds in the articles: what the agent would find now, or has found."""

from collections.abc import Sequence
from typing import Any

import pytest

from deskhand.domain.evidence import Passage, Reader
from deskhand.domain.turn import Classified, grow
from deskhand.errors import DeskhandError, Unavailable
from deskhand.stages.passages import find_passages
from tests.builders import (
    CONVERSATION,
    NOON,
    a_classified_turn,
    a_reading,
    a_retrieved_turn,
    some_evidence,
)
from tests.searching import People, in_a_past_turn


def ids(body: Any) -> list[str]:
    return [passage["article_id"] for passage in body["passages"]]


@pytest.fixture
def people() -> People:
    return People()


@pytest.mark.parametrize("what", ["search", "gaps"])
@pytest.mark.parametrize("headers", [{}, {"authorization": "Bearer wrong"}])
def test_nothing_is_told_without_the_key(people: People, what: str, headers: Any) -> None:
    assert people.ask(what, headers, q="parcels").status == 401


def test_the_passages_are_those_that_the_stage_finds(people: People) -> None:
    body = people.found(q="When do parcels travel?")
    turn = a_classified_turn("When do parcels travel?", reading=people.reading)
    passages, queries = find_passages(
        turn,
        embedder=people.embedder,
        knowledge=people.knowledge,
        policy=people.house.policy,
        today=NOON.date(),
    )

    assert body["passages"] == [passage.model_dump(mode="json") for passage in passages]
    assert body["queries"] == list(queries)
    assert [body[key] for key in ("question", "language", "near_enough", "past")] == [
        "When do parcels travel?",
        "en",
        True,
        None,
    ]


def test_the_words_are_read_as_a_strangers_first_message(people: People) -> None:
    people.found(q="  When do parcels travel?  ")

    assert (people.turn.text, people.turn.subject, people.turn.asker.verified) == (
        "When do parcels travel?",
        "",
        False,
    )


def test_each_search_is_shown_with_the_filters_that_the_agent_takes(people: People) -> None:
    for search in (searches := people.found(q="parcels")["searches"]):
        assert search["filters"] == {
            "on": "2026-11-21",
            "categories": ["delivery"],
            "language": "en",
            "reader": {"plan": "", "region": "", "channel": ""},
        }
    assert [search["query"] for search in searches] == ["parcels", "When do parcels travel?"]
    assert all(search["found"] == 1 and search["limit"] == 12 for search in searches)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, ["delivery"]),
        ({"language": "de"}, ["lieferung"]),
        ({"language": ""}, ["delivery", "lieferung"]),
        ({"category": "returns"}, ["returns"]),
        ({"category": "returns,delivery"}, ["delivery", "returns"]),
        ({"category": ""}, ["delivery", "returns"]),
        ({"plan": "pro"}, ["delivery"]),
        ({"plan": "pro", "region": "NL"}, ["delivery", "pro"]),
        ({"plan": "pro", "region": "NL", "limit": "1"}, ["delivery"]),
        ({"on": "2024-12-24"}, ["delivery", "old"]),
    ],
)
def test_what_is_given_takes_the_place_of_what_the_agent_would_take(
    people: People, given: dict[str, str], expected: list[str]
) -> None:
    assert sorted(ids(people.found(q="When do parcels travel?", **given))) == expected


def test_what_a_filter_left_out_is_shown_where_it_is_nearer(people: People) -> None:
    people.reading = people.reading.model_copy(update={"question": "Send items back"})
    body = people.found(q="Send items back")

    [left_out] = body["outside"]
    assert (left_out["filter"], left_out["passage"]["article_id"]) == ("category", "returns")
    assert people.found(q="Send items back", category="")["outside"] == []


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({}, "q: Field required"),
        ({"q": "  "}, "q: String should have at least 1 character"),
        ({"q": "x", "on": "tomorrow"}, "on: Input should be a valid date"),
        ({"q": "x", "limit": "0"}, "limit: Input should be greater than or equal to 1"),
        ({"q": "x", "colour": "red"}, "colour: Extra inputs are not permitted"),
        ({"q": "x", "turn": "1"}, "q: Extra inputs are not permitted"),
    ],
)
def test_what_cannot_be_asked_is_told(people: People, query: dict[str, str], words: str) -> None:
    answer = people.ask(**query)
    assert (answer.status, words in str(answer.body)) == (400, True), answer.body


@pytest.mark.parametrize("days", ["0", "32", "many"])
def test_a_report_covers_a_day_to_a_month(people: People, days: str) -> None:
    answer = people.ask("gaps", days=days)
    assert (answer.status, "days: " in str(answer.body)) == (400, True)


def test_the_report_is_told_as_it_is_made(people: People) -> None:
    assert len(people.ask("gaps").body["days"]) == 7  # type: ignore[index, arg-type, call-overload]
    two = people.ask("gaps", days="2").body
    assert two == people.search.report.of_last(2).model_dump(mode="json")


class Backwards:
    """A reranker that turns everything round, or is down."""

    def __init__(self, fails: DeskhandError | None = None) -> None:
        self.fails = fails

    def rerank(self, query: str, passages: Sequence[Passage]) -> tuple[Passage, ...]:
        if self.fails:
            raise self.fails
        return tuple(
            passage.model_copy(update={"score": place / 10})
            for place, passage in enumerate(passages, start=1)
        )


def test_a_reranker_orders_what_is_shown_as_it_orders_what_is_answered_with(
    people: People,
) -> None:
    before = ids(people.found(q="When do parcels travel?", category=""))
    people.reranker = Backwards()

    assert ids(people.found(q="When do parcels travel?", category="")) == before[::-1]


def test_without_its_reranker_it_goes_on_as_the_agent_does_and_says_so(people: People) -> None:
    people.reranker = Backwards(fails=Unavailable("the reranker"))
    body = people.found(q="When do parcels travel?")

    assert ids(body) == ["delivery"]
    assert "stays in the order of the search" in body["troubles"][0]


# --- past turns ----------------------------------------------------------------------------------


def test_a_past_turn_shows_what_it_found_then(people: People) -> None:
    turn = in_a_past_turn(people)
    body = people.found(conversation=CONVERSATION, turn=turn.id)

    assert [passage["id"] for passage in body["passages"]] == ["gone#1"]
    assert body["queries"] == ["then"]
    assert body["searches"][0]["filters"]["categories"] == ["delivery"]
    assert body["past"] == {
        "conversation_id": CONVERSATION,
        "turn_id": turn.id,
        "started_at": "2026-11-21T12:00:00Z",
        "looks": 0,
        "as_now": False,
    }


def test_a_past_turn_is_shown_with_whom_it_looked_for(people: People) -> None:
    reader = Reader(plan="pro", region="NL", channel="mail")
    in_a_past_turn(people, some_evidence(reader=reader))
    [first, *_] = people.found(conversation=CONVERSATION)["searches"]

    assert first["filters"]["reader"] == reader.model_dump()


def test_a_past_turn_that_would_find_the_same_now_says_so(people: People) -> None:
    reading = people.reading
    passages, queries = find_passages(
        a_classified_turn(reading=reading),
        embedder=people.embedder,
        knowledge=people.knowledge,
        policy=people.house.policy,
        today=NOON.date(),
    )
    in_a_past_turn(people, some_evidence(passages=passages, queries=queries))

    assert people.found(conversation=CONVERSATION)["past"]["as_now"] is True


def test_a_turn_that_needed_an_article_is_found_by_how_its_id_begins(people: People) -> None:
    turn = in_a_past_turn(people)

    assert people.found(turn=turn.id[:8])["past"]["turn_id"] == turn.id
    people.house.clock.pass_by(days=40)
    assert people.ask(turn=turn.id[:8]).status == 404


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"turn": "abc"}, "name its conversation, too"),
        ({"turn": ""}, "name its conversation, too"),
        ({"conversation": "inbox:T404"}, "there is no turn in conversation inbox:T404"),
        ({"conversation": CONVERSATION, "turn": "x"}, f"no turn x in conversation {CONVERSATION}"),
    ],
)
def test_a_turn_that_is_not_there_is_told(
    people: People, query: dict[str, str], words: str
) -> None:
    in_a_past_turn(people)
    answer = people.ask(**query)
    assert (answer.status, words in str(answer.body)) == (404, True), answer.body


def test_a_turn_that_never_got_so_far_says_so(people: People) -> None:
    turn = people.ended(grow(a_retrieved_turn(), Classified, classification=a_reading()))
    answer = people.ask(conversation=CONVERSATION)

    assert answer.status == 404
    assert f"turn {turn.id} has not looked for anything" in str(answer.body)
