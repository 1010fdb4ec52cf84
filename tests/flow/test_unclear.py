"""A customer whose words could be about anything is asked what they mean, once."""

from deskhand.text.unclear import LEAD
from tests.flow.conftest import House


def test_who_says_what_they_mean_is_answered(house: House) -> None:
    house.says("open", "how long?", subject="")
    (asked,) = house.ended("open")
    assert asked.ending.kind == "asked_customer"
    assert LEAD in house.said("open")[0]

    house.says("open", "delivery to Belgium")

    _, answered = house.ended("open", 2)
    assert answered.ending.kind == "answered"
    assert "Belgium" in house.said("open")[1]


def test_who_is_as_unclear_again_gets_a_person(house: House) -> None:
    house.says("still", "how long?", subject="")
    house.ended("still")
    house.says("still", "just that thing")

    _, given_up = house.ended("still", 2)
    assert given_up.ending.kind == "handed_over"
    assert sum(LEAD in text for text in house.said("still")) == 1
