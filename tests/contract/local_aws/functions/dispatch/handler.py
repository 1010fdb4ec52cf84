"""Writes down each message in order; a poisoned one fails, and with it the rest of its group."""

import os

import boto3


def handler(event, _context):
    failed_groups, failures = set(), []
    for record in event["Records"]:
        group = record["attributes"]["MessageGroupId"]
        if group in failed_groups or record["body"] == "poison":
            failed_groups.add(group)
            failures.append({"itemIdentifier": record["messageId"]})
            continue
        boto3.client("dynamodb").update_item(
            TableName=os.environ["TABLE"],
            Key={"pk": {"S": f"group:{group}"}},
            UpdateExpression="SET seen = list_append(if_not_exists(seen, :none), :this)",
            ExpressionAttributeValues={
                ":none": {"L": []},
                ":this": {"L": [{"S": record["body"]}]},
            },
        )
    return {"batchItemFailures": failures}
