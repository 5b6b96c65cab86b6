"""What a worker process needs, imported and loaded before its first record."""

from kepu_docs.batch import work

__all__ = ["work"]
