"""Characters and numerals as they are set: how wide they are, and how things are numbered."""
