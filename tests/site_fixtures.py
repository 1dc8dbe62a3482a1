"""A site of the miniature record on a local server, for tests in a browser."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from records import change
from site_builder import build, repository

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# What the miniature record lacks and these pages show: vague limits, a sighting, an open end.
MORE = """\
# data/offices.yaml
null
# data/offices.yaml
foreign-minister-kz:
  title: Minister of Foreign Affairs of Kazakhstan
  country: KZ
  body: Ministry of Foreign Affairs
  main: true
secretary-of-state-us:
  title: U.S. Secretary of State
  country: US
  body: Department of State
  main: true
# data/people/erlan-idrissov.yaml
offices:
  - office: foreign-minister-kz
    title: Minister of Foreign Affairs of Kazakhstan
    from: 2012-09-28
    to: 2016
# data/people/aliya-example.yaml
name: Aliya Example
country: KZ
offices:
  - office: foreign-minister-kz
    title: Minister of Foreign Affairs of Kazakhstan
    from: 2016-12
  - office: foreign-minister-kz
    title: Minister of Foreign Affairs of Kazakhstan
    seen: 2011
sources: [state-2015-statement]
# data/places.yaml
astana: {names: {former: [Nur-Sultan]}}
# data/events/2016/2016-12-10-formula.yaml
title: =HYPERLINK("x"), a deal, and more
date: 2016-12-10/2016-12-12
type: deal
pillars: [commerce]
themes: [trade]
place: washington
facts: [Something was bought.]
sources: [state-2015-statement]
# data/events/2016/2016-some-day.yaml
title: Something in 2016, number 1206
date: 2016
type: other
pillars: [commitments]
facts: [It happened.]
sources: [state-2015-statement]
"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - its name there
        """Say nothing."""


@pytest.fixture(scope="session")
def richer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with the miniature record and what `MORE` adds."""
    root = repository(tmp_path_factory.mktemp("richer") / "repo")
    change(root, MORE)
    return root


@pytest.fixture(scope="session")
def served(richer: Path) -> Iterator[str]:
    """The address of its site."""
    handler = functools.partial(_Quiet, directory=str(build(richer)))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture
def page(browser: Browser, served: str) -> Iterator[Page]:
    """A page that fails the test if it logs an error or asks another host for something."""
    wrong: list[str] = []
    context = browser.new_context()
    made = context.new_page()
    made.on("pageerror", lambda error: wrong.append(str(error)))
    made.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
    made.on("request", lambda r: None if _own(r.url, served) else wrong.append(r.url))
    yield made
    context.close()
    assert wrong == []


def _own(url: str, served: str) -> bool:
    return url.startswith((served, "blob:", "data:"))
