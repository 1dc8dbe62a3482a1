"""Text of the record on its way into Markdown and HTML.

Every character that Markdown or HTML could take for markup leaves as a numeric character
reference. References mean the same in Markdown, in HTML and in an attribute, so that one escape
is right in all three, and no place in a template has to choose.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

_SPECIAL = re.compile(r"""[&<>"\\`*_{}\[\]#|~^$!=:@]|^\s*([-+]|\d+[.)])|\n""")
# Only where they would mean something: a colon in "http://", a sign at the start of a line, where
# a lone `=` would make a heading of the line above.
_HARMLESS = re.compile(r"(?<=.)[!=:@](?=[\s.,;)]|$)|(?<=\d):(?=\d)")
# What may stand in the target of a Markdown link as it is; the rest is percent-encoded.
_URL_SAFE = "/:?#@!$&+,;=%~-._"


def escape(text: str) -> Markup:
    """Return the text as Markdown and HTML that shows just this text."""
    return Markup(_SPECIAL.sub(_reference, text))  # noqa: S704 - made harmless here


def _reference(match: re.Match[str]) -> str:
    found = match[0]
    if found == "\n":
        return " "
    if _HARMLESS.match(match.string, match.start()):
        return found
    return "".join(c if c.isalnum() or c.isspace() else f"&#{ord(c)};" for c in found)


def finalize(value: Any) -> Any:
    """What a template writes: markup as it is, text escaped, numbers as text, nothing else.

    Raises:
        TypeError: the template writes a value that has no text form of its own.
    """
    if isinstance(value, Markup):
        return value
    if isinstance(value, str):
        return escape(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if hasattr(value, "__html__") or type(value).__name__ in ("Undefined", "StrictUndefined"):
        return value
    raise TypeError(f"a template cannot write a {type(value).__name__}: choose a field of it")


def link_target(url: str) -> Markup:
    """Return an http(s) address in the form that a Markdown link or an attribute can hold.

    Raises:
        ValueError: the address has another scheme.
    """
    if not url.startswith(("http://", "https://")):
        raise ValueError(f"only http and https addresses can be linked, found {url[:40]!r}")
    return Markup(quote(url, safe=_URL_SAFE).replace("&", "&amp;"))  # noqa: S704
