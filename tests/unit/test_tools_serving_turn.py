"""A whole turn beside orders: judged, done once, read back, and told with its receipt."""

from typing import Any

import pytest

from deskhand.adapters.connectors.sample_shop import SampleShop
from deskhand.adapters.tickets_of_customer import with_tickets
from deskhand.domain.ledger import Counters
from deskhand.domain.turn import Ending, Judged
from deskhand.stages.act import act
from deskhand.tools.registry import OURS
from tests.builders import CONVERSATION, a_draft, a_judged_turn, a_reading, some_evidence
from tests.judging import asking, judged, shipped_permissions
from tests.memory_house import MemoryHouse
from tests.ordering import everything_allowed
from tests.serving import GOOD, SHOP, everything_found, proposal, scope_of

DONE_BY_ITSELF = [name for name in GOOD if name != "delete_account"]


@pytest.fixture
def shop(house: MemoryHouse) -> SampleShop:
    shop = SampleShop.seed(":memory:", SHOP, clock=house.clock)
    house.connectors = with_tickets(shop.connectors, house.desk)
    return shop


@pytest.fixture
def house() -> MemoryHouse:
    return MemoryHouse(policy=everything_allowed(), permissions=shipped_permissions())


def a_turn(house: MemoryHouse, name: str) -> Judged:
    """A turn of Ada's that the gate lets go, after her yes."""
    proposed, facts = proposal(name, **GOOD[name]), everything_found(house.connectors)
    customer = house.connectors.customers.customer(scope_of(house.connectors))
    words = OURS.action_of(proposed).in_words(facts)
    turn = a_judged_turn(
        "Yes, please.",
        draft=a_draft(claims=(), actions=(proposed,)),
        evidence=some_evidence(facts=tuple(facts.values()), customer=customer),
        reading=a_reading("refund_request"),
        history=(asking(proposed, words=words),),
    )
    verdict = judged(turn, policy=house.policy)
    assert (verdict.decision, verdict.actions) == ("send", (proposed,)), verdict.words
    stored = house.stored(turn.model_copy(update={"verdict": verdict}))
    assert isinstance(stored, Judged)
    return stored


@pytest.mark.parametrize("name", DONE_BY_ITSELF)
def test_it_is_done_once_and_told_with_its_receipt(
    house: MemoryHouse, shop: SampleShop, name: str
) -> None:
    turn = a_turn(house, name)

    ending = act(turn, policy=house.policy, world=house.world)
    again = act(turn, policy=house.policy, world=house.world)

    assert isinstance(ending, Ending)
    assert isinstance(again, Ending)
    assert [receipt.name for receipt in ending.receipts] == [name, "reply"]
    assert ending.receipts[0].words in ending.reply
    assert ending.receipts == again.receipts
    assert house.ledger.load(ending.receipts[0].key).state == "confirmed"  # type: ignore[union-attr]


def test_the_link_for_a_new_password_goes_to_the_address_on_file_only(
    house: MemoryHouse, shop: SampleShop
) -> None:
    ending: Any = act(a_turn(house, "recover_password"), policy=house.policy, world=house.world)

    (letter,) = shop.letters_to("ada@example.com")
    link = next(word for word in letter.text.split() if word.startswith("https://"))
    assert link not in ending.reply
    assert link not in str(house.desk.ticket("T1"))


def test_a_credit_counts_against_the_limits_of_what_is_given_away(
    house: MemoryHouse, shop: SampleShop
) -> None:
    act(a_turn(house, "give_credit"), policy=house.policy, world=house.world)

    counters: Counters = house.ledger.counters(
        "ada", conversation_id=CONVERSATION, now=house.clock()
    )
    assert (counters.refunds_in_7_days, counters.customer_today_cents) == (1, 5_00)
    assert counters.attempts_in_1_hour == 1


def test_a_letter_counts_as_a_try_and_gives_nothing_away(
    house: MemoryHouse, shop: SampleShop
) -> None:
    act(a_turn(house, "recover_password"), policy=house.policy, world=house.world)

    counters = house.ledger.counters("ada", conversation_id=CONVERSATION, now=house.clock())
    assert (counters.refunds_in_7_days, counters.attempts_in_1_hour) == (0, 1)
    assert counters.customer_today_cents == 0


def test_what_changed_since_it_was_judged_is_not_done(house: MemoryHouse, shop: SampleShop) -> None:
    turn = a_turn(house, "cancel_subscription")
    connectors = house.connectors
    connectors.subscriptions.cancel(scope_of(connectors), "S-1", idempotency_key="elsewhere")

    ending: Any = act(turn, policy=house.policy, world=house.world)

    assert not isinstance(ending, Ending)
    assert ending.next_step == "judge_again"
    subscription = ending.evidence.known["subscription:S-1"]
    assert subscription.attributes["status"] == "cancelled"
