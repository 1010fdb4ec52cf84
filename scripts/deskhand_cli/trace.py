"""One conversation's turns for people: read, found, drafted, objected, decided, done, said."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from deskhand.domain.classification import Classification
from deskhand.domain.draft import Draft
from deskhand.domain.evidence import Evidence
from deskhand.domain.turn import Classified, Drafted, Ended, Ending, Judged, Retrieved, Turn
from deskhand.domain.verdict import Verdict
from scripts.deskhand_cli.seen import Seen, turn_of
from scripts.deskhand_cli.tables import STYLE_OF
from scripts.deskhand_cli.terminal import dollars, plain, used

EXCERPT = 160


def trace(seen: Seen) -> RenderableType:
    """All turns of a conversation, one below the other."""
    return Group(*(_turn(stored) for stored in seen.turns))


def _turn(stored: Turn | Ended) -> RenderableType:
    turn = turn_of(stored)
    parts: list[tuple[str, RenderableType]] = [("asked", plain(turn.text))]
    if isinstance(turn, Classified):
        parts.append(("read", _reading(turn.classification)))
    if isinstance(turn, Retrieved):
        parts.append(("found", Group(*_evidence(turn.evidence))))
    parts += [("drafted, and sent back", Group(*_draft(look.draft))) for look in turn.looked]
    if isinstance(turn, Drafted):
        parts.append(("drafted", Group(*_draft(turn.draft))))
    if isinstance(turn, Judged):
        parts.append(("decided", Group(*_verdict(turn.verdict))))
    if isinstance(stored, Ended):
        parts.append(("ended", _ending(stored.ending)))
    parts.append(("stages", _stages(turn)))
    blocks = [part for name, shown in parts for part in (Text(name, "bold"), _indented(shown))]
    return Panel(Group(*blocks), title=plain(f"turn {turn.id[:8]}"), title_align="left")


def _indented(shown: RenderableType) -> Padding:
    return Padding(shown, (0, 0, 1, 2))


def _reading(read: Classification) -> RenderableType:
    wants = [
        plain(f"{guess.intent} {guess.confidence:.2f}  “{guess.part}”") for guess in read.intents
    ] or [plain("nothing that is in scope")]
    named = (*read.entities.references, *read.entities.emails)
    manner = f"{read.language}, {read.sentiment}, {read.urgency} urgency, by the {read.read_by}"
    return Group(*wants, plain(manner + (f"; names {', '.join(named)}" if named else ""), "dim"))


def _evidence(found: Evidence) -> Iterator[RenderableType]:
    if found.customer:
        yield plain(f"customer {found.customer.name} ({found.customer.id})")
    for fact in found.facts:
        yield plain(f"fact {fact.id}: {' '.join(fact.words)}")
    for passage in found.passages:
        where = f"{passage.title}, {passage.heading}" if passage.heading else passage.title
        yield Text.assemble(
            plain(f"passage {passage.id} {passage.similarity:.2f} "),
            plain(f"{where}: {_excerpt(passage.text)}", "dim"),
        )
    for word, lines in (("missing", found.missing), ("choose", found.choices)):
        yield from (plain(f"{word}: {line}", "yellow") for line in lines)
    yield from (plain(f"failed: {trouble}", "red") for trouble in found.troubles)


def _draft(draft: Draft) -> Iterator[RenderableType]:
    for claim in draft.claims:
        supports = f"  [{', '.join(claim.supports)}]" if claim.supports else ""
        yield Text.assemble(plain(claim.text), plain(supports, "dim"))
    for action in draft.actions:
        arguments = ", ".join(f"{name}={value}" for name, value in action.arguments.items())
        yield plain(f"proposes {action.name}({arguments})", "cyan")
    if draft.question:
        yield plain(f"asks back: {draft.question}", "cyan")
    if draft.missing:
        yield plain(f"not in the evidence: {draft.missing}", "yellow")
    if draft.withheld:
        yield plain(f"nobody was asked: {draft.withheld}", "yellow")
    yield plain(f"confidence {draft.confidence:.2f}, by {draft.written_by or 'nobody'}", "dim")


def _verdict(verdict: Verdict) -> Iterator[RenderableType]:
    yield plain(verdict.decision.replace("_", " ") + f" (mode {verdict.mode})")
    for objection in verdict.objections:
        yield Text.assemble(
            plain(f"{objection.code} ", "yellow"),
            plain(objection.words),
            plain(f"  cure: {objection.cure}", "dim"),
        )


def _ending(ending: Ending) -> RenderableType:
    lines: list[RenderableType] = [
        Text.assemble(
            (ending.kind.replace("_", " "), STYLE_OF[ending.kind]), plain(f": {ending.why}")
        )
    ]
    lines += [
        plain(f"receipt {receipt.reference}: {receipt.words}", "green")
        for receipt in ending.receipts
    ]
    if ending.would_have:
        lines.append(plain(f"would have: {ending.would_have}", "magenta"))
    if ending.handoff:
        lines.append(plain(f"to {ending.handoff.queue}: {ending.handoff.summary}", "yellow"))
    if ending.reply:
        lines.append(Panel(plain(ending.reply), title="reply", title_align="left", style="green"))
    return Group(*lines)


def _stages(turn: Turn) -> RenderableType:
    table = Table(box=None, show_header=False, pad_edge=False)
    for stage in turn.stages:
        table.add_row(
            plain(stage.stage),
            Text(f"{stage.duration_ms:.1f} ms", justify="right"),
            plain(stage.outcome, "dim"),
            dollars(stage.usage.cost_microusd),
        )
    models = used(turn.usage)
    return Group(table, plain(f"models: {models}", "dim")) if models else table


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else line[:EXCERPT].rsplit(" ", 1)[0] + " …"
