"""Keeps what a customer wrote now: drops quoted history and signatures, keeps inline answers."""

import re

from deskhand.text.words import straight

_WROTE = re.compile(
    r"^\W*(?:on|am|le|el|il|op|den|em|w dniu|d\.)\b.{4,200}?\b(?:wrote|schrieb(?: \S+){0,8}|a "
    r"écrit|"
    r"escribió|ha scritto|schreef|skrev|escreveu|napisał\(?a?\)?)\s*:?\s*$",
    re.IGNORECASE,
)
_WROTE_BEGINS = re.compile(r"^\W*(?:on|am|le|el|il|op|den|em)\b.{0,160}(?:\d{4}|\d:\d\d|@)", re.I)
_SEPARATOR = re.compile(
    r"^\s*(?:-{2,}\s*(?:original|forwarded|ursprüngliche|weitergeleitete|message d'origine|"
    r"mensaje original|oorspronkelijk)\b.*|begin forwarded message:?|_{10,}|"
    r"#{2,}[- ]*please (?:type|reply|write).*(?:above|below).*|"
    r"-*please (?:type|write|reply)[^.]{0,30} above this line.*)\s*$",
    re.IGNORECASE,
)
_MAIL_HEADER = re.compile(
    r"^[>\s*]*(?:from|von|de|da|van|sent|gesendet|envoyé|date|datum|to|an|à|para|aan|cc|subject|"
    r"betreff|objet|asunto|onderwerp)\s*:\*?\s*\S",
    re.IGNORECASE,
)
_DASHES = re.compile(r"^\s*(?:--|—|-- )\s*$")
_SENT_FROM = re.compile(
    r"^\s*(?:sent (?:from|via|with) (?:my |the )?\S+.{0,40}|get outlook for \S+.*|von meinem "
    r".{2,30}"
    r"gesendet|gesendet mit .{2,40}|envoyé de mon .{2,30})\s*$",
    re.IGNORECASE,
)
_SIGN_OFF = re.compile(
    r"^\s*(?:(?:kind|best|warm|warmest|many|with (?:kind|best|warm))\s+(?:regards|wishes|thanks)|"
    r"regards|best|cheers|thanks|thank you|many thanks|thanks (?:a lot|again|in advance)|"
    r"thank you (?:very much|in advance|so much)|sincerely|yours(?: sincerely| truly| faithfully)?|"
    r"(?:mit )?(?:freundlichen|besten|lieben|vielen) (?:grüßen|grüße|gruß|dank)|mfg|lg|"
    r"cordialement|saludos|all the best|have a (?:nice|good|great) (?:day|one|evening|weekend)|br)"
    r"\s*+[,.!-]*+\s*$",
    re.IGNORECASE,
)
_DISCLAIMER = re.compile(
    r"^\s*(?:(?:this|the) (?:e-?mail|message|communication)\b.{0,80}\b(?:confidential|privileged|"
    r"intended)|confidentiality notice|disclaimer\b|please consider the environment)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"[?!]|\b(?:please|order|refund|cancel|where|when|how|why|also|ps|p\.s)\b", re.I
)

_BLANKS = re.compile(r"[^\S\n]{3,}")
_EMPTY_LINES = re.compile(r"\n{3,}")

LONGEST = 20_000
"""Characters of one message that are read; a long letter has five thousand."""
CUT = "\n(cut here: the whole message stands in the ticket)"

_FEWEST_HEADERS = 2
_SIGNATURE_LINES = 6
_SIGNATURE_WORDS = 8


def new_text(text: str) -> str:
    """What the customer wrote this time, as much of it as is read."""
    return as_read(own_text(text))


def as_read(own: str) -> str:
    """As much of the customer's own words as is read, and that the rest stands elsewhere."""
    return own if len(own) <= LONGEST else own[:LONGEST] + CUT


def own_text(text: str) -> str:
    """What the customer wrote this time; the whole text when nothing would be left of it, unless
    all of it is said by a device. Long runs of blanks say nothing, and are shortened."""
    plain = _BLANKS.sub("  ", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines, written = straight(plain).split("\n"), plain.split("\n")
    kept = [written[at] for at in _own_lines(lines)]
    body = "\n".join(_without_signature(kept)).strip()
    by_a_device = all(_SENT_FROM.match(line) for line in lines if line.strip())
    return _EMPTY_LINES.sub("\n\n", body or ("" if by_a_device else plain.strip()))


def _own_lines(lines: list[str]) -> list[int]:
    """The numbers of the lines that are neither quoted nor said by the mail program.

    After a header such as "On …, … wrote:" the lines with `>` are dropped one by one, so that
    answers written between them stay; where history follows without `>`, all of it goes.
    """
    kept: list[int] = []
    quoted = [at for at, line in enumerate(lines) if line.lstrip().startswith(">")]
    last_quoted = quoted[-1] if quoted else -1
    at = 0
    while at < len(lines):
        line = lines[at]
        if _SEPARATOR.match(line) or _opens_headers(lines, at):
            break
        if (length := _wrote(lines, at)) and not line.lstrip().startswith(">"):
            at += length
            if last_quoted < at:
                break
            continue
        if not line.lstrip().startswith(">"):
            kept.append(at)
        at += 1
    return kept


def _wrote(lines: list[str], at: int) -> int:
    """How many lines a header "On …, … wrote:" takes that begins here; 0: none does."""
    for length in (1, 2, 3):
        joined = " ".join(line.strip() for line in lines[at : at + length])
        if _WROTE.match(joined) and (length == 1 or _WROTE_BEGINS.match(lines[at])):
            return length
    return 0


def _opens_headers(lines: list[str], at: int) -> bool:
    """Whether a block of mail headers begins here: `From: … Sent: … Subject: …`."""
    block = [line for line in lines[at : at + 5] if line.strip()]
    if not block or not re.match(r"[>\s*]*(?:from|von|de|da|van)\s*:", lines[at], re.IGNORECASE):
        return False
    return sum(bool(_MAIL_HEADER.match(line)) for line in block) > _FEWEST_HEADERS


def _without_signature(lines: list[str]) -> list[str]:
    for at, line in enumerate(lines):
        if _DASHES.match(line) and at and len(lines) - at <= _SIGNATURE_LINES * 2:
            return lines[:at]
        if _DISCLAIMER.match(line) and at:
            return lines[:at]
    kept = [line for line in lines if not _SENT_FROM.match(line)]
    for at in range(_first_of_the_end(kept), len(kept)):
        if _SIGN_OFF.match(kept[at]) and all(map(_may_sign, kept[at + 1 :])):
            return kept[:at]
    return kept


def _first_of_the_end(lines: list[str]) -> int:
    """The first line that has no more below it than a signature has; never the very first."""
    said = [at for at, line in enumerate(lines) if line.strip()]
    return max(1, said[-_SIGNATURE_LINES - 1]) if len(said) > _SIGNATURE_LINES else 1


def _may_sign(line: str) -> bool:
    return len(line.split()) <= _SIGNATURE_WORDS and not _SENTENCE.search(line)
