"""The sample shop's customers: who they are, and what can be changed of their accounts."""

import secrets
import sqlite3
from collections.abc import Mapping

from deskhand.adapters.connectors.sample_shop_deeds import Asked, Done, ReadsBack
from deskhand.adapters.connectors.sample_shop_letters import write
from deskhand.adapters.connectors.sample_shop_purses import methods_of
from deskhand.domain.records import Address, Customer, CustomerScope
from deskhand.domain.ticket import Asker
from deskhand.errors import Rejected

_CHANGEABLE = ("name", "phone")


class SampleShopCustomers(ReadsBack):
    """The customers' system of record of the sample shop, which also knows who is asking."""

    def scope(self, asker: Asker) -> CustomerScope | None:
        """The customer with the asker's address, if the helpdesk has verified the asker."""
        found = self._by_address(asker) if asker.verified else None
        return CustomerScope(customer_id=found["id"]) if found else None

    def address_on_file(self, asker: Asker) -> str | None:
        """The address of the account that they claim, as it is on file."""
        found = self._by_address(asker)
        return str(found["email"]) if found else None

    def customer(self, scope: CustomerScope) -> Customer:
        """The customer's record."""
        row = self._row(scope)
        kept = ("id", "name", "email", "country", "vip", "flagged", "phone", "activated")
        return Customer(
            **{name: row[name] for name in kept},
            address=Address.model_validate_json(row["address"]) if row["address"] else None,
            payment_methods=methods_of(self._tables, scope),
        )

    def update(
        self, scope: CustomerScope, changes: Mapping[str, str], *, idempotency_key: str
    ) -> str:
        """Changes the name, the telephone number, or both."""

        def do(db: sqlite3.Connection) -> Done:
            self._row(scope)
            if unknown := sorted(set(changes) - set(_CHANGEABLE)):
                raise Rejected(f"{', '.join(unknown)} of a customer cannot be changed")
            if not changes:
                raise Rejected("nothing was named that is to be changed")
            if not changes.get("name", "a name").strip():
                raise Rejected("a customer has a name")
            for name, value in changes.items():
                sql = f"update customers set {name} = ? where id = ?"
                db.execute(sql, (value, scope.customer_id))
            return Done()

        asked = Asked("update", scope.customer_id, dict(changes))
        return self._deeds.once(scope, idempotency_key, asked, do)

    def move(self, scope: CustomerScope, address: Address, *, idempotency_key: str) -> str:
        """Changes the address on file; orders under way keep theirs."""

        def do(db: sqlite3.Connection) -> Done:
            self._row(scope)
            db.execute(
                "update customers set address = ?, country = ? where id = ?",
                (address.model_dump_json(), address.country, scope.customer_id),
            )
            return Done()

        asked = Asked("move", scope.customer_id, {"address": address.words})
        return self._deeds.once(scope, idempotency_key, asked, do)

    def recover_password(self, scope: CustomerScope, *, idempotency_key: str) -> str:
        """Writes a letter with a link that works once to the address on file."""

        def do(db: sqlite3.Connection) -> Done:
            self._write(db, scope, "A new password for your account", "choose a new password")
            return Done()

        asked = Asked("password_recovery", scope.customer_id)
        return self._deeds.once(scope, idempotency_key, asked, do)

    def resend_activation(self, scope: CustomerScope, *, idempotency_key: str) -> str:
        """Writes the activation letter again."""

        def do(db: sqlite3.Connection) -> Done:
            if self._row(scope)["activated"]:
                raise Rejected("the account is active already")
            self._write(db, scope, "Activate your account", "activate your account")
            return Done()

        asked = Asked("activation", scope.customer_id)
        return self._deeds.once(scope, idempotency_key, asked, do)

    def delete(self, scope: CustomerScope, *, idempotency_key: str) -> str:
        """Deletes the account: orders stay, without a name, an address or a way of paying."""

        def do(db: sqlite3.Connection) -> Done:
            row = self._row(scope)
            theirs = (scope.customer_id,)
            db.execute(
                "update customers set name = '', email = null, phone = '', address = null"
                " where id = ?",
                theirs,
            )
            db.execute("delete from payment_methods where customer_id = ?", theirs)
            db.execute(
                "update orders set ship_to = null, payment_method_id = '' where customer_id = ?"
                " and status in ('delivered', 'cancelled', 'returned')",
                theirs,
            )
            db.execute(
                "update subscriptions set status = 'cancelled' where customer_id = ?", theirs
            )
            db.execute("delete from letters where address = ?", (row["email"],))
            return Done()

        asked = Asked("deletion", scope.customer_id)
        return self._deeds.once(scope, idempotency_key, asked, do)

    def _by_address(self, asker: Asker) -> sqlite3.Row | None:
        found = self._tables.rows("select * from customers where email = ?", asker.email.strip())
        return found[0] if found else None

    def _row(self, scope: CustomerScope) -> sqlite3.Row:
        found = self._tables.rows(
            "select * from customers where id = ? and email is not null", scope.customer_id
        )
        if not found:
            raise Rejected(f"the shop has no customer {scope.customer_id}")
        return found[0]

    def _write(
        self, db: sqlite3.Connection, scope: CustomerScope, subject: str, what_for: str
    ) -> None:
        row = self._row(scope)
        link = f"https://account.example/{secrets.token_urlsafe(18)}"
        text = f"Hello {row['name']},\n\nwith this link you can {what_for}:\n{link}\n"
        write(db, row["email"], subject=subject, text=text, now=self._clock())
