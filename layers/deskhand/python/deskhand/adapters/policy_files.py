"""Reads the policy files, and refuses every mistake in them by file and line."""

import re
import string
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import get_args

from deskhand.adapters.macro_file import read_macros
from deskhand.adapters.model_files import read_models
from deskhand.adapters.sureness_file import read_sureness
from deskhand.adapters.toml_file import NounT, TomlFile, near
from deskhand.domain.policy import (
    ANY_OTHER_ACTION,
    TRIGGERS,
    TRIGGERS_BY_COUNT,
    TRIGGERS_BY_WORDS,
    Intent,
    Policy,
    Replies,
    Trigger,
)
from deskhand.domain.stop import Sign, StopRule
from deskhand.errors import Rejected

INTENTS, STOPS = "intents.toml", "stops.toml"
PLACEHOLDERS = {
    "confirm": {"action"},
    "denied": {"why"},
    "withdrawn": {"what"},
    "verify_by_code": {"minutes"},
    "code_wrong": {"tries"},
    "code_letter": {"code", "minutes"},
}
"""What a text of `replies.toml` is filled with; the other texts are said as they stand."""
TEXTS = (
    "introduction",
    "signature",
    "apology",
    "offer_person",
    "verify",
    "confirm",
    "denied",
    "handed_over",
    "withdrawn",
)
CODE_TEXTS = (
    "verify_by_code",
    "code_open",
    "code_wrong",
    "code_expired",
    "code_letter_subject",
    "code_letter",
)
"""Together or not at all: without them no one-time codes are sent."""

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_CODE = re.compile(r"[A-Z][A-Z0-9_]*")


def read_policy(folder: Path) -> Policy:
    """The policy in a folder. `Rejected`: every mistake in its files, one a line."""
    files = [
        TomlFile.read(folder / f"{name}.toml")
        for name in ("intents", "replies", "escalation", "stops")
    ]
    intents, replies, escalation, stops = files
    manners = None if replies.mistakes else replies.noun(Replies, replies.tables)
    triggers = _tables(escalation, Trigger)
    wishes = _tables(intents, Intent)
    held = _stops(stops)
    macros, macro_file = read_macros(folder)
    models, of_models = read_models(folder)
    sureness, of_sureness = read_sureness(folder)
    if manners:
        _check_texts(replies, manners)
    if intents.tables:
        _check_names(intents)
        _check_triggers(escalation, triggers, intents.tables)
    mistakes = [line for file in (*files, macro_file) for line in file.mistakes]
    mistakes += [*of_models, *of_sureness]
    if mistakes or manners is None:
        raise Rejected("\n".join(mistakes))
    return Policy(
        intents=wishes,
        replies=manners,
        triggers=triggers,
        models=models,
        stops=held,
        macros=macros,
        sureness=sureness,
    )


def check_policy(
    policy: Policy,
    lookups: Collection[str],
    actions: Collection[str],
    categories: Collection[str],
    folder: Path | None = None,
) -> tuple[str, ...]:
    """What in a valid policy does not fit the tools and the articles that there are, one sentence
    each; with the folder that it was read from, by line."""
    file = TomlFile.read(folder / INTENTS) if folder else TomlFile(INTENTS)
    known = {"lookups": lookups, "actions": actions, "knowledge": categories}
    for intent in policy.intents.values():
        for key, names in known.items():
            for place, name in enumerate(getattr(intent, key)):
                if name not in names:
                    kind = {"lookups": "lookup", "actions": "action"}.get(key, "category")
                    words = f'[{intent.name}] names the {kind} "{name}", which there is not'
                    file.wrong(f"{words}; {near(name, names)}", intent.name, key, place)
        for words, key in _contradictions(intent):
            file.wrong(f"[{intent.name}] {words}.", intent.name, key)
    _check_examples(file, policy.intents)
    return (*file.mistakes, *_strange_stops(policy, actions, folder))


def _strange_stops(
    policy: Policy, actions: Collection[str], folder: Path | None
) -> tuple[str, ...]:
    file = TomlFile.read(folder / STOPS) if folder else TomlFile(STOPS)
    for name in policy.stops:
        if name not in actions and name != ANY_OTHER_ACTION:
            known = (*actions, ANY_OTHER_ACTION)
            file.wrong(f'there is no action "{name}"; {near(name, known)}', name)
    return tuple(file.mistakes)


def _tables(file: TomlFile, kind: type[NounT]) -> dict[str, NounT]:
    built: dict[str, NounT] = {}
    for name, table in file.named().items():
        known = {"name": name} if "name" in kind.model_fields else {}
        if noun := file.noun(kind, table, name, **known):
            built[name] = noun
    return built


