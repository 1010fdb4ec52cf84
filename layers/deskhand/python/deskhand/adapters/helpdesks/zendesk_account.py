"""The one secret that connects Zendesk: who we are there, and how its webhooks are signed."""

from pydantic import ConfigDict, Field, ValidationError

from deskhand.domain.noun import Noun
from deskhand.errors import Rejected
from deskhand.text.deliveries import in_plain_words


class ZendeskAccount(Noun):
    """What the secret holds."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    agent: str = Field(min_length=3, pattern="@")
    """The address of the agent that the API token acts as."""
    api_token: str = Field(min_length=1)
    signing_secret: str = ""
    """The webhook's signing secret; two with a space between them while it is changed."""


def read_account(text: str) -> ZendeskAccount:
    """The account in the secret's text. `Rejected`: what is wrong with it, and no part of it."""
    try:
        return ZendeskAccount.model_validate_json(text)
    except ValidationError as error:
        wanted = "a JSON object with agent, api_token and signing_secret"
        raise Rejected(
            f"the secret of Zendesk is to be {wanted}; {in_plain_words(error)}"
        ) from None
