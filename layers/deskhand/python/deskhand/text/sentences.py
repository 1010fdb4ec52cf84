"""Splits a message into sentences, and into the things that are asked in it."""

import re

from deskhand.text.words import listed, straight

_ABBREVIATIONS = listed(
    "e.g i.e etc mr mrs ms dr prof st no nr vs approx incl excl min max tel ca fig inc ltd co p.s "
    "ps"
)
_BREAK = re.compile(r"(?<=[.!?…])[\"')\]]*\s+|(?<!\s)\s*\n\s*|;\s+")
_BULLET = re.compile(r"^\s*(?:[-*+•]|\(?\d{1,2}[.)]|[a-d]\))\s+")

_OPENERS = (
    r"(?:can|could|would|will|may|might|do|does|did|is|are|was|were|has|have|had|should|shall)\s+"
    r"(?:i|you|u|we|it|they|he|she|there|this|that|these|those|my|your|the|someone|somebody)\b"
    r"|(?:how|what|what's|whats|where|where's|wheres|when|why|which|who|whether)\b"
    r"|(?:i|we)(?:'d|\s+would|\s+also|\s+still)?\s+(?:like|want|wanna|need|wish|wonder|have|was|"
    r"am)\b"
    r"|(?:i'd|we'd|i'm|im|i've|we're)\b"
    r"|(?:please|pls|plz|kindly|tell\s+me|let\s+me\s+know|send\s+me|give\s+me|cancel|refund|"
    r"change)\b"
    r"|(?:my|the)\s+\w+(?:\s+\w+)?\s+(?:is|was|are|has|have|does|doesn't|did|didn't|isn't|won't)\b"
)
_JOINT = re.compile(
    r"\s{0,3}(?:,\s{0,3}|\s)"
    rf"(?:and|but|also|plus|additionally|moreover|besides|oh and|and then)"
    rf"(?:\s+(?:also|then|btw|by the way|secondly|furthermore))?,?\s+(?=(?:{_OPENERS}))",
    re.IGNORECASE,
)
_SECOND = re.compile(
    r"\s{0,3}(?:,\s{0,3}|\s)"
    r"(?:another (?:thing|question)|second(?:ly)?|one more thing|on another note|"
    r"btw|by the way|p\.?\s?s\.?)\s*[:,]\s*",
    re.IGNORECASE,
)
_LEAD = r"^\W*(?:(?:and|also|so|but|then|just|hi|hello|hey|thanks|ok|okay|well|oh|now)\b[\s,!.:]*)*"
_QUESTION = re.compile(
    rf"\?\s*$|{_LEAD}(?:"
    r"(?:can|could|would|will|may|might|do|does|did|is|are|was|were|has|have|had|should|shall)\s+"
    r"(?:i|you|u|we|it|they|he|she|there|this|that|these|those|my|your|the|someone|somebody)\b"
    r"|(?:how|what|what's|whats|where|where's|wheres|when|why|who|whether|any (?:news|update))\b)",
    re.IGNORECASE,
)
_WISH = re.compile(
    r"\b(?:i|we)(?:'d| would) (?:also |really |rather |much )*(?:like|love|prefer|appreciate)\b"
    r"|\b(?:i|we|i'm|we're) (?:am |are |do |really |just |only |still |also |now |have to )*"
    r"(?:want|wanna|need|demand|request|wish|insist|expect|wonder|wondering|asking|looking for)\b"
    r"|\b(?:please|pls|plz|kindly)\b|\b(?:can|could|would|will) (?:you|u|someone|somebody)\b"
    r"|\b(?:let me know|tell me|help me|get me|give me|send me)\b",
    re.IGNORECASE,
)
_COMMAND = re.compile(
    rf"{_LEAD}(?:cancel|refund|stop|send|give|return|change|replace|exchange|swap|delete|remove|"
    r"close|track|check|tell|show|explain|forget|ignore|connect|transfer|update|resend|apply|"
    r"confirm|add|ship|put|pay|reimburse)\b",
    re.IGNORECASE,
)
_SHORTEST_CLAUSE_WORDS = 2


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text as written, without bullets; abbreviations and decimals do not end
    one."""
    bare = (_BULLET.sub("", sentence).strip() for sentence in whole_sentences(text))
    return tuple(sentence for sentence in bare if sentence)


def whole_sentences(text: str) -> tuple[str, ...]:
    """The same with their bullets and numbers."""
    found: list[str] = []
    held: list[str] = []
    start = 0
    for match in [*_BREAK.finditer(text), None]:
        piece = text[start : match.start() if match else len(text)]
        held.append(piece)
        start = match.end() if match else start
        if match and "\n" not in match.group() and _ends_in_abbreviation(piece):
            continue
        if sentence := " ".join(filter(None, held)):
            found.append(sentence)
        held = []
    return tuple(found)


def clauses(text: str) -> tuple[str, ...]:
    """Sentences, cut again where a second question or wish begins after `and`, `also`, `but`."""
    return tuple(
        clause
        for sentence in sentences(text)
        for by_note in _SECOND.split(sentence)
        for clause in _cut_at_joints(" ".join(by_note.split()))
    )


def asks(clause: str) -> bool:
    """Whether a clause asks or wishes for something, rather than telling what happened."""
    plain = straight(clause)
    return bool(_QUESTION.search(plain) or _WISH.search(plain) or _COMMAND.match(plain))


def _ends_in_abbreviation(piece: str) -> bool:
    if not piece.endswith("."):
        return False
    last = piece[:-1].rsplit(None, 1)[-1].lower() if piece[:-1].split() else ""
    return last.lstrip("(") in _ABBREVIATIONS or (len(last) == 1 and last.isalpha() and last != "i")


def _cut_at_joints(sentence: str) -> list[str]:
    cut: list[str] = []
    start = 0
    for joint in _JOINT.finditer(straight(sentence)):
        before = sentence[start : joint.start()].strip(" ,")
        if len(before.split()) < _SHORTEST_CLAUSE_WORDS:
            continue
        cut.append(before)
        start = joint.end()
    if rest := sentence[start:].strip(" ,"):
        cut.append(rest)
    return cut
