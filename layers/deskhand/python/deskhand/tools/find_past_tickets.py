"""Finds what else the customer has written to us about."""

from deskhand.domain.classification import Classification
from deskhand.domain.records import CustomerScope
from deskhand.domain.services import PastTicket
from deskhand.ports import Connectors
from deskhand.tools.facts.ticket import past_ticket_fact, tickets_fact
from deskhand.tools.tool import Found


class FindPastTickets:
    """Looks up the customer's latest tickets beside the one that is being answered."""

    name = "find_past_tickets"

    def look_up(
        self, scope: CustomerScope, connectors: Connectors, reading: Classification, text: str
    ) -> Found:
        """One fact a ticket, and one about all of them."""
        past = connectors.tickets.past(scope)
        earlier = (one for one in past if not _is_answered_now(one, text))
        facts = (past_ticket_fact(one) for one in earlier if one.due is None)
        return Found(facts=(tickets_fact(past, connectors.clock), *facts))


def _is_answered_now(ticket: PastTicket, text: str) -> bool:
    """Whether the ticket ends in the very words that are being answered: a lookup is not told
    which ticket it is for."""
    last = ticket.last_words.strip()
    return ticket.status != "solved" and bool(last) and last in text
