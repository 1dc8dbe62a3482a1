"""What a preview does besides building: it tells what is wrong, and shows an edit at once.

What is wrong with the record stands above whatever page is asked for. It is set into pages as they
are served, so that a mistake makes no page anew. An edit is shown in two steps: first the pages of
what was edited, then all the rest.
"""

from __future__ import annotations

import logging
import os
import re
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from html import escape
from typing import Any
from urllib.parse import urlsplit

from ..dataset import Dataset, Key
from ..problems import Problem, as_text
from ..views.refs import path_of

Answer = Callable[..., Any]
App = Callable[[dict[str, Any], Answer], Iterable[bytes]]
_BODY = re.compile(rb"<body[^>]*>")
_RELOADING = "/livereload/"  # where MkDocs' script in each open page waits for news
# Seconds in which browsers load what was made first, before the rest takes the processor.
_HEAD_START = 0.3
log = logging.getLogger("mkdocs.plugins.kzus")


def banner(problems: Sequence[Problem]) -> str:
    """The problems as HTML; nothing where there are none."""
    if not problems:
        return ""
    return (
        '<div class="kz-faults" role="alert"><strong>The record has problems.</strong>'
        " What cannot be read is shown as it was when it last could be, or not at all."
        f"<pre>{escape(as_text(problems))}</pre></div>"
    )


def with_banner(app: App, problems: Callable[[], Sequence[Problem]]) -> App:
    """Wrap a WSGI application so that its HTML begins with the banner of the moment."""

    def wrapped(environ: dict[str, Any], start_response: Answer) -> Iterable[bytes]:
        started: list[tuple[str, list[tuple[str, str]]]] = []
        body = app(environ, lambda status, headers, *_: started.append((status, headers)))
        status, headers = started[0]
        told = banner(problems()).encode()
        if not told or not dict(headers).get("Content-Type", "").startswith("text/html"):
            start_response(status, headers)
            return body
        html = _BODY.sub(lambda found: found[0] + told, b"".join(body), count=1)
        kept = [(key, value) for key, value in headers if key != "Content-Length"]
        start_response(status, [*kept, ("Content-Length", str(len(html)))])
        return [html]

    return wrapped


def edited(before: Dataset, after: Dataset) -> dict[Key, str]:
    """The entries that were edited, with the paths of their pages; none where some came or went."""
    if before.files.keys() != after.files.keys():
        return {}
    entries = (entry for entry in after.entries() if entry is not before.of(entry.kind)[entry.id])
    return {(entry.kind, entry.id): path_of(entry).partition("#")[0] for entry in entries}


class TwoSteps:
    """Builds the pages that an edit is looked for on at once, and the whole site behind them.

    `first` makes them: it is given the addresses of the pages that are open in browsers, and
    returns those of the pages that it made, or none where only a whole build will do. Addresses
    are below the site's root, which is at `mount`.
    """

    def __init__(
        self,
        whole: Callable[[], None],
        first: Callable[[Collection[str]], Collection[str]],
        mount: str,
    ) -> None:
        self._whole, self._first, self._mount = whole, first, mount
        self._fresh: Collection[str] = ()
        self._open: set[str] = set()
        self._behind: threading.Thread | None = None
        self._idle = threading.Event()
        self._idle.set()

    def listed(self, folder: str | None) -> Iterator[os.DirEntry[str]]:
        """List a folder to see what changed in it; not while pages are made, which it slows."""
        self._idle.wait()
        return os.scandir(folder)

    def build(self) -> None:
        """Return once what is looked at is made."""
        self.finish()
        self._idle.clear()
        opened, self._open = frozenset(self._open), set()
        try:
            made = self._made_first(opened)
            if made and opened.issubset(made):
                self._fresh = made
                self._behind = threading.Thread(target=self._rest)
                self._behind.start()
            else:
                self._whole()
        finally:
            if not self._behind:
                self._idle.set()

    def _made_first(self, opened: Collection[str]) -> Collection[str]:
        try:
            return self._first(opened)
        except OSError:  # the whole build says what is wrong
            return ()

    def _rest(self) -> None:
        time.sleep(_HEAD_START)
        try:
            self._whole()
        except (Exception, SystemExit) as error:  # SystemExit: how MkDocs gives up
            log.error("the site could not be made: %s", error)
        finally:
            self._idle.set()

    def finish(self) -> None:
        """Wait until the whole site is made."""
        if self._behind:
            self._behind.join()
            self._behind = None

    def holding(self, app: App) -> App:
        """Wrap a WSGI application so that nobody is shown what is still to be made."""

        def wrapped(environ: dict[str, Any], start_response: Answer) -> Iterable[bytes]:
            path = environ["PATH_INFO"]
            if path.startswith(_RELOADING):
                self._open.add(self._address(urlsplit(environ.get("HTTP_REFERER", "")).path))
            elif (behind := self._behind) and not self._is_ready(self._address(path)):
                behind.join()
            return app(environ, start_response)

        return wrapped

    def _address(self, path: str) -> str:
        return path.removeprefix(self._mount).removesuffix("index.html")

    def _is_ready(self, address: str) -> bool:
        """Whether this is a page that was made already, or nothing that the record makes."""
        return address in self._fresh or address.startswith("assets/")
