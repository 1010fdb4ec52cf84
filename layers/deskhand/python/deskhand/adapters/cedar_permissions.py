"""The permission layer, in Cedar: what may be done to whom, by rules that name their reasons."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

from deskhand.adapters.cedar_rules import POLICIES, SCHEMA, read_rules
from deskhand.domain.permission import Answer, Permission, PermissionRequest, Reason
from deskhand.errors import Rejected

RUNGS: tuple[tuple[Answer, dict[str, bool]], ...] = (
    ("now", {}),
    ("if_verified", {"verified": True}),
    ("if_shown", {"verified": True, "shown": True}),
    ("if_confirmed", {"verified": True, "shown": True, "confirmed": True}),
    ("if_approved", {"verified": True, "shown": True, "confirmed": True, "approved": True}),
)
"""What could lift a refusal, in the order in which it is tried."""


class CedarPermissions:
    """Answers from Cedar rules: default deny, a forbid beats a permit, a rule that errs denies."""

    def __init__(self, policies: str, schema: str) -> None:
        import cedarpy  # only where somebody asks: it costs a tenth of the gate's start

        self._cedar = cedarpy
        self._rules = read_rules(policies, schema)

    @classmethod
    def read(cls, folder: Path) -> Self:
        """The permissions in a policies folder. `Rejected`: what is wrong with them, and where."""
        return cls(_text(folder / POLICIES), _text(folder / SCHEMA))

    @property
    def actions(self) -> frozenset[str]:
        """The actions that some rule permits; no other is ever done."""
        return self._rules.permitted

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all limits, in the order of the file."""
        return tuple(reason.code for reason in self._rules.reasons.values())

    def ask(self, request: PermissionRequest) -> Permission:
        """Whether this may be done as things stand, and otherwise what lifts that."""
        results = self._evaluate(request)
        if errors := [error for result in results for error in result.diagnostics.errors]:
            words = f"The rules could not be applied: {errors[0]}."
            return Permission(answer="denied", reasons=(Reason(code="POLICY_ERROR", words=words),))
        for (answer, _), result in zip(RUNGS, results, strict=True):
            if result.allowed:
                return Permission(answer=answer, reasons=tuple(self._reasons(results[0])))
        return Permission(answer="denied", reasons=tuple(self._reasons(results[-1])))

    def _evaluate(self, request: PermissionRequest) -> list[Any]:
        principal = {"type": "Customer", "id": request.customer_id}
        resource = {"type": request.resource_kind, "id": request.resource_id}
        action = {"type": "Action", "id": request.action}
        entities = [
            {"uid": principal, "attrs": request.customer, "parents": []},
            {"uid": resource, "attrs": request.resource, "parents": []},
        ]
        questions = [
            {
                "principal": principal,
                "action": action,
                "resource": resource,
                "context": request.context | said,
            }
            for _, said in RUNGS
        ]
        results: list[Any] = self._cedar.is_authorized_batch(
            questions, self._rules.policies, entities, self._rules.schema
        )
        return results

    def _reasons(self, result: Any) -> Iterator[Reason]:
        """The rules that forbade, in the order of the file; without one, that none allows it."""
        if result.allowed:
            return
        forbade = set(result.diagnostics.reasons)
        named = [reason for rule, reason in self._rules.reasons.items() if rule in forbade]
        yield from named or [Reason(code="NO_RULE", words="No rule allows this.")]


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise Rejected(f"{file.name}: it cannot be read ({error.strerror}).") from error
