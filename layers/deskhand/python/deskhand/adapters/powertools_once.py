"""Remembers requests that were served, with Powertools' idempotency over the IdempotencyTable.

For what only takes in: what acts on the world has the ledger. A key stays remembered for seven
days, as long as Intercom goes on retrying before it suspends a webhook.
"""

from collections.abc import Callable
from typing import Any

from aws_lambda_powertools.utilities.idempotency import (
    DynamoDBPersistenceLayer,
    IdempotencyConfig,
    idempotent_function,
)
from aws_lambda_powertools.utilities.idempotency.exceptions import (
    IdempotencyAlreadyInProgressError,
)

from deskhand.errors import Unavailable

REMEMBERED_S = 7 * 24 * 3600


class PowertoolsOnce:
    """The port `Once` over a DynamoDB table whose hash key is `id`."""

    def __init__(self, table: str, client: Any) -> None:
        self._store = DynamoDBPersistenceLayer(table_name=table, boto3_client=client)
        self._config = IdempotencyConfig(expires_after_seconds=REMEMBERED_S)

    def do(self, key: str, work: Callable[[], None]) -> None:
        """Does the work unless it was done for this key before."""

        def serve(*, key: str) -> str:
            work()
            return key

        served = idempotent_function(
            serve,
            data_keyword_argument="key",
            persistence_store=self._store,
            config=self._config,
            key_prefix="deskhand.intake",
        )
        try:
            served(key=key)
        except IdempotencyAlreadyInProgressError as error:
            raise Unavailable("this delivery, which is being taken in right now,") from error
