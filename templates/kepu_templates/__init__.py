"""Wording templates and catalogues, a folder a locale, and the looks of Word documents; data only."""
