"""A turn reads no more of a long conversation than of a short one, and carries no more."""

from collections.abc import Iterator
from typing import Any

import pytest

from deskhand.adapters.conversation import arriving
from deskhand.adapters.conversation.records import MOST_NEAR, Head, Kept
from deskhand.adapters.dynamodb.items import ABSENT, Put
from deskhand.adapters.dynamodb.layout import HEAD, MESSAGE, in_conversation
from deskhand.adapters.dynamodb.table import DeskTable
from deskhand.domain.turn import Ended, Turn
from deskhand.errors import Unavailable
from tests.builders import CONVERSATION, NOON, StoppedClock, an_arrival
from tests.contract.conftest import (
    Desk,
    MockedAws,
    a_desk_in_memory,
    a_desk_over,
    mocked_aws,
)
from tests.contract.steps import LEASE_S, ending, texts

LENGTHS = (1, 10, 100, 300, 1_000)


@pytest.fixture
def real_aws(request: pytest.FixtureRequest) -> Iterator[MockedAws]:
    """DynamoDB's own engine: it is what the figures are about, and moto takes its time."""
    with mocked_aws("dynamodb_local", request) as mocked:
        yield mocked


@pytest.fixture(params=["memory", "dynamodb_local"])
def either(request: pytest.FixtureRequest) -> Desk:
    """The twin, and a desk over DynamoDB's own engine."""
    if request.param == "memory":
        return a_desk_in_memory()
    aws: MockedAws = request.getfixturevalue("real_aws")
    clock = StoppedClock()
    return a_desk_over(aws.table(clock=clock), clock)


