"""The live page: the finished document beside its faults, shown to one person on this machine while they type.

Nothing here writes files. The page is updated after each save; the server listens only on the loopback address. It
needs the extra ``preview``.
"""
