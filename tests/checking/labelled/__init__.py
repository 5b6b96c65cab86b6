"""Texts with every mistake marked, and how many of them the rules find."""
