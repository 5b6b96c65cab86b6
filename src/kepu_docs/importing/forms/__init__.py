"""Filled forms read back: what stands in the places of a form's placeholders becomes a record."""
