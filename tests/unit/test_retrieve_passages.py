"""Passages speak to each part of a question, and looking again looks wider."""

import pytest

from deskhand.domain.classification import Classification
from deskhand.domain.turn import Look
from deskhand.domain.verdict import Objection, Verdict
from deskhand.errors import Rejected, Unavailable
from tests.builders import a_draft, a_message
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


def missing(*parts):
    verdict = Verdict(decision="look_again")
    return (Look(draft=a_draft(claims=(), missing="; ".join(parts)), verdict=verdict),)


def test_looking_again_looks_for_what_the_draft_missed_by_itself(look):
    evidence = look(asked(WHERE), looks=1, looked=missing("how long vouchers are valid"))

    assert evidence.queries[-1] == "how long vouchers are valid"
    assert articles(evidence)[1] == "gift"


def test_what_was_asked_anyway_is_not_looked_for_twice(look):
    again = look(asked(WHERE, BACK), looks=1, looked=missing(WHERE[1], BACK[1]))

    assert again.queries == look(asked(WHERE, BACK), looks=1).queries


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


class Backwards:
    """A reranker that finds the last the best, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []

    def rerank(self, query, passages):
        self.asked.append((query, len(passages)))
        last_first = reversed(passages)
        return tuple(
            passage.model_copy(update={"score": 1.0 - place / 10})
            for place, passage in enumerate(last_first)
        )


def test_a_reranker_puts_what_was_found_in_order(look):
    found = articles(look(Classification(intents=(), question="Are vouchers valid?")))
    backwards = Backwards()
    reranked = look(Classification(intents=(), question="Are vouchers valid?"), reranker=backwards)

    assert articles(reranked) == found[::-1]
    assert backwards.asked == [("Are vouchers valid?", 3)]


def test_each_part_of_a_question_is_put_in_order_by_itself(look):
    backwards = Backwards()
    look(asked(WHERE, BACK), reranker=backwards)

    assert [query for query, _ in backwards.asked] == [WHERE[1], BACK[1]]


def test_where_nothing_was_found_there_is_nothing_to_put_in_order(look):
    backwards = Backwards()
    look(asked(("gifts", "")), reranker=backwards)

    assert backwards.asked == []


def test_among_those_that_answer_equally_well_the_more_binding_comes_first(look):
    terms = an_article("Vouchers expire.", id="terms", authority=5)
    fill(look.knowledge, PAGES[2], terms, embedder=CountingEmbedder())

    class Level:
        def rerank(self, query, passages):
            return tuple(passage.model_copy(update={"score": 0.5}) for passage in passages)

    evidence = look(asked(("gifts", "Are vouchers valid for three years?")), reranker=Level())
    assert articles(evidence) == ["terms", "gift"]


@pytest.mark.parametrize("error", [Unavailable("it sleeps"), Rejected("no such model")])
def test_where_nobody_can_put_them_in_order_that_of_the_search_stands(look, error):
    class Broken:
        def rerank(self, query, passages):
            raise error

    question = Classification(intents=(), question="Are vouchers valid?")
    evidence = look(question, reranker=Broken())

    assert articles(evidence) == articles(look(question))
    assert evidence.troubles == (f"what was found stays in the order of the search: {error}",)


@pytest.mark.parametrize(
    ("error", "calls"), [(Unavailable("it sleeps"), 1), (Rejected("too long a question"), 2)]
)
def test_a_reranker_that_cannot_be_reached_is_waited_for_once_however_much_is_asked(
    look, error, calls
):
    class Broken:
        asked = 0

        def rerank(self, query, passages):
            self.asked += 1
            raise error

    broken = Broken()
    look(asked(WHERE, BACK), reranker=broken)

    assert broken.asked == calls


def test_a_question_that_follows_another_is_searched_with_it(look):
    before = a_message("Tell me about vouchers please", id="m0")
    evidence = look(asked(("gifts", "How long?")), history=(before,))

    assert articles(evidence)[0] == "gift"
    assert evidence.queries == ("How long?",)
