"""Asks the reindex function to run, without waiting for it."""

from typing import Any


class LambdaReindexing:
    """The port `Reindexing` over an asynchronous invocation."""

    def __init__(self, client: Any, function_name: str) -> None:
        self._client = client
        self._function_name = function_name

    def request(self) -> None:
        """Returns as soon as Lambda has taken the request."""
        self._client.invoke(FunctionName=self._function_name, InvocationType="Event", Payload=b"{}")
