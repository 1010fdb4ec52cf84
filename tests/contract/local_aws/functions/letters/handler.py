"""Writes down what could not be dispatched."""

import os

import boto3


def handler(event, _context):
    for record in event["Records"]:
        boto3.client("dynamodb").update_item(
            TableName=os.environ["TABLE"],
            Key={"pk": {"S": f"letter:{record['attributes']['MessageGroupId']}"}},
            UpdateExpression="SET body = :body",
            ExpressionAttributeValues={":body": {"S": record["body"]}},
        )
