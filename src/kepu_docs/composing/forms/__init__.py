"""Forms that somebody else designed: the placeholders that users type are parsed, checked, and run with a record."""
