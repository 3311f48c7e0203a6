"""Records what the real taro-h5 does in a browser, so that tests can compare the h5 phone, and the h5 plugin, with it.

`cases` tells the language of what is called, `backend` has the servers that are called, `page` builds the page and
plays the cases in Chromium. tests/h5 has the cases, the recordings, and the replay, which needs no browser.
"""
