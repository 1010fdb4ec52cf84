"""`deskhand evaluate`: measures the desk; each measurement is one file and one line here."""

from typing import Any

import typer
from typer.core import TyperGroup

from scripts.deskhand_cli import (
    evaluate_confidence,
    evaluate_cost,
    evaluate_golden,
    evaluate_grounding,
    evaluate_intents,
    evaluate_retrieval,
)

DEFAULT = "tickets"


class MostlyTickets(TyperGroup):
    """What names no measurement is about golden tickets: `deskhand evaluate [FILES...]`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Puts the default measurement first where none is named."""
        if DEFAULT in self.commands and (not args or args[0] not in {*self.commands, "--help"}):
            args = [DEFAULT, *args]
        rest: list[str] = super().parse_args(ctx, args)
        return rest


evaluate = typer.Typer(
    cls=MostlyTickets, help="Measure the desk on tickets and questions whose answers are known."
)


@evaluate.callback()
def whole() -> None:
    """Measure the desk on tickets and questions whose answers are known."""


evaluate.command()(evaluate_golden.tickets)
evaluate.command()(evaluate_retrieval.retrieval)
evaluate.command()(evaluate_cost.cost)
evaluate.command()(evaluate_intents.intents)
evaluate.command()(evaluate_grounding.grounding)
evaluate.command()(evaluate_confidence.confidence)
