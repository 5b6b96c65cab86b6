"""Sections that a plugin renders itself, as WordprocessingML or by python-docx."""
