"""Routes that a test has made, and that nothing in it has asked for."""

from __future__ import annotations

import pytest

TEST = """
import taropy

def test_chat(Taro, phone):
    phone.sockets.route("wss://chat.example.com/live", status=503)
    phone.sockets.route("wss://chat.example.com/live", status=401, times=2)
    phone.sockets.route("wss://chat.example.com/other", optional=True)
    phone.network.route("https://api.example.com/me", json={})

    async def main():
        task = await Taro.connectSocket(url="wss://chat.example.com/live")
        ended = taropy.Promise(lambda resolve, _: task.onClose(resolve))
        await ended
        assert PASSES

    taropy.run(main())
"""
WORDS = [
    "the route https://api.example.com/me, which nothing has asked for",
    "the route wss://chat.example.com/live, which nothing has connected to",
    "the route wss://chat.example.com/live, which was connected to 1 of 2 times",
]


def test_a_test_that_passes_is_told(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(TEST.replace("PASSES", "True"))
    result = pytester.runpytest_subprocess("-p", "no:xdist", "-v")
    result.assert_outcomes(passed=1, warnings=1)
    said = " ".join(result.stdout.str().split())
    assert f"UnusedScriptWarning: the test did not use what it scripted: {'; '.join(WORDS)}" in said


def test_one_that_fails_shows_them(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(TEST.replace("PASSES", "False"))
    result = pytester.runpytest_subprocess("-p", "no:xdist", "-v")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*scripted, and not used*", *WORDS])
