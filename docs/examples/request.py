# Runs on: every platform
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import taropy
from taropy import Taro


class Backend(BaseHTTPRequestHandler):
    """Gives back the JSON that it is sent."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(201)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Keeps quiet."""


async def main(api):
    res = await Taro.request(url=f"{api}/orders", method="POST", data={"sku": "tea", "count": 2})
    print(res.statusCode, res.data.sku)

    task = Taro.request(url=f"{api}/orders", method="POST", data={"sku": "jam"})
    task.abort()
    print(await task.catch(lambda error: error.errMsg))


with HTTPServer(("127.0.0.1", 0), Backend) as server:
    Thread(target=server.serve_forever, daemon=True).start()
    taropy.run(main(f"http://127.0.0.1:{server.server_port}"))
    server.shutdown()
