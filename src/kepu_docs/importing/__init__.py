"""From an existing document to a record: read, its structure found, its facts recognised."""
