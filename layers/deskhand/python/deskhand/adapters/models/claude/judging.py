"""Claude as the port `GroundingJudge`: reads each sentence beside what it cites."""

from collections.abc import Iterator, Sequence

from deskhand.adapters.models.claude import layers
from deskhand.adapters.models.claude.answers import Judgement
from deskhand.adapters.models.claude.ask import Ask, Asked
from deskhand.adapters.models.claude.boundaries import Outside, Part, composed
from deskhand.adapters.models.claude.sources import Sources
from deskhand.domain.draft import Claim, Doubt
from deskhand.domain.turn import Drafted
from deskhand.domain.usage import Usage
from deskhand.text.courtesy import is_courtesy
from deskhand.text.personal import personal_in
from deskhand.text.visible import one_line

MOST_SENTENCE_TOKENS = 400


class ClaudeJudge:
    """Names the sentences that it does not find in what they cite; can only make the gate
    stricter: to say nothing of a sentence is no word for it."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked

    def doubts(self, turn: Drafted) -> tuple[tuple[Doubt, ...], Usage]:
        """The claims that do not stand in what they cite, and what asking cost. Where no sentence
        cites anything nobody is asked."""
        claims = tuple(_judged(turn))
        if not claims:
            return (), Usage()
        answered = self._asked.ask(ask_to_judge(turn, claims))
        why = {doubted.sentence: one_line(doubted.why) for doubted in answered.value.doubts}
        found = (
            Doubt(claim=claim.text, why=why[place] or "it gave no reason")
            for place, claim in enumerate(claims, start=1)
            if place in why
        )
        return tuple(found), answered.usage


def ask_to_judge(turn: Drafted, claims: Sequence[Claim]) -> Ask[Judgement]:
    """The question; it tells nothing of the ticket, only the sentences and what they cite."""
    cited = [support for claim in claims for support in claim.supports]
    sources = Sources.of(turn.evidence).cited(cited)
    return Ask(
        task="judge",
        conversation_id=turn.conversation_id,
        steady=layers.to_judge(),
        turn=composed([*sources.told(attributes=False), *_sentences(claims, sources)]),
        answer=Judgement,
        personal=personal_in(turn),
    )


def _judged(turn: Drafted) -> Iterator[Claim]:
    """The sentences that say something and cite something that was found."""
    known = set(Sources.of(turn.evidence).ids.values())
    for claim in turn.draft.claims:
        if known & set(claim.supports) and not is_courtesy(claim.text, [turn.asker.name]):
            yield claim


def _sentences(claims: Sequence[Claim], sources: Sources) -> Iterator[Part]:
    short = {real: name for name, real in sources.ids.items()}
    for place, claim in enumerate(claims, start=1):
        cites = ", ".join(short[one] for one in claim.supports if one in short)
        yield f"Sentence {place} cites {cites}:"
        yield Outside("sentence", claim.text, MOST_SENTENCE_TOKENS)
