"""The office's app: what officers are told of the holdings and of the log, and what they do at the desk and in reviews.

No partner process reaches anything here.
"""
