"""Makes a stored conversation a golden ticket: masked, and labelled with what really happened."""

from collections.abc import Iterator, Sequence
from itertools import takewhile
from pathlib import PurePath

from deskhand.domain.turn import Classified, Drafted, Ended, EndingKind, Judged, Retrieved, Turn
from deskhand.text.masks import masked
from scripts.evaluation import golden_marks as mark
from scripts.evaluation.golden import GoldenAction, GoldenTicket, GoldenTurn, Ruling
from scripts.sample.ticket_file import SampleAttachment, Sender

WHO = "customer@example.com"
TO_CORRECT = (
    "Labelled with what happened. Put what should have happened in its place: intents, articles,"
    " facts, actions, endings. Read the texts for what is personal; then take this line out."
)
NO_LABEL = frozenset({"superseded"})
"""Turns whose messages another turn has answered."""


def golden_of(stored: Sequence[Turn | Ended], turn_id: str) -> GoldenTicket | None:
    """The conversation until that turn, since a person last had it; None: there is no such turn.

    Who wrote is nobody any more, and records are not named: they are somebody's.
    """
    turns = [one.turn if isinstance(one, Ended) else one for one in stored]
    found = [turn for turn in turns if turn.id.startswith(turn_id)]
    if not found:
        return None
    last = found[-1]
    before = takewhile(lambda one: _turn(one).started_at <= last.started_at, stored)
    told = [one for one in before if _kind(one) not in NO_LABEL]
    handed = [place for place, one in enumerate(told[:-1]) if _kind(one) == "handed_over"]
    told = told[handed[-1] + 1 :] if handed else told
    names = _names(turns)
    return GoldenTicket.model_validate(
        {
            "id": f"turn-{last.id[:12]}",
            "from": Sender(email=WHO, verified=last.asker.verified),
            "subject": masked(last.subject, names=names).text,
            "turns": tuple(_labelled(one, names) for one in told),
            "to_correct": TO_CORRECT,
        }
    )


def _labelled(stored: Turn | Ended, names: Sequence[str]) -> GoldenTurn:
    turn = _turn(stored)
    reading = turn.classification if isinstance(turn, Classified) else None
    files = (one for said in turn.messages for one in said.attachments)
    return GoldenTurn(
        text=masked(turn.text, names=names).text,
        attachments=tuple(
            SampleAttachment(
                name=f"attachment-{number}{PurePath(one.name).suffix}",
                media_type=one.media_type,
                size_bytes=one.size_bytes,
            )
            for number, one in enumerate(files, start=1)
        ),
        intents=tuple(one.intent for one in reading.intents) if reading else (),
        articles=tuple(dict.fromkeys(_cited(turn))),
        actions=tuple(_actions(turn)),
        endings=(_kind(stored),),
        codes=stored.ending.codes
        if isinstance(stored, Ended) and stored.ending.kind == "handed_over"
        else (),
    )


def _cited(turn: Turn) -> Iterator[str]:
    if isinstance(turn, Drafted):
        article_of = {one.id: one.article_id for one in turn.evidence.passages}
        cited = (support for claim in turn.draft.claims for support in claim.supports)
        yield from (article_of[one] for one in cited if one in article_of)


def _actions(turn: Turn) -> Iterator[GoldenAction]:
    """What was proposed, without its arguments: they name somebody's records."""
    if not isinstance(turn, Judged):
        return
    said = mark.rulings(turn.verdict, turn.draft.actions)
    asked = {action.name for one in turn.decisions for action in one.actions}
    for name, ruled in said.items():
        ruling: Ruling = "denied" if ruled == "denied" else "allowed"
        yield GoldenAction(
            name=name, ruling="asked" if ruled == "asked" or name in asked else ruling
        )


def _names(turns: Sequence[Turn]) -> tuple[str, ...]:
    """Of everybody who is known from the conversation: who wrote, and whose account it is."""
    found = [turn.asker.name for turn in turns]
    found += [
        turn.evidence.customer.name
        for turn in turns
        if isinstance(turn, Retrieved) and turn.evidence.customer
    ]
    return tuple(dict.fromkeys(name for name in found if name))


def _turn(stored: Turn | Ended) -> Turn:
    return stored.turn if isinstance(stored, Ended) else stored


def _kind(stored: Turn | Ended) -> EndingKind:
    """How it ended; one that still runs is left to whoever corrects it."""
    return stored.ending.kind if isinstance(stored, Ended) else "answered"
