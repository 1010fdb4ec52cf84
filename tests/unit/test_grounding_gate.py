"""What the gate does with quotes that nobody wrote, and with the doubts of a second reader."""

import pytest

from deskhand.domain.draft import Claim, Doubt
from tests.builders import a_drafted_turn
from tests.judging import codes, judged, saying

SAID = "Parcels travel two to four days."


def quoting(text: str, *quotes: str) -> list[str]:
    claim = Claim(text=text, supports=("shipping#1",), quotes=quotes)
    return codes(judged(a_drafted_turn(draft=saying(claim))))


@pytest.mark.parametrize("quote", [SAID, "travel two to  four days", "“Parcels travel”"])
def test_a_quote_that_stands_in_what_is_cited_is_fine(quote):
    assert "QUOTE_NOT_FOUND" not in quoting(SAID, quote)


def test_a_quote_that_stands_nowhere_sends_the_draft_back():
    verdict = judged(
        a_drafted_turn(
            draft=saying(
                Claim(text=SAID, supports=("shipping#1",), quotes=("travel one to four days",))
            )
        )
    )

    assert codes(verdict) == ["QUOTE_NOT_FOUND"]
    assert "“travel one to four days”, which does not stand in what it cites" in verdict.words
    assert verdict.decision == "look_again"


def test_a_sentence_has_to_stand_in_the_words_that_it_quotes():
    assert quoting("Parcels need two to four days.", SAID) == []
    assert quoting("Parcels need two to four days.", "Parcels travel") == ["UNSUPPORTED_CLAIM"]


def test_a_doubt_of_what_is_said_sends_the_draft_back():
    draft = saying((SAID, "shipping#1"), doubts=(Doubt(claim=SAID, why="it says weeks"),))
    verdict = judged(a_drafted_turn(draft=draft))

    assert codes(verdict) == ["JUDGE_DOUBTS"]
    assert f"“{SAID}” is doubted: it says weeks" in verdict.words
    assert verdict.decision == "look_again"


def test_a_doubt_without_a_reason_is_a_doubt():
    draft = saying((SAID, "shipping#1"), doubts=(Doubt(claim=SAID, why=""),))
    assert "it says more than what it cites" in judged(a_drafted_turn(draft=draft)).words


def test_a_doubt_of_what_nobody_said_changes_nothing():
    draft = saying((SAID, "shipping#1"), doubts=(Doubt(claim="Parcels fly.", why="they do not"),))
    assert codes(judged(a_drafted_turn(draft=draft))) == []


def test_a_judge_without_doubts_lifts_nothing():
    draft = saying(("Parcels travel nine days.", "shipping#1"), doubts=())
    assert codes(judged(a_drafted_turn(draft=draft))) == ["UNSUPPORTED_CLAIM"]
