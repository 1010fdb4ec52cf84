"""The verbs: one file for each state of the machine; ports come in by keyword."""
