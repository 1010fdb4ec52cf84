"""What a draft may stand on: the verified customer's facts, and passages for each part."""

from typing import Any

import pytest

from deskhand.adapters.memory.knowledge import MemoryKnowledge
from deskhand.domain.classification import Classification, IntentGuess
from deskhand.domain.evidence import Evidence
from deskhand.domain.policy import Policy
from deskhand.domain.records import CustomerScope
from deskhand.domain.verdict import Objection
from deskhand.errors import Rejected, Unavailable
from deskhand.ports import Connectors
from deskhand.stages.retrieve import retrieve
from deskhand.tools.registry import LOOKUPS
from deskhand.tools.tool import Found
from tests.builders import (
    NOON,
    StoppedClock,
    a_classified_turn,
    a_customer,
    a_policy,
    a_refund,
    a_turn,
    an_approval,
    an_asker,
    an_order_fact,
)
from tests.knowledge import TODAY, CountingEmbedder, an_article, fill

PAGES = (
    an_article("Parcels travel two to four days.", id="delivery", category="delivery"),
    an_article("Send items back within 30 days.", id="returns", category="returns"),
    an_article("Vouchers are valid for three years.", id="gift", category="gift_cards"),
)


class Records:
    """Identity, customers and lookups of one verified customer, which fail as they are told."""

    def __init__(self) -> None:
        self.read: list[Any] = []
        self.fails: dict[str, Exception] = {}
        self.found: dict[str, Found] = {"find_order": Found(facts=(an_order_fact(),))}

    def scope(self, asker):
        self._may_fail("scope")
        return CustomerScope(customer_id="c1") if asker.verified else None

    def customer(self, scope):
        self.read.append("customer")
        self._may_fail("customer")
        return a_customer(id=scope.customer_id)

    def look_up(self, name, scope, text):
        self.read.append((name, scope.customer_id, text))
        self._may_fail(name)
        return self.found.get(name, Found())

    def _may_fail(self, what: str) -> None:
        if what in self.fails:
            raise self.fails[what]


class Lookup:
    def __init__(self, name: str, records: Records) -> None:
        self.name, self._records = name, records

    def look_up(self, scope, connectors, reading, text):
        return self._records.look_up(self.name, scope, text)


@pytest.fixture
def records(monkeypatch) -> Records:
    records = Records()
    for name in LOOKUPS:
        monkeypatch.setitem(LOOKUPS, name, Lookup(name, records))
    return records


@pytest.fixture
def knowledge() -> MemoryKnowledge:
    knowledge = MemoryKnowledge()
    fill(knowledge, *PAGES, embedder=CountingEmbedder())
    return knowledge


@pytest.fixture
def look(records, knowledge):
    def look(reading: Classification, policy: Policy | None = None, **bent: Any) -> Evidence:
        connectors = Connectors(
            identity=records, customers=records, orders=None, billing=None, clock=StoppedClock()
        )
        return retrieve(
            a_classified_turn(reading.question, reading=reading, **bent),
            embedder=CountingEmbedder(),
            knowledge=knowledge,
            connectors=connectors,
            policy=policy or the_policy(),
            today=TODAY,
        )

    return look


def the_policy(**bent_replies: Any) -> Policy:
    policy = a_policy()
    intents = dict(policy.intents)
    order_status = intents["order_status"].model_copy(
        update={"lookups": ("find_order",), "knowledge": ("delivery",)}
    )
    intents |= {
        "order_status": order_status,
        "return_policy": order_status.model_copy(
            update={"name": "return_policy", "knowledge": ("returns",), "lookups": ()}
        ),
        "gifts": order_status.model_copy(
            update={"name": "gifts", "knowledge": (), "lookups": ("find_order", "find_customer")}
        ),
    }
    replies = policy.replies.model_copy(update={"languages": ("en", "de")} | bent_replies)
    return policy.model_copy(update={"intents": intents, "replies": replies})


def asked(*parts: tuple[str, str], question: str = "", **bent: Any) -> Classification:
    guesses = tuple(IntentGuess(intent=name, confidence=0.9, part=part) for name, part in parts)
    whole = question or " ".join(part for _, part in parts)
    return Classification(intents=guesses, question=whole, **bent)


WHERE = ("order_status", "Where is my parcel?")
BACK = ("return_policy", "Can I send items back?")


def articles(evidence: Evidence) -> list[str]:
    return [passage.article_id for passage in evidence.passages]


def test_facts_come_from_the_lookups_that_the_intent_names(look, records):
    evidence = look(asked(WHERE))

    assert [fact.id for fact in evidence.facts] == ["order:1001"]
    assert evidence.customer == a_customer()
    assert records.read == ["customer", ("find_order", "c1", "Where is my parcel?")]


def test_nothing_of_an_account_is_read_for_somebody_unverified(look, records):
    evidence = look(asked(WHERE), asker=an_asker(verified=False))

    assert (evidence.facts, evidence.customer) == ((), None)
    assert records.read == []
    assert articles(evidence) == ["delivery"]


def test_a_lookup_that_two_intents_name_is_made_once(look, records):
    look(asked(WHERE, ("gifts", "Is my voucher valid?")))

    assert [entry[0] for entry in records.read[1:]] == ["find_order", "find_customer"]


