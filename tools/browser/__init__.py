"""Records what the real taro-h5 does in a browser, so that tests can compare the h5 phone, and the h5 plugin, with it.

The cases are played over taropy's own host "page", and the host "record" writes a trace of it, to the letter: `play`
plays, with what a `person` does; `recorded` makes the recordings from the trace. `cases` tells the language of the
cases, `backend` has the servers that are called, `app` the app that they are about; `page` puts it all together.
tests/h5 has the cases, the recordings, and the replay, which needs no browser.
"""
