"""Gives words that say the same at a support desk one concept."""

import re
from functools import cache, lru_cache

from deskhand.text.words import STOP_WORDS, listed, stem

_ALIKE = (
    "item product article goods merchandise thing",
    "order purchase",
    "parcel package packet shipment consignment",
    "deliver delivery ship shipping shipped shipment send sent sending dispatch dispatched "
    "despatch transport supply",
    "return returned returning",
    "refund refunded refunding reimburse reimbursed reimbursement repay repaid",
    "arrive arrives arrival arrived reach reaches come comes came coming turn receive received "
    "receives get gets got getting",
    "cost costs price charge charged charges fee fees priced pay pays paid paying payment payable "
    "worth bill",
    "free gratis complimentary",
    "guarantee warranty guaranteed",
    "email mail letter message",
    "tell tells told inform notify notified write writes wrote contact say says said state let "
    "know told answer reply replies respond response",
    "look see check checked examine examined inspect review reviewed decide decided decision",
    "use used using usable work works working function",
    "valid validity last lasts lasting keep keeps kept stay stays remain good expire",
    "choose chosen choice select selected pick option",
    "exchange exchanged swap swapped replace replaced replacement exchanges",
    "change changed changing changes correct corrected modify alter edit update updated",
    "cancel cancelled canceled cancelling cancellation void voided annul",
    "end ends ended ending finish terminate over conclude concluded",
    "start starts begin begins began begun started starting commence",
    "pause paused pausing rest rests suspend suspended",
    "delete deleted deletion erase remove removed",
    "join joined joining merge merged combine combined unite united together",
    "broken damaged damage defective faulty fault broke torn crack",
    "trouble problem issue difficulty",
    "buy buys bought buying purchase",
    "amount sum total value money",
    "box boxes packaging package",
    "wrap wrapping",
    "present gift",
    "voucher gift-card",
    "customer client buyer guest",
    "shop store",
    "colleague person agent employee staff",
    "need needs needed require required requires requirement must mandatory necessary",
    "offer offered offers available provide provided",
    "take takes took taken",
    "include included includes including contain contains",
    "exclude excluded excludes",
    "cover covered covers",
    "allow allowed permit permitted possible",
    "big large larger bigger largest",
    "small smaller little tiny",
    "light lighter",
    "about around roughly approximately approx circa nearly almost",
    "immediately instantly",
    "currently now present",
    "automatically automatic",
    "several multiple many various",
    "photo picture image photograph",
    "video film",
    "device unit gadget",
    "phone telephone mobile",
    "screen display",
    "cause causes caused come",
    "most mostly majority usually mainly generally normally",
    "seldom rarely",
    "sometimes occasionally",
    "law legal",
    "save saved store stored keep kept",
    "company business firm",
    "password passcode",
    "account profile",
    "spam junk",
    "year annual yearly annually",
    "month monthly",
    "week weekly",
    "day daily",
    "country countries nation",
    "town city",
    "height high tall",
    "weigh weighs weight",
    "hold holds capacity",
    "recommend recommended recommendation suggest",
    "suit suits suitable fit fits",
    "wet rain",
    "hang hung mount mounted",
    "click press",
    "put place insert enter",
    "help helps assist support",
    "discount reduction off",
    "minimum least",
    "maximum most",
    "rest remainder remaining left",
    "ask asks asked request requested requests",
    "open opened opening",
    "close closed",
    "find found finds locate",
    "show shows shown display displayed",
    "make makes made produce produced manufacture manufactured build built create created",
    "lead led leads head director",
    "name named names called call",
    "publish published print printed release released issue issued",
    "movie film",
    "illness disease",
    "car vehicle automobile",
    "job work employment position",
    "grow rise increase increased rises",
    "fall drop decrease decreased reduce reduced",
    "introduce introduced bring brought introduces",
    "lend lent loan",
    "lose lost loses",
    "share stock shares",
    "rule regulation",
    "kind type sort",
    "area region zone",
    "child children kid",
    "first earliest",
    "size sizes",
    "own owner",
    "near nearest close",
    "dear dearer expensive",
    "cheap cheaper",
    "quick quickly fast faster",
)
_CONCEPT = {word: group.split()[0] for group in reversed(_ALIKE) for word in group.split()}
_IRREGULAR = {
    "gave": "give", "given": "give", "gone": "go", "went": "go", "wrote": "write",
    "written": "write", "ran": "run", "held": "hold", "meant": "mean", "sold": "sell",
    "left": "leave", "felt": "feel", "stood": "stand", "drew": "draw", "drawn": "draw",
    "chose": "choose", "spent": "spend", "lit": "light", "grew": "grow", "knew": "know",
    "known": "know", "won": "win", "shot": "shoot", "men": "man", "women": "woman", "died": "death",
    "feet": "foot", "mice": "mouse", "worn": "wear", "wore": "wear", "met": "meet",
}  # fmt: skip
_ENDING = re.compile(
    r"(?:ational|ation|ition|ution|tion|sion|ment|ness|abil|able|ible|ance|ence|anc|enc|ity|iti|"
    r"al|ive|iv|ous|ful|or|er|ist|ism|ic|ed|i|e)$"
)
_SHORTEST_ROOT = 4
_LIGHT = listed(
    """
    also simply just please note directly still already yet then there here even quite very really
    well get gets make makes made do does done use used using want wants wish like need needs can
    may might could will would shall should must able possible possibly way ways thing things case
    cases time times long much many lot lots one ones own other others another else such same kind
    type sort part parts whole full fully entire entirely all any each every both either always
    again back away up down out off over on in at by for from to with without within during until
    once after before since while when whenever where wherever who whoever what whatever which whose
    if so because as than that this these those it its they them their he his she her him you your
    yours we us our ours i my me mine a an the and or but nor not no never none neither cannot be is
    are was were been being am has have had having apply applies take takes took taken give gives
    go goes come comes keep know let say see happen happens mean means put set turn become becomes
    anything something nothing everything anybody somebody nobody everybody anyone someone everyone
    sure certain available currently now today meanwhile however therefore thus instead rather
    exact exactly about around roughly approximately nearly almost usually normally generally
    sometimes often mostly most more less least few several some only either per via plus including
    included based according regarding concerning future later earlier first new different
    """
)


@lru_cache(maxsize=20_000)
def concept(word: str) -> str:
    """What the word says, as one of those that say the same."""
    bare = _IRREGULAR.get(word.removesuffix("'s"), word.removesuffix("'s"))
    if bare in _CONCEPT:
        return _CONCEPT[bare]
    stemmed = stem(bare)
    return _stems().get(stemmed) or root(stemmed)


@lru_cache(maxsize=20_000)
def root(stemmed: str) -> str:
    """A stem without the ending that makes a verb a noun: `magnif` of `magnification`."""
    for _ in range(2):
        shorter = _ENDING.sub("", stemmed)
        if len(shorter) < _SHORTEST_ROOT:
            break
        stemmed = shorter
    return stemmed


def says_little(word: str) -> bool:
    """Whether a word changes little of what a sentence tells."""
    return word in _LIGHT or word in STOP_WORDS or len(word) == 1


@cache
def _stems() -> dict[str, str]:
    """The concepts by the stems of their words: made on first use, as the stemmer is."""
    return {stem(word): said for word, said in _CONCEPT.items()}
