"""Facts in the text of a document: the section kind that they belong to, and the values of its fields."""
