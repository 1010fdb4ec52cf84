"""`deskhand replay`: messages of a file go through the whole house, and it is said how each ended.

The file is yours or a public data set: one JSON object a line, with a `text` and perhaps an
`intent`, as whoever collected it calls what is wanted.
"""

import json as json_format
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from deskhand.domain.turn import Classified
from scripts.deskhand_cli.api import DeskApi
from scripts.deskhand_cli.crowd import Followed, address_of, crowd_desk, follow, send
from scripts.deskhand_cli.desks import steps
from scripts.deskhand_cli.problems import UnreadableError
from scripts.deskhand_cli.runner import AT_ONCE
from scripts.deskhand_cli.seen import turn_of
from scripts.deskhand_cli.terminal import err, out, plain, print_json
from scripts.local_stack import LocalStack

PATIENCE_S = 180.0


@dataclass(frozen=True)
class Line:
    """One message of a file."""

    text: str
    intent: str = ""


@dataclass(frozen=True)
class Replayed:
    """A line that went through the house, by whom, and what became of it."""

    line: Line
    known: bool
    followed: Followed

    @property
    def how(self) -> str:
        """How it ended, in one word."""
        ending = self.followed.ending
        if ending is not None:
            return ending.kind
        return "awaits_a_person" if self.followed.waits_for_a_person else "lost"

    @property
    def read_as(self) -> tuple[str, ...]:
        """The intents that the turn was read as, the first one first."""
        stored = self.followed.seen.turns if self.followed.seen else ()
        turns = (turn_of(one) for one in stored)
        found = next((turn for turn in turns if isinstance(turn, Classified)), None)
        return tuple(guess.intent for guess in found.classification.intents) if found else ()

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        ending = self.followed.ending
        return {
            "text": self.line.text,
            "wanted": self.line.intent,
            "known": self.known,
            "read_as": list(self.read_as),
            "how": self.how,
            "codes": list(ending.codes) if ending else [],
            "why": ending.why if ending else "",
            "reply": ending.reply if ending else "",
        }


def replay(
    files: Annotated[list[Path], typer.Argument(help="JSONL files; each line has a `text`.")],
    count: Annotated[int, typer.Option(min=1, help="So many lines of each file.")] = 100,
    seed: Annotated[int, typer.Option(help="Which lines: the same seed, the same lines.")] = 1,
    at_once: Annotated[
        int, typer.Option(min=1, max=64, help="How many customers write at the same time.")
    ] = AT_ONCE,
    json: Annotated[bool, typer.Option("--json", help="Print every message as JSON.")] = False,
) -> None:
    """Send the messages of files as tickets, half of known customers, and say how they ended."""
    lines = [line for file in files for line in chosen(read_lines(file), count, seed=seed)]
    with (
        steps(err()) as report,
        crowd_desk(customers=len(lines), report=report) as (api, stack),
    ):
        done = replay_all(lines, api, at_once=at_once)
        left = left_in_queues(stack)
    if json:
        print_json({"messages": [one.as_json() for one in done], "left_in_queues": left})
    else:
        out().print(distribution(done))
        out().print(f"{left} messages are left in queues.")
    if left or any(one.how == "lost" or one.followed.broken for one in done):
        raise typer.Exit(1)


def read_lines(file: Path) -> list[Line]:
    """The lines of a file; one that is no message is named."""
    try:
        texts = file.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise UnreadableError(f"{file}: {error.strerror or error}") from error
    found = []
    for number, text in enumerate(texts, start=1):
        try:
            record = json_format.loads(text)
            found.append(Line(str(record["text"]), str(record.get("intent", ""))))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UnreadableError(f"{file}:{number}: no JSON object with a `text`") from error
    return found


def chosen(lines: Sequence[Line], count: int, *, seed: int) -> list[Line]:
    """So many of the lines, the same for the same seed."""
    return random.Random(seed).sample(list(lines), min(count, len(lines)))


def replay_all(lines: Sequence[Line], api: DeskApi, *, at_once: int) -> list[Replayed]:
    """Sends every line in a ticket of its own; every other one comes from a customer of the shop
    whom the helpdesk has verified, the rest from people whom nobody knows."""

    def run(number: int) -> Replayed:
        known = number % 2 == 0
        email = address_of(number) if known else f"stranger-{number}@example.net"
        text = lines[number].text
        sent = send(api, text, ticket=f"replay-{number}", email=email, verified=known)
        return Replayed(lines[number], known, follow(api, sent, patience_s=PATIENCE_S))

    with ThreadPoolExecutor(at_once) as pool:
        return list(pool.map(run, range(len(lines))))


def left_in_queues(stack: LocalStack) -> int:
    """How many messages lie in the queue and in the dead-letter queue."""
    sqs = stack.boto3_client("sqs")
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    return sum(
        int(counted)
        for output in ("QueueUrl", "DeadLetterQueueUrl")
        for counted in sqs.get_queue_attributes(
            QueueUrl=stack.outputs[output], AttributeNames=names
        )["Attributes"].values()
    )


def distribution(done: Iterable[Replayed]) -> Table:
    """How the messages ended, by what was wanted."""
    by_wish: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in done:
        for wish in (one.line.intent or "(not told)", "all together"):
            by_wish[wish][one.how] += 1
    last = by_wish.pop("all together", Counter())
    table = Table(header_style="bold", pad_edge=False)
    table.add_column("wanted")
    for how in last:
        table.add_column(how.replace("_", " "), justify="right")
    for wish, counted in (*sorted(by_wish.items()), ("all together", last)):
        table.add_row(plain(wish), *(str(counted[how] or "") for how in last))
    return table
