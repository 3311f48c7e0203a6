"""The recorder of tests/h5, which plays its cases over a page: `python -m tools.browser`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tools.browser import cases, page
from tools.browser.__main__ import DATA

#: Of each group a case in which something else is to be done, or to be heard, than in the others.
SOME = {
    "bars": "the title of the second page, and of the first again",
    "base": "an interceptor that lets through",
    "device": "onWindowResize",
    "media": "an image that was chosen is uploaded",
    "nodes": "an intersection with the viewport: #box",
    "pages": "events: the opener emits in success, the page listens in show",
    "request": "abort at once",
    "request_wire": "own origin: a cookie that was set is sent again",
    "sockets": "bytes come back",
    "storage": "a success that throws",
    "transfer": "what downloadFile got is read again",
    "ui": "a second modal takes the place of the first",
}


@pytest.mark.browser
def test_what_was_recorded_is_recorded_again(site: Path) -> None:  # the page has the packages of the site
    assert SOME.keys() == {*cases.groups()}
    told = [next(case for case in cases.group(group) if case["id"] == id_) for group, id_ in SOME.items()]
    kept = {group: json.loads((DATA / f"{group}.json").read_text("utf-8"))["cases"] for group in SOME}
    assert page.record(told) == {id_: kept[group][id_] for group, id_ in SOME.items()}
