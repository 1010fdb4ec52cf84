"""Asks for a draft, and reads the answer into one that the gate can judge.

What cannot be right is kept as it is written: an id that nobody gave, a tool that does not exist,
arguments that do not fit. The gate refuses it by name, and the next draft hears why.
"""

import json
from collections.abc import Iterator, Mapping, Sequence

from deskhand.adapters.models.claude import layers
from deskhand.adapters.models.claude.answers import Proposal, Sentence, Written, share
from deskhand.adapters.models.claude.arguments import arguments_in
from deskhand.adapters.models.claude.ask import Answered, Ask
from deskhand.adapters.models.claude.boundaries import Outside, Part, composed
from deskhand.adapters.models.claude.sources import Sources, lookups
from deskhand.adapters.models.claude.telling import the_conversation, the_messages, the_ticket
from deskhand.domain.draft import Claim, Draft, ProposedAction
from deskhand.domain.file import OpenedFile
from deskhand.domain.policy import Intent
from deskhand.domain.tool import ToolSpec
from deskhand.domain.turn import Retrieved
from deskhand.text.personal import personal_in
from deskhand.text.visible import one_line

MOST_SURE = 0.95
MOST_QUESTION_TOKENS = 200
MOST_LAST_DRAFT_TOKENS = 800
MOST_LESSONS_TOKENS = 600
MOST_FILES_TOKENS = 200


def needs_no_words(turn: Retrieved, intents: Mapping[str, Intent]) -> bool:
    """Whether the desk says all that is to be said by itself: to a plain thank-you nothing, and to
    whoever has to show first who they are, just that."""
    wanted = [intents[one.intent] for one in turn.classification.intents if one.intent in intents]
    waits = turn.evidence.customer is None
    return bool(wanted) and all(
        not intent.replies or (intent.verified and waits) for intent in wanted
    )


def ask_for_draft(
    turn: Retrieved,
    *,
    steady: tuple[str, ...],
    intents: Mapping[str, Intent],
    tools: Sequence[ToolSpec],
    files: Sequence[OpenedFile],
) -> Ask[Written]:
    """The order; `steady` tells of all tools of the desk, its message of those that may be used
    this time."""
    sources = Sources.of(turn.evidence)
    parts: list[Part] = [
        *the_ticket(turn),
        *the_conversation(turn),
        *the_messages(turn),
        *_files(files),
        *_as_read(turn, intents),
        "The material:" if sources.ids else "No passage and no record was found.",
        *sources.told(attributes=bool(tools)),
        *lookups(turn.evidence),
        _whose(turn),
        _allowed(tools),
        *_lessons(turn, sources),
        "Prepare the reply to the customer's messages of this turn.",
    ]
    return Ask(
        task="redraft" if turn.looks else "draft",
        conversation_id=turn.conversation_id,
        steady=steady,
        turn=composed(parts),
        answer=Written,
        files=tuple(files),
        personal=personal_in(turn),
    )


def draft_of(answered: Answered[Written], turn: Retrieved, *, files: Sequence[OpenedFile]) -> Draft:
    """The draft with the real ids of what it cites, no surer than is believed."""
    written = answered.value
    actions = tuple(_action(one) for one in written.actions)
    ids = Sources.of(turn.evidence).ids
    ids |= {f"A{place}": action.id for place, action in enumerate(actions, start=1)}
    return Draft(
        claims=tuple(_claim(one, ids) for one in written.claims if one_line(one.text)),
        actions=actions,
        question=one_line(written.question),
        missing=one_line(written.missing),
        attachments_read=tuple(dict.fromkeys(one.name for one in files)),
        confidence=share(written.confidence, most_sure(turn)),
        written_by=layers.signed(answered.usage.model),
        usage=answered.usage,
    )


def most_sure(turn: Retrieved) -> float:
    """How sure a draft can be at most: whoever wrote it has read the message, too, so what it
    answers is in half the doubt that it was; without any intent, as sure as the articles are
    near."""
    read = [guess.confidence for guess in turn.classification.intents]
    if not read:
        return min(MOST_SURE, max(0.0, turn.evidence.best_similarity))
    return min(MOST_SURE, 1.0 - (1.0 - min(read)) / 2)


def _claim(sentence: Sentence, ids: Mapping[str, str]) -> Claim:
    supports = (one_line(one).strip("[]() ") for one in sentence.supports)
    return Claim(
        text=one_line(sentence.text),
        supports=tuple(dict.fromkeys(ids.get(one.upper(), one) for one in supports)),
        quotes=tuple(quote for one in sentence.quotes if (quote := one_line(one))),
    )


def _action(proposal: Proposal) -> ProposedAction:
    return ProposedAction(name=one_line(proposal.tool), arguments=arguments_in(proposal.arguments))


def _as_read(turn: Retrieved, intents: Mapping[str, Intent]) -> Iterator[Part]:
    wanted = [guess for guess in turn.classification.intents if guess.intent in intents]
    if not wanted:
        yield "None of what the desk handles was recognised in them; articles may answer them."
    whole = one_line(turn.text)
    for guess in wanted:
        part = one_line(guess.part)
        if part == whole:
            yield f"Read as {guess.intent}."
            continue
        yield f"Read as {guess.intent}, from:"
        yield Outside("wish", part, MOST_QUESTION_TOKENS)
    question = one_line(turn.classification.question)
    if question and question != whole:
        yield "That is, in words of its own:"
        yield Outside("question", question, MOST_QUESTION_TOKENS)


def _files(files: Sequence[OpenedFile]) -> Iterator[Part]:
    if files:
        yield "The files that stand before this message are the customer's:"
        names = "\n".join(one_line(one.name) for one in files)
        yield Outside("files", names, MOST_FILES_TOKENS)


def _whose(turn: Retrieved) -> str:
    if turn.evidence.customer is None:
        return "Nobody has shown that they own an account."
    return "The customer has shown who they are: the records are theirs."


def _allowed(tools: Sequence[ToolSpec]) -> str:
    names = ", ".join(tool.name for tool in tools)
    return f"Allowed tools: {names}." if names else "No tool is allowed: `actions` stays empty."


def _lessons(turn: Retrieved, sources: Sources) -> Iterator[Part]:
    """The last draft as it could be written now, and what was said against it."""
    if not turn.lessons:
        return
    yield layers.prompt("redraft")
    if turn.looked:
        short = {real: name for name, real in sources.ids.items()}
        last = turn.looked[-1].draft
        lines = [
            f"{claim.text} [{', '.join(short.get(one, 'not given') for one in claim.supports)}]"
            for claim in last.claims
        ]
        lines += [f"action {one.name} {json.dumps(one.arguments)}" for one in last.actions]
        lines += [f"question: {last.question}"] if last.question else []
        yield Outside("last-draft", "\n".join(lines), MOST_LAST_DRAFT_TOKENS)
    words = "\n".join(f"- {one_line(lesson.words)}" for lesson in turn.lessons)
    yield Outside("objections", words, MOST_LESSONS_TOKENS)
