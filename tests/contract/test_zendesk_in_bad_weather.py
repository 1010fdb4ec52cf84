"""However Zendesk's faults follow each other, a reply is said once and nobody's change is lost."""

import random
from collections.abc import Iterator
from typing import get_args

import pytest

from deskhand.domain.ticket import CloseOut
from deskhand.errors import DeskhandError
from tests.helpdesks.desks import ZendeskStand, zendesk_stand
from tests.helpdesks.zendesk_server import FaultKind
from tests.helpdesks.zendesk_state import BO, US

RUNS = 150
TRIES = 6
WEATHER = [kind for kind in get_args(FaultKind) if not kind.startswith("silent")]


@pytest.fixture
def stand() -> Iterator[ZendeskStand]:
    with zendesk_stand() as stand:
        yield stand


def replied_through(stand: ZendeskStand, ticket_id: str, rng: random.Random) -> list[str]:
    """A reply is tried again and again, as no caller of ours would; gives what it was told."""
    state, number = stand.server.state, int(ticket_id)
    told: list[str] = []
    for turn in range(TRIES):
        stand.server.faults.clear()
        stand.server.meanwhile.clear()
        for _ in range(rng.randrange(3)):
            method = rng.choice(["GET", "PUT", "PUT"])
            stand.server.go_wrong(rng.choice(WEATHER), method=method, retry_after="1")
        if rng.random() < 0.4:
            tags = [*state.tickets[number]["tags"], f"vip-{turn}"]
            stand.before_next_write(lambda tags=tags: state.changes(number, BO, tags=tags))
        try:
            close_out = CloseOut(status="solved", tags=("deskhand",), note="n")
            told.append(stand.helpdesk.reply(ticket_id, "Here.", marker="k", close_out=close_out))
        except DeskhandError:
            continue
    return told


@pytest.mark.parametrize("seed", [20261121])
def test_in_any_weather_a_reply_is_said_once_and_no_tag_is_lost(
    stand: ZendeskStand, seed: int
) -> None:
    rng = random.Random(seed)
    said, tagged = 0, 0
    for _ in range(RUNS):
        ticket_id = stand.open("Where is it?")
        told = replied_through(stand, ticket_id, rng)

        stand.server.faults.clear()
        stand.server.meanwhile.clear()
        comments = stand.server.state.comments[int(ticket_id)]
        ours = [str(one["id"]) for one in comments if one["author_id"] == US and one["public"]]
        assert len(ours) <= 1
        assert set(told) <= set(ours)
        assert stand.helpdesk.find(ticket_id, "k") == (ours[0] if ours else None)
        notes = [one for one in comments if one["author_id"] == US and not one["public"]]
        assert len(notes) <= 1
        tags = stand.server.state.tickets[int(ticket_id)]["tags"]
        changes = stand.server.state.audits[int(ticket_id)]
        by_bo = sum(one["author_id"] == BO for one in changes)
        assert sum(tag.startswith("vip-") for tag in tags) == by_bo
        said, tagged = said + len(ours), tagged + by_bo
    assert said > RUNS * 0.8  # the weather is bad, not hopeless
    assert tagged > RUNS * 0.2
    assert set(stand.server.happened) == set(WEATHER)


def test_a_first_try_that_arrives_after_the_second_has_begun_is_not_doubled(
    stand: ZendeskStand,
) -> None:
    ticket_id = stand.open("Where is it?")
    stand.server.go_wrong("broken")
    with pytest.raises(DeskhandError):
        stand.helpdesk.reply(ticket_id, "Here.", marker="k", close_out=CloseOut())
    (first_try,) = stand.server.writes

    stand.before_next_write(
        lambda: stand.server.state.update(int(ticket_id), first_try["ticket"], by=US)
    )
    said = stand.helpdesk.reply(ticket_id, "Here.", marker="k", close_out=CloseOut())

    comments = stand.server.state.comments[int(ticket_id)]
    assert [str(one["id"]) for one in comments if one["author_id"] == US] == [said]
