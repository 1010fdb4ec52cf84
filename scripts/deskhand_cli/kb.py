"""`deskhand kb`: what the agent knows: looked through, searched, and what it lacks."""

import typer

from scripts.deskhand_cli import kb_gaps, kb_learn, kb_lint, kb_reindex, kb_search

kb = typer.Typer(help="Look after what the agent knows.", no_args_is_help=True)


@kb.callback()
def about() -> None:
    """Look after what the agent knows."""


kb.command()(kb_lint.lint)
kb.command()(kb_search.search)
kb.command()(kb_gaps.gaps)
kb.command()(kb_reindex.reindex)
kb.command()(kb_learn.learn)
kb.command()(kb_learn.proposals)
kb.command()(kb_learn.proposal)
kb.command()(kb_learn.approve)
kb.command()(kb_learn.reject)
