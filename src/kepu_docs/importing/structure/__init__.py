"""The structure of a document: its marks, frame, furniture, headings and elements."""
