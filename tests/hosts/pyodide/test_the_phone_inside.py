"""The phone under Pyodide: what a browser lets it do, and what it says of the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tools.site.trying import runnable

pytestmark = pytest.mark.pyodide

ROOT = Path(__file__).parents[3]


class Backend(BaseHTTPRequestHandler):
    """Answers what it is asked: /slow waits for the end of the test, /moved leads elsewhere."""

    def do_GET(self) -> None:
        if self.path == "/moved":
            self._answer(302, b"", Location="/here")
        else:
            self._answer(200, f'{{"path": "{self.path}"}}'.encode())

    def do_POST(self) -> None:
        self._answer(201, self.rfile.read(int(self.headers["Content-Length"])))

    def _answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), "Content-Type": "application/json", **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keeps quiet."""


@pytest.fixture(scope="module")
def backend() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Backend) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize("platform", ["weapp", "alipay", "h5", "tt"])
def test_the_phone_does_what_it_does_elsewhere(inside, platform: str) -> None:
    assert (
        inside.run(
            f"""
            import taropy

            taro = taropy.create({platform!r})
            await taro.setStorage(key="cart", data=["tea", 2])
            print((await taro.getStorage(key="cart")).data)
            taro.phone.screen.answer_modal(confirm=False)
            print((await taro.showModal(title="Delete?")).cancel)
            print((await taro.getSystemInfo()).platform.lower())
            await taro.aclose()
            """
        )
        == "['tea', 2]\nTrue\nios"
    )


def test_a_phone_with_a_folder_comes_back_as_it_was(inside) -> None:
    assert (
        inside.run(
            """
            import taropy

            with taropy.create("weapp", folder="/home/pyodide/phone") as taro:
                taro.setStorageSync("a", 1)
                taro.getFileSystemManager().writeFileSync(f"{taro.env.USER_DATA_PATH}/note.txt", "hello")
            with taropy.create("weapp", folder="/home/pyodide/phone") as taro:
                files = taro.getFileSystemManager()
                print(taro.getStorageSync("a"), files.readFileSync(f"{taro.env.USER_DATA_PATH}/note.txt", "utf8"))
            """
        )
        == "1 hello"
    )


@pytest.mark.parametrize("platform", ["weapp", "alipay", "h5"])
def test_requests_go_out_by_fetch(inside, backend: str, platform: str) -> None:
    assert inside.run(
        f"""
        import taropy

        async with taropy.create({platform!r}) as taro:
            got = await taro.request(url="{backend}/cart", data={{"n": 1}})
            print(got.statusCode, got.data.path)
            sent = await taro.request(url="{backend}", method="POST", data={{"tea": 2}})
            print(sent.statusCode, sent.data)
            print((await taro.request(url="{backend}/moved")).data.path)
            file = await taro.downloadFile(url="{backend}/file")
            print((await taro.uploadFile(url="{backend}", filePath=file.tempFilePath, name="f")).data.count("/file"))
        """
    ).splitlines() == ["200 /cart?n=1", "201 Record({'tea': 2})", "/here", "1"]


def test_a_server_that_is_not_there_fails_a_request_once(inside) -> None:
    assert (
        inside.run(
            """
            import taropy

            async with taropy.create("weapp") as taro:
                try:
                    await taro.request(url="http://127.0.0.1:1/")
                except taropy.TaroError as error:
                    print(error.errMsg)
            """
        )
        == "request:fail errcode:-2 cronet_error_code:-2 error_msg:net::ERR_FAILED"
    )


def test_routes_answer_without_any_network(inside) -> None:
    assert (
        inside.run(
            """
            import taropy

            async with taropy.create("weapp") as taro:
                taro.phone.network.route("https://api.example.com/tea", json={"name": "Assam"})
                print((await taro.request(url="https://api.example.com/tea")).data.name)
            """
        )
        == "Assam"
    )


def test_what_a_browser_does_not_let_it_do_says_so_at_once_and_canIUse_too(inside) -> None:
    assert inside.run(
        """
            import taropy

            taro = taropy.create("weapp")
            for name in ("createTCPSocket", "createUDPSocket", "createWorker", "startLocalServiceDiscovery"):
                try:
                    getattr(taro, name)()
                except taropy.NotSupported as error:
                    print(error.reason, taro.canIUse(name))
            print(all(map(taro.canIUse, ("request", "uploadFile", "connectSocket", "login"))))
            print(taro.canIUse("TCPSocket.write"))
            taro.close()
            """
    ).splitlines() == ["host False"] * 4 + ["True", "False"]


def test_a_script_may_wait_where_nobody_else_needs_the_thread(inside) -> None:
    assert inside.run(
        """
            import asyncio
            import taropy
            from taropy import Taro
            from taropy.hosts.pyodide.waiting import waiting

            async def later():
                await asyncio.sleep(0.01)
                return (await Taro.getStorage(key="a")).data

            with waiting():
                Taro.setStorage(key="a", data=1).result()
                print(taropy.run(later), asyncio.run(later()))
                try:
                    taropy.Promise(lambda resolve, reject: None).result()
                except RuntimeError as error:
                    print(error)
            print(await later())
            """
    ).splitlines() == ["1 1", "the program waits for something that nothing on this thread can bring", "1"]


def programs() -> Iterator[object]:
    """What the site lets readers try: each guide as one program, each example of the reference."""
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        blocks = re.findall(r"^```(python|py)\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
        tried = [block for block, can_run in zip(blocks, runnable(blocks), strict=True) if can_run]
        name = page.relative_to(ROOT).with_suffix("")
        guide = "\n".join(code for language, code in tried if language == "python")
        if guide:
            yield pytest.param(guide, id=str(name))
        for number, (language, code) in enumerate(tried):
            if language == "py":
                yield pytest.param(code, id=f"{name} {number}")


@pytest.mark.parametrize("program", list(programs()))
def test_examples_that_can_be_tried_on_the_site_run(inside, program: str) -> None:
    told = re.match(r"# Runs on: (\w[\w-]*)", program)
    platform = told[1] if told and told[1] != "every" else "weapp"
    inside.run(
        f"""
        import os
        import taropy
        from taropy.hosts.pyodide.waiting import waiting

        with waiting():
            os.environ["TARO_ENV"] = {platform!r}
            taropy.use({platform!r})
            exec(compile({program!r}, "<example>", "exec"), {{"__name__": "__main__"}})
        """
    )
