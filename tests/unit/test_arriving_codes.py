"""How intake takes a one-time code out of a message before anything keeps it."""

from datetime import timedelta
from typing import Any

import pytest

from deskhand.adapters.memory.codes import MemoryCodes
from deskhand.domain.code import Challenge, CodeTried
from deskhand.domain.ticket import Arrival
from deskhand.jobs.arriving_codes import without_code
from deskhand.text.one_time_codes import MASK
from tests.builders import NOON, StoppedClock, an_arrival, an_asker
from tests.challenges import a_challenge

RIGHT = "314159"


class Door:
    """What stands before the queue, with one challenge open unless told otherwise."""

    def __init__(self, **bent: Any) -> None:
        self.codes = MemoryCodes()
        self.clock = StoppedClock(NOON + timedelta(minutes=1))
        self.number = 0
        self.asks(**bent)

    def asks(self, code: str = RIGHT, **bent: Any) -> Challenge:
        challenge = a_challenge(**bent)
        assert self.codes.issue(challenge, code, most_an_hour=3) == "issued"
        return challenge

    def takes(self, text: str, **bent: Any) -> Arrival:
        self.number += 1
        given = {"says": {"id": f"m{self.number}"}, "asker": an_asker(verified=False)} | bent
        return without_code(an_arrival(text, **given), codes=self.codes, clock=self.clock)


def result(arrival: Arrival) -> str:
    return arrival.message.code.result if arrival.message.code else ""


def test_the_code_is_gone_and_what_came_of_it_is_there() -> None:
    arrival = Door().takes(f"My code is {RIGHT}, thanks")

    assert arrival.message.text == f"My code is {MASK}, thanks"
    assert arrival.message.code == CodeTried(
        result="right", verified_until=NOON + timedelta(minutes=61), alone=True
    )
    assert RIGHT not in arrival.model_dump_json()


@pytest.mark.parametrize(
    "text", [RIGHT, "314 159", "3 1 4 1 5 9", f"code:{RIGHT}", f"Where is it?\n\n{RIGHT}\nAda"]
)
def test_a_code_is_taken_out_however_it_is_written(text: str) -> None:
    arrival = Door().takes(text)

    assert result(arrival) == "right"
    assert "159" not in arrival.model_dump_json()


def test_a_wrong_code_is_taken_out_too() -> None:
    arrival = Door().takes("It is 271828.")

    assert arrival.message.text == f"It is {MASK}."
    assert arrival.message.code == CodeTried(result="wrong", tries_left=4, alone=True)


def test_what_else_the_message_says_is_kept() -> None:
    arrival = Door().takes(f"{RIGHT}. And please cancel order HR-1004.")

    assert arrival.message.code is not None
    assert not arrival.message.code.alone
    assert arrival.message.text == f"{MASK}. And please cancel order HR-1004."


def test_a_code_in_the_subject_is_taken_out() -> None:
    arrival = Door().takes("As you asked.", subject=f"Re: {RIGHT}")

    assert arrival.subject == f"Re: {MASK}"
    assert result(arrival) == "right"


def test_while_no_code_is_asked_for_a_number_is_ordinary_text() -> None:
    door = Door(conversation_id="inbox:another")
    arrival = door.takes(f"My lamp {RIGHT} is broken")

    assert arrival.message.text == f"My lamp {RIGHT} is broken"
    assert arrival.message.code is None


def test_an_order_number_is_neither_a_try_nor_masked() -> None:
    door = Door()
    arrival = door.takes("It is about order 271828.")

    assert arrival.message.text == "It is about order 271828."
    assert arrival.message.code is None
    assert result(door.takes("271828")) == "wrong"


def test_a_number_that_was_said_before_the_code_was_asked_for_is_none() -> None:
    door = Door(known=("271828",))

    assert door.takes("Again: 271828 is broken").message.text == "Again: 271828 is broken"
    both = door.takes(f"271828 is broken, the code is {RIGHT}", subject="271828")
    assert result(both) == "right"
    assert both.message.text == f"271828 is broken, the code is {MASK}"
    assert both.subject == "271828"


@pytest.mark.parametrize("text", [f"order {RIGHT}", f"X{RIGHT}", f"#{RIGHT}", f"0{RIGHT}"])
def test_even_where_it_is_no_answer_the_code_is_masked(text: str) -> None:
    arrival = Door().takes(text)

    assert RIGHT not in arrival.model_dump_json()
    assert arrival.message.code is None


def test_a_code_that_is_sent_once_more_is_nobody_asking() -> None:
    door = Door()
    door.takes(RIGHT)

    again = door.takes(RIGHT)
    assert again.noise == "a one-time code that counted before"
    more = door.takes(f"{RIGHT} and where is my order?")
    assert (more.noise, more.message.code) == ("", None)
    assert more.message.text == f"{MASK} and where is my order?"


def test_a_code_that_comes_too_late_is_masked_and_told_so() -> None:
    door = Door()
    door.clock.pass_by(minutes=10)

    assert result(door.takes("271828")) == ""
    late = door.takes(RIGHT)
    assert result(late) == "expired"
    assert late.message.text == MASK


def test_after_five_wrong_ones_it_is_locked() -> None:
    door = Door()

    assert [result(door.takes("271828")) for _ in range(5)] == ["wrong"] * 4 + ["locked"]
    assert result(door.takes(RIGHT)) == "locked"


def test_an_auto_reply_with_a_code_in_it_answers_nothing() -> None:
    door = Door()
    noise = door.takes(f"I am away. You wrote: {RIGHT}", noise="an auto-reply")

    assert RIGHT not in noise.model_dump_json()
    assert noise.message.code is None
    assert result(door.takes(RIGHT)) == "right"


def test_the_wish_for_another_code_is_heard_where_one_was_asked_for() -> None:
    arrival = Door().takes("I did not get the code, please send it again.")

    assert arrival.message.code == CodeTried(result="again", tries_left=5, alone=True)
    nowhere = Door(conversation_id="inbox:another").takes("I did not get the code.")
    assert nowhere.message.code is None


def test_hours_later_a_code_that_is_missed_is_another_one() -> None:
    door = Door()
    door.clock.pass_by(hours=2)

    assert door.takes("The code does not work.").message.code is None


def test_a_message_that_is_delivered_twice_is_tried_once() -> None:
    door = Door()
    first, second = (door.takes("271828", says={"id": "m1"}) for _ in range(2))

    assert first == second


def test_what_is_asked_of_nobody_sounds_the_same() -> None:
    known, unknown = Door(), Door()
    unknown.codes = MemoryCodes()
    unknown.asks("")

    for text in ("271828", "no code came", "271828", "Hello?", "and 161803", "1", "2", "141421"):
        assert known.takes(text) == unknown.takes(text)
