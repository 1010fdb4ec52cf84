"""A brain for the stand-in that follows plain rules: it reads by words and writes by copying.

It knows what a request says and nothing else: the schema tells it what is asked, the mark of the
message where each text begins and ends.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from deskhand.text.sentences import sentences
from tests.claude.rules import blocks_of

MARK = re.compile(r"\AThe mark of this message is ([A-Z2-7]{8})\.")
ALLOWED = re.compile(r"^Allowed tools: ([a-z_, ]+)\.$", re.MULTILINE)
WORD = re.compile(r"[a-z]{4,}")
TITLES = {"Reading": "classify", "Written": "draft", "Judgement": "judge"}


@dataclass(frozen=True)
class Told:
    """What a request says: the task, and the texts between its tags by their names."""

    task: str
    whole: str
    texts: dict[str, str]
    tools: tuple[str, ...]


def told_in(body: dict[str, Any]) -> Told:
    """A request as somebody reads it who minds the mark."""
    whole = "\n".join(block.get("text", "") for block in blocks_of(body["messages"][0]["content"]))
    found = MARK.search(whole)
    assert found, "a message without its mark"
    between = rf"<([\w-]+) {found[1]}>\n(.*?)\n</\1 {found[1]}>"
    texts: dict[str, str] = {}
    for name, text in re.findall(between, whole, re.DOTALL):
        texts[name] = f"{texts[name]}\n{text}" if name in texts else text
    allowed = ALLOWED.search(whole)
    tools = tuple(allowed[1].split(", ")) if allowed else ()
    return Told(_task_of(body), whole, texts, tools)


def _task_of(body: dict[str, Any]) -> str:
    shape = (body.get("output_config") or {}).get("format")
    if shape:
        return TITLES[shape["schema"]["title"]]
    words = blocks_of(body["system"])[-1]["text"]
    return next(task for title, task in TITLES.items() if f'"title":"{title}"' in words)


class RuleBrain:
    """Names the intents whose words the customer uses, and copies the sentences that share words
    with the question; refunds where it may and is asked to."""

    def __init__(self, words: Mapping[str, str]) -> None:
        """`words` by intent: what it is recognised by."""
        self._words = words

    def __call__(self, body: dict[str, Any]) -> object:
        told = told_in(body)
        return getattr(self, told.task)(told)

    def classify(self, told: Told) -> object:
        said = told.texts["customer"].lower()
        named = [intent for intent, word in self._words.items() if word in said]
        wishes = [
            {"intent": intent, "confidence": 0.9 - place / 10, "part": ""}
            for place, intent in enumerate(named)
        ]
        return {
            "intents": wishes,
            "question": told.texts["customer"].replace("\n", " "),
            "language": "en",
            "sentiment": "neutral",
            "urgency": "normal",
            "wants_person": False,
        }

    def draft(self, told: Told) -> object:
        question = told.texts.get("question") or told.texts["customer"]
        wanted = set(WORD.findall(question.lower()))
        claims = [
            {"text": sentence, "supports": [name], "quotes": [sentence]}
            for name, text in told.texts.items()
            if re.fullmatch(r"P\d+", name)
            for sentence in sentences(text.partition("\n")[2])
            if len(wanted & set(WORD.findall(sentence.lower()))) >= 2
        ]
        actions = list(_refund(told)) if "refund" in question.lower() else []
        return {
            "claims": [] if actions else claims[:3],
            "actions": actions,
            "question": "",
            "missing": "" if claims or actions else "what was asked",
            "confidence": 0.9 if claims or actions else 0.2,
        }

    def judge(self, _: Told) -> object:
        return {"doubts": []}


def _refund(told: Told) -> list[dict[str, str]]:
    record = re.search(r'"order_id":"([^"]+)"', told.texts.get("F1", ""))
    if "refund_order" not in told.tools or not record:
        return []
    arguments = f'{{"order_id": "{record[1]}", "amount_cents": 1000}}'
    return [{"tool": "refund_order", "arguments": arguments}]
