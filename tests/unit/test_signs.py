"""What a turn has done and refused is counted, so that what is out of the ordinary is noticed."""

from datetime import datetime

from deskhand.domain.receipt import Receipt
from deskhand.domain.stop import Sign
from deskhand.domain.verdict import Cure, Objection, Verdict
from deskhand.jobs.signs import note_signs
from tests.builders import NOON, a_draft, a_judged_turn, a_refund, a_turn

REFUND = a_refund()


class Counting:
    """Stops that only remember what was noted."""

    def __init__(self) -> None:
        self.noted: list[tuple[str, Sign]] = []

    def note(self, action: str, sign: Sign, *, at: datetime) -> None:
        assert at == NOON
        self.noted.append((action, sign))


def noted(*objections: Objection, receipts: tuple[Receipt, ...] = ()) -> list[tuple[str, Sign]]:
    stops = Counting()
    verdict = Verdict(decision="send", objections=objections)
    turn = a_judged_turn(draft=a_draft(actions=(REFUND,)), verdict=verdict)
    note_signs(turn, receipts, stops, at=NOON)  # type: ignore[arg-type]
    return stops.noted


def objected(code: str, cure: Cure, about: str = REFUND.id) -> Objection:
    return Objection(code=code, words="…", cure=cure, about=about)


def receipt(name: str) -> Receipt:
    kind = "reply" if name == "reply" else "action"
    return Receipt(key=name, kind=kind, name=name, reference="r", words="…", read_back_at=NOON)


def test_what_was_done_is_counted_but_no_reply_is() -> None:
    done = noted(receipts=(receipt("refund_order"), receipt("reply"), receipt("cancel_order")))

    assert done == [("refund_order", "done"), ("cancel_order", "done")]


def test_a_refusal_counts_once_however_many_rules_spoke_against_it() -> None:
    two = (objected("NO_AMOUNT", "explain"), objected("REFUND_WINDOW_CLOSED", "explain"))

    assert noted(*two) == [("refund_order", "refused")]


def test_an_unusual_place_is_counted_while_a_person_is_asked() -> None:
    assert noted(objected("UNUSUAL_PLACE", "approval")) == [("refund_order", "unusual_place")]


def test_a_question_to_the_customer_and_an_objection_to_words_are_no_signs() -> None:
    assert noted(objected("CONFIRM", "confirm"), objected("UNSUPPORTED", "explain", "")) == []


def test_a_turn_that_was_never_judged_has_done_and_refused_nothing() -> None:
    stops = Counting()
    note_signs(a_turn(), (), stops, at=NOON)  # type: ignore[arg-type]

    assert stops.noted == []
