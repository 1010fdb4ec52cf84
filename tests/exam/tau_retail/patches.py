"""Changes of the shop's records that a row of the exam asks for before it is submitted."""

from collections.abc import Mapping
from typing import Any

from tests.exam.tau_retail.records import Database
from tests.exam.tau_retail.rows import UnreadableExamError


def patch(database: Database, patches: Mapping[str, list[Any]] | None) -> Database:
    """The database with them. `UnreadableExamError`: one is of no kind that there is."""
    for kind, values in (patches or {}).items():
        match kind, values:
            case "order_status", [order_id, status]:
                order = database.orders[order_id]
                database.orders[order_id] = {**order, "status": status}
            case "add_payment", [user_id, method]:
                user = database.users[user_id]
                methods = {**user["payment_methods"], method["id"]: method}
                database.users[user_id] = {**user, "payment_methods": methods}
            case _:
                known = "order_status [order, status] and add_payment [user, method]"
                raise UnreadableExamError(f"db_patch {kind}: {values} is none of {known}.")
    return database
