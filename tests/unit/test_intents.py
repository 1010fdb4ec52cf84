"""What strangers want is read from their own words, and nothing is read into others."""

from pathlib import Path

import numpy as np
import pytest

from deskhand.adapters.memory.embedder import HashingEmbedder
from deskhand.domain.classification import IntentGuess
from deskhand.text.intents import LEAST_SURE, FittedIntents, plain, read_intents
from tests.builders import a_policy
from tests.reading import SMALL, a_small_classifier, the_shipped_reading


def read(text: str) -> tuple[IntentGuess, ...]:
    return read_intents(text, HashingEmbedder(), a_small_classifier(), intents=SMALL)


def names(text: str) -> list[str]:
    return [guess.intent for guess in read(text)]


def shipped(text: str) -> list[str]:
    embedder, fitted = the_shipped_reading()
    return [one.intent for one in read_intents(text, embedder, fitted, intents=a_policy().intents)]


# --- how a message is taken apart, over a classifier without files --------------------------------


def test_one_wish_is_read_with_the_words_it_was_read_from() -> None:
    (guess,) = read("Please refund my order.")

    assert guess.intent == "money_back"
    assert guess.part == "Please refund my order."
    assert LEAST_SURE <= guess.confidence <= 1.0


def test_two_questions_in_one_message_are_two_wishes() -> None:
    assert set(names("Who pays for a return? And when are you open?")) == {"rules", "hours"}


def test_thanks_beside_a_question_are_no_wish() -> None:
    assert names("Thank you very much. When are you open on Sunday?") == ["hours"]


def test_thanks_alone_are_read_as_such() -> None:
    assert names("Thank you so much") == ["gratitude"]


def test_what_is_not_ours_is_nothing_in_scope() -> None:
    assert names("Write me a poem about the capital of France") == []


def test_words_that_nobody_ever_used_are_nothing_in_scope() -> None:
    assert names("Zorp quux blimfle") == []


@pytest.mark.parametrize(
    "text",
    [
        "can one get a refund for shoes?",
        "If the shoes turned out too small, could I get a refund for them?",
        "I am just asking, can I get a refund for the shoes?",
    ],
)
def test_a_question_in_general_is_about_the_rules(text: str) -> None:
    assert names(text) == ["rules"]


def test_a_word_of_the_intents_own_makes_its_guess_surer() -> None:
    silent = {name: intent.model_copy(update={"telling": ()}) for name, intent in SMALL.items()}
    text = "Please refund my bicycle"
    (without,) = read_intents(text, HashingEmbedder(), a_small_classifier(), intents=silent)

    assert read(text)[0].confidence > without.confidence


def test_what_is_told_around_a_question_does_not_hide_it() -> None:
    told = "We walked along the sea, the children sang, it was windy. Are you open on Sunday?"

    assert names(told) == ["hours"]


def test_a_short_question_about_the_other_wish_is_no_wish_of_its_own() -> None:
    assert shipped("I see a second payment to you on my card, what is it for?") == [
        "dispute_charge"
    ]


def test_a_piece_that_speaks_more_clearly_speaks_for_its_clause() -> None:
    assert shipped("The buckle broke straight away, I would like my money back please") == [
        "refund_request"
    ]


def test_numbers_curses_and_greetings_say_nothing_of_the_intent() -> None:
    assert plain("Hello, where the hell is order 55821?") == "where is order ?"
    assert plain("Hello!") == "Hello!"


def test_a_fitted_classifier_is_the_same_after_it_was_stored(tmp_path: Path) -> None:
    fitted = a_small_classifier()
    again = FittedIntents.load(fitted.save(tmp_path / "intents.npz"))

    assert (again.names, again.fingerprint) == (fitted.names, fitted.fingerprint)
    for name in ("weights", "biases", "rarity", "word_weights", "examples", "owners", "sureness"):
        assert np.array_equal(getattr(again, name), getattr(fitted, name))


