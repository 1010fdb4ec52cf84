"""By which signs a sentence gives itself away that says what its sources do not say."""

import json
import random
import time
from pathlib import Path

import pytest

from deskhand.text.grounding.support import has_quote, support
from deskhand.text.grounding.weights import BIAS, WEIGHTS
from scripts.evaluation.grounding import figures, judged
from scripts.evaluation.grounding_fit import OWN_SET, SIGNS, fitted, tuning_rows
from scripts.evaluation.grounding_set import GroundingRow, halves, read_grounding_set
from tests.builders import ROOT

LEAST = 0.5
SHOP = """Our shop
Opening hours
The shop is open from Tuesday to Saturday. We do not deliver on Sundays.
Guarantee
The guarantee covers faults of making. It does not cover drops.
Payments
We pay the postage of a return. Delivery to islands may take two days longer.
Only unworn shoes can be returned. Parcels go from Leipzig to Hamburg.
You get a gift card instead of money. You can pause a plan for up to 90 days.
The camera needs eight batteries and takes photos by night. The recorder has a cable.
| model | rainproof | price |
|---|---|---|
| Badger | Yes | 90 EUR |
| Wren | No | 50 EUR |
"""
WRONG = [
    ("We deliver on Sundays.", "turned"),
    ("The guarantee covers drops.", "turned"),
    ("The guarantee does not cover faults of making.", "turned"),
    ("The Wren is rainproof.", "turned"),
    ("You pay the postage of a return.", "roles"),
    ("Parcels go from Hamburg to Leipzig.", "roles"),
    ("You get money instead of a gift card.", "roles"),
    ("You can pause a plan for at least 90 days.", "limits"),
    ("Delivery to islands always takes two days longer.", "overstated"),
    ("Delivery to islands takes two days longer.", "unhedged"),
    ("Unworn shoes can be returned.", "unnarrowed"),
    ("Our loyalty programme sends birthday presents to members.", "new"),
    ("The recorder takes photos by night with batteries.", "scattered"),
]


@pytest.mark.parametrize(("claim", "sign"), WRONG)
def test_each_way_of_saying_something_else_leaves_its_sign(claim: str, sign: str) -> None:
    found = support(claim, [SHOP])

    assert getattr(found.signs, sign) > 0, found
    assert found.score < support("We do not deliver on Sundays.", [SHOP]).score
    assert found.words


@pytest.mark.parametrize(
    "claim",
    [
        "There is no delivery on a Sunday.",
        "Drops are not covered by the guarantee.",
        "The Wren is not rainproof.",
        "The Badger is rainproof and costs 90 EUR.",
        "The postage of a return is paid by us.",
        "A plan can be paused for 90 days at most.",
        "Delivery to an island can need two days more.",
        "You receive a gift card rather than money.",
    ],
)
def test_the_same_in_other_words_is_let_through(claim: str) -> None:
    assert support(claim, [SHOP]).holds(LEAST), support(claim, [SHOP])


def test_no_sign_speaks_for_a_sentence() -> None:
    assert tuple(WEIGHTS) == SIGNS
    assert min(WEIGHTS.values()) > 0
    assert BIAS > 0


def test_the_weights_are_those_that_our_own_set_gives() -> None:
    assert fitted(tuning_rows()) == (BIAS, WEIGHTS)


def nothing(what: str, done: int, total: int) -> None:
    """Shows no progress."""


def test_every_swapped_number_and_date_of_our_own_set_is_caught() -> None:
    done, _ = judged(read_grounding_set(OWN_SET), min_support=LEAST, progress=nothing)
    found = {kind.kind: kind for kind in figures(done).kinds}

    assert (found["number"].unsupported, found["number"].caught_by_gate) == (48, 1.0)
    assert (found["date"].unsupported, found["date"].caught_by_gate) == (9, 1.0)


