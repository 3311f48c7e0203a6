# Runs on: every platform
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import taropy
from taropy import Taro


class Backend(BaseHTTPRequestHandler):
    """Has one file."""

    def do_GET(self):
        body = b"%PDF-1.7 the menu"
        self.send_response(200 if self.path == "/menu.pdf" else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Keeps quiet."""


async def main(api):
    task = Taro.downloadFile(url=f"{api}/menu.pdf")
    task.onProgressUpdate(lambda res: print(res.totalBytesWritten, "of", res.totalBytesExpectedToWrite))
    res = await task
    print(res.statusCode, res.tempFilePath)

    # An answer is a file whatever its status, so look at that before you use the file. On harmony it fails.
    missing = Taro.downloadFile(url=f"{api}/dessert.pdf")
    print(await missing.then(lambda res: res.statusCode, lambda error: error.errMsg))

    task = Taro.downloadFile(url=f"{api}/menu.pdf")
    task.abort()
    print(await task.catch(lambda error: error.errMsg))


with HTTPServer(("127.0.0.1", 0), Backend) as server:
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    taropy.run(main(f"http://127.0.0.1:{server.server_port}"))
    server.shutdown()
