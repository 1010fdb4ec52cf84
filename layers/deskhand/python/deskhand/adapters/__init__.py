"""How the outside is reached: one file a system, each behind a port."""
