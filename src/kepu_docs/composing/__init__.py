"""From a work summary to a document: wording templates, block tags, filters, numbering."""
