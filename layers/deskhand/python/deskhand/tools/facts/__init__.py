"""Account facts in plain sentences and plain numbers: one file for each kind of record."""
