"""Twins of the adapters in this process's memory: one file a port."""
