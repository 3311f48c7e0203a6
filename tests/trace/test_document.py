"""The file that a trace is written to: what is in it, and that it is harmless, bounded and alone."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from servers import Answer, Received, WebServer
from test_markup import HOSTILE, Reader

import taropy
from taropy.phone.ui.interaction import leave_open
from taropy.testing import expect_unhandled
from taropy.trace.document import About, write
from taropy.trace.recording import MOST_CALLS, MOST_TEXT, Recording

ABOUT = About("tests/test_shop.py::test_buys[weapp-铁观音]", "failed", "tests/test_shop.py:3: AssertionError: no")


def answer(received: Received) -> Answer:
    return Answer({"path": received.target}, status=201, headers=[("X-Tea", "oolong")])


@pytest.fixture
def served() -> Iterator[str]:
    with WebServer(answer) as server:
        yield server.origin


# Not written out where it is used: the lines that make calls are in traces as they stand.
SECRET = "s3cr3t"

Traced = Callable[..., tuple[str, dict[str, Any]]]


@pytest.fixture
def traced(tmp_path: Path) -> Traced:
    """Runs a function with a Taro and its phone, and gives the page and the JSON of its trace."""

    def trace(
        program: Callable[[Any, taropy.Phone], object], about: About = ABOUT, platform: str = "weapp", **options: Any
    ) -> tuple[str, dict[str, Any]]:
        with taropy.Phone(log=True, **options) as phone:
            taro = taropy.create(platform, phone=phone)
            recording = Recording(phone)
            program(taro, phone)
            write(recording, about, tmp_path / "made" / "trace.html")
        made = tmp_path / "made"
        return (made / "trace.html").read_text("utf-8"), json.loads((made / "trace.json").read_text("utf-8"))

    return trace


def test_it_has_the_calls_with_options_results_errors_callbacks_and_lines(traced: Traced) -> None:
    def program(t: Any, phone: taropy.Phone) -> None:
        t.setStorageSync("tea", {"kind": "oolong"})
        t.showToast(title="Saved", success=lambda res: None)
        t.request(url="http://127.0.0.1:9/none", fail=lambda res: None)

    page, trace = traced(program)
    stored, toast, request = trace["calls"]
    assert (stored["api"], stored["options"]) == ("setStorageSync", {"key": "tea", "data": {"kind": "oolong"}})
    assert stored["place"].partition("test_document.py:")[2].isdecimal()
    assert stored["code"] == 't.setStorageSync("tea", {"kind": "oolong"})'
    assert toast["callbacks"] == {"success": True}
    assert request["callbacks"] == {"fail": True}
    assert "ERR_CONNECTION_REFUSED" in request["error"]
    assert [call["outcome"] for call in trace["calls"]] == ["ok", "ok", "error"]
    assert trace["name"] == ABOUT.name
    assert trace["platforms"] == ["weapp"]
    text = Reader(page).text
    for told in (ABOUT.name, ABOUT.error, "iPhone 15 Pro", "oolong", "ERR_CONNECTION_REFUSED", stored["place"]):
        assert told in text


def test_later_changes_of_the_program_s_own_values_change_nothing(traced: Traced) -> None:
    def program(t: Any, phone: taropy.Phone) -> None:
        cart = {"teas": ["oolong"]}
        t.setStorageSync("cart", cart)
        cart["teas"].append("pu-erh")

    assert traced(program)[1]["calls"][0]["options"]["data"] == {"teas": ["oolong"]}


def test_it_has_what_was_to_be_seen_after_each_call(traced: Traced) -> None:
    def program(t: Any, phone: taropy.Phone) -> None:
        phone.person.script("modal", confirm=False)
        t.showModal(title="Sure?", content="It costs 38.")
        t.showToast(title="Saved")
        t.vibrateShort()

    page, trace = traced(program)
    modal, toast, vibrated = [trace["screens"][call["screen"] - 1] for call in trace["calls"]]
    assert modal["dialog"]["title"] == "Sure?"
    assert (toast["toast"], toast["dialog"]) == ("Saved", None)
    assert vibrated == toast
    assert len(trace["screens"]) == 2
    assert page.count("<symbol") == 2


def test_exchanges_have_method_headers_bodies_and_status(traced: Traced, served: str) -> None:
    def program(t: Any, phone: taropy.Phone) -> None:
        t.request(url=f"{served}/teas?token={SECRET}", method="POST", data={"a": 1}, header={"Authorization": SECRET})

    page, trace = traced(program)
    exchange = trace["calls"][0]["network"]
    assert exchange["method"] == "POST"
    assert exchange["url"] == f"{served}/teas?token=***"
    assert exchange["requestHeaders"] == {"Authorization": "***"}
    assert exchange["requestBody"] == {"a": 1}
    assert (exchange["status"], exchange["responseBody"]["path"]) == (201, "/teas?token=***")
    assert exchange["responseHeaders"]["X-Tea"] == "oolong"
    assert SECRET not in page
    assert f"POST{served}/teas?token=***201" in Reader(page).text


def test_secrets_are_masked_everywhere_unless_the_phone_shows_them(traced: Traced, tmp_path: Path) -> None:
    about = About(
        "t", "failed", f'password="{SECRET}"', f"token={SECRET}", [("Captured stdout call", f"api_key: '{SECRET}'")]
    )

    def program(t: Any, phone: taropy.Phone) -> None:
        t.setStorageSync("token", SECRET)
        t.getStorageSync("token")
        t.showToast(title=f"your password='{SECRET}'")
        with pytest.raises(taropy.TaroError):
            t.showModal(title={"secret": SECRET}).result()

    page, trace = traced(program, about)
    assert SECRET not in page + json.dumps(trace)
    page, _ = traced(program, about, show_secrets=True)
    assert SECRET in page


def test_no_text_of_a_program_s_gets_out_of_its_place(traced: Traced) -> None:
    def program(t: Any, phone: taropy.Phone) -> None:
        t.setNavigationBarTitle(title=HOSTILE)
        t.showToast(title=HOSTILE)
        for name in (HOSTILE, "$title", "${script}"):
            with pytest.raises(taropy.TaroError):
                t.request(**{name: {name: name}}, url=HOSTILE).result()

    page, trace = traced(program, About(HOSTILE, HOSTILE, HOSTILE, HOSTILE, [(HOSTILE, HOSTILE)]))
    plain_page, _ = traced(lambda t, phone: t.login())
    tags = Reader(page).tags
    assert [tag for tag, _ in tags if tag in {"script", "style", "meta"}] == (
        [tag for tag, _ in Reader(plain_page).tags if tag in {"script", "style", "meta"}]
    )
    for tag, attributes in tags:
        assert tag not in {"img", "iframe", "link", "object", "base"}
        assert not [name for name in attributes if name.startswith("on") or name in {"src", "xlink:href"}]
        assert (attributes.get("href") or "#").startswith("#")
    assert trace["calls"]


def test_the_page_asks_for_nothing_beside_itself_and_runs_its_own_script_only(traced: Traced) -> None:
    page, _ = traced(lambda t, phone: t.login())
    policy = next(told["content"] for tag, told in Reader(page).tags if tag == "meta" and "http-equiv" in told)
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-")
    assert "url(" not in page
    assert "@import" not in page


def test_of_very_many_calls_the_last_are_kept_and_the_others_counted(traced: Traced) -> None:
    def program(t: Any, phone: taropy.Phone) -> None:
        for number in range(MOST_CALLS + 25):
            t.setStorageSync("n", number)

    page, trace = traced(program)
    assert trace["leftOut"] == 25
    assert (len(trace["calls"]), trace["calls"][-1]["options"]["data"]) == (MOST_CALLS, MOST_CALLS + 24)
    assert "25 earlier calls are left out." in Reader(page).text


def test_however_much_is_stored_a_trace_stays_small(traced: Traced) -> None:
    def program(t: Any, phone: taropy.Phone) -> None:
        for number in range(300):
            t.setStorageSync("n", ["&<>" * 8_000] * 10 + [number])

    _, trace = traced(program)
    assert trace["calls"][-1]["options"]["data"][-1] == 299
    assert trace["leftOut"] > 0
    assert len(json.dumps(trace)) < 3 * MOST_TEXT


def test_handlers_that_raised_are_told_with_their_line(traced: Traced) -> None:
    def program(t: Any, phone: taropy.Phone) -> None:
        app = taropy.App(pages=["pages/a/a"])

        @app.page("pages/a/a")
        class Page:
            def onLoad(self) -> None:
                raise KeyError("tea")

        app.launch(t).result()

    with expect_unhandled(KeyError):
        page, trace = traced(program)
    (told,) = trace["handlerErrors"]
    assert "raise KeyError(\"tea\")\nKeyError: 'tea'" in told
    assert told in Reader(page).text


def test_a_trace_without_any_call_says_so(traced: Traced) -> None:
    page, trace = traced(lambda t, phone: None)
    assert trace["calls"] == []
    assert "Nothing was called on the phone." in Reader(page).text


def test_a_call_that_has_not_ended_is_open_and_its_dialog_is_seen(tmp_path: Path) -> None:
    with taropy.Phone(log=True, ask=leave_open) as phone:
        recording = Recording(phone)
        t = taropy.create("weapp", phone=phone)

        async def main() -> None:
            asked = t.showModal(title="Sure?")
            await asyncio.sleep(0)
            assert phone.screen.modal is not None
            recording.end()
            phone.screen.answer_modal()
            await asked

        taropy.run(main)
        write(recording, ABOUT, tmp_path / "trace.html")
    trace = json.loads((tmp_path / "trace.json").read_text("utf-8"))
    (call,) = trace["calls"]
    assert (call["outcome"], call["duration"]) == ("pending", None)
    assert trace["screens"][trace["lastScreen"] - 1]["dialog"]["title"] == "Sure?"


def test_json_alone_can_be_asked_for(tmp_path: Path) -> None:
    with taropy.Phone(log=True) as phone:
        recording = Recording(phone)
        taropy.create("tt", phone=phone).login()
        write(recording, ABOUT, tmp_path / "trace.json")
    assert [path.name for path in tmp_path.iterdir()] == ["trace.json"]


def test_a_phone_without_a_log_has_no_trace() -> None:
    with taropy.Phone() as phone, pytest.raises(AttributeError, match=r"Phone\(log=True\)"):
        Recording(phone)
