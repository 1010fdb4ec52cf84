"""Words are counted the same everywhere, and tell what no example speaks of."""

import numpy as np
import pytest

from deskhand.text.wordings import BUCKETS, MOST_CHARACTERS, Wordings, marks


def wordings(*texts: str) -> Wordings:
    return Wordings.of([marks(text) for text in texts])


def test_a_text_falls_into_the_same_buckets_on_every_machine() -> None:
    buckets, counts = marks("refund refund please")

    assert len(buckets) == len(counts) == len(set(buckets.tolist()))
    assert buckets[:3].tolist() == [5208, 20817, 24227]
    assert counts.max() == pytest.approx(1 + np.log(2))
    assert (buckets >= 0).all()
    assert (buckets < BUCKETS).all()


def test_capitals_and_punctuation_say_nothing() -> None:
    assert marks("Where's MY order?!")[0].tolist() == marks("where s my order")[0].tolist()


def test_words_and_their_pieces_weigh_as_much_as_each_other() -> None:
    given = wordings("where is my parcel", "hello")
    weights = given.weights(given.rarity())

    for row in (0, 1):
        assert np.linalg.norm(weights[given.rows == row]) == pytest.approx(np.sqrt(2))


def test_what_no_example_says_is_unknown() -> None:
    rarity = wordings("where is my parcel", "the parcel is late").rarity()

    known = wordings("where is the parcel", "parcel zorp", "zorp quux", "").known(rarity)

    assert known[0] == pytest.approx(1.0)
    assert 0.0 < known[1] < 0.5
    assert known[2:].tolist() == [0.0, 0.0]


def test_the_weights_of_what_is_said_add_up() -> None:
    given = wordings("refund", "parcel", "")
    refund, _ = marks("refund")
    weights = np.zeros((BUCKETS, 2), dtype=np.float16)
    weights[refund, 1] = 1.0

    scores = given.scores(given.rarity(), weights)

    assert scores[0, 1] > 1.0
    assert scores[1].max() < scores[0, 1] / 4
    assert scores[2].tolist() == [0.0, 0.0]


def test_of_a_very_long_text_only_its_beginning_is_read() -> None:
    beginning = "word " * (MOST_CHARACTERS // 5)

    assert marks(beginning + "refund " * 20_000)[0].tolist() == marks(beginning)[0].tolist()
