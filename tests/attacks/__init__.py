"""Attacks: hostile inputs at every entry point, each run in a separate process, and what must hold for all of them."""
