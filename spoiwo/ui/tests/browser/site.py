"""A small site of finished pages: what production sends, with its strict policy, and nothing else."""

import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from django.contrib.staticfiles import finders

POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; script-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@contextmanager
def serving(pages: dict[str, str]) -> Iterator[str]:
    """Serve the pages under `/name` on a free port; gives the address of the site."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.split("?")[0]
            if path.startswith("/static/"):
                file = finders.find(path.removeprefix("/static/"))
                return self.answer(Path(file).read_bytes() if file else None, mimetypes.guess_type(path)[0])
            html = pages.get(path.strip("/"))
            return self.answer(html.encode() if html else None, "text/html; charset=utf-8")

        def answer(self, body: bytes | None, kind: str | None) -> None:
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Type", kind or "application/octet-stream")
            self.send_header("Content-Security-Policy", POLICY)
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *args) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
