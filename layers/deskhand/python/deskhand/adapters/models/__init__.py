"""Language models: one file a provider, and the one that needs none."""