def test_what_is_missing_and_what_to_choose_from_is_told(look, records):
    records.found["find_order"] = Found(
        missing=("an order 7 in your account",), choices=("order 1, a lamp", "order 2, a lamp")
    )
    evidence = look(asked(WHERE))

    assert evidence.missing == ("an order 7 in your account",)
    assert evidence.choices == ("order 1, a lamp", "order 2, a lamp")


def test_there_is_nothing_to_choose_where_another_lookup_knew(look, records):
    records.found["find_order"] = Found(choices=("order 1001, a lamp", "order 1002, a mug"))
    records.found["find_customer"] = Found(facts=(an_order_fact("1001"),))

    assert look(asked(("gifts", "my order"))).choices == ()


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("scope", "who is asking could not be checked: no"),
        ("customer", "the customer's record could not be read: no"),
        ("find_order", "find_order was refused: no"),
    ],
)
def test_what_was_refused_is_a_trouble(look, records, what, words):
    records.fails[what] = Rejected("no")

    evidence = look(asked(WHERE))

    assert evidence.troubles == (words,)
    assert articles(evidence) == ["delivery"]


@pytest.mark.parametrize("what", ["scope", "customer", "find_order"])
def test_what_may_work_in_a_moment_is_left_to_the_machine(look, records, what):
    records.fails[what] = Unavailable("busy")

    with pytest.raises(Unavailable):
        look(asked(WHERE))


def test_passages_come_from_the_categories_of_the_intent(look):
    assert articles(look(asked(BACK))) == ["returns"]


def test_every_part_of_the_question_gets_its_share(look):
    evidence = look(asked(WHERE, BACK), policy=the_policy(max_passages=2))

    assert articles(evidence) == ["delivery", "returns"]


def test_a_part_is_searched_in_its_own_words_and_as_part_of_the_whole(look):
    evidence = look(asked(WHERE, question="Where is the parcel that I sent back?"))

    assert evidence.queries == ("Where is my parcel?", "Where is the parcel that I sent back?")


def test_without_an_intent_everything_is_searched(look):
    evidence = look(Classification(intents=(), question="Are vouchers valid?"))

    assert articles(evidence)[0] == "gift"
    assert len(articles(evidence)) == 3


def test_an_intent_that_the_policy_does_not_know_counts_as_none(look, records):
    evidence = look(asked(("invented", "Are vouchers valid?")))

    assert articles(evidence)[0] == "gift"
    assert records.read == ["customer"]


def test_looking_again_widens_to_all_categories_and_to_what_was_unsupported(look):
    lesson = Objection(
        code="UNSUPPORTED_CLAIM",
        words="nothing supports \"Vouchers are valid\" or 'for three years'",
        cure="look_again",
    )
    evidence = look(asked(WHERE), looks=1, lessons=(lesson,))

    assert set(articles(evidence)) == {"delivery", "returns", "gift"}
    assert evidence.queries == (
        "Where is my parcel?",
        "order parcel",
        "Vouchers are valid",
        "for three years",
    )


def test_passages_are_in_the_customers_language_until_that_finds_too_little(look, knowledge):
    german = an_article("Pakete brauchen drei Tage.", id="lieferung", language="de")
    german = german.model_copy(update={"category": "delivery"})
    fill(knowledge, *PAGES, german, embedder=CountingEmbedder())

    assert articles(look(asked(WHERE, language="de"))) == ["lieferung"]
    assert "delivery" in articles(look(asked(WHERE, language="de"), looks=1))
    assert "delivery" in articles(look(asked(WHERE, language="fr")))


def test_two_passages_that_say_the_same_are_one(look, knowledge):
    copy = PAGES[0].model_copy(update={"id": "copy", "text": "Parcels travel two to four days!"})
    other = PAGES[0].model_copy(update={"id": "other", "text": "Parcels travel six days."})
    fill(knowledge, PAGES[0], copy, other, embedder=CountingEmbedder())

    found = articles(look(asked(WHERE)))
    assert len(found) == 2
    assert "other" in found


def test_nothing_asked_finds_nothing(look):
    evidence = look(Classification(intents=(), question=""))

    assert (evidence.passages, evidence.queries) == ((), ())


def test_an_index_of_another_embedder_is_not_searched(look, knowledge):
    fill(knowledge, *PAGES, embedder=CountingEmbedder("another"))

    with pytest.raises(Unavailable, match="the reindex has to run first"):
        look(asked(WHERE))


def test_an_approval_that_is_still_open_is_a_fact_to_tell(look):
    asked_for = an_approval(a_turn(), asked_at=NOON, actions=(a_refund(80_00),))
    evidence = look(asked(BACK), pending=(asked_for,))

    [fact] = evidence.facts
    assert (fact.id, fact.kind) == (f"approval:{asked_for.id}", "approval")
    assert fact.words == (
        "A colleague has been looking at a refund of 80.00 EUR for order 1001"
        " since 21 November 2026, 12:00 UTC.",
    )


def test_an_open_approval_about_an_account_is_told_only_to_the_verified(look):
    about_money = an_approval(a_turn(), actions=(a_refund(),))
    about_words = an_approval(a_turn(), id="words", actions=(), summary="your answer")
    evidence = look(asked(BACK), pending=(about_money, about_words), asker=an_asker(verified=False))

    assert [fact.key for fact in evidence.facts] == ["words"]
