"""Attacks: hostile inputs at every door, each run as a process of its own, and what must hold of all of them."""
