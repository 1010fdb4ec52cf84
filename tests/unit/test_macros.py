"""Articles are filled in by code: the same words everywhere, and what holds for some apart."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from deskhand.domain.article import Article, Chunk
from deskhand.domain.evidence import OnlyFor
from deskhand.domain.macros import Macros
from deskhand.text.chunks import cut
from deskhand.text.macros import filled
from tests.knowledge import an_article

MACROS = Macros(
    variables={"hours": "nine to five", "days": 30, "lines": "One.\n\n- two\n- three"},
    known=OnlyFor(plan=("pro", "team", "max")),
)


def snippet(text: str, **bent: Any) -> Article:
    return an_article(
        text,
        id="address",
        title="Address",
        **{"audience": "internal", "category": "snippet"} | bent,
    )


def told(text: str, *others: Article, **bent: Any) -> list[Chunk]:
    """The chunks of the article, which has to be right."""
    done = filled([an_article(text, **bent), *others], MACROS)
    assert done.troubles == ()
    return [
        chunk for article in done.articles if article.id == "delivery" for chunk in cut(article)
    ]


def texts(text: str, *others: Article, **bent: Any) -> list[tuple[str, str]]:
    return [(chunk.heading, chunk.text) for chunk in told(text, *others, **bent)]


def test_a_variable_is_said_wherever_it_stands():
    assert texts("## In {{days}} days\n\nWe answer {{ hours }}, {{  hours  }}.") == [
        ("In 30 days", "We answer nine to five, nine to five.")
    ]


def test_a_variable_may_be_several_lines_and_stand_in_the_title():
    [chunk] = told("{{ lines }}", title="Open {{ hours }}")

    assert chunk.text == "One.\n\n- two\n- three"
    assert chunk.title == "Open nine to five"


def test_code_and_braces_that_are_meant_stay_as_they_are():
    [(_, text)] = texts(
        "Write `{{ name }}` or ``a ` {{ b }}`` or \\{{ c }} at {{ hours }}.\n\n"
        "```\n{{ hours }}\n::: only-for plan=pro\n{{> address }}\n```\n\n    {{ indented }}\n"
    )

    assert "Write {{ name }} or a ` {{ b }} or {{ c }} at nine to five." in text
    assert "{{ hours }}\n::: only-for plan=pro\n{{> address }}" in text
    assert "{{ indented }}" in text


def test_an_article_without_macros_is_as_it_was():
    article = an_article("One.\n\n\n\nTwo: { } ::\n")

    assert filled([article], MACROS).articles == (article,)


def test_what_holds_for_some_is_apart_and_says_for_whom():
    everybody, some = told(
        "## Refunds\n\nIn five days.\n\n"
        "::: only-for plan=pro,team region=NL\nIn one day.\n:::\n\nAlways in full."
    )

    assert (everybody.heading, everybody.text) == ("Refunds", "In five days.\n\nAlways in full.")
    assert everybody.only_for.plan == ()
    assert (some.heading, some.text) == ("Refunds", "In one day.")
    assert (some.only_for.plan, some.only_for.region) == (("pro", "team"), ("NL",))


def test_conditions_within_conditions_all_have_to_hold():
    _, outer, inner = told(
        "A\n\n::: only-for plan=pro,team\nB\n\n"
        "::: only-for plan=team,max channel=chat\nC\n:::\n:::\n",
        only_for={"region": ("NL",)},
    )

    assert outer.only_for.model_dump() == {
        "plan": ("pro", "team"),
        "region": ("NL",),
        "channel": (),
    }
    assert inner.only_for.model_dump() == {
        "plan": ("team",),
        "region": ("NL",),
        "channel": ("chat",),
    }


def test_the_same_words_in_two_blocks_are_two_chunks():
    one, other = told(
        "::: only-for plan=pro\nIn one day.\n:::\n\n::: only-for plan=team\nIn one day.\n:::\n"
    )

    assert one.text == other.text
    assert one.id != other.id


def test_a_condition_in_the_midst_of_a_decision_keeps_the_sentence_that_leads_to_it():
    everybody, pro, team = texts(
        "## Returns\n\nYou can send it back if:\n\n- it is unused\n::: only-for plan=pro\n"
        "- or it was opened\n:::\n::: only-for plan=team\n- or it was used\n:::\n\nNo more."
    )

    assert everybody == ("Returns", "You can send it back if:\n- it is unused\n\nNo more.")
    assert pro == ("Returns", "You can send it back if:\n- or it was opened")
    assert team == ("Returns", "You can send it back if:\n- or it was used")


def test_a_block_may_stand_within_the_items_of_a_list():
    everybody, pro = texts(
        "1. Pack it.\n   - well\n\n     ::: only-for plan=pro\n     - or let us do it\n"
        "     - in a box\n     :::\n2. Send it."
    )

    assert everybody == ("", "1. Pack it.\n  - well\n2. Send it.")
    assert pro == ("", "- or let us do it\n- in a box")


def test_headings_within_a_block_end_with_it():
    assert texts("## A\n\n::: only-for plan=pro\n### B\n\nb\n:::\n\na\n\nC\n---\n\nc\n") == [
        ("A", "a"),
        ("C", "c"),
        ("A > B", "b"),
    ]


def test_a_section_that_is_all_for_some_is_nothing_for_the_others():
    assert texts("# Delivery\n\n## A\n\n::: only-for plan=pro\nb\n:::\n\n## We never rent\n") == [
        ("", "We never rent"),
        ("A", "b"),
    ]


def test_blocks_that_other_tools_know_are_text():
    assert texts("::: tip Good to know\nWe answer {{ hours }}.\n:::\n") == [
        ("", "Good to know We answer nine to five.")
    ]


def test_an_included_article_stands_under_the_headings_of_the_includer():
    address = snippet("# Address\n\nDyke Lane 8.\n\n## Parking\n\nBehind it, {{ hours }}.\n")

    assert texts("## Where\n\n{{> address }}\n\nOr bring it.\n\n## Then\n\nWait.\n", address) == [
        ("Where", "Dyke Lane 8."),
        ("Where > Parking", "Behind it, nine to five."),
        ("Where", "Or bring it."),
        ("Then", "Wait."),
    ]


def test_after_an_include_at_the_top_the_page_goes_on_without_a_heading():
    assert texts("{{> address }}\n\nMore.\n", snippet("## Parking\n\nBehind.\n")) == [
        ("Parking", "Behind."),
        ("", "More."),
    ]


def test_included_text_is_the_includers_and_keeps_its_own_conditions():
    address = snippet("Dyke Lane 8.", only_for={"region": ("NL",)}, authority=9)
    _, some = told("A\n\n{{> address }}\n", address, authority=2, policy_id="P-1")

    assert (some.article_id, some.authority, some.policy_id) == ("delivery", 2, "P-1")
    assert some.only_for.region == ("NL",)
    assert some.audience == "public"


def test_an_edit_of_what_is_included_touches_only_what_includes_it():
    page = "## Where\n\n{{> address }}\n\n## Then\n\nWait.\n"
    before = {chunk.id for chunk in told(page, snippet("Dyke Lane 8."))}
    after = {chunk.id for chunk in told(page, snippet("Dyke Lane 9."))}

    assert len(before & after) == 1


def test_new_conditions_elsewhere_leave_the_other_chunks_as_they_were():
    page = "## Where\n\nHere.\n\n## When\n\nNow.\n"
    before = {chunk.id for chunk in told(page)}
    after = {chunk.id for chunk in told(f"{page}\n::: only-for plan=pro\nAt once.\n:::\n")}

    assert before < after


WORDS = st.text("abc {}>:`\\|-#\n", max_size=40)
MACRO = st.sampled_from(
    ["{{ hours }}", "{{> address }}", "::: only-for plan=pro", ":::", "```", "## H", "- a", ""]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(WORDS, MACRO), max_size=12))
def test_whatever_stands_there_is_filled_in_or_told_of(lines):
    article = an_article("\n".join(lines))
    done = filled([article, snippet("Dyke Lane 8.")], MACROS)
    fine = [one for one in done.articles if one.id == article.id]

    assert not (fine and done.troubles)
    assert all("::: only-for" not in one.text for one in fine) or "```" in article.text


def test_a_condition_that_is_shown_between_fences_is_no_condition():
    shown = "> ```text\n> ::: only-for plan=pro\n> ```\n\n- ~~~~\n  ::: only-for plan=pro\n  ~~~~\n"

    assert {chunk.only_for for chunk in told(shown)} == {OnlyFor()}


def test_an_aside_may_be_called_by_whom_it_is_for():
    [chunk] = told("::: note Only for EU citizens\nBring a passport.\n:::")

    assert "Only for EU citizens" in chunk.text
