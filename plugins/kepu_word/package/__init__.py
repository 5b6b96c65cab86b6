"""The archive and the parts of it that are no text: properties, the embedded record, dates, additions."""
