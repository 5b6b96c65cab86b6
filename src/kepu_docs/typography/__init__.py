"""Typography: the width of characters, line breaks, numerals, and the looks of documents."""
