"""The findings of the lint as SARIF 2.1.0, which code hosts show beside the lines of a change."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from deskhand.domain.finding import Finding, Place, Rule
from deskhand.text.lint.catalogue import RULES

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_FINGERPRINT = "deskhandLint/v1"
_INDEX = {rule.code: index for index, rule in enumerate(RULES)}


def sarif(findings: Sequence[Finding], folder: Path) -> dict[str, Any]:
    """One run; files are named from where the command runs, if they lie below it."""
    prefix = _prefix(folder)
    driver = {"name": "deskhand kb lint", "rules": [_rule(rule) for rule in RULES]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, prefix) for finding in findings],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.code.split("_")),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": f"{rule.title}. {rule.why}"},
        "help": {
            "text": f"{rule.why} What to do: {rule.cure}.",
            "markdown": f"{rule.why}\n\n**What to do:** {rule.cure}.",
        },
        "defaultConfiguration": {"level": rule.severity},
    }


def _result(finding: Finding, prefix: str) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": _INDEX[finding.code],
        "level": finding.severity,
        "message": {"text": f"{finding.words}. What to do: {finding.cure}."},
        "locations": [_location(finding.place, prefix)],
        "partialFingerprints": {_FINGERPRINT: finding.fingerprint},
    }
    if finding.also:
        result["relatedLocations"] = [
            _location(place, prefix) | {"id": number, "message": {"text": "the other side of it"}}
            for number, place in enumerate(finding.also, start=1)
        ]
    if finding.accepted:
        result["suppressions"] = [{"kind": "external", "justification": finding.accepted}]
    return result


def _location(place: Place, prefix: str) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(prefix + place.file)},
            "region": {"startLine": place.line},
        }
    }


def _prefix(folder: Path) -> str:
    here, there = Path.cwd().resolve(), folder.resolve()
    if not there.is_relative_to(here) or there == here:
        return ""
    return f"{there.relative_to(here).as_posix()}/"
