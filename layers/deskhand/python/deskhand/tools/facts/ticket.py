"""What else a customer has written to us about, in plain sentences."""

from deskhand.domain.evidence import Fact
from deskhand.domain.services import PastTicket
from deskhand.ports import Clock
from deskhand.tools.facts.order import day

TICKETS = "tickets:own"


def tickets_fact(past: tuple[PastTicket, ...], clock: Clock) -> Fact:
    """All tickets of the customer together, and what of them waits for a day."""
    waiting = [one for one in past if one.due and one.status != "solved"]
    return Fact(
        id=TICKETS,
        kind="tickets",
        key="own",
        source="tickets",
        words=tuple(
            f'We come back to you about "{one.subject}" on {day(one.due)}.'
            for one in waiting
            if one.due
        ),
        attributes={"read_on": clock().date().isoformat(), "open_follow_ups": len(waiting)},
    )


def past_ticket_fact(ticket: PastTicket) -> Fact:
    """One earlier ticket of the customer's."""
    opened, about = day(ticket.opened_at.date()), f'"{ticket.subject}"'
    standing = "settled" if ticket.status == "solved" else "still open"
    return Fact(
        id=f"past_ticket:{ticket.id}",
        kind="past_ticket",
        key=ticket.id,
        source="tickets",
        words=(
            f"On {opened} you wrote to us about {about}.",
            f"Your ticket about {about} is {standing}.",
        ),
        attributes={
            "ticket_id": ticket.id,
            "subject": ticket.subject,
            "status": ticket.status,
            "last_words": ticket.last_words,
        },
    )
