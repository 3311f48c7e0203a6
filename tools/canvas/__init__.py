"""Records what Chromium's canvas draws, so that tests can compare the phone's canvases with it.

tests/phone/canvas has the drawings, the font that they use, the recording, and the comparison, which needs no browser.
"""
