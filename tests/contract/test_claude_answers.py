"""Whatever Claude answers becomes an answer of the type, or one of the two errors that we know."""

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import ConfigDict

from deskhand.adapters.models.claude.doors import Door
from deskhand.errors import DeskhandError, Rejected, Unavailable
from tests.claude.asking import (
    FINE,
    LARGE,
    SECRET_WORDS,
    SMALL,
    Asker,
    Weather,
    an_asker,
    asker_at,
    at_anthropic,
)
from tests.claude.faults import BUSY, MISSHAPEN
from tests.claude.replies import (
    Answer,
    Drops,
    Failure,
    Reply,
    Silence,
    cut_off,
    fails,
    refuses,
    says,
    thinks,
    too_much_to_read,
)
from tests.claude.server import KEY, ClaudeServer, claude_server

OTHER = {"sky": "grey", "degrees": 3.0}
IN_A_MOMENT_S = 0.4
"""The time limit of an ask that nobody answers: half of it goes to each of two models."""


@pytest.fixture(scope="module")
def shared() -> Iterator[tuple[ClaudeServer, Door]]:
    with claude_server(lambda _: FINE) as server, at_anthropic(server) as door:
        yield server, door


@pytest.fixture
def asker(shared: tuple[ClaudeServer, Door]) -> Asker:
    server, door = shared
    server.forget()
    return asker_at(server, door)


@pytest.fixture
def alone(shared: tuple[ClaudeServer, Door]) -> Asker:
    """A client without a fallback."""
    server, door = shared
    server.forget()
    return asker_at(server, door, fallback="")


def test_an_answer_is_given_as_its_type(asker: Asker) -> None:
    answered = asker.ask()

    assert answered.value.model_dump() == FINE
    assert (answered.usage.model, answered.usage.calls) == (SMALL, 1)


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(thinks("Let me see", FINE), id="after thinking"),
        pytest.param(says('```json\n{"sky": "blue", "degrees": 21.5}\n```'), id="in a fence"),
        pytest.param(says('\n {"sky": "blue", "degrees": 21.5} '), id="with space around it"),
        pytest.param(
            Answer(({"type": "text", "text": '{"sky": "blue",'},
                    {"type": "text", "text": '"degrees": 21.5}'})),
            id="in two blocks",
        ),
    ],
)  # fmt: skip
def test_an_answer_is_found_wherever_it_stands(asker: Asker, reply: Reply) -> None:
    asker.server.next(reply)

    value = asker.ask().value
    assert (value.sky, value.degrees) == ("blue", 21.5)
    assert len(asker.server.requests) == 1


@pytest.mark.parametrize("reply", MISSHAPEN.values(), ids=MISSHAPEN)
def test_what_cannot_be_read_is_asked_for_once_more(asker: Asker, reply: Answer) -> None:
    asker.server.next(reply)

    assert asker.ask().value.model_dump() == FINE
    first, second = asker.server.bodies
    assert second["messages"][0] == first["messages"][0]
    assert second["system"] == first["system"]
    assert "cannot be read" in second["messages"][-1]["content"][0]["text"]


@pytest.mark.parametrize("reply", MISSHAPEN.values(), ids=MISSHAPEN)
def test_what_cannot_be_read_twice_goes_to_a_person(asker: Asker, reply: Answer) -> None:
    asker.server.next(reply, reply)

    with pytest.raises(Rejected, match="cannot be read") as raised:
        asker.ask()
    assert type(raised.value) is Rejected
    assert asker.models == [SMALL, SMALL]


def test_there_are_four_calls_at_most_whatever_goes_wrong(asker: Asker) -> None:
    unreadable = says("The sky is blue.")
    asker.server.next(unreadable, fails(500), fails(500), unreadable, unreadable)

    with pytest.raises(Unavailable):
        asker.ask()
    assert asker.models == [SMALL, SMALL, SMALL, LARGE]


def test_a_redirect_is_not_followed_with_what_a_customer_said(asker: Asker) -> None:
    with claude_server() as elsewhere:
        there = {"location": f"{elsewhere.url}/v1/messages"}
        asker.server.next(Failure(307, headers=there))
        with pytest.raises(Rejected, match="307"):
            asker.ask()
    assert elsewhere.requests == []


class Closed(Weather):
    model_config = ConfigDict(extra="forbid")


def test_a_field_that_the_model_made_up_is_not_named(asker: Asker) -> None:
    made_up = FINE | {SECRET_WORDS: 1}
    asker.server.next(says(made_up), says(made_up))

    with pytest.raises(Rejected, match="extra_forbidden") as raised:
        asker.ask(answer=Closed)
    assert "4111" not in str(raised.value)


