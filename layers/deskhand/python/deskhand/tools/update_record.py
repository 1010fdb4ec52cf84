"""Changes the name or the phone number of an account."""

from typing import ClassVar, Self

from pydantic import Field, JsonValue, model_validator

from deskhand.domain.evidence import Facts
from deskhand.domain.records import CustomerScope
from deskhand.ports import Connectors
from deskhand.tools.account_action import AccountAction
from deskhand.tools.facts.account import ACCOUNT
from deskhand.tools.facts.order import changed
from deskhand.tools.plain import Name, Phone


class UpdateRecord(AccountAction):
    """Change the name, the phone number or both on the customer's own account; what is left empty
    stays as it is. The e-mail address cannot be changed: it is how the customer is known."""

    tool_name: ClassVar[str] = "update_record"
    made_kind: ClassVar[str] = "update"
    telling: ClassVar[tuple[str, ...]] = (
        "phone number",
        "telephone number",
        "my number",
        "my name",
        "surname",
    )

    name: Name = Field(default="", description="The new name, exactly as the customer writes it.")
    phone: Phone = Field(default="", description="The new phone number, as the customer writes it.")

    @model_validator(mode="after")
    def _names_something(self) -> Self:
        if not self.changes:
            raise ValueError("say what is to be changed: the name, the phone number or both")
        return self

    @property
    def changes(self) -> dict[str, str]:
        """The fields that are to be changed, with what they are to be."""
        return {field: value for field, value in self.model_dump().items() if value}

    def in_words(self, facts: Facts) -> str:
        """The changes as people are asked about them; what somebody typed stands in quotes."""
        names = {"name": "the name", "phone": "the phone number"}
        listed = [f'{names[field]} to "{value}"' for field, value in self.changes.items()]
        return f"a change on the account: {' and '.join(listed)}"

    def context(self, facts: Facts) -> dict[str, JsonValue]:
        """How many fields will be other than they are."""
        account = self.thing(facts).attributes
        different = [field for field, value in self.changes.items() if account[field] != value]
        return {"changes": len(different)}

    def after(self, facts: Facts) -> Facts:
        """The account has these fields."""
        return changed(facts, ACCOUNT, **self.changes)

    def perform(self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str) -> str:
        """Has the account's system change them."""
        return connectors.customers.update(scope, self.changes, idempotency_key=idempotency_key)

    def read_back(
        self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str
    ) -> str | None:
        """The change's id, if the account's system shows one to exactly these values and of
        nothing else."""
        return self.proven(scope, connectors, idempotency_key, name=self.name, phone=self.phone)

    def done_in_words(self, facts: Facts, reference: str) -> str:
        """What the customer is told once the record shows it."""
        names = {"name": "the name", "phone": "the phone number"}
        listed = " and ".join(names[field] for field in self.changes)
        verb = "have" if len(self.changes) > 1 else "has"
        said = f"{listed[:1].upper()}{listed[1:]} of your account {verb} been changed"
        return f"{said} (reference {reference})."
