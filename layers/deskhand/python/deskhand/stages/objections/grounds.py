"""Whether the reply stands on what was found, and says all that was asked."""

from collections.abc import Iterator

from deskhand.domain.draft import Claim
from deskhand.domain.evidence import Fact, Passage
from deskhand.domain.policy import Intent, Policy
from deskhand.domain.turn import Drafted
from deskhand.domain.verdict import Objection
from deskhand.stages.objections.articles import is_near_enough, wants_articles
from deskhand.stages.objections.people import takes_back
from deskhand.stages.objections.reading import (
    WITHDRAWAL,
    asks_something,
    citable,
    cited_by,
    intents_of,
    speaks_of_action,
    spoken,
    texts_of,
    waits_for_identity,
)
from deskhand.text.courtesy import is_courtesy
from deskhand.text.grounding.names import strange_pages
from deskhand.text.grounding.support import has_quote, strange_numbers, support
from deskhand.text.sentences import sentences
from deskhand.text.words import stems, straight

NOT_THERE = ("find", "found", "see", "cannot", "can't", "unabl", "account")
"""With these words, as stems, it is said that something is not there."""


def somebody_wrote(turn: Drafted, policy: Policy) -> Iterator[Objection]:
    """A draft that no model was asked for leaves the answer to a person."""
    if turn.draft.withheld:
        yield Objection(code="BUDGET_SPENT", words=turn.draft.withheld, cure="person")


def citations_are_real(turn: Drafted, policy: Policy) -> Iterator[Objection]:
    """Everything cited was found, or is an action that this draft proposes."""
    known = {*citable(turn), *(action.id for action in turn.draft.actions)}
    cited = {support for claim in turn.draft.claims for support in claim.supports}
    if invented := sorted(cited - known):
        words = f"cites what was not found: {', '.join(invented)}"
        yield Objection(code="INVENTED_CITATION", words=words, cure="rewrite")


def citations_may_be_quoted(turn: Drafted, policy: Policy) -> Iterator[Objection]:
    """What is cited is public and in force on the day of the turn."""
    today = turn.started_at.date()
    quoted = {one.id: one for claim in spoken(turn) for one in cited_by(turn, claim)}
    for cited in quoted.values():
        if not isinstance(cited, Passage):
            continue
        if cited.audience == "internal":
            words = f"quotes {cited.id}, which is only for colleagues"
            yield Objection(code="INTERNAL_TEXT", words=words, cure="rewrite")
        begun = cited.effective_from is None or cited.effective_from <= today
        over = cited.effective_until is not None and cited.effective_until < today
        if over or not begun:
            words = f"quotes {cited.id}, which is not in force"
            yield Objection(code="NOT_IN_FORCE", words=words, cure="rewrite")


def reply_is_grounded(turn: Drafted, policy: Policy) -> Iterator[Objection]:
    """Every sentence stands in what it cites, down to its numbers and names; and in the words that
    it quotes, where it quotes any."""
    for claim in spoken(turn):
        sources = [text for one in cited_by(turn, claim) for text in texts_of(one)]
        if not sources:
            yield _unsupported(f"“{claim.text}” cites nothing that was found")
            continue
        lost = [quote for quote in claim.quotes if not has_quote(quote, sources)]
        yield from (_not_there(claim, quote) for quote in lost)
        if not lost and (why := _why_not_grounded(turn, claim, policy.replies.min_support)):
            yield _unsupported(f"“{claim.text}”: {why}")


def _why_not_grounded(turn: Drafted, claim: Claim, least: float) -> str:
    """What is wrong with a sentence beside all that it cites, or beside what it quotes of it."""
    found = [texts_of(one) for one in cited_by(turn, claim)]
    whole = support(claim.text, [text for texts in found for text in texts])
    if claim.quotes and whole.holds(least):
        titles = [text for texts in found for text in texts[:-1]]
        whole = support(claim.text, [*titles, *claim.quotes])
    return "" if whole.holds(least) else whole.words


def no_judge_doubts(turn: Drafted, policy: Policy) -> Iterator[Objection]:
    """Nobody who read the draft beside its sources doubts a sentence of it. A doubt of anything
    else is none of the draft's; and without a doubt nothing is lifted."""
    said = {claim.text for claim in spoken(turn)}
    for doubt in turn.draft.doubts:
        if doubt.claim in said:
            words = f"“{doubt.claim}” is doubted: {doubt.why or 'it says more than what it cites'}"
            yield Objection(code="JUDGE_DOUBTS", words=words, cure="rewrite")


