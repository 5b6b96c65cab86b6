"""Forms that somebody else designed: what users type into them is understood, checked, and run with a record."""
