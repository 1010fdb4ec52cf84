"""The permission layer: deterministic, default deny."""

from typing import Protocol

from deskhand.domain.permission import Permission, PermissionRequest


class Permissions(Protocol):
    """Says what may be done, by rules that name their reasons."""

    def ask(self, request: PermissionRequest) -> Permission:
        """Whether this may be done as things stand, and otherwise the first of verified, shown,
        confirmed, approved that lifts it, each with those before it.
        A rule that errs denies, with its own code."""
        ...
