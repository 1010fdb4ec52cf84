"""Help centres: one file a vendor, and what they have in common."""
