"""The types of documents that can be imported."""

from typing import Final

WORD: Final = ".docx"
PLAIN_TEXT: Final = ".txt"
MARKDOWN: Final = (".md", ".markdown")

SUFFIXES: Final = (WORD, PLAIN_TEXT, *MARKDOWN)
"""The suffixes of documents that can be imported, in lower case."""
