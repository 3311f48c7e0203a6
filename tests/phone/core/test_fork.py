"""A child that `os.fork` makes has its parent's phones, and takes nothing from them when it ends."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap

import pytest
from execing import FORKS_WITH_THREADS

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")

PROGRAM = """
    import os, sys, threading, taropy

    t = taropy.create("weapp")
    files, user = t.getFileSystemManager(), t.env.USER_DATA_PATH
    files.writeFileSync(user + "/leaf", "green")
    cup = sys.argv[1] + "/cup.txt"
    open(cup, "w").write("a cup")
    temporary = t.phone.files.import_file(t.phone.app("weapp"), cup)
    t.setStorageSync("tea", 1)
    snapshot = t.phone.snapshot()
    taropy.Promise(lambda resolve, reject: threading.Timer(0, resolve, [1]).start()).result(30)

    child = os.fork()
    if child == 0:
        END
    assert os.waitpid(child, 0)[1] == 0

    print(files.readFileSync(user + "/leaf", "utf8"), files.readFileSync(temporary, "utf8"), t.getStorageSync("tea"))
    t.setStorageSync("tea", 2)
    files.writeFileSync(user + "/leaf", "red")
    t.phone.restore(snapshot)
    print(files.readFileSync(user + "/leaf", "utf8"), t.getStorageSync("tea"))
    # Another thread wakes the loop of this one, which the child has, too.
    print(taropy.Promise(lambda resolve, reject: threading.Timer(0.1, resolve, ["awake"]).start()).result(20))
    folder = t.phone.folder
    t.close()
    print(folder.exists())
"""
ENDS = {
    "normally": "sys.exit(0)",
    "after it has used the phone": "t.getStorageSync('tea'); files.readFileSync(user + '/leaf'); sys.exit(0)",
    "after it has closed the phone": "t.close(); sys.exit(0)",
    "with a phone of its own": "taropy.create('tt').setStorageSync('a', 1); sys.exit(0)",
    "as multiprocessing has it": "os._exit(0)",
}


@pytest.mark.parametrize("end", ENDS)
def test_a_childs_end_takes_nothing_from_its_parent(end: str, tmp_path: os.PathLike[str]) -> None:
    code = textwrap.dedent(PROGRAM.replace("END", ENDS[end]))
    done = subprocess.run(
        [sys.executable, *FORKS_WITH_THREADS, "-c", code, tmp_path], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == ["green a cup 1", "green 1", "awake", "False"]


REQUESTS = """
    import multiprocessing, sys, threading, taropy
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

    class Tea(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Length", "3")
            self.end_headers()
            self.wfile.write(b"tea")

        def log_message(self, *told):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Tea)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/"
    t = taropy.create("weapp")

    def ask(number):
        return t.request(url=url, timeout=20_000).result().data

    print(ask(0))
    with multiprocessing.get_context("fork").Pool(3) as pool:
        asked = pool.map_async(ask, range(12))
        print({ask(number) for number in range(20)}, set(asked.get(60)))
    print(ask(0))
"""


def test_children_and_their_parent_make_requests_on_one_phone() -> None:
    command = [sys.executable, *FORKS_WITH_THREADS, "-c", textwrap.dedent(REQUESTS)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=100)
    assert done.stderr == ""
    assert done.stdout.splitlines() == ["tea", "{'tea'} {'tea'}", "tea"]
