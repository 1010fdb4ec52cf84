"""A policy in small, to be written somewhere and bent until it breaks."""

from pathlib import Path

import pytest

from deskhand.adapters.policy_files import TEXTS, read_policy
from deskhand.errors import Rejected

INTENTS = """\
# What customers want.
[refund_request]
description = "My money back"
examples = [
  "refund me",
  "money back please",  # with a comment, and a ] in it
  "i want a refund", "give me the money back",
  "can I get a refund",
]
resolved_when = "the refund was read back"
lookups = ["find_order"]
actions = ["refund_order"]
evidence = ["fact"]
verified = true
confidence = 0.85

[thanks]
description = "Nothing is asked"
examples = ["thx", "thanks", "cheers", "bye", "thank you"]
resolved_when = "nothing was asked"
replies = false
"""
ESCALATION = """\
[wish_for_a_person]
code = "WISH_FOR_A_PERSON"
words = "asks for a person"
priority = "urgent"
terms = ["human"]

[angry_twice]
code = "ANGRY_TWICE"
words = "angry twice"
priority = "high"
limit = 2
intents = ["refund_request"]
"""
PRICES = """\
checked = 2026-11-21

[claude-haiku-5-5]
input_microusd = 100
output_microusd = 500
"""
MODELS = """\
[draft]
model = "claude-haiku-5-5"
max_tokens = 2000
timeout_s = 30.0

[budget]
day_microusd = 1000
"""
STOPS = "[refund_order.done]\nat_least = 20\ntimes_usual = 4.0\n"
REPLIES = "".join(
    {
        "confirm": 'confirm = "Shall I do {action}?"\n',
        "denied": 'denied = "No. {why}"\n',
        "withdrawn": 'withdrawn = "Taken back: {what}."\n',
    }.get(key, f'{key} = "Some words."\n')
    for key in TEXTS
)


def write_policy(folder: Path) -> Path:
    """The folder with the small policy in it."""
    for name, text in {
        "intents": INTENTS,
        "escalation": ESCALATION,
        "prices": PRICES,
        "models": MODELS,
        "stops": STOPS,
        "replies": REPLIES,
    }.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def bend(folder: Path, name: str, old: str, new: str) -> None:
    """Puts other words in place of some, once."""
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def mistakes(folder: Path) -> list[str]:
    """Why the policy is refused, line by line."""
    with pytest.raises(Rejected) as refused:
        read_policy(folder)
    return str(refused.value).splitlines()
