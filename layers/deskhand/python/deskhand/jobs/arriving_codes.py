"""Takes the one-time code out of a message before anything keeps it, and notes what came of it."""

from collections.abc import Collection
from datetime import timedelta

from deskhand.domain.code import Challenge, CodeTried
from deskhand.domain.ticket import Arrival
from deskhand.ports import Clock, Codes
from deskhand.text.one_time_codes import (
    asks_for_another_code,
    codes_in,
    is_only_a_code,
    is_only_about_the_code,
    six_digits_in,
    without_codes,
)

STILL_EXPECTED = timedelta(hours=1)
"""How long after a code was asked for somebody who misses "the code" means that one."""


def without_code(arrival: Arrival, *, codes: Codes, clock: Clock) -> Arrival:
    """The arrival as it may be stored, queued and read: what came of its code stands in the code's
    place. A number that looks like one is ordinary text while no code is asked for."""
    message = arrival.message
    written = f"{message.text}\n{arrival.subject}"
    digits, wishes = six_digits_in(written), asks_for_another_code(message.text)
    asked = codes.standing(arrival.conversation_id) if digits or wishes else None
    if asked is None:
        return arrival
    given = tuple(code for code in codes_in(written) if code not in asked.known)
    hidden = codes.among(arrival.conversation_id, [one for one in digits if one not in given])
    masked = _masked(arrival, (*given, *hidden))
    if arrival.noise:
        return masked
    outcome = given and codes.attempt(
        arrival.conversation_id,
        given,
        email=arrival.asker.email,
        message_id=message.id,
        now=clock(),
    )
    if outcome:
        return _tried(masked, outcome)
    # Where nobody asks for a code any more, the numbers are ordinary text.
    plain = _masked(arrival, hidden)
    lately = not asked.met and clock() < asked.issued_at + STILL_EXPECTED
    return _with(plain, code=_wish(plain, asked)) if wishes and lately else plain


def _tried(masked: Arrival, outcome: CodeTried) -> Arrival:
    alone = is_only_a_code(masked.message.text)
    if outcome.result == "used":
        return masked.model_copy(update={"noise": "a one-time code that counted before" * alone})
    return _with(masked, code=outcome.model_copy(update={"alone": alone}))


def _wish(arrival: Arrival, asked: Challenge) -> CodeTried:
    return CodeTried(
        result="again",
        tries_left=asked.tries_left,
        episode=asked.episode,
        alone=is_only_about_the_code(arrival.message.text),
    )


def _masked(arrival: Arrival, codes: Collection[str]) -> Arrival:
    masked = _with(arrival, text=without_codes(arrival.message.text, codes))
    return masked.model_copy(update={"subject": without_codes(arrival.subject, codes)})


def _with(arrival: Arrival, **changed: object) -> Arrival:
    message = arrival.message.model_copy(update=changed)
    return arrival.model_copy(update={"message": message})
