"""Changes of the shop's records that a row of the exam asks for before it is submitted."""

from collections.abc import Mapping
from typing import Any

from tests.exam.tau_retail.records import Database, UnreadableExamError


def patch(database: Database, patches: Mapping[str, Any] | None) -> Database:
    """The database with them. `UnreadableExamError`: one is of no kind that there is."""
    for kind, values in (patches or {}).items():
        match kind, values:
            case "order_status", [order_id, status] if order_id in database.orders:
                order = database.orders[order_id]
                database.orders[order_id] = {**order, "status": status}
            case "add_payment", [user_id, method] if user_id in database.users:
                user = database.users[user_id]
                methods = {**user["payment_methods"], method["id"]: method}
                database.users[user_id] = {**user, "payment_methods": methods}
            case _:
                known = "order_status [order, status] and add_payment [user, method]"
                raise UnreadableExamError(f"db_patch {kind} {values}: there are {known}.")
    return database
