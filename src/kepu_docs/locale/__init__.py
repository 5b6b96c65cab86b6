"""Languages: which locales stand in for one another, their catalogues, and how they write numbers and dates."""

from kepu_docs.locale.catalog import Catalog
from kepu_docs.locale.chain import DEFAULT_LOCALE, fallback_chain
from kepu_docs.locale.formats import Formats

__all__ = ["DEFAULT_LOCALE", "Catalog", "Formats", "fallback_chain"]
