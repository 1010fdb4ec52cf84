"""Golden tickets with a model, recorded once, come out the same without it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from deskhand.adapters.models.claude.ask import Answered, AnswerT, Ask, Asked
from deskhand.adapters.models.claude.model import ClaudeModel
from deskhand.adapters.models.claude.recording import Recorded, Replayed
from deskhand.adapters.models.claude.recordings import Shelf
from deskhand.domain.usage import Usage
from deskhand.tools.registry import OURS
from scripts.evaluation.golden import GoldenTicket, read_golden
from scripts.evaluation.golden_house import GoldenHouse, golden_house
from scripts.evaluation.golden_walk import walk
from tests.builders import ROOT

TICKETS = 24
GOLDEN = ROOT / "scripts" / "sample" / "golden"
USED = Usage(model="claude-haiku-5-5", calls=1, input_tokens=900, output_tokens=90)
BLOCK = re.compile(r"^<([PF]\d+) ([A-Z2-7]{8})>\n(.*?)\n</\1 \2>$", re.S | re.M)


class Copies:
    """Answers with the first sentences of what it was given, and reads a wish from everything."""

    def __init__(self) -> None:
        self.asks = 0

    def ask(self, ask: Ask[AnswerT]) -> Answered[AnswerT]:
        self.asks += 1
        said = self._read(ask) if ask.task == "classify" else self._written(ask)
        return Answered(ask.answer.model_validate(said), USED)

    def _read(self, ask: Ask[Any]) -> dict[str, Any]:
        (said,) = re.findall(r"<customer ([A-Z2-7]{8})>\n(.*?)\n</customer \1>", ask.turn, re.S)
        return {
            "intents": [{"intent": "order_status", "confidence": 0.9, "part": said[1][:900]}],
            "question": said[1][:900],
            "language": "en",
            "sentiment": "neutral",
            "urgency": "normal",
            "wants_person": False,
        }

    def _written(self, ask: Ask[Any]) -> dict[str, Any]:
        claims = [
            {"text": line[:900], "supports": [match[1]], "quotes": [line[:900]]}
            for match in BLOCK.finditer(ask.turn)
            for line in match[3].splitlines()[-1:]
        ]
        return {
            "claims": claims[:3],
            "actions": [],
            "question": "",
            "missing": "",
            "confidence": 0.9,
        }


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GoldenHouse]:
    with golden_house(tmp_path_factory.mktemp("golden")) as house:
        yield house


def tickets() -> tuple[GoldenTicket, ...]:
    every = read_golden(GOLDEN)
    return every[:: len(every) // TICKETS][:TICKETS]


def told(house: GoldenHouse, asked: Asked) -> list[Any]:
    """What came of each ticket with somebody to ask: endings, replies, and who wrote."""
    specs = [tool.spec() for tool in OURS.actions.values()]
    house.kept["language_model"] = ClaudeModel(asked, house.policy, specs)
    found = []
    for ticket in tickets():
        for happened in walk(house, ticket):
            ending = happened.ending
            draft = getattr(happened.turn, "draft", None)
            found.append((ticket.id, ending and (ending.kind, ending.codes, ending.reply), draft))
    return found


def test_what_was_recorded_with_a_model_comes_out_the_same_without_it(
    house: GoldenHouse, tmp_path: Path
) -> None:
    model, shelf = Copies(), Shelf(tmp_path / "answers")
    choices = house.policy.models.tasks
    before = told(house, Recorded(model, shelf, choices))
    asked = model.asks

    after = told(house, Replayed(shelf, choices))

    refused = asked - len(list(shelf.folder.glob("*.json")))
    same = sum(one == other for one, other in zip(before, after, strict=True))
    assert asked > TICKETS
    assert same >= len(before) - refused, f"{same} of {len(before)}, {refused} not recorded"
    assert refused <= 0.05 * asked
    assert model.asks == asked


def test_no_customer_of_a_golden_ticket_is_in_the_recordings(
    house: GoldenHouse, tmp_path: Path
) -> None:
    shelf = Shelf(tmp_path / "answers")
    told(house, Recorded(Copies(), shelf, house.policy.models.tasks))

    text = "\n".join(file.read_text("utf-8") for file in shelf.folder.glob("*.json")).casefold()
    for ticket in tickets():
        assert ticket.sender.email.casefold() not in text
        for name in ticket.sender.name.casefold().split():
            assert not re.search(rf"\b{re.escape(name)}\b", text), name
        for turn in ticket.turns:
            for order in re.findall(r"HR-\d{4}", turn.text):
                assert order.casefold() not in text


def test_a_model_that_was_never_asked_is_a_persons_ticket(
    house: GoldenHouse, tmp_path: Path
) -> None:
    asked = Replayed(Shelf(tmp_path / "nothing"), house.policy.models.tasks)

    assert {ending[0] for _, ending, _ in told(house, asked) if ending} <= {
        *("handed_over", "ignored", "recorded", "asked_customer"),
    }
