"""The words of every ask that stay the same from turn to turn, layer by layer.

They are told of everything that the desk has, so that they are the same whoever asks for whatever:
only then can a cache keep them. What holds for one turn alone stands in its message.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from string import Template

from deskhand.adapters.models.claude.answers import ANSWERS
from deskhand.adapters.models.claude.tool_words import told
from deskhand.domain.policy import Intent, Policy
from deskhand.domain.tool import ToolSpec

PROMPTS = Path(__file__).resolve().parents[3] / "prompts"
EXAMPLES_TO_READ_BY = 6
EXAMPLES_TO_WRITE_BY = 1
STANDS_ON = {"fact": "records", "passage": "articles"}


@lru_cache(maxsize=32)
def prompt(name: str) -> str:
    """The words of one file of `prompts/`, without its last line break."""
    return (PROMPTS / f"{name}.md").read_text(encoding="utf-8").strip()


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Which prompts and shapes of answers these are: another one changes it."""
    words = [f"{path.name}\n{path.read_text('utf-8')}" for path in sorted(PROMPTS.glob("*.md"))]
    shapes = [json.dumps(answer.model_json_schema(), sort_keys=True) for answer in ANSWERS]
    return hashlib.sha256("\0".join([*words, *shapes]).encode()).hexdigest()[:8]


def signed(model: str) -> str:
    """Who wrote something: the model, and by which prompts."""
    return f"{model} (prompts {fingerprint()})"


def to_classify(intents: Iterable[Intent]) -> tuple[str, ...]:
    """System rules, the task, and all intents with examples from the policy."""
    listed = "\n".join(_to_read_by(intent) for intent in intents)
    return (prompt("rules"), prompt("classify"), _filled("intents", intents=listed))


def to_draft(policy: Policy, tools: Sequence[ToolSpec]) -> tuple[str, ...]:
    """System rules, the task, all tools, manners, and what the desk handles."""
    replies = policy.replies
    forbidden = ", ".join(f"“{phrase}”" for phrase in replies.forbidden_promises)
    handled = "\n".join(_to_write_by(intent) for intent in policy.intents.values() if intent.ours)
    return (
        prompt("rules"),
        prompt("draft"),
        _filled("tools", tools="\n\n".join(map(told, tools))),
        _filled("style", max_words=replies.max_words, forbidden=forbidden or "empty phrases"),
        _filled("policy", intents=handled),
    )


def to_judge() -> tuple[str, ...]:
    """System rules and the task."""
    return (prompt("rules"), prompt("judge"))


def _to_read_by(intent: Intent) -> str:
    ours = "" if intent.ours else " (not ours: name no intent for it)"
    examples = " | ".join(_spread(intent.examples, EXAMPLES_TO_READ_BY))
    return f"{intent.name}{ours}: {intent.description}\n  {examples}"


def _to_write_by(intent: Intent) -> str:
    examples = " | ".join(_spread(intent.examples, EXAMPLES_TO_WRITE_BY))
    sources = [STANDS_ON[kind] for kind in intent.evidence]
    answered = f"; answered from {' and '.join(sources)}" if sources else ""
    tools = f"; tools: {', '.join(intent.actions)}" if intent.actions else ""
    return f"{intent.name}: {intent.description}{answered}{tools}\n  {examples}"


def _spread(examples: Sequence[str], count: int) -> list[str]:
    """So many of the examples, from all over the list, each in one line."""
    count = min(count, len(examples))
    return [" ".join(examples[place * len(examples) // count].split()) for place in range(count)]


def _filled(name: str, **values: object) -> str:
    return Template(prompt(name)).substitute(values)
