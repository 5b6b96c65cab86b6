"""The archive and its parts other than text: properties, the embedded record, dates, additions."""
