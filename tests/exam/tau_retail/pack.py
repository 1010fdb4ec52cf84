"""The whole pack, joined: its tools, its connectors, and its policy."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from deskhand.adapters.cedar_permissions import CedarPermissions
from deskhand.adapters.policy_files import read_policy
from deskhand.domain.policy import Policy
from deskhand.ports import Connectors, Permissions
from deskhand.tools.registry import Tools
from tests.exam.tau_retail.identity import OneUserASession
from tests.exam.tau_retail.shop import Shop
from tests.exam.tau_retail.tools import TOOLS

POLICIES = Path(__file__).parent / "policies"


@dataclass(frozen=True)
class Pack:
    """What makes a Deskhand of the shop's."""

    tools: Tools
    policy: Policy
    permissions: Permissions


def connect(shop: Shop) -> Connectors:
    """One session's connectors: who is asking is settled once for all of it."""
    return Connectors(
        identity=OneUserASession(shop.database), customers=shop, custom={"shop": shop}
    )


@cache
def the_pack() -> Pack:
    """The pack as its files have it."""
    return Pack(TOOLS, read_policy(POLICIES), CedarPermissions.read(POLICIES))
