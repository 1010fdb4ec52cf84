"""How a message came out otherwise than its label says, in sentences for a person."""

from collections.abc import Iterable, Iterator

from deskhand.domain.policy import Policy
from deskhand.domain.turn import Classified, Judged, Retrieved, Turn
from scripts.evaluation import golden_marks as mark
from scripts.evaluation.golden import GoldenTurn
from scripts.evaluation.golden_marks import Marks
from scripts.evaluation.golden_walk import Happened


def rulings_of(happened: Happened) -> dict[str, str]:
    """What became of each proposed action, by its name."""
    turn = happened.turn
    ruled = mark.rulings(turn.verdict, turn.draft.actions) if isinstance(turn, Judged) else {}
    asked = {action.name for one in happened.approvals for action in one.actions}
    return ruled | dict.fromkeys(asked, "asked")


def differences(
    label: GoldenTurn, happened: Happened, marks: Marks, policy: Policy
) -> Iterator[str]:
    """What is otherwise than labelled, a sentence each; nothing where every mark is right."""
    wrong = {name for name, right in marks.items() if not right}
    if happened.trouble:
        yield f"trouble: {happened.trouble}"
    if "ending" in wrong:
        yield _apart("ending", " or ".join(label.endings), f"{happened.kind}{_why(happened)}")
    if "intent" in wrong:
        yield _apart("intents", _listed(label.intents), _listed(_read(happened.turn)))
    if "retrieval" in wrong:
        wanted = (*label.articles, *label.facts)
        yield _apart("evidence", _listed(wanted), _listed(_found(happened.turn)))
    if "grounding" in wrong:
        yield "the reply says what does not stand in what it cites"
    if "citation" in wrong:
        yield "the answer cites nothing of what it should stand on"
    if "answer" in wrong:
        yield f"the answer does not say {_listed(f'“{one}”' for one in label.says)}"
    if wrong & {"proposal", "ruling"}:
        labelled = [f"{one.name} {one.ruling}" for one in label.actions]
        ruled = [f"{name} {said}" for name, said in rulings_of(happened).items()]
        yield _apart("actions", _listed(labelled), _listed(ruled))
    if "deed" in wrong and happened.ending:
        done = [one.name for one in happened.ending.receipts if one.kind == "action"]
        yield f"done: {_listed(done)}"
    if "escalation" in wrong:
        yield _of_escalation(label, happened)
    if "reply" in wrong and happened.turn and happened.ending:
        faults = mark.reply_faults(label, happened.turn, happened.ending, policy)
        yield f"the reply {'; '.join(faults)}"


def _of_escalation(label: GoldenTurn, happened: Happened) -> str:
    if not happened.had_person:
        return "no person was brought in"
    if not mark.needs_person(label):
        return "a person was brought in needlessly"
    found = happened.ending.codes if happened.ending else ()
    return _apart("reason for a person", " or ".join(label.codes), _listed(found))


def _apart(what: str, expected: str, found: str) -> str:
    return f"{what}: expected {expected}; found {found}"


def _why(happened: Happened) -> str:
    return f" ({happened.ending.why})" if happened.ending and happened.ending.why else ""


def _read(turn: Turn | None) -> Iterator[str]:
    if isinstance(turn, Classified):
        yield from (one.intent for one in turn.classification.intents)


def _found(turn: Turn | None) -> Iterator[str]:
    if isinstance(turn, Retrieved):
        yield from dict.fromkeys(one.article_id for one in turn.evidence.passages)
        yield from turn.evidence.known


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "none"
