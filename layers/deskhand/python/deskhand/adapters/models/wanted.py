"""What the offline model proposes to do for whoever asks for it, and only with what it knows."""

from collections.abc import Iterator, Mapping, Sequence

from deskhand.adapters.models.meant_records import meant_in, wish_of, wishes_in
from deskhand.adapters.models.money_back import place_of
from deskhand.domain.classification import Entities, IntentGuess
from deskhand.domain.draft import ProposedAction
from deskhand.domain.evidence import Fact
from deskhand.domain.policy import Intent
from deskhand.domain.tool import ToolSpec
from deskhand.domain.turn import Retrieved
from deskhand.text.amounts import amounts_in
from deskhand.text.days import until_in
from deskhand.text.proposals import propose
from deskhand.text.requests import asks_to_be_done
from deskhand.text.wishes import mentions


def wanted(
    turn: Retrieved, guess: IntentGuess, intent: Intent, tools: Sequence[ToolSpec]
) -> Iterator[ProposedAction]:
    """The allowed actions that the customer asks to be done, for the records that they mean;
    nobody's as long as nobody has shown who they are."""
    today = turn.started_at.date()
    until = until_in(turn.text, today=today) or until_in(turn.classification.question, today=today)
    for tool in _asked(turn, guess, intent, tools):
        proposals = (
            _with_place(propose(tool, facts, _named(turn), until=until), tool, facts, guess, turn)
            for facts in _records(turn, guess)
        )
        yield from {one.fingerprint: one for one in proposals if one is not None}.values()


def _with_place(
    proposed: ProposedAction | None,
    tool: ToolSpec,
    facts: Sequence[Fact],
    guess: IntentGuess,
    turn: Retrieved,
) -> ProposedAction | None:
    """The proposal with where its money is to go; none where that is no place that we know."""
    properties = tool.arguments.get("properties")
    if proposed is None or not isinstance(properties, Mapping) or "to" not in properties:
        return proposed
    place = place_of(facts, wish_of(turn, guess))
    if not place:
        return proposed if place == "" else None
    return proposed.model_copy(update={"arguments": {**proposed.arguments, "to": place}})


def lacks_day(
    turn: Retrieved, guess: IntentGuess, intent: Intent, tools: Sequence[ToolSpec]
) -> bool:
    """Whether all that is missing to what is asked for is until which day."""
    today, named = turn.started_at.date(), _named(turn)
    return not any(wanted(turn, guess, intent, tools)) and any(
        propose(tool, facts, named) is None and propose(tool, facts, named, until=today) is not None
        for tool in _asked(turn, guess, intent, tools)
        for facts in _records(turn, guess)
    )


def _records(turn: Retrieved, guess: IntentGuess) -> Sequence[Sequence[Fact]]:
    """The facts for each record that is meant; none where an amount is named for several of them,
    as nobody can tell how much of it each is to have."""
    meant = meant_in(turn.evidence.facts, wish_of(turn, guess))
    return () if len(meant) > 1 and _named(turn).amounts_cents else meant


def _asked(
    turn: Retrieved, guess: IntentGuess, intent: Intent, tools: Sequence[ToolSpec]
) -> Sequence[ToolSpec]:
    question = turn.classification.question
    if turn.evidence.customer is None or asks_after_approval(turn, guess):
        return ()
    if not asks_to_be_done(question):
        return ()
    allowed = [tool for tool in tools if tool.name in intent.actions]
    return _meant(allowed, wish_of(turn, guess))


def _named(turn: Retrieved) -> Entities:
    """What is named; of several amounts the one counts that is asked for: what was paid is told
    beside it."""
    named = turn.classification.entities
    amounts = amounts_in(wishes_in(turn.classification.question))
    return named.model_copy(update={"amounts_cents": amounts}) if amounts else named


def asks_after_approval(turn: Retrieved, guess: IntentGuess) -> bool:
    """Whether the customer wants news of what a person is being asked."""
    asked = any(fact.kind == "approval" for fact in turn.evidence.facts)
    return asked and guess.intent == "follow_up"


def _meant(tools: Sequence[ToolSpec], wishes: str) -> Sequence[ToolSpec]:
    """The tools whose words stand in the wishes; otherwise the only one that there is."""
    told = [tool for tool in tools if mentions(wishes, tool.telling)]
    return told or (tools if len(tools) == 1 else [])
