"""The preview's banner: what is wrong with the record, above whatever page is asked for.

It is set into pages as they are served, so that a mistake makes no page anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Any

from ..problems import Problem, as_text

Answer = Callable[..., Any]
App = Callable[[dict[str, Any], Answer], Iterable[bytes]]
_BODY = re.compile(rb"<body[^>]*>")


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
