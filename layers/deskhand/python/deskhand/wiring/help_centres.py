"""The help centres that are mirrored, each with its shelf."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from deskhand.errors import Rejected
from deskhand.wiring.environment import client, port, setting
from deskhand.wiring.outside import zendesk_account
from deskhand.wiring.policies import clock
from deskhand.wiring.state import secret

if TYPE_CHECKING:
    from deskhand.ports import HelpCentre, Mirror

TIMEOUT_S = 30.0
PATIENCE_S = 60.0
"""Nobody waits for a mirror: it may wait for as long as a help centre asks it to."""


@port
def zendesk_guide() -> "HelpCentre":
    """The help centre of the Zendesk that is connected."""
    from deskhand.adapters.help_centres.zendesk_guide import ZendeskGuide
    from deskhand.adapters.helpdesks.zendesk_api import ZendeskApi

    address = setting("DESKHAND_ZENDESK_URL")
    if address == "none":
        raise Rejected(
            "HelpCentres names zendesk, and ZendeskUrl none: docs/help-centres.md says how it is"
            " connected"
        )
    api = ZendeskApi(address, zendesk_account, timeout_s=TIMEOUT_S, patience_s=PATIENCE_S)
    return ZendeskGuide(api, clock())


@port
def intercom_articles() -> "HelpCentre":
    """The help centre of Intercom."""
    from deskhand.adapters.help_centres.intercom_api import IntercomApi, read_account
    from deskhand.adapters.help_centres.intercom_articles import IntercomArticles

    if setting("DESKHAND_INTERCOM_SECRET") == "none":
        raise Rejected(
            "HelpCentres names intercom, and IntercomSecret none: docs/help-centres.md says how it"
            " is connected"
        )
    api = IntercomApi(
        setting("DESKHAND_INTERCOM_URL"),
        lambda: read_account(secret("DESKHAND_INTERCOM_SECRET")),
        clock=clock(),
        timeout_s=TIMEOUT_S,
        patience_s=PATIENCE_S,
    )
    return IntercomArticles(api)


HELP_CENTRES: dict[str, Callable[[], "HelpCentre"]] = {
    "zendesk": zendesk_guide,
    "intercom": intercom_articles,
}
"""Every help centre that we can read; the suites of the tests run over these."""


@port
def help_centres() -> "Mapping[str, tuple[HelpCentre, Mirror]]":
    """Those that are mirrored, by their names, each with its own shelf."""
    from deskhand.adapters.article_sources import S3Articles
    from deskhand.adapters.mirrored_articles import MirroredArticles

    said = setting("DESKHAND_HELP_CENTRES")
    names = [] if said == "none" else [name.strip() for name in said.split(",")]
    for name in names:
        if name not in HELP_CENTRES:
            known = ", ".join(("none", *HELP_CENTRES))
            raise Rejected(f"DESKHAND_HELP_CENTRES names {name!r}; known: {known}")
    bucket = setting("DESKHAND_KNOWLEDGE_BUCKET")
    return {
        name: (
            HELP_CENTRES[name](),
            MirroredArticles(S3Articles(client("s3"), bucket, f"mirrored/{name}")),
        )
        for name in names
    }
