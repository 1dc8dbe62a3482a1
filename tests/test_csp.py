"""The policy of a page: by hash, just the scripts and styles that stand in it."""

from __future__ import annotations

import base64
import hashlib
import re

from hypothesis import example, given
from hypothesis import strategies as st

from kzus.site import csp

TEXT = st.text("ab \n\t<>&;'\"=\u0449{}()", max_size=20).filter(lambda text: "</" not in text)
HEAD = '<head><META charset="utf-8"><title>x</title>'


def allowed(html: str, what: str) -> list[str]:
    """The hashes that a page's policy has for scripts or styles."""
    match = re.search(rf"{what} 'self'([^;]*);", csp.seal(html))
    assert match
    return re.findall(r"'sha256-([^']+)'", match[1])


def digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@given(st.lists(TEXT, max_size=3), st.lists(TEXT, max_size=3))
@example([" a() "], [" p {} "])
def test_each_inline_element_has_the_hash_of_its_text(
    scripts: list[str], styles: list[str]
) -> None:
    parts = [f"<script>{text}</script>" for text in scripts]
    parts += [f"<STYLE media=all>{text}</STYLE>" for text in styles]
    html = HEAD + "".join(parts) + '<script src="x.js"></script>'
    assert allowed(html, "script-src") == list(dict.fromkeys(map(digest, scripts)))
    assert allowed(html, "style-src-elem") == list(dict.fromkeys(map(digest, styles)))


def test_data_blocks_need_no_hash_and_nothing_else_changes() -> None:
    html = HEAD + '<script type="application/ld+json">{"a": 1}</script></head>'
    assert allowed(html, "script-src") == []
    sealed = csp.seal(html)
    policy = re.search("<meta http-equiv=[^>]*>", sealed)
    assert policy
    assert sealed.replace(policy[0], "") == html
    assert sealed.index(policy[0]) == html.index("<title>")
    assert (
        re.search(
            "unsafe-inline|unsafe-eval|[*]|https?:",
            policy[0].replace("style-src-attr 'unsafe-inline'", ""),
        )
        is None
    )


def test_a_page_without_a_head_is_left_alone() -> None:
    assert csp.seal("<p>x</p>") == "<p>x</p>"
