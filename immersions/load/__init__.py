"""Rows by the hundred thousand, to try the product under load. Never people, never companies:
every name says that it is load data.
"""
