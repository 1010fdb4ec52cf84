"""The clock, and what the policy files say."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from deskhand.wiring.environment import port, setting

if TYPE_CHECKING:
    from deskhand.domain.policy import Policy
    from deskhand.ports import Clock, Permissions


@port
def clock() -> "Clock":
    """The time in UTC."""
    return lambda: datetime.now(UTC)


@port
def policy() -> "Policy":
    """All policy files, read once."""
    from deskhand.adapters.policy_files import read_policy

    return read_policy(Path(setting("DESKHAND_POLICIES_DIR")))


@port
def permissions() -> "Permissions":
    """The permission layer."""
    from deskhand.adapters.cedar.permissions import CedarPermissions

    return CedarPermissions.read(Path(setting("DESKHAND_POLICIES_DIR")))
