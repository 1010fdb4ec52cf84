"""Asks somebody whom nobody vouches for to show that the account is theirs: by a code, once a turn.

To the customer it looks the same whether or not there is such an account: the same words, the same
records, the same number of writes. Only a letter is sent or not, and nobody who asks sees that.
"""

import hashlib
import secrets
from datetime import timedelta

from deskhand.domain.code import Challenge, CodeTried
from deskhand.domain.ledger import LedgerEntry, LedgerState
from deskhand.domain.policy import Policy, Replies
from deskhand.domain.turn import Judged
from deskhand.domain.verdict import Objection
from deskhand.errors import Rejected, Unavailable
from deskhand.ports import NotConnected
from deskhand.stages.world import World
from deskhand.text.one_time_codes import codes_in
from deskhand.text.replies import asks_who, in_tries

DIGITS = 6
TOO_MANY = Objection(
    code="TOO_MANY_CODES",
    words="as many one-time codes as may be sent within an hour were asked for, and none was given",
    cure="person",
)


def challenge(turn: Judged, *, policy: Policy, world: World) -> str | Objection:
    """What the reply says about who is asking, a new code being on its way where one is needed;
    empty where nobody is asked. An objection: a person has to find out."""
    replies = policy.replies
    if not asks_who(turn):
        return ""
    if not replies.verify_by_code or isinstance(world.connectors.letters, NotConnected):
        return replies.verify
    tried = _last_tried(turn)
    standing = world.codes.standing(turn.conversation_id)
    answerable = standing if standing and _may_answer(standing, turn, world) else None
    if answerable and tried and tried.result == "wrong":
        return replies.code_wrong.format(tries=in_tries(tried.tries_left))
    if answerable and answerable.turn_id != turn.id and not (tried and tried.result == "again"):
        return replies.code_open
    if not _send_another(turn, replies, world):
        return replies.code_open if answerable else TOO_MANY
    asked = replies.verify_by_code.format(minutes=replies.code_valid_s // 60)
    late = tried is not None and tried.result == "expired"
    return f"{replies.code_expired} {asked}" if late else asked


def _last_tried(turn: Judged) -> CodeTried | None:
    tried = [message.code for message in turn.messages if message.code]
    return tried[-1] if tried else None


def _may_answer(standing: Challenge, turn: Judged, world: World) -> bool:
    theirs = standing.is_for(turn.asker.email) and standing.episode == turn.episode
    return theirs and standing.is_open(world.clock())


def _send_another(turn: Judged, replies: Replies, world: World) -> bool:
    """Sends a new code, at most once a turn; False: there were too many within the hour."""
    address = _address(turn, world)
    known = codes_in("\n".join([turn.subject, *(m.text for m in (*turn.history, *turn.messages))]))
    code = _new_code(known)
    now = world.clock()
    asked = Challenge(
        conversation_id=turn.conversation_id,
        turn_id=turn.id,
        episode=turn.episode,
        email=turn.asker.email,
        account=_account(address or turn.asker.email),
        issued_at=now,
        expires_at=now + timedelta(seconds=replies.code_valid_s),
        tries_left=replies.code_tries,
        proof_s=replies.proof_s,
        known=known,
    )
    issued = world.codes.issue(asked, code if address else "", most_an_hour=replies.codes_an_hour)
    if issued == "issued":
        _post(turn, address, code, replies, world)
    return issued != "too_many"


def _address(turn: Judged, world: World) -> str:
    try:
        return world.connectors.identity.address_on_file(turn.asker) or ""
    except Rejected:  # whoever keeps the addresses gives none: to the asker it is all the same
        return ""


def _new_code(known: tuple[str, ...]) -> str:
    while (code := f"{secrets.randbelow(10**DIGITS):0{DIGITS}}") in known:
        pass
    return code


def _account(address: str) -> str:
    return hashlib.sha256(address.strip().casefold().encode()).hexdigest()


def _post(turn: Judged, address: str, code: str, replies: Replies, world: World) -> None:
    """Posts the letter, if there is somebody to post it to, and notes what came of it; never again
    when the answer is lost, for the customer can ask for another code."""
    entry = LedgerEntry(
        key=f"{turn.id}:code",
        what="the letter with a one-time code",
        conversation_id=turn.conversation_id,
        turn_id=turn.id,
        state="begun",
        begun_at=world.clock(),
    )
    if world.ledger.begin(entry) is not None:
        return
    state: LedgerState = "done"
    minutes = replies.code_valid_s // 60
    try:
        if address:
            text = replies.code_letter.strip().format(code=code, minutes=minutes)
            world.connectors.letters.send(address, subject=replies.code_letter_subject, text=text)
    except Unavailable:
        state = "unknown"
    except Rejected:
        state = "refused"
    # The mail system's own words stay out: they may name the address.
    words = "" if state == "done" else "the mail system did not take the letter"
    world.ledger.record(entry.model_copy(update={"state": state, "words": words}))
