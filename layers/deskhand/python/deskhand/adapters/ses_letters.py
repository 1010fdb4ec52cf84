"""Letters to customers by Amazon SES: one call each, never sent twice for a lost answer."""

from typing import Any

from deskhand.adapters.aws_errors import reached
from deskhand.errors import Rejected, Unavailable

UTF_8 = "UTF-8"


class SesLetters:
    """The port `Letters` over SES; the client must not try again by itself."""

    def __init__(self, client: Any, sender: str) -> None:
        self._client = client
        self._sender = sender

    def send(self, to: str, *, subject: str, text: str) -> None:
        """Sends it as plain text. What SES says of a refusal stays unsaid: it names the address."""
        try:
            with reached("the mail service"):
                self._client.send_email(
                    FromEmailAddress=self._sender,
                    Destination={"ToAddresses": [to]},
                    Content={
                        "Simple": {
                            "Subject": {"Data": subject, "Charset": UTF_8},
                            "Body": {"Text": {"Data": text, "Charset": UTF_8}},
                        }
                    },
                )
        except Unavailable:
            raise Unavailable("the mail service, or only its answer,") from None
        except Rejected:
            raise Rejected("the mail service did not take the letter") from None
