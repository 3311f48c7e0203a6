"""Requests that are answered in the process, by their URL: what stands between the phone and the wire."""
