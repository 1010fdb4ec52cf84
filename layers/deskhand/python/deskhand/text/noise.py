"""Tells mail that nobody speaks in: auto-replies, bounces, mailing lists."""

import re
from collections.abc import Mapping

_AUTO_SUBJECT = re.compile(
    r"^\W*(?:re:\s*|aw:\s*|fwd?:\s*)*(?:auto(?:matic|mated)?[\s:-]*(?:reply|response|respond\w*|"
    r"antwort|answer)\b|autoreply|auto:|(?:auto: ?)?out of (?:the )?office|ooo\b|automatische "
    r"antwort|"
    r"abwesenheits\w*|abwesend\b|r(?:é|e)ponse automatique|respuesta autom(?:á|a)tica|"
    r"risposta automatica|automatisch antwoord|on (?:vacation|holiday|annual leave|leave)\b|"
    r"away from (?:the office|my desk)|i am (?:currently )?(?:away|out)\b|vacation (?:reply|"
    r"notice))",
    re.IGNORECASE,
)
_BOUNCE_SUBJECT = re.compile(
    r"^\W*(?:re:\s*)?(?:undeliver(?:able|ed)\b|undelivered mail|mail delivery (?:failed|failure|"
    r"system|subsystem|status)|delivery (?:status notification|(?:has )?failed|failure|incomplete)|"
    r"returned mail|failure notice|message (?:not delivered|undeliverable)|unzustellbar|"
    r"non remis|address not found)",
    re.IGNORECASE,
)
_AUTO_BODY = re.compile(
    r"\b(?:this is an? (?:auto(?:matic|mated|-generated|matically generated)?) (?:reply|response|"
    r"message|e-?mail|notification)|(?:i am|i'm|i will be|i'll be|we are) (?:currently |now "
    r")?(?:out of "
    r"(?:the )?office|on (?:annual |parental |sick |maternity |my )?(?:leave|vacation|holidays?)|"
    r"away "
    r"from (?:the office|my desk|my e-?mails?))[^?]{0,200}\b(?:return|back|until|till|reply|"
    r"respond|"
    r"urgent|access to|contact|no longer)\b|(?:limited|no) access to (?:my )?e-?mails?|"
    r"i will (?:reply|respond|get back|answer)[^.?]{0,40} (?:when i|upon my|on my|after my) return|"
    r"(?:do not|don't|please do not) reply to this (?:e-?mail|message)|"
    r"ich bin (?:derzeit |aktuell |momentan )?(?:nicht im (?:büro|hause)|abwesend|im urlaub)|"
    r"je suis (?:actuellement )?absente?|this mailbox is (?:not|no longer) monitored)",
    re.IGNORECASE,
)
_BOUNCE_BODY = re.compile(
    r"\b(?:(?:this is the mail system|mailer-daemon|postmaster@)|(?:message|mail|e-?mail) "
    r"(?:that you "
    r"sent )?(?:could not|couldn't|cannot|can't|was not|wasn't) (?:be )?delivered|"
    r"(?:recipient|address|mailbox) (?:address )?(?:rejected|not found|unavailable|unknown|is "
    r"full)|"
    r"550[ -]5\.\d\.\d|delivery to the following recipients? failed|permanent(?:ly)? (?:error|"
    r"failed))\b",
    re.IGNORECASE,
)
_LIST_HEADERS = ("list-id", "list-unsubscribe", "list-post", "list-help", "list-owner")
_MACHINE_PRECEDENCE = {"bulk", "junk", "list", "auto_reply", "auto-reply"}
_SUPPRESSED = {"all", "oof", "autoreply", "dr", "ndr", "rn", "nrn"}
_DAEMON = re.compile(
    r"^\s*(?:.*<)?(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)\b", re.I
)
_LONG_BODY_WORDS = 120


def why_noise(subject: str, text: str, headers: Mapping[str, str]) -> str:
    """Why nobody speaks in this mail, in words; empty when a customer does.

    Headers decide by RFC 3834 and what mail servers have made of it; without any, only a clear
    subject or body does, because a customer wrongly ignored is worse than an auto-reply answered.
    """
    return (
        _by_headers({name.lower(): value.strip() for name, value in headers.items()})
        or _by_subject(subject)
        or _by_text(text)
        or ("an empty message" if not subject.strip() and not text.strip() else "")
    )


def _by_headers(headers: Mapping[str, str]) -> str:
    auto = headers.get("auto-submitted", "no").split(";")[0].strip().lower()
    if auto and auto != "no":
        return f"an automatic message (Auto-Submitted: {auto})"
    if headers.get("return-path", "-").replace(" ", "") in ("<>", ""):
        return "a bounce (it has no return path)"
    if "multipart/report" in headers.get("content-type", "").lower():
        return "a delivery report"
    if named := [name for name in _LIST_HEADERS if name in headers]:
        return f"a mailing list's message ({named[0].title()})"
    precedence = headers.get("precedence", "").lower()
    if precedence in _MACHINE_PRECEDENCE:
        return f"a bulk message (Precedence: {precedence})"
    if headers.get("x-autoreply", "no").lower() not in ("no", "false", ""):
        return "an automatic message (X-Autoreply)"
    if "x-autorespond" in headers or "x-failed-recipients" in headers:
        return "an automatic message (X-Autorespond or X-Failed-Recipients)"
    suppressed = {part.strip().lower() for part in _suppress(headers).split(",")} & _SUPPRESSED
    if suppressed:
        return "an automatic message (X-Auto-Response-Suppress)"
    if _DAEMON.match(headers.get("from", "")) or _DAEMON.match(headers.get("sender", "")):
        return "a message of a mail system"
    return ""


def _suppress(headers: Mapping[str, str]) -> str:
    return headers.get("x-auto-response-suppress", "")


def _by_subject(subject: str) -> str:
    if _AUTO_SUBJECT.search(subject):
        return "an automatic reply, by its subject"
    if _BOUNCE_SUBJECT.search(subject):
        return "a bounce, by its subject"
    return ""


def _by_text(text: str) -> str:
    if len(text.split()) > _LONG_BODY_WORDS:
        return ""
    if _AUTO_BODY.search(text):
        return "an automatic reply, by its words"
    if _BOUNCE_BODY.search(text):
        return "a bounce, by its words"
    return ""
