"""Takes the files that go with a message of the built-in helpdesk, before the message itself."""

from dataclasses import dataclass

from deskhand.domain.web import Answer, Request, refusal
from deskhand.ports import FileShelf

LARGEST_BYTES = 4_400_000
"""Lambda takes 6 MB at once, in which a file stands as base64."""
LONGEST_NAME = 255


@dataclass(frozen=True)
class FileRoutes:
    """What the people's API does with files; each is one request of its own, with raw bytes."""

    kept: FileShelf

    def put(self, request: Request) -> Answer:
        """Keeps the file of that name for the message that will name it; the same name again takes
        its place."""
        content, name = request.body, request.path["name"]
        if not content:
            return refusal(400, "the body is empty; send the file's bytes as they are")
        if len(content) > LARGEST_BYTES:
            return refusal(
                413, f"the file has {len(content)} bytes; at most {LARGEST_BYTES} are taken"
            )
        if len(name) > LONGEST_NAME:
            return refusal(400, f"the name is longer than {LONGEST_NAME} characters")
        self.kept.keep(request.path["ticket_id"], request.path["message_id"], name, content)
        return Answer(status=201, body={"name": name, "size_bytes": len(content)})
