"""What an answer says stands in what it cites, down to the number, the name and the no."""

import pytest

from deskhand.text.courtesy import is_courtesy
from deskhand.text.grounding.support import support
from deskhand.text.links import PAGE

LEAST = 0.5

RETURNS = (
    "You can return unworn shoes within 30 days of delivery. Worn shoes cannot be returned. "
    "Send the parcel to our warehouse in Leipzig with DHL; the label is free. "
    "Refunds take 5 to 7 working days once the parcel has reached us."
)
SHIPPING = (
    "Standard delivery costs 4.90 EUR and takes two to four working days. "
    "Orders over 60 EUR are delivered free of charge. We do not deliver to islands. "
    "Write to hello@shop.example or see https://shop.example/delivery for details. "
    "Gift cards are valid for three years, but they cannot be exchanged for cash."
)
ORDER = (
    "Order DH-2041-X was delivered on 3 November 2026. "
    "Order DH-2041-X came to 1,042.00 EUR, paid by Visa. The parcel number is 00340434161094."
)

TRUE = [
    ("You can return unworn shoes within 30 days of delivery.", RETURNS),
    ("Unworn shoes can be returned within 30 days after they were delivered.", RETURNS),
    ("You have a 30-day window to return unworn shoes.", RETURNS),
    ("Worn shoes cannot be returned.", RETURNS),
    ("We don't take back worn shoes.", "Worn shoes can not be taken back by us."),
    ("The label for the parcel is free.", RETURNS),
    ("Refunds take five to seven working days once the parcel has reached us.", RETURNS),
    ("Please send the parcel to our warehouse in Leipzig.", RETURNS),
    ("Standard delivery takes 2 to 4 working days and costs €4.90.", SHIPPING),
    ("Delivery is free of charge for orders over 60 euros.", SHIPPING),
    ("We do not deliver to islands.", SHIPPING),
    ("You can write to hello@shop.example.", SHIPPING),
    ("See https://shop.example/delivery.", SHIPPING),
    ("Gift cards are valid for 3 years.", SHIPPING),
    ("The guide is Merlin's work.", "The guide is the work of Merlin."),
    ("The guide is the work of Merlin.", "The guide is Merlin's work."),
    ("Gift cards can't be exchanged for cash.", SHIPPING),
    ("Your order DH-2041-X was delivered on 3 November 2026.", ORDER),
    ("Order DH-2041-X was delivered on 2026-11-03.", ORDER),
    ("Order dh-2041-x came to 1042 EUR.", ORDER),
    ("The parcel number is 00340434161094.", ORDER),
    ("It was delivered on the 3rd of November.", ORDER),
    ("Gift cards are valid for three years, but they cannot be exchanged for cash.", SHIPPING),
]


@pytest.mark.parametrize(("claim", "source"), TRUE)
def test_what_the_source_says_in_other_words_may_be_said(claim, source):
    assert support(claim, [source]).holds(LEAST), support(claim, [source])


@pytest.mark.parametrize("sentence", (RETURNS + " " + SHIPPING + " " + ORDER).split(". "))
def test_a_sentence_of_the_source_stands_word_for_word(sentence):
    assert support(sentence, [RETURNS, SHIPPING, ORDER]).score == 1.0
    assert support(sentence, [RETURNS, SHIPPING, ORDER]).holds(1.0)


FALSE = [
    ("You can return unworn shoes within 60 days of delivery.", RETURNS, "60 days is not in"),
    ("You can return unworn shoes within 30 weeks of delivery.", RETURNS, "30 weeks is not in"),
    ("You can return unworn shoes within two months.", RETURNS, "two months is not in"),
    ("Worn shoes can be returned.", RETURNS, "the opposite"),
    ("Unworn shoes cannot be returned within 30 days of delivery.", RETURNS, ""),
    ("Send the parcel to our warehouse in Hamburg with DHL.", RETURNS, "Hamburg is not named"),
    ("Send the parcel to our warehouse with UPS.", RETURNS, "UPS is not named"),
    ("Refunds take 5 to 7 days before the parcel has reached us.", RETURNS, ""),
    ("Standard delivery costs 5.90 EUR.", SHIPPING, "5.90 EUR is not in"),
    ("Standard delivery costs 4.90 USD.", SHIPPING, ""),
    ("Orders over 60 EUR are charged for delivery.", SHIPPING, ""),
    ("Orders below 60 EUR are delivered free of charge.", SHIPPING, "the opposite"),
    ("We deliver to islands.", SHIPPING, "the opposite"),
    ("Write to help@shop.example.", SHIPPING, "help@shop.example is not in"),
    ("See https://shop.example/deliveries for details.", SHIPPING, "deliveries is not in"),
    ("Gift cards can be exchanged for cash.", SHIPPING, "the opposite"),
    ("Order DH-2041-Y was delivered on 3 November 2026.", ORDER, "DH-2041-Y is not in"),
    ("Order DH-2041-X was delivered on 4 November 2026.", ORDER, "4 November 2026 is not in"),
    ("Order DH-2041-X was delivered on 2026-11-13.", ORDER, "2026-11-13 is not in"),
    ("Order DH-2041-X came to 1,402.00 EUR.", ORDER, "1,402.00 EUR is not in"),
    ("Order DH-2041-X was paid by PayPal.", ORDER, "PayPal is not named"),
    ("PayPal was used.", ORDER, "PayPal is not named"),
    ("The moon is made of green cheese.", RETURNS, "more than what it cites"),
    ("Our loyalty programme gives members a birthday present.", SHIPPING, ""),
]


