"""Serves a finished site on this machine, and watches a browser that reads it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name it has there
        """Say nothing."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address under which a folder is served while the block runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def watched(browser: Browser, base: str, **options: Any) -> Iterator[tuple[Page, list[str]]]:
    """A page of a new context, and a list of what must not happen, as it happens."""
    happened: list[str] = []
    context = browser.new_context(**options)
    context.on("request", lambda r: _foreign(r.url, base) and happened.append(f"request: {r.url}"))
    page = context.new_page()
    page.on("console", lambda m: m.type in ("error", "warning") and happened.append(m.text))
    page.on("pageerror", lambda error: happened.append(f"error: {error}"))
    page.on("dialog", lambda d: (happened.append(f"dialog: {d.message}"), d.dismiss()))
    page.on("response", lambda r: r.status >= 400 and happened.append(f"{r.status}: {r.url}"))
    try:
        yield page, happened
    finally:
        context.close()


def _foreign(url: str, base: str) -> bool:
    return not url.startswith((base, "data:", "blob:", "about:"))


def addresses(site: Path) -> list[str]:
    """Every page of a site, as its address below the root; the page for what is missing apart."""
    files = (path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    return sorted(name.removesuffix("index.html") for name in files if name != "404.html")
