"""A macro that cannot be worked out leaves its article out, and says where it is and what to do."""

import pytest

from deskhand.domain.article import Article
from deskhand.domain.macros import Macros
from deskhand.text.front_matter import read_article
from deskhand.text.macros import DEEPEST, Filled, filled
from tests.knowledge import an_article

MACROS = Macros.model_validate(
    {"variables": {"hours": "nine to five"}, "known": {"plan": ("pro", "team")}}
)


def page(id: str, text: str, front: str = "") -> Article:
    return read_article(
        f"---\ntitle: {id.title()}\n{front}---\n\n{text}\n", name=f"{id}.md", article_id=id
    )


def troubles(*articles: Article) -> dict[str, str]:
    return {one.name: one.reason for one in filled(articles, MACROS).troubles}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{{ huors }}", '`{{ huors }}` is not in macros.toml; did you mean "hours"?'),
        ("{{ x.y | upper }}", "`{{ x.y | upper }}` is not in macros.toml; there are: hours."),
        ("# Opening {{ x }}", "`{{ x }}` is not in macros.toml"),
        ("{{ hours", "`{{` is not closed by `}}`: close it, or write \\{{ if it is meant"),
        ("see {{> other }}", "`{{> other }}` includes an article: give it a line of its own"),
        ("{{> other }}", "it cannot include other: there is no such article that can be read"),
        (
            "{{> page }}",
            "it cannot include page: they include one another without end (page > page)",
        ),
        ("::: only-for plan=pro\nx", "this `:::` is never closed: end the block with `:::`"),
        ("x\n:::", "`:::` closes what was never opened: remove it"),
        (
            "::: onlyfor plan=pro\nx\n:::",
            "`::: onlyfor` is no block: write `::: only-for plan=pro`",
        ),
        (
            "> ::: only-for plan=pro\n> x\n> :::",
            "this may be meant as a condition: write `::: only",
        ),
        (
            "- ::: only-for plan=pro\n  x\n  :::",
            "this may be meant as a condition: write `::: only",
        ),
        (":: only-for plan=pro\nx\n::", "this may be meant as a condition: write `::: only"),
        (
            "\uff1a\uff1a\uff1a only-for plan=pro\nx\n\uff1a\uff1a\uff1a",
            "may be meant as a condition",
        ),
        (":::\u00a0only-for plan=pro\nx\n:::", "this may be meant as a condition"),
        (": : : only-for plan=pro\nx\n: : :", "this may be meant as a condition"),
        ("| ::: only-for plan=pro |\n\nx\n", "this may be meant as a condition"),
        ("::: tip only-for plan=pro\nx\n:::", "this may be meant as a condition"),
        ("```\nshown\n::: only-for plan=pro\nx\n:::", "this may be meant as a condition"),
        ("::: Only_For plan=pro\nx\n:::", "`::: Only_For` is no block"),
        ("x\n\n    ::: only-for plan=pro\n    x\n", "or show it between ``` and ```"),
        ("::: only-for tier=pro\nx\n:::", "tier is no condition: use one of plan, region, channel"),
        ("::: only-for\nx\n:::", "the condition is empty: say one of plan, region, channel"),
        ("::: only-for pro\nx\n:::", "`pro` is no condition: write it as plan=pro,team without"),
        ("::: only-for plan=pro plan=team\nx\n:::", "plan stands here twice: write plan=one,other"),
        ("::: only-for plan=prop\nx\n:::", 'no plan prop in macros.toml; did you mean "pro"?'),
        (
            "::: only-for region=nl\nx\n:::",
            "region is 'nl': write a country in two capital letters",
        ),
        ("::: only-for plan=,pro\nx\n:::", "plan is '': write the plan's id"),
        (
            "::: only-for plan=pro\n::: only-for plan=team\nx\n:::\n:::",
            "plan is team inside of plan pro, so it holds for nobody: correct one of them",
        ),
    ],
)
def test_a_mistake_is_told_with_its_file_and_line_and_the_rest_is_fine(text, reason):
    done = filled([page("page", text), page("care", "Wash cold.")], MACROS)

    [trouble] = done.troubles
    assert (trouble.name, trouble.kind) == ("page.md", "left_out")
    assert reason in trouble.reason
    assert trouble.reason.startswith(("line 5: ", "line 6: ", "line 7: "))
    assert [article.id for article in done.articles] == ["care"]


