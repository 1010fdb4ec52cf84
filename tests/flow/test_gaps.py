"""What tickets leave behind in the gap report, and what the search for people finds, for real."""

import json
from typing import Any

from deskhand import wiring
from deskhand.domain.turn import Ended, Retrieved
from deskhand.jobs.settle import settle
from tests.builders import a_policy
from tests.flow.conftest import House
from tests.flow.policies import with_replies

UNKNOWN = "Do you rent out telescopes for a weekend on the coast?"
UNKNOWN_TOO = "Can I rent a telescope from you for one weekend?"
KNOWN = "How long does delivery to Norway take?"


def asked(house: House, what: str, **query: str) -> Any:
    """What the people's API answers, through the handler that is deployed."""
    event = {
        "routeKey": f"GET /v1/kb/{what}",
        "queryStringParameters": query,
        "headers": {"Authorization": f"Bearer {key_of(house)}"},
    }
    answer = house.stack.invoke("search", event)
    assert answer["statusCode"] == 200, answer["body"]
    return json.loads(answer["body"])


def key_of(house: House) -> str:
    secrets, arn = house.stack.boto3_client("secretsmanager"), house.stack.outputs
    return str(secrets.get_secret_value(SecretId=arn["ApiKeySecretArn"])["SecretString"])


def found(ended: Ended) -> Retrieved:
    assert isinstance(ended.turn, Retrieved)
    return ended.turn


def test_what_no_article_answers_appears_as_a_gap_with_the_closest_article(house: House) -> None:
    for ticket, text in (("rent-1", UNKNOWN), ("rent-2", UNKNOWN_TOO), ("norway", KNOWN)):
        house.says(ticket, text)
        (turn,) = house.ended(ticket)
        expected = "answered" if ticket == "norway" else "handed_over"
        assert turn.ending.kind == expected, turn.ending

    report = asked(house, "gaps", days="1")
    [day] = report["days"]
    assert (day["retrievals"], day["thin"], day["too_high"]) == (3, 2, False)
    [gap] = report["gaps"]
    assert gap["count"] == 2
    assert gap["question"] in (UNKNOWN, UNKNOWN_TOO)
    assert [one["ticket_id"] for one in gap["examples"]] == ["rent-2", "rent-1"]
    assert gap["closest"]["title"]
    assert 0 < gap["closest"]["similarity"] < 1


def test_the_search_finds_what_a_ticket_with_these_words_has_found(house: House) -> None:
    house.says("words", KNOWN, subject="Norway")
    turn = found(house.ended("words")[0])
    shown = asked(house, "search", q=KNOWN)

    evidence = turn.evidence.model_dump(mode="json")
    assert shown["passages"] == evidence["passages"]
    assert shown["queries"] == evidence["queries"]
    assert shown["intents"] == turn.classification.model_dump(mode="json")["intents"]


def test_a_past_turn_is_shown_from_its_trace(house: House) -> None:
    house.says("past", UNKNOWN)
    turn = found(house.ended("past")[0])
    by_id = asked(house, "search", turn=turn.id[:8])

    assert by_id["passages"] == turn.evidence.model_dump(mode="json")["passages"]
    assert (by_id["past"]["conversation_id"], by_id["near_enough"]) == ("inbox:past", False)
    assert by_id["past"]["as_now"]
    assert asked(house, "search", conversation="inbox:past") == by_id


def test_a_wish_for_a_person_and_a_question_about_an_order_are_no_gaps(house: House) -> None:
    for ticket, text in (
        ("person", "Let me talk to a human being please."),
        ("order", "Where is my order HR-1003?"),
        ("refund", "Please refund my order HR-1001, I want my money back."),
    ):
        house.says(ticket, text)
        house.ended(ticket)

    report = asked(house, "gaps", days="1")
    assert (report["days"][0]["retrievals"], report["gaps"]) == (0, [])


def test_a_turn_that_waits_for_a_person_counts_once_it_is_over(house: House) -> None:
    house.furnish(policy=with_replies(a_policy(), approval_s=3600))
    house.says("late", "I want my money back for order HR-1002 please. " + KNOWN)
    house.asked("late")
    assert asked(house, "gaps", days="1")["days"][0]["retrievals"] == 0
    house.clock.pass_by(hours=2)
    settle(wiring.turns())
    house.ended("late")

    assert asked(house, "gaps", days="1")["days"][0]["retrievals"] == 1
