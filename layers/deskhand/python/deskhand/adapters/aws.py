"""AWS clients that give up in time for a Lambda.

Whether a step is tried again is the state machine's to say. A client asks once more, no more: a
connection that lay idle while its container was frozen is gone at its first use.
"""

from typing import Any

import boto3
from botocore.config import Config

IN_TIME = Config(
    connect_timeout=2,
    read_timeout=5,
    retries={"mode": "standard", "total_max_attempts": 2},
    tcp_keepalive=True,
)
ONCE_ALONE = IN_TIME.merge(Config(retries={"mode": "standard", "total_max_attempts": 1}))


def aws_client(service: str) -> Any:
    """A client of one AWS service, with the rights of whoever runs this."""
    return boto3.client(service, config=IN_TIME)


def single_try_client(service: str) -> Any:
    """The same for what must not be done twice: it asks once, and never again by itself."""
    return boto3.client(service, config=ONCE_ALONE)
