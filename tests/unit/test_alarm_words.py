"""Words of alarm bring a person; the same words in everyday talk bring an answer."""

import pytest

from deskhand.text.wishes import mentioned
from tests.builders import a_policy

ALARMS = ("legal", "compliance", "safety")
EVERYDAY = """
What are the hospital visiting hours, and do you deliver there?
I work at a hospital, can I have the staff discount?
I'm a nurse and work night shifts at the hospital, so please deliver after ten
My wife works in a hospital and would like an invoice to their address
We'd like twelve feeders for the children's hospital
it is a present for the garden of our local hospital
Do you deliver to hospitals and care homes?
Can you send it to the hospital shop instead?
I volunteer at an animal hospital and we need binoculars
The address is 12 Hospital Road
I burned a CD with the recordings, will it play on the recorder
can I buy the burnt orange jacket again
Is the burned wood finish still in stock
Is there a fire sale this week?
I'm fired up about the new scope, when is it out
do you have a jacket that is fire resistant
the flame red jacket in M please
My campfire smells of smoke, does the jacket keep the smell
does the smoke grey one come in L
smoking is not allowed in our hide, is the seat still washable
The new scope blew up my budget, haha, still happy
that video of the owl box blew up on the internet
an explosion of colour in the garden thanks to your seed
do the winter boots spark joy, yes they do
is there a gift for a lawyer who likes birds
My lawyer friend gave me your address
my daughter studies to be a lawyer, would the notebook suit her
Could you ask Sue Miller who ordered with me
To Sue with love, please print that on the card
Sue would like the blue one
My name is Sue, I ordered on Monday
the engraving should read: For Sue
I live next to the tennis court, the courier never finds it
Our address is 4 Court Lane
I have to go to court street post office to fetch it, can you send it home?
Is the paint non toxic?
Are your berries seeds free of poison ivy
do you have something against poison ivy
I read you had a sale on products recalled from last year, is that so
Hurts my eyes to read your page, where are the sizes
I am choked up, what a lovely parcel, thanks
my heart is bleeding for having to return it, but it's too small
I found an injured robin, which food can it have
the voltage regulator of the charger: is it included?
do you sell a pressure regulator for the stove
Is the camera hit by the sanctions on imports
we need a police report form for the insurance, can you send the invoice of HR-4101
The suite of binoculars for suits and tuxes
can I overheat the soup in the flask
suicide squad style stickers?
The hospital shop next door sells your mugs, do I get the same price?
I work in the hospital kitchen and finish at six, can you come after that?
is there a delivery to the hospital on Saturdays
We live opposite the hospital, the driver always misses us
They are for the hospital, so please no glitter
your sale is on fire, I bought three boxes
The nest box sparked a real hobby, thanks
Can I have the jacket with the flames print in XL
the ink is bleeding on the calendar you printed for me, can I swap it
I burned my recordings on a disc, does the player read it
We are married to a lawyer and a baker, which mug fits whom?
Is a fan regulator included with the heater
Could the card say: from Tom to Sue with love
please have it delivered to Sue at the desk
"""
ALARMING = """
I ended up in hospital because of your ladder
We drove to our local hospital with her
I had to leave for the hospital at night
I can't work, hospital for three days since the seat broke
He was sent to the hospital with a burned hand
I work at a hospital and got an electric shock from your lamp
The hospital staff said the burn comes from the charger
Writing from a hospital bed after your stool collapsed
My wife was delivered to the hospital by ambulance
She works in a hospital and was poisoned by your flask
The children's hospital says it is your seed
The overheating protection failed and it was overheating all night
The carbon monoxide alarm went off beside your stove
the lamp blew up on my desk
The battery exploded in my bag
it burst into flames on the roof
The netting cut my hand and I am bleeding
My boy is bleeding from the edge of the box
my son choked on the cap
Your charger set fire to the curtain
it started smoking when I plugged it in
I want to end my life
the cable gave me an electrical shock
I was injured by the spring
My dog was poisoned by the seed
I will sue you
I'm going to sue, and Sue Miller is my witness
you leave me no choice but to sue
My lawyer will write to you
I gave your letter to a solicitor
A lawyer friend says to sue you for it
We go to court on Monday
I filed a police report against your shop
This is a breach of contract
you leaked my data
I ask you under the GDPR what you keep about me
The regulator will hear of this
this is discrimination
My account was hacked
I complained to the ombudsman
"""


def alarms_in(text: str) -> list[str]:
    triggers = a_policy().triggers
    return [
        term
        for name in ALARMS
        for term in mentioned(text, triggers[name].terms, triggers[name].not_terms)
    ]


@pytest.mark.parametrize("text", EVERYDAY.strip().splitlines())
def test_everyday_talk_rings_no_alarm(text: str) -> None:
    assert alarms_in(text) == []


@pytest.mark.parametrize("text", ALARMING.strip().splitlines())
def test_what_is_alarming_rings_it_whatever_stands_beside_it(text: str) -> None:
    assert alarms_in(text) != []


@pytest.mark.parametrize("name", ALARMS)
def test_nothing_that_is_ruled_out_is_ruled_out_in_vain(name: str) -> None:
    trigger = a_policy().triggers[name]

    assert not [one for one in trigger.not_terms if not mentioned(one, trigger.terms)]
