"""Claude behind the model ports: who is asked, what is said, and how the answer is read."""
