"""The joint: ports made once and late, and settings that are missed by name."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from deskhand import wiring
from deskhand.adapters.circuit_breaking import BreakingReranker
from deskhand.errors import Rejected
from deskhand.wiring.environment import VARIABLES, MissingSettingError, setting
from tests.wired import wired_by

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with wired_by(monkeypatch, {}):
        yield


@pytest.mark.parametrize("name", sorted(VARIABLES))
def test_a_setting_that_is_missing_is_named_with_what_it_is_for(name: str) -> None:
    with pytest.raises(MissingSettingError, match=f"{name} is not set: .*{VARIABLES[name][:10]}"):
        setting(name)


@pytest.mark.parametrize(
    ("port", "missed"),
    [
        ("conversations", "DESKHAND_DESK_TABLE"),
        ("inbox", "DESKHAND_QUEUE_URL"),
        ("workflow", "DESKHAND_STATE_MACHINE_ARN"),
        ("policy", "DESKHAND_POLICIES_DIR"),
        ("connectors", "DESKHAND_SYSTEM_OF_RECORD"),
        ("embedder", "DESKHAND_MODELS_DIR"),
        ("language_model", "DESKHAND_LANGUAGE_MODEL"),
        ("knowledge", "DESKHAND_KNOWLEDGE_STORE"),
        ("reranker", "DESKHAND_RERANKER"),
        ("once", "DESKHAND_IDEMPOTENCY_TABLE"),
    ],
)
def test_a_function_says_at_its_start_what_it_misses(port: str, missed: str) -> None:
    with pytest.raises(MissingSettingError, match=missed):
        getattr(wiring, port)()


def test_a_port_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESKHAND_POLICIES_DIR", str(ROOT / "policies"))
    assert wiring.policy() is wiring.policy()


@pytest.mark.parametrize(
    ("name", "value", "port"),
    [
        ("DESKHAND_SYSTEM_OF_RECORD", "pigeons", "connectors"),
        ("DESKHAND_LANGUAGE_MODEL", "parrot", "language_model"),
        ("DESKHAND_KNOWLEDGE_STORE", "shoebox", "knowledge"),
        ("DESKHAND_RERANKER", "dice", "reranker"),
        ("DESKHAND_RERANKER", "bedrock:", "reranker"),
    ],
)
def test_a_setting_that_nobody_knows_is_told_with_those_that_are_known(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, port: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(Rejected, match=f"{value}.*known: "):
        getattr(wiring, port)()


def test_without_a_reranker_the_order_of_the_search_stands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DESKHAND_RERANKER", "none")
    assert wiring.reranker() is None


def test_a_model_of_bedrock_puts_passages_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESKHAND_RERANKER", "bedrock:cohere.rerank-v3-5:0")
    assert isinstance(wiring.reranker(), BreakingReranker)


def test_without_a_system_of_record_nothing_is_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESKHAND_SYSTEM_OF_RECORD", "none")
    connectors = wiring.connectors()
    from tests.builders import an_asker

    scope = connectors.identity.scope(an_asker())
    assert scope is not None
    assert connectors.identity.scope(an_asker(verified=False)) is None
    for asked in (
        lambda: connectors.customers.customer(scope),
        lambda: connectors.orders.order(scope, "1001"),
        lambda: connectors.orders.orders(scope),
        lambda: connectors.orders.cancel(scope, "1001", idempotency_key="k"),
        lambda: connectors.orders.made(scope, "k"),
        lambda: connectors.billing.refund(scope, "1001", amount_cents=1, idempotency_key="k"),
        lambda: connectors.subscriptions.plans(),
    ):
        with pytest.raises(Rejected, match=r"no .* system is connected"):
            asked()
    assert connectors.identity.address_on_file(an_asker()) is None


def test_an_unknown_helpdesk_is_named() -> None:
    with pytest.raises(Rejected, match="no helpdesk 'pigeon'"):
        wiring.helpdesk("pigeon")


def test_ports_are_made_while_a_snapshot_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    wiring.before_snapshot(lambda: made.append("in a container"))
    monkeypatch.setenv("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start")
    wiring.before_snapshot(lambda: made.append("in a snapshot"))

    assert made == ["in a snapshot"]
