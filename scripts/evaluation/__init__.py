"""Measures the desk on questions whose answers are known, by the code that answers customers."""
