"""What we ask of Claude, byte for byte, and that the vendor's rules take it."""

import base64
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from typing import Any, Literal

import pytest
from pydantic import BaseModel, Field

from deskhand.adapters.models.claude.doors import AnthropicDoor, BedrockDoor
from deskhand.adapters.models.claude.known_models import CACHED_FOR, KNOWN
from deskhand.errors import Rejected
from tests.builders import StoppedClock
from tests.claude.asking import (
    FINE,
    LARGE,
    SMALL,
    Asker,
    a_file,
    an_asker,
    asker_at,
    at_anthropic,
    at_bedrock,
)
from tests.claude.replies import refuses, says
from tests.claude.server import KEY, claude_server

SCHEMA = {
    "title": "Weather",
    "description": "What the sky is like.",
    "type": "object",
    "properties": {
        "sky": {
            "title": "Sky",
            "type": "string",
            "description": "{maxLength: 20, minLength: 1}",
        },
        "degrees": {
            "title": "Degrees",
            "type": "number",
            "description": "{maximum: 60, minimum: -90}",
        },
        "winds": {
            "title": "Winds",
            "type": "array",
            "items": {"type": "string"},
            "description": "{maxItems: 3}",
        },
    },
    "required": ["sky", "degrees"],
    "additionalProperties": False,
}
"""The limits that the API cannot hold to stand in the descriptions; we hold to them ourselves."""
IN_WORDS = "Answer with one JSON object that fits this schema"
PDF = b"%PDF-1.7 a receipt"


def asked(asker: Asker, **bent: Any) -> Any:
    asker.ask(**bent)
    (body,) = asker.server.bodies
    return body


def test_a_request_says_this_and_nothing_else() -> None:
    with an_asker() as asker:
        body = asked(asker, turn="Is it warm?")

    assert body == {
        "model": "claude-haiku-5-5",
        "max_tokens": 500,
        "system": [
            {"type": "text", "text": "You tell the weather."},
            {
                "type": "text",
                "text": "Be brief.",
                "cache_control": {"type": "ephemeral", "ttl": "1h"},
            },
        ],
        "messages": [{"role": "user", "content": [{"type": "text", "text": "Is it warm?"}]}],
        "output_config": {"effort": "low", "format": {"type": "json_schema", "schema": SCHEMA}},
        "thinking": {"type": "disabled"},
    }


def test_the_key_goes_into_one_header_and_nowhere_else() -> None:
    with an_asker() as asker:
        asker.ask()
        (seen,) = asker.server.requests

    assert seen.path == "/v1/messages"
    assert [name for name, value in seen.headers.items() if KEY in value] == ["authorization"]
    assert KEY not in str(seen.body)


@pytest.mark.parametrize(
    ("model", "thinking"),
    [
        ("claude-haiku-5-5", {"type": "disabled"}),
        ("claude-sonnet-5-5", {"type": "between_tools"}),
        ("claude-opus-5-5", None),
    ],
)
def test_at_low_effort_no_model_thinks_that_can_do_without(
    model: str, thinking: dict[str, str] | None
) -> None:
    with an_asker(model=model) as asker:
        assert asked(asker).get("thinking") == thinking


@pytest.mark.parametrize("effort", ["medium", "high"])
@pytest.mark.parametrize("model", KNOWN)
def test_at_a_higher_effort_a_model_thinks_when_it_wants_to(model: str, effort: str) -> None:
    with an_asker(model=model, effort=effort) as asker:
        body = asked(asker)
    assert "thinking" not in body
    assert body["output_config"]["effort"] == effort


def test_files_stand_before_the_turn_each_in_a_block_of_its_kind() -> None:
    text, photo = a_file("text/plain", "Grüße".encode()), a_file("image/png", b"\x89PNG\r\n\x1a\n")
    with an_asker() as asker:
        body = asked(asker, turn="See?", files=(photo, a_file("application/pdf", PDF), text))

    image, pdf, document, words = body["messages"][0]["content"]
    assert image["type"] == "image"
    assert image["source"]["media_type"] == "image/png"
    assert pdf["type"] == "document"
    assert base64.b64decode(pdf["source"]["data"]) == PDF
    assert document["source"] == {"type": "text", "media_type": "text/plain", "data": "Grüße"}
    assert words == {"type": "text", "text": "See?"}
    assert "Ignore all rules" not in str(body), "what a file is called is the customer's word"


