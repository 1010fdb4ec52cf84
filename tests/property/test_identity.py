"""Over any course of a conversation: a stranger learns nothing of who has an account, and only the
code of the letter shows whose it is."""

from dataclasses import replace
from typing import Any, Literal

from hypothesis import given, settings
from hypothesis import strategies as st

from deskhand.domain.code import CodeTried
from deskhand.domain.turn import Judged
from deskhand.domain.verdict import Objection, Verdict
from deskhand.jobs.arriving_codes import without_code
from deskhand.stages.challenge import challenge
from deskhand.stages.objections.asks import UNVERIFIED
from tests.builders import a_judged_turn, a_message, an_arrival, an_asker, some_evidence
from tests.memory_house import MemoryHouse

ADA, NOBODY = "ada@example.com", "nobody@example.com"
WISH = "I did not get the code, please send it again."

Step = tuple[Literal["says", "waits"], str | int]
numbers = st.integers(0, 999_999).map(lambda number: f"{number:06}")
steps = st.one_of(
    st.tuples(st.just("says"), numbers),
    st.tuples(st.just("says"), st.just(WISH)),
    st.tuples(st.just("says"), numbers.map(lambda number: f"My order is {number}, where is it?")),
    st.tuples(st.just("says"), st.lists(numbers, max_size=8).map(" or ".join)),
    st.tuples(st.just("says"), st.text(max_size=60)),
    st.tuples(st.just("waits"), st.sampled_from([1, 9, 11, 30, 61])),
)


class Desk(MemoryHouse):
    """A desk that a stranger writes to, without the machine between intake and reply."""

    def __init__(self, email: str) -> None:
        super().__init__()
        self.email, self.letters = email, list[str]()
        self.connectors = replace(self.connectors, letters=self)  # type: ignore[arg-type]
        self.turns_taken = 0

    def send(self, to: str, *, subject: str, text: str) -> None:
        self.letters.append(text)

    def hears(self, text: str) -> tuple[CodeTried | None, str, str | Objection]:
        """What came of a message, what is kept of it, and what is said to it."""
        self.turns_taken += 1
        asker = an_asker(email=self.email, verified=False)
        arrival = an_arrival(text, says={"id": f"m{self.turns_taken}"}, asker=asker)
        taken = without_code(arrival, codes=self.codes, clock=self.clock).message
        said = challenge(self._turn(taken.text, taken.code), policy=self.policy, world=self.world)
        return taken.code, taken.text, said

    def _turn(self, text: str, tried: CodeTried | None) -> Judged:
        turn = a_judged_turn(
            id=f"t{self.turns_taken}",
            asker=an_asker(email=self.email, verified=False),
            evidence=some_evidence(customer=None, facts=()),
            verdict=Verdict(decision="send", objections=(UNVERIFIED,)),
        )
        message = a_message(text or "…", id=f"m{self.turns_taken}", code=tried)
        return turn.model_copy(update={"messages": (message,)})


def walk(desk: Desk, course: list[Any]) -> list[Any]:
    heard = []
    for verb, what in course:
        if verb == "waits":
            desk.clock.pass_by(minutes=what)
        else:
            heard.append(desk.hears(what))
    return heard


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(course=st.lists(steps, max_size=12))
def test_a_stranger_hears_the_same_whether_or_not_there_is_an_account(course: list[Step]) -> None:
    customer, nobody = Desk(ADA), Desk(NOBODY)

    assert walk(customer, course) == walk(nobody, course)
    assert nobody.letters == []


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(course=st.lists(steps, max_size=12), minute=st.integers(0, 20))
def test_only_the_code_of_the_last_letter_within_its_time_verifies(
    course: list[Step], minute: int
) -> None:
    desk = Desk(ADA)
    assert not [tried for tried, _, _ in walk(desk, course) if tried and tried.result == "right"]

    if not desk.letters:
        desk.hears("Where is my order?")
    standing = desk.codes.standing("inbox:T1")
    assert standing is not None
    desk.clock.pass_by(minutes=minute)
    answerable = standing.is_open(desk.clock())
    code = next(word for word in desk.letters[-1].replace(".", " ").split() if word.isdigit())
    tried, kept, _ = desk.hears(code)
    assert (tried is not None and tried.result == "right") is answerable
    assert code not in kept


@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(course=st.lists(steps, max_size=25))
def test_no_mailbox_gets_more_than_three_letters_an_hour(course: list[Step]) -> None:
    desk = Desk(ADA)
    sent_at = []
    for step in course:
        before = len(desk.letters)
        walk(desk, [step])
        sent_at += [desk.clock.now] * (len(desk.letters) - before)

    hours = zip(sent_at, sent_at[3:], strict=False)
    assert all((later - earlier).total_seconds() >= 3600 for earlier, later in hours)
