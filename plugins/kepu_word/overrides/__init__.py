"""Sections that a plugin renders itself, as WordprocessingML or with python-docx."""
