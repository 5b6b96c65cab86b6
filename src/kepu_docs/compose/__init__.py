"""From a work summary to a document: wording templates, block tags, filters, numbering."""

from kepu_docs.compose.composer import Composer

__all__ = ["Composer"]
