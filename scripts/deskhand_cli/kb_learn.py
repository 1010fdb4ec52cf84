"""`deskhand kb learn` and its kin: what a person answered becomes an article, once one approves."""

from pathlib import Path
from typing import Annotated

import typer
from rich.syntax import Syntax
from rich.table import Table

from scripts.deskhand_cli.desks import running_desk
from scripts.deskhand_cli.problems import UnreadableError
from scripts.deskhand_cli.terminal import out, plain, print_json

Proposal = Annotated[str, typer.Argument(metavar="PROPOSAL", help="As `kb proposals` lists it.")]
By = Annotated[str, typer.Option(help="Your name, which is kept with the time.")]


def learn(
    conversation: Annotated[str, typer.Argument(help="As `deskhand tickets` lists it.")],
) -> None:
    """Propose an article from what a person answered in a solved ticket, without what is personal.

    Read it well before you approve it: names of people who did not write there are not known.
    """
    with running_desk() as api:
        proposed = api.propose(conversation)
    out().print(plain(f"proposed as {proposed['id']}:\n", "bold"))
    out().print(Syntax(proposed["text"], "markdown", word_wrap=True, background_color="default"))


def proposals(
    json: Annotated[bool, typer.Option("--json", help="Print them as JSON.")] = False,
) -> None:
    """List the articles that wait for a person's yes; no customer is told anything of them."""
    with running_desk() as api:
        waiting = api.proposals()
    if json:
        print_json(waiting)
        return
    table = Table(header_style="bold", pad_edge=False)
    for column in ("proposal", "title", "category", "trouble"):
        table.add_column(column, overflow="fold")
    for one in waiting:
        cells = (one.get(name, "") for name in ("id", "title", "category", "trouble"))
        table.add_row(*(plain(cell) for cell in cells))
    out().print(table if waiting else "Nothing waits.")


def proposal(proposal_id: Proposal) -> None:
    """Print a proposed article as it stands, to be read or edited."""
    with running_desk() as api:
        typer.echo(api.proposal(proposal_id), nl=False)


def approve(
    proposal_id: Proposal,
    by: By,
    file: Annotated[
        Path | None, typer.Option(help="The whole article as you edited it (audience: public).")
    ] = None,
) -> None:
    """Make a proposed article one that customers are answered from."""
    word = {"by": by, "text": _read(file) if file else ""}
    with running_desk() as api:
        api.settle_proposal(f"{proposal_id}/approve", word)
    out().print(plain(f"{proposal_id} is an article now, and is being indexed"))


def reject(proposal_id: Proposal, by: By) -> None:
    """Throw a proposed article away."""
    with running_desk() as api:
        api.settle_proposal(f"{proposal_id}/reject", {"by": by})
    out().print(plain(f"{proposal_id} is gone"))


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableError(f"{file}: {error}") from error
