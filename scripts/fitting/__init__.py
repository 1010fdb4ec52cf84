"""Fits the classifier that reads what a message wants to anybody's examples."""
