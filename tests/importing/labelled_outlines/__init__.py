"""Invented summaries with every heading and every section's kind marked, and how many of them the import finds."""
