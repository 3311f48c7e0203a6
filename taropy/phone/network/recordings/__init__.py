"""Exchanges that are kept in HAR files, and answers from them."""
