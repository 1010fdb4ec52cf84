"""A usual turn of the sample shop to tell a model of: six passages, four records, a history."""

import json
from functools import cache
from typing import Any

from deskhand.adapters.article_files import ArticleFiles, articles_in
from deskhand.adapters.connectors.sample_shop import SampleShop
from deskhand.domain.article import Article
from deskhand.domain.classification import Classification, IntentGuess
from deskhand.domain.evidence import Evidence, Fact, Passage
from deskhand.domain.ticket import Asker
from deskhand.domain.turn import Retrieved
from deskhand.text.chunks import cut
from deskhand.tools.registry import OURS
from tests.builders import ROOT, StoppedClock, a_customer, a_message, a_retrieved_turn

SAMPLE = ROOT / "scripts" / "sample"
ASKED = (
    "Hi, my order 20011 came yesterday, but one of the two is broken: the glass has a crack. "
    "Can I have my money back for that one? I paid with my card. And do I have to send it back, "
    "or shall I just throw it away? Thanks, Ines"
)


@cache
def passages() -> tuple[Passage, ...]:
    """Everything that the sample articles say, piece by piece, the longest first."""
    folder = SAMPLE / "articles"
    sizes = {path.name: path.stat().st_size for path in folder.glob("*.md")}
    files = ArticleFiles(sizes, lambda name: (folder / name).read_bytes())
    read = [one for one in articles_in(files) if isinstance(one, Article)]
    found = [Passage(**_of_chunk(chunk)) for article in read for chunk in cut(article)]
    return tuple(sorted(found, key=lambda one: -len(one.text)))


@cache
def facts() -> tuple[Fact, ...]:
    """What the lookups of a refund and an exchange find of a customer with several orders."""
    shop = SampleShop.seed(
        ":memory:", json.loads((SAMPLE / "shop.json").read_text("utf-8")), clock=StoppedClock()
    ).connectors
    asker = Asker(email="ines.faber@example.com", verified=True)
    scope = shop.identity.scope(asker)
    assert scope is not None
    reading = Classification(intents=(), question=ASKED)
    names = ("find_received_order", "find_payment_methods", "find_ordered_products", "find_account")
    found = [OURS.lookups[name].look_up(scope, shop, reading, "") for name in names]
    return tuple(fact for one in found for fact in one.facts)


def a_usual_turn(*texts: str, **bent: Any) -> Retrieved:
    """The third message of a conversation: pieces of articles of usual length, and records."""
    middle = len(passages()) // 2
    history = tuple(
        a_message(text, id=f"h{place}", author=author)
        for place, (author, text) in enumerate(
            (
                ("customer", "Hello, when will my order arrive? I am leaving on Sunday."),
                ("agent", "Your order 20011 was sent on 18 November 2026. It arrives in 2 days."),
                ("customer", "Ok. And which carrier brings it, do I have to be at home for it?"),
                ("agent", "The carrier leaves it with a neighbour where nobody is at home."),
            )
        )
    )
    given: dict[str, Any] = {
        "history": history,
        "reading": Classification(
            intents=(IntentGuess(intent="refund_request", confidence=0.8, part=ASKED),),
            question=ASKED,
        ),
        "evidence": Evidence(
            passages=passages()[middle - 3 : middle + 3], facts=facts()[:4], customer=a_customer()
        ),
    }
    return a_retrieved_turn(*(texts or (ASKED,)), **(given | bent))


def _of_chunk(chunk: Any) -> dict[str, Any]:
    known = chunk.model_dump()
    return {name: known[name] for name in Passage.model_fields if name in known}
