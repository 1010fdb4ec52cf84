"""What a person types to see what the agent finds in the articles, and what they lack."""

import json
from datetime import timedelta

import httpx
import pytest

from deskhand.domain.web import Request
from deskhand.jobs import gaps
from scripts.deskhand_cli import desks
from tests.builders import CONVERSATION, NOON
from tests.searching import ICELAND, RENT, RENT_TOO, People, a_retrieval, in_a_past_turn
from tests.terminal import Command, an_api, typed


@pytest.fixture
def people() -> People:
    return People(api_key="k")


@pytest.fixture
def asked() -> list[dict[str, str]]:
    """What the desk was asked."""
    return []


@pytest.fixture
def deskhand(
    people: People,
    asked: list[dict[str, str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Command:
    """Runs `deskhand kb` against a desk with these people's articles and turns."""

    def answer(request: httpx.Request) -> httpx.Response:
        route = f"GET {request.url.path.removeprefix('/api')}"
        query = dict(request.url.params)
        asked.append(query)
        headers = {name.lower(): value for name, value in request.headers.items()}
        said = people.search.routes()[route](Request(route=route, headers=headers, query=query))
        return httpx.Response(said.status, json=said.body)

    monkeypatch.setattr(desks, "running_desk", lambda: an_api(answer))
    for name in ("DESKHAND_API_URL", "DESKHAND_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    return typed(monkeypatch, capsys, "kb")


def flat(said: str) -> str:
    return " ".join(said.split())


def test_the_passages_are_shown_with_scores_filters_and_queries(deskhand: Command) -> None:
    code, out, err = deskhand("search", "When do parcels travel?")

    assert (code, err) == (0, "")
    said = flat(out)
    assert "read as order_status 0.90, en: “When do parcels travel?”" in said
    assert "looked for “When do parcels travel?” in delivery · en · in force on 2026-11-21" in said
    assert "for anybody: 1 found" in said
    assert "Parcels travel two to four days." in said
    assert "from 0.3 on it may answer" in said


def test_a_machine_gets_all_of_it(deskhand: Command) -> None:
    code, out, _ = deskhand("search", "parcels", "--json")

    found = json.loads(out)
    assert code == 0
    assert found["passages"][0]["article_id"] == "delivery"
    assert found["searches"][0]["filters"]["categories"] == ["delivery"]


def test_options_take_the_place_of_what_the_agent_would_look_for(
    deskhand: Command, asked: list[dict[str, str]]
) -> None:
    given = ("--language", "", "--category", "delivery", "--plan", "pro", "--region", "NL")
    code, out, _ = deskhand(
        "search", "parcels", *given, "--channel", "mail", "--on", "2026-12-01", "--limit", "3"
    )

    assert code == 0
    assert asked == [
        {
            "q": "parcels",
            "language": "",
            "category": "delivery",
            "plan": "pro",
            "region": "NL",
            "channel": "mail",
            "on": "2026-12-01",
            "limit": "3",
        }
    ]
    assert "all languages · in force on 2026-12-01 · for plan pro, region NL, channel mail" in flat(
        out
    )


def test_where_nothing_is_found_that_is_said_with_what_was_left_out(deskhand: Command) -> None:
    _, out, _ = deskhand("search", "When do parcels travel?", "--category", "gift_cards")

    said = flat(out)
    assert "Nothing was found." in said
    assert "a cosine of 0.00, below 0.3: this counts as nothing" in said
    assert "Nearer, and left out by the filter of category: delivery (delivery, en)" in said


def test_a_past_turn_is_shown_as_it_was(deskhand: Command, people: People) -> None:
    turn = in_a_past_turn(people)
    for arguments in (("--turn", turn.id[:8]), ("--conversation", CONVERSATION)):
        code, out, _ = deskhand("search", *arguments)
        assert code == 0
        assert f"turn {turn.id} of {CONVERSATION}, 2026-11-21 12:00" in flat(out)
        assert "gone#1" in out
        assert "with articles and policy of today it would differ" in flat(out)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ((), 2, "write what to look for"),
        (("parcels", "--turn", "abc"), 2, "write what to look for, or name a past turn"),
        (("--turn", "abc", "--plan", "pro", "--limit", "2"), 2, "leave out --plan, --limit"),
        (("parcels", "--on", "tomorrow"), 2, "--on is 'tomorrow'; write a day"),
        (("parcels", "--limit", "0"), 2, "limit"),
        (("--turn", "abc"), 1, "name its conversation, too"),
    ],
)
def test_what_cannot_be_searched_is_told(
    deskhand: Command, arguments: tuple[str, ...], code: int, words: str
) -> None:
    ended, out, err = deskhand("search", *arguments)

    assert (ended, out) == (code, "")
    assert words in flat(err)


def test_what_an_article_says_cannot_write_on_the_terminal(
    deskhand: Command, people: People
) -> None:
    people.reading = people.reading.model_copy(update={"question": "[red]x[/red]\x1b[2J"})
    _, out, _ = deskhand("search", "parcels")

    assert "\x1b" not in out
    assert "[red]x[/red]" in out


# --- gaps ----------------------------------------------------------------------------------------


def keep(people: People, *questions: str, days_ago: int = 0, enough: int = 0) -> None:
    """Turns that found nothing for these questions, and some that found enough."""
    given = [*questions, *[""] * enough]
    kept = people.house.state.retrievals
    for question in given:
        ticket = f"T{len(kept)}"
        one = a_retrieval(question, ticket=ticket)
        kept[ticket] = one.model_copy(update={"at": NOON - timedelta(days=days_ago)})


def test_gaps_are_listed_with_their_tickets_and_the_closest_article(
    deskhand: Command, people: People
) -> None:
    keep(people, RENT, RENT_TOO, ICELAND)
    code, out, err = deskhand("gaps", "--days", "2")

    assert (code, err) == (0, "")
    said = flat(out)
    assert f"2 {RENT_TOO}" in said
    assert "T1, T0" in said
    assert "1 Is Iceland a country you ship to?" in said
    assert "Delivery (" in said
    assert "2026-11-21 3 3 100.0% ██████████████████████████████" in said
    assert "2026-11-20 0 0 - ······························" in said


def test_the_command_fails_where_too_much_of_yesterday_found_nothing(
    deskhand: Command, people: People
) -> None:
    keep(people, *[RENT] * 3, days_ago=1, enough=20)
    code, out, _ = deskhand("gaps")

    assert code == 1
    assert "2026-11-20 23 3 13.0% ████·" in flat(out)
    assert "too many" in out
    assert "More than 10% is too much, on a day with 20 or more." in flat(out)
    assert deskhand("gaps", "--json")[0] == 1
    assert deskhand("gaps", "--days", "1")[0] == 0


def test_a_quiet_week_is_said_to_be_one(deskhand: Command, people: People) -> None:
    keep(people, enough=1)
    code, out, _ = deskhand("gaps")

    assert code == 0
    assert "No question went without an article." in out


def test_what_was_not_read_or_grouped_is_said(
    deskhand: Command, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gaps, "MOST_READ", 3)
    monkeypatch.setattr(gaps, "MOST_GROUPED", 1)
    keep(people, RENT, ICELAND)
    keep(people, RENT, ICELAND, days_ago=1)
    _, out, _ = deskhand("gaps")

    assert "Only these days: more than 2 turns are too many to read at once." in flat(out)
    assert "Of 2 questions the newest 1 are in these groups." in flat(out)


def test_a_machine_gets_the_whole_report(deskhand: Command, people: People) -> None:
    keep(people, RENT)
    _, out, _ = deskhand("gaps", "--json", "--days", "3")

    report = json.loads(out)
    assert [day["thin"] for day in report["days"]] == [0, 0, 1]
    assert report["gaps"][0]["examples"][0]["conversation_id"] == "inbox:T0"


def test_a_report_covers_a_month_at_most(deskhand: Command) -> None:
    code, _, err = deskhand("gaps", "--days", "32")
    assert (code, "days" in err) == (2, True)