def test_the_model_is_told_where_its_answer_was_wrong_and_not_what_it_said(asker: Asker) -> None:
    asker.server.next(says({"sky": SECRET_WORDS, "degrees": "warm", SECRET_WORDS: 1}))
    asker.ask()

    told = asker.server.bodies[1]["messages"]
    assert SECRET_WORDS in told[1]["content"], "its own answer stands before it"
    assert "sky: string_too_long; degrees: float_type" in told[2]["content"][0]["text"]
    assert SECRET_WORDS not in told[2]["content"][0]["text"]


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (cut_off(FINE), "cut off after 500 tokens"),
        (too_much_to_read(), "more than it can read"),
    ],
    ids=["max_tokens", "context"],
)
def test_half_an_answer_is_none(asker: Asker, reply: Reply, why: str) -> None:
    asker.server.next(reply)

    with pytest.raises(Rejected, match=why):
        asker.ask()
    assert len(asker.server.requests) == 1


def test_what_one_model_refuses_another_one_is_asked(asker: Asker) -> None:
    asker.server.next(refuses("cyber"))

    answered = asker.ask()
    assert answered.value.model_dump() == FINE
    assert asker.models == [SMALL, LARGE]
    assert (answered.usage.model, answered.usage.calls) == (LARGE, 2)


def test_what_both_refuse_goes_to_a_person(asker: Asker) -> None:
    asker.server.next(refuses("cyber"), refuses("general_harms"))

    with pytest.raises(Rejected, match=r"refused to answer \(general_harms\)"):
        asker.ask()


def test_what_the_only_model_refuses_goes_to_a_person(alone: Asker) -> None:
    alone.server.next(refuses())

    with pytest.raises(Rejected, match="refused to answer"):
        alone.ask()
    assert len(alone.server.requests) == 1


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 413, 422, 307])
def test_who_says_no_is_asked_nothing_more(asker: Asker, status: int) -> None:
    asker.server.next(fails(status, message=f"wrong: {SECRET_WORDS}"))

    with pytest.raises(Rejected, match=f"refused with {status}, request req_stand_in") as raised:
        asker.ask()
    assert len(asker.server.requests) == 1
    assert SECRET_WORDS not in str(raised.value)


@pytest.mark.parametrize("reply", BUSY.values(), ids=BUSY)
def test_a_call_that_fails_is_tried_once_more_after_a_moment(asker: Asker, reply: Reply) -> None:
    asker.server.next(reply)

    assert asker.ask().value.model_dump() == FINE
    assert asker.models == [SMALL, SMALL]
    assert asker.pauses == [0.5]


@pytest.mark.parametrize("reply", BUSY.values(), ids=BUSY)
def test_a_model_that_is_down_is_stood_in_for(asker: Asker, reply: Reply) -> None:
    asker.server.next(reply, reply)

    assert asker.ask().usage.model == LARGE
    assert asker.models == [SMALL, SMALL, LARGE]


@pytest.mark.parametrize("reply", BUSY.values(), ids=BUSY)
def test_where_all_are_down_the_machine_may_try_again(asker: Asker, reply: Reply) -> None:
    asker.server.next(*[reply] * 9)

    with pytest.raises(Unavailable) as raised:
        asker.ask()
    # The state machine knows the error by its name.
    assert type(raised.value) is Unavailable
    assert asker.models == [SMALL, SMALL, LARGE]


@pytest.mark.parametrize("reply", BUSY.values(), ids=BUSY)
def test_without_a_fallback_there_are_two_tries(alone: Asker, reply: Reply) -> None:
    alone.server.next(*[reply] * 9)

    with pytest.raises(Unavailable):
        alone.ask()
    assert alone.models == [SMALL, SMALL]


@pytest.mark.parametrize("reply", [Silence(), Drops()], ids=["silent", "drop by drop"])
def test_a_model_that_takes_too_long_is_given_up_and_the_other_one_asked(reply: Reply) -> None:
    with an_asker(timeout_s=IN_A_MOMENT_S) as asker:
        asker.server.next(reply)
        assert asker.ask().usage.model == LARGE
        assert asker.models == [SMALL, LARGE]


@pytest.mark.parametrize("reply", [Silence(), Drops()], ids=["silent", "drop by drop"])
def test_where_everybody_takes_too_long_the_machine_may_try_again(reply: Reply) -> None:
    with an_asker(timeout_s=IN_A_MOMENT_S) as asker:
        asker.server.next(*[reply] * 9)
        with pytest.raises(Unavailable, match="did not answer in time"):
            asker.ask()
        assert asker.models == [SMALL, LARGE]


