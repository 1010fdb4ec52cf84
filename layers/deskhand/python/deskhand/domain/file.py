"""A file of the customer's whose content somebody is shown."""

from deskhand.domain.noun import Noun


class OpenedFile(Noun):
    """One attachment with its content, which is untrusted and never stored with the turn."""

    name: str
    media_type: str
    """What the content really is, as found by its first bytes."""
    content: bytes
