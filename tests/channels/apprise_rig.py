"""A small HTTP server that answers as a test wants, and keeps what it got."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Service:
    """Answers a POST to `/STATUS/…` with that status, and any other with 200.

    `/hang` reads the request and answers nothing until the service is closed; `/drop` reads it and
    hangs up.
    """

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.over = threading.Event()
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                size = int(self.headers["Content-Length"])
                service.got.append(json.loads(self.rfile.read(size)))
                service.headers.append(dict(self.headers))
                first = self.path.split("/")[1]
                if first == "hang":
                    service.over.wait(60)
                if first in ("hang", "drop"):
                    self.close_connection = True
                    return
                self.send_response(int(first) if first.isdigit() else 200)
                self.end_headers()
                self.wfile.write(b"the-servers-secret-words")

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.at = f"127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()

    def until_got(self, count: int) -> None:
        end = time.monotonic() + 30
        while len(self.got) < count:
            assert time.monotonic() < end, "it did not come"
            time.sleep(0.01)
