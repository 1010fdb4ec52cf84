"""A shop that nobody here wrote (tau-bench's retail domain), plugged in by the public ways of
adding a thing, and the exam over it."""