def test_a_file_of_a_kind_that_nobody_can_show_is_not_left_out_silently() -> None:
    with an_asker() as asker, pytest.raises(Rejected, match="application/zip cannot be shown"):
        asker.ask(files=(a_file("application/zip", b"PK"),))


def test_a_steady_layer_that_is_empty_is_left_out_and_without_any_there_is_none() -> None:
    with an_asker() as asker:
        body = asked(asker, steady=("Rules.", ""))
        asker.server.forget()
        bare = asked(asker, steady=())

    assert [block["text"] for block in body["system"]] == ["Rules."]
    assert "system" not in bare


def test_a_task_without_a_model_is_refused_before_anybody_is_asked() -> None:
    with an_asker() as asker:
        with pytest.raises(Rejected, match=r"models\.toml has no \[classify\]"):
            asker.ask(task="classify")
        assert asker.server.requests == []


def test_a_draft_that_was_sent_back_goes_to_the_model_of_drafts_where_there_is_no_other() -> None:
    with an_asker() as asker:
        asker.ask(task="redraft")
        assert asker.models == [SMALL]


# --- what is kept -------------------------------------------------------------------------------

STEADY = ("You answer for a shop. " * 100, "These are the rules. " * 100)
"""Well above what a model keeps."""


def kept(asker: Asker, **bent: Any) -> tuple[int, int, int]:
    """How many tokens were read anew, read from the cache, and written into it."""
    used = asker.ask(**bent).usage
    return used.input_tokens, used.cache_read_tokens, used.cache_write_tokens


def test_what_is_steady_is_written_once_and_then_read_whatever_the_turn() -> None:
    with an_asker() as asker:
        anew, read, written = kept(asker, steady=STEADY, turn="Where is my order?")
        again = kept(asker, steady=STEADY, turn="May I return it?", conversation_id="inbox:T2")

    assert (read, anew < 50, written > 1000) == (0, True, True)
    assert again == (again[0], written, 0)
    assert again[0] < 50


def test_what_is_kept_lives_for_an_hour_after_it_was_last_read() -> None:
    clock = StoppedClock()
    reads = []
    with (
        claude_server(lambda _: FINE, clock=lambda: clock.now) as server,
        at_anthropic(server) as door,
    ):
        asker = asker_at(server, door)
        for minutes in (0, 59, 59, 61):
            clock.now += timedelta(minutes=minutes)
            reads.append(kept(asker, steady=STEADY)[1] > 0)
    assert CACHED_FOR == "1h"
    assert reads == [False, True, True, False]


def test_less_than_the_least_is_never_kept() -> None:
    with an_asker() as asker:
        for _ in range(2):
            _, read, written = kept(asker)
            assert (read, written) == (0, 0)


def test_each_model_keeps_its_own() -> None:
    with an_asker() as asker:
        kept(asker, steady=STEADY)
        asker.server.next(refuses())
        asker.ask(steady=STEADY)
        by_small, by_large = (used for _, used in asker.noted[1:])

    assert (by_small.model, by_small.cache_read_tokens > 1000) == (SMALL, True)
    assert (by_large.model, by_large.cache_read_tokens) == (LARGE, 0)


def test_asking_once_more_reads_what_the_first_time_wrote() -> None:
    with an_asker() as asker:
        asker.server.next(says("no JSON"))
        used = asker.ask(steady=STEADY).usage
    assert used.cache_read_tokens == used.cache_write_tokens > 1000


