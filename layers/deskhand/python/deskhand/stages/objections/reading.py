"""What several rules of the gate have to know of a turn."""

from collections.abc import Iterator

from pydantic import ValidationError

from deskhand.domain.approval import Approval
from deskhand.domain.draft import Claim, ProposedAction
from deskhand.domain.evidence import Fact, Passage
from deskhand.domain.policy import Intent, Policy
from deskhand.domain.turn import Classified, Drafted, Retrieved
from deskhand.text.courtesy import is_courtesy
from deskhand.text.unclear import is_open
from deskhand.tools.registry import Tools
from deskhand.tools.tool import Action

WITHDRAWAL = "withdraw_request"
"""The intent with which a customer takes back what they asked for."""


def intents_of(turn: Classified, policy: Policy) -> tuple[Intent, ...]:
    """The turn's intents that want an answer, surest first."""
    known = (policy.intents.get(guess.intent) for guess in turn.classification.intents)
    return tuple(dict.fromkeys(intent for intent in known if intent and intent.replies))


def in_scope(turn: Classified, policy: Policy) -> bool:
    """Whether any of what the customer wants is in the policy."""
    return any(guess.intent in policy.intents for guess in turn.classification.intents)


def waits_for_identity(turn: Retrieved, intent: Intent) -> bool:
    """Whether this part cannot go on before the customer shows who they are."""
    if turn.evidence.customer is not None:
        return False
    takes_back = intent.name == WITHDRAWAL
    return intent.verified or (takes_back and not all(is_theirs(one, turn) for one in turn.pending))


def is_theirs(asked: Approval, turn: Retrieved) -> bool:
    """Whether what a person is looking at is about the account of whoever is writing now."""
    customer = turn.evidence.customer
    return not asked.customer_id or (customer is not None and customer.id == asked.customer_id)


def asks_something(turn: Drafted, policy: Policy) -> bool:
    """Whether the reply is going to ask the customer for what is missing."""
    waits = any(waits_for_identity(turn, intent) for intent in intents_of(turn, policy))
    return waits or bool(turn.draft.question)


def asks_what_is_meant(turn: Drafted) -> bool:
    """Whether the draft asks what words mean that could be about anything: until that is told,
    nobody can say that they are out of scope, or that no article answers them."""
    return bool(turn.draft.question) and is_open(turn)


def spoken(turn: Drafted) -> Iterator[Claim]:
    """The sentences that would go out and say something. What is claimed of an action is left out:
    its receipt speaks."""
    for claim in turn.draft.claims:
        if not (speaks_of_action(claim) or is_courtesy(claim.text, [turn.asker.name])):
            yield claim


def speaks_of_action(claim: Claim) -> bool:
    """Whether a sentence is about an action: it never goes out, the receipt does."""
    return any(support.startswith("action:") for support in claim.supports)


def citable(turn: Drafted) -> dict[str, Passage | Fact]:
    """Everything that was found, by the id that a claim cites."""
    found: tuple[Passage | Fact, ...] = (*turn.evidence.passages, *turn.evidence.facts)
    return {one.id: one for one in found}


def cited_by(turn: Drafted, claim: Claim) -> tuple[Passage | Fact, ...]:
    """What of the found a sentence cites."""
    known = citable(turn)
    return tuple(known[one] for one in claim.supports if one in known)


def texts_of(found: Passage | Fact) -> tuple[str, ...]:
    """What a passage or a fact says."""
    if isinstance(found, Fact):
        return found.words
    return tuple(text for text in (found.title, found.heading, found.text) if text)


def fingerprint_of(proposed: ProposedAction, tools: Tools) -> str:
    """The hash of what would be done, however its arguments are spelled; of the spelling where it
    is nothing that can be done."""
    action = checked(proposed, tools)
    return action.fingerprint if action else proposed.fingerprint


def checked(proposed: ProposedAction, tools: Tools) -> Action | None:
    """The action with its arguments checked; None when there is no such action or they do not
    fit."""
    try:
        return tools.action_of(proposed)
    except (KeyError, ValidationError):
        return None
