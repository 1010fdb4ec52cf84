"""The content of what customers attach to tickets in Zendesk."""

import time

from deskhand.adapters.helpdesks.zendesk_api import ZendeskApi
from deskhand.adapters.helpdesks.zendesk_desk import path_of
from deskhand.adapters.helpdesks.zendesk_shapes import File
from deskhand.errors import Rejected

LONGEST_S = 10.0
"""For all files of one message together: whoever is shown them needs the rest of the time."""


class ZendeskFiles:
    """The port `Files` over Zendesk."""

    def __init__(self, api: ZendeskApi, *, longest_s: float = LONGEST_S) -> None:
        self._api = api
        self._longest_s = longest_s
        self._listed: tuple[tuple[str, str], tuple[File, ...], float] | None = None
        """The files of the message that was asked for last, and until when they are fetched."""

    def content(self, ticket_id: str, message_id: str, name: str, *, max_bytes: int) -> bytes:
        """The file of that name of that comment. `Rejected`: there is none, Zendesk found malware
        in it, or it is larger."""
        files, until_s = self._files(ticket_id, message_id)
        file = next((one for one in files if one.file_name == name), None)
        if file is None:
            raise Rejected(f"Zendesk has no file {name!r} at comment {message_id}")
        if file.malware_scan_result == "malware_found":
            raise Rejected(f"Zendesk found malware in {name!r}")
        return self._api.file_at(file.content_url, max_bytes=max_bytes, until_s=until_s)

    def _files(self, ticket_id: str, message_id: str) -> tuple[tuple[File, ...], float]:
        if self._listed is None or self._listed[0] != (ticket_id, message_id):
            until_s = time.monotonic() + self._longest_s
            files = self._read(ticket_id, message_id)
            self._listed = ((ticket_id, message_id), files, until_s)
        return self._listed[1:]

    def _read(self, ticket_id: str, message_id: str) -> tuple[File, ...]:
        for page in self._api.pages(f"{path_of(ticket_id)}/comments", include="users"):
            for comment in page.comments:
                if str(comment.id) == message_id:
                    return comment.attachments
        return ()
