"""The reading: pure functions over words."""
