"""Acting where a stranger is asked who they are: what is said, what ends, and what is not sent."""

from deskhand.domain.turn import Ending, Judged, Turn
from deskhand.domain.verdict import Verdict
from deskhand.stages.act import act
from deskhand.stages.objections.asks import UNVERIFIED
from tests.builders import a_policy
from tests.challenges import House, asking

ASKED = a_policy().replies.verify_by_code.format(minutes=10)


def stored(house: House, turn: Judged) -> Judged:
    house.arrives(turn.text, asker=turn.asker)
    opened = house.opened()
    fresh = turn.model_copy(update={"id": opened.id, "revision": opened.revision})
    saved = house.conversations.save(fresh, now=house.clock(), lease_s=900)
    assert isinstance(saved, Judged)
    return saved


def test_the_reply_asks_for_the_code_and_the_ending_says_that_it_does() -> None:
    house = House()
    ending = act(stored(house, asking()), policy=house.policy, world=house.world)

    assert isinstance(ending, Ending)
    assert (ending.kind, ending.asks_who) == ("asked_customer", True)
    assert ASKED in ending.reply
    assert house.post.code not in ending.model_dump_json()


def test_too_many_codes_hand_the_turn_over() -> None:
    house = House()
    house.policy = house.policy.model_copy(
        update={"replies": house.policy.replies.model_copy(update={"codes_an_hour": 1})}
    )
    house.challenges(asking(id="before", conversation_id="inbox:before"))

    after = act(stored(house, asking()), policy=house.policy, world=house.world)
    assert isinstance(after, Turn)
    assert after.next_step == "escalate"
    assert [trouble.code for trouble in after.troubles] == ["TOO_MANY_CODES"]


def test_in_shadow_no_code_is_sent() -> None:
    house = House()
    turn = asking().model_copy(
        update={"verdict": Verdict(decision="send", mode="shadow", objections=(UNVERIFIED,))}
    )
    ending = act(stored(house, turn), policy=house.policy, world=house.world)

    assert isinstance(ending, Ending)
    assert ending.kind == "recorded"
    assert house.post.sent == []
