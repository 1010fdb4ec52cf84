"""The audit over the people's API, and the decisions of people that no turn carries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice

from pydantic import JsonValue

from deskhand.domain.audit import AuditEntry
from deskhand.domain.stop import Stop
from deskhand.domain.web import Answer, Request, refusal
from deskhand.ports import Audit, Clock

MOST_AT_ONCE = 500
MOST_DAYS = 366
DAY = timedelta(days=1)


@dataclass(frozen=True)
class AuditRoutes:
    """Shows the audit; nothing here can change it."""

    kept: Audit
    clock: Clock

    def listed(self, request: Request) -> Answer:
        """The entries of a conversation, or from one time on and before another, oldest first.

        At most 500 at once; `next` is the time from which to ask for more, whose entries of that
        very moment come again.
        """
        query = request.query
        if conversation_id := query.get("conversation", ""):
            return _answer(list(self.kept.of(conversation_id)), more=False)
        try:
            until = _moment(query, "to") or self.clock() + DAY
            since = _moment(query, "from") or until - DAY
        except ValueError as error:
            return refusal(400, str(error))
        if since >= until:
            return refusal(400, "`from` has to be before `to`")
        if until - since > MOST_DAYS * DAY:
            return refusal(400, f"ask for at most {MOST_DAYS} days at once")
        found = list(islice(self.kept.between(since, until), MOST_AT_ONCE + 1))
        return _answer(found[:MOST_AT_ONCE], more=len(found) > MOST_AT_ONCE)

    def released(self, answer: Answer) -> Answer:
        """The answer to a release of a stop, once the audit says who did it."""
        if answer.status == 200:
            self.kept.add(AuditEntry.of_release(Stop.model_validate(answer.body)))
        return answer


def _answer(entries: list[AuditEntry], *, more: bool) -> Answer:
    listed: list[JsonValue] = [entry.model_dump(mode="json") for entry in entries]
    following = entries[-1].at.isoformat() if more else None
    return Answer(status=200, body={"entries": listed, "next": following})


def _moment(query: Mapping[str, str], name: str) -> datetime | None:
    given = query.get(name, "")
    if not given:
        return None
    try:
        at = datetime.fromisoformat(given)
    except ValueError:
        raise ValueError(f"`{name}` is {given!r}: write a day (2026-11-21) or a time") from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
