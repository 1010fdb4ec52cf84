"""Passages that contradict each other are found, and no others."""

import pytest

from deskhand.text.conflicts import disagreements, nearly_same
from deskhand.text.figures import figures
from tests.builders import a_passage


def page(article: str, text: str, **bent: object):
    return a_passage(text, id=f"{article}#1", article_id=article, **bent)


def differ(one: str, other: str, **bent: object) -> bool:
    return bool(disagreements([page("a", one, **bent), page("b", other, **bent)]))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "You can return an item within 30 days of delivery.",
            "Items can be returned within 14 days after delivery.",
        ),
        ("Delivery takes 3 to 5 working days.", "Delivery usually takes 2 to 4 working days."),
        ("You may cancel an order once packed.", "You may not cancel an order once packed."),
        ("Opened tins can be sent back.", "Opened tins cannot be returned."),
        ("A return label costs 4,90 €.", "The return label costs EUR 5.90."),
        ("The warranty on kettles lasts 2 years.", "The warranty on kettles lasts 36 months."),
        ("Vouchers expire on 31 March.", "Vouchers expire on April 30."),
        ("Refunds of parcels take two weeks.", "Refunds of parcels take 10 days."),
        ("We keep 10 % of the refund on vouchers.", "We keep 15% of the refund on vouchers."),
    ],
)
def test_the_same_thing_with_another_number_day_or_no_is_a_conflict(one, other):
    assert differ(one, other)
    assert differ(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Items can be returned within 30 days.", "Sale items can be returned within 14 days."),
        ("Delivery takes 3 working days.", "Delivery to Norway takes 7 working days."),
        ("You can cancel an order if unpacked.", "You cannot cancel an order unless unpacked."),
        ("Delivery costs 4.90 EUR.", "Delivery is free from 50 EUR."),
        ("Delivery costs 4.90 EUR below 50 EUR.", "Delivery costs 2.90 EUR over 80 EUR."),
        ("Refunds of parcels take two weeks.", "Refunds of parcels take 14 days."),
        ("Delivery of parcels takes 2 to 5 days.", "Delivery of parcels takes 3 days."),
        ("The warranty on kettles lasts 2 years.", "The warranty on kettles lasts 24 months."),
        ("The kettle holds 2 litres of water.", "The mug holds 300 ml of water."),
        (
            "Items can be returned within 30 days. Sale items can be returned within 14 days.",
            "Sale items can be returned within 14 days.",
        ),
        (
            "For sale items:\n- You can return them within 14 days.",
            "You can return an item within 30 days.",
        ),
        ("A referral by post is not required.", "If a referral by post is required."),
        ("Our summary of 2021 rules.", "Our summary of 2008 rules."),
        ("Write to us.", "Call us."),
    ],
)
def test_another_thing_or_the_same_number_is_no_conflict(one, other):
    assert not differ(one, other)
    assert not differ(other, one)


def test_a_conflict_is_told_with_both_sentences_and_their_titles():
    [(one, other, words)] = disagreements(
        [
            page("a", "Hello. Delivery takes 3 days.", title="Delivery times"),
            page("b", "Delivery takes 5 days.", title="Shipping FAQ"),
        ]
    )

    assert (one, other) == ("a#1", "b#1")
    assert words == (
        "“Delivery takes 3 days.” (Delivery times) against “Delivery takes 5 days.” (Shipping FAQ)"
    )


def test_headings_that_speak_of_different_places_keep_sentences_apart():
    german = page("a", "Delivery takes 3 days.", title="Delivery", heading="Germany")
    french = page("b", "Delivery takes 5 days.", title="Delivery", heading="France")

    assert not disagreements([german, french])


def test_what_is_less_binding_does_not_contradict_but_gives_way():
    policy = page("a", "Delivery of parcels takes 3 days.", authority=5)
    blog = page("b", "Delivery of parcels takes 5 days.")

    assert not disagreements([policy, blog])


def test_an_article_does_not_contradict_itself():
    one = a_passage("Delivery of parcels takes 3 days.", id="a#1", article_id="a")
    other = a_passage("Delivery of parcels takes 5 days.", id="a#2", article_id="a")

    assert not disagreements([one, other])


def test_the_same_words_with_another_number_are_not_the_same_passage():
    assert nearly_same(page("a", "Parcels take 3 days."), page("b", "A parcel takes 3 days!"))
    assert not nearly_same(page("a", "Parcels take 3 days."), page("b", "Parcels take 5 days."))
    assert not nearly_same(page("a", "We ship it."), page("b", "We don't ship it."))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("within two weeks", {"day": {14}}),
        ("three to five working days", {"working day": {3, 5}}),
        ("10 calendar days", {"day": {10}}),
        ("a 30-day window", {"day": {30}}),
        ("€4.90, or 1,250.00 EUR, or 1.250 €", {"eur": {4.9, 1250}}),
        ("from 2026-03-31, on 1st April and May 2", {"date": {331, 401, 502}}),
        ("5 per cent or 5%", {"%": {5}}),
        ("2 of the 7", {}),
        ("2,000 EUR in 2026 news", {"eur": {2000}}),
    ],
)
def test_numbers_are_compared_whatever_way_they_are_written(text, read):
    assert figures(text) == read
