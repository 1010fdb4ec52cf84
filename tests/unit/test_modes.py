"""The autonomy dial: the strictest intent of a turn, for its share of conversations."""

import pytest

from deskhand.domain.classification import IntentGuess
from deskhand.domain.policy import Policy
from deskhand.stages.modes import mode_of
from tests.builders import a_classified_turn, a_policy, a_reading, a_turn
from tests.flow.policies import with_intent


def a_turn_about(*intents: str, conversation_id: str = "inbox:T1") -> object:
    guesses = tuple(IntentGuess(intent=name, confidence=0.9, part=name) for name in intents)
    return a_classified_turn(reading=a_reading(intents=guesses), conversation_id=conversation_id)


@pytest.mark.parametrize(
    ("modes", "strictest"),
    [
        (("auto", "auto"), "auto"),
        (("auto", "suggest"), "suggest"),
        (("suggest", "shadow"), "shadow"),
        (("shadow", "auto"), "shadow"),
    ],
)
def test_the_strictest_of_a_turns_intents_wins(modes: tuple[str, str], strictest: str) -> None:
    policy = with_intent(a_policy(), "order_status", mode=modes[0])
    policy = with_intent(policy, "refund_request", mode=modes[1])
    turn = a_turn_about("order_status", "refund_request")
    assert mode_of(turn, policy) == strictest  # type: ignore[arg-type]


@pytest.mark.parametrize("share", [0.0, 0.25, 0.5, 1.0])
def test_a_share_of_the_conversations_gets_the_mode_and_the_rest_is_recorded(share: float) -> None:
    policy = with_intent(a_policy(), "order_status", share=share)
    turns = [a_turn_about("order_status", conversation_id=f"inbox:{n}") for n in range(400)]
    modes = [mode_of(turn, policy) for turn in turns]  # type: ignore[arg-type]

    assert abs(modes.count("auto") / 400 - share) < 0.08
    assert set(modes) <= {"auto", "shadow"}
    assert modes == [mode_of(turn, policy) for turn in turns]  # type: ignore[arg-type]


def test_a_turn_that_no_intent_fits_is_handled_openly_unless_all_are_in_shadow() -> None:
    policy = a_policy()
    dark = Policy.model_validate(
        policy.model_dump()
        | {
            "intents": {
                name: intent.model_dump() | {"mode": "shadow"}
                for name, intent in policy.intents.items()
            }
        }
    )
    for turn in (a_turn(), a_turn_about(), a_turn_about("an intent that is no more")):
        assert mode_of(turn, policy) == "auto"  # type: ignore[arg-type]
        assert mode_of(turn, dark) == "shadow"  # type: ignore[arg-type]
