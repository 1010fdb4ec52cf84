"""Deskhand: a hand at the support desk that resolves tickets inside policy."""
