"""Speaks HTTP with Intercom: who asks, and what its refusals mean."""

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from pydantic import ConfigDict, Field, ValidationError

from deskhand.adapters.json_api import AnswerT, JsonApi
from deskhand.domain.noun import Noun
from deskhand.errors import Rejected, Unavailable
from deskhand.ports import Clock
from deskhand.text.deliveries import in_plain_words

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

VERSION = "2.16"


class IntercomAccount(Noun):
    """What the secret of Intercom holds."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    access_token: str = Field(min_length=1, pattern=r"^[!-~]+$")


def read_account(text: str) -> IntercomAccount:
    """The account in the secret's text. `Rejected`: what is wrong with it, and no part of it."""
    try:
        return IntercomAccount.model_validate_json(text)
    except ValidationError as error:
        wanted = "a JSON object with access_token"
        raise Rejected(
            f"the secret of Intercom is to be {wanted}; {in_plain_words(error)}"
        ) from None


class IntercomApi(JsonApi):
    """Intercom's REST interface under the address of one region."""

    service = "Intercom"
    setting = "DESKHAND_INTERCOM_URL"

    def __init__(
        self,
        address: str,
        account: Callable[[], IntercomAccount],
        *,
        clock: Clock,
        timeout_s: float = 7.0,
        patience_s: float = 3.0,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        super().__init__(address, timeout_s=timeout_s, patience_s=patience_s, pause=pause)
        self._account = account
        self._clock = clock

    def get(self, shape: type[AnswerT], path: str, **query: str) -> AnswerT:
        """What is there. `Rejected`: nothing is, or we may not see it."""
        target = f"{path}?{urlencode(query)}" if query else path
        return self.asked(shape, "GET", target, named=path)

    def headers(self) -> Mapping[str, str]:
        """Who asks, and which version of the interface."""
        return {
            "authorization": f"Bearer {self._account().access_token}",
            "accept": "application/json",
            "intercom-version": VERSION,
        }

    def wait_s(self, answer: "BaseHTTPResponse") -> float:
        """How long Intercom asks to be left alone, or until when; for ever when it does not say."""
        until = answer.headers.get("x-ratelimit-reset", "")
        if until.isdigit() and not answer.headers.get("retry-after", "").isdigit():
            return max(float(until) - self._clock().timestamp(), 0.0)
        return super().wait_s(answer)

    def refusal(self, answer: "BaseHTTPResponse", path: str) -> Exception | None:
        """What is not there, or may not be asked (now)."""
        status = answer.status
        if status == 429:
            wait_s = self.wait_s(answer)
            return Unavailable(f"Intercom, which asks for a pause of {wait_s:g} seconds,")
        if status in (401, 403):
            return Rejected(
                f"Intercom does not let us in ({status}): look at the access token, and whether its"
                " app may read articles"
            )
        if status == 404:
            return Rejected(
                f"Intercom has nothing at {path}: look at DESKHAND_INTERCOM_URL, or take intercom"
                " out of the parameter HelpCentres"
            )
        return None