def test_an_intent_without_examples_is_never_the_nearest() -> None:
    fitted = a_small_classifier()
    bare = FittedIntents(
        names=(*fitted.names, "bare"),
        weights=np.vstack([fitted.weights, fitted.weights[:1]]),
        biases=np.append(fitted.biases, fitted.biases[0]),
        examples=fitted.examples,
        owners=fitted.owners,
        rarity=fitted.rarity,
        word_weights=np.hstack([fitted.word_weights, fitted.word_weights[:, :1]]),
        sureness=fitted.sureness,
        sure_from=fitted.sure_from,
        fingerprint=fitted.fingerprint,
    )
    texts = ["please refund my order"]
    vectors = np.asarray(HashingEmbedder().embed(texts))

    assert bare.read(texts, vectors).best[0] == fitted.read(texts, vectors).best[0]


# --- what strangers write, over the classifier that is shipped ------------------------------------

STRANGERS = """
order_status | any sign of my boxes on your side? | Tuesday came and went without my package
delivery_times | how long would I wait in Graz | do your vans come up to the Shetlands
refund_request | I expect my payment to be returned to me | no good to me, give the cash back
cancel_order | wrong click, halt that purchase please | I beg you to stop my order
return_policy | for how long may I change my mind | is the postage on me when it goes back
exchange_request | these shoes pinch, one size up please | would you trade mine for the grey one
payment_and_invoices | does your shop accept debit cards | where is the receipt of my purchase
discount_codes | it refuses the promo code I typed | are pupils entitled to a cheaper price
gift_cards | how many years can one use a gift card | what remains on my gift card
account_access | I am shut out of my account | I never asked for these newsletters
change_address | the parcel has to go to my new house | there's an error in my street name
damaged_item | it was cracked all over | the handle fell off as soon as I took it out
missing_item | I bought four and unpacked three | the parcel was signed for by nobody I know
warranty | it lasted fourteen months, what about the guarantee | can you repair it for me
complaint | you should be ashamed of such service | never have I met such rude people
dispute_charge | I was billed double | an unknown payment to your shop is on my statement
return_request | our lamp shall travel back, arrange that | please book the vase in as a return
subscription | take a break with my box until May | I am done with my yearly plan, end it
subscription_plans | what does a plan cost per month | which boxes can one subscribe to
device_trouble | the screen froze after the upgrade | it beeps and then goes dark
account_deletion | erase me from your records | show me the data you keep about me
shop_information | until what time are you open | which bus goes to your shop
thanks | how kind, thank you | all good, cheers
"""
CASES = [
    (name.strip(), text.strip())
    for line in STRANGERS.strip().splitlines()
    for name, *texts in [line.split(" | ")]
    for text in texts
]


def test_nine_of_ten_strangers_are_understood() -> None:
    right = sum(shipped(text)[:1] == [name] for name, text in CASES)

    assert right >= 0.9 * len(CASES), [
        (n, t, shipped(t)) for n, t in CASES if shipped(t)[:1] != [n]
    ]


def test_who_wants_the_money_for_what_they_send_back_wants_a_refund() -> None:
    assert shipped("I'd like to send it back and have my money back.") == ["refund_request"]
    assert shipped("I'd like to send the lamp back to you.") == ["return_request"]


@pytest.mark.parametrize(
    "text",
    [
        "Who won the cup final last night?",
        "Would you like to advertise in our magazine?",
        "Please solve this equation for me: 3x = 12",
        "Can you write my essay on Napoleon?",
    ],
)
def test_what_no_shop_handles_is_nothing_in_scope(text: str) -> None:
    assert shipped(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "How would a refund work if I decided to send it back?",
        "What is your refund policy?",
        "If it did not fit, could I get my money back? Just asking before I buy.",
        "Until when can orders be cancelled?",
    ],
)
def test_a_question_in_general_is_never_read_as_a_request(text: str) -> None:
    assert not {"refund_request", "cancel_order"} & set(shipped(text))
