"""Retrieve: everything that an answer may stand on.

Account facts come from the systems of record, policy and how-to from passages; never the other
way round.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial

from deskhand.domain.approval import Approval
from deskhand.domain.classification import Classification
from deskhand.domain.evidence import Evidence, Fact, Passage
from deskhand.domain.policy import Policy
from deskhand.domain.records import Customer, CustomerScope
from deskhand.domain.turn import Classified
from deskhand.errors import DeskhandError, Rejected, Unavailable
from deskhand.ports import Connectors, Embedder, Reranker, Searchable
from deskhand.stages.passages import find_passages
from deskhand.stages.reader import reader_of
from deskhand.tools.registry import Tools
from deskhand.tools.tool import Counter, Found, OpenLookup


def retrieve(
    turn: Classified,
    *,
    embedder: Embedder,
    knowledge: Searchable,
    connectors: Connectors,
    policy: Policy,
    tools: Tools,
    today: date,
    reranker: Reranker | None = None,
) -> Evidence:
    """The passages and facts that speak to what is asked.

    Nothing of an account is read for somebody who is not verified, only what lies open to anybody.
    A lookup that was refused is noted among the troubles; `Unavailable` is left to the state
    machine, which tries again.
    """
    troubles: list[str] = []
    scope = _scope(turn, connectors, troubles)
    customer = _customer(scope, connectors, troubles) if scope else None
    reader = reader_of(turn, scope, customer, connectors, policy)
    passages, queries = find_passages(
        turn,
        embedder=embedder,
        knowledge=knowledge,
        policy=policy,
        today=today,
        reranker=Forgiven(reranker, troubles) if reranker else None,
        reader=reader,
    )
    evidence = Evidence(
        passages=passages, queries=queries, embedder=embedder.fingerprint, reader=reader
    )
    facts = [_approval_fact(asked) for asked in turn.pending if _may_hear_of(asked, scope)]
    found = _look_up(turn, scope, connectors, policy, tools, troubles)
    return evidence.model_copy(
        update={
            "customer": customer,
            "facts": (*facts, *found.facts),
            "missing": found.missing,
            "choices": found.choices,
            "troubles": tuple(troubles),
        }
    )


class Forgiven:
    """A reranker without which it goes on in the order of the search, noting why. What cannot be
    reached is asked once: a message of several questions would wait for it longer than a step
    may take."""

    def __init__(self, reranker: Reranker, troubles: list[str]) -> None:
        self._reranker = reranker
        self._troubles = troubles
        self._is_away = False

    def rerank(self, query: str, passages: Sequence[Passage]) -> tuple[Passage, ...]:
        """The passages best first, or as they were."""
        if self._is_away:
            return tuple(passages)
        try:
            return self._reranker.rerank(query, passages)
        except DeskhandError as error:
            self._is_away = isinstance(error, Unavailable)
            self._troubles.append(f"what was found stays in the order of the search: {error}")
            return tuple(passages)


def _scope(turn: Classified, connectors: Connectors, troubles: list[str]) -> CustomerScope | None:
    try:
        return connectors.identity.scope(turn.asker)
    except Rejected as error:
        troubles.append(f"who is asking could not be checked: {error}")
        return None


def _customer(scope: CustomerScope, connectors: Connectors, troubles: list[str]) -> Customer | None:
    try:
        return connectors.customers.customer(scope)
    except Rejected as error:
        troubles.append(f"the customer's record could not be read: {error}")
        return None


def _look_up(
    turn: Classified,
    scope: CustomerScope | None,
    connectors: Connectors,
    policy: Policy,
    tools: Tools,
    troubles: list[str],
) -> Found:
    """What all lookups of the turn's intents bring back together, each looked up once; for a
    stranger those that lie open. What is not there, or not clear, counts only where an answer has
    to stand on it."""
    reading = turn.classification
    guessed = [
        policy.intents[one.intent] for one in reading.intents if one.intent in policy.intents
    ]
    named = dict.fromkeys(name for intent in guessed for name in intent.lookups)
    needed = {name for one in guessed if "fact" in one.evidence for name in one.lookups}
    found: list[Found] = []
    for name, look_up in _possible(named, scope, connectors, tools):
        try:
            brought = look_up(reading, turn.text)
        except Rejected as error:
            troubles.append(f"{name} was refused: {error}")
        else:
            found.append(brought if name in needed else Found(facts=brought.facts))
    facts = {fact.id: fact for one in found for fact in one.facts}
    choices = (one.choices for one in found if not _settled(one.choices, facts))
    return Found(
        facts=tuple(facts.values()),
        missing=tuple(dict.fromkeys(words for one in found for words in one.missing)),
        choices=tuple(dict.fromkeys(words for some in choices for words in some)),
    )


def _possible(
    names: Iterable[str], scope: CustomerScope | None, connectors: Connectors, tools: Tools
) -> Iterator[tuple[str, Callable[[Classification, str], Found]]]:
    """The lookups of these names that may be made for whoever asks."""
    counter = Counter.of(connectors)
    for name in names:
        lookup = tools.lookups[name]
        if scope is not None:
            yield name, partial(lookup.look_up, scope, connectors)
        elif isinstance(lookup, OpenLookup) and lookup.is_open(counter):
            yield name, partial(lookup.look_up_openly, counter)


def _settled(choices: tuple[str, ...], facts: dict[str, Fact]) -> bool:
    """Whether another lookup knew which of them is meant."""
    return any(fact.key in choice for fact in facts.values() for choice in choices)


def _may_hear_of(asked: Approval, scope: CustomerScope | None) -> bool:
    """Whether the asker may be told what a person is looking at: another person may write in the
    same conversation."""
    if scope is None or not asked.customer_id:
        return scope is not None or not asked.actions
    return asked.customer_id == scope.customer_id


def _approval_fact(asked: Approval) -> Fact:
    since = f"{asked.asked_at.day} {asked.asked_at:%B %Y, %H:%M} {asked.asked_at.tzname()}"
    words = f"A colleague has been looking at {asked.summary} since {since}."
    return Fact(
        id=f"approval:{asked.id}",
        kind="approval",
        key=asked.id,
        source="approvals",
        words=(words,),
        attributes={
            "summary": asked.summary,
            "asked_at": asked.asked_at.isoformat(),
            "actions": [action.name for action in asked.actions],
        },
    )
