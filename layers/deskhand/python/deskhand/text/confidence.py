"""How sure an answer is: what speaks for it, weighed as answers of known worth turned out."""

from collections.abc import Mapping, Sequence

from deskhand.domain.classification import IntentGuess
from deskhand.domain.draft import Draft
from deskhand.domain.evidence import Passage
from deskhand.domain.policy import Intent
from deskhand.domain.sureness import Signals, Sureness
from deskhand.domain.turn import Retrieved
from deskhand.text.unclear import telling
from deskhand.text.words import stems

Part = tuple[IntentGuess | None, Signals | None]
"""One thing that is asked: how it was read (None: no intent is known), and what speaks for the
answer to it (None: no article that was found answers it, but a record, an action, a kind word, or
something made up, which other rules find)."""


def how_sure(
    turn: Retrieved, draft: Draft, intents: Mapping[str, Intent], weighings: Sequence[Sureness]
) -> float:
    """The probability that the draft is right, 0 to 1: that of its least sure part, each held
    against what the policy wants of its own intent, on the scale of the strictest of them.

    What stands on a record is as sure as the reading of what is wanted. Where an intent is known,
    the model's own word can only lower it. That word stands where nothing is answered, and where
    no weights fit the embedder.
    """
    fitting = next((one for one in weighings if one.embedder == turn.evidence.embedder), None)
    if fitting is None or draft.question or not (draft.claims or draft.actions):
        return draft.confidence
    found = parts(turn, draft, intents)
    wanted = [intents[guess.intent].confidence if guess else 0.0 for guess, _ in found]
    sure = [
        _sure(part, fitting, draft.confidence) + max(wanted) - needed
        for part, needed in zip(found, wanted, strict=True)
    ]
    own = draft.confidence if any(guess for guess, _ in found) else 1.0
    return round(min(own, *sure), 4)


def parts(turn: Retrieved, draft: Draft, intents: Mapping[str, Intent]) -> tuple[Part, ...]:
    """Everything that is asked and wants an answer; one part where no intent is known."""
    known = [
        guess
        for guess in turn.classification.intents
        if guess.intent in intents and intents[guess.intent].replies
    ]
    if not known:
        return ((None, signals(turn, draft, None, ())),)
    if len(known) == 1:
        known = [known[0].model_copy(update={"part": turn.classification.question})]
    return tuple(
        (guess, _signals_for(turn, draft, guess, intents[guess.intent])) for guess in known
    )


def signals(
    turn: Retrieved, draft: Draft, guess: IntentGuess | None, categories: Sequence[str]
) -> Signals | None:
    """What speaks for an answer from articles; of several parts, for the one that articles of
    these categories answer. None where no passage that was found is cited."""
    passages = turn.evidence.passages
    ids = {id for claim in draft.claims for id in claim.supports}
    cited = [one for one in passages if one.id in ids]
    if not cited:
        return None
    cited = [one for one in cited if one.category in categories] or cited
    articles = {one.article_id for one in cited}
    nearness = _nearest(cited)
    asked = {*stems(" ".join(telling(guess.part if guess else turn.classification.question)))}
    said = {*stems(" ".join(f"{one.title} {one.heading} {one.text}" for one in cited))}
    return {
        "nearness": nearness,
        "ahead": nearness - _nearest([one for one in passages if one.article_id not in articles]),
        "words_found": len(asked & said) / len(asked) if asked else 0.0,
        "quotes_first": float(passages[0].article_id in articles),
        "doubt": 1.0 - guess.confidence if guess else 0.0,
        "outside": float(guess is None),
    }


def _signals_for(
    turn: Retrieved, draft: Draft, guess: IntentGuess, intent: Intent
) -> Signals | None:
    """Those of one part; None where it stands on a record, an action or nothing at all."""
    facts = {fact.id for fact in turn.evidence.facts}
    cited = {id for claim in draft.claims for id in claim.supports}
    acts = any(action.name in intent.actions for action in draft.actions)
    if acts or (cited & facts and intent.lookups):
        return None
    return signals(turn, draft, guess, intent.knowledge)


def _sure(part: Part, fitting: Sureness, own: float) -> float:
    guess, seen = part
    if seen is None:
        return guess.confidence if guess else own
    return fitting.probability(seen)


def _nearest(passages: Sequence[Passage]) -> float:
    return max((one.nearness for one in passages), default=0.0)
