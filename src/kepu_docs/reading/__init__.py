"""Reading the files that people provide."""
