"""The doors that are fuzzed, each a module with a ``TARGET``."""