def test_one_that_is_down_and_one_that_says_no_are_worth_another_try(asker: Asker) -> None:
    asker.server.next(fails(529), fails(529), fails(404))
    with pytest.raises(Unavailable, match="529"):
        asker.ask()


def test_one_that_refuses_and_one_that_is_down_are_worth_another_try(asker: Asker) -> None:
    asker.server.next(refuses(), fails(500), fails(500))
    with pytest.raises(Unavailable, match="500"):
        asker.ask()


def test_a_server_that_is_not_there_is_unavailable(asker: Asker) -> None:
    with claude_server() as gone:
        pass
    with at_anthropic(gone) as door, pytest.raises(Unavailable, match="could not be reached"):
        asker_at(asker.server, door).ask()


def test_for_a_model_that_wants_to_be_left_alone_for_an_hour_nobody_waits(asker: Asker) -> None:
    asker.server.next(fails(429, retry_after_s=3600))

    assert asker.ask().usage.model == LARGE
    assert asker.models == [SMALL, LARGE]
    assert asker.pauses == []


@pytest.mark.parametrize("retry_after", ["nan", "-1", "1e9", "soon", "", "9" * 400])
def test_a_pause_that_makes_no_sense_is_a_short_one(asker: Asker, retry_after: str) -> None:
    failure = fails(429)
    failure.headers["retry-after"] = retry_after
    asker.server.next(failure)

    assert asker.ask().usage.model == SMALL
    assert asker.pauses == [0.5]


def test_a_short_pause_that_the_model_asks_for_is_made(asker: Asker) -> None:
    asker.server.next(fails(429, retry_after_s=1.25))

    assert asker.ask().usage.model == SMALL
    assert asker.pauses == [1.25]


def test_nobody_waits_long_for_a_model_while_there_is_another_one(asker: Asker) -> None:
    asker.server.next(fails(429, retry_after_s=5))

    assert asker.ask().usage.model == LARGE
    assert asker.pauses == []


def test_where_nobody_else_can_be_asked_a_longer_pause_is_made(alone: Asker) -> None:
    alone.server.next(fails(429, retry_after_s=15))

    assert alone.ask().usage.model == SMALL
    assert alone.pauses == [15]


def test_no_pause_is_longer_than_the_ask(alone: Asker) -> None:
    alone.server.next(fails(429, retry_after_s=19))

    with pytest.raises(Unavailable):
        alone.ask()
    assert alone.pauses == []


def test_all_that_was_answered_is_paid_and_noted_once(asker: Asker) -> None:
    asker.server.next(fails(500), says("no JSON"), refuses())
    answered = asker.ask()

    noted = [used for _, used in asker.noted]
    assert {conversation for conversation, _ in asker.noted} == {"inbox:T1"}
    assert [used.model for used in noted] == [SMALL, SMALL, LARGE]
    total = noted[0].plus(noted[1]).plus(noted[2])
    assert answered.usage == total
    assert total.calls == 3
    assert total.cost_microusd == sum(used.cost_microusd for used in noted) > 0


def test_what_was_answered_is_noted_though_the_ask_fails(asker: Asker) -> None:
    asker.server.next(cut_off(FINE))
    with pytest.raises(Rejected):
        asker.ask()

    ((_, used),) = asker.noted
    assert used.calls == 1
    assert used.output_tokens > 0


EVERYTHING: dict[str, tuple[Any, ...]] = {
    **{name: (reply, reply, reply) for name, reply in (BUSY | MISSHAPEN).items()},
    "refused": (refuses("bio"), refuses("bio")),
    "cut off": (cut_off(FINE),),
    **{str(status): (fails(status, message=f"{SECRET_WORDS} {KEY}"),) for status in (400, 401)},
}


@pytest.mark.parametrize("replies", EVERYTHING.values(), ids=EVERYTHING)
def test_no_error_and_no_log_tells_the_key_or_what_the_customer_said(
    asker: Asker, replies: tuple[Reply, ...], caplog: pytest.LogCaptureFixture, capsys: Any
) -> None:
    caplog.set_level("DEBUG")
    asker.server.next(*replies)
    with pytest.raises(DeskhandError) as raised:
        asker.ask()

    told = [str(raised.value), repr(raised.value), caplog.text, *map(repr, caplog.records)]
    told += [*capsys.readouterr(), repr(asker.client)]
    error: BaseException | None = raised.value
    while error is not None:
        told.append(repr(error))
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    for text in told:
        assert KEY not in text
        assert "4111" not in text
