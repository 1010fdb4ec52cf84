"""What runs around the machine: taking in, starting turns, and looking after what was left
behind."""
