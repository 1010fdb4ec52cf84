"""The model that needs no key: the local classifier's best guess, and answers by extracting.

What it writes stands word for word in a passage or in a record, or it is a question back; where
the evidence does not say, it says so.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from deskhand.adapters.models.told_products import told_of
from deskhand.adapters.models.wanted import asks_after_approval, lacks_day, wanted
from deskhand.adapters.models.which_record import which_record
from deskhand.domain.classification import Classification, IntentGuess
from deskhand.domain.draft import Claim, Draft
from deskhand.domain.evidence import Fact
from deskhand.domain.policy import Intent
from deskhand.domain.tool import ToolSpec
from deskhand.domain.turn import Retrieved, Turn
from deskhand.ports import Embedder
from deskhand.text.extracts import MOST_CLAIMS, Extract, extract
from deskhand.text.followups import standalone_question
from deskhand.text.intents import FittedIntents, read_intents
from deskhand.text.sentences import asks, clauses
from deskhand.text.unclear import is_clearly_near, is_still_open, question_back
from deskhand.text.words import stems

NAME = "offline"
MOST_CLAIMS_EACH = 2
"""Where a message asks several things, each gets so many sentences."""
FIRST_FACT_SENTENCES = 2
NEAREST_FACT_SENTENCES = 2
ALWAYS_TOLD = ("customer", "subscription", "device", "incident", "product")
UNTIL_WHEN = "Until which day shall that be?"
GLADLY = "Of course, I am always happy to help."


class OfflineModel:
    """The port `LanguageModel` without a network; costs nothing, and says nothing of its own."""

    def __init__(self, embedder: Embedder, fitted: FittedIntents) -> None:
        self._embedder = embedder
        self._fitted = fitted

    def classify(self, turn: Turn, *, intents: dict[str, Intent]) -> Classification:
        """The best guess with its honest, low confidence; none when nothing is likely."""
        question = standalone_question(turn)
        found = read_intents(question, self._embedder, self._fitted, intents=intents)
        return Classification(intents=found, question=question, read_by=NAME)

    def draft(
        self,
        turn: Retrieved,
        *,
        intents: dict[str, Intent],
        tools: Sequence[ToolSpec],
        files: Sequence[object] = (),
    ) -> Draft:
        """An answer to each thing that is asked, made of sentences that were found.

        Each part is as sure as the intent; what was found is weighed when it is drafted.
        `_together` makes one figure of the parts.
        """
        loud = [guess for guess in _known(turn, intents) if intents[guess.intent].replies]
        asked = [intents[guess.intent] for guess in loud]
        if unclear := _unclear(turn, loud, intents):
            return unclear
        if not turn.classification.intents:
            return self._by_articles_alone(turn)
        parts = [self._part(turn, guess, intents[guess.intent], tools) for guess in loud]
        question = which_record(turn, [intents[guess.intent] for guess in _known(turn, intents)])
        if not question and any(lacks_day(turn, g, intents[g.intent], tools) for g in loud):
            question = UNTIL_WHEN
        claims = dict.fromkeys(claim for part in parts for claim in part.claims)
        return Draft(
            claims=() if question else tuple(claims),
            actions=() if question else tuple(part for one in parts for part in one.actions),
            question=question,
            missing="; ".join(part.missing for part in parts if part.missing),
            confidence=_together(parts, asked),
            written_by=NAME,
        )

    def _by_articles_alone(self, turn: Retrieved) -> Draft:
        """What the articles say to a question that no intent knows; as sure as they are near."""
        question = turn.classification.question
        lessons = [lesson.words for lesson in turn.lessons]
        found = extract(question, turn.evidence.passages, self._embedder, without=lessons)
        near = max((one.passage.similarity for one in found), default=0.0)
        return Draft(
            claims=tuple(one.claim for one in found),
            missing="" if found else question,
            confidence=round(max(0.0, min(near, 1.0)), 4),
            written_by=NAME,
        )

    def _part(
        self, turn: Retrieved, guess: IntentGuess, intent: Intent, tools: Sequence[ToolSpec]
    ) -> Draft:
        """The answer to one thing that is asked."""
        if guess.intent == "withdraw_request":
            kind = () if turn.pending else (Claim(text=GLADLY),)
            return Draft(claims=kind, confidence=guess.confidence)
        actions = tuple(wanted(turn, guess, intent, tools))
        if intent.actions and not (actions or intent.evidence):
            # Only what is done would settle it.
            return Draft(missing=guess.part)
        facts = tuple(self._from_records(turn, guess, intent))
        # What is done speaks for itself: nobody is told beside it how it is done.
        needless = actions or (facts and "passage" not in intent.evidence)
        passages = () if needless else self._from_passages(turn, guess, intent)
        claims = (*facts, *passages)
        return Draft(
            claims=claims,
            actions=actions,
            missing="" if claims or actions else guess.part,
            confidence=guess.confidence if claims or actions else 0.0,
        )

    def _from_records(self, turn: Retrieved, guess: IntentGuess, intent: Intent) -> Iterator[Claim]:
        """What the records say to it: how it stands, and what is nearest to the question."""
        if not intent.lookups and guess.intent != "follow_up":
            return
        kinds = ("approval",) if asks_after_approval(turn, guess) else _told(intent)
        for fact in turn.evidence.facts:
            if fact.kind in kinds and _concerns(fact, turn):
                for sentence in self._nearest(guess.part, fact):
                    yield Claim(text=sentence, supports=(fact.id,))

    def _nearest(self, question: str, fact: Fact) -> Iterator[str]:
        if fact.kind == "product":
            yield from told_of(fact, question)
            return
        first, rest = fact.words[:FIRST_FACT_SENTENCES], fact.words[FIRST_FACT_SENTENCES:]
        yield from first
        if not rest:
            return
        vectors = np.asarray(self._embedder.embed([question, *rest]))
        nearest = np.argsort(-(vectors[1:] @ vectors[0]))[:NEAREST_FACT_SENTENCES]
        yield from (rest[place] for place in sorted(nearest))

    def _from_passages(
        self, turn: Retrieved, guess: IntentGuess, intent: Intent
    ) -> tuple[Claim, ...]:
        """Sentences of the articles that answer it."""
        fitting = [
            passage
            for passage in turn.evidence.passages
            if turn.looks or not intent.knowledge or passage.category in intent.knowledge
        ]
        lessons = [lesson.words for lesson in turn.lessons]
        questions = _questions(turn, guess)
        most = MOST_CLAIMS if len(questions) == 1 else MOST_CLAIMS_EACH
        found: list[Extract] = []
        for question in questions:
            said = [one.text for one in found]
            without = [*lessons, *said]
            found += extract(
                question,
                fitting,
                self._embedder,
                topic=intent.topic,
                without=without,
                most=most,
            )
        return tuple(one.claim for one in found)


def _together(parts: Sequence[Draft], intents: Sequence[Intent]) -> float:
    """How sure the whole is: its least sure part, each held against what the policy wants of its
    own intent, on the scale of the strictest of them."""
    strictest = max((intent.confidence for intent in intents), default=0.0)
    return min(
        (
            round(min(1.0, part.confidence + strictest - intent.confidence), 4)
            for part, intent in zip(parts, intents, strict=True)
        ),
        default=0.0,
    )


def _questions(turn: Retrieved, guess: IntentGuess) -> tuple[str, ...]:
    """What to look for: each thing that is asked, a short one together with the one before it."""
    if len(turn.classification.intents) > 1:
        return (guess.part,)
    asked = [clause for clause in clauses(turn.text) if asks(clause)]
    if len(asked) < 2 or turn.classification.question != turn.text:
        return (turn.classification.question,)
    return tuple(
        clause if before is None else f"{before} {clause}"
        for before, clause in zip([None, *asked], asked, strict=False)
    )


def _known(turn: Retrieved, intents: dict[str, Intent]) -> list[IntentGuess]:
    return [guess for guess in turn.classification.intents if guess.intent in intents]


def _unclear(
    turn: Retrieved, loud: Sequence[IntentGuess], intents: dict[str, Intent]
) -> Draft | None:
    """A question back where articles have to answer and nobody can tell which; after one, that we
    do not know. None where it is clear, or a record or an action settles it."""
    asked = [intents[guess.intent] for guess in loud]
    by_article = all(one.evidence == ("passage",) and not one.actions for one in asked)
    if turn.evidence.facts or not by_article or (turn.classification.intents and not asked):
        return None
    if is_still_open(turn):
        return Draft(missing=turn.classification.question, written_by=NAME)
    sure = bool(loud) and all(
        guess.confidence >= intents[guess.intent].confidence for guess in loud
    )
    if sure and is_clearly_near(turn.evidence.passages):
        return None
    question = question_back(turn, turn.evidence.passages)
    return Draft(question=question, written_by=NAME) if question else None


def _told(intent: Intent) -> tuple[str, ...]:
    """The kinds of facts that are told: an order's only where the answer has to stand on one."""
    return ("order", *ALWAYS_TOLD) if "fact" in intent.evidence else ALWAYS_TOLD


def _concerns(fact: Fact, turn: Retrieved) -> bool:
    """Whether a fact is about what is asked: of the disturbances, those of what the customer
    speaks of, or of a device that they have."""
    if fact.kind != "incident":
        return True
    devices = (one for one in turn.evidence.facts if one.kind == "device")
    spoken = [turn.classification.question, *(str(one.attributes["product"]) for one in devices)]
    return bool({*stems(str(fact.attributes.get("component", "")))} & {*stems(" ".join(spoken))})
