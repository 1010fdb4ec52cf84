"""The sample shop's engineers' issue tracker."""

import sqlite3

from deskhand.adapters.connectors.sample_shop_deeds import Asked, Done, ReadsBack
from deskhand.domain.records import CustomerScope
from deskhand.domain.services import BugReport
from deskhand.errors import Rejected


class SampleShopIssues(ReadsBack):
    """Bug reports of the sample shop; each stands among its deeds with all that it says."""

    def file_bug(self, scope: CustomerScope, report: BugReport, *, idempotency_key: str) -> str:
        """Files it; gives the issue's key."""
        details = {"title": report.title, "steps": report.steps, "device_id": report.device_id}
        asked = Asked("bug", report.device_id or scope.customer_id, details)

        def do(db: sqlite3.Connection) -> Done:
            theirs = "select 1 from devices where id = ? and customer_id = ?"
            device = (report.device_id, scope.customer_id)
            if report.device_id and not db.execute(theirs, device).fetchone():
                raise Rejected(f"this customer has no device {report.device_id}")
            logs = "\n".join(f"{one.at.isoformat()} {one.level} {one.text}" for one in report.logs)
            return Done(details={"logs": logs})

        return self._deeds.once(scope, idempotency_key, asked, do)
