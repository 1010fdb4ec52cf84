"""The tickets that did not come out right, as HTML: what was expected, and what happened."""

from collections.abc import Iterator
from html import escape

from scripts.evaluation.golden_results import TicketResult, TurnResult
from scripts.evaluation.golden_run import Results


def failures(results: Results) -> Iterator[str]:
    """Each of them folded up; of several runs the first one that went wrong."""
    wrong = [one for one in results.values() if not all(run.passed for run in one)]
    yield f"<h2>Tickets that did not come out right ({len(wrong):,})</h2>"
    if not wrong:
        yield "<p>All of them came out right.</p>"
    yield from map(_ticket, wrong)


def _ticket(runs: tuple[TicketResult, ...]) -> str:
    failed = [one for one in runs if not one.passed]
    shown = failed[0]
    first = next(line for turn in shown.turns if not turn.passed for line in _why(turn))
    often = f" ({len(failed)} of {len(runs)} runs)" if len(runs) > 1 else ""
    messages = "".join(map(_message, shown.turns))
    head = f"<summary><b>{escape(shown.id)}</b>{often}: {escape(first)}</summary>"
    return f"<details>{head}{messages}</details>"


def _message(turn: TurnResult) -> str:
    shade = "message" if turn.passed else "message wrong"
    lines = "".join(f"<li>{escape(line)}</li>" for line in turn.differences)
    expected = f"expected {' or '.join(turn.endings)} ({', '.join(turn.wanted) or 'no intent'})"
    happened = f"{turn.ended} ({', '.join(turn.read) or 'no intent'})"
    codes = f"; {', '.join(turn.codes)}" if turn.codes else ""
    reply = f"<p>Reply:</p><pre>{escape(turn.reply)}</pre>" if turn.reply else ""
    return (
        f'<div class="{shade}"><pre class="says">{escape(turn.text)}</pre>'
        f"<p>{escape(expected)}; happened: {escape(happened + codes)}</p>"
        f"{f'<ul>{lines}</ul>' if lines else ''}{reply}</div>"
    )


def _why(turn: TurnResult) -> tuple[str, ...]:
    return turn.differences or ("it did not come out right",)
