"""Who asks OpenSearch, by what right, how long it waits, and what its errors mean to us."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Literal
from urllib.parse import urlsplit

from deskhand.adapters.json_api import is_private
from deskhand.errors import Rejected, Unavailable

Service = Literal["es", "aoss"]
"""What AWS calls the two kinds in signatures: a managed domain, a Serverless collection."""

_WHAT_TO_DO = {
    400: "run the reindex; if it says so again, this release and the index do not fit",
    401: "the access policy of OpenSearch has to name this function's role",
    403: "the access policy of OpenSearch has to name this function's role",
    413: "an article is too large for OpenSearch",
}


def open_client(url: str, *, service: Service, timeout_s: float) -> Any:
    """A client of the OpenSearch at this address; what is not on AWS is asked without a name.

    It asks once more where a connection failed: one that lay idle while its container was frozen
    is gone at its first use. `Rejected`: what customers ask would travel in the open.
    """
    from opensearchpy import OpenSearch, Urllib3HttpConnection

    if not is_private(url):
        raise Rejected(f"the address of OpenSearch has to begin with https://, and not so: {url!r}")
    return OpenSearch(
        hosts=[url],
        http_auth=_signer(service) if urlsplit(url).scheme == "https" else None,
        connection_class=Urllib3HttpConnection,
        timeout=timeout_s,
        max_retries=1,
        pool_maxsize=8,
    )


def _signer(service: Service) -> Any:
    import boto3
    from opensearchpy import Urllib3AWSV4SignerAuth

    session = boto3.Session()
    return Urllib3AWSV4SignerAuth(session.get_credentials(), session.region_name, service)


class GoneError(Exception):
    """An index or an alias that is not there (any more); never leaves these adapters."""


class UnsearchableError(Unavailable):
    """Shards of an index do not answer; perhaps it was removed at this moment."""


@contextmanager
def reached() -> Iterator[None]:
    """Raises what the client raised as `Unavailable` (busy, not reached), `GoneError` (an index
    that is not there) or `Rejected` (the rest)."""
    from botocore.exceptions import BotoCoreError
    from opensearchpy import ConnectionError, OpenSearchException, TransportError
    from opensearchpy.helpers import BulkIndexError

    try:
        yield
    except ConnectionError as error:
        raise Unavailable(f"OpenSearch cannot be reached: {error.error}") from error
    except BulkIndexError as error:
        worst = max((next(iter(one.values())) for one in error.errors), key=_status)
        raise _said(_status(worst), str(worst.get("error", ""))[:300]) from error
    except TransportError as error:
        raise _said(error.status_code, str(error.error)) from error
    except OpenSearchException as error:  # no JSON, for example: something in between answered
        raise Unavailable(f"OpenSearch gave no answer that can be read: {error}") from error
    except BotoCoreError as error:
        raise Rejected(f"OpenSearch could not be asked: {error}") from error


def check_answer(answer: Mapping[str, Any]) -> None:
    """Raises what one of several searches failed with, even where only a part of it did."""
    if error := answer.get("error"):
        words = f"{error['type']}: {error['reason']}"
        if answer["status"] == 503:
            raise UnsearchableError(f"OpenSearch could not search: {words}")
        raise _said(answer["status"], words)
    if answer["timed_out"] or answer["_shards"]["failed"]:
        raise UnsearchableError("OpenSearch could search only a part of the index")


def _status(item: Mapping[str, Any]) -> int:
    """Of a document that was not taken: what is busy is told before what was refused."""
    status = int(item.get("status", 503))
    return 1000 + status if _is_busy(status) else status


def _said(status: int | str, reason: str) -> Exception:
    code = status % 1000 if isinstance(status, int) else 0
    if code == 404:
        return GoneError(reason)
    if _is_busy(code):
        return Unavailable(f"OpenSearch is busy: {code} {reason}")
    advice = _WHAT_TO_DO.get(code, "its log says more")
    return Rejected(f"OpenSearch said {code} {reason}; {advice}")


def _is_busy(status: int) -> bool:
    return status == 429 or status >= 500
