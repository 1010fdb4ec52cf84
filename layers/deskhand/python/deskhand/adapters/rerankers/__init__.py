"""What puts passages into the order in which they answer: one file a service."""
