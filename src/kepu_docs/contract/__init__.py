"""The types of everything that a plugin may offer. Their docstrings are the reference."""
