"""Languages: which locales stand in for one another, their catalogues, and how they write numbers and dates."""
