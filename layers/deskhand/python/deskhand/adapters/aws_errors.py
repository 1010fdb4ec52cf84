"""What an AWS service said, as one of the two errors that cross a port."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from deskhand.errors import Rejected, Unavailable

BUSY = {
    "DependencyFailedException",
    "InternalFailure",
    "InternalServerError",
    "KmsThrottlingException",
    "LimitExceededException",
    "ProvisionedThroughputExceeded",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "RequestThrottled",
    "RequestTimeout",
    "ServiceUnavailable",
    "SlowDown",
    "Throttling",
    "ThrottlingError",
    "ThrottlingException",
    "TooManyRequestsException",
    "TransactionConflict",
    "TransactionConflictException",
    "TransactionInProgressException",
}


@contextmanager
def reached(what: str) -> Iterator[None]:
    """Raises what a client raised as `Unavailable` (busy, not reached) or `Rejected` (the rest)."""
    from botocore.exceptions import (
        BotoCoreError,
        ClientError,
        ConnectionError,
        HTTPClientError,
        IncompleteReadError,
    )

    try:
        yield
    except ClientError as error:
        code = code_of(error)
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
        if code in BUSY or status >= 500 or status == 429:
            raise Unavailable(f"{what} is busy: {code}") from error
        words = error.response["Error"].get("Message", "no reason given")
        raise Rejected(f"{what} said {code}: {words}") from error
    except (HTTPClientError, ConnectionError, IncompleteReadError) as error:
        raise Unavailable(f"{what} cannot be reached: {error}") from error
    except BotoCoreError as error:
        raise Rejected(f"{what} could not be asked: {error}") from error


def code_of(error: Any) -> str:
    """The service's own name for the error."""
    return str(error.response["Error"]["Code"])
