"""The golden tickets are written by people's habits, differ, and name only what the shop has."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations, pairwise

import pytest

from deskhand.adapters.article_sources import FolderArticles
from deskhand.adapters.connectors.sample_shop_data import ShopData
from deskhand.domain.article import Article
from deskhand.text.words import words
from deskhand.tools.registry import OURS
from scripts.evaluation.golden import GoldenTicket, GoldenTurn, read_golden
from tests.builders import ROOT, a_policy

SAMPLE = ROOT / "scripts" / "sample"
TICKETS = read_golden(SAMPLE / "golden")
SHOP = ShopData.model_validate_json((SAMPLE / "shop.json").read_bytes())
INTENTS = a_policy().intents
CATEGORIES = {
    article.id: article.category
    for article in FolderArticles(SAMPLE / "articles").articles()
    if isinstance(article, Article)
}
RULE = re.compile(r'^@code\("(\w+)"\)', re.MULTILINE)
ABOUT_THE_SENDER = {"account:own", "ties:own", "tickets:own"}
WITHOUT_A_RULE = {"ACTION_REFUSED", "UNSEEN_ATTACHMENT"}
"""Reasons to hand over that no policy file names: billing refuses, a file cannot be looked at."""


def turns(tickets: tuple[GoldenTicket, ...] = TICKETS) -> Iterator[tuple[str, GoldenTurn]]:
    return ((ticket.id, turn) for ticket in tickets for turn in ticket.turns)


def said(ticket: GoldenTicket) -> str:
    return "\n".join(turn.text for turn in ticket.turns)


def trigrams(text: str) -> set[tuple[str, ...]]:
    spoken = words(text)
    return {spoken[at : at + 3] for at in range(len(spoken) - 2)}


def shared(one: set[tuple[str, ...]], other: set[tuple[str, ...]]) -> float:
    """How much of the shorter text stands in the longer one; nothing of texts under 3 trigrams."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller >= 3 else 0.0


def records_of(email: str) -> set[str]:
    """Every record of the shop that a reply to this sender may stand on, as `kind:key`."""
    everybody = {f"product:{product.id}" for product in SHOP.products}
    everybody |= {f"plan:{plan.id}" for plan in SHOP.plans}
    everybody |= {f"incident:{incident.id}" for incident in SHOP.incidents}
    theirs = [customer for customer in SHOP.customers if customer.email == email]
    keys = {
        "order": [one.id for one in SHOP.orders if one.customer in {who.id for who in theirs}],
        "subscription": [
            one.id for one in SHOP.subscriptions if one.customer in {who.id for who in theirs}
        ],
        "device": [one.id for one in SHOP.devices if one.customer in {who.id for who in theirs}],
        "payment": [way.id for who in theirs for way in who.payment_methods],
    }
    own = {f"{kind}:{key}" for kind, names in keys.items() for key in names}
    return everybody | (own | ABOUT_THE_SENDER if theirs else set())


# --- how they are written -------------------------------------------------------------------------


def test_no_two_tickets_share_six_tenths_of_their_words_in_threes():
    spoken = {ticket.id: trigrams(said(ticket)) for ticket in TICKETS}
    alike = [
        (one, other)
        for one, other in combinations(spoken, 2)
        if shared(spoken[one], spoken[other]) >= 0.6
    ]

    assert alike == []


def test_two_tickets_from_one_template_would_be_told():
    template = trigrams("Hello, I bought a flask last week and want my money back for it, please.")
    filled = trigrams("Hello, I bought a chair last week and want my money back for it, please.")

    assert shared(template, filled) >= 0.6


def test_they_are_of_all_lengths():
    lengths = [len(words(said(ticket))) for ticket in TICKETS]

    assert sum(length <= 5 for length in lengths) >= 15
    assert sum(5 < length <= 40 for length in lengths) >= 150
    assert max(lengths) >= 200


def test_no_turn_is_an_example_that_the_classifier_learned_from():
    learned = {words(example) for intent in INTENTS.values() for example in intent.examples}
    copied = [
        id_ for id_, turn in turns() if len(words(turn.text)) > 3 and words(turn.text) in learned
    ]

    assert copied == []


# --- what they cover ------------------------------------------------------------------------------


def test_there_are_three_hundred_and_fifty_of_them():
    assert len(TICKETS) >= 350


def test_about_one_in_four_should_go_to_a_person():
    escalated = sum(ticket.turns[-1].escalates for ticket in TICKETS)

    assert 0.22 <= escalated / len(TICKETS) <= 0.30


def test_fifty_and_more_go_over_several_messages():
    several = [ticket for ticket in TICKETS if len(ticket.turns) > 1]

    assert len(several) >= 50
    assert max(len(ticket.turns) for ticket in several) == 5


