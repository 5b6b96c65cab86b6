"""The look of documents: its data, and the styles, numbering, theme and fonts that Word gets for it."""
