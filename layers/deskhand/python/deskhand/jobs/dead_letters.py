"""Sees to what the queue gave up: a person has the conversation, and can let it be tried again."""

from collections.abc import Callable
from dataclasses import dataclass

from pydantic import JsonValue

from deskhand.domain.dead_letter import DeadLetter, LetterState
from deskhand.domain.ticket import Arrival
from deskhand.domain.verdict import Objection
from deskhand.domain.web import Answer, Request, refusal
from deskhand.errors import Unavailable
from deskhand.jobs.go_ahead import go_ahead
from deskhand.jobs.turns import Turns
from deskhand.ports import Clock, Conversations, DeadLetters, Inbox


def see_to(letter: DeadLetter, *, kept: DeadLetters, turns: Turns) -> None:
    """Keeps the letter and hands over the conversation that it belongs to, if it names one.

    `Unavailable` while another turn of that conversation runs: the queue gives it again later.
    """
    stored = kept.load(letter.id)
    if stored is not None and stored.state != "kept":
        return  # it was seen to, and the queue did not hear of it
    kept.keep(letter)
    arrival = letter.arrival or letter.excerpt
    if arrival is not None:
        state = _handed_over(arrival, letter.why, turns)
        kept.keep(letter.model_copy(update={"state": state, "kept_as": arrival.message.id}))


def _handed_over(arrival: Arrival, why: str, turns: Turns) -> LetterState:
    turns.conversations.append(arrival)
    turn = turns.conversations.open_turn(
        arrival.conversation_id, now=turns.clock(), lease_s=turns.policy.replies.lease_s
    )
    if turn is None:
        stored = turns.conversations.load(arrival.conversation_id)
        if stored is not None and stored.waiting:
            raise Unavailable("the conversation, in which another turn runs,")
        return "taken_up"
    words = f"a message could not be processed: {why}"
    objection = Objection(code="POISON_MESSAGE", words=words, cure="person")
    turns.hand_over(turns.conversations.claim(turn), objection)
    return "handed_over"


@dataclass(frozen=True)
class DeadLetterRoutes:
    """What the people's API says of dead letters."""

    kept: DeadLetters
    inbox: Callable[[], Inbox]
    conversations: Conversations
    clock: Clock

    def listed(self, _request: Request) -> Answer:
        """Every dead letter without its body, oldest first."""
        letters: list[JsonValue] = [_in_short(letter) for letter in self.kept.all()]
        return Answer(status=200, body=letters)

    def shown(self, request: Request) -> Answer:
        """One dead letter, whole."""
        letter = self.kept.load(request.path["letter_id"])
        if letter is None:
            return _unknown(request)
        return Answer(status=200, body=_in_short(letter) | {"body": letter.body})

    def redrive(self, request: Request) -> Answer:
        """Puts a letter into the queue again, behind those of its conversation that are older.

        The conversation is the agent's again. A letter that cannot be tried again is a 409 that
        says why.
        """
        word = go_ahead(request)
        if isinstance(word, Answer):
            return word
        letter = self.kept.load(request.path["letter_id"])
        if letter is None:
            return _unknown(request)
        if why_not := _why_not(letter):
            return refusal(409, f"{letter.id} {why_not}")
        before = [one for one in self.kept.all() if _comes_before(one, letter)]
        redriven = [self._again(one, by=word.by) for one in (*before, letter)]
        return Answer(status=200, body=[_in_short(one) for one in redriven])

    def _again(self, letter: DeadLetter, *, by: str) -> DeadLetter:
        arrival = letter.again
        assert arrival is not None, "what cannot be read was refused"
        if self.conversations.load(arrival.conversation_id) is not None:
            self.conversations.give_back(arrival.conversation_id, by=by)
        self.inbox().put(arrival)
        done = {"state": "redriven", "redriven_by": by, "redriven_at": self.clock()}
        redriven = letter.model_copy(update=done)
        self.kept.keep(redriven)
        return redriven


def _why_not(letter: DeadLetter) -> str:
    """Why a letter cannot be tried again; empty if it can."""
    if letter.state == "redriven":
        return f"was redriven by {letter.redriven_by} already; if it fails again it is a new letter"
    if letter.state == "taken_up":
        return "needs nobody: a turn had taken its message up before it was given up"
    if letter.again is None:
        return "cannot be read by this release; look at its body, and see to its ticket by hand"
    return ""


def _comes_before(other: DeadLetter, letter: DeadLetter) -> bool:
    older = (other.sent_at, other.id) < (letter.sent_at, letter.id)
    return older and other.group == letter.group and not _why_not(other)


def _in_short(letter: DeadLetter) -> dict[str, JsonValue]:
    shown: dict[str, JsonValue] = letter.model_dump(mode="json", exclude={"body"})
    arrival = letter.arrival or letter.excerpt
    found: dict[str, JsonValue] = {
        "conversation_id": arrival.conversation_id if arrival else "",
        "why": letter.why,
    }
    return shown | found


def _unknown(request: Request) -> Answer:
    return refusal(404, f"there is no dead letter {request.path['letter_id']}")