def test_every_intent_of_ours_is_wanted_in_five_tickets_or_more():
    wanted = Counter(
        name
        for ticket in TICKETS
        for name in {name for turn in ticket.turns for name in turn.intents}
    )
    rare = {name for name, intent in INTENTS.items() if intent.ours and wanted[name] < 5}

    assert rare == set()


def test_every_action_that_policy_knows_is_labelled():
    labelled = {action.name for _, turn in turns() for action in turn.actions}

    assert labelled == set(OURS.actions)


def test_actions_are_allowed_asked_and_denied():
    rulings = Counter(action.ruling for _, turn in turns() for action in turn.actions)

    assert min(rulings[ruling] for ruling in ("allowed", "asked", "denied")) >= 20


def test_known_and_unknown_senders_and_strangers_write():
    known = {customer.email for customer in SHOP.customers}
    verified = sum(ticket.sender.verified for ticket in TICKETS)
    strangers = sum(ticket.sender.email not in known for ticket in TICKETS)

    assert min(verified, strangers) >= 100
    assert any(not ticket.sender.verified and ticket.sender.name for ticket in TICKETS)


def test_a_dozen_tickets_begin_with_nothing_that_could_be_answered():
    first = [ticket.turns[0] for ticket in TICKETS]
    empty = [turn for turn in first if not turn.intents and {"answered"}.isdisjoint(turn.endings)]

    assert sum(not turn.escalates for turn in empty) >= 12


# --- what they name -------------------------------------------------------------------------------


def test_a_verified_sender_is_a_customer():
    known = {customer.email for customer in SHOP.customers}

    assert {ticket.sender.email for ticket in TICKETS if ticket.sender.verified} <= known


def test_intents_are_those_of_policy():
    named = {name for _, turn in turns() for name in turn.intents}

    assert named <= {name for name, intent in INTENTS.items() if intent.ours}


def test_articles_are_there_and_one_of_them_is_of_a_category_that_answers_the_intent():
    lost = []
    for id_, turn in turns():
        of_use = {category for name in turn.intents for category in INTENTS[name].knowledge}
        if turn.articles and not of_use & {CATEGORIES[article] for article in turn.articles}:
            lost.append(id_)

    assert lost == []


@pytest.mark.parametrize("ticket", TICKETS, ids=lambda ticket: ticket.id)
def test_facts_are_records_that_this_sender_may_hear_of(ticket: GoldenTicket):
    named = {fact for turn in ticket.turns for fact in turn.facts}

    assert named <= records_of(ticket.sender.email)


def test_nothing_is_read_or_proposed_for_somebody_unknown():
    unknown = [ticket for ticket in TICKETS if not ticket.sender.verified]
    served = [ticket.id for ticket in unknown for turn in ticket.turns if turn.facts + turn.actions]

    assert served == []


def test_actions_are_such_as_one_of_the_intents_may_propose():
    strange = [
        (id_, action.name)
        for id_, turn in turns()
        for action in turn.actions
        if not any(action.name in INTENTS[name].actions for name in turn.intents)
    ]

    assert strange == []


def test_arguments_are_fields_of_the_action_and_name_records_that_were_read():
    for _, turn in turns():
        for action in turn.actions:
            assert action.arguments.keys() <= OURS.actions[action.name].model_fields.keys()
            if order := action.arguments.get("order_id"):
                assert f"order:{order}" in turn.facts


def test_codes_are_reasons_that_policy_gives():
    rules = set(RULE.findall((ROOT / "policies" / "actions.cedar").read_text(encoding="utf-8")))
    triggers = {trigger.code for trigger in a_policy().triggers.values()}
    source = "\n".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "layers/deskhand/python/deskhand/stages").rglob("*.py")
    )
    named = {code for _, turn in turns() for code in turn.codes} - rules - triggers

    assert {code for code in named - WITHOUT_A_RULE if f'"{code}"' not in source} == set()


def test_only_where_a_person_may_have_it_is_there_a_reason():
    idle = [id_ for id_, turn in turns() if turn.codes and "handed_over" not in turn.endings]

    assert idle == []


def test_what_is_handed_over_says_why():
    silent = [id_ for id_, turn in turns() if turn.escalates and not turn.codes]

    assert silent == []


def test_an_action_that_waits_for_a_yes_is_labelled_again_when_the_yes_comes():
    """A `yes` to a question of ours proposes the same action as the message before it."""
    for ticket in TICKETS:
        for asked, answer in pairwise(ticket.turns):
            if asked.actions and words(answer.text)[:1] == ("yes",) and answer.actions:
                assert [one.name for one in answer.actions] == [one.name for one in asked.actions]
