"""The entry points that are fuzzed, each a module with a ``TARGET``."""
