"""What each stage would hand to the next one if all of them were right, made from the label alone.

No stage has a part in it, so a stage that is measured behind it is not blamed for another one.
"""

from collections.abc import Iterator, Mapping
from itertools import islice

from deskhand import wiring
from deskhand.domain.classification import Classification, IntentGuess
from deskhand.domain.evidence import Evidence, Fact, Passage
from deskhand.domain.policy import Policy
from deskhand.domain.records import CustomerScope
from deskhand.domain.turn import Classified, Retrieved, Turn, grow
from deskhand.errors import DeskhandError
from deskhand.text.entities import entities_of
from deskhand.text.followups import entities_so_far, standalone_question
from deskhand.text.language import language_of
from deskhand.text.sentiment import sentiment_of, urgency_of
from deskhand.text.wishes import wants_person
from deskhand.tools.tool import Found
from scripts.evaluation.golden import GoldenTurn

SURE = 0.99
NEAR = 0.9
Articles = Mapping[str, tuple[Passage, ...]]


def read(turn: Turn, label: GoldenTurn, policy: Policy) -> Classified:
    """The turn as it should be read."""
    trigger = policy.triggers.get("wish_for_a_person")
    named = entities_so_far(turn.text, turn.history) if turn.history else entities_of(turn.text)
    if not named.references and not turn.history:
        references = entities_of(turn.subject).references
        named = named.model_copy(update={"references": references})
    guesses = tuple(
        IntentGuess(intent=name, confidence=SURE, part=turn.text) for name in label.intents
    )
    reading = Classification(
        intents=guesses,
        question=standalone_question(turn),
        language=language_of(turn.text),
        sentiment=sentiment_of(turn.text),
        urgency=urgency_of(turn.text),
        entities=named,
        wants_person=trigger is not None and wants_person(turn.text, trigger),
        read_by="the label",
    )
    return grow(turn, Classified, classification=reading)


def found(turn: Classified, label: GoldenTurn, policy: Policy, articles: Articles) -> Retrieved:
    """The turn with the labelled articles and everything that the lookups bring back."""
    near = (
        one.model_copy(update={"similarity": NEAR, "score": NEAR})
        for one in _passages(turn, label, policy, articles)
    )
    evidence = Evidence(
        passages=tuple(near), facts=tuple(_asked_already(turn)), queries=(turn.text,)
    )
    connectors = wiring.connectors()
    scope = connectors.identity.scope(turn.asker)
    if scope:
        brought = _looked_up(turn, scope, policy)
        evidence = evidence.model_copy(
            update={
                "customer": connectors.customers.customer(scope),
                "facts": (*evidence.facts, *brought.facts),
                # Where the label has an answer, it is clear which record is meant.
                "missing": brought.missing if "asked_customer" in label.endings else (),
                "choices": brought.choices if "asked_customer" in label.endings else (),
            }
        )
    return grow(turn, Retrieved, evidence=evidence)


def _passages(
    turn: Classified, label: GoldenTurn, policy: Policy, articles: Articles
) -> Iterator[Passage]:
    """The labelled articles; where an answer needs none, what the intents' categories hold; nothing
    where nobody should answer."""
    for name in label.articles:
        yield from articles.get(name, ())
    if label.articles or label.escalates:
        return
    wanted = (policy.intents[one.intent].knowledge for one in turn.classification.intents)
    categories = {name for some in wanted for name in some}
    every = (one for some in articles.values() for one in some if one.category in categories)
    public = (one for one in every if one.audience == "public" and not one.effective_until)
    yield from islice(public, policy.replies.max_passages)


def _looked_up(turn: Classified, scope: CustomerScope, policy: Policy) -> Found:
    """What all lookups of the labelled intents bring back, those of an answer that has to stand on
    a record with what they miss; each fact once."""
    wanted = [policy.intents[one.intent] for one in turn.classification.intents]
    needed = {name for one in wanted if "fact" in one.evidence for name in one.lookups}
    lookups = wiring.tools().lookups
    facts: dict[str, Fact] = {}
    missing: list[str] = []
    choices: list[str] = []
    for name in dict.fromkeys(name for one in wanted for name in one.lookups):
        try:
            brought = lookups[name].look_up(
                scope, wiring.connectors(), turn.classification, turn.text
            )
        except DeskhandError:
            continue
        facts |= {fact.id: fact for fact in brought.facts}
        missing += brought.missing if name in needed else ()
        choices += brought.choices if name in needed else ()
    known = [fact.key for fact in facts.values()]
    left = dict.fromkeys(one for one in choices if not any(key in one for key in known))
    every = tuple(facts.values())
    return Found(facts=every, missing=tuple(dict.fromkeys(missing)), choices=tuple(left))


def _asked_already(turn: Turn) -> Iterator[Fact]:
    """What a person is looking at, as a fact that can be told."""
    for asked in turn.pending:
        words = f"A colleague has been looking at {asked.summary}."
        yield Fact(
            id=f"approval:{asked.id}", kind="approval", key=asked.id, source="desk", words=(words,)
        )
