"""What was right about one message, stage by stage: each mark is a yes or a no, or is left out."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from deskhand.domain.classification import Classification
from deskhand.domain.draft import Draft, ProposedAction
from deskhand.domain.evidence import Evidence
from deskhand.domain.policy import Policy
from deskhand.domain.receipt import Receipt
from deskhand.domain.turn import Drafted, Ending, Retrieved, Turn
from deskhand.domain.verdict import Verdict
from deskhand.stages.objections import grounds
from deskhand.stages.objections.reading import spoken
from deskhand.text.wishes import mentioned
from deskhand.text.words import straight, words
from scripts.evaluation.golden import GoldenAction, GoldenTurn, Ruling
from scripts.evaluation.golden_walk import SUGGESTED

STILL_ALLOWED = frozenset({"confirm", "verify", "show"})
"""What the customer can lift: the action is not refused."""
SPOKEN = frozenset({"answered", "asked_customer"})
_APOLOGY = re.compile(r"\b(?:sorry|apologi[sz]e|apolog(?:y|ies))\b", re.IGNORECASE)


@dataclass(frozen=True)
class Measure:
    """One thing that is marked, and the stage that it is marked of."""

    name: str
    stage: str
    words: str


MEASURES = (
    Measure("intent", "classify", "all that is wanted was read, and nothing else"),
    Measure("retrieval", "retrieve", "a labelled article and every labelled record were found"),
    Measure("grounding", "generate", "every sentence stands in what it cites"),
    Measure("citation", "generate", "the answer stands on a labelled article or record"),
    Measure("answer", "generate", "the answer says what the label wants it to say"),
    Measure("proposal", "generate", "the labelled actions are proposed, and no others"),
    Measure("ruling", "gate", "each labelled action was allowed, asked about or denied as it says"),
    Measure("escalation", "gate", "a person has it where one should, and nowhere else"),
    Measure("deed", "act", "what is allowed was done and read back, and nothing else"),
    Measure("reply", "act", "the reply keeps its manners"),
    Measure("ending", "all", "the message ended as labelled"),
)
Marks = dict[str, bool]


def intent_mark(label: GoldenTurn, reading: Classification | None) -> bool:
    """Whether exactly what is wanted was read."""
    return reading is not None and {one.intent for one in reading.intents} == set(label.intents)


def retrieval_mark(label: GoldenTurn, evidence: Evidence | None) -> bool | None:
    """Whether the article and the records are there; None: the label wants neither."""
    if not label.articles and not label.facts:
        return None
    if evidence is None:
        return False
    article = not label.articles or article_rank(label, evidence) > 0
    return article and set(label.facts) <= set(evidence.known)


def article_rank(label: GoldenTurn, evidence: Evidence) -> int:
    """The place of the first labelled article among those that were found, from 1; 0: nowhere."""
    found = list(dict.fromkeys(one.article_id for one in evidence.passages))
    places = [found.index(one) + 1 for one in label.articles if one in found]
    return min(places, default=0)


def grounding_mark(label: GoldenTurn, turn: Drafted | None, policy: Policy) -> bool | None:
    """Whether all that the draft says stands in what it cites, by the gate's own rules, by a second
    model where one reads it, and by what the label forbids; None: it says nothing at all."""
    if turn is None:
        return False
    if not (list(spoken(turn)) or turn.draft.question):
        return None
    rules = (
        grounds.citations_are_real,
        grounds.reply_is_grounded,
        grounds.question_is_grounded,
    )
    wrong = [objection for rule in rules for objection in rule(turn, policy)]
    said = words_of(turn) or ""
    forbidden = any(says(said, one) for one in label.never_says)
    return not (wrong or forbidden or turn.draft.doubts)


def words_of(turn: Drafted | None) -> str | None:
    """All that a draft says; None where there is no draft."""
    if turn is None:
        return None
    return " ".join((*(claim.text for claim in turn.draft.claims), turn.draft.question))


def citation_mark(label: GoldenTurn, turn: Drafted | None) -> bool | None:
    """Whether the answer cites what it should; None: the label wants no answer of that kind."""
    sources = {*label.articles, *label.facts}
    if not sources or label.actions or "answered" not in label.endings:
        return None
    return turn is not None and bool(sources & set(_cited(turn.draft, turn.evidence)))


def answer_mark(label: GoldenTurn, said: str | None) -> bool | None:
    """Whether it says all that it should; None: the label names no words, or what was done speaks
    for itself."""
    if not label.says or label.actions or "answered" not in label.endings:
        return None
    return said is not None and all(says(said, one) for one in label.says)


def proposal_mark(label: GoldenTurn, draft: Draft | None) -> bool | None:
    """Whether the labelled actions are proposed; None: there is none in either."""
    proposed = draft.actions if draft else ()
    if not label.actions and not proposed:
        return None
    same = Counter(one.name for one in proposed) == Counter(one.name for one in label.actions)
    return same and all(_fits(one, proposed) for one in label.actions)


def rulings(verdict: Verdict, actions: Iterable[ProposedAction]) -> dict[str, str]:
    """What the gate said to each proposed action, by its name."""
    cures: dict[str, set[str]] = {}
    for one in verdict.objections:
        cures.setdefault(one.about, set()).add(one.cure)
    permitted = {one.id for one in verdict.actions}
    ruled = {}
    for action in actions:
        of_it = cures.get(action.id, set())
        ruled[action.name] = _ruling(of_it) if of_it or action.id in permitted else "left out"
    return ruled


def ruling_mark(label: GoldenTurn, ruled: dict[str, str], *, with_person: bool) -> bool | None:
    """Whether every labelled action was ruled on as labelled; None: there is none. Where a person
    has the whole message, they are asked about what they should be asked about; what should be
    done by now is not asked for again."""
    if not label.actions:
        return None
    at_once = label.endings == ("answered",)
    return all(
        ruled.get(one.name) == one.ruling
        or (one.ruling == "asked" and with_person)
        or (one.ruling == "allowed" and ruled.get(one.name) == "confirmed first" and not at_once)
        for one in label.actions
    )


def needs_person(label: GoldenTurn) -> bool | None:
    """Whether a person has to have a part in it; None: the label leaves that open."""
    if label.escalates or any(one.ruling == "asked" for one in label.actions):
        return True
    return None if {"handed_over", "recorded"} & set(label.endings) else False


def verdict_asks_person(verdict: Verdict) -> bool:
    """Whether a person decides, but where every reply of the intent is read by one anyway."""
    why = {one.code for one in verdict.objections if one.cure in {"approval", "person"}}
    if verdict.decision == "await_approval":
        return why != {SUGGESTED}
    return verdict.decision == "escalate"


def escalation_mark(label: GoldenTurn, *, asked: bool, codes: Iterable[str]) -> bool | None:
    """Whether a person was brought in exactly where one should be, for a labelled reason; None: the
    label leaves it open."""
    wanted = needs_person(label)
    if wanted is None:
        return None
    reason = not (asked and label.codes and label.escalates) or bool({*codes} & {*label.codes})
    return asked == wanted and reason


def deed_mark(label: GoldenTurn, receipts: Iterable[Receipt], *, approved: bool) -> bool | None:
    """Whether exactly that was done which should be; None: nothing was to be done, and nothing
    was. `approved`: a person has said yes to whatever they were asked."""
    done = Counter(one.name for one in receipts if one.kind == "action")
    rulings_done: set[Ruling] = {"allowed", "asked"} if approved else {"allowed"}
    may = Counter(one.name for one in label.actions if one.ruling in rulings_done)
    if label.endings != ("answered",):
        return not done - may if done else None
    return done == may if done or may else None


def reply_mark(label: GoldenTurn, turn: Turn, ending: Ending, policy: Policy) -> bool | None:
    """Whether the reply keeps our manners, and leaves out what the label forbids; None: nothing was
    said."""
    if ending.kind not in SPOKEN or not ending.reply:
        return None
    return not list(reply_faults(label, turn, ending, policy))


def reply_faults(label: GoldenTurn, turn: Turn, ending: Ending, policy: Policy) -> Iterator[str]:
    """What is wrong with a reply, in words."""
    manners, reply = policy.replies, ending.reply
    ours = [said.text for said in turn.history if said.author == "agent"]
    own = reply.replace(manners.introduction, "").replace(manners.signature, "")
    if not ours and manners.introduction not in reply:
        yield "does not say that an AI writes"
    if len(words(own)) > 2 * manners.max_words:
        yield f"has {len(words(own))} words"
    if _APOLOGY.search(reply) and len(_APOLOGY.findall(" ".join((*ours, reply)))) > 1:
        yield "apologises more than once"
    if promised := list(_promised(own, turn, manners.forbidden_promises)):
        yield f"promises: {', '.join(promised)}"
    yield from (f"says “{one}”" for one in label.never_says if says(reply, one))


def says(text: str, phrase: str) -> bool:
    """Whether the phrase stands there as whole words, in any case."""
    wanted = r"\s+".join(map(re.escape, straight(phrase).casefold().split()))
    return bool(re.search(rf"(?<!\w){wanted}(?!\w)", straight(text).casefold()))


def _promised(text: str, turn: Turn, phrases: Sequence[str]) -> Iterator[str]:
    """What is promised that stands in no article: what does is the article's promise."""
    found = turn.evidence.passages if isinstance(turn, Retrieved) else ()
    articles = "\n".join(one.text for one in found)
    yield from (one for one in mentioned(text, phrases) if not mentioned(articles, [one]))


def _cited(draft: Draft, evidence: Evidence) -> Iterator[str]:
    article_of = {one.id: one.article_id for one in evidence.passages}
    for claim in draft.claims:
        yield from (article_of.get(one, one) for one in claim.supports)


def _fits(label: GoldenAction, proposed: Iterable[ProposedAction]) -> bool:
    return any(
        one.name == label.name and label.arguments.items() <= one.arguments.items()
        for one in proposed
    )


def _ruling(cures: set[str]) -> str:
    if "explain" in cures:
        return "denied"
    if cures & {"approval", "person"}:
        return "asked"
    if not cures:
        return "allowed"
    return "confirmed first" if cures <= STILL_ALLOWED else "left out"
