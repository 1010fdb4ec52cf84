"""Says what reached it, and whether its role lets it into the table (it has no right to that)."""

import json
import os

import boto3
from botocore.exceptions import ClientError


def handler(event, _context):
    return {
        "statusCode": 202,
        "headers": {"content-type": "application/json"},
        "body": json.dumps(
            {
                "body": event.get("body", ""),
                "is_base64": event["isBase64Encoded"],
                "path": event["pathParameters"],
                "query": event.get("queryStringParameters"),
                "signature": event["headers"].get("x-signature"),
                "route": event["routeKey"],
                "table": table(),
                "told": sorted(os.environ),
            }
        ),
    }


def table():
    try:
        boto3.client("dynamodb").get_item(
            TableName=os.environ["TABLE"], Key={"pk": {"S": "anything"}}
        )
    except ClientError as error:
        return error.response["Error"]["Code"]
    return "open"
