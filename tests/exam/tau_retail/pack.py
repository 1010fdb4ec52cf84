"""The whole pack, joined: its tools, its connectors, and its policy."""

from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Self

from deskhand.adapters.cedar.permissions import CedarPermissions
from deskhand.adapters.policy_files import read_policy
from deskhand.domain.policy import Policy
from deskhand.ports import Connectors, Permissions
from deskhand.tools.registry import Tools
from tests.exam.tau_retail.identity import OneUserASession
from tests.exam.tau_retail.shop import Shop, ShopCustomers
from tests.exam.tau_retail.tools import TOOLS

POLICIES = Path(__file__).parent / "policies"
RULES = (POLICIES / "actions.cedar").read_text(encoding="utf-8")
SCHEMA = (POLICIES / "actions.cedarschema").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Pack:
    """What makes a Deskhand of the shop's."""

    tools: Tools
    policy: Policy
    permissions: Permissions
    rules: str
    """What the permissions were read from."""

    def with_rules(self, rules: str) -> Self:
        """The pack under other rules."""
        return replace(self, permissions=_permissions(rules), rules=rules)


def connect(shop: Shop) -> Connectors:
    """One session's connectors: who is asking is settled once for all of it."""
    customers: Any = ShopCustomers(shop)
    return Connectors(
        identity=OneUserASession(shop.database), customers=customers, custom={"shop": shop}
    )


@cache
def the_pack() -> Pack:
    """The pack as its files have it."""
    return Pack(TOOLS, read_policy(POLICIES), _permissions(RULES), RULES)


@lru_cache(maxsize=64)
def _permissions(rules: str) -> CedarPermissions:
    return CedarPermissions(rules, SCHEMA)
