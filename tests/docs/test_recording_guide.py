"""The test on the page about recordings: run beside its server once, and then without it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from servers import Answer, WebServer

PAGE = Path(__file__).parents[2] / "docs/guides/recording.md"
TEST = re.compile(r"^```py\n# test_shop\.py\n(.*?)^```$", re.MULTILINE | re.DOTALL)

# The module that the test is about, and the page does not show.
SHOP = """
from taropy import Taro

async def cheapest_tea(api):
    teas = (await Taro.request(url=f"{api}/teas")).data
    return min(teas, key=lambda tea: tea["price"])["name"]
"""


def test_the_test_on_the_page_passes_without_its_server(pytester: pytest.Pytester) -> None:
    found = TEST.search(PAGE.read_text("utf-8"))
    assert found is not None
    teas = [{"name": "Assam", "price": 5}, {"name": "Oolong", "price": 4}]
    (pytester.path / "shop.py").write_text(SHOP, "utf-8")
    pytester.syspathinsert()
    with WebServer(lambda _: Answer(teas)) as server:
        text = found[1].replace("https://api.example.com", server.origin)
        (pytester.path / "test_shop.py").write_text(text, "utf-8")
        for _ in range(2):
            pytester.runpytest_subprocess("-p", "no:xdist", "-W", "error").assert_outcomes(passed=1)
        assert len(server.received) == 1
    pytester.runpytest_subprocess("-p", "no:xdist", "-W", "error").assert_outcomes(passed=1)
