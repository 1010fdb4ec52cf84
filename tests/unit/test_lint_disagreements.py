"""The same rule with another number is found in other words; another case is no contradiction."""

import pytest

from deskhand.domain.macros import Macros
from tests.knowledge import CountingEmbedder
from tests.linting import a_base, a_page, found, lint, places

RETURNS = "## Time\nYou can return an item within 30 days of delivery."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (RETURNS, "## Back\nSend it back no later than two weeks after delivery."),
        (RETURNS, "## Back\nYou may return an item within one week of delivery."),
        ("A gift card is valid for 3 years.", "Gift vouchers are good for 12 months."),
        ("Gift cards are valid for 3 years.", "A gift card expires after 24 months."),
        ("Our team answers from 9:00 to 18:00.", "Our team answers from 8:00 to 20:00."),
        ("An export link works for an hour.", "The export link works for 30 minutes."),
        ("Sale items can be returned.", "Sale items cannot be returned."),
        ("Orders placed by 18 December arrive.", "Orders placed by 15 December arrive."),
    ],
)
def test_two_pages_disagree(one: str, other: str) -> None:
    [finding] = found("DISAGREE", a_page(one, "one.md"), a_page(other, "two.md"))

    assert {finding.place.file, *(place.file for place in finding.also)} == {"one.md", "two.md"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (RETURNS, "## Back\nYou can return an item within a month of delivery."),
        (RETURNS, "## Back\nSale items can be returned within 14 days of delivery."),
        (RETURNS, "## Back\nYou can exchange an item within 14 days of delivery."),
        (RETURNS, "## Back\nYou can return an item within 60 days of delivery if you are ill?"),
        ("Parcels to France arrive within 3 days.", "Parcels to Norway arrive within 9 days."),
        ("Delivery to France takes 3 days.", "Delivery to Norway takes 7 days."),
        ("Delivery takes 2 to 5 days.", "Delivery takes 3 days."),
        ("The link is valid for 60 minutes.", "The link is valid for an hour."),
        ("It costs 9 EUR a month.", "It costs 90 EUR a year."),
        ("You cannot cancel an order unless it waits.", "You can cancel an order."),
        ("It works since version 2.1.", "It works since version 3.4."),
    ],
)
def test_two_pages_say_different_things(one: str, other: str) -> None:
    assert found("DISAGREE", a_page(one, "one.md"), a_page(other, "two.md")) == []


def test_a_page_disagrees_with_itself_under_two_headings() -> None:
    page = a_page(
        "## Returns\nParcel returns take 14 days.\n\n## Money\nReturned parcels take 30 days."
    )

    [finding] = found("DISAGREE", page)

    assert (finding.place.line, finding.also[0].line) == (12, 9)
    assert "the same page, line 9" in finding.words


def test_plans_that_stand_under_their_headings_are_no_contradiction() -> None:
    plans = "## Basic\nStorage is 5 GB per user.\n\n## Pro\nStorage is 50 GB per user."

    assert found("DISAGREE", a_page(plans)) == []


def test_pages_made_alike_for_two_plans_are_no_contradiction() -> None:
    basic = a_page("You can invite 3 people.", "basic.md", title="Basic plan")
    pro = a_page("You can invite 20 people.", "pro.md", title="Pro plan")

    assert found("DISAGREE", basic, pro) == []


@pytest.mark.parametrize(
    "bent",
    [
        {"audience": "internal"},
        {"effective_until": "2026-11-20"},
        {"language": "nl"},
        {"only_for": "{region: [NL]}"},
    ],
)
def test_what_no_customer_is_told_beside_the_other_does_not_contradict_it(
    bent: dict[str, str],
) -> None:
    other = a_page("## Back\nYou can return an item within 14 days of delivery.", "two.md", **bent)

    assert found("DISAGREE", a_page(RETURNS, "one.md"), other) == []


def test_what_holds_for_some_alone_does_not_contradict_what_holds_for_all() -> None:
    block = (
        "## Back\n::: only-for region=NO\nYou can return an item within 14 days of delivery.\n:::"
    )

    assert found("DISAGREE", a_page(RETURNS, "one.md"), a_page(block, "two.md")) == []


def test_a_variable_is_read_with_its_value() -> None:
    macros = Macros(variables={"days": 14})
    other = a_page(
        "## Back\nYou can return an item within {{ days }} days of delivery.",
        "two.md",
        macros=macros,
    )

    assert places(found("DISAGREE", a_page(RETURNS, "one.md"), other)) == [("two.md", 9)]


def test_a_sentence_in_a_wrapped_paragraph_is_found_on_its_line() -> None:
    wrapped = (
        "## Back\nWe are glad to help you.\nYou can return an item within 14 days of delivery."
    )

    findings = found("DISAGREE", a_page(RETURNS, "one.md"), a_page(wrapped, "two.md"))

    assert places(findings) == [("two.md", 10)]


def test_a_large_base_is_embedded_once_and_never_compared_pair_by_pair(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pages = [
        a_page(f"## Rule {at}\nParcel{at} goes to town{at} within {at + 2} days.", f"p{at}.md")
        for at in range(200)
    ]
    embedder = CountingEmbedder()
    compared = []
    monkeypatch.setattr(
        "deskhand.text.lint.disagreements.contradict",
        lambda *pair: compared.append(pair) or False,
    )

    lint(a_base(*pages, embedder=embedder))

    assert len(embedder.embedded) <= 3 * len(pages)  # a sentence, a section and a title a page
    assert len(pages) <= len(compared) <= 24 * len(pages)
