"""What the agent can do: one file for each lookup (reads) and each action (changes the world)."""
