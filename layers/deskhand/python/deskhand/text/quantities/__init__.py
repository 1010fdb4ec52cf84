"""Reads what a text counts."""
