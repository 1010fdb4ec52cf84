"""Outcomes as a table, and what they come to."""

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from deskhand.domain.receipt import Receipt
from deskhand.domain.turn import EndingKind
from scripts.deskhand_cli.outcome import Outcome, Summary
from scripts.deskhand_cli.terminal import dollars, plain, seconds

STYLE_OF: dict[EndingKind, str] = {
    "answered": "green",
    "asked_customer": "cyan",
    "handed_over": "yellow",
    "recorded": "magenta",
    "superseded": "dim",
    "ignored": "dim",
}


def outcome_table(outcomes: Sequence[Outcome]) -> Table:
    """One row a ticket: what it wants, what was decided and why, what was done, time and price."""
    table = Table(box=SIMPLE_HEAD, header_style="bold", pad_edge=False, expand=True)
    table.add_column("ticket", style="bold", no_wrap=True, max_width=30)
    table.add_column("wants", max_width=20)
    table.add_column("was decided, and why", ratio=3)
    table.add_column("was done", ratio=2)
    table.add_column("time", justify="right", no_wrap=True)
    table.add_column("cost", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    for outcome in outcomes:
        seen = outcome.seen
        table.add_row(
            plain(outcome.ticket.id),
            plain(seen.intent.replace("_", " ") if seen else ""),
            _decided(outcome),
            _done(outcome),
            seconds(outcome.elapsed_s),
            dollars(seen.cost_microusd if seen else 0),
            Text("ok", "green") if outcome.as_expected else Text("not ok", "bold red"),
        )
    return table


def summary_lines(summary: Summary, outcomes: Sequence[Outcome]) -> RenderableType:
    """How many ended as they should, and of each other one what was expected and found."""
    all_well = summary.as_expected == summary.tickets
    line = Text.assemble(
        (f"{summary.as_expected} of {summary.tickets}", "bold green" if all_well else "bold red"),
        " tickets ended as their files say, ",
        (f"{summary.share_without_a_person:.0%}", "bold"),
        " without a person; a turn took ",
        (seconds(summary.median_turn_s), "bold"),
        " (median), all together ",
        (seconds(summary.elapsed_s), "bold"),
        ".",
        _paid(summary),
    )
    wrong = [
        Text.assemble((f"  {outcome.ticket.id}: ", "bold red"), plain(difference))
        for outcome in outcomes
        for difference in outcome.differences
    ]
    return Group(*wrong, line)


def _paid(summary: Summary) -> str:
    """What the models cost; nothing is said of models that cost nothing."""
    if not summary.cost_microusd:
        return ""
    resolved = summary.resolution_microusd
    each = f", {dollars(resolved)} for each without a person" if resolved is not None else ""
    return f" The models cost {dollars(summary.cost_microusd)}{each}."


def _decided(outcome: Outcome) -> Text:
    if outcome.seen is None or not outcome.seen.turns:
        return Text("nothing", "red")
    lines = []
    for ending in outcome.seen.endings:
        why = ", ".join(ending.codes).lower().replace("_", " ") or ending.why
        lines.append(
            Text.assemble(
                (ending.kind.replace("_", " "), STYLE_OF[ending.kind]),
                plain(f": {why}" if why else ""),
            )
        )
    decided = [
        plain(f"{approval.decided_by} {approval.state} {approval.summary}", "dim")
        for approval in outcome.seen.approvals
        if approval.state in ("approved", "rejected")
    ]
    asked = [
        plain(f"a person is asked for {approval.summary}", "yellow")
        for approval in outcome.seen.open_approvals
    ]
    return Text("\n").join([*lines, *decided, *asked])


def _done(outcome: Outcome) -> Text:
    if outcome.seen is None:
        return Text()
    return Text("\n").join(plain(_proof(receipt)) for receipt in outcome.seen.receipts)


def _proof(receipt: Receipt) -> str:
    told = receipt.reference in receipt.words
    return receipt.words if told else f"{receipt.words} ({receipt.reference})"