def question_is_grounded(turn: Drafted, policy: Policy) -> Iterator[Objection]:
    """A question back names no number that nobody has mentioned, and sends nobody to a page that
    we do not: a customer's own words may be somebody else's."""
    evidence = turn.evidence
    found = [text for one in citable(turn).values() for text in texts_of(one)]
    if pages := strange_pages(turn.draft.question, found):
        yield _unsupported(f"asks them to go to {', '.join(pages)}, which is no page of ours")
    known = [*found, *evidence.missing, *evidence.choices, turn.subject, turn.text]
    known += [said.text for said in turn.history]
    if strange := strange_numbers(turn.draft.question, known):
        yield _unsupported(f"asks about {', '.join(strange)}, which nobody has mentioned")


def question_only_asks(turn: Drafted, policy: Policy) -> Iterator[Objection]:
    """A question back asks: what it states besides is that something was not found, a kind word, or
    stands in what was found."""
    if not turn.draft.question:
        return
    found = [text for one in citable(turn).values() for text in texts_of(one)]
    lost = {*stems(" ".join(turn.evidence.missing)), *NOT_THERE}
    for sentence in sentences(turn.draft.question):
        asks = straight(sentence).rstrip("\"')").endswith("?")
        lacks = bool(turn.evidence.missing) and lost.issuperset(stems(sentence))
        if asks or lacks or is_courtesy(sentence, [turn.asker.name]):
            continue
        if not support(sentence, found).holds(policy.replies.min_support):
            yield _unsupported(f"“{sentence}” stands in a question back, and asks nothing")


def enough_is_cited(turn: Drafted, policy: Policy) -> Iterator[Objection]:
    """An answer cites as much as the policy wants."""
    claims = list(spoken(turn))
    cited = {one.id for claim in claims for one in cited_by(turn, claim)}
    least = policy.replies.min_citations
    if claims and len(cited) < least:
        words = f"cites {len(cited)} of at least {least} passages or facts"
        yield Objection(code="TOO_FEW_CITATIONS", words=words, cure="look_again")


def evidence_is_enough(turn: Drafted, policy: Policy) -> Iterator[Objection]:
    """Where an answer has to stand on an article, one is near enough to the question."""
    needs = [intent.name for intent in wants_articles(turn, policy)]
    if needs and not is_near_enough(turn, policy) and not turn.draft.question:
        best, least = turn.evidence.best_similarity, policy.replies.min_similarity
        words = f"no article is near enough for {', '.join(needs)} ({best:.1f} of {least})"
        yield Objection(code="THIN_EVIDENCE", words=words, cure="look_again")


def every_part_is_answered(turn: Drafted, policy: Policy) -> Iterator[Objection]:
    """Each thing that was asked gets its answer, its action, or a question back."""
    if turn.draft.question or turn.draft.withheld:
        return
    if turn.draft.missing and not asks_something(turn, policy):
        words = f"what was found does not say {turn.draft.missing}"
        yield Objection(code="THIN_EVIDENCE", words=words, cure="look_again")
        return
    parts = [part for part in intents_of(turn, policy) if not waits_for_identity(turn, part)]
    for intent in parts:
        if not _is_answered(turn, intent, alone=len(parts) == 1):
            words = f"says nothing to {intent.name}"
            yield Objection(code="INTENT_UNANSWERED", words=words, cure="look_again")


def something_is_said(turn: Drafted, policy: Policy) -> Iterator[Objection]:
    """What wants an answer gets more than a greeting: what is proposed though a person is asked
    about it already, or the customer said no to it, says nothing."""
    wanted = intents_of(turn, policy)
    said = any(not speaks_of_action(claim) for claim in turn.draft.claims)
    if wanted and not (said or turn.draft.question or takes_back(turn)):
        names = " and ".join(one.name for one in wanted)
        yield Objection(
            code="INTENT_UNANSWERED", words=f"says nothing to {names}", cure="look_again"
        )


def _is_answered(turn: Drafted, intent: Intent, *, alone: bool) -> bool:
    if intent.name == WITHDRAWAL:  # a kind word is all that it takes
        return takes_back(turn) or bool(turn.draft.claims)
    claims = list(spoken(turn))
    if alone:
        return bool(claims or turn.draft.actions)
    if any(action.name in intent.actions for action in turn.draft.actions):
        return True
    cited = (one for claim in claims for one in cited_by(turn, claim))
    return any(_speaks_to(one, intent, widened=turn.looks > 0) for one in cited)


def _speaks_to(found: Passage | Fact, intent: Intent, *, widened: bool) -> bool:
    """Whether what is cited is of the kind that answers the intent; a second look searches
    everywhere."""
    if isinstance(found, Fact):
        return bool(intent.lookups) or found.kind == "approval"
    return widened or not intent.knowledge or found.category in intent.knowledge


def _not_there(claim: Claim, quote: str) -> Objection:
    words = f"“{claim.text}” quotes “{quote}”, which does not stand in what it cites"
    return Objection(code="QUOTE_NOT_FOUND", words=words, cure="rewrite")


def _unsupported(words: str) -> Objection:
    return Objection(code="UNSUPPORTED_CLAIM", words=words, cure="rewrite")
