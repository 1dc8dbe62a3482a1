"""Markdown of a page of the record becomes HTML."""

from __future__ import annotations

import pytest

from kzus.site.render import Converter


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("../people/john-kerry.md", "../../people/john-kerry/"),
        ("../timeline.md?place=astana", "../../timeline/?place=astana"),
        ("../timeline.md#y2015", "../../timeline/#y2015"),
        ("../index.md", "../../"),
        ("#facts", "#facts"),
        ("https://example.org/a.md?b", "https://example.org/a.md?b"),
    ],
)
def test_links_to_pages_become_addresses(target: str, address: str) -> None:
    html = Converter((), {}).convert(("events/x.md", f"[a]({target})\n")).html
    assert f'href="{address}"' in html
