"""Writes how time zones are called in what `Date` prints."""
