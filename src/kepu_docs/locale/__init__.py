"""Languages: fallbacks between locales, their catalogues, and their formats of numbers and dates."""