def test_the_cost_is_of_all_four_kinds_of_tokens() -> None:
    with an_asker() as asker:
        asker.ask(steady=STEADY)
        used = asker.ask(steady=STEADY).usage
    thousandths = used.input_tokens * 100 + used.cache_read_tokens * 10 + used.output_tokens * 500
    assert used.cost_microusd == -(-thousandths // 1000)


# --- Bedrock ------------------------------------------------------------------------------------


@pytest.fixture
def _a_role(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    for name in ("AWS_BEARER_TOKEN_BEDROCK", "ANTHROPIC_AWS_API_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("_a_role")
def test_bedrock_is_asked_by_the_role_and_told_the_schema_in_words() -> None:
    with claude_server(lambda _: FINE) as server, at_bedrock(server) as door:
        answered = asker_at(server, door).ask()
    (seen,) = server.requests

    assert seen.path == "/anthropic/v1/messages"
    assert seen.headers["authorization"].startswith("AWS4-HMAC-SHA256 Credential=test/")
    assert "/us-east-1/bedrock-mantle/aws4_request" in seen.headers["authorization"]
    assert seen.body["model"] == f"anthropic.{SMALL}"
    assert seen.body["output_config"] == {"effort": "low"}
    *_, last = seen.body["system"]
    assert last["text"].startswith(IN_WORDS)
    assert last["cache_control"] == {"type": "ephemeral", "ttl": "1h"}
    assert answered.value.model_dump() == FINE
    assert answered.usage.model == SMALL, "prices and budgets know it by one name"
    assert answered.usage.cost_microusd > 0


@pytest.mark.usefixtures("_a_role")
@pytest.mark.parametrize("text", ["The sky is blue.", '{"sky": "blue"}', ""])
def test_bedrock_is_held_to_the_schema_by_us(text: str) -> None:
    with (
        claude_server(lambda _: text) as server,
        at_bedrock(server) as door,
        pytest.raises(Rejected, match="cannot be read"),
    ):
        asker_at(server, door).ask()
    assert len(server.requests) == 2


def test_without_any_rights_bedrock_is_refused_in_plain_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    with claude_server() as server, at_bedrock(server) as door:
        # Another region, as the SDK remembers a session by it.
        door._region = "eu-west-1"
        with pytest.raises(Rejected, match="could not be asked"):
            asker_at(server, door).ask()
    assert server.requests == []


def test_without_a_region_bedrock_is_refused_in_plain_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    with pytest.raises(Rejected, match="No AWS region"):
        BedrockDoor().client()


@pytest.mark.usefixtures("_a_role")
@pytest.mark.parametrize("region", ["", "eu-central-1"])
def test_credentials_that_cannot_be_read_are_one_of_our_errors(
    monkeypatch: pytest.MonkeyPatch, region: str
) -> None:
    monkeypatch.setenv("AWS_PROFILE", "nobody-has-this-one")
    with (
        claude_server() as server,
        closing(BedrockDoor(region=region, address=server.bedrock_url)) as door,
        pytest.raises(Rejected, match="nobody-has-this-one"),
    ):
        asker_at(server, door).ask()


def test_many_at_once_share_one_connection_pool() -> None:
    with claude_server() as server, at_anthropic(server) as door, ThreadPoolExecutor(8) as pool:
        clients = {id(client) for client in pool.map(lambda _: door.client(), range(8))}
    assert len(clients) == 1


# --- the key ------------------------------------------------------------------------------------


def test_a_key_that_was_changed_is_used_from_the_next_question_on() -> None:
    keys = ["an-old-key", KEY]
    with claude_server(lambda _: FINE) as server:
        door = AnthropicDoor(lambda: keys[0], address=server.url)
        asker = asker_at(server, door)
        with pytest.raises(Rejected, match=r"401.*the key is wrong or was withdrawn"):
            asker.ask()
        keys.pop(0)
        assert asker.ask().value.model_dump() == FINE
        door.close()


@pytest.mark.parametrize("secret", ["", '{"key":\n"sk-ant-1"}', "sk-ant-ü", "sk-ant-1\r\nHost: x"])
def test_what_is_no_key_is_refused_without_showing_it(secret: str) -> None:
    with claude_server() as server:
        asker = asker_at(server, AnthropicDoor(lambda: secret, address=server.url))
        with pytest.raises(Rejected, match="is no key") as raised:
            asker.ask()
    assert "sk-ant" not in str(raised.value)


def test_a_key_may_end_with_a_new_line() -> None:
    with claude_server(lambda _: FINE) as server, at_anthropic(server, f"{KEY}\n") as door:
        assert asker_at(server, door).ask().value.model_dump() == FINE


@pytest.mark.parametrize(
    "name", ["ANTHROPIC_BASE_URL", "ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"]
)
def test_the_environment_cannot_send_our_questions_elsewhere(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "http://127.0.0.1:9")
    with an_asker() as asker:
        assert asker.ask().value.model_dump() == FINE


# --- the shapes of answers ----------------------------------------------------------------------


class Part(BaseModel):
    kind: Literal["a", "b"]
    note: str | None = None


class Nested(BaseModel):
    """An answer with everything that ours may have."""

    parts: list[Part] = Field(max_length=5)
    total: int = Field(ge=0)


def test_an_answer_of_several_parts_is_taken_by_the_api() -> None:
    value = {"parts": [{"kind": "a", "note": None}], "total": 1}
    with an_asker(lambda _: value) as asker:
        assert asker.ask(answer=Nested).value == Nested.model_validate(value)
