"""Filled forms read back: the text in the places of a form's placeholders becomes a record."""
