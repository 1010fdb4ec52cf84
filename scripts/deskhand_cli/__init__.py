"""The command `deskhand`: one file a command, each registered by one line here."""

import sys

import typer

from scripts.deskhand_cli import (
    approvals,
    approve,
    ask,
    audit,
    bench,
    demo,
    dlq,
    evaluate,
    kb,
    load,
    mailbox,
    policy,
    reject,
    replay,
    reply,
    send,
    serve,
    stops,
    storm,
    tickets,
)
from scripts.deskhand_cli.problems import CommandError
from scripts.deskhand_cli.terminal import err, plain

app = typer.Typer(
    help="Deskhand, a hand at the support desk, on this machine.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

app.command()(demo.demo)
app.command()(serve.serve)
app.command()(ask.ask)
app.command()(mailbox.mailbox)
app.command()(send.send)
app.command()(tickets.tickets)
app.command()(approvals.approvals)
app.command()(approve.approve)
app.command()(reject.reject)
app.command()(reply.reply)
app.command()(stops.stops)
app.command()(stops.release)
app.command()(audit.audit)
app.command()(bench.bench)
app.command()(replay.replay)
app.command()(load.load)
app.command()(storm.storm)
app.add_typer(policy.policy, name="policy")
app.add_typer(dlq.dlq, name="dlq")
app.add_typer(evaluate.evaluate, name="evaluate")
app.add_typer(kb.kb, name="kb")


def main() -> None:
    """Runs the command line; what goes wrong is one sentence on standard error."""
    try:
        app(prog_name="deskhand")
    except CommandError as error:
        err().print(plain(f"deskhand: {error}", "red"))
        sys.exit(error.exit_code)


__all__ = ["app", "main"]
