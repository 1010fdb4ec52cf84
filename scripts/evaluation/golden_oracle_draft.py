"""What should be said, done and asked of whom, made from the label alone."""

from collections.abc import Iterator, Sequence

from pydantic import ValidationError

from deskhand import wiring
from deskhand.domain.draft import Claim, Draft, ProposedAction
from deskhand.domain.evidence import Passage
from deskhand.domain.policy import Policy
from deskhand.domain.turn import Drafted, Ending, EndingKind, Judged, Retrieved, grow
from deskhand.domain.verdict import Objection, Verdict
from deskhand.stages.gate import permission_request
from deskhand.text.proposals import propose
from deskhand.text.sentences import sentences
from deskhand.tools.registry import Tools
from deskhand.tools.tool import Action
from scripts.evaluation.golden import GoldenAction, GoldenTurn
from scripts.evaluation.golden_oracle import SURE

MOST_CLAIMS = 2
ASKS_BACK = "Could you tell me a little more about what you mean?"
GLADLY = "Of course, I am always happy to help."


def best_ending(label: GoldenTurn) -> EndingKind:
    """The ending that the label stands for; where several are right, one without a person."""
    return next((kind for kind in label.endings if kind != "handed_over"), "handed_over")


def drafted(turn: Retrieved, label: GoldenTurn, policy: Policy) -> Drafted:
    """The turn with a draft that says and proposes what the label wants."""
    tools = wiring.tools()
    asks = best_ending(label) == "asked_customer" and not label.actions
    actions = tuple(_proposed(action, turn, tools) for action in label.actions)
    claims = () if asks else tuple(_claims(turn, label))
    nothing = not (claims or actions or asks)
    files = (one.name for said in (*turn.history, *turn.messages) for one in said.attachments)
    handed = best_ending(label) == "handed_over"
    draft = Draft(
        claims=(Claim(text=GLADLY),) if nothing and not handed else claims,
        actions=actions,
        question=ASKS_BACK if asks and not _waits(turn, policy) else "",
        missing=turn.text if nothing and handed else "",
        attachments_read=tuple(files),
        confidence=SURE,
        written_by="the label",
    )
    # Nothing better could be found by looking again: the gate has to decide now.
    return grow(turn, Drafted, draft=draft, looks=policy.replies.max_looks)


def judged(turn: Drafted, label: GoldenTurn) -> Judged:
    """The turn with the verdict that the label wants, for the stage that acts on it."""
    kind, tools = best_ending(label), wiring.tools()
    pairs = list(zip(turn.draft.actions, label.actions, strict=True))
    allowed = [proposed for proposed, action in pairs if action.ruling == "allowed"]
    verdict = Verdict(
        decision="escalate" if kind == "handed_over" else "send",
        mode="shadow" if kind == "recorded" else "auto",
        objections=tuple(_objections(turn, label, tools)),
        actions=tuple(allowed) if kind == "answered" else (),
        asks_for=_asked_for(turn, label, tools),
    )
    return grow(turn, Judged, verdict=verdict, next_step=verdict.decision)


def ended(turn: Judged, label: GoldenTurn, policy: Policy) -> Ending:
    """The ending that the label wants, with what the customer then has before them."""
    kind = best_ending(label)
    spoken = [claim.text for claim in turn.draft.claims]
    asked = [one.words for one in turn.verdict.objections if one.cure == "confirm"]
    if asked:
        spoken.append(policy.replies.confirm.format(action=" and ".join(asked)))
    elif kind == "asked_customer":
        spoken.append(turn.draft.question or policy.replies.verify)
    return Ending(
        kind=kind,
        why="the label",
        at=turn.messages[-1].said_at,
        reply="" if kind in {"handed_over", "ignored", "recorded"} else " ".join(spoken),
        asks_for=turn.verdict.asks_for,
        asks_who=any(one.cure == "verify" for one in turn.verdict.objections),
    )


def says_enough(turn: Drafted) -> bool:
    """Whether each labelled action can be ruled on: the label and the records give all that it
    takes. Where not, only a model that reads can say what it would be."""
    tools = wiring.tools()
    return all(action_of(one, turn, tools) for one in turn.draft.actions)


