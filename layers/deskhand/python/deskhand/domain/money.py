"""Money: whole cents and the currency that they are of."""

from typing import Annotated

from pydantic import StringConstraints

from deskhand.domain.noun import Noun

Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


class Money(Noun):
    """An amount in the smallest unit of one currency."""

    amount_cents: int
    currency: Currency

    @property
    def words(self) -> str:
        """The amount as a customer reads it: `42.00 EUR`."""
        return f"{self.amount_cents / 100:.2f} {self.currency}"
