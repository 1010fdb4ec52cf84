"""What is personal is taken out of a text; what helps everybody stays in it."""

import json
from collections import Counter
from pathlib import Path

import pytest

from deskhand.text.masks import masked

STRANGERS = Path("../shared/data/pii/presidio_synth.jsonl")
LEAST_FOUND = {
    "CREDIT_CARD": 1.0,
    "DOMAIN_NAME": 1.0,
    "EMAIL_ADDRESS": 1.0,
    "IBAN_CODE": 1.0,
    "IP_ADDRESS": 1.0,
    "PHONE_NUMBER": 0.95,
    "US_SSN": 1.0,
}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Write to ann.lee+x@mail.example.org.", "Write to [e-mail]."),
        ("It is at https://shop.example/r?token=abc.", "It is at [link]."),
        ("My card is 4111 1111 1111 1111.", "My card is [card]."),
        ("Pay it to NL91 ABNA 0417 1643 00, please.", "Pay it to [account], please."),
        ("Order HR-4102 and #99812 are late.", "Order [number] and [number] are late."),
        ("Ring +31 6 1234 5678 or 020-555 12 34.", "Ring [phone] or [phone]."),
        ("Ring 020-555-1234 x12.", "Ring [phone]."),
        ("My number is 123-45-6789.", "My number is [number]."),
        ("It came from 192.168.0.10.", "It came from [number]."),
        ("I live at 12 Long Meadow Road.", "I live at [address]."),
        ("Send it to Keizersgracht 12, 1015 CJ Amsterdam.", "Send it to [address], [address] "
         "Amsterdam."),
        ("Dear Maartje de Vries,", "Dear [name],"),
        ("My name is Rubija.", "My name is [name]."),
        ("It fits.\n\nKind regards,\nAnn Lee", "It fits.\n\nKind regards,\n[name]"),
    ],
)  # fmt: skip
def test_what_is_personal_is_named_by_its_kind_only(text, told):
    assert masked(text).text == told


def test_the_names_of_those_who_wrote_are_masked_wherever_they_stand():
    found = masked("I am tomasz. Is Wilk's order here?", names=("Tomasz Wilk", ""))

    assert found.text == "I am [name]. Is [name]'s order here?"
    assert found.kinds == ("name",)


@pytest.mark.parametrize(
    "text",
    [
        "Send it back within 30 days of delivery.",
        "Refunds take 3-5 days, above 1,000.00 EUR up to 12345 hours.",
        "It came on 2026-11-21 10:30, or on 21.11.2026.",
        "Hi there, thanks to all of you!",
        "Thank you\nfor all.",
        "Press 1 for English, 2 for Dutch.",
        "The box is 120 x 60 x 40 cm and weighs 2.5 kg.",
        "",
    ],
)
def test_what_helps_everybody_stays(text):
    assert masked(text).text == text
    assert masked(text).kinds == ()


def test_a_name_that_is_only_a_word_masks_nothing():
    assert masked("Just hello to all of you.", names=("Just", "- . 5")).kinds == ()


def test_each_kind_is_told_once():
    assert masked("a@b.example, c@d.example, #1234").kinds == ("e-mail", "number")


@pytest.mark.skipif(not STRANGERS.exists(), reason="the outside data is not beside the project")
def test_strangers_texts_keep_no_number_that_leads_to_a_person():
    found, there = Counter[str](), Counter[str]()
    for line in STRANGERS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = masked(row["text"])
        assert row["spans"] or not text.kinds
        for span in row["spans"]:
            there[span["type"]] += 1
            found[span["type"]] += row["text"][span["start"] : span["end"]] not in text.text

    for kind, least in LEAST_FOUND.items():
        assert found[kind] >= least * there[kind] > 0, kind
