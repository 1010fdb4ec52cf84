"""Tells how well a sentence stands in what it cites."""
