"""What is kept of an episode: what was asked, what was found, what was done, each in a line.

No model writes it. All of it is known, so it costs nothing, invents nothing and obeys nobody's
words.
"""

from deskhand.domain.memory import Matter, Memory
from deskhand.domain.turn import Classified, Ended, Ending, Retrieved

MOST_MATTERS = 6
"""So many are kept; more than an episode's turns are allowed to be before a person has it."""
MOST_FOUND = 3
LINE_CHARS = 200
_OVER = {"answered", "asked_customer", "handed_over"}


def remember(memory: Memory, ended: Ended) -> Memory:
    """What is kept once a turn is over; one that said and did nothing leaves no trace."""
    if ended.ending.kind not in _OVER:
        return memory
    kept = (*memory.matters, _matter(ended))
    over = max(0, len(kept) - MOST_MATTERS)
    return Memory(matters=kept[over:], forgotten=memory.forgotten + over)


def _matter(ended: Ended) -> Matter:
    turn = ended.turn
    reading = turn.classification if isinstance(turn, Classified) else None
    customer = turn.evidence.customer if isinstance(turn, Retrieved) else None
    facts = turn.evidence.facts if isinstance(turn, Retrieved) and customer else ()
    return Matter(
        messages=tuple(said.id for said in turn.messages),
        intents=tuple(guess.intent for guess in reading.intents) if reading else (),
        references=reading.entities.references if reading else (),
        asked=_line(turn.text),
        came_of_it=_line(_came_of_it(ended.ending)),
        customer=customer.id if customer else "",
        found=tuple(_line(" ".join(fact.words[:2])) for fact in facts[:MOST_FOUND]),
    )


def _came_of_it(ending: Ending) -> str:
    done = [f"done: {one.words}" for one in ending.receipts if one.kind == "action"]
    if ending.kind == "handed_over":
        return "; ".join([*done, f"given to a person: {ending.why}"])
    said = "asked back" if ending.kind == "asked_customer" else "answered"
    return "; ".join([*done, f"{said}: {ending.reply}"])


def _line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LINE_CHARS else f"{line[: LINE_CHARS - 1].rstrip()}…"
