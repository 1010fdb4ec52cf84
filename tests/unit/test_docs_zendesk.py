"""The page about Zendesk tells the truth: what it says to send is taken, what it says to set is
there."""

import re
import shlex
from typing import Any

import botocore.session
import pytest

from deskhand.adapters.helpdesks.zendesk_account import read_account
from deskhand.adapters.helpdesks.zendesk_api import ZendeskApi
from deskhand.adapters.helpdesks.zendesk_door import ZendeskDoor
from deskhand.adapters.helpdesks.zendesk_reading import SIGNED_IN
from scripts.local_stack import template as sam
from tests.builders import ROOT, a_policy

PAGE = (ROOT / "docs" / "zendesk.md").read_text(encoding="utf-8")
BODY, SECRET = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
COMMANDS = [
    shlex.split(line)
    for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
    for line in block.splitlines()
]
STAMP = {"x-zendesk-webhook-signature-timestamp": "2026-11-21T12:00:00Z"}
TEMPLATE = sam.read(ROOT / "template.yaml")


def test_the_trigger_s_body_is_taken_once_zendesk_has_filled_it_in() -> None:
    body = BODY.replace("{{ticket.id}}", "35").replace("{{ticket.latest_comment.id}}", "1042")

    assert "{{" not in body
    assert ZendeskDoor().read(STAMP, body.encode()).delivery_id == "zendesk:35:1042"


def test_the_secret_on_the_page_is_read() -> None:
    account = read_account(SECRET)
    assert (account.agent, account.api_token, account.signing_secret) == (
        "deskhand@shop.example",
        "the API token",
        "the signing secret",
    )


def test_the_command_that_makes_the_secret_is_one_of_aws() -> None:
    tool, service, verb, *options = COMMANDS[0]
    assert tool == "aws"
    model = botocore.session.get_session().get_service_model(service)
    operation = "".join(word.title() for word in verb.split("-"))
    members = model.operation_model(operation).input_shape.members
    named = {"".join(part.title() for part in option.split("-")) for option in options[::2]}
    assert named <= set(members)


def test_the_parameters_on_the_page_are_the_stack_s() -> None:
    tool, verb, option, *given = COMMANDS[1]
    values = dict(one.split("=", 1) for one in given)

    assert (tool, verb, option) == ("sam", "deploy", "--parameter-overrides")
    assert set(values) == {name for name in TEMPLATE["Parameters"] if "Zendesk" in name}
    assert values["ZendeskSecret"] == COMMANDS[0][COMMANDS[0].index("--name") + 1]
    assert ZendeskApi(values["ZendeskUrl"], lambda: read_account(SECRET))


def test_the_address_on_the_page_is_one_that_the_stack_answers() -> None:
    events = TEMPLATE["Resources"]["IntakeFunction"]["Properties"]["Events"]
    [path] = {url.split(">", 1)[1] for url in re.findall(r"https://<your API>\S+?(?=`)", PAGE)}
    assert path == events["Webhook"]["Properties"]["Path"].replace("{helpdesk}", "zendesk")


def test_the_groups_on_the_page_are_the_queues_of_the_policy() -> None:
    [line] = [line for line in PAGE.splitlines() if "Make these:" in line]
    policy = a_policy()
    queues = {intent.queue for intent in policy.intents.values()} | {"support"}
    queues |= {queue for trigger in policy.triggers.values() if (queue := trigger.queue)}

    assert set(re.findall(r"`(\w+)`", line)) == queues


@pytest.mark.parametrize(("words", "limit"), [("seven", "timeout_s"), ("three", "patience_s")])
def test_the_limits_on_the_page_are_those_of_the_adapter(words: str, limit: str) -> None:
    defaults: dict[str, Any] = ZendeskApi.__init__.__kwdefaults__
    assert f"{words} seconds" in PAGE
    assert defaults[limit] == {"three": 3.0, "seven": 7.0}[words]


def test_the_ways_in_that_count_are_those_on_the_page() -> None:
    assert {"web", "native_messaging"} == SIGNED_IN
    assert "by the help centre's form or by messaging" in PAGE
