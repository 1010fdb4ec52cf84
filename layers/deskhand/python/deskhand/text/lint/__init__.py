"""Looks through a knowledge base for what makes an agent answer wrongly."""
