"""Passages speak to each part of a question, and looking again looks wider."""

import pytest

from deskhand.domain.classification import Classification
from deskhand.domain.verdict import Objection
from deskhand.errors import Unavailable
from tests.knowledge import CountingEmbedder, an_article, fill
from tests.retrieving import BACK, PAGES, WHERE, Looking, articles, asked, looking, the_policy


@pytest.fixture
def look() -> Looking:
    return looking()


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


def test_an_intent_that_the_policy_does_not_know_counts_as_none(look):
    evidence = look(asked(("invented", "Are vouchers valid?")))

    assert articles(evidence)[0] == "gift"
    assert look.records.read == ["customer"]


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


def test_passages_are_in_the_customers_language_until_that_finds_too_little(look):
    german = an_article("Pakete brauchen drei Tage.", id="lieferung", language="de")
    german = german.model_copy(update={"category": "delivery"})
    fill(look.knowledge, *PAGES, german, embedder=CountingEmbedder())

    assert articles(look(asked(WHERE, language="de"))) == ["lieferung"]
    assert "delivery" in articles(look(asked(WHERE, language="de"), looks=1))
    assert "delivery" in articles(look(asked(WHERE, language="fr")))


def test_two_passages_that_say_the_same_are_one(look):
    copy = PAGES[0].model_copy(update={"id": "copy", "text": "Parcels travel two to four days!"})
    other = PAGES[0].model_copy(update={"id": "other", "text": "Parcels travel six days."})
    fill(look.knowledge, PAGES[0], copy, other, embedder=CountingEmbedder())

    found = articles(look(asked(WHERE)))
    assert len(found) == 2
    assert "other" in found


def test_nothing_asked_finds_nothing(look):
    evidence = look(Classification(intents=(), question=""))

    assert (evidence.passages, evidence.queries) == ((), ())


def test_an_index_of_another_embedder_is_not_searched(look):
    fill(look.knowledge, *PAGES, embedder=CountingEmbedder("another"))

    with pytest.raises(Unavailable, match="the reindex has to run first"):
        look(asked(WHERE))
