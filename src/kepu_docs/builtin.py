"""The section kinds of the core."""
