"""Policies bent for one test."""

from typing import Any

from deskhand.domain.policy import Policy


def with_intent(policy: Policy, name: str, **bent: Any) -> Policy:
    """The policy with one intent bent."""
    intents = policy.intents | {name: policy.intents[name].model_copy(update=bent)}
    return policy.model_copy(update={"intents": intents})


def with_replies(policy: Policy, **bent: Any) -> Policy:
    """The policy with its manners bent."""
    return policy.model_copy(update={"replies": policy.replies.model_copy(update=bent)})
