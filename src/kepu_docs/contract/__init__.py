"""What a plugin may offer, as types. Their docstrings are the reference."""
