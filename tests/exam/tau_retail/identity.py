"""Who is asking, as the shop takes it: an e-mail address, or a name and a postcode, is enough.

Deskhand's own identity never does that; this is the shop's policy, behind the same port.
"""

from deskhand.domain.records import CustomerScope
from deskhand.domain.ticket import Asker
from deskhand.errors import Rejected
from tests.exam.tau_retail.records import Database, Record

SECOND_USER = "SECOND_USER"


class OneUserASession:
    """The port `Identity` for one session: whoever is recognised first, and nobody else after."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._helped = ""

    def scope(self, asker: Asker) -> CustomerScope | None:
        """Whose records may be read. The name of an asker is `First Last, postcode`."""
        claimed = self._claimed(asker)
        if claimed is None:
            return None
        if self._helped and claimed != self._helped:
            raise Rejected(f"{SECOND_USER}: only one customer can be helped in one conversation")
        self._helped = claimed
        return CustomerScope(customer_id=claimed)

    def address_on_file(self, asker: Asker) -> str | None:
        """Nowhere: the shop sends no one-time codes."""
        return None

    def _claimed(self, asker: Asker) -> str | None:
        """The user whose e-mail address that is, else whose name and postcode."""
        email, name = asker.email.casefold(), asker.name.casefold()
        users = self._database.users.items()
        by_email = (id for id, user in users if email and user["email"].casefold() == email)
        by_name = (id for id, user in users if name and _name_and_postcode(user) == name)
        return next(by_email, None) or next(by_name, None)


def _name_and_postcode(user: Record) -> str:
    name = f"{user['name']['first_name']} {user['name']['last_name']}"
    return f"{name}, {user['address']['zip']}".casefold()
