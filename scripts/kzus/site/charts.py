"""Charts: a Vega-Lite specification and values become SVG at build time.

The specifications stand under docs/templates/charts/. Colours are the site's own variables, so
that one drawing serves both palettes. What Vega says for assistive software about its parts is
taken out: the chart is one image with a title and a description, and its table stands below it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from markupsafe import Markup

from ..views.figures import Figure
from .cache import Cache
from .vega import Vega

# Wide, and narrow for phones: text in a drawing that shrinks would become too small to read.
SIZES = {"wide": (700, 280), "narrow": (340, 240)}
_VEGA_LITE = "5.21"
_DROPPED = re.compile(
    r' (?:role|aria-[a-z]+|pointer-events|stroke-miterlimit|class|font-(?:family|size))="[^"]*"'
    r"""| opacity="1"|<path[^>]* d="(?:|M0,0h0v0h0Z)"[^>]*/>"""
)
_FRAME = re.compile(r'<path d="M0,0h[\d.]+v[\d.]+h-[\d.]+Z"/>')
_DECIMALS = re.compile(r"(\.\d)\d+")
_TAG = re.compile(r"<[^>]+>")
_EMPTY = re.compile(r"<g(?: [^>]*)?></g>")
_ROOT = re.compile(r"<svg [^>]*viewBox=\"([^\"]*)\"[^>]*>")


class Charts:
    """The chart specifications below a folder of documents."""

    def __init__(self, docs: Path, cache: Cache | None = None) -> None:
        self._folder = docs / "templates" / "charts"
        self._cache = cache or Cache()
        self._vega = Vega(_VEGA_LITE)

    def begin(self) -> None:
        """Begin what draws, if all is to be drawn."""
        if self._cache.new:
            self._vega.begin()

    def draw(self, figure: Figure, title: str) -> Markup:
        """Draw a figure in each of the sizes; what can be read from it is its description."""
        spec = self._read(figure.spec)
        data, names = {"points": figure.points, "breaks": figure.rules}, json.dumps(spec)
        # Vega-Lite refuses a data set that nothing draws.
        spec["datasets"] = {key: rows for key, rows in data.items() if f'"{key}"' in names}
        text = " ".join(figure.reading)
        return Markup("\n").join(
            self._sized(spec, size, (figure.id, title, text)) for size in SIZES
        )

    def _read(self, name: str) -> dict[str, Any]:
        parts = [self._folder / "config.json", self._folder / f"{name}.json"]
        config, spec = (json.loads(part.read_text(encoding="utf-8")) for part in parts)
        return {**config, **spec}

    def _sized(self, spec: Mapping[str, Any], size: str, words: tuple[str, str, str]) -> Markup:
        (width, height), (identifier, title, text) = SIZES[size], words
        box, body = self._svg(
            json.dumps({**spec, "width": width, "height": height}, sort_keys=True)
        )
        head = Markup(
            '<svg class="kz-chart kz-chart-{size}" viewBox="{box}" role="img" '
            'aria-labelledby="{name}-title {name}-text"><title id="{name}-title">{title}</title>'
            '<desc id="{name}-text">{text}</desc>'
        ).format(size=size, box=box, name=f"{identifier}-{size}", title=title, text=text)
        return head + Markup(body)  # noqa: S704 - plain shapes, as `_plain` has checked

    def _svg(self, spec: str) -> tuple[str, str]:
        """Draw a specification, or remember what became of it."""
        made = f"{version('vl-convert-python')} {_VEGA_LITE} {spec}"
        key = hashlib.sha256(made.encode()).hexdigest()
        known = self._cache.get(key)
        if known is None:
            known = _plain(self._vega.svg(spec))
            self._cache.put(key, known)
        box, body = known
        return box, body


def _plain(svg: str) -> tuple[str, str]:
    """The view box of a drawing, and all that follows its root's opening tag, made smaller.

    Raises:
        ValueError: the drawing holds what the site's policy of content forbids.
    """
    root = _ROOT.match(svg)
    if root is None or re.search(r"<(?:script|style|image|a)\b| style=| on\w+=| id=", svg):
        raise ValueError("a chart must be plain shapes and text")
    body, before = _FRAME.sub("", _DROPPED.sub("", svg[root.end() :])), ""
    body = _TAG.sub(lambda tag: _DECIMALS.sub(r"\1", tag[0]), body)
    while body != before:
        body, before = _EMPTY.sub("", body), body
    return root[1], body