def _stops(file: TomlFile) -> dict[str, dict[Sign, StopRule]]:
    """The rules of the anomaly stop, which stand in tables such as [refund_order.done]."""
    read: dict[str, dict[Sign, StopRule]] = {}
    signs = {str(sign): sign for sign in get_args(Sign)}
    for action, tables in file.named().items():
        for name, table in tables.items():
            if name not in signs:
                file.wrong(f'there is no sign "{name}"; {near(name, signs)}', action, name)
            elif not isinstance(table, dict):
                file.wrong(
                    f'"{name}" should be a table of its own: [{action}.{name}].', action, name
                )
            elif rule := file.noun(StopRule, table, action, name):
                read.setdefault(action, {})[signs[name]] = rule
    return read


def _check_names(file: TomlFile) -> None:
    for name in file.named():
        if not _NAME.fullmatch(name):
            file.wrong(f"[{name}] should be in small letters joined by _ .", name)


def _check_texts(file: TomlFile, replies: Replies) -> None:
    codes = any(getattr(replies, key).strip() for key in CODE_TEXTS)
    for key in TEXTS + (CODE_TEXTS if codes else ()):
        wanted = PLACEHOLDERS.get(key, set())
        try:
            found = {name for _, name, _, _ in string.Formatter().parse(getattr(replies, key))}
        except ValueError as error:
            file.wrong(f'"{key}" has a brace that does not close ({error}).', key)
            continue
        for name in sorted(wanted - found):
            file.wrong(f'"{key}" has to say where {{{name}}} goes.', key)
        for unasked in sorted(name for name in found if name is not None and name not in wanted):
            file.wrong(f'"{key}" has {{{unasked}}}, which nobody fills in.', key)
        if not getattr(replies, key).strip():
            file.wrong(f'"{key}" is empty.', key)


def _check_triggers(
    file: TomlFile, triggers: Mapping[str, Trigger], intents: Collection[str]
) -> None:
    codes: dict[str, str] = {}
    for name in file.named():
        if name not in TRIGGERS:
            file.wrong(f'there is no trigger "{name}"; {near(name, TRIGGERS)}', name)
    for name, trigger in triggers.items():
        for words, key in _trigger_mistakes(name, trigger):
            file.wrong(f"[{name}] {words}.", name, key)
        if (other := codes.setdefault(trigger.code, name)) != name:
            file.wrong(f'"{trigger.code}" is the code of [{other}] already.', name, "code")
        for place, intent in enumerate(trigger.intents):
            if intent not in intents:
                hint = near(intent, intents)
                file.wrong(f'there is no intent "{intent}"; {hint}', name, "intents", place)
    if file.tables and "wish_for_a_person" not in file.tables:
        file.wrong("[wish_for_a_person] is missing: who asks for a person always gets one.")


def _trigger_mistakes(name: str, trigger: Trigger) -> Iterator[tuple[str, str]]:
    if not _CODE.fullmatch(trigger.code):
        yield f'has the code "{trigger.code}", which should be in CAPITALS joined by _ ', "code"
    if name in TRIGGERS_BY_WORDS and not trigger.terms:
        yield 'never fires without "terms"', "terms"
    if name not in TRIGGERS_BY_WORDS and (trigger.terms or trigger.not_terms):
        yield 'does not look for words, so "terms" change nothing', "terms"
    if name in TRIGGERS_BY_COUNT and (trigger.limit is None or trigger.limit < 1):
        yield 'needs a "limit" of 1 or more', "limit"
    if name not in TRIGGERS_BY_COUNT and trigger.limit is not None:
        yield 'counts nothing, so "limit" changes nothing', "limit"


def _contradictions(intent: Intent) -> Iterator[tuple[str, str]]:
    if intent.actions and not intent.verified and "passage" not in intent.evidence:
        yield "allows actions, so it needs verified = true", "actions"
    if "fact" in intent.evidence and not intent.lookups:
        yield "has to stand on a fact, so it needs a lookup that finds one", "evidence"
    if "fact" in intent.evidence and not intent.verified:
        yield "has to stand on a fact of an account, so it needs verified = true", "evidence"


def _check_examples(file: TomlFile, intents: Mapping[str, Intent]) -> None:
    """The same words cannot teach two wishes."""
    seen: dict[str, str] = {}
    for intent in intents.values():
        for place, example in enumerate(intent.examples):
            other = seen.setdefault(" ".join(example.lower().split()), intent.name)
            if other != intent.name:
                words = f'[{intent.name}] has the example "{example}", which [{other}] has too.'
                file.wrong(words, intent.name, "examples", place)
