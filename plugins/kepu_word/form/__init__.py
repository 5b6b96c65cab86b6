"""Forms: Word documents that somebody else designed, read once into a plan and filled for each record.

It does not use docxtpl, which was tried (0.20): docxtpl renders the whole part as one text template. An unknown name
prints nothing; ``100<100`` becomes ``100100`` unless escaping is enabled; a control character is dropped silently; half
a surrogate pair removes the rest of the paragraph; errors have no place; a template may run any Python code; a
paragraph with only ``{% if %}`` stays as a blank line; and the form is parsed again for each record. Here Jinja2
renders only what is between the braces, in the sandbox of kepu-docs, and the places of the tags are found in lxml's
tree.
"""
