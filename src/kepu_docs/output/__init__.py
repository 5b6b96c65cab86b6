"""What is written: names of files, and files that are there whole or not at all."""