@pytest.mark.parametrize(("claim", "source", "words"), FALSE)
def test_what_the_source_does_not_say_may_not_be_said(claim, source, words):
    found = support(claim, [source])

    assert not found.holds(LEAST), found
    assert words in found.words


def test_a_piece_of_a_sentence_is_not_taken_for_the_whole_of_it():
    assert not support("Deliver to islands.", [SHIPPING]).holds(LEAST)
    assert not support("", [SHIPPING]).holds(LEAST)


def test_nothing_stands_on_nothing():
    assert support("Refunds take 5 days.", []).score == 0.0


def test_a_claim_may_stand_on_several_sources_together():
    claim = "Order DH-2041-X was delivered on 3 November 2026, so you can return it within 30 days."

    assert support(claim, [ORDER, RETURNS]).holds(LEAST)


def test_invented_numbers_and_names_are_all_listed():
    found = support("It takes 9 days with UPS to Hamburg for 3.50 EUR.", [RETURNS])

    assert found.signs.strange_numbers == ("9 days", "3.50 EUR")
    assert found.signs.strange_names == ("UPS", "Hamburg")
    assert found.words.startswith(
        "9 days, 3.50 EUR is not in what it cites and UPS, Hamburg is not named in what it cites"
    )


def test_a_long_claim_is_read_in_linear_time():
    long = "Refunds take 5 days and 1,000,000 cents, see www.shop.example/a-1-b. " * 400

    assert not support(long, [RETURNS]).holds(LEAST)


@pytest.mark.parametrize(
    "text",
    [
        "Hello Ada,",
        "Thank you for getting in touch!",
        "I hope this helps.",
        "If you have any further questions, just let me know.",
        "I'm sorry to hear that.",
        "Have a great day!",
    ],
)
def test_courtesy_needs_nothing_to_stand_on(text):
    assert is_courtesy(text, ["Ada Lovelace"])


@pytest.mark.parametrize(
    "text",
    [
        "Returns are free.",
        "Hello Bob,",
        "We are not happy to help.",
        "Feel free to keep it.",
        "I will be happy to help you get it all again for free.",
        "You are welcome to 10 euros.",
        "Yes, certainly you can.",
        "Of course, you should do it.",
        "That is yours.",
        "It is off.",
    ],
)
def test_what_could_be_wrong_is_no_courtesy(text):
    assert not is_courtesy(text, ["Ada Lovelace"])


@pytest.mark.parametrize(
    "page", ["evil.example/x", "evil.example", "pay.evil-shop.com", "EVIL.com"]
)
def test_a_page_is_named_by_its_source_however_it_is_written(page: str) -> None:
    claim = f"Worn shoes cannot be returned, see {page}."

    assert not support(claim, [RETURNS]).holds(LEAST)
    assert f"{page} is not in what it cites" in support(claim, [RETURNS]).words
    assert support(claim, [f"{RETURNS} For worn shoes see {page}."]).holds(LEAST)


@pytest.mark.parametrize(
    "text", ["at 2 p.m. or 4.90 EUR", "first.last@shop.example.com", "e.g. a day"]
)
def test_what_only_has_a_dot_is_no_page(text: str) -> None:
    assert not PAGE.findall(text)


@pytest.mark.parametrize("name", ["Refund Approved", "Free Shipping Forever"])
@pytest.mark.parametrize(
    "text", ["Your refund is approved.", "Shipping is free forever.", "Thanks, refund approved!"]
)
def test_what_customers_call_themselves_makes_nothing_true(name: str, text: str) -> None:
    assert not is_courtesy(text, [name])


def test_a_customer_is_greeted_by_their_name_whatever_it_is() -> None:
    assert is_courtesy("Hello Refund Approved, thank you for your patience.", ["Refund Approved"])
    assert is_courtesy("Dear Refund, happy to help.", ["Refund Approved"])
