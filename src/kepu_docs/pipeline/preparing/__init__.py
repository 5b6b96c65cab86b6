"""Forms without placeholders: blanks are found by the labels about them, and filled in where it is sure with what."""
