"""Codes as people write them, and everything else that has six digits."""

import pytest

from deskhand.text.one_time_codes import (
    MASK,
    asks_for_another_code,
    codes_in,
    is_only_a_code,
    is_only_about_the_code,
    six_digits_in,
    without_codes,
)


@pytest.mark.parametrize(
    "text",
    [
        "123456",
        " 123456\n",
        "123 456",
        "123\u00a0456",
        "123-456",
        "12 34 56",
        "1 2 3 4 5 6",
        "\uff11\uff12\uff13\uff14\uff15\uff16",
        "My code is 123456.",
        "code:123456",
        "code=123456",
        "Code #123456",
        "Here it is: 123456, thanks!",
        "(123456)",
        '"123456"',
        "The code for order HR-1001 is 123456",
        "my order number is 99 and the code 123456",
    ],
)
def test_a_code_is_found_however_it_is_written(text: str) -> None:
    assert codes_in(text) == ("123456",)
    assert MASK in without_codes(text, ("123456",))
    assert "123" not in without_codes(text, ("123456",))


@pytest.mark.parametrize(
    "text",
    [
        "order 123456",
        "my order number is 123456",
        "order no. 123456",
        "Order #123456",
        "#123456",
        "invoice 123456",
        "HR-123456",
        "A123456",
        "123456-7",
        "1234567",
        "12345",
        "call 0301234567",
        "EUR 123456.50",
        "1.123456",
        "on 2026-11-21 at 12:00",
        "21-11-26",
        "postcode 123456",
    ],
)
def test_a_number_that_is_something_else_is_no_code(text: str) -> None:
    assert codes_in(text) == ()


def test_each_code_is_found_once_and_in_order() -> None:
    assert codes_in("654321, no: 123456, I mean 654 321") == ("654321", "123456")


def test_a_message_of_nothing_but_numbers_has_an_end() -> None:
    assert len(codes_in(" ".join(f"{number:06}" for number in range(500)))) == 20


@pytest.mark.parametrize(
    "text",
    [
        "order 123456",
        "x123456y",
        "9123456",
        "1.2.3.4.5.6",
        "12 3456",
        "1\n2\n3\n4\n5\n6",
        "#123456",
    ],
)
def test_wherever_the_digits_of_a_known_code_stand_they_are_masked(text: str) -> None:
    assert "123456" in six_digits_in(text)
    masked = without_codes(text, ("123456",))
    assert MASK in masked
    assert "4" not in masked


def test_only_the_code_is_masked() -> None:
    text = "order 654321, code 123456, phone 0301234567"

    assert without_codes(text, ("123456",)) == f"order 654321, code {MASK}, phone 030{MASK}7"
    assert without_codes(text, ()) == text


@pytest.mark.parametrize(
    "text",
    [MASK, f"Hi, my code is {MASK}. Thanks!", f"Here you go: {MASK}", f"It's {MASK} :-)"],
)
def test_a_message_may_be_nothing_but_a_code(text: str) -> None:
    assert is_only_a_code(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Where is my order?",
        f"{MASK} and cancel my order",
        f"{MASK} no refund, a new one please",
    ],
)
def test_what_asks_for_more_is_more_than_a_code(text: str) -> None:
    assert not is_only_a_code(text)


@pytest.mark.parametrize(
    "text",
    [
        "I did not get the code",
        "I didn\u2019t get any code.",
        "please send me a new code",
        "can you resend it",
        "I never received a code, please send it again",
        "The code has expired",
        "Your code does not work",
        "no code arrived",
        "Nothing came in the mail, can I have another code?",
    ],
)
def test_who_wants_another_code_says_so(text: str) -> None:
    assert asks_for_another_code(text)
    assert is_only_about_the_code(text)


@pytest.mark.parametrize(
    "text",
    [
        "Where is my order? It has not arrived.",
        "I have not received my parcel",
        "please send my order again",
        "Send me a new lamp",
        "My discount is gone",
        "The PIN pad of the lock came late",
        "My discount code does not work",
        "I never got a voucher code",
    ],
)
def test_who_misses_something_else_does_not_ask_for_a_code(text: str) -> None:
    assert not asks_for_another_code(text)


def test_what_is_asked_besides_the_code_is_not_forgotten() -> None:
    text = "I never got the code. Also, please cancel my order HR-1004."

    assert asks_for_another_code(text)
    assert not is_only_about_the_code(text)
