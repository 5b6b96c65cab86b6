"""From a work summary to a document: wording templates, block tags, filters, numbering."""

from kepu_docs.composing.composer import Composer

__all__ = ["Composer"]
