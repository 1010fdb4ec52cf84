"""The content of what customers attach to tickets in Zendesk."""

from deskhand.adapters.helpdesks.zendesk_api import ZendeskApi
from deskhand.adapters.helpdesks.zendesk_desk import path_of
from deskhand.adapters.helpdesks.zendesk_shapes import File
from deskhand.errors import Rejected


class ZendeskFiles:
    """The port `Files` over Zendesk."""

    def __init__(self, api: ZendeskApi) -> None:
        self._api = api

    def content(self, ticket_id: str, message_id: str, name: str, *, max_bytes: int) -> bytes:
        """The file of that name of that comment. `Rejected`: there is none, Zendesk found malware
        in it, or it is larger."""
        file = self._file(ticket_id, message_id, name)
        if file.malware_scan_result == "malware_found":
            raise Rejected(f"Zendesk found malware in {name!r}")
        return self._api.file_at(file.content_url, max_bytes=max_bytes)

    def _file(self, ticket_id: str, message_id: str, name: str) -> File:
        for page in self._api.pages(f"{path_of(ticket_id)}/comments", include="users"):
            for comment in page.comments:
                if str(comment.id) == message_id:
                    for file in comment.attachments:
                        if file.file_name == name:
                            return file
        raise Rejected(f"Zendesk has no file {name!r} at comment {message_id}")
