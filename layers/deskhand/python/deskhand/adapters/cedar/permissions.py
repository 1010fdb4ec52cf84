"""The permission layer, in Cedar: what may be done to whom, by rules that name their reasons."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Self

from deskhand.adapters.cedar.rules import Rules, read_rules
from deskhand.adapters.cedar.text import POLICIES, SCHEMA
from deskhand.domain.permission import LIFTS, Answer, Permission, PermissionRequest, Reason, Rung
from deskhand.errors import Rejected

Said = dict[str, bool]

NOTHING_MORE: Said = {}
RUNGS: tuple[tuple[Answer, Said], ...] = (
    ("now", NOTHING_MORE),
    *(
        (answer, dict.fromkeys(list(LIFTS.values())[:place], True))
        for place, answer in enumerate(LIFTS, 1)
    ),
)
"""What could lift a refusal, in the order in which it is tried."""


class CedarPermissions:
    """Answers from Cedar rules: default deny, a forbid beats a permit, a rule that errs denies."""

    def __init__(self, policies: str, schema: str) -> None:
        import cedarpy  # only where somebody asks: it costs a tenth of the gate's start

        self._cedar = cedarpy
        self.rules: Rules = read_rules(policies, schema)
        """All rules as they were read."""
        self._reasons_of = {rule.id: rule.reason for rule in self.rules.forbids}

    @classmethod
    def read(cls, folder: Path) -> Self:
        """The permissions in a policies folder. `Rejected`: what is wrong with them, and where."""
        return cls(_text(folder / POLICIES), _text(folder / SCHEMA))

    @property
    def actions(self) -> frozenset[str]:
        """The actions that some rule permits; no other is ever done."""
        return self.rules.permitted

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all limits, in the order of the file."""
        return tuple(rule.reason.code for rule in self.rules.forbids)

    def ask(self, request: PermissionRequest) -> Permission:
        """Whether this may be done as things stand, and otherwise what lifts that."""
        [now] = self._evaluate(request, [NOTHING_MORE])  # most are allowed: no further rung is read
        if now.allowed and not now.diagnostics.errors:
            return Permission(answer="now")
        rungs = tuple(_further(request))
        results = [now, *self._evaluate(request, [said for _, said in rungs])]
        if errors := [error for result in results for error in result.diagnostics.errors]:
            return Permission(answer="denied", reasons=(_not_applied(errors[0]),))
        for (answer, _), result in zip(rungs, results[1:], strict=True):
            if result.allowed:
                return Permission(answer=answer, reasons=tuple(self._reasons(now)))
        return Permission(answer="denied", reasons=tuple(self._reasons(results[-1])))

    def ladder(self, request: PermissionRequest) -> tuple[Rung, ...]:
        """What the rules say on every rung, for people who wonder about an answer."""
        results = self._evaluate(request, [said for _, said in RUNGS])
        return tuple(
            Rung(
                answer=answer,
                allowed=result.allowed and not result.diagnostics.errors,
                reasons=(
                    *(_not_applied(error) for error in result.diagnostics.errors[:1]),
                    *(() if result.diagnostics.errors else self._reasons(result)),
                ),
            )
            for (answer, _), result in zip(RUNGS, results, strict=True)
        )

    def _evaluate(self, request: PermissionRequest, rungs: Sequence[Said]) -> list[Any]:
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
            for said in rungs
        ]
        results: list[Any] = self._cedar.is_authorized_batch(
            questions, self.rules.policies, entities, self.rules.schema
        )
        return results

    def _reasons(self, result: Any) -> Iterator[Reason]:
        """The rules that forbade, in the order of the file; without one, that none allows it."""
        if result.allowed:
            return
        forbade = set(result.diagnostics.reasons)
        named = [reason for rule, reason in self._reasons_of.items() if rule in forbade]
        yield from named or [Reason(code="NO_RULE", words="No rule allows this.")]


def _further(request: PermissionRequest) -> Iterator[tuple[Answer, Said]]:
    """The rungs that add anything to what is true already, and the last: it names the reasons."""
    for answer, said in RUNGS[1:]:
        lifted = LIFTS[answer]
        if request.context.get(lifted) is not True or answer == RUNGS[-1][0]:
            yield answer, said


def _not_applied(error: str) -> Reason:
    return Reason(code="POLICY_ERROR", words=f"The rules could not be applied: {error}.")


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise Rejected(f"{file.name}, line {line}: this is not text in UTF-8.") from error
    except OSError as error:
        raise Rejected(f"{file.name}: it cannot be read ({error.strerror}).") from error
