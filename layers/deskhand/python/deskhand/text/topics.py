"""Puts a customer's words beside the articles' own name for what they want."""

from deskhand.domain.policy import Intent


def in_our_words(said: str, intent: Intent) -> str:
    """What is asked, led by the intent's topic: "Exchanging something: jacket too tight" finds the
    article on exchanges, which the customer's words alone are far from."""
    return f"{intent.topic}: {said}" if intent.topic else said
