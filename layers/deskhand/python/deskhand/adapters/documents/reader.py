"""The process that reads documents for another one, from its input to its output."""

import json
import resource
import sys
from datetime import date
from typing import Any

from deskhand.adapters.documents.frames import frame, read_frame
from deskhand.adapters.documents.reading import read_document
from deskhand.errors import Rejected


def main() -> None:
    """Answers each document with its text or why it is refused; `argv[1]`: the memory in bytes."""
    _limit_memory(int(sys.argv[1]))
    _say({"ready": True})
    while (asked := read_frame(sys.stdin.buffer)) is not None:
        content = read_frame(sys.stdin.buffer)
        if content is None:
            return
        _say(_answer(json.loads(asked)["name"], content))


def _say(answer: dict[str, Any]) -> None:
    sys.stdout.buffer.write(frame(answer))
    sys.stdout.buffer.flush()


def _answer(name: str, content: bytes) -> dict[str, Any]:
    try:
        page = read_document(name, content)
    except Rejected as error:
        return {"refused": str(error)}
    except MemoryError:
        return {"refused": f"{name}: reading it takes too much memory: split it"}
    except Exception as error:  # a parser's own fault, in a document that nobody foresaw
        kind = type(error).__name__
        return {"refused": f"{name}: it cannot be read ({kind}): save it anew in a simpler form"}
    days = {key: said.isoformat() for key, said in page.fields.items() if isinstance(said, date)}
    fields = {key: said for key, said in page.fields.items() if key not in days}
    return {"text": page.text, "fields": fields, "days": days, "notes": page.notes}


def _limit_memory(most_bytes: int) -> None:
    try:
        resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))
    except (ValueError, OSError):  # a system that knows no such limit, such as a Mac's
        return


if __name__ == "__main__":
    main()
