"""What each event does to a conversation, as pure functions: the stores only keep what comes of it.

A function takes the head as it was read and gives the `Change` to be written if the head is still
that one; None means that the event is refused. The DynamoDB adapter and its memory twin differ in
how they read and write, in nothing else.
"""