def test_the_half_that_nothing_was_tuned_on_is_told_apart() -> None:
    _, aside = halves(read_grounding_set(OWN_SET))
    done, _ = judged(aside, min_support=LEAST, progress=nothing)
    found = figures(done)

    assert found.auc is not None
    assert found.auc >= 0.80
    assert found.caught_by_gate >= 0.62
    assert found.false_alarms_of_gate <= 0.10


STRANGERS = ROOT.parent / "shared/data/retrieval/mtrag/docs.jsonl"


@pytest.mark.skipif(not STRANGERS.exists(), reason="the passages of mtrag are not on this machine")
def test_strangers_passages_are_told_apart_too() -> None:
    documents = map(json.loads, STRANGERS.read_text(encoding="utf-8").splitlines())
    texts = {one["doc_id"]: one["text"] for one in documents}
    lines = (ROOT / "tests/grounding/mtrag.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [
        GroundingRow((texts[one["passage"]],), one["sentence"], one["supported"], one["kind"])
        for one in map(json.loads, lines)
    ]
    found = figures(judged(rows, min_support=LEAST, progress=nothing)[0])

    assert len(rows) == 119
    assert found.auc is not None
    assert found.auc >= 0.76
    assert found.caught_by_gate >= 0.62


def test_the_passages_of_our_own_set_are_those_of_the_shop() -> None:
    for row in map(json.loads, OWN_SET.read_text(encoding="utf-8").splitlines()):
        for passage in row["passages"]:
            name = passage["id"].split("/")[0]
            article = (ROOT / f"scripts/sample/articles/{name}.md").read_text(encoding="utf-8")
            title, heading, *said = passage["text"].splitlines()
            assert f"# {title}\n" in article
            assert f"## {heading}\n" in article
            assert all(line in article for line in said), passage["id"]


@pytest.mark.parametrize(
    ("quote", "stands"),
    [
        ("open from Tuesday  to\nSaturday", True),
        ("\u201cThe guarantee covers faults of making.\u201d", True),
        ("open from Monday to Saturday", False),
        ("", False),
        ('"', False),
    ],
)
def test_a_quote_stands_whatever_its_spaces_and_marks(quote: str, stands: bool) -> None:
    assert has_quote(quote, [SHOP]) is stands


@pytest.mark.parametrize(
    "word", ["delivery 5 days ", "no ", "1,", "| 1 ", "a. ", "if not, ", "x-1 "]
)
def test_four_times_the_source_takes_four_times_the_time(word: str) -> None:
    def took_s(length: int) -> float:
        source = f"{random.Random(length).random()} " + word * (length // len(word))
        began_s = time.process_time()
        support("Refunds take 5 days and never 14.", [source])
        return time.process_time() - began_s

    took_s(1_000)
    growths = (took_s(40_000) / max(took_s(10_000), 0.01) for _ in range(3))
    assert min(growths) < 9.0


def test_a_claim_of_any_length_comes_to_an_end() -> None:
    began_s = time.process_time()
    support("Refunds take 5 days, or 6 days, and cost 4 EUR " * 2_000, [SHOP])
    assert time.process_time() - began_s < 20


def test_the_set_lies_where_the_command_looks() -> None:
    assert Path(OWN_SET).is_file()


@pytest.mark.parametrize(
    ("claim", "source", "strange"),
    [
        ("The Federal Parcel Agency asks for it.", "The FPA asks for it.", ()),
        ("It goes to the FPA.", "It goes to the Federal Parcel Agency.", ()),
        ("It is a German parcel.", "It is a parcel from Germany.", ()),
        ("All of it is in EUR.", "All of it is in euros.", ()),
        ("It goes with Postwing.", "It goes with Harbour Parcel.", ("Postwing",)),
    ],
)
def test_a_name_may_be_short_or_in_full(claim: str, source: str, strange: tuple[str, ...]) -> None:
    assert support(claim, [source]).signs.strange_names == strange
