"""An answer is made of sentences that stand in the articles, the nearest to the question."""

from deskhand.adapters.memory.embedder import HashingEmbedder
from deskhand.text.extracts import extract
from tests.builders import a_passage

EMBEDDER = HashingEmbedder()
DELIVERY = a_passage(
    "Delivery to France takes 2 to 4 working days. Delivery to Norway takes 5 to 9 working days. "
    "Would you like to know more? Gladly so.",
    id="delivery#1",
    heading="How long delivery takes",
)
HOURS = a_passage(
    "The shop is open from Tuesday to Saturday.", id="shop#1", heading="Opening hours", score=0.4
)


def texts(question: str, **bent: object) -> list[str]:
    found = extract(question, [DELIVERY, HOURS], EMBEDDER, **bent)  # type: ignore[arg-type]
    return [one.text for one in found]


def test_the_sentence_that_answers_is_chosen_word_for_word() -> None:
    assert texts("How long does delivery to Norway take?") == [
        "Delivery to Norway takes 5 to 9 working days."
    ]


def test_each_sentence_cites_the_passage_in_which_it_stands() -> None:
    (found,) = extract("open on Saturday, opening hours of the shop", [DELIVERY, HOURS], EMBEDDER)

    assert found.claim.text == "The shop is open from Tuesday to Saturday."
    assert found.claim.supports == ("shop#1",)


def test_sentences_stand_in_the_order_of_the_article() -> None:
    both = texts("Delivery to Norway and delivery to France, working days")

    assert both == [
        "Delivery to France takes 2 to 4 working days.",
        "Delivery to Norway takes 5 to 9 working days.",
    ]


def test_questions_and_crumbs_answer_nothing() -> None:
    assert not {"Would you like to know more?", "Gladly so."} & set(texts("know more gladly so"))


def test_what_was_objected_to_is_not_said_again() -> None:
    refused = "“Delivery to Norway takes 5 to 9 working days.” is not in what it cites"

    assert "Delivery to Norway takes 5 to 9 working days." not in texts(
        "How long does delivery to Norway take?", without=[refused]
    )


def test_no_more_sentences_than_wanted() -> None:
    assert len(texts("Delivery to Norway and delivery to France, working days", most=1)) == 1


def test_where_nothing_is_near_nothing_is_said() -> None:
    assert texts("zorp quux") == []
    assert extract("anything", [], EMBEDDER) == ()
