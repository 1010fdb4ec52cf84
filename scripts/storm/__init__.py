"""The storm: turns walk the real state machine and the real handlers, and everything fails."""
