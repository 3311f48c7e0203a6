# Runs on: weapp, alipay, swan, qq, tt, jd, h5, harmony, harmony-hybrid
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import taropy
from taropy import Taro


class Backend(BaseHTTPRequestHandler):
    """Has a picture, and tells how much it is sent."""

    def do_GET(self):
        self.answer(b"a picture, " * 1000)

    def do_POST(self):
        form = self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(b"the name is in it: %r" % (b"tea" in form))

    def answer(self, body):
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Keeps quiet."""


async def main(api):
    picture = (await Taro.downloadFile(url=f"{api}/tea.jpg")).tempFilePath
    task = Taro.uploadFile(url=f"{api}/pictures", filePath=picture, name="file", formData={"title": "tea"})
    task.onProgressUpdate(lambda res: print(res.progress, "%"))
    res = await task
    print(res.statusCode, res.data)


with HTTPServer(("127.0.0.1", 0), Backend) as server:
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    taropy.run(main(f"http://127.0.0.1:{server.server_port}"))
    server.shutdown()
