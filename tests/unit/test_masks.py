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


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("NL91\u00a0ABNA\u00a00417\u00a01643\u00a000", "[account]"),
        ("NL91.ABNA.0417.1643.00 or DE89  3704  0044  0532  0130  00", "[account] or [account]"),
        ("ibanNL91ABNA0417164300 is mine", "iban[account] is mine"),
        ("card 4111\u20091111\u20091111\u20091111", "card [card]"),
        ("4111_1111_1111_1111, 4111.1111.1111.1111", "[card], [card]"),
        ("x4111111111111111", "x[card]"),
        ("+1\u2011555\u2011123\u20114567 or +49\u2013170\u20131234567", "[phone] or [phone]"),
        ("Tel0612345678", "Tel[number]"),
        ("jan(at)example.com, ann @ example.org", "[e-mail], [e-mail]"),
        ("ja\u200bn\uff20example.com", "[e-mail]"),
        ("10115\u00a0Berlin", "[address] Berlin"),
        ("Dear Ms. Mari\u00eblle van der Berg,", "Dear Ms. [name],"),
        ("Sehr geehrte Frau Schmidt,", "Sehr geehrte Frau [name],"),
        ("Klar.\n\nMit freundlichen Gr\u00fc\u00dfen\nHans Meier",
         "Klar.\n\nMit freundlichen Gr\u00fc\u00dfen\n[name]"),
    ],
)  # fmt: skip
def test_it_is_personal_however_it_is_spaced_glued_or_spelled(text, told):
    assert masked(text).text == told


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("\u7530\u4e2d \u592a\u90ce", "\u7530\u4e2d\u592a\u90ce\u69d8\u3001", "[name]\u69d8\u3001"),
        ("\u674e \u5a1c", "\u674e\u5a1c\u60a8\u597d", "[name]\u60a8\u597d"),
        ("\uae40\ucca0\uc218", "\uae40\ucca0\uc218\ub2d8", "[name]\ub2d8"),
        ("\u0930\u093e\u091c\u0947\u0936", "\u0930\u093e\u091c\u0947\u0936 ok", "[name] ok"),
        ("\u0645\u062d\u0645\u062f", "\u0648\u0645\u062d\u0645\u062f", "\u0648[name]"),
        ("\u0418\u0432\u0430\u043d", "\u0418\u0432\u0430\u043d!", "[name]!"),
        ("M\u00fcller", "Dear Mu\u0308ller", "Dear [name]"),
        ("Pat O'Brien", "for O\u2019Brien", "for [name]"),
        ("Piet Jansen", "Jansens bike", "[name] bike"),
        ("Anna K", "anna_k and Anna1985", "[name]_k and [name]1985"),
        ("Jean-Pierre", "Pierre", "[name]"),
    ],
)  # fmt: skip
def test_a_name_that_is_known_is_masked_in_any_script_and_spelling(name, text, told):
    assert masked(text, names=(name,)).text == told


def test_nothing_is_left_that_a_terminal_would_obey():
    assert masked("Yes.\x1b]0;gone\x07\r\nNo\x9b2J.\tOK").text == "Yes.]0;gone\nNo2J.\tOK"


def test_no_words_are_taken_for_an_account_or_for_the_name_of_a_mailbox():
    said = "Use the code ab12 on the next page, or ask for info and our service."

    assert masked(said, names=("info", "service")).text == said


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
