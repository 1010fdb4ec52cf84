"""In a storm of faults nothing is lost and nothing happens twice; and the storm would see it."""

import json

import pytest

from scripts.deskhand_cli.storm import NEVER_HIT, VIOLATED
from scripts.storm.boundaries import LEFT_OUT, PORTS, boundaries
from scripts.storm.invariants import ALWAYS, AT_THE_END
from scripts.storm.run import as_json, storm
from tests.storm.planted import PLANTED

SEED = "make test"
ENOUGH_TURNS = 1_200
ENOUGH_FOR_A_BUG = 1_200


@pytest.mark.slow
def test_nothing_is_lost_and_nothing_happens_twice_whatever_fails() -> None:
    report = storm(turns=ENOUGH_TURNS, seed=SEED)

    found = [(*one.violation, report.replay(one.world)) for one in report.found]
    assert found == []
    assert report.never_hit == ()
    assert report.turns >= ENOUGH_TURNS
    kinds = {"answered", "asked_customer", "handed_over", "superseded", "ignored"}
    assert kinds <= set(report.endings)


@pytest.mark.slow
@pytest.mark.parametrize("invariant", PLANTED)
def test_the_storm_finds_a_bug_against(invariant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    bug = PLANTED[invariant](monkeypatch)
    report = storm(turns=ENOUGH_FOR_A_BUG, seed=SEED, bug=bug, until_found=True)

    assert invariant in {one.violation.invariant for one in report.found}


def test_there_is_a_planted_bug_for_everything_that_must_hold() -> None:
    assert set(PLANTED) == set(AT_THE_END)
    assert set(ALWAYS) < set(AT_THE_END)


def test_the_same_world_of_the_same_seed_is_the_same_storm_again() -> None:
    once, again = (storm(turns=1, seed=SEED, worlds=[3]) for _ in range(2))
    told = [as_json(report) | {"elapsed_s": 0} for report in (once, again)]
    assert json.dumps(told[0], sort_keys=True) == json.dumps(told[1], sort_keys=True)
    assert once.turns > 0


def test_a_boundary_that_was_never_hit_is_named() -> None:
    report = storm(turns=1, seed=SEED, worlds=[])
    assert report.never_hit == boundaries()
    assert as_json(report)["never_hit"] == [str(one) for one in boundaries()]


def test_what_is_left_out_is_declared_and_says_why() -> None:
    for port, verbs in LEFT_OUT.items():
        for verb, why in verbs.items():
            assert hasattr(PORTS[port], verb), f"{port} has no {verb} any more"
            assert why
    assert VIOLATED != NEVER_HIT
