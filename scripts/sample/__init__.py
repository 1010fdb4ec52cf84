"""The sample shop: its records, its articles, and tickets with the ending that each should have."""
