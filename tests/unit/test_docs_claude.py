"""The page about Claude tells the truth: its commands, its table of faults, its numbers."""

import re
import shlex

from deskhand.adapters.models.claude.calls import HINTS
from deskhand.adapters.models.claude.known_models import CACHED_FOR, KNOWN
from deskhand.adapters.models.claude.layers import to_judge
from deskhand.text.tokens import estimated_tokens
from scripts.local_stack import template as sam
from tests.builders import ROOT, a_policy
from tests.flow.claude_desk import FAULTS

PAGE = (ROOT / "docs" / "claude.md").read_text(encoding="utf-8")
TEMPLATE = sam.read(ROOT / "template.yaml")
COMMANDS = [
    shlex.split(line)
    for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
    for line in block.splitlines()
]


def test_the_parameters_on_the_page_are_the_stack_s() -> None:
    given = [
        dict(word.split("=", 1) for word in command[3:])
        for command in COMMANDS
        if command[:2] == ["sam", "deploy"]
    ]
    known = TEMPLATE["Parameters"]
    assert given == [
        {"LanguageModel": "claude", "AnthropicSecret": "deskhand-anthropic"},
        {"LanguageModel": "bedrock"},
    ]
    for values in given:
        assert set(values) <= set(known)
        assert values["LanguageModel"] in known["LanguageModel"]["AllowedValues"]
    (made,) = [command for command in COMMANDS if command[0] == "aws"]
    assert made[made.index("--name") + 1] == given[0]["AnthropicSecret"]


def test_every_status_that_has_a_hint_stands_on_the_page() -> None:
    for status in HINTS:
        assert f"`refused with {status}`" in PAGE


def test_the_numbers_of_the_page_are_those_of_the_files() -> None:
    tasks = a_policy().models.tasks
    assert f"{tasks['classify'].timeout_s:g} s to read" in PAGE
    assert f"{tasks['draft'].timeout_s:g} s to write" in PAGE
    assert f"plays {len(FAULTS)} faults" in PAGE
    assert CACHED_FOR == "1h"
    (least,) = {model.min_cached_tokens for model in KNOWN.values()}
    assert f"keep {least} tokens and more" in PAGE
    assert least < sum(map(estimated_tokens, to_judge()))
