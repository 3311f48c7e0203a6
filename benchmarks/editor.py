"""How long an editor waits for what can follow on `Taro.`, beside `client.` of boto3 with the stubs of S3.

A small client of the language server protocol (microsoft.github.io/language-server-protocol) asks pyright's server what
an editor asks. Three answers are timed: the first one after the file was opened, that after a line was typed without a
pause, and that after a line was typed and the server had told its diagnostics, when it has nothing else to do.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import IO, Any, Self

from .environments import Subject, subjects
from .measure import Result, at_most

ROUNDS = 3
LINES = 8

WAITS = ("first", "while typing", "after a pause")


def results() -> list[Result]:
    """The three waits, the medians of several servers."""
    with subjects() as pair:
        rounds = [[_waits(subject) for subject in pair] for _ in range(ROUNDS)]
    ours, theirs = ([median(each) * 1e3 for each in zip(*waits, strict=True)] for waits in zip(*rounds, strict=True))
    names = [subject.expression for subject in pair]
    return [
        at_most(f"completion, {wait}", (names[0], ours[at]), (names[1], theirs[at]), 1.5, "ms")
        for at, wait in enumerate(WAITS)
    ]


def _waits(subject: Subject) -> tuple[float, float, float]:
    """The three waits in seconds, with a server of their own."""
    with TemporaryDirectory() as folder, Server(Path(folder), subject) as server:
        first = server.timed(subject.head + subject.expression)
        typing, paused = [], []
        for line in range(LINES):
            server.wait_for_diagnostics()
            typing.append(server.timed(f"{subject.head}x{line} = 1\n{subject.expression}"))
            server.wait_for_diagnostics()
            server.write(f"{subject.head}y{line} = 1\n{subject.expression}")
            server.wait_for_diagnostics()
            paused.append(server.timed())
    return first, median(typing), median(paused)


class Server:
    """pyright's language server, with one file open. The file's version is how often it was written."""

    def __init__(self, folder: Path, subject: Subject) -> None:
        self._folder = folder
        self._settings = {"python": {"pythonPath": str(subject.installed.python)}}
        self._uri = (folder / "program.py").as_uri()
        self._text = ""
        self._version = 0
        self._diagnosed = 0
        self._requests = 0

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "pyright.langserver", "--stdio"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=self._folder)
        root = self._folder.as_uri()
        capabilities = {
            "workspace": {"configuration": True},
            "textDocument": {"publishDiagnostics": {"versionSupport": True}},
        }
        folders = [{"uri": root, "name": "folder"}]
        self.request("initialize", processId=None, rootUri=root, capabilities=capabilities, workspaceFolders=folders)
        self._notify("initialized")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.request("shutdown")
        self._notify("exit")
        self._process.communicate()

    # --- what an editor does -----------------------------------------------------------------------------------

    def write(self, text: str) -> None:
        """Opens the file with this text, or changes it."""
        self._text = text
        self._version += 1
        document: dict[str, Any] = {"uri": self._uri, "version": self._version}
        if self._version == 1:
            self._notify("textDocument/didOpen", textDocument={**document, "languageId": "python", "text": text})
        else:
            self._notify("textDocument/didChange", textDocument=document, contentChanges=[{"text": text}])

    def timed(self, text: str | None = None) -> float:
        """The seconds until the server has said what can follow at the end of the text, which is written first."""
        start = time.perf_counter()
        if text is not None:
            self.write(text)
        *above, last = self._text.split("\n")
        position = {"line": len(above), "character": len(last)}
        answer = self.request("textDocument/completion", textDocument={"uri": self._uri}, position=position)
        wait = time.perf_counter() - start
        if len(answer["items"]) < 100:
            raise RuntimeError(f"only {len(answer['items'])} names can follow on {last}: the stubs were not found")
        return wait

    def wait_for_diagnostics(self) -> None:
        """Waits until the server has checked what was written last."""
        while self._diagnosed < self._version:
            self._take(self._receive())

    # --- the protocol ------------------------------------------------------------------------------------------

    def request(self, method: str, **params: Any) -> Any:
        """The result of a request."""
        self._requests += 1
        self._send(id=self._requests, method=method, params=params)
        while True:
            message = self._receive()
            if message.get("id") == self._requests and "method" not in message:
                return message["result"]
            self._take(message)

    def _notify(self, method: str, **params: Any) -> None:
        self._send(method=method, params=params)

    def _take(self, message: dict[str, Any]) -> None:
        """Notes which version the diagnostics are for, and answers what the server asks."""
        match message:
            case {"method": "textDocument/publishDiagnostics", "params": {"version": version}}:
                self._diagnosed = version
            case {"id": number, "method": "workspace/configuration", "params": {"items": items}}:
                self._send(id=number, result=[self._settings.get(item.get("section", ""), {}) for item in items])
            case {"id": number, "method": _}:
                self._send(id=number, result=None)

    def _send(self, **message: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        pipe = _pipe(self._process.stdin)
        pipe.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        pipe.flush()

    def _receive(self) -> dict[str, Any]:
        pipe = _pipe(self._process.stdout)
        length = 0
        while line := pipe.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        if not length:
            raise EOFError("the language server has ended")
        message: dict[str, Any] = json.loads(pipe.read(length))
        return message


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None
    return pipe
