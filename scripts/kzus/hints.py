"""What a contributor probably meant, for the commonest slips."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from datetime import datetime
from typing import Any

_DAYS = ("%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y", "%d.%m.%Y", "%Y/%m/%d", "%Y.%m.%d")
_MONTHS = ("%B %Y", "%b %Y")
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def slug(text: str) -> str:
    """Text as an id: lower-case letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")[:80].strip("-")


def hint(rule: str, value: Any, message: str) -> str:
    """What to write in place of a value that a field refuses, or nothing."""
    if not isinstance(value, str) or not value.strip():
        return ""
    if rule == "bad-date":
        return _date(value.strip())
    if rule == "bad-id" and value.startswith(("http://", "https://")):
        return "name a source by its id: `kzus cite` adds the page to data/sources and prints it"
    if rule == "bad-id" and slug(value):
        return f"did you mean {slug(value)}?"
    if rule == "wrong-type" and message.startswith("must be a list"):
        return f"write it in a line of its own, after a hyphen: - {value[:60]}"
    return ""


def _date(text: str) -> str:
    for form, length in (*((form, 10) for form in _DAYS), *((form, 7) for form in _MONTHS)):
        with suppress(ValueError):
            found = datetime.strptime(text, form)
            return f"write {found.date().isoformat()[:length]}"
    if match := _SLASHES.fullmatch(text):
        one, two, year = int(match[1]), int(match[2]), match[3]
        return f"write the year first: {year}-{one:02}-{two:02} or {year}-{two:02}-{one:02}"
    return ""
