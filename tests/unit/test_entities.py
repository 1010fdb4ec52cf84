"""What a text names: references by their shape, amounts in cents, e-mail addresses."""

import pytest

from deskhand.text.entities import amounts_in, entities_of, references_in

NAMED = {
    "Where is order #1042?": ("1042",),
    "my order no. 1042 and 1043": ("1042", "1043"),
    "i have order 1042 & order 1043": ("1042", "1043"),
    "orders #12 and #13": ("12", "13"),
    "ORD-1042 hasn't come": ("ORD-1042",),
    "DH-2041-X?": ("DH-2041-X",),
    "dh-2041-x where": ("dh-2041-x",),
    "Order number: K7-0093.": ("K7-0093",),
    "(order: QX_88121)": ("QX_88121",),
    "order 2026/0417": ("2026/0417",),
    "My order is 10-2041": ("10-2041",),
    "my ordr 20-17-88 is late": ("20-17-88",),
    "order id is B0417": ("B0417",),
    "ref N.4471": ("N.4471",),
    "#W2378156 and #W111": ("W2378156", "W111"),
    "where is 113542617735902": ("113542617735902",),
    "I don't know how I can see my bill #00108": ("00108",),
    "want help seeing order113542617735902 current status": ("113542617735902",),
    "my order nr.4711": ("4711",),
    "Re: Your order [#1042]": ("1042",),
    "the order number is 55821, thanks": ("55821",),
    "Bestellung 1042": ("1042",),
    "Cancel 1042 please": ("1042",),
    "what about 1043?": ("1043",),
    "no, I meant #1043": ("1043",),
    "2041": ("2041",),
    "It's 2041": ("2041",),
    "refund 1042 for 20 euros": ("1042",),
    "Order 1042 from 12.03.2026": ("1042",),
    "order DH-2041-X (placed 2026-03-01)": ("DH-2041-X",),
    "order 1042, and again: order 1042": ("1042",),
    "deliver order HR-1042 to Mill Lane 3": ("HR-1042",),
    "deliver order 1042 to 12 Mill Lane please": ("1042",),
}

NOT_NAMED = """
I ordered 2 kettles|14 days ago|since 2024|in 2025 I bought it|for 2026|my order from 2025
call me at +49 171 1234567|my phone is 0171 1234567|call 555-123-4567|the PIN is 4321
on 12.03.2026|on 2026-03-12|12/03|March 12, 2026|since May 2024|from 06/2026|at 10:30|5 pm
49,90 €|$20|50 cents|I paid 1,234.50 EUR|20% off|10 percent|100%|at 3.5 stars
code SAVE20|discount code WELCOME10 rejected|card ending in 4242|card 4242 4242 4242 4242
size 42|covid-19|mp3 player|24/7 support|an A4 page|4K|USB-C cable|IP67 rated?|B2B order
I live in 10117 Berlin|12 Baker Street|my zip is 90210|I am in carlton, KS 67448|flat 12b
2 of 3 arrived|a 1500 W kettle|10x42 binoculars|5000mAh|the 500 ml bottle|order 3 of them
order 2 more kettles|order 10 pieces|this is the 3rd time|2-3 days|order within 24 hours
over 1000 people|the 1990s|model K2000|I've written 3 times|is it ISO 9001? no|ann42@mail.example
"""

AMOUNTS = {
    "49,90 €": (49_90,),
    "€49.90": (49_90,),
    "EUR 49.90": (49_90,),
    "$20": (20_00,),
    "refunding$299": (299_00,),
    "20 bucks": (20_00,),
    "20 euros": (20_00,),
    "10 euro of it": (10_00,),
    "fifty euros": (50_00,),
    "twenty five dollars": (25_00,),
    "a hundred bucks": (100_00,),
    "50 cents": (50,),
    "I paid 80,- €": (80_00,),
    "1.234,50 €": (1234_50,),
    "1,234.50 EUR": (1234_50,),
    "1 500 EUR": (1500_00,),
    "1.000 €": (1000_00,),
    "order 1042 cost 20 €, not £5": (20_00, 5_00),
    "2 kettles for 10 days": (),
    "order 1042": (),
    "the Euro 2024": (),
}


@pytest.mark.parametrize("text", NAMED)
def test_an_order_number_is_known_by_its_shape(text: str) -> None:
    assert references_in(text) == NAMED[text]


@pytest.mark.parametrize("text", NOT_NAMED.strip().replace("\n", "|").split("|"))
def test_a_date_a_phone_number_or_a_quantity_is_no_order_number(text: str) -> None:
    assert references_in(text) == ()


@pytest.mark.parametrize("text", AMOUNTS)
def test_money_is_read_however_it_is_written(text: str) -> None:
    assert amounts_in(text) == AMOUNTS[text]


def test_everything_named_is_read_at_once() -> None:
    read = entities_of("Order #1042: refund 20 € to ann.b+shop@mail.example please")

    assert read.references == ("1042",)
    assert read.amounts_cents == (20_00,)
    assert read.emails == ("ann.b+shop@mail.example",)
