"""What people run: the command line, the local AWS, and what a checkout needs to be set up."""
