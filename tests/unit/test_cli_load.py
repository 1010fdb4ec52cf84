"""What the commands for many messages tell, and what they take for lost, broken or growing."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from deskhand.adapters.connectors.sample_shop import SampleShop
from deskhand.domain.conversation import Conversation
from deskhand.domain.turn import Ended, Ending
from scripts.deskhand_cli.crowd import Followed, address_of, crowded
from scripts.deskhand_cli.load import FLAT, LoadReport, _report, _told
from scripts.deskhand_cli.memory_watch import MemoryWatch, held_mib, pids_of
from scripts.deskhand_cli.problems import UnreadableError
from scripts.deskhand_cli.replay import Line, Replayed, chosen, read_lines
from scripts.deskhand_cli.seen import Seen
from tests.builders import NOON, ROOT, a_turn, an_asker

SHOP = json.loads((ROOT / "scripts" / "sample" / "shop.json").read_text(encoding="utf-8"))


def followed(*kinds: str, codes: tuple[str, ...] = ()) -> Followed:
    """A message with turns that ended so, a second after they began."""
    began = NOON + timedelta(seconds=3)
    at = began + timedelta(seconds=1)
    turns = tuple(
        Ended(
            turn=a_turn(id=f"t{number}", started_at=began),
            ending=Ending.model_validate({"kind": kind, "why": "so", "codes": codes, "at": at}),
        )
        for number, kind in enumerate(kinds)
    )
    head = Conversation(
        id="inbox:T1", helpdesk="inbox", ticket_id="T1", subject="", asker=an_asker()
    )
    return Followed("Hello?", "inbox:T1", NOON, 0.02, Seen(head, turns))


def test_a_message_with_one_ending_is_not_lost_and_its_times_are_told() -> None:
    one = followed("answered")

    assert not one.lost
    assert (one.queued_s, one.turn_s) == (3.0, 1.0)


@pytest.mark.parametrize("kinds", [(), ("answered", "answered")])
def test_a_message_with_no_ending_or_with_two_is_lost(kinds: tuple[str, ...]) -> None:
    assert followed(*kinds).lost
    assert Replayed(Line("Hello?"), known=True, followed=followed(*kinds)).how == "lost"


def test_a_turn_that_something_raised_in_is_broken() -> None:
    raised = followed("handed_over", codes=("STEP_FAILED", "OUT_OF_SCOPE"))

    assert raised.broken == ("STEP_FAILED",)
    assert followed("handed_over", codes=("OUT_OF_SCOPE",)).broken == ()
    report = a_report(raised, followed("answered"))
    assert report.broken == 1
    assert report.broken_by == ("inbox:T1: STEP_FAILED: so",)
    assert "           inbox:T1: STEP_FAILED: so" in _told(report)


def test_a_crowd_has_as_many_customers_as_are_wanted_each_with_what_is_theirs() -> None:
    shop = crowded(SHOP, 70)

    assert len({customer["email"] for customer in shop["customers"]}) == 70
    assert shop["customers"][69]["email"] == address_of(69)
    orders = [order["id"] for order in shop["orders"]]
    assert len(orders) == len(set(orders)) > 70
    assert not [order for order in shop["orders"] if "payment" in order], "a bank that fails"
    SampleShop.seed(":memory:", shop).close()  # which refuses what does not fit together


def test_the_same_seed_chooses_the_same_lines() -> None:
    lines = [Line(str(number)) for number in range(100)]

    assert chosen(lines, 5, seed=7) == chosen(lines, 5, seed=7)
    assert chosen(lines, 5, seed=7) != chosen(lines, 5, seed=8)
    assert len(chosen(lines, 500, seed=7)) == 100


@pytest.mark.parametrize("line", ["not json", "{}", "[]", '"text"', "7"])
def test_a_line_that_is_no_message_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "messages.jsonl"
    file.write_text(f'{{"text": "Hello?"}}\n{line}\n')
    with pytest.raises(UnreadableError, match=r"messages\.jsonl:2: no JSON object with a `text`"):
        read_lines(file)


def a_report(*done: Followed, early: float = 100.0, late: float = 100.0) -> LoadReport:
    memory = MemoryWatch(group=1)
    memory.held_mib[1] = [50.0] * 16
    memory.held_mib[2] = [early] * 8 + [late] * 8
    return _report(done, 2, 10.0, 0, memory)


def test_a_load_tells_what_was_lost_and_how_long_things_took() -> None:
    found = a_report(followed("answered"), followed("handed_over"), followed())

    assert (found.sent, found.ended, found.lost) == (3, 2, 1)
    assert found.queued_s == (3.0, 3.0, 3.0)
    assert found.turns_per_s == 0.2
    assert "3 messages, 2 at once, in 10 s: 2 ended, 1 lost, 0 broken, 0 left in queues" in _told(
        found
    )


def test_memory_that_grows_is_told_and_memory_that_does_not_is_flat() -> None:
    assert a_report(followed("answered"), late=100.0 * FLAT).flat
    growing = a_report(followed("answered"), late=100.0 * FLAT + 1)
    assert not growing.flat
    assert "GROWING" in _told(growing)[-1]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells it in /proc")
def test_a_process_of_a_group_is_found_with_what_it_holds() -> None:
    with subprocess.Popen(["sleep", "60"], start_new_session=True) as process:
        try:
            assert pids_of(process.pid) == [process.pid]
            assert 0 < held_mib(process.pid) < held_mib(os.getpid())
        finally:
            process.kill()
