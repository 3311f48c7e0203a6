"""Traces: what a program has done on a phone, call by call, as a page to be opened in a browser, and as JSON.

`recording` takes it down, `values`, `entries` and `screen` say what is kept of it, `timeline` and `picture` draw it,
`document` makes the file. `markup` draws a log or a phone by itself, for notebooks.
"""