def test_the_line_is_that_of_the_file():
    assert troubles(page("page", "One.\n\nTwo.\n\n{{ x }}", "category: care\n"))[
        "page.md"
    ].startswith("line 10: ")


def test_articles_that_include_one_another_are_both_told_of():
    told = troubles(page("one", "{{> two }}"), page("two", "Two.\n\n{{> one }}"))

    assert told["one.md"] == (
        "line 5: what it includes is wrong: two.md, line 7: it cannot include one: they include"
        " one another without end (one > two > one)"
    )
    assert "(two > one > two)" in told["two.md"]


def test_a_mistake_in_what_is_included_is_told_of_both():
    told = troubles(page("one", "{{> two }}"), page("two", "Two.\n\n{{ x }}"))

    assert told["two.md"].startswith("line 7: `{{ x }}`")
    assert told["one.md"].startswith("line 5: what it includes is wrong: two.md, line 7: `{{ x }}`")


def test_a_chain_that_is_too_long_is_refused_at_its_beginning():
    pages = [page(f"p{number}", f"{{{{> p{number + 1} }}}}") for number in range(DEEPEST + 1)]
    told = troubles(*pages, page(f"p{DEEPEST + 1}", "The end."))

    assert list(told) == ["p0.md"]
    assert "no more than 5 articles may include one another in a row" in told["p0.md"]


def test_an_article_cannot_grow_without_end():
    inner = "\n\n".join(["{{> b }}"] * 60)
    outer = "\n\n".join(["{{> a }}"] * 60)
    told = troubles(page("top", outer), page("a", inner), page("b", "words " * 100))

    assert list(told) == ["top.md"]
    assert "more than 1,000,000 characters would be included" in told["top.md"]


@pytest.mark.parametrize(
    ("front", "reason"),
    [
        ("audience: internal\n", "it is internal, and this article is public"),
        ("effective_until: 2026-12-31\n", "it is not in force as long as this article is"),
        ("effective_from: 2026-01-01\n", "it is not in force as long as this article is"),
    ],
)
def test_what_may_not_be_told_by_itself_is_not_told_inside_of_another(front, reason):
    told = troubles(page("one", "{{> two }}"), page("two", "Two.", front))

    assert reason in told["one.md"]


@pytest.mark.parametrize("doors", range(1, DEEPEST))
def test_what_is_internal_is_told_through_no_number_of_doors(doors):
    snippet = "audience: internal\ncategory: snippet\n"
    between = [page(f"s{at}", f"{{{{> s{at + 1} }}}}", snippet) for at in range(1, doors)]
    last = page(f"s{doors}", "{{> secret }}", snippet)
    secret = page("secret", "Pay without asking.", "audience: internal\n")

    done = filled([page("one", "{{> s1 }}"), *between, last, secret], MACROS)

    public = [article for article in done.articles if article.audience == "public"]
    assert public == []
    [trouble] = done.troubles
    assert (trouble.name, "it is internal" in trouble.reason) == ("one.md", True)


def test_an_internal_article_may_include_an_internal_one_and_a_dated_one_a_longer_one():
    inside = page("two", "Two.", "audience: internal\neffective_from: 2026-01-01\n")
    outside = "audience: internal\neffective_from: 2026-02-01\neffective_until: 2026-03-01\n"

    assert troubles(page("one", "{{> two }}", outside), inside) == {}


def test_an_unknown_plan_in_the_front_matter_is_told_of_too():
    told = troubles(page("page", "Text.", "only_for: {plan: [max]}\n"))

    assert told["page.md"] == (
        "line 1: only_for: there is no plan max in macros.toml; there are: pro, team."
    )


def test_an_article_without_a_file_is_named_by_its_id():
    [trouble] = filled([an_article("{{ x }}")], MACROS).troubles

    assert trouble.name == "delivery"


def test_nothing_known_is_said_too():
    done: Filled = filled([an_article("{{ x }}")], Macros())

    assert "there are none." in done.troubles[0].reason


def test_a_plan_can_stand_there_only_where_plans_are_listed():
    done = filled([an_article("::: only-for plan=pro\nx\n:::\n")], Macros())

    assert done.troubles[0].reason == (
        "line 1: no plans are listed: say in macros.toml, under [known], which there are"
    )
