"""When a ticket goes to a person whatever the draft says: one rule for each trigger of the policy.

A rule yields once for each time that it fires, with what it saw; the code, the words and the
priority stand in `escalation.toml`.
"""

from collections.abc import Callable, Iterator, Mapping

from deskhand.domain.policy import Policy, Trigger
from deskhand.domain.turn import Drafted
from deskhand.domain.verdict import Objection
from deskhand.stages.objections.articles import answers_by_article
from deskhand.stages.objections.reading import (
    asks_something,
    asks_what_is_meant,
    in_scope,
    intents_of,
    spoken,
    waits_for_identity,
)
from deskhand.text.conflicts import disagreements
from deskhand.text.repeats import failed_attempts, times_asked
from deskhand.text.sentiment import is_angry
from deskhand.text.wishes import mentioned

Watch = Callable[[Drafted, Policy, Trigger], Iterator[str]]


def fired(turn: Drafted, policy: Policy) -> Iterator[Objection]:
    """An objection for each trigger of the policy that fires."""
    named = {guess.intent for guess in turn.classification.intents}
    for name, watch in TRIGGERS.items():
        trigger = policy.triggers.get(name)
        if trigger is None or (trigger.intents and not named & set(trigger.intents)):
            continue
        for seen in watch(turn, policy, trigger):
            words = f"{trigger.words}: {seen}" if seen else trigger.words
            yield Objection(
                code=trigger.code, words=words, cure="person", priority=trigger.priority
            )


def wish_for_a_person(turn: Drafted, policy: Policy, trigger: Trigger) -> Iterator[str]:
    """Who asks for a person gets one."""
    if turn.classification.wants_person:
        yield ""


def words(turn: Drafted, policy: Policy, trigger: Trigger) -> Iterator[str]:
    """Words that only a person may answer to, in what the customer wrote this time."""
    opening = "" if turn.history else turn.subject
    if found := mentioned(f"{opening}\n{turn.text}", trigger.terms, trigger.not_terms):
        yield ", ".join(f"“{term}”" for term in found)


def angry_twice(turn: Drafted, policy: Policy, trigger: Trigger) -> Iterator[str]:
    """Angry now, and often enough before."""
    ours = (*turn.history, *turn.messages)
    angry = sum(is_angry(said.text) for said in ours if said.author == "customer")
    if turn.classification.sentiment == "angry" and angry >= _limit(trigger):
        yield ""


def same_question(turn: Drafted, policy: Policy, trigger: Trigger) -> Iterator[str]:
    """The customer asks again what was not answered to them."""
    if times_asked(turn.text, turn.history) >= _limit(trigger):
        yield ""


def failed(turn: Drafted, policy: Policy, trigger: Trigger) -> Iterator[str]:
    """What we answered did not help, again."""
    if failed_attempts(turn.text, turn.history) >= _limit(trigger):
        yield ""


def large_dispute(turn: Drafted, policy: Policy, trigger: Trigger) -> Iterator[str]:
    """More is disputed than we may settle: the amount that is named, else that of the order."""
    named = turn.classification.entities.amounts_cents
    orders = (fact.attributes.get("total_cents") for fact in turn.evidence.facts)
    disputed = max(named or (cents for cents in orders if isinstance(cents, int)), default=0)
    if disputed > _limit(trigger):
        yield f"{disputed / 100:,.2f}"


def tool_error(turn: Drafted, policy: Policy, trigger: Trigger) -> Iterator[str]:
    """A lookup failed, so what was found is not all that there is."""
    yield from turn.evidence.troubles


def low_confidence(turn: Drafted, policy: Policy, trigger: Trigger) -> Iterator[str]:
    """The draft is less sure than the strictest of its intents asks for. A question may go out
    unsure; of what nobody wrote nobody is sure or unsure."""
    needed = max((intent.confidence for intent in intents_of(turn, policy)), default=0.0)
    sure = turn.draft.confidence
    if sure < needed and not asks_something(turn, policy) and not turn.draft.withheld:
        yield f"{int(sure * 100) / 100:.2f} is below {needed:.2f}"


def too_many_turns(turn: Drafted, policy: Policy, trigger: Trigger) -> Iterator[str]:
    """We have replied often enough."""
    if sum(said.author == "agent" for said in turn.history) >= _limit(trigger):
        yield ""


def too_many_messages(turn: Drafted, policy: Policy, trigger: Trigger) -> Iterator[str]:
    """There was enough to and fro, whoever wrote."""
    if len(turn.history) + len(turn.messages) >= _limit(trigger):
        yield ""


def vip(turn: Drafted, policy: Policy, trigger: Trigger) -> Iterator[str]:
    """An important customer, in one of the trigger's intents."""
    if turn.evidence.customer and turn.evidence.customer.vip:
        yield ""


def out_of_scope(turn: Drafted, policy: Policy, trigger: Trigger) -> Iterator[str]:
    """Nothing in the message is an intent of the policy, nor what an article is about, and it can
    be told what it is about."""
    ours = in_scope(turn, policy) or answers_by_article(turn, policy)
    if not (ours or asks_what_is_meant(turn)):
        yield ""


def policies_in_conflict(turn: Drafted, policy: Policy, trigger: Trigger) -> Iterator[str]:
    """Two articles disagree, and the draft stands on one of them."""
    cited = {support for claim in spoken(turn) for support in claim.supports}
    for one, other, how in disagreements(turn.evidence.passages):
        if {one, other} & cited:
            yield how


def missing_data(turn: Drafted, policy: Policy, trigger: Trigger) -> Iterator[str]:
    """An intent has to stand on a fact, there is none, and the customer cannot help."""
    found = turn.evidence
    if found.facts or found.missing or found.choices or turn.draft.question:
        return
    for intent in intents_of(turn, policy):
        if "fact" in intent.evidence and not waits_for_identity(turn, intent):
            yield f"nothing was found for {intent.name}"


def language(turn: Drafted, policy: Policy, trigger: Trigger) -> Iterator[str]:
    """The customer writes in a language that nobody has settled we speak."""
    spoken_here = policy.replies.languages
    if turn.classification.language not in spoken_here:
        yield turn.classification.language


def always_person(turn: Drafted, policy: Policy, trigger: Trigger) -> Iterator[str]:
    """An intent that people keep for themselves."""
    yield from (intent.name for intent in intents_of(turn, policy) if intent.always_person)


def _limit(trigger: Trigger) -> int:
    return trigger.limit or 1


TRIGGERS: Mapping[str, Watch] = {
    "wish_for_a_person": wish_for_a_person,
    "legal": words,
    "compliance": words,
    "safety": words,
    "angry_twice": angry_twice,
    "same_question": same_question,
    "failed_attempts": failed,
    "large_dispute": large_dispute,
    "tool_error": tool_error,
    "low_confidence": low_confidence,
    "too_many_turns": too_many_turns,
    "too_many_messages": too_many_messages,
    "vip": vip,
    "out_of_scope": out_of_scope,
    "policies_in_conflict": policies_in_conflict,
    "missing_data": missing_data,
    "language": language,
    "always_person": always_person,
}
