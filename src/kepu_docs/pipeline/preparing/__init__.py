"""Forms without placeholders: finds blanks by the labels around them, and fills in what is certain."""
