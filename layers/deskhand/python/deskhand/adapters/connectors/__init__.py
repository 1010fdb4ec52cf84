"""Systems of record: orders, billing, customers and identity, one file for each system."""
