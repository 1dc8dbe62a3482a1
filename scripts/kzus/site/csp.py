"""A Content-Security-Policy for finished pages: nothing but the site itself is loaded or run.

The theme has a few short scripts in its pages. Each is allowed by the hash of its text (Content
Security Policy Level 3, 8.4), so that a script which someone smuggles into a page does not run.
Style attributes are allowed, since they run nothing and drawings may have them.
"""

from __future__ import annotations

import base64
import hashlib
import re

_INLINE = re.compile(r"<(script|style)\b([^>]*)>(.*?)</\1>", re.DOTALL | re.IGNORECASE)
_HEAD = re.compile(r"<meta charset=[^>]*>", re.IGNORECASE)
_POLICY = (
    "default-src 'none'; script-src 'self'{script}; style-src-elem 'self'{style}; "
    "style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'self'"
)


def seal(html: str) -> str:
    """Return the page with a policy that allows its own inline scripts and styles, no others."""
    policy = _POLICY.format(script=_hashes(html, "script"), style=_hashes(html, "style"))
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return _HEAD.sub(lambda charset: charset[0] + meta, html, count=1)


def _hashes(html: str, tag: str) -> str:
    """The hashes of inline elements of a kind; data blocks, which do not run, need none."""
    found = (
        match[3]
        for match in _INLINE.finditer(html)
        if match[1].lower() == tag and "src=" not in match[2] and "json" not in match[2]
    )
    digests = (hashlib.sha256(text.encode()).digest() for text in found)
    return "".join(
        f" 'sha256-{value}'"
        for value in dict.fromkeys(base64.b64encode(digest).decode() for digest in digests)
    )
