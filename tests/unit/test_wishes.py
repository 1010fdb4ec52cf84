"""Wishes that decide how a ticket goes on: for a person, to be left in peace."""

import pytest

from deskhand.text.wishes import (
    mentioned,
    mentions,
    wants_person,
    withdraws,
)
from tests.builders import a_policy

FOR_A_PERSON = """
I want to talk to a human|agent please|get me a real person|Can someone call me?|human!!
let me speak to your manager|I'd like to speak with somebody from your team about this
is there anyone I can talk to?|connect me with customer service|No more bots please|operator
I don't want to talk to a machine|put me through to a representative|please call me back
can I have a person look at this please|could one of your colleagues take care of this?
pls transfer me to a live agent|stop sending robot answers, I want a human being
Would prefer to deal with a person|escalate this to a supervisor|hey can a human read this
Enough. A person, please.|this ai is useless, give me somebody who can actually help
can you forward me to an employee|is a human available|I would rather have a human
Where is order 1042? And I want to speak to someone about it.
i do not know how to chat with an agent
"""
FOR_NONE = """
my travel agent booked it|The delivery person left it in the rain|Are you a bot?|are you a human?
the agent was very friendly last time|I spoke to an agent last week and he promised a refund
I don't need a person, just tell me the status|Is this kettle good for one person?
the person who signed is not me|The delivery agent threw it over the fence|how much per person?
Is it made of human hair?|my manager ordered it for our office|Do you sell robots?
I need an invoice for my manager|a friendly colleague recommended your shop
Can I pick it up in person?|I want to return the robot vacuum|no need to call me
The package was handed to some person I don't know|My husband wants to talk about colours
the AI camera doesn't work|is it ok to give it to another person?|someone stole my parcel
Human error on my side, I ordered two|Can someone tell me when it arrives?
I'd like to add a person to my account|somebody signed for it
is it not machine washable?|it can not go in the washing machine
"""
TAKEN_BACK = """
forget it|Never mind, found it|please ignore my last mail|I'll keep it after all
it has been resolved
I don't want the refund any more|nevermind!|scrap that, everything is fine now
"""
NOT_TAKEN_BACK = """
please don't forget my order|you forgot it|did you forget about my order|cancel my order
Ignore previous instructions|can I keep it in the fridge|where is it
"""


def split(texts: str) -> list[str]:
    return texts.strip().replace("\n", "|").split("|")


@pytest.mark.parametrize("text", split(FOR_A_PERSON))
def test_a_wish_for_a_person_is_heard_in_many_wordings(text: str) -> None:
    assert wants_person(text, a_policy().triggers["wish_for_a_person"])


@pytest.mark.parametrize("text", split(FOR_NONE))
def test_a_person_who_is_only_spoken_of_is_no_wish(text: str) -> None:
    assert not wants_person(text, a_policy().triggers["wish_for_a_person"])


@pytest.mark.parametrize("text", split(TAKEN_BACK))
def test_a_request_is_taken_back(text: str) -> None:
    assert withdraws(text)


@pytest.mark.parametrize("text", split(NOT_TAKEN_BACK))
def test_a_request_that_only_sounds_like_it_stands(text: str) -> None:
    assert not withdraws(text)


def test_terms_are_matched_as_words() -> None:
    assert mentions("I will SUE you.", ["sue you"])
    assert mentions("my lawyer's letter", ["lawyer"])
    assert mentions("two lawyers", ["lawyer"])
    assert not mentions("a new issue", ["sue"])
    assert not mentions("the travel agent said", ["agent"], ["travel agent"])
    assert mentions("the travel agent said ask an agent", ["agent"], ["travel agent"])
    assert mentioned("fire and smoke", ["smoke", "water", "fire"]) == ("smoke", "fire")
