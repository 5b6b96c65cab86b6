"""The live page: the finished document beside its faults, shown to one person on this machine while they type.

Nothing here writes anything. What is shown is made anew after each save; the server speaks over the loopback address
alone. It needs the extra ``preview``.
"""
