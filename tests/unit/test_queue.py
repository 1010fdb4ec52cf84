"""Batches of the queue: order within a conversation, and letters that nobody could read."""

import json
from typing import Any

import pytest

from deskhand.domain.dead_letter import DeadLetter
from deskhand.domain.ticket import Arrival
from deskhand.errors import Unavailable
from deskhand.queue import in_order, letters, read_letter
from scripts.local_stack import template as sam
from tests.builders import ROOT, an_arrival


def a_record(body: str, message_id: str = "r1", group: str = "g1", **bent: Any) -> dict[str, Any]:
    given = {
        "messageId": message_id,
        "receiptHandle": "handle",
        "body": body,
        "attributes": {
            "MessageGroupId": group,
            "SentTimestamp": "1763726400000",
            "ApproximateReceiveCount": "1",
        },
        "messageAttributes": {},
        "eventSource": "aws:sqs",
    }
    return given | bent


def test_a_failing_message_keeps_back_only_its_own_conversation() -> None:
    poison, after, other = (
        an_arrival(text, ticket_id=ticket).model_dump_json()
        for text, ticket in [("poison", "T1"), ("after", "T1"), ("other", "T2")]
    )
    taken: list[str] = []

    def take(arrival: Arrival) -> None:
        if arrival.message.text == "poison":
            raise Unavailable("the table")
        taken.append(arrival.message.text)

    records = [
        a_record(poison, "r1", "T1"),
        a_record(other, "r2", "T2"),
        a_record(after, "r3", "T1"),
    ]
    answer = in_order({"Records": records}, None, take)

    assert taken == ["other"]
    assert {item["itemIdentifier"] for item in answer["batchItemFailures"]} == {"r1", "r3"}


def test_a_readable_letter_is_the_message_that_it_was() -> None:
    arrival = an_arrival()
    letter = read_letter(a_record(arrival.model_dump_json()))

    assert letter.arrival == arrival
    assert letter.why == "it failed each time it was tried"
    assert (letter.group, letter.sent_at.isoformat()) == ("g1", "2025-11-21T12:00:00+00:00")


def test_an_unreadable_letter_is_an_excerpt_on_its_ticket_and_kept_whole() -> None:
    attributes = {
        "helpdesk": {"stringValue": "inbox", "dataType": "String"},
        "ticket_id": {"stringValue": "T9", "dataType": "String"},
    }
    letter = read_letter(a_record("{broken" * 1000, messageAttributes=attributes))

    assert letter.arrival is None
    assert letter.excerpt is not None
    assert letter.excerpt.conversation_id == "inbox:T9"
    assert letter.excerpt.message.text.startswith("(unreadable message) {broken")
    assert len(letter.excerpt.message.text) < 2_100
    assert letter.why == "its body could not be read"
    assert letter.body == "{broken" * 1000


def test_a_letter_that_names_no_ticket_is_nobodys() -> None:
    letter = read_letter(a_record("{broken"))
    assert (letter.arrival, letter.excerpt, letter.again) == (None, None, None)


def test_a_letter_that_cannot_be_seen_to_yet_stays_in_its_queue() -> None:
    def see_to(letter: DeadLetter) -> None:
        raise Unavailable("the table")

    answer = letters({"Records": [a_record("{broken")]}, see_to)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "r1"}]}


def test_every_dead_letter_is_counted_where_the_alarm_listens(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    template = sam.read(ROOT / "template.yaml")
    settings = template["Globals"]["Function"]["Environment"]["Variables"]
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", settings["POWERTOOLS_SERVICE_NAME"])
    monkeypatch.delenv("POWERTOOLS_METRICS_DISABLED", raising=False)
    alarm = template["Resources"]["DeadLetterMetricAlarm"]["Properties"]

    letters({"Records": [a_record("{broken")]}, lambda _: None)

    (line,) = [line for line in capsys.readouterr().out.splitlines() if "CloudWatchMetrics" in line]
    told = json.loads(line)
    (metric,) = told["_aws"]["CloudWatchMetrics"]
    assert metric["Namespace"] == alarm["Namespace"]
    assert metric["Metrics"][0]["Name"] == alarm["MetricName"]
    named = {dimension["Name"]: dimension["Value"] for dimension in alarm["Dimensions"]}
    assert {name: told[name] for name in metric["Dimensions"][0]} == named
