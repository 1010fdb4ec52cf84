"""`deskhand evaluate cost`: what a usual conversation costs with each model."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from scripts.deskhand_cli.desks import steps
from scripts.deskhand_cli.terminal import err, out, plain, print_json

if TYPE_CHECKING:
    from deskhand.domain.models import Models
    from scripts.evaluation.cost_report import CostReport
    from scripts.evaluation.cost_tokens import Tokens

KEY = "ANTHROPIC_API_KEY"
COLUMNS = ("no cache", "first of its hour", "usual traffic", "a turn", "a resolution")


def cost(
    conversations_an_hour: Annotated[
        float,
        typer.Option(min=0.01, help="So many begin in an hour: how often a cache is still there."),
    ] = 20.0,
    json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Count what models are asked in conversations of three turns, and price it.

    Every turn goes through the desk with the sample shop; what would be asked is counted token by
    token: by the vendor where ANTHROPIC_API_KEY is set, else estimated on the high side.
    """
    from deskhand import wiring
    from scripts.deskhand_cli.memory_house import SETTINGS, wired
    from scripts.evaluation.cost_conversations import conversations_in, counted_turns
    from scripts.evaluation.cost_report import CostReport

    with wired(SETTINGS):
        models = wiring.policy().models
    tokens, counter = _counter(models)
    with TemporaryDirectory() as folder, steps(err()) as report:
        report("walking and counting")
        counted = counted_turns(conversations_in(), Path(folder), tokens=tokens)
        report("")
    found = CostReport(counted, models, counter, conversations_an_hour)
    if json:
        print_json(found.as_json())
    else:
        out().print(_shown(found))


def _counter(models: "Models") -> "tuple[Tokens, str]":
    """Who counts tokens, and how that is called."""
    from deskhand.adapters.models.claude.doors import AnthropicDoor
    from deskhand.text.tokens import estimated_tokens
    from scripts.evaluation.cost_tokens import counted_by

    if key := os.environ.get(KEY):
        model = models.tasks["draft"].model
        return counted_by(AnthropicDoor(lambda: key).client(), model), f"counted for {model}"
    return estimated_tokens, "estimated"


def _shown(report: "CostReport") -> RenderableType:
    from scripts.evaluation.cost_report import usd
    from scripts.evaluation.cost_tiers import CACHES, PUBLISHED_MICROUSD

    table = Table(
        title="A usual conversation of three turns, in US dollars",
        title_justify="left",
        box=SIMPLE_HEAD,
        header_style="bold",
        pad_edge=False,
    )
    table.add_column("reads + writes", style="bold", no_wrap=True)
    for column in COLUMNS:
        table.add_column(column, justify="right", no_wrap=True)
    table.add_column(f"against {usd(PUBLISHED_MICROUSD)}", no_wrap=True)
    for one in report.costs:
        table.add_row(
            plain(one.tier.name),
            *(usd(one.microusd[cache]) for cache in CACHES),
            usd(one.turn_microusd),
            usd(one.resolution_microusd),
            _against(one.microusd["usual"]),
        )
    return Group(table, *(plain(line, "dim") for line in report.notes()))


def _against(usual_microusd: int) -> Text:
    from scripts.evaluation.cost_tiers import PUBLISHED_MICROUSD, TARGET_MICROUSD

    if usual_microusd > PUBLISHED_MICROUSD:
        return Text(f"{usual_microusd / PUBLISHED_MICROUSD:.1f} times more", "red")
    times = f"{PUBLISHED_MICROUSD / max(usual_microusd, 1):.1f} times less"
    if usual_microusd > TARGET_MICROUSD:
        return Text(f"{times}, above the target", "yellow")
    return Text(f"{times}, within the target", "green")
