"""Forms: Word documents that somebody else designed, read once into a plan and filled for each record.

Not by docxtpl, which was tried (0.20): it renders the whole part as one template of text. There a name that does not
exist prints nothing, ``100<100`` becomes ``100100`` unless asked otherwise, a control character is dropped unseen and
half a surrogate pair takes the rest of the paragraph along, an error has no place, a template may do whatever Python
can, a paragraph with nothing but ``{% if %}`` stays as a blank line, and the form is parsed anew for each record.
Only what stands in the braces is Jinja2's here, run by kepu-docs in its own sandbox; where it stands is
found on lxml's tree.
"""
