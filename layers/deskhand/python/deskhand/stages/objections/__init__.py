"""What may speak against a draft: one file for each kind of objection."""
