"""Why something is released or withheld: the base facts, how they came here, and who may change them.

It is told from one judgement and the held lines; nothing here judges, and nothing here writes.
"""
