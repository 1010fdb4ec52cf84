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
    IdempotencyInconsistentStateError,
    IdempotencyPersistenceLayerError,
)

from deskhand.errors import Unavailable

REMEMBERED_S = 7 * 24 * 3600

LONGEST_WORK_S = 25
"""Longer than any function may run that takes something in: whoever began before that is dead."""


class PowertoolsOnce:
    """The port `Once` over a DynamoDB table whose hash key is `id`."""

    def __init__(self, table: str, client: Any) -> None:
        self._store = DynamoDBPersistenceLayer(table_name=table, boto3_client=client)
        self._config = IdempotencyConfig(
            expires_after_seconds=REMEMBERED_S,
            lambda_context=_TimeLeft(),  # type: ignore[arg-type]  # all that is asked of a context
            hash_function="sha256",
        )

    def do(self, key: str, work: Callable[[], None]) -> None:
        """Does the work unless it was done for this key before.

        Work that was done and whose record was then lost is done again when the key comes again:
        what it does has to bear that.
        """

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
        except (IdempotencyAlreadyInProgressError, IdempotencyInconsistentStateError) as error:
            raise Unavailable("this delivery, which is being taken in right now,") from error
        except IdempotencyPersistenceLayerError as error:
            raise Unavailable("the record of what was taken in before") from error


class _TimeLeft:
    """Stands for the Lambda's context: how long whoever begins now can go on.

    Powertools keeps a record "in progress" for as long as everything else where it is not told, so
    that an intake that died would refuse its delivery for a week.
    """

    def get_remaining_time_in_millis(self) -> int:
        return LONGEST_WORK_S * 1000
