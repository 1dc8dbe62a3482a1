"""The theme around a page, rendered once for each shape of page and then filled.

The theme's template is given a page whose values are marks; what it returns is cut at the marks.
Filling puts a page's values between the pieces, escaped as the theme escapes them. A list (the
headings of a page) is one marked item, which is repeated.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape

# Private use characters: no text of the record may hold them, and no template touches them.
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"{_OPEN}([a-z_.]+){_CLOSE}")
_ITEM = re.compile(rf"<li\b(?:(?!<li\b).)*?{_OPEN}toc\.id{_CLOSE}.*?</li>", re.DOTALL)


def mark(name: str) -> str:
    """The mark that stands for a value in a shell."""
    return f"{_OPEN}{name}{_CLOSE}"


class Shell:
    """A rendered theme page with marks, ready to be filled."""

    def __init__(self, html: str) -> None:
        item = _ITEM.search(html)
        self._item = _MARK.split(item[0]) if item else []
        if item:
            html = html.replace(item[0], mark("toc"))
        self._pieces = _MARK.split(html)

    def fill(
        self, values: Mapping[str, str], markup: Mapping[str, str], toc: Sequence[tuple[str, str]]
    ) -> str:
        """Return the page. `values` are text and are escaped; `markup` is HTML already.

        Raises:
            KeyError: the theme asks for a value that is not given.
        """
        escaped = {name: escape(value) for name, value in values.items()}
        items = [
            _filled(self._item, {"toc.id": escape(anchor), "toc.title": title})
            for anchor, title in toc
        ]
        return _filled(self._pieces, {**escaped, **markup, "toc": "".join(items)})


def _filled(pieces: Sequence[str], values: Mapping[str, str]) -> str:
    """Join pieces of text (even places) and the values of the names between them (odd places)."""
    return "".join(values[piece] if place % 2 else piece for place, piece in enumerate(pieces))
