"""The stand-in for Claude under the vendor's own SDK: it answers, counts and refuses as the API."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import anthropic
import httpx2
import pytest
from pydantic import BaseModel

from tests.builders import StoppedClock
from tests.claude.asking import SMALL
from tests.claude.replies import Breaks, fails, refuses, says, thinks, uses_tool
from tests.claude.server import KEY, ClaudeServer, claude_server

HI = [{"role": "user", "content": "Hi"}]
LONG = "You are a shop. " * 300
SCHEMA = {
    "type": "object",
    "properties": {"sky": {"type": "string"}},
    "required": ["sky"],
    "additionalProperties": False,
}
TOOL = {"name": "weather", "description": "Says the weather", "input_schema": SCHEMA}


class Sky(BaseModel):
    sky: str


@pytest.fixture(scope="module")
def server() -> Iterator[ClaudeServer]:
    with claude_server(lambda _: "Hello.") as server:
        yield server


@pytest.fixture(scope="module")
def client(server: ClaudeServer) -> Iterator[Any]:
    with anthropic.Anthropic(api_key=KEY, base_url=server.url, max_retries=0) as client:
        yield client


@pytest.fixture(autouse=True)
def _forgotten(server: ClaudeServer) -> None:
    server.forget()


def create(client: Any, **bent: Any) -> Any:
    return client.messages.create(**{"model": SMALL, "max_tokens": 50, "messages": HI} | bent)


def test_it_says_what_the_brain_says(client: Any) -> None:
    message = create(client)
    assert (message.content[0].text, message.stop_reason) == ("Hello.", "end_turn")
    assert message.usage.output_tokens > 0


def test_it_gives_typed_answers(client: Any, server: ClaudeServer) -> None:
    server.next(says({"sky": "blue"}))
    parsed = client.messages.parse(model=SMALL, max_tokens=50, messages=HI, output_format=Sky)
    assert parsed.parsed_output == Sky(sky="blue")


def test_it_uses_tools(client: Any, server: ClaudeServer) -> None:
    server.next(uses_tool("weather", sky="?"))
    message = create(client, tools=[TOOL])
    assert message.stop_reason == "tool_use"
    assert message.content[1].input == {"sky": "?"}


@pytest.mark.parametrize(
    "reply", [says("Hello there, how are you?"), thinks("Hm", "Yes"), uses_tool("weather", sky="?")]
)
def test_a_stream_is_the_same_message_in_pieces(
    client: Any, server: ClaudeServer, reply: Any
) -> None:
    server.next(reply, reply)
    whole = create(client)
    with client.messages.stream(model=SMALL, max_tokens=50, messages=HI) as stream:
        streamed = stream.get_final_message()

    assert [block.to_dict() for block in streamed.content] == [
        block.to_dict() for block in whole.content
    ]
    assert streamed.stop_reason == whole.stop_reason
    assert streamed.usage.output_tokens == whole.usage.output_tokens


def test_a_stream_may_just_end(client: Any, server: ClaudeServer) -> None:
    server.next(Breaks(says("Hello there, how are you?")))
    with client.messages.stream(model=SMALL, max_tokens=50, messages=HI) as stream:
        assert stream.get_final_message().stop_reason is None


def test_a_stream_may_be_overloaded_in_the_middle(client: Any, server: ClaudeServer) -> None:
    server.next(Breaks(says("Hello there, how are you?"), overloaded=True))
    with (
        pytest.raises(anthropic.APIStatusError),
        client.messages.stream(model=SMALL, max_tokens=50, messages=HI) as stream,
    ):
        stream.until_done()


def test_a_refusal_is_an_answer_with_a_category(client: Any, server: ClaudeServer) -> None:
    server.next(refuses("cyber"))
    message = create(client)
    assert (message.stop_reason, message.stop_details.category) == ("refusal", "cyber")


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (401, anthropic.AuthenticationError),
        (404, anthropic.NotFoundError),
        (413, anthropic.RequestTooLargeError),
        (429, anthropic.RateLimitError),
        (500, anthropic.InternalServerError),
        (529, anthropic.OverloadedError),
    ],
)
def test_an_error_is_the_one_that_the_sdk_knows(
    client: Any, server: ClaudeServer, status: int, error: type[anthropic.APIStatusError]
) -> None:
    server.next(fails(status, retry_after_s=3600))
    with pytest.raises(error) as raised:
        create(client)
    assert raised.value.response.headers["retry-after"] == "3600"


def test_it_lets_nobody_in_without_the_key(server: ClaudeServer) -> None:
    with (
        anthropic.Anthropic(api_key="another", base_url=server.url, max_retries=0) as client,
        pytest.raises(anthropic.AuthenticationError),
    ):
        create(client)


def test_it_counts_tokens(client: Any) -> None:
    few = client.messages.count_tokens(model=SMALL, messages=HI).input_tokens
    many = client.messages.count_tokens(model=SMALL, messages=HI, system=LONG).input_tokens
    assert 0 < few < 5 < 500 < many


def text(words: str, **mark: str) -> dict[str, Any]:
    return {"type": "text", "text": words} | (
        {"cache_control": {"type": "ephemeral", **mark}} if mark else {}
    )


REFUSED: dict[str, dict[str, Any]] = {
    "a temperature": {"extra_body": {"temperature": 0}},
    "a field that nobody knows": {"extra_body": {"temprature": 0}},
    "less than no room for an answer": {"max_tokens": -1},
    "nobody speaking": {"messages": []},
    "an answer before a question": {"messages": [{"role": "assistant", "content": "Hi"}, *HI]},
    "words in the model's mouth": {"messages": [*HI, {"role": "assistant", "content": "{"}]},
    "an empty message": {"messages": [{"role": "user", "content": []}]},
    "an empty text": {"messages": [{"role": "user", "content": [text("")]}]},
    "an empty text to keep": {"system": [text("", ttl="1h")]},
    "more than four marks": {"system": [text(f"{n}", ttl="1h") for n in range(5)]},
    "an hour after five minutes": {"system": [text("a", ttl="5m"), text("b", ttl="1h")]},
    "a life that there is not": {"system": [text("a", ttl="2h")]},
    "an unanswered tool": {
        "messages": [
            *HI,
            {"role": "assistant", "content": list(uses_tool("weather").blocks)},
            *HI,
        ]
    },
    "a tool that has to be used": {"tools": [TOOL], "tool_choice": {"type": "any"}},
    "a picture that is none": {
        "messages": [
            {
                "role": "user",
                "content": [
                    {
                        "type": "image",
                        "source": {"type": "base64", "media_type": "image/png", "data": "?"},
                    }
                ],
            }
        ]
    },
    "a PDF that is none": {
        "messages": [
            {
                "role": "user",
                "content": [
                    {
                        "type": "document",
                        "source": {
                            "type": "base64",
                            "media_type": "application/pdf",
                            "data": "aGk=",
                        },
                    }
                ],
            }
        ]
    },
    "a thinking budget": {"thinking": {"type": "enabled", "budget_tokens": 1024}},
    "an effort that there is not": {"output_config": {"effort": "most"}},
    "no thinking at the highest effort": {
        "thinking": {"type": "disabled"},
        "output_config": {"effort": "max"},
    },
}


@pytest.mark.parametrize("bent", REFUSED.values(), ids=REFUSED)
def test_it_refuses_what_the_api_refuses(client: Any, bent: dict[str, Any]) -> None:
    with pytest.raises(anthropic.BadRequestError):
        create(client, **bent)


@pytest.mark.parametrize(
    ("model", "thinking"),
    [("claude-sonnet-5-5", "disabled"), ("claude-opus-5-5", "disabled"), (SMALL, "between_tools")],
)
def test_it_knows_which_model_can_do_without_thinking(
    client: Any, model: str, thinking: str
) -> None:
    with pytest.raises(anthropic.BadRequestError, match="is not supported for this model"):
        create(client, model=model, thinking={"type": thinking})


def test_it_knows_no_other_models(client: Any) -> None:
    with pytest.raises(anthropic.NotFoundError):
        create(client, model="claude-haiku-9")


def named(count: int, **bent: Any) -> dict[str, Any]:
    names = [f"field_{number}" for number in range(count)]
    properties = {name: {"type": "string"} for name in names}
    return SCHEMA | {"properties": properties, "required": names} | bent


OF_ITSELF = {"$defs": {"Node": SCHEMA | {"properties": {"sky": {"$ref": "#/$defs/Node"}}}}}
UNION = {"anyOf": [{"type": "string"}, {"type": "null"}]}
SCHEMAS: dict[str, dict[str, Any]] = {
    "a least length": SCHEMA | {"properties": {"sky": {"type": "string", "minLength": 1}}},
    "a pattern": SCHEMA | {"properties": {"sky": {"type": "string", "pattern": "a+"}}},
    "an open object": {"type": "object", "properties": {}},
    "two items at least": {"type": "array", "items": {"type": "string"}, "minItems": 2},
    "a format that there is not": SCHEMA
    | {"properties": {"sky": {"type": "string", "format": "money"}}},
    "something of itself": SCHEMA | OF_ITSELF,
    "too much that may be left out": named(25, required=[]),
    "too much that may be two things": named(
        17, properties={f"field_{number}": UNION for number in range(17)}
    ),
}


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS)
def test_it_refuses_a_schema_that_the_api_cannot_hold_to(
    client: Any, schema: dict[str, Any]
) -> None:
    shape = {"type": "json_schema", "schema": schema}
    with pytest.raises(anthropic.BadRequestError):
        create(client, output_config={"format": shape})


def test_it_takes_a_schema_at_the_limits(client: Any) -> None:
    shape = {"type": "json_schema", "schema": named(30, required=[f"field_{n}" for n in range(6)])}
    assert create(client, output_config={"format": shape}).content


def test_of_two_marks_the_longer_beginning_is_read_and_the_rest_is_written() -> None:
    clock = StoppedClock()
    with (
        claude_server(lambda _: "Hello.", clock=clock) as server,
        anthropic.Anthropic(api_key=KEY, base_url=server.url) as client,
    ):
        first = create(client, system=[text(LONG, ttl="1h")]).usage
        both = [text(LONG, ttl="1h"), text(LONG, ttl="5m")]
        second = create(client, system=both).usage
        clock.now += timedelta(minutes=6)
        third = create(client, system=both).usage

    assert first.cache_creation_input_tokens > 1000
    assert second.cache_read_input_tokens == first.cache_creation_input_tokens
    assert second.cache_creation.ephemeral_5m_input_tokens > 1000
    assert third.cache_read_input_tokens == first.cache_creation_input_tokens
    assert third.cache_creation_input_tokens == second.cache_creation_input_tokens


def test_a_request_above_what_may_be_sent_is_refused_before_it_is_read(
    server: ClaudeServer,
) -> None:
    answer = httpx2.post(f"{server.url}/v1/messages", content=b" " * 32_000_001)
    assert answer.status_code == 413
