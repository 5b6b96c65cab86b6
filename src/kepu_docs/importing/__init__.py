"""From an existing document to a record: reads the document, finds its structure and recognises its facts."""