def may_act(turn: Judged) -> bool:
    """Whether the rules let everything be done that the label wants done now; where not, that is
    the gate's to answer for, and nothing can be told of the stage that acts."""
    policy, tools, facts = wiring.policy(), wiring.tools(), turn.evidence.known
    for proposed in turn.verdict.actions:
        action = tools.action_of(proposed)
        request = permission_request(
            turn, action, facts, wiring.counters(turn), policy=policy, tools=tools
        )
        if wiring.permissions().ask(request).answer != "now":
            return False
        facts = action.after(facts)
    return turn.verdict.decision == "send"


def action_of(proposed: ProposedAction, turn: Retrieved, tools: Tools) -> Action | None:
    """The action, if it can be held against what was found."""
    try:
        action = tools.action_of(proposed)
    except (KeyError, ValidationError):
        return None
    return None if action.missing(turn.evidence.known) else action


def _waits(turn: Retrieved, policy: Policy) -> bool:
    """Whether the customer first has to show who they are: then that is what is asked."""
    named = (policy.intents.get(one.intent) for one in turn.classification.intents)
    return turn.evidence.customer is None and any(one and one.verified for one in named)


def _claims(turn: Retrieved, label: GoldenTurn) -> Iterator[Claim]:
    """Whole sentences of the labelled records and of each labelled article; of whatever else was
    found where the label names neither."""
    told = [fact for fact in turn.evidence.facts if fact.words]
    facts = [fact for fact in told if fact.id in label.facts]
    named = [_first_of(name, turn) for name in label.articles]
    passages = [one for one in named if one]
    if not facts and not passages and best_ending(label) == "answered" and not label.actions:
        facts, passages = told[:1], list(turn.evidence.passages[: not told])
    for fact in facts:
        yield Claim(text=fact.words[0], supports=(fact.id,))
    for passage in passages:
        for text in _sentences(passage)[:MOST_CLAIMS]:
            yield Claim(text=text, supports=(passage.id,))


def _first_of(article: str, turn: Retrieved) -> Passage | None:
    own = (one for one in turn.evidence.passages if one.article_id == article)
    return next(own, None)


def _sentences(passage: Passage) -> Sequence[str]:
    said = list(sentences(passage.text))
    return [one for one in said if one.rstrip().endswith((".", "!"))] or said


def _proposed(label: GoldenAction, turn: Retrieved, tools: Tools) -> ProposedAction:
    """The labelled action, its other arguments filled from what was found."""
    action = tools.actions.get(label.name)
    entities = turn.classification.entities
    filled = propose(action.spec(), turn.evidence.facts, entities) if action else None
    arguments = (filled.arguments if filled else {}) | label.arguments
    return ProposedAction(name=label.name, arguments=arguments)


def _objections(turn: Drafted, label: GoldenTurn, tools: Tools) -> Iterator[Objection]:
    asks = best_ending(label) == "asked_customer"
    confirms = False
    for proposed, action in zip(turn.draft.actions, label.actions, strict=True):
        if action.ruling == "denied":
            words = "It is not possible in this case."
            yield Objection(code="DENIED", words=words, cure="explain", about=proposed.id)
        elif action.ruling == "allowed" and asks:
            checked = action_of(proposed, turn, tools)
            words = checked.in_words(turn.evidence.known) if checked else action.name
            confirms = True
            yield Objection(code="CONFIRM", words=words, cure="confirm", about=proposed.id)
    if asks and turn.draft.question:
        yield Objection(code="QUESTION", words=turn.draft.question, cure="ask")
    elif asks and not confirms:
        yield Objection(code="VERIFY", words="nobody has shown who they are", cure="verify")
    if best_ending(label) == "handed_over":
        code = label.codes[0] if label.codes else "LABELLED"
        yield Objection(code=code, words="a person should have it", cure="person")


def _asked_for(turn: Drafted, label: GoldenTurn, tools: Tools) -> tuple[str, ...]:
    if best_ending(label) != "asked_customer":
        return ()
    pairs = zip(turn.draft.actions, label.actions, strict=True)
    allowed = (proposed for proposed, action in pairs if action.ruling == "allowed")
    checked = (action_of(one, turn, tools) for one in allowed)
    return tuple(one.fingerprint for one in checked if one)
