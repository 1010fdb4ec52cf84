"""Every help centre as the kit of tests needs it: one more is one more entry.

A stand is the help centre itself, and the hands of those who write in it.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from deskhand.adapters.help_centres.intercom_api import IntercomAccount, IntercomApi
from deskhand.adapters.help_centres.intercom_articles import IntercomArticles
from deskhand.adapters.help_centres.zendesk_guide import ZendeskGuide
from deskhand.adapters.helpdesks.zendesk_account import ZendeskAccount
from deskhand.adapters.helpdesks.zendesk_api import ZendeskApi
from deskhand.adapters.memory.help_centre import MemoryHelpCentre
from deskhand.domain.help_centre import HelpCentreChanges, HelpPage
from deskhand.ports import HelpCentre
from tests.builders import StoppedClock
from tests.help_centres.guide import AGENT, TOKEN, Guide
from tests.help_centres.intercom import ACCESS_TOKEN, Intercom
from tests.help_centres.server import HelpCentreServer, serving

PATIENCE_S = 3.0


class Stand(Protocol):
    """One help centre under test."""

    help_centre: HelpCentre
    clock: StoppedClock

    def write(self, title: str, html: str, *, category: str = "Delivery") -> str:
        """Publishes an article for everybody; gives the id that it has with us."""
        ...

    def rewrite(self, page_id: str, html: str) -> None:
        """Changes what it says."""
        ...

    def hide(self, page_id: str) -> None:
        """Makes it a draft."""
        ...

    def restrict(self, page_id: str) -> None:
        """Lets only some read it."""
        ...

    def archive(self, page_id: str) -> None:
        """Takes it out of every list."""
        ...


def read(stand: Stand, cursor: str = "") -> HelpCentreChanges:
    """All parts of what changed as one."""
    parts = list(stand.help_centre.changed_since(cursor))
    return HelpCentreChanges(
        pages=tuple(page for part in parts for page in part.pages),
        gone=tuple(one for part in parts for one in part.gone),
        troubles=tuple(one for part in parts for one in part.troubles),
        cursor=parts[-1].cursor,
    )


def a_page(page_id: str = "zendesk-1", **bent: object) -> HelpPage:
    """A page as an adapter gives it."""
    given = {
        "id": page_id,
        "title": "Delivery",
        "html": "<p>Two to four days.</p>",
        "category": "delivery",
        "audience": "public",
        "language": "en",
    }
    return HelpPage.model_validate(given | bent)


class MemoryStand:
    """The one in memory."""

    def __init__(self) -> None:
        self.help_centre = MemoryHelpCentre()
        self.clock = StoppedClock()
        self._pages: dict[str, HelpPage] = {}

    def write(self, title: str, html: str, *, category: str = "Delivery") -> str:
        page_id = f"memory-{len(self._pages) + 1}"
        self._publish(a_page(page_id, title=title, html=html, category=category.lower()))
        return page_id

    def rewrite(self, page_id: str, html: str) -> None:
        self._publish(self._pages[page_id].model_copy(update={"html": html}))

    def hide(self, page_id: str) -> None:
        self.help_centre.unpublish(page_id)

    def restrict(self, page_id: str) -> None:
        self._publish(self._pages[page_id].model_copy(update={"audience": "internal"}))

    def archive(self, page_id: str) -> None:
        self.help_centre.archive(page_id)

    def _publish(self, page: HelpPage) -> None:
        self._pages[page.id] = page
        self.help_centre.publish(page)


class RemoteStand(Stand, Protocol):
    """One that is reached by HTTP, where more can happen."""

    vendor_name: str
    server: HelpCentreServer
    paused_s: list[float]

    def in_parts_of(self, count: int) -> None:
        """Lists come in parts of so many."""
        ...


@dataclass
class GuideStand:
    """Zendesk Guide over HTTP."""

    server: HelpCentreServer
    vendor: Guide
    clock: StoppedClock
    help_centre: HelpCentre
    paused_s: list[float] = field(default_factory=list)
    vendor_name: str = "Zendesk"

    def write(self, title: str, html: str, *, category: str = "Delivery") -> str:
        return f"zendesk-{self.vendor.write(title, html, category=category)}"

    def rewrite(self, page_id: str, html: str) -> None:
        self.vendor.change(_number(page_id), body=html)

    def hide(self, page_id: str) -> None:
        self.vendor.change(_number(page_id), draft=True)

    def restrict(self, page_id: str) -> None:
        self.vendor.change(_number(page_id), user_segment_id=42)

    def archive(self, page_id: str) -> None:
        del self.vendor.articles[_number(page_id)]

    def in_parts_of(self, count: int) -> None:
        self.vendor.page_size = count


@dataclass
class IntercomStand:
    """Intercom Articles over HTTP."""

    server: HelpCentreServer
    vendor: Intercom
    clock: StoppedClock
    help_centre: HelpCentre
    paused_s: list[float] = field(default_factory=list)
    vendor_name: str = "Intercom"

    def write(self, title: str, html: str, *, category: str = "Delivery") -> str:
        return f"intercom-{self.vendor.write(title, html, category=category)}"

    def rewrite(self, page_id: str, html: str) -> None:
        self.vendor.change(_number(page_id), body=html)

    def hide(self, page_id: str) -> None:
        self.vendor.change(_number(page_id), state="draft")

    def restrict(self, page_id: str) -> None:
        self.vendor.change(_number(page_id), help_center_audience="restricted")

    def archive(self, page_id: str) -> None:
        del self.vendor.articles[_number(page_id)]

    def in_parts_of(self, count: int) -> None:
        self.vendor.page_size = count


def _number(page_id: str) -> int:
    return int(page_id.partition("-")[2])


@contextmanager
def a_memory_stand() -> Iterator[MemoryStand]:
    yield MemoryStand()


@contextmanager
def a_guide() -> Iterator[GuideStand]:
    """A Zendesk Guide that is up."""
    clock = StoppedClock()
    vendor = Guide(clock)
    paused_s: list[float] = []
    with serving(vendor) as server:
        account = ZendeskAccount(agent=AGENT, api_token=TOKEN)
        api = ZendeskApi(
            server.address,
            lambda: account,
            timeout_s=0.5,
            patience_s=PATIENCE_S,
            pause=paused_s.append,
        )
        yield GuideStand(server, vendor, clock, ZendeskGuide(api, clock), paused_s)


@contextmanager
def an_intercom() -> Iterator[IntercomStand]:
    """An Intercom that is up."""
    clock = StoppedClock()
    vendor = Intercom(clock)
    paused_s: list[float] = []
    with serving(vendor) as server:
        account = IntercomAccount(access_token=ACCESS_TOKEN)
        api = IntercomApi(
            server.address,
            lambda: account,
            clock=clock,
            timeout_s=0.5,
            patience_s=PATIENCE_S,
            pause=paused_s.append,
        )
        yield IntercomStand(server, vendor, clock, IntercomArticles(api), paused_s)


REMOTE: dict[str, Callable[[], AbstractContextManager[RemoteStand]]] = {
    "zendesk": a_guide,
    "intercom": an_intercom,
}
STANDS: dict[str, Callable[[], AbstractContextManager[Stand]]] = {
    "memory": a_memory_stand,
    **REMOTE,
}
