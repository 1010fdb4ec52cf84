"""Finds sentences in an article that speak to a language model instead of to a reader."""

import re

_FEW_WORDS = r"(?:\W+\w+){0,4}?\W+"
_MODEL = r"(?:ai|llm|(?:large\s+)?language\s+model|chatbot|ai\s+\w+)"
_SHAPES = (
    # to leave what it was told
    (
        "ignore disregard forget override bypass follow",
        r"\b(?:ignore|disregard|forget|override|bypass|do\s+not\s+follow|stop\s+following)\b"
        rf"{_FEW_WORDS}(?:"
        r"(?:previous|prior|above|preceding|earlier|former|other|existing|original|initial|system)"
        r"(?:\W+\w+){0,2}?\W+(?:instructions?|prompts?|directions?|guidelines|programming)"
        r"|(?:your|all\s+(?:of\s+)?(?:the\s+)?)\s*(?:instructions|guidelines|prompts?|programming)"
        r"|system\s+prompts?|(?:everything|all)\s+(?:above|before\s+this))\b",
    ),
    # to tell what it was told
    (
        "prompt instructions message",
        rf"\b(?:reveal|print|repeat|output|show|leak|expose|tell)\b{_FEW_WORDS}"
        r"(?:system\s+(?:prompt|message)|your\s+(?:initial|hidden|secret)\s+(?:instructions|prompt))\b",
    ),
    # to be somebody else
    (
        "now longer",
        r"\byou\s+are\s+(?:now|no\s+longer)\s+(?:an?\s+)?(?:\w+\s+){0,2}?"
        r"(?:ai|assistant|language\s+model|chatbot|llm|dan|jailbroken|unrestricted|in\s+developer)\b",
    ),
    # by name
    (
        "ai llm language chatbot",
        r"\b(?:attention|note|instructions?|message|warning|hey|dear|hello)\b(?:\s+\w+){0,2}?"
        rf"(?:\s+(?:to|for))?(?:\s+(?:all|any|the))?\s+{_MODEL}s?\s*[:,!]",
    ),
    ("ai llm language chatbot", rf"\b(?:if|when|as)\s+you\s+are\s+(?:an?\s+)?{_MODEL}\b"),
    # as if by whoever runs it
    (
        "system assistant im_start inst",
        r"(?:^|\n)[ \t]*(?:\[|<\|?|#+[ \t]*)?(?:system|assistant|im_start|inst)(?:[ \t]+prompt)?"
        r"[ \t]*(?:\|?>|\]|:)(?:\w+:)?[ \t]*"
        r"(?:you\s+(?:are|must|will)|ignore|new\s+instructions?)\b",
    ),
    # to keep it from the customer
    (
        "user human",
        r"\bdo\s+not\s+(?:tell|inform|mention|reveal|disclose)\b[^.!?\n]{0,40}\b(?:user|human)s?\b",
    ),
    # the first of these in other languages
    (
        "anweisung instruktion regeln vorgaben",
        r"\b(?:ignorier\w*|missachte\w*|vergiss)\b(?:\W+\w+){0,3}?\W+(?:vorherige|bisherige|obige|alle)"
        r"\w*(?:\W+\w+){0,2}?\W+(?:anweisung\w*|instruktion\w*|regeln|vorgaben)\b",
    ),
    (
        "précédentes antérieures",
        r"\bignore[zr]?\b(?:\W+\w+){0,3}?\W+(?:instructions|consignes)\s+(?:précédentes|antérieures)\b",
    ),
    (
        "anteriores previas precedenti",
        r"\bignor[ae]\w*\b(?:\W+\w+){0,3}?\W+(?:instrucciones|instruções|istruzioni)\s+"
        r"(?:anteriores|previas|precedenti)\b",
    ),
)
_ORDERS = tuple((tuple(words.split()), re.compile(shape)) for words, shape in _SHAPES)
"""Each with words of which it needs one: most pages have few of them, and are read quickly."""
_BLOCKS = re.compile(r"(\n[ \t]*\n)")


def orders_a_model(text: str) -> bool:
    """Whether some sentence is surely meant for a model. Seldom wrong rather than complete: what it
    misses is still data, which no stage of ours obeys."""
    small = text.lower()
    return any(
        shape.search(small) is not None
        for words, shape in _ORDERS
        if any(word in small for word in words)
    )


def without_orders(markdown: str) -> tuple[str, tuple[str, ...]]:
    """The Markdown without such passages, and these: a line where one holds it all, such as an item
    or a row, else the whole paragraph."""
    if not orders_a_model(" ".join(markdown.split())) and not orders_a_model(markdown):
        return markdown, ()
    kept: list[str] = []
    taken: list[str] = []
    for block in _BLOCKS.split(markdown):
        lines = block.split("\n")
        fine = [line for line in lines if not orders_a_model(line)]
        if orders_a_model(" ".join(fine)):
            fine = []
        if len(fine) == len(lines):
            kept.append(block)
            continue
        kept.append("\n".join(fine))
        taken.extend(line.strip() for line in lines if line not in fine and line.strip())
    return "".join(kept), tuple(taken)
