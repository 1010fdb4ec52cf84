"""Drafts an answer sentence by sentence, with the actions that the turn's intents allow."""

from collections import Counter
from collections.abc import Iterator

from deskhand.domain.draft import Draft
from deskhand.domain.file import OpenedFile
from deskhand.domain.policy import Policy
from deskhand.domain.turn import Drafted, Retrieved, grow
from deskhand.errors import Rejected
from deskhand.ports import Files, GroundingJudge, LanguageModel, Spending
from deskhand.stages.budget import why_withheld
from deskhand.text.attachments import opened, why_not_opened
from deskhand.text.confidence import how_sure
from deskhand.tools.registry import Tools


def generate(
    turn: Retrieved,
    *,
    model: LanguageModel,
    policy: Policy,
    tools: Tools,
    judge: GroundingJudge | None = None,
    spending: Spending | None = None,
    files: Files | None = None,
) -> Draft:
    """What the model wants to say and to do; it hears only of the tools that the intents allow.

    How sure the draft is, is weighed here from what was found, whoever wrote it.
    Where the budget is spent nobody is asked, and the draft says why. A judge, if there is one,
    reads what was drafted; what it doubts is for the gate.
    """
    if why := why_withheld(turn, spending, policy):
        return Draft(withheld=why, written_by="nobody")
    known = {
        guess.intent: policy.intents[guess.intent]
        for guess in turn.classification.intents
        if guess.intent in policy.intents
    }
    allowed = dict.fromkeys(name for intent in known.values() for name in intent.actions)
    specs = [tools.actions[name].spec() for name in allowed if name in tools.actions]
    shown = tuple(_opened(turn, files, policy)) if files else ()
    draft = model.draft(turn, intents=known, tools=specs, files=shown)
    sure = how_sure(turn, draft, known, policy.sureness)
    draft = draft.model_copy(update={"confidence": sure})
    if judge is None or not draft.claims:
        return draft
    doubts, usage = judge.doubts(grow(turn, Drafted, draft=draft))
    return draft.model_copy(update={"doubts": doubts, "usage": draft.usage.plus(usage)})


MOST_TOGETHER_BYTES = 14_000_000
"""Of all files of a turn: a function has to hold them several times over, and no vendor takes
more in one request."""


def _opened(turn: Retrieved, files: Files, policy: Policy) -> Iterator[OpenedFile]:
    """The files of this turn that a machine may open, and whose content is what it is said to be,
    as many as there is room for; what is not opened is left to a person by the gate."""
    room_bytes = MOST_TOGETHER_BYTES
    types, most = policy.replies.attachment_types, policy.replies.attachment_max_bytes
    names = Counter(one.name for message in turn.messages for one in message.attachments)
    for message in turn.messages:
        for one in message.attachments:
            # Of two that have one name nobody could tell which one was read.
            if names[one.name] > 1 or why_not_opened(one, types=types, max_bytes=most):
                continue
            most_now = min(most, room_bytes)
            if one.size_bytes > most_now:
                continue
            try:
                content = files.content(turn.ticket_id, message.id, one.name, max_bytes=most_now)
            except Rejected:
                continue
            if found := opened(one, content, types=types):
                room_bytes -= len(content)
                yield found
