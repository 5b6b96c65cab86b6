"""Facts in the text of a document: of which section kind, and what the kind's fields take."""
