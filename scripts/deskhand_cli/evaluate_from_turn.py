"""`deskhand evaluate --from-turn ID`: a stored turn becomes a golden ticket, masked."""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from scripts.deskhand_cli.api import DeskApi
from scripts.deskhand_cli.desks import desk_at
from scripts.deskhand_cli.problems import CommandError, UnreadableError
from scripts.deskhand_cli.terminal import err, plain
from scripts.evaluation.golden_from_turn import golden_of

LOOKS_BACK = timedelta(days=31)


def make_case(turn: str, *, conversation: str, append: Path | None, url: str, key: str) -> None:
    """Prints the golden ticket of a turn as one line, or puts it at the end of a file."""
    with desk_at(url, key) as api:
        where = conversation or _conversation_of(turn, api)
        seen = api.conversation(where)
    golden = golden_of(seen.turns, turn) if seen else None
    if golden is None:
        raise CommandError(f"there is no turn {turn} in conversation {where}")
    line = golden.model_dump_json(by_alias=True, exclude_defaults=True) + "\n"
    if append is None:
        sys.stdout.write(line)
    else:
        _put(line, append)
    err().print(plain(f"{golden.id}: {golden.to_correct}", "yellow"))


def _conversation_of(turn: str, api: DeskApi) -> str:
    """Found among what was decided and done, and among what needed an article."""
    since = datetime.now(UTC) - LOOKS_BACK
    for entry in api.audit(since=since):
        if str(entry.get("turn_id", "")).startswith(turn):
            return str(entry["conversation_id"])
    try:
        return str(api.search({"turn": turn})["past"]["conversation_id"])
    except CommandError as error:
        raise CommandError(
            f"no turn {turn} of the last {LOOKS_BACK.days} days was found; name its conversation,"
            " too: --conversation ID"
        ) from error


def _put(line: str, file: Path) -> None:
    try:
        text = file.read_text(encoding="utf-8") if file.is_file() else ""
        between = "\n" if text and not text.endswith("\n") else ""
        file.write_text(f"{text}{between}{line}", encoding="utf-8")
    except OSError as error:
        raise UnreadableError(f"{file}: {error.strerror or error}") from error
