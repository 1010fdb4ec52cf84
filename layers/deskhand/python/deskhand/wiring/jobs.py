"""Stages and jobs with everything that they need."""

from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from deskhand.wiring.environment import port, setting
from deskhand.wiring.meaning import (
    article_shelf,
    embedder,
    fitted_intents,
    knowledge,
    language_model,
    proposals,
    reindexing,
    reranker,
)
from deskhand.wiring.outside import (
    built_in_desk,
    connectors_with_letters,
    doors,
    file_shelf,
    helpdesk,
    webhook_secret,
)
from deskhand.wiring.policies import clock, permissions, policy
from deskhand.wiring.state import (
    approvals,
    audit,
    codes,
    conversations,
    dead_letters,
    inbox,
    ledger,
    once,
    outbox,
    retrievals,
    secret,
    stops,
    workflow,
)

if TYPE_CHECKING:
    from deskhand.domain.classification import Classification
    from deskhand.domain.ledger import Counters
    from deskhand.domain.turn import Retrieved, Turn
    from deskhand.jobs.approval_links import ApprovalLinks
    from deskhand.jobs.console import Console
    from deskhand.jobs.intake import Intake
    from deskhand.jobs.search import Search
    from deskhand.jobs.turns import Turns
    from deskhand.stages.world import World
    from deskhand.tools.registry import Tools


@port
def turns() -> "Turns":
    """What keeps conversations going."""
    from deskhand.jobs.turns import Turns

    return Turns(
        conversations=conversations(),
        approvals=approvals(),
        outbox=outbox(),
        workflow=workflow(),
        stops=stops(),
        helpdesk=helpdesk,
        recalled=_recalled,
        policy=policy(),
        clock=clock(),
    )


def _recalled(turn: "Turn") -> "Turn":
    from deskhand.stages.recall import recalled

    return recalled(turn, ledger=ledger(), tools=tools())


def world(helpdesk_name: str) -> "World":
    """What a turn of that helpdesk may change."""
    from deskhand.stages.world import World

    return World(
        conversations=conversations(),
        approvals=approvals(),
        ledger=ledger(),
        stops=stops(),
        codes=codes(),
        helpdesk=helpdesk(helpdesk_name),
        connectors=connectors_with_letters(),
        permissions=permissions(),
        tools=tools(),
        clock=clock(),
    )


@port
def intake() -> "Intake":
    """What takes tickets in."""
    from deskhand.jobs.intake import Intake

    return Intake(
        doors=doors(),
        webhook_secret=webhook_secret,
        api_key=lambda: secret("DESKHAND_API_KEY_SECRET"),
        built_in=built_in_desk(),
        inbox=inbox(),
        once=once(),
        codes=codes(),
        clock=clock(),
    )


@port
def console() -> "Console":
    """What the people's API answers with."""
    from deskhand.jobs.approval_page import ApprovalPages
    from deskhand.jobs.audit_routes import AuditRoutes
    from deskhand.jobs.console import Console
    from deskhand.jobs.dead_letters import DeadLetterRoutes
    from deskhand.jobs.files import FileRoutes
    from deskhand.jobs.learn import LearnRoutes
    from deskhand.jobs.stops import StopRoutes

    return Console(
        turns=turns(),
        built_in=built_in_desk(),
        documents=article_shelf(),
        reindexing=reindexing(),
        stops=StopRoutes(stops(), clock()),
        audit=AuditRoutes(audit(), clock()),
        letters=DeadLetterRoutes(dead_letters(), inbox, conversations(), clock()),
        learning=LearnRoutes(
            proposals=proposals(),
            documents=article_shelf(),
            reindexing=reindexing(),
            conversations=conversations(),
            helpdesk=helpdesk,
            audit=audit(),
            policy=policy(),
            clock=clock(),
        ),
        files=FileRoutes(file_shelf()),
        pages=ApprovalPages(
            turns=turns(),
            links=approval_links(),
            page=Template(_page("approval.html")),
            forms=Template(_page("approval_forms.html")),
        ),
        api_key=lambda: secret("DESKHAND_API_KEY_SECRET"),
        inbox_page=_page("inbox.html"),
    )


@port
def search() -> "Search":
    """What looks into the articles for people; what is heavy is loaded when it is needed."""
    from deskhand.jobs.gaps import GapReport
    from deskhand.jobs.past_turns import PastTurns
    from deskhand.jobs.search import Search

    return Search(
        past=PastTurns(conversations(), retrievals(), clock()),
        report=GapReport(retrievals(), embedder, knowledge, policy(), clock()),
        classify=_classified,
        embedder=embedder,
        knowledge=knowledge,
        reranker=reranker,
        policy=policy(),
        clock=clock(),
        api_key=lambda: secret("DESKHAND_API_KEY_SECRET"),
    )


def _classified(turn: "Turn") -> "Classification":
    from deskhand.stages.classify import classify

    return classify(
        turn,
        embedder=embedder(),
        fitted=fitted_intents(),
        model=language_model(),
        policy=policy(),
    )


@port
def approval_links() -> "ApprovalLinks":
    """What signs the links in notes, and reads them again."""
    from deskhand.jobs.approval_links import ApprovalLinks

    address = setting("DESKHAND_PUBLIC_URL")
    return ApprovalLinks(
        key=lambda: secret("DESKHAND_LINK_KEY_SECRET"),
        public_url="" if address == "none" else address,
    )


@port
def tools() -> "Tools":
    """What the agent can do."""
    from deskhand.tools.registry import OURS

    return OURS


def counters(turn: "Retrieved") -> "Counters":
    """What the limits count for the turn's customer; nothing for nobody."""
    from deskhand.domain.ledger import Counters
    from deskhand.stages.world import limits_now

    customer = turn.evidence.customer
    if customer is None:
        return Counters()
    return limits_now(
        ledger(),
        stops(),
        customer_id=customer.id,
        conversation_id=turn.conversation_id,
        now=clock()(),
    )


def _page(name: str) -> str:
    return (Path(__file__).parents[1] / "pages" / name).read_text(encoding="utf-8")