class Counting:
    """A client of DynamoDB that counts how many items it was given."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self.items = 0
        self.calls = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def get_item(self, **asked: Any) -> Any:
        return self._noted(self._client.get_item(**asked), lambda answer: "Item" in answer)

    def query(self, **asked: Any) -> Any:
        return self._noted(self._client.query(**asked), lambda answer: len(answer["Items"]))

    def batch_get_item(self, **asked: Any) -> Any:
        return self._noted(
            self._client.batch_get_item(**asked),
            lambda answer: sum(map(len, answer["Responses"].values())),
        )

    def _noted(self, answer: Any, count: Any) -> Any:
        self.items += int(count(answer))
        self.calls += 1
        return answer


def a_past(length: int) -> tuple[Head, list[Kept]]:
    """A conversation in which so many messages were said and taken up by turns."""
    head: Head | None = None
    said = []
    for number in range(length):
        arrival = an_arrival(f"word {number:04}", says={"id": f"m{number:04}"})
        change = arriving.append(head, arrival, now=NOON)
        assert change.arrived is not None
        said.append(change.arrived.model_copy(update={"state": "claimed", "turns": ("t",)}))
        head = change.head.with_conversation(waiting=0)
        head = head.model_copy(update={"oldest_waiting_at": None})
    assert head is not None
    return head, said


def keep(table: DeskTable, head: Head, said: list[Kept]) -> None:
    table.write(Put.of(in_conversation(CONVERSATION, HEAD), head, expects=ABSENT))
    puts = [Put.of(in_conversation(CONVERSATION, MESSAGE, one.message.id), one) for one in said]
    for at in range(0, len(puts), 90):
        table.write(*puts[at : at + 90])


def a_turn_through(desk: Desk) -> Turn:
    """One message more, from its arrival to the ending of its turn."""
    desk.conversations.append(an_arrival("And now?", says={"id": "new"}))
    opened = desk.conversations.open_turn(CONVERSATION, now=NOON, lease_s=LEASE_S)
    assert opened is not None
    turn = desk.conversations.claim(opened)
    saved = desk.conversations.save(turn, now=NOON, lease_s=LEASE_S)
    assert saved is not None
    assert desk.conversations.commit_to_send(saved)
    assert desk.conversations.end(Ended(turn=saved, ending=ending()))
    return saved


def read_by_a_turn(aws: MockedAws, length: int, *, release_1: bool = False) -> tuple[int, int, int]:
    """Items and calls of one turn after so many messages, and how long its history is."""
    head, said = a_past(length)
    clock = StoppedClock()
    keep(
        aws.table(clock=clock), head.model_copy(update={"near": None}) if release_1 else head, said
    )
    client = Counting(aws.dynamodb)
    turn = a_turn_through(a_desk_over(aws.table(client=client, clock=clock), clock))
    assert texts(turn.messages) == ["And now?"]
    assert texts(turn.history) == [one.message.text for one in said[-len(turn.history) :]]
    return client.items, client.calls, len(turn.history)


@pytest.mark.parametrize("length", LENGTHS)
def test_however_long_a_conversation_its_next_turn_reads_a_bounded_part(
    real_aws: MockedAws, length: int
) -> None:
    items, calls, history = read_by_a_turn(real_aws, length)

    near = min(length + 1, MOST_NEAR + 1)  # what was said, and the message that waits
    assert history == near - 1
    assert items == 2 * near + 6  # near is read to open and to claim; the rest are heads and turns
    assert calls <= 13


def test_a_conversation_that_release_1_began_is_read_whole(real_aws: MockedAws) -> None:
    items, _, history = read_by_a_turn(real_aws, 300, release_1=True)

    assert history == 300
    assert items > 600


def test_a_long_episode_is_the_same_in_memory_and_in_the_table(either: Desk) -> None:
    """Bursts of 40, each answered: what the last turn sees is cut at the same place."""
    for burst in range(4):
        for number in range(40):
            said = f"{burst}-{number}"
            either.conversations.append(an_arrival(said, says={"id": said}))
        opened = either.conversations.open_turn(CONVERSATION, now=NOON, lease_s=LEASE_S)
        assert opened is not None
        turn = either.conversations.claim(opened)
        assert len(turn.messages) == 40
        assert either.conversations.end(Ended(turn=turn, ending=ending(reply="Yes.")))

    assert len(turn.history) == MOST_NEAR
    assert texts(turn.history)[-2:] == ["2-39", "Yes."]


def test_a_flood_that_waits_is_taken_up_whole_fifty_at_a_time(either: Desk) -> None:
    """Not one that waits is let go, however many come after it."""
    ids = [f"m{number:03}" for number in range(120)]
    for id_ in ids:
        either.conversations.append(an_arrival(id_, says={"id": id_}))
    taken: list[str] = []
    while opened := either.conversations.open_turn(CONVERSATION, now=NOON, lease_s=LEASE_S):
        turn = either.conversations.claim(opened)
        taken += [message.id for message in turn.messages]
        assert either.conversations.end(Ended(turn=turn, ending=ending(reply="Yes.")))

    assert taken == ids


class Sparing:
    """A client of DynamoDB that gives one item in each answer, or none at all."""

    def __init__(self, client: Any, *, gives: int) -> None:
        self._client = client
        self._gives = gives

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def batch_get_item(self, *, RequestItems: dict[str, Any]) -> Any:  # noqa: N803
        ((table, wanted),) = RequestItems.items()
        now, later = wanted["Keys"][: self._gives], wanted["Keys"][self._gives :]
        answer: dict[str, Any] = {"Responses": {table: []}}
        if now:
            answer = self._client.batch_get_item(RequestItems={table: wanted | {"Keys": now}})
        return answer | {"UnprocessedKeys": {table: wanted | {"Keys": later}} if later else {}}


def test_messages_that_dynamodb_does_not_give_at_once_are_asked_for_again(
    real_aws: MockedAws,
) -> None:
    head, said = a_past(12)
    keep(real_aws.table(), head, said)
    sparing = real_aws.table(client=Sparing(real_aws.dynamodb, gives=1), clock=StoppedClock())
    turn = a_turn_through(a_desk_over(sparing, StoppedClock()))

    assert texts(turn.history) == [f"word {number:04}" for number in range(12)]


def test_a_table_that_gives_nothing_is_unavailable_and_no_history_is_cut(
    real_aws: MockedAws,
) -> None:
    head, said = a_past(12)
    keep(real_aws.table(), head, said)
    silent = real_aws.table(client=Sparing(real_aws.dynamodb, gives=0), clock=StoppedClock())
    with pytest.raises(Unavailable, match="gives too few items at once"):
        a_turn_through(a_desk_over(silent, StoppedClock()))
