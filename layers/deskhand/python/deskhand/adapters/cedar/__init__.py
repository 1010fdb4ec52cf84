"""The permission layer in Cedar: reads the rules, asks them, and tells what is wrong with them."""
